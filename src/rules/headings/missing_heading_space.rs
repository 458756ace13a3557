use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    rules::hashes,
    text::Span,
};

declare_rule! {
    /// No blank behind the `#` of a heading
    ///
    /// ## Why
    ///
    /// Without the blank it is no heading: readers see the `#` in a line of text.
    ///
    /// ## Bad
    ///
    /// ```md
    /// #Tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides
    /// ```
    pub struct MissingHeadingSpace {}
    id = "missing-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD018", "no-missing-space-atx"],
}

impl Rule for MissingHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for line in hashes::lines(doc) {
            let text = doc.slice(line);
            let hashes = hashes::count(text);
            let behind = &text[hashes..];
            let is_closed = text.trim_end().ends_with('#');
            if behind.is_empty() || behind.starts_with([' ', '\t']) || is_closed || is_keycap(behind) {
                continue;
            }
            let marker = Span::new(line.start, line.start + hashes as u32);
            let edit = Edit { span: Span::empty(marker.end), content: " ".to_owned() };
            sink.report(marker, "no blank behind the `#`, so this is no heading")
                .help("put a blank behind it; where no heading is meant, write `\\#`")
                .fix(Fix::new("add a blank", Applicability::Unsafe, vec![edit]));
        }
    }
}

/// Whether the `#` before this text is part of an emoji.
fn is_keycap(behind: &str) -> bool {
    behind.starts_with("\u{FE0F}\u{20E3}")
}
