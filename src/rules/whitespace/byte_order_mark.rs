use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// A file begins with a byte order mark
    ///
    /// ## Why
    ///
    /// UTF-8 has but one order of bytes and needs no mark. Some site generators take the mark for text, and then see no
    /// front matter. No example: it would not show here.
    pub struct ByteOrderMark {}
    id = "byte-order-mark",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Always,
}

impl Rule for ByteOrderMark {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.source.starts_with('\u{FEFF}') {
            let mark = Span::from_range(0..'\u{FEFF}'.len_utf8());
            sink.report(mark, "this file begins with a byte order mark").help("remove it").fix(Fix::replace(
                "remove the mark",
                Applicability::Safe,
                mark,
                "",
            ));
        }
    }
}
