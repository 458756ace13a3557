//! Real words in the wrong place: words that stand twice, articles that do not fit, phrases that are never right.
//!
//! One pass over the words of a page finds them all. The phrases are data, see `table`; a word's place in all of them
//! is one set of bits, so that their number does not matter.

mod article;
mod matcher;
mod repeated;
mod table;

use std::ops::Range;

use super::words::{Flags, Gap, Words};
use matcher::{MATCHER, Progress};

/// What is wrong with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A word stands twice.
    Repeated,
    /// `a` stands where `an` belongs, or the other way round.
    Article,
    /// A word is another word's double, or one too many.
    Confused,
    /// A word is missing.
    Missing,
    /// An apostrophe is missing.
    Apostrophe,
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
    pub write: &'static str,
}

/// Which phrases a page is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue<'a> {
    /// All.
    English,
    /// Repeated words of this language (a primary subtag of BCP 47), as far as they are known.
    Other(&'a str),
}

/// The ids of the patterns about a topic.
pub fn ids(topic: Topic) -> Vec<&'static str> {
    let mut ids: Vec<_> = match topic {
        Topic::Repeated => repeated::IDS.to_vec(),
        Topic::Article => article::IDS.to_vec(),
        _ => table::ROWS.iter().filter(|row| row.topic == topic).map(|row| row.id).collect(),
    };
    ids.dedup();
    ids
}

/// Finds the phrases that are wrong, in the order of the page. Words in comments and parts of names take no part.
pub fn find(words: &Words, source: &str, tongue: Tongue<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let matcher = &*MATCHER;
    let mut progress = Progress::default();
    // What the word before was, where a phrase may go on behind it.
    let mut before = matcher::Key::NONE;
    for (index, word) in words.all().iter().enumerate() {
        if word.flags.has_any(Flags::IDENTIFIER.with(Flags::COMMENT)) {
            before = matcher::Key::NONE;
            progress = Progress::default();
            continue;
        }
        let key = if word.flags.has(Flags::REWRITTEN) {
            matcher::Key::of(words.text(index, source))
        } else {
            matcher::Key::at(source.as_bytes(), word.span)
        };
        if word.gap != Gap::Blank {
            before = matcher::Key::NONE;
            progress = Progress::default();
        } else if key == before {
            hits.extend(repeated::judge(words, source, index, tongue));
        }
        before = key;
        if tongue == Tongue::English {
            progress = matcher.advance(progress, key);
            if progress.is_over(matcher) {
                matcher.hits(progress, words, source, index, &mut hits);
            }
            if key.is_indefinite_article() {
                hits.extend(article::judge(words, source, index));
            }
        }
    }
    hits
}
