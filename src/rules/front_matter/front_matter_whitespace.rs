use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    text::Span,
    yaml::Node,
};

declare_rule! {
    /// Trailing blanks in front matter
    ///
    /// ## Why
    ///
    /// Blanks behind a delimiter hide the whole block from some readers; those behind a value are noise in every
    /// diff. Blanks inside a text of several lines belong to the text and are left alone.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---␠
    /// title: Harbour lights
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// ---
    /// ```
    pub struct FrontMatterWhitespace {}
    id = "front-matter-whitespace",
    severity = Severity::Info,
}

impl Rule for FrontMatterWhitespace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        let is_long = |node: &&Node| node.as_scalar().is_some() && doc.slice(node.span).contains(['\n', '\r']);
        let root = front_matter.tree.root.as_ref();
        let mut texts: Vec<Span> =
            root.into_iter().flat_map(Node::values).map(|(_, node)| node).filter(is_long).map(|node| node.span).collect();
        texts.sort_unstable();
        let (first, last) = (doc.lines.line_of(front_matter.block.start), doc.lines.line_of(front_matter.block.end));
        for line in first..=last {
            let line = doc.lines.line_span(&doc.source, line);
            let kept = doc.slice(line).trim_end_matches([' ', '\t']).len() as u32;
            let blanks = Span::new(line.start + kept, line.end);
            let before = texts.partition_point(|text| text.start <= blanks.start);
            let in_text = before.checked_sub(1).is_some_and(|at| texts[at].end >= blanks.end);
            if blanks.is_empty() || in_text {
                continue;
            }
            let where_ = if line.contains(front_matter.opening) || front_matter.closing.is_some_and(|it| line.contains(it)) {
                "behind the delimiter"
            } else {
                "at the end of the line"
            };
            let s = if blanks.len() == 1 { "" } else { "s" };
            sink.report(blanks, format!("blank{s} {where_}")).help("remove trailing blanks");
        }
    }
}
