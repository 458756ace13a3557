use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::blank_lines,
};

declare_rule! {
    /// Fenced code block not surrounded by blank lines
    ///
    /// ## What it does
    ///
    /// Reports fenced code blocks without a blank line above or below.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers treat a fence directly after a paragraph as part of it, and blank lines make the
    /// source easier to read.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// Ask for the tides:
    /// ```sh
    /// tide --today
    /// ```
    /// They turn at noon.
    /// ~~~
    ///
    /// ## Use instead
    ///
    /// ~~~md
    /// Ask for the tides:
    ///
    /// ```sh
    /// tide --today
    /// ```
    ///
    /// They turn at noon.
    /// ~~~
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` adds the blank line, and the rendered page stays the same. In list items, where a
    /// blank line makes the list loose, and where a blank line could end a block quote or become part of an
    /// unclosed block, the fix is unsafe: `--fix` applies it only together with `--unsafe-fixes`. So it is in kramdown
    /// and Python-Markdown directly below a list, whose last item has the code block.
    pub struct FenceBlankLines {
        /// Also check code blocks in lists, where a blank line makes the list loose.
        #[serde(rename = "list_items")]
        list_items: bool = true,
    }
    id = "fence-blank-lines",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD031", "blanks-around-fences"],
}

impl Rule for FenceBlankLines {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for block in doc.ast.code_blocks() {
            let Some(fence) = block.fence else { continue };
            let in_list = || block.node().ancestors().any(|node| node.kind() == NodeKind::List);
            if !self.list_items && in_list() {
                continue;
            }
            if !doc.is_clear_above(block.span()) {
                let fix = blank_lines::above(doc, block.node(), 1);
                sink.report(fence.opening, "missing blank line above fenced code block").fix(fix);
            }
            if doc.is_clear_below(block.span()) {
                continue;
            }
            let message = "missing blank line below fenced code block";
            if let Some(closing) = fence.closing {
                let fix = blank_lines::below(doc, block.node(), block.span(), 1);
                sink.report(closing, message).fix(fix);
            } else {
                // Without a closing fence, a blank line would be part of the code.
                let last = doc.ast.code_lines(&block).last().copied();
                sink.report(last.unwrap_or(fence.opening), message)
                    .help("add a closing fence and a blank line after it");
            }
        }
    }
}
