use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeData, NodeKind},
    rule::Rule,
    rules::{page_top, pattern::TitlePattern},
    text::Span,
};

declare_rule! {
    /// A page does not begin with its title
    ///
    /// ## Why
    ///
    /// A page that is shown without a template, as in a repository, has no name without a heading of the first level at
    /// its top. Where the template shows the title of the front matter, this rule has nothing to say.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns at noon.
    ///
    /// ## Spring tides
    /// ```
    ///
    /// ## Good
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
        /// Whether something may stand above the first heading.
        #[serde(rename = "allow_preamble")]
        allow_preamble: bool = false,
        /// Finds the title in the front matter, line by line and in any case. Empty: front matter has none.
        #[serde(rename = "front_matter_title")]
        front_matter_title: TitlePattern = TitlePattern::default(),
        /// The level of the title.
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
                let message = format!("the first heading is one of level {level}, not {}", self.level);
                let place = first_line(doc, node.span());
                sink.report(place, message).help(format!("make it a heading of level {}", self.level));
            }
            None if self.allow_preamble => {}
            None => {
                sink.report(first_line(doc, first), "the page does not begin with its title").help(format!(
                    "write the title above it: `{} title`",
                    "#".repeat(usize::from(self.level))
                ));
            }
        }
    }
}

/// The level of a block that is a heading, or HTML that begins with one.
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

/// The part of a block in its first line.
fn first_line(doc: &Document, block: Span) -> Span {
    let line = doc.line(doc.lines.line_of(block.start));
    Span::new(block.start, block.end.min(line.end.max(block.start)))
}
