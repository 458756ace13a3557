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
    /// More than one blank line in a row
    ///
    /// ## Why
    ///
    /// Readers of the page see no difference. In code it is left alone.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns.
    ///
    ///
    /// And turns again.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns.
    ///
    /// And turns again.
    /// ```
    pub struct MultipleBlankLines {
        /// How many are allowed.
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
        // To Markdown, a line of other blanks than spaces and tabs is text (CommonMark 0.31.2, section 2.1), and the blank
        // lines around it part it from other text.
        let mut is_plain = true;
        for line in doc.body_lines() {
            let place = doc.line(line);
            let is_blank = place.is_empty() || doc.slice(place).trim().is_empty();
            count = if is_blank && !doc.line_kind(line).is(LineKind::CODE) { count + 1 } else { 0 };
            is_plain =
                count == 0 || is_plain && doc.slice(place).bytes().all(|byte| matches!(byte, b' ' | b'\t'));
            if count > self.maximum {
                let message = match self.maximum {
                    0 => "blank line".to_owned(),
                    1 => "another blank line".to_owned(),
                    most => format!("blank line after {most} others"),
                };
                sink.report(place, message).help("remove it").fix(removal(doc, line, is_plain));
            }
        }
    }
}

/// Removes a line with its line break; of the last line, which has none, the one before it.
fn removal(doc: &Document, line: u32, is_plain: bool) -> Fix {
    let start = doc.lines.line_start(line);
    let end = doc.lines.line_start(line + 1);
    let is_last = line + 1 == doc.lines.line_count();
    let start = if is_last && line > 0 { doc.line(line - 1).end } else { start };
    // Within HTML and comments blank lines may end what they are in.
    let in_html = doc.line_kind(line).is(LineKind::HTML);
    let applicability = match (is_plain, in_html) {
        (true, false) => Applicability::Safe,
        (true, true) => Applicability::Unsafe,
        // Another rule may want a blank line here.
        (false, _) => Applicability::DisplayOnly,
    };
    Fix::replace("remove it", applicability, Span::new(start, end), "")
}
