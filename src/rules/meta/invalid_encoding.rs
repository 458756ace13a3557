use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::{Damage, Document},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// The file is not UTF-8 text
    ///
    /// ## Why
    ///
    /// Site generators and browsers expect UTF-8. Other bytes show as question marks, a NUL byte ends the text for
    /// some tools, and UTF-16 looks like an empty page. Of such a file nothing else is checked; with a NUL byte the
    /// rest is.
    ///
    /// An example would not survive on this page.
    pub struct InvalidEncoding {}
    id = "invalid-encoding",
    severity = Severity::Error,
}

impl Rule for InvalidEncoding {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        match &doc.damage {
            Some(Damage::NotUtf8(spans)) => {
                let Some((&first, others)) = spans.split_first() else { return };
                let found = sink.report(first, "these bytes are not UTF-8").help("save the file as UTF-8");
                for &span in others {
                    found.label(span, "nor are these");
                }
            }
            Some(Damage::Utf16) => {
                sink.report(Span::empty(0), "the file is UTF-16 text").help("save the file as UTF-8");
            }
            Some(Damage::TooLong(_)) => {}
            None => {
                if let Some(at) = memchr::memchr(0, doc.source.as_bytes()) {
                    sink.report(Span::from_range(at..at + 1), "the file has a NUL byte").help(
                        "remove it; if the file is not text, leave it out with `exclude:` in the config",
                    );
                }
            }
        }
    }
}
