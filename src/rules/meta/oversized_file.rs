use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::{Damage, Document, MAX_LEN},
    rule::Rule,
    text::Span,
};

const MIB: u64 = 1024 * 1024;

declare_rule! {
    /// The file is too large to check
    ///
    /// ## Why
    ///
    /// A page of more than 32 MiB is not a page that somebody wrote. It is left unread, so that one file cannot hold
    /// up a run.
    ///
    /// An example would be too long for this page.
    pub struct OversizedFile {}
    id = "oversized-file",
    severity = Severity::Error,
}

impl Rule for OversizedFile {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(Damage::TooLong(len)) = doc.damage else { return };
        sink.report(
            Span::empty(0),
            format!("the file has {} MiB; at most {} are read", len.div_ceil(MIB), MAX_LEN / MIB),
        )
        .help("leave it out with `exclude:` in the config if it is not a page");
    }
}
