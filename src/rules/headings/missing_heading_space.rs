use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    rules::headings::hash_lines,
    text::Span,
};

declare_rule! {
    /// Missing space after ATX heading marker
    ///
    /// ## What it does
    ///
    /// Reports lines that start with `#` directly followed by text.
    ///
    /// ## Why is this bad?
    ///
    /// Without a space after the `#`, the line is not a heading but text that starts with `#`.
    ///
    /// ## Example
    ///
    /// ```md
    /// #Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because they change the rendered
    /// page: the line becomes a heading.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    pub struct MissingHeadingSpace {}
    id = "missing-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD018", "no-missing-space-atx"],
}

impl Rule for MissingHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // What a line in a code span begins with is code.
        let codes: Vec<Span> = doc.ast.codes().map(|code| code.content).collect();
        let is_code = |at: u32| {
            let before = codes.partition_point(|code| code.start < at);
            codes[..before].last().is_some_and(|code| at < code.end)
        };
        for line in hash_lines::lines(doc).filter(|line| !is_code(line.start)) {
            let text = doc.slice(line);
            let hashes = hash_lines::count(text);
            let after = &text[hashes..];
            let is_closed = text.trim_end().ends_with('#');
            if after.is_empty() || after.starts_with([' ', '\t']) || is_closed || is_keycap(after) {
                continue;
            }
            let marker = Span::new(line.start, line.start + hashes as u32);
            let edit = Edit { span: Span::empty(marker.end), content: " ".to_owned() };
            sink.report(marker, "missing space after `#`")
                .help("add a space to make this a heading, or escape it as `\\#`")
                .fix(Fix::new("Insert space", Applicability::Unsafe, vec![edit]));
        }
    }
}

/// Whether the `#` before this text is part of an emoji.
fn is_keycap(after: &str) -> bool {
    after.starts_with("\u{FE0F}\u{20E3}")
}
