use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::{Damage, Document, MAX_LEN},
    rule::Rule,
    text::Span,
};

const MIB: u64 = 1024 * 1024;

declare_rule! {
    /// File is too large
    ///
    /// ## What it does
    ///
    /// Reports files of more than 32 MiB, and pages that would take time or memory out of proportion to their length:
    /// with too many Markdown delimiters and hardly any text between them, with thousands of URLs in one run of
    /// characters, or with more than 500 levels of nesting. They are not checked.
    ///
    /// An example would be too long for this page.
    ///
    /// ## Why is this bad?
    ///
    /// Such a file is not a page, and would slow down every run.
    pub struct OversizedFile {}
    id = "oversized-file",
    severity = Severity::Error,
}

impl Rule for OversizedFile {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        match doc.damage {
            Some(Damage::TooLong(len)) => {
                let (len, max) = (len.div_ceil(MIB), MAX_LEN / MIB);
                let message = format!("file is too large ({len} MiB, the maximum is {max} MiB)");
                sink.report(Span::empty(0), message)
                    .help("if it is not a page, exclude it with `exclude` in the config");
            }
            Some(Damage::Excess(excess)) => {
                let (message, help) = excess.explain();
                sink.report(excess.span(), message).help(help);
            }
            _ => {}
        }
    }
}
