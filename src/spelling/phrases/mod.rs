//! Real words in the wrong place: words that stand twice, articles that do not fit, phrases that are never right.
//!
//! One pass over the words of a page finds them all. The phrases are data, see `table`, and how many there are costs
//! nothing.

mod article;
mod matcher;
mod repeated;
mod table;

use std::ops::Range;

use super::{
    language::Language,
    words::{Flags, Gap, Words},
};
use matcher::{Key, MATCHER, Matcher};

/// Words that take no part: parts of names in code, and what no reader sees.
const SKIPPED: Flags = Flags::IDENTIFIER.with(Flags::COMMENT);

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

/// Finds the phrases that are wrong, in the order of the page: all in English, repeated words in other languages as far
/// as they are known. Words in comments and parts of names take no part.
pub fn find(words: &Words, source: &str, language: &Language) -> Vec<Hit> {
    let mut hits = Vec::new();
    let matcher: &'static Matcher = &MATCHER;
    // Of the word before, where a phrase may go on behind it.
    let (mut last_key, mut last_class) = (Key::NONE, 0);
    let text = source.as_bytes();
    for (index, word) in words.all().iter().enumerate() {
        if word.flags.has_any(SKIPPED) {
            (last_key, last_class) = (Key::NONE, 0);
            continue;
        }
        let key = if word.flags.has(Flags::REWRITTEN) {
            rewritten(words, source, index)
        } else {
            Key::at(text, word.span)
        };
        if word.gap != Gap::Blank {
            last_class = 0;
        }
        if key == last_key && word.gap == Gap::Blank {
            hits.extend(repeated::judge(words, source, index, language));
        }
        last_key = key;
        if *language == Language::English {
            let class = matcher.class(key);
            if matcher.is_mark(class, last_class) {
                matcher.hits(words, source, index, &mut hits);
            }
            if key.is_indefinite_article() {
                hits.extend(article::judge(words, source, index));
            }
            last_class = class;
        }
    }
    hits
}

#[cold]
fn rewritten(words: &Words, source: &str, index: usize) -> Key {
    Key::of(words.text(index, source))
}
