use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Missing newline at end of file
    ///
    /// ## What it does
    ///
    /// Reports files whose last line does not end with a newline.
    ///
    /// ## Why is this bad?
    ///
    /// Tools that concatenate files join that line with the first line of the next file, and a diff that appends a
    /// line shows two changed lines.
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` adds the newline, and the rendered page stays the same.
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
        sink.report(Span::new(last, end), "missing newline at end of file").fix(Fix::new(
            "Add newline",
            Applicability::Safe,
            vec![edit],
        ));
    }
}
