use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{CodeBlock, NodeKind, Typed},
    rule::{Fixable, Rule},
    rules::fences,
    text::Span,
};

/// The style that code blocks are to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// That of the page's first code block.
    Consistent,
    /// Between fences.
    Fenced,
    /// Indented by four blanks.
    Indented,
}

declare_rule! {
    /// A code block is written in another style than the others
    ///
    /// ## Why
    ///
    /// Code can stand between fences, or be indented by four blanks. Between fences it can say its language, and it is code
    /// wherever it stands; indented lines may turn out to be part of a list.
    ///
    /// ## Bad
    ///
    /// ~~~md
    /// ```sh
    /// tide --today
    /// ```
    ///
    /// Tomorrow:
    ///
    ///     tide --tomorrow
    /// ~~~
    ///
    /// ## Good
    ///
    /// ~~~md
    /// ```sh
    /// tide --today
    /// ```
    ///
    /// Tomorrow:
    ///
    /// ```sh
    /// tide --tomorrow
    /// ```
    /// ~~~
    pub struct CodeBlockStyle {
        /// The style. `consistent` takes that of the page's first code block.
        style: Style = Style::Consistent,
    }
    id = "code-block-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD046"],
}

impl Rule for CodeBlockStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut expected = self.style;
        for block in doc.ast.code_blocks() {
            let style = if block.fence.is_some() { Style::Fenced } else { Style::Indented };
            if expected == Style::Consistent {
                expected = style;
            }
            if style == expected {
                continue;
            }
            if let Some(fence) = block.fence {
                sink.report(fence.opening, "code between fences, not indented")
                    .help("indent it by four blanks");
            } else {
                let first = doc.line(doc.lines.line_of(block.span().start)).end;
                let place = Span::new(block.span().start, first.min(block.span().end));
                let found = sink.report(place, "indented code, not between fences");
                found.help("put it between fences").fixes.extend(fenced(doc, block));
            }
        }
    }
}

/// Puts an indented block between fences. Only where nothing is around it: elsewhere each line has a prefix.
fn fenced(doc: &Document, block: Typed<'_, CodeBlock>) -> Option<Fix> {
    if block.node().parent()?.kind() != NodeKind::Document {
        return None;
    }
    let lines = doc.ast.code_lines(&block);
    let fence = "`".repeat(fences::length(doc, lines, b'`'));
    let line_break = doc.line_break();
    let mut edits = Vec::with_capacity(lines.len() + 1);
    for (i, line) in lines.iter().enumerate() {
        let start = doc.lines.line_start(doc.lines.line_of(line.start));
        let indentation = Span::new(start, line.start);
        // Part of a tab may be code: then it is not in the source.
        if !matches!(doc.slice(indentation), "    " | "\t") && !line.is_empty() {
            return None;
        }
        let content = if i == 0 { format!("{fence}{line_break}") } else { String::new() };
        edits.push(Edit { span: indentation, content });
    }
    let end = lines.last()?.end;
    edits.push(Edit { span: Span::empty(end), content: format!("{line_break}{fence}") });
    Some(Fix::new("put it between fences", Applicability::Safe, edits))
}
