use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::NodeKind,
    rule::{Fixable, Rule},
    spelling::{Language, lexicon},
    text::{Needle, Span},
};

declare_rule! {
    /// Missing or misplaced space at a comma or period
    ///
    /// ## What it does
    ///
    /// Reports spaces before a comma between two words and, in English, a missing space after the period between two
    /// sentences.
    ///
    /// ## Why is this bad?
    ///
    /// The comma or the period may wrap to the wrong line, and search engines and screen readers take the last word of one
    /// sentence and the first one of the next for a single word.
    ///
    /// ## Example
    ///
    /// ```md
    /// The ferry is late , but it sails.The next one is on time.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The ferry is late, but it sails. The next one is on time.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: the text may be a quotation or a name.
    pub struct PunctuationSpace {}
    id = "punctuation-space",
    fixable = Fixable::Always,
}

/// Words that begin a sentence and are in no name of a program after a period.
const FIRST_WORDS: [&str; 19] = [
    "The", "This", "These", "Those", "That", "It", "We", "You", "They", "There", "If", "When", "While",
    "However", "But", "Our", "Here", "He", "She",
];

static SPACE_AND_COMMA: Needle = Needle::new(" ,");

impl Rule for PunctuationSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let commas: Vec<usize> = SPACE_AND_COMMA.places(&doc.source).collect();
        let is_english = doc.language().language == Language::English;
        let periods: Vec<usize> = if is_english { periods(&doc.source).collect() } else { vec![] };
        if commas.is_empty() && periods.is_empty() {
            return;
        }
        for text in doc.ast.of(NodeKind::Text) {
            let span = text.span();
            let is_spaced = LazyCell::new(|| !doc.slice(span).chars().any(is_unspaced));
            for at in within(&commas, span) {
                if let Some(spaces) = spaces_before_comma(doc, span, at).filter(|_| *is_spaced) {
                    let fix = Fix::replace("Remove the space", Applicability::Unsafe, spaces, "");
                    sink.report(spaces, "space before a comma").fix(fix);
                }
            }
            for at in within(&periods, span) {
                check_period(doc, span, at, sink);
            }
        }
    }
}

/// The periods between a small letter and a capital one.
fn periods(source: &str) -> impl Iterator<Item = usize> {
    let bytes = source.as_bytes();
    memchr::memchr_iter(b'.', bytes).filter(|&at| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        before.is_some_and(|it| it.is_ascii_lowercase())
            && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
    })
}

/// The offsets, which are in order, that are in a text with the character after them.
fn within(offsets: &[usize], text: Span) -> impl Iterator<Item = usize> {
    let first = offsets.partition_point(|at| *at < text.start as usize);
    offsets[first..].iter().copied().take_while(move |at| at + 1 < text.end as usize)
}

/// The spaces up to the one at an offset, with a comma after it, if they are between two words.
fn spaces_before_comma(doc: &Document, text: Span, at: usize) -> Option<Span> {
    let before = doc.source[text.start as usize..at].trim_end_matches(' ');
    let begins_word = doc.source[at + 2..text.end as usize].strip_prefix(' ').is_some_and(is_word_first);
    let ends_word = before.chars().rev().take(2).filter(|c| c.is_lowercase()).count() > 1;
    (begins_word && ends_word).then(|| Span::from_range(text.start as usize + before.len()..at + 1))
}

/// Whether a text begins with a word of at least two letters.
fn is_word_first(text: &str) -> bool {
    text.chars().take(2).filter(|c| c.is_alphabetic()).count() > 1
}

/// Whether a character is of a script without spaces between words, in which a comma may be part of a formula or a list
/// of arguments.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Reports a period at an offset, if it is between two words, and one ends a sentence and the other begins one.
fn check_period(doc: &Document, text: Span, at: usize, sink: &mut Sink<'_>) {
    let before = &doc.source[text.start as usize..at];
    let after = &doc.source[at + 1..text.end as usize];
    let (first, rest) = after.split_at(after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len()));
    let word = &before[before.trim_end_matches(|c: char| c.is_ascii_lowercase()).len()..];
    let bare = &before[..before.len() - word.len()];
    let is_whole = !bare.ends_with(|c: char| !matches!(c, ' ' | '\n' | '(' | '-'));
    let goes_on = rest.strip_prefix([' ', '\'', '\u{2019}']);
    let goes_on = goes_on.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let is_sentence = FIRST_WORDS.contains(&first) && goes_on;
    if is_sentence && is_whole && word.len() > 2 && lexicon::is_known_lower(word) {
        let period = Span::from_range(at..at + 1);
        let edit = Edit { span: Span::empty(period.end), content: " ".to_owned() };
        sink.report(period, "missing space after a period").fix(Fix::new(
            "Insert a space",
            Applicability::Unsafe,
            vec![edit],
        ));
    }
}
