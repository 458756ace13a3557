use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Trailing punctuation in heading
    ///
    /// ## What it does
    ///
    /// Reports headings that end with punctuation. Question marks are accepted unless configured otherwise.
    ///
    /// ## Why is this bad?
    ///
    /// A heading is not a sentence, and trailing punctuation clutters a table of contents.
    ///
    /// ## Example
    ///
    /// ```md
    /// # When the tide turns.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # When the tide turns
    ///
    /// ## Why is that?
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because they change the text of
    /// the heading. No fix is offered for headings that consist only of punctuation.
    pub struct HeadingPunctuation {
        /// Punctuation characters that headings must not end with.
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
            let punctuation = Span::new(heading.content.start + kept.len() as u32, heading.content.end);
            let message = format!("trailing punctuation in heading: `{}`", doc.slice(punctuation));
            let diagnostic = sink.report(punctuation, message);
            if kept.is_empty() {
                diagnostic.help("replace the punctuation with words");
                continue;
            }
            let kept = kept.trim_end().len() as u32;
            let edit = Span::new(heading.content.start + kept, punctuation.end);
            diagnostic.fix(Fix::replace("Remove trailing punctuation", Applicability::Unsafe, edit, ""));
        }
    }
}

/// Whether the text ends with an entity, such as `&copy;`.
fn ends_with_entity(text: &str) -> bool {
    let name = text.strip_suffix(';').and_then(|text| Some(&text[text.rfind('&')? + 1..]));
    name.is_some_and(|name| {
        let digits = name.strip_prefix('#').unwrap_or(name);
        !digits.is_empty() && digits.len() <= 31 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether the text ends with an emoji shortcode, such as `:tada:`.
fn ends_with_emoji(text: &str) -> bool {
    let name = text.strip_suffix(':').and_then(|text| Some(&text[text.rfind(':')? + 1..]));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-')
            && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'+' | b'-'))
    })
}
