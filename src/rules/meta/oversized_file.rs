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
    /// Reports files of more than 32 MiB. They are not checked.
    ///
    /// An example would be too long for this page.
    ///
    /// ## Why is this bad?
    ///
    /// A file of this size is not a page, and would slow down every run.
    pub struct OversizedFile {}
    id = "oversized-file",
    severity = Severity::Error,
}

impl Rule for OversizedFile {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(Damage::TooLong(len)) = doc.damage else { return };
        sink.report(
            Span::empty(0),
            format!("file is too large ({} MiB, the maximum is {} MiB)", len.div_ceil(MIB), MAX_LEN / MIB),
        )
        .help("if it is not a page, exclude it with `exclude` in the config");
    }
}
