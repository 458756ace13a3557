use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::{Damage, Document},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// File is not valid UTF-8
    ///
    /// ## What it does
    ///
    /// Reports files that are not valid UTF-8, or contain a NUL byte. Files that are not valid UTF-8 are not checked
    /// any further. Files that git-crypt encrypts are ignored.
    ///
    /// An example could not be part of this page.
    ///
    /// ## Why is this bad?
    ///
    /// Site generators and browsers expect UTF-8. Other bytes are shown as replacement characters, a NUL byte ends the
    /// text for some tools, and UTF-16 looks like an empty page.
    pub struct InvalidEncoding {}
    id = "invalid-encoding",
    severity = Severity::Error,
}

/// What a file begins with that git-crypt encrypts, where its key is not in the checkout.
const ENCRYPTED: &str = "\0GITCRYPT\0";

impl Rule for InvalidEncoding {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        match &doc.damage {
            Some(Damage::NotUtf8(_)) if doc.source.starts_with(ENCRYPTED) => {}
            Some(Damage::NotUtf8(spans)) => {
                let Some((&first, others)) = spans.split_first() else { return };
                let diagnostic = sink.report(first, "invalid UTF-8").help("save the file as UTF-8");
                for &span in others {
                    diagnostic.label(span, "also here");
                }
            }
            Some(Damage::Utf16) => {
                sink.report(Span::empty(0), "file is encoded as UTF-16").help("save the file as UTF-8");
            }
            Some(Damage::TooLong(_) | Damage::Excess(_) | Damage::Panic) => {}
            None => {
                if let Some(at) = memchr::memchr(0, doc.source.as_bytes()) {
                    sink.report(Span::from_range(at..at + 1), "file contains a NUL byte")
                        .help("remove it; if the file is not text, exclude it with `exclude` in the config");
                }
            }
        }
    }
}
