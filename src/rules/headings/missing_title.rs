use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeData, NodeKind},
    rule::Rule,
    rules::{headings::page_top, pattern::TitlePattern},
    text::Span,
};

declare_rule! {
    /// Page does not start with a title
    ///
    /// ## What it does
    ///
    /// Reports pages whose first content is not a heading of level 1, unless the front matter has a title.
    ///
    /// ## Why is this bad?
    ///
    /// Where a page is shown without a template, such as in a repository, this heading is the only title that it
    /// has.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon.
    ///
    /// ## Spring tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    ///
    /// The tide turns at noon.
    /// ```
    ///
    /// ```md
    /// ---
    /// title: Tides
    /// ---
    ///
    /// The tide turns at noon.
    /// ```
    pub struct MissingTitle {
        /// Allow content before the first heading.
        #[serde(rename = "allow_preamble")]
        allow_preamble: bool = false,
        /// Regular expression that finds a title in the front matter, matched line by line and ignoring case. If empty,
        /// titles in front matter are ignored.
        #[serde(rename = "front_matter_title")]
        front_matter_title: TitlePattern = TitlePattern::default(),
        /// The heading level of the title.
        level: u8 = 1,
    }
    id = "missing-title",
    on = false,
    aliases = &["MD041", "first-line-heading", "first-line-h1"],
}

impl Rule for MissingTitle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if self.front_matter_title.is_in(doc) {
            return;
        }
        let Some(first) = page_top::first_content(doc) else { return };
        let headings = page_top::blocks(doc).filter_map(|node| Some((node, level(doc, node)?)));
        let mut until_first = headings.take_while(|(node, _)| self.allow_preamble || node.span() == first);
        match until_first.next() {
            Some((_, level)) if level == self.level => {}
            Some((node, level)) => {
                let message = format!("first heading has level {level}, expected {}", self.level);
                let place = first_line(doc, node.span());
                sink.report(place, message).help(format!("change it to level {}", self.level));
            }
            None if self.allow_preamble => {}
            None => {
                let marker = "#".repeat(usize::from(self.level));
                sink.report(first_line(doc, first), "page does not start with a title")
                    .help(format!("add a title at the top: `{marker} Title`"));
            }
        }
    }
}

/// The level of a block that is a heading, or HTML that starts with one.
fn level(doc: &Document, node: Node<'_>) -> Option<u8> {
    if let NodeData::Heading(heading) = node.data() {
        return Some(heading.level);
    }
    if node.kind() != NodeKind::HtmlBlock {
        return None;
    }
    let tags = doc.html_tags();
    let first = tags.get(tags.partition_point(|tag| tag.span.start < node.span().start))?;
    let level = first.name.strip_prefix('h').filter(|_| node.span().contains(first.span))?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// The part of a block on its first line.
fn first_line(doc: &Document, block: Span) -> Span {
    let line = doc.line(doc.lines.line_of(block.start));
    Span::new(block.start, block.end.min(line.end.max(block.start)))
}
