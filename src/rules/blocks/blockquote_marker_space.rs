use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::quantity,
};

declare_rule! {
    /// Multiple spaces after block quote marker
    ///
    /// ## What it does
    ///
    /// Reports more than one space between a block quote marker (`>`) and its content.
    ///
    /// ## Why is this bad?
    ///
    /// Extra spaces are usually a typo. One space after the marker is enough; five or more turn the content into an
    /// indented code block.
    ///
    /// ## Example
    ///
    /// ```md
    /// >  The tide turns.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// > The tide turns.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` removes the extra spaces, and the rendered page stays the same. In list items the
    /// fix is unsafe, because the spaces may be what keeps a line in its item.
    ///
    /// ## References
    ///
    /// - [CommonMark: Block quotes](https://spec.commonmark.org/0.31.2/#block-quotes)
    pub struct BlockquoteMarkerSpace {
        /// Also check the spaces before list items.
        #[serde(rename = "list_items")]
        list_items: bool = true,
    }
    id = "blockquote-marker-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD027", "no-multiple-space-blockquote"],
}

impl Rule for BlockquoteMarkerSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for gap in doc.ast.quote_gaps(&doc.source, &doc.lines) {
            if gap.in_list && !self.list_items {
                continue;
            }
            // In a list item, the spaces may be the indentation that keeps a line in the item.
            let applicability = if gap.in_list { Applicability::Unsafe } else { Applicability::Safe };
            let spaces = quantity(gap.span.len() + 1, "space");
            let message = format!("{spaces} after block quote marker, expected 1");
            sink.report(gap.span, message).fix(Fix::replace(
                "Replace with a single space",
                applicability,
                gap.span,
                "",
            ));
        }
    }
}
