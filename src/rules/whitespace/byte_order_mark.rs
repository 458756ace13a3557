use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// File starts with a byte order mark
    ///
    /// ## What it does
    ///
    /// Reports a byte order mark (U+FEFF) at the start of a file.
    ///
    /// ## Why is this bad?
    ///
    /// UTF-8 does not need a byte order mark. Some site generators treat it as text and then fail to recognize
    /// front matter.
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` removes the byte order mark, and the rendered page stays the same.
    ///
    /// ## References
    ///
    /// - [Unicode: Byte order mark FAQ](https://www.unicode.org/faq/utf_bom.html)
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
            sink.report(mark, "file starts with a byte order mark").fix(Fix::replace(
                "Remove byte order mark",
                Applicability::Safe,
                mark,
                "",
            ));
        }
    }
}
