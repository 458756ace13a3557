use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::LineKind,
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Multiple consecutive blank lines
    ///
    /// ## What it does
    ///
    /// Reports more consecutive blank lines than allowed. Code blocks are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Additional blank lines are not rendered and make the source longer than necessary.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns.
    ///
    ///
    /// And turns again.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns.
    ///
    /// And turns again.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` removes the blank line, and the rendered page stays the same. In HTML, the fix
    /// is unsafe, because a blank line may end a block. Blank lines next to unusual whitespace are not
    /// removed automatically.
    pub struct MultipleBlankLines {
        /// Maximum number of consecutive blank lines.
        maximum: u32 = 1,
    }
    id = "multiple-blank-lines",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD012", "no-multiple-blanks"],
}

impl Rule for MultipleBlankLines {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut count = 0;
        // For Markdown, only spaces and tabs make a blank line (CommonMark 0.31.2, section 2.1): a line of other
        // whitespace is text, which the blank lines around it separate from other text.
        let mut is_plain = true;
        for line in doc.body_lines() {
            let place = doc.line(line);
            // Most lines begin with a character that is no whitespace.
            let text = doc.slice(place);
            let is_blank =
                !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty();
            count = if is_blank && !doc.line_kind(line).is(LineKind::CODE) { count + 1 } else { 0 };
            is_plain = count == 0 || is_plain && text.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
            if count > self.maximum {
                let message = match self.maximum {
                    0 => "unexpected blank line".to_owned(),
                    1 => "multiple consecutive blank lines".to_owned(),
                    max => format!("more than {max} consecutive blank lines"),
                };
                sink.report(place, message).fix(removal(doc, line, is_plain));
            }
        }
    }
}

/// Removes a line with its line ending; for the last line, which has none, the line ending before it.
fn removal(doc: &Document, line: u32, is_plain: bool) -> Fix {
    let start = doc.lines.line_start(line);
    let end = doc.lines.line_start(line + 1);
    let is_last = line + 1 == doc.lines.line_count();
    let start = if is_last && line > 0 { doc.line(line - 1).end } else { start };
    // A blank line may end an HTML block.
    let in_html = doc.line_kind(line).is(LineKind::HTML);
    let applicability = match (is_plain, in_html) {
        (true, false) => Applicability::Safe,
        (true, true) => Applicability::Unsafe,
        // Other rules may expect this blank line.
        (false, _) => Applicability::DisplayOnly,
    };
    Fix::replace("Remove blank line", applicability, Span::new(start, end), "")
}
