use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{CodeBlock, Engine, Node, NodeKind, Typed},
    rule::{Fixable, Rule},
    rules::{code::fences, consistent::Consistent},
    text::Span,
};

/// The style of a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum CodeBlockForm {
    /// Surrounded by code fences.
    Fenced,
    /// Indented by four spaces.
    Indented,
}

declare_rule! {
    /// Inconsistent code block style
    ///
    /// ## What it does
    ///
    /// Checks that the code blocks of a page are either all fenced or all indented.
    ///
    /// ## Why is this bad?
    ///
    /// Fenced code blocks can name their language and are code wherever they appear, whereas indented lines may
    /// turn out to be part of a list item. Mixing both makes the source harder to read.
    ///
    /// ## Example
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
    /// ## Use instead
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
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` converts an indented code block at the top level of the page to a fenced one, and
    /// the code stays the same. Code blocks inside other blocks and fenced code blocks are not converted, nor are those
    /// below a list in MkDocs and Jekyll, which may belong to its last item there.
    ///
    /// ## References
    ///
    /// - [CommonMark: Indented code blocks](https://spec.commonmark.org/0.31.2/#indented-code-blocks)
    /// - [CommonMark: Fenced code blocks](https://spec.commonmark.org/0.31.2/#fenced-code-blocks)
    pub struct CodeBlockStyle {
        /// The code block style; `consistent` uses that of the first code block in the page.
        style: Consistent<CodeBlockForm> = Consistent::First,
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
            let style = if block.fence.is_some() { CodeBlockForm::Fenced } else { CodeBlockForm::Indented };
            if style == expected.or_first(style) {
                continue;
            }
            if let Some(fence) = block.fence {
                sink.report(fence.opening, "code block is fenced, expected indented")
                    .help("indent the code by four spaces instead");
            } else {
                let first = doc.line(doc.lines.line_of(block.span().start)).end;
                let place = Span::new(block.span().start, first.min(block.span().end));
                let diagnostic = sink.report(place, "code block is indented, expected fenced");
                match fenced(doc, block) {
                    Some(fix) => diagnostic.fix(fix),
                    None => diagnostic.help("convert to a fenced code block"),
                };
            }
        }
    }
}

/// Converts an indented code block to a fenced one, at the top level only: inside other blocks, lines have prefixes.
fn fenced(doc: &Document, block: Typed<'_, CodeBlock>) -> Option<Fix> {
    let above = block.node().previous_sibling().map(Node::kind);
    let is_in_item = doc.dialect.engine() != Engine::CommonMark
        && matches!(above, Some(NodeKind::List | NodeKind::CodeBlock | NodeKind::Container));
    if block.node().parent()?.kind() != NodeKind::Document || is_in_item {
        return None;
    }
    let lines = doc.ast.code_lines(&block);
    let fence = "`".repeat(fences::length(doc, lines, b'`'));
    let line_break = doc.line_break();
    let mut edits = Vec::with_capacity(lines.len() + 1);
    for (i, line) in lines.iter().enumerate() {
        let start = doc.lines.line_start(doc.lines.line_of(line.start));
        let indentation = Span::new(start, line.start);
        // A tab may be partly indentation and partly code.
        if !matches!(doc.slice(indentation), "    " | "\t") && !line.is_empty() {
            return None;
        }
        let content = if i == 0 { format!("{fence}{line_break}") } else { String::new() };
        edits.push(Edit { span: indentation, content });
    }
    let end = lines.last()?.end;
    edits.push(Edit { span: Span::empty(end), content: format!("{line_break}{fence}") });
    Some(Fix::new("Convert to a fenced code block", Applicability::Safe, edits))
}
