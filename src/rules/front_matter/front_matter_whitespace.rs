use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
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
        let root = front_matter.tree.root.as_ref();
        let mut texts: Vec<Span> = root
            .into_iter()
            .flat_map(Node::values)
            .filter_map(|(_, node)| lines_of_text(doc, node))
            .collect();
        texts.sort_unstable();
        let (first, last) =
            (doc.lines.line_of(front_matter.block.start), doc.lines.line_of(front_matter.block.end));
        for line in first..=last {
            let line = doc.lines.line_span(&doc.source, line);
            let kept = doc.slice(line).trim_end_matches([' ', '\t']).len() as u32;
            let blanks = Span::new(line.start + kept, line.end);
            let before = texts.partition_point(|text| text.start <= blanks.start);
            let in_text = before.checked_sub(1).is_some_and(|at| texts[at].end >= blanks.end);
            if blanks.is_empty() || in_text {
                continue;
            }
            let where_ = if line.contains(front_matter.opening)
                || front_matter.closing.is_some_and(|it| line.contains(it))
            {
                "behind the delimiter"
            } else {
                "at the end of the line"
            };
            let s = if blanks.len() == 1 { "" } else { "s" };
            sink.report(blanks, format!("blank{s} {where_}"))
                .help("remove trailing blanks")
                .fix(Fix::replace(format!("remove the blank{s}"), Applicability::Safe, blanks, ""));
        }
    }
}

/// The bytes of a text of several lines: blanks in it are its own. Those behind the `|` of YAML are not.
fn lines_of_text(doc: &Document, node: &Node) -> Option<Span> {
    node.as_scalar()?;
    let text = doc.slice(node.span);
    let first_line = text.find(['\n', '\r'])?;
    let start = if text.starts_with(['|', '>']) { first_line as u32 } else { 0 };
    Some(Span::new(node.span.start + start, node.span.end))
}
