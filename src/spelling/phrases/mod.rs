//! Real words in the wrong place: repeated words, wrong articles, phrases that are never right.
//!
//! The places where one may end are noted while the words of a page are read; they are looked at closely here. The
//! phrases are data, see `table`, and how many there are costs nothing.

mod article;
mod classes;
mod grammar;
mod inflection;
mod matcher;
mod phrase;
mod repeated;
mod table;

use std::{borrow::Cow, ops::Range};

use super::{
    language::Language,
    words::{Flags, Gap, Words},
};
pub use classes::written as written_classes;
pub(super) use inflection::is_base_verb;
pub(super) use matcher::{Class, Matcher, PhraseKey};

/// Words that take no part: parts of names in code, and what no reader sees.
const SKIPPED: Flags = Flags::IDENTIFIER.with(Flags::COMMENT);

/// What is wrong with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A word is repeated.
    Repeated,
    /// `a` is written for `an`, or `an` for `a`.
    Article,
    /// A word is written for another one, or is one too many.
    Confused,
    /// A word is missing.
    Missing,
    /// An apostrophe is missing.
    Apostrophe,
    /// A verb has the wrong form.
    VerbForm,
    /// A noun has the wrong number.
    Number,
    /// A verb does not agree with its subject.
    Agreement,
    /// A preposition is wrong.
    Preposition,
    /// An article is missing.
    MissingArticle,
    /// An abbreviation lacks its full stops.
    Abbreviation,
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 11] = [
        Self::Repeated,
        Self::Article,
        Self::Confused,
        Self::Missing,
        Self::Apostrophe,
        Self::VerbForm,
        Self::Number,
        Self::Agreement,
        Self::Preposition,
        Self::MissingArticle,
        Self::Abbreviation,
    ];
}

/// A phrase that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What is wrong with it.
    pub topic: Topic,
    /// The pattern that found it, one of [`ids`].
    pub pattern: &'static str,
    /// The words that show what is wrong: indices into [`Words::all`].
    pub phrase: Range<usize>,
    /// Those of them that are wrong.
    pub wrong: Range<usize>,
    /// What is meant, the likeliest first; empty where the wrong words are to be deleted or nothing is known.
    pub write: Cow<'static, str>,
}

/// The ids of the patterns about a topic.
pub fn ids(topic: Topic) -> Vec<&'static str> {
    let mut ids: Vec<_> = match topic {
        Topic::Repeated => repeated::IDS.to_vec(),
        Topic::Article => article::IDS.to_vec(),
        _ => table::rows().filter(|row| row.topic == topic).map(|row| row.id).collect(),
    };
    // The rows of a pattern are beside each other.
    ids.dedup();
    ids
}

/// Whether a word is always a contraction without its apostrophe: `doesnt`.
pub fn lacks_apostrophe(word: &str) -> bool {
    table::rows()
        .filter(|row| row.topic == Topic::Apostrophe && !row.phrase.contains(' '))
        .flat_map(|row| row.phrase.trim_matches(['<', '>']).split('|'))
        .any(|pair| pair.split_once('=').is_some_and(|(wrong, _)| wrong == word))
}

/// Finds the phrases that are wrong, in the order of the page: all in English, repeated words in other languages as far
/// as they are known. Words in comments and parts of names take no part.
pub fn find(words: &Words, source: &str, language: &Language) -> Vec<Hit> {
    let mut hits = Vec::new();
    let (all, matcher) = (words.all(), Matcher::get());
    for index in words.phrase_ends.iter().map(|&index| index as usize) {
        let word = &all[index];
        if word.flags.has_any(SKIPPED) {
            continue;
        }
        let before = index.checked_sub(1).filter(|&before| !all[before].flags.has_any(SKIPPED));
        let before = before.filter(|_| word.gap == Gap::Blank);
        let is_part = *language == Language::English && word.flags.has(Flags::OTHER_LANGUAGE);
        let key = |index| PhraseKey::of(words.text(index, source));
        let is_repetition = words.repetition_ends.binary_search(&(index as u32)).is_ok();
        if is_repetition && !is_part && before.is_some_and(|before| key(before) == key(index)) {
            hits.extend(repeated::judge(words, source, index, language));
        }
        if *language == Language::English && !is_part {
            if is_repetition {
                hits.extend(repeated::phrase(words, source, index));
            }
            if matcher.is_mark(word.class, before.map_or(0, |before| all[before].class)) {
                matcher.hits(words, source, index, &mut hits);
            }
            if words.text(index, source).len() <= "an".len() && key(index).is_indefinite_article() {
                hits.extend(article::judge(words, source, index));
            }
        }
    }
    // What a repeated phrase has between its words is not missing.
    let repeated: Vec<_> =
        hits.iter().filter(|hit| hit.pattern == repeated::PHRASE).map(|hit| hit.phrase.clone()).collect();
    hits.retain(|hit| {
        hit.topic != Topic::Missing || !repeated.iter().any(|phrase| phrase.contains(&hit.phrase.start))
    });
    hits
}
