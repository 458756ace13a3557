use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::blank_lines,
};

declare_rule! {
    /// A fenced code block without a blank line above or below it
    ///
    /// ## Why
    ///
    /// Some Markdown engines take a fence that follows a paragraph without a blank line for part of it, and readers of the
    /// source look for the gap.
    ///
    /// ## Bad
    ///
    /// ~~~md
    /// Ask for the tides:
    /// ```sh
    /// tide --today
    /// ```
    /// They turn at noon.
    /// ~~~
    ///
    /// ## Good
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
    pub struct FenceBlankLines {
        /// Whether code in lists is looked at, too. A blank line there sets the items of the list apart.
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
                sink.report(fence.opening, "no blank line above this code block")
                    .help(fix.title.clone())
                    .fix(fix);
            }
            if doc.is_clear_below(block.span()) {
                continue;
            }
            let message = "no blank line below this code block";
            if let Some(closing) = fence.closing {
                let fix = blank_lines::below(doc, block.node(), block.span(), 1);
                sink.report(closing, message).help(fix.title.clone()).fix(fix);
            } else {
                // A blank line would be one of the code, or stand outside of what ends it.
                let last = doc.ast.code_lines(&block).last().copied();
                sink.report(last.unwrap_or(fence.opening), message)
                    .help("close the code with a fence, and add a blank line below");
            }
        }
    }
}
