use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::Engine,
    rule::{Fixable, Rule},
    rules::headings::hash_lines,
    text::Span,
};

declare_rule! {
    /// Missing space after ATX heading marker
    ///
    /// ## What it does
    ///
    /// Reports lines that start with `##` directly followed by a letter, except in kramdown and Python-Markdown. With
    /// `single-hash`, lines that start with a single `#` and other text after the `#` are reported as well; they may be
    /// hashtags.
    ///
    /// ## Why is this bad?
    ///
    /// Without a space after the `#`, the line is not a heading but text that starts with `#`.
    ///
    /// ## Example
    ///
    /// ```md
    /// ##Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ## Tides
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
    pub struct MissingHeadingSpace {
        /// Report lines with a single `#`, and those with other text than letters after it.
        single_hash: bool = false,
    }
    id = "missing-heading-space",
    fixable = Fixable::Always,
    aliases = &["MD018", "no-missing-space-atx"],
    markdownlint = &[("single-hash", true)],
}

impl Rule for MissingHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // Other engines read such a line as a heading, some depending on their options.
        let is_checked = doc.dialect.engine() == Engine::CommonMark;
        if !is_checked && !self.single_hash {
            return;
        }
        // What a line in a code span begins with is code.
        let codes: LazyCell<Vec<Span>, _> =
            LazyCell::new(|| doc.ast.codes().map(|code| code.content).collect());
        let is_code = |at: u32| {
            let before = codes.partition_point(|code| code.start < at);
            codes[..before].last().is_some_and(|code| at < code.end)
        };
        for line in hash_lines::lines(doc).filter(|line| !is_code(line.start)) {
            let text = doc.slice(line);
            let hashes = hash_lines::count(text);
            let after = &text[hashes..];
            let is_closed = text.trim_end().ends_with('#');
            let is_likely = is_checked && hashes > 1 && after.starts_with(char::is_alphabetic);
            if !is_likely && !self.single_hash {
                continue;
            }
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
