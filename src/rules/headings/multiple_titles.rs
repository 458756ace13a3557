use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Heading, NodeData, NodeKind, Typed},
    rule::Rule,
    rules::{page_top, pattern::TitlePattern},
};

declare_rule! {
    /// A page has more than one title
    ///
    /// ## Why
    ///
    /// The heading of the first level is the name of the page; a page has one. A title in the front matter is one too,
    /// where the template shows it as a heading.
    ///
    /// Only pages that begin with their title, or have it in the front matter, are looked at.
    ///
    /// ## Bad
    ///
    /// ```md
    /// # Tides
    ///
    /// The tide turns at noon.
    ///
    /// # Harbours
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides
    ///
    /// The tide turns at noon.
    ///
    /// ## Harbours
    /// ```
    pub struct MultipleTitles {
        /// Finds the title in the front matter, line by line and in any case. Empty: front matter has none.
        #[serde(rename = "front_matter_title")]
        front_matter_title: TitlePattern = TitlePattern::default(),
        /// The level of the title.
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
            let found = sink.report(heading.sign(), "this page has a title already");
            if !in_front_matter {
                found.label(first.sign(), "this is the title");
            }
            found.help(format!("make it a heading of level {}, or a page of its own", self.level + 1));
        }
    }
}

/// Whether a heading is a tab as `DocFX` has them: just a link to `#tab/…`.
fn is_tab(heading: Typed<'_, Heading>) -> bool {
    let mut inlines = heading.node().children();
    let only = inlines.next().filter(|node| node.kind() == NodeKind::Link && inlines.next().is_none());
    only.is_some_and(|node| matches!(node.data(), NodeData::Link(link) if link.url.starts_with("#tab/")))
}
