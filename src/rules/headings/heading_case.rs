use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Heading, NodeKind, Typed},
    rule::{Fixable, Rule},
    rules::custom::SMALL_WORDS,
    spelling::lexicon::is_known_lower,
    text::Span,
};

declare_rule! {
    /// Inconsistent capitalization of headings
    ///
    /// ## What it does
    ///
    /// Reports headings that are not in sentence case (`How the tide turns`) or, with `style: title`, in title case
    /// (`How the Tide Turns`). Code, words with other uppercase letters such as `iPhone`, and acronyms are accepted. In sentence
    /// case, only words of the dictionary are reported, because other words may be names.
    ///
    /// ## Why is this bad?
    ///
    /// Headings in both styles look careless in a table of contents.
    ///
    /// ## Example
    ///
    /// ```md
    /// # How the Tide Turns
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # How the tide turns
    ///
    /// ## The `Tide` table of GitHub
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: a word may be a name, which belongs into the option `words`.
    pub struct HeadingCase {
        /// Required style.
        style: HeadingCaseStyle = HeadingCaseStyle::Sentence,
        /// Words that keep their case, such as names of products.
        words: Vec<String> = vec![],
    }
    id = "heading-case",
    on = false,
    fixable = Fixable::Always,
}

/// Capitalization of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeadingCaseStyle {
    /// The first word is capitalized.
    Sentence,
    /// All words are capitalized, except articles, conjunctions and prepositions.
    Title,
}

impl Rule for HeadingCase {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings() {
            let edits = self.edits(doc, heading);
            if edits.is_empty() {
                continue;
            }
            let name = match self.style {
                HeadingCaseStyle::Sentence => "sentence case",
                HeadingCaseStyle::Title => "title case",
            };
            sink.report(heading.content, format!("heading is not in {name}")).fix(Fix::new(
                format!("Change to {name}"),
                Applicability::Unsafe,
                edits,
            ));
        }
    }
}

impl HeadingCase {
    /// The first letters that have to change.
    fn edits(&self, doc: &Document, heading: Typed<'_, Heading>) -> Vec<Edit> {
        let words = words(doc, heading);
        let last = words.len().saturating_sub(1);
        let mut starts = true;
        let mut edits = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let text = doc.slice(*word);
            let is_edge = starts || i == last && self.style == HeadingCaseStyle::Title;
            let rest = doc.source[word.end as usize..].trim_start_matches(['*', '_']);
            starts = rest.starts_with([':', '.', '?', '!', '—', '–']);
            if self.words.iter().any(|kept| kept == text) {
                continue;
            }
            edits.extend(self.first_letter(text, is_edge).map(|content| {
                let length = text.chars().next().map_or(0, char::len_utf8) as u32;
                Edit { span: Span::new(word.start, word.start + length), content }
            }));
        }
        edits
    }

    /// The first letter that a word should have, if it has another one.
    fn first_letter(&self, word: &str, is_edge: bool) -> Option<String> {
        let mut chars = word.chars();
        let first = chars.next()?;
        if !chars.as_str().chars().all(char::is_lowercase) {
            return None;
        }
        let lower = || -> String { first.to_lowercase().chain(chars.clone()).collect() };
        let is_title = self.style == HeadingCaseStyle::Title;
        let wants_capital = is_edge || is_title && !SMALL_WORDS.contains(&&*lower());
        match (first.is_uppercase(), wants_capital) {
            (false, true) if first.is_lowercase() && is_title => Some(first.to_uppercase().collect()),
            (true, false) if is_title || word.len() > 1 && is_known_lower(&lower()) => {
                Some(first.to_lowercase().collect())
            }
            _ => None,
        }
    }
}

/// The words in the text of a heading, without code and words with digits or signs in them.
fn words(doc: &Document, heading: Typed<'_, Heading>) -> Vec<Span> {
    let mut words = Vec::new();
    for text in heading.node().descendants().filter(|node| node.kind() == NodeKind::Text) {
        let source = doc.slice(text.span());
        for word in source.split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '“' | '”' | '"' | ',' | ':' | '!' | '?' | '/' | '—')
        }) {
            let bare = word.trim_end_matches(['.', ';', '…']);
            if !bare.is_empty() && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’')) {
                let start = text.span().start + (word.as_ptr() as usize - source.as_ptr() as usize) as u32;
                words.push(Span::new(start, start + bare.len() as u32));
            }
        }
    }
    words
}
