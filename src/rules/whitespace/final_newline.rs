use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// The last line of a file has no line break
    ///
    /// ## Why
    ///
    /// Tools that join files put the next file's first line behind it, and a change that adds a line shows two as
    /// changed. An example cannot be shown here: every block of code ends with a line break.
    pub struct FinalNewline {}
    id = "final-newline",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD047", "single-trailing-newline"],
}

impl Rule for FinalNewline {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let line = doc.lines.line_count() - 1;
        if doc.is_vacant(line) || line < doc.body_lines().start {
            return;
        }
        let end = doc.line(line).end;
        let last = doc.source[..end as usize].char_indices().next_back().map_or(end, |(at, _)| at as u32);
        let edit = Edit { span: Span::empty(end), content: doc.line_break().to_owned() };
        sink.report(Span::new(last, end), "no line break at the end of the file")
            .help("add one")
            .fix(Fix::new("add a line break", Applicability::Safe, vec![edit]));
    }
}
