use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Blanks at the ends of a code span
    ///
    /// ## Why
    ///
    /// They are shown, and who copies the code copies them. One blank on either side is not shown and may stay: it keeps
    /// backticks in the code apart from those around it.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Ask with `tide `.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Ask with `tide`, and write `` `noon` `` in backticks.
    /// ```
    pub struct CodeSpanSpace {}
    id = "code-span-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD038", "no-space-in-code"],
}

/// The blanks in a code span, at one end of it and in one line with the code.
struct Blanks {
    /// Bytes of those that readers see, without one that keeps a backtick apart.
    shown: u32,
    /// Whether the code beside them is a backtick.
    before_backtick: bool,
}

impl Rule for CodeSpanSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for code in doc.ast.codes() {
            let text = doc.slice(code.content);
            let padding = u32::from(is_padded(text));
            let start = Blanks::of(text.chars(), padding);
            let end = Blanks::of(text.chars().rev(), padding);
            // Where blanks go from both ends, those that are not shown have no use but to part backticks.
            let all = start.shown > 0 && end.shown > 0 && !start.before_backtick && !end.before_backtick;
            let Span { start: from, end: to } = code.content;
            if start.shown > 0 {
                let skipped = if all { 0 } else { padding };
                report(sink, Span::new(from + skipped, from + padding + start.shown), "beginning");
            }
            if end.shown > 0 {
                let skipped = if all { 0 } else { padding };
                report(sink, Span::new(to - padding - end.shown, to - skipped), "end");
            }
        }
    }
}

/// Whether one blank at either end is not shown (`CommonMark` 0.31.2, section 6.1).
fn is_padded(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, ' ' | '\n' | '\r');
    text.starts_with(is_blank) && text.ends_with(is_blank) && !text.trim_matches(is_blank).is_empty()
}

impl Blanks {
    /// Those that a code begins with; none where no code follows them in their line.
    fn of(code: impl Iterator<Item = char> + Clone, padding: u32) -> Self {
        let is_blank = |c: &char| c.is_whitespace() && !matches!(c, '\n' | '\r');
        let next = code.clone().find(|c| !is_blank(c));
        let all = code.take_while(is_blank).map(|c| c.len_utf8() as u32).sum();
        let before_backtick = next == Some('`');
        let kept = padding.max(u32::from(before_backtick));
        let is_beside_code = next.is_some_and(|c| !c.is_whitespace());
        Self { shown: if is_beside_code { u32::saturating_sub(all, kept) } else { 0 }, before_backtick }
    }
}

fn report(sink: &mut Sink<'_>, blanks: Span, side: &str) {
    let s = if blanks.len() == 1 { "" } else { "s" };
    sink.report(blanks, format!("blank{s} at the {side} of this code"))
        .help(format!("remove the blank{s}"))
        .fix(Fix::replace(format!("remove the blank{s}"), Applicability::Unsafe, blanks, ""));
}
