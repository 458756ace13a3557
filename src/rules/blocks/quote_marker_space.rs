use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// More than one blank behind the `>` of a quote
    ///
    /// ## Why
    ///
    /// It looks like a slip; with four blanks more it would be code.
    ///
    /// ## Bad
    ///
    /// ```md
    /// >  The tide turns.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// > The tide turns.
    /// ```
    pub struct QuoteMarkerSpace {
        /// Whether the blanks before the items of lists are looked at too.
        #[serde(rename = "list_items")]
        list_items: bool = true,
    }
    id = "quote-marker-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD027", "no-multiple-space-blockquote"],
}

impl Rule for QuoteMarkerSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for gap in doc.ast.quote_gaps(&doc.source, &doc.lines) {
            if gap.in_list && !self.list_items {
                continue;
            }
            // What follows may hold an item together with other lines.
            let applicability = if gap.in_list { Applicability::Unsafe } else { Applicability::Safe };
            sink.report(gap.span, format!("{} blanks behind the `>` of this quote", gap.span.len() + 1))
                .help("one is enough")
                .fix(Fix::replace("leave one blank", applicability, gap.span, ""));
        }
    }
}
