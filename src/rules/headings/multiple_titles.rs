use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Heading, NodeData, NodeKind, Typed},
    rule::Rule,
    rules::{headings::page_top, pattern::TitlePattern},
};

declare_rule! {
    /// Multiple top-level headings
    ///
    /// ## What it does
    ///
    /// Reports headings of level 1 after the title of the page. A title in the front matter counts as well. Pages
    /// that neither start with a title nor have one in the front matter are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// The heading of level 1 is the title of the page, and templates usually show the title of the front matter as
    /// such a heading. A page has one title.
    ///
    /// ## Example
    ///
    /// ```md
    /// # Tides
    ///
    /// The tide turns at noon.
    ///
    /// # Harbours
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    ///
    /// The tide turns at noon.
    ///
    /// ## Harbours
    /// ```
    pub struct MultipleTitles {
        /// Regular expression that finds a title in the front matter, matched line by line and ignoring case. If empty,
        /// titles in front matter are ignored.
        #[serde(rename = "front_matter_title")]
        front_matter_title: TitlePattern = TitlePattern::default(),
        /// The heading level of the title.
        level: u8 = 1,
    }
    id = "multiple-titles",
    on = false,
    aliases = &["MD025", "single-title", "single-h1"],
}

impl Rule for MultipleTitles {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let titles = || doc.ast.headings().filter(|heading| heading.level == self.level && !is_tab(*heading));
        let Some(first) = titles().next() else { return };
        let in_front_matter = self.front_matter_title.is_in(doc);
        if !in_front_matter && page_top::first_content(doc) != Some(first.span()) {
            return;
        }
        for heading in titles().skip(usize::from(!in_front_matter)) {
            if !sink.has_room(heading.sign()) {
                continue;
            }
            let diagnostic = sink.report(heading.sign(), "multiple top-level headings");
            if !in_front_matter {
                diagnostic.label(first.sign(), "first title here");
            }
            let level = self.level + 1;
            diagnostic
                .help(format!("demote this heading to level {level}, or move its section to another page"));
        }
    }
}

/// Whether a heading is a `DocFX` tab, which consists of a link to `#tab/…`.
fn is_tab(heading: Typed<'_, Heading>) -> bool {
    let mut inlines = heading.node().children();
    let only = inlines.next().filter(|node| node.kind() == NodeKind::Link && inlines.next().is_none());
    only.is_some_and(|node| matches!(node.data(), NodeData::Link(link) if link.url.starts_with("#tab/")))
}
