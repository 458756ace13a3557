use crate::{
    data::Node,
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Trailing whitespace in front matter
    ///
    /// ## What it does
    ///
    /// Reports spaces and tabs at the end of lines in front matter. Multi-line values are ignored: whitespace is part
    /// of their content.
    ///
    /// ## Why is this bad?
    ///
    /// With whitespace after a delimiter, some parsers do not recognize the front matter at all. Elsewhere it is noise
    /// in every diff.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---␠
    /// title: Harbour lights
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: the whitespace is not part of any value.
    pub struct FrontMatterWhitespace {}
    id = "front-matter-whitespace",
    severity = Severity::Info,
    fixable = Fixable::Always,
}

impl Rule for FrontMatterWhitespace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        let root = front_matter.tree.root.as_ref();
        let mut texts: Vec<Span> = root
            .into_iter()
            .flat_map(Node::values)
            .filter_map(|(_, node)| multi_line_value(doc, node))
            .collect();
        texts.sort_unstable();
        let (first, last) =
            (doc.lines.line_of(front_matter.block.start), doc.lines.line_of(front_matter.block.end));
        for line in first..=last {
            let line = doc.lines.line_span(&doc.source, line);
            let kept = doc.slice(line).trim_end_matches([' ', '\t']).len() as u32;
            let trailing = Span::new(line.start + kept, line.end);
            let before = texts.partition_point(|text| text.start <= trailing.start);
            let in_text = before.checked_sub(1).is_some_and(|at| texts[at].end >= trailing.end);
            if trailing.is_empty() || in_text {
                continue;
            }
            let is_delimiter = line.contains(front_matter.opening)
                || front_matter.closing.is_some_and(|it| line.contains(it));
            let message = if is_delimiter {
                "trailing whitespace after delimiter"
            } else {
                "trailing whitespace in front matter"
            };
            let title = "Remove trailing whitespace";
            sink.report(trailing, message).fix(Fix::replace(title, Applicability::Safe, trailing, ""));
        }
    }
}

/// The span of a multi-line value, whose whitespace is content. For block scalars it starts after the `|` or `>` line.
fn multi_line_value(doc: &Document, node: &Node) -> Option<Span> {
    node.as_scalar()?;
    let text = doc.slice(node.span);
    let first_line = text.find(['\n', '\r'])?;
    let start = if text.starts_with(['|', '>']) { first_line as u32 } else { 0 };
    Some(Span::new(node.span.start + start, node.span.end))
}
