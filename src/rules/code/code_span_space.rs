use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Leading or trailing whitespace in code span
    ///
    /// ## What it does
    ///
    /// Reports whitespace at the start and at the end of code spans.
    ///
    /// ## Why is this bad?
    ///
    /// The whitespace is rendered, and copied together with the code. A single space on both sides is not
    /// rendered and is accepted: it separates backticks in the code from the delimiters.
    ///
    /// ## Example
    ///
    /// ```md
    /// Ask with `tide `.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Ask with `tide`, and write `` `noon` `` in backticks.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because the whitespace is part
    /// of the rendered code.
    ///
    /// ## References
    ///
    /// - [CommonMark: Code spans](https://spec.commonmark.org/0.31.2/#code-spans)
    pub struct CodeSpanSpace {}
    id = "code-span-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD038", "no-space-in-code"],
}

/// The whitespace at one end of a code span, on the same line as the code.
struct Whitespace {
    /// Length in bytes of what is rendered, without a space that separates a backtick.
    shown: u32,
    /// Whether the adjacent code is a backtick.
    before_backtick: bool,
}

impl Rule for CodeSpanSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for code in doc.ast.codes() {
            let text = doc.slice(code.content);
            let padding = u32::from(is_padded(text));
            let start = Whitespace::of(text.chars(), padding);
            let end = Whitespace::of(text.chars().rev(), padding);
            // Without whitespace at either end, the padding is only needed next to backticks.
            let all = start.shown > 0 && end.shown > 0 && !start.before_backtick && !end.before_backtick;
            let Span { start: from, end: to } = code.content;
            if start.shown > 0 {
                let skipped = if all { 0 } else { padding };
                report(sink, Span::new(from + skipped, from + padding + start.shown), "leading");
            }
            if end.shown > 0 {
                let skipped = if all { 0 } else { padding };
                report(sink, Span::new(to - padding - end.shown, to - skipped), "trailing");
            }
        }
    }
}

/// Whether one space at each end is not rendered (CommonMark 0.31.2, section 6.1).
fn is_padded(text: &str) -> bool {
    let is_space = |c: char| matches!(c, ' ' | '\n' | '\r');
    text.starts_with(is_space) && text.ends_with(is_space) && !text.trim_matches(is_space).is_empty()
}

impl Whitespace {
    /// The whitespace that the code starts with; none if no code follows on the same line.
    fn of(code: impl Iterator<Item = char> + Clone, padding: u32) -> Self {
        let is_space = |c: &char| c.is_whitespace() && !matches!(c, '\n' | '\r');
        let next = code.clone().find(|c| !is_space(c));
        let all = code.take_while(is_space).map(|c| c.len_utf8() as u32).sum();
        let before_backtick = next == Some('`');
        let kept = padding.max(u32::from(before_backtick));
        let is_beside_code = next.is_some_and(|c| !c.is_whitespace());
        Self { shown: if is_beside_code { u32::saturating_sub(all, kept) } else { 0 }, before_backtick }
    }
}

fn report(sink: &mut Sink<'_>, whitespace: Span, side: &str) {
    sink.report(whitespace, format!("{side} whitespace in code span")).fix(Fix::replace(
        format!("Remove {side} whitespace"),
        Applicability::Unsafe,
        whitespace,
        "",
    ));
}
