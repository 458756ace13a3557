use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// A heading ends with punctuation
    ///
    /// ## Why
    ///
    /// A heading is no sentence, and in a table of contents the mark stands in the way. A question mark is allowed unless
    /// the option lists it.
    ///
    /// ## Bad
    ///
    /// ```md
    /// # When the tide turns.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # When the tide turns
    ///
    /// ## Why is that?
    /// ```
    pub struct HeadingPunctuation {
        /// The marks that no heading ends with.
        punctuation: String = ".,;:!。，；：！".to_owned(),
    }
    id = "heading-punctuation",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD026", "no-trailing-punctuation"],
}

impl Rule for HeadingPunctuation {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings() {
            let text = doc.slice(heading.content);
            let kept = text.trim_end_matches(|c| self.punctuation.contains(c));
            if kept.len() == text.len() || ends_with_entity(text) || ends_with_emoji(text) {
                continue;
            }
            let marks = Span::new(heading.content.start + kept.len() as u32, heading.content.end);
            let message = format!("this heading ends with `{}`", doc.slice(marks));
            let found = sink.report(marks, message);
            found.help("leave it out");
            if !kept.is_empty() {
                let kept = kept.trim_end().len() as u32;
                let edit = Span::new(heading.content.start + kept, marks.end);
                found.fix(Fix::replace("remove it", Applicability::Unsafe, edit, ""));
            }
        }
    }
}

/// Whether the text ends with a character reference, `&copy;`.
fn ends_with_entity(text: &str) -> bool {
    let name = text.strip_suffix(';').and_then(|text| Some(&text[text.rfind('&')? + 1..]));
    name.is_some_and(|name| {
        let digits = name.strip_prefix('#').unwrap_or(name);
        !digits.is_empty() && digits.len() <= 31 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether the text ends with the code of an emoji, `:tada:`.
fn ends_with_emoji(text: &str) -> bool {
    let name = text.strip_suffix(':').and_then(|text| Some(&text[text.rfind(':')? + 1..]));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-')
            && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'+' | b'-'))
    })
}
