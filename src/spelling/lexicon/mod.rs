//! The English words, names, abbreviations and technical terms that ship with the program, and its known misspellings.
//!
//! The data are committed in `data/` and read where they are in the binary: there is nothing to load. `tests/it/lexicon.rs`
//! makes them from the word lists that NOTICE names. A word is written in ASCII letters and apostrophes and begins with
//! a letter, except for the few in the list of exceptions, which are written in any way.

mod entry;
mod exceptions;
mod known;
mod misspellings;
mod near;
pub mod obscure;
mod word;
mod word_table;

pub use entry::{LexiconEntry, Size, frequency, zipf};
pub use known::{LookedUpWord, is_known, is_known_lower};
pub use misspellings::{corrections, misspellings};
pub use near::{Distance, Near, near};
pub use word::{LONGEST, LexiconWord};

use std::borrow::Cow;

use entry::{Forms, LetterCase};
use word::WordKey;
use word_table::WordTable;

/// The words that a typo is likely to stand for; see [`near`].
static FREQUENT: WordTable<1> = WordTable::new(include_bytes!("data/frequent.bin"));

/// All others.
static RARE: WordTable<1> = WordTable::new(include_bytes!("data/rare.bin"));

/// What is known of a word as it is written: `may` is a word, `May` a name, `MAY` nothing.
///
/// The possessive of a word is not a word of its own. A typographic apostrophe is none of a word's letters: write `don't`.
pub fn lookup(word: &str) -> Option<LexiconEntry> {
    Forms::of(word).entry(LetterCase::of(word)).or_else(|| exceptions::find(word))
}

/// A word, given in lower case, as it is usually written: `saturday` is, in some term list, but with a capital.
pub fn usual_case(word: &str) -> Cow<'_, str> {
    match WordKey::new(word) {
        Some(key) if Forms::at(&key).is_usually_capitalised() => {
            Cow::Owned(LexiconWord::new(&key).capitalised().as_str().to_owned())
        }
        _ => Cow::Borrowed(word),
    }
}

/// Whether a word, whatever its case, is a name, and in lower case at most a term.
pub fn is_usually_capitalised(word: &str) -> bool {
    WordKey::new(word).is_some_and(|key| Forms::at(&key).is_usually_capitalised())
}

/// The words of the lexicon and how they are written, in no particular order.
pub fn words() -> impl Iterator<Item = (Cow<'static, str>, LexiconEntry)> {
    let frequent =
        (0..FREQUENT.len()).flat_map(|at| Forms::frequent(at).written(LexiconWord::new(&FREQUENT.word(at))));
    let rare = (0..RARE.len()).flat_map(|at| Forms::rare(at).written(LexiconWord::new(&RARE.word(at))));
    let packed = frequent.chain(rare).map(|(word, entry)| (Cow::Owned(word.as_str().to_owned()), entry));
    packed.chain(exceptions::all().map(|(word, entry)| (Cow::Borrowed(word), entry)))
}
