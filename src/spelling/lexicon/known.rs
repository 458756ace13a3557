//! Whether a word is written rightly.

use std::borrow::Cow;

use super::{
    LONGEST,
    entry::{Forms, LetterCase, LexiconEntry},
    exceptions, lookup, obscure,
    word::{self, WordKey},
};

/// Whether a token of a text is written rightly as far as the lexicon goes.
///
/// Words and technical terms are known in any case, and words of the Oxford spelling (`organize`) with an s too. Names
/// are known as they are written and in uppercase, abbreviations as they are written and in the plural (`APIs`), and all
/// of them in the possessive with either apostrophe.
pub fn is_known(token: &str) -> bool {
    let token = straight(token);
    is_known_form(&token) || base_of_possessive(&token).is_some_and(is_known_form)
}

/// Whether a word, which may be a possessive, is an English word or a technical term, in lower case.
pub fn is_known_lower(word: &str) -> bool {
    let word = straight(word);
    let common = |word: &str| {
        Forms::of(word).lower().is_some_and(LexiconEntry::is_common)
            || exceptions::find(word).is_some_and(LexiconEntry::is_common)
            || is_known_with_z(word)
    };
    common(&word) || base_of_possessive(&word).is_some_and(common)
}

/// A word, and what the lexicon has of its letters, which is looked up once for all questions.
pub struct LookedUpWord<'w> {
    word: &'w str,
    forms: Forms,
}

impl<'w> LookedUpWord<'w> {
    /// Looks a word up.
    pub fn new(word: &'w str) -> Self {
        Self { word, forms: Forms::of(word) }
    }

    /// The same as [`lookup`] of the word.
    pub fn entry(&self) -> Option<LexiconEntry> {
        self.entry_of(self.word)
    }

    /// The same as [`is_known`] of the word.
    pub fn is_known(&self) -> bool {
        match straight(self.word) {
            Cow::Owned(word) => is_known(&word),
            Cow::Borrowed(word) => {
                is_known_by(self.forms, word) || base_of_possessive(word).is_some_and(is_known_form)
            }
        }
    }

    /// The same as [`lookup`] of the word in lower case, without a possessive `'s`.
    pub fn plain_entry(&self) -> Option<LexiconEntry> {
        let lower = self.word.to_ascii_lowercase();
        match lower.strip_suffix("'s") {
            Some(base) => lookup(base),
            None => self.entry_of(&lower),
        }
    }

    /// What is known of the word if it is written so, in another case.
    fn entry_of(&self, written: &str) -> Option<LexiconEntry> {
        self.forms.entry(LetterCase::of(written)).or_else(|| exceptions::find(written))
    }
}

fn is_known_form(form: &str) -> bool {
    is_known_by(Forms::of(form), form)
}

/// Whether a word is written rightly by the forms that the lexicon has of its letters.
fn is_known_by(forms: Forms, form: &str) -> bool {
    if form.is_empty() {
        return false;
    }
    if forms.lower().is_some_and(LexiconEntry::is_common) {
        return true;
    }
    let case = LetterCase::of(form);
    forms.entry(case).is_some()
        || case == LetterCase::Upper && forms.has(Forms::CAPITALISED)
        || is_exception(form)
        || is_known_with_z(form)
        || form.strip_suffix('s').is_some_and(is_abbreviation)
        || obscure::has(form)
        || case == LetterCase::Capitalised && form.is_ascii() && obscure::has(&form.to_ascii_lowercase())
}

fn is_abbreviation(form: &str) -> bool {
    lookup(form).is_some_and(LexiconEntry::is_abbreviation)
}

/// Whether it is among the exceptions as it is written, or is a common word of theirs in another case.
fn is_exception(form: &str) -> bool {
    exceptions::find(form).is_some()
        || !form.is_ascii() && exceptions::find(&form.to_lowercase()).is_some_and(LexiconEntry::is_common)
}

/// The endings that follow `-ise` and `-ize` words' stems.
const AFTER_IS: [&str; 9] = ["e", "ed", "es", "er", "ers", "ing", "ation", "ations", "able"];

/// Whether an `-ise` form is the other spelling of an English word in `-ize`.
fn is_known_with_z(word: &str) -> bool {
    let word = word.as_bytes();
    AFTER_IS.iter().any(|ending| {
        let at = word.len().wrapping_sub(ending.len() + 2);
        let Some((stem, rest)) = word.split_at_checked(at) else { return false };
        if !rest[..2].eq_ignore_ascii_case(b"is") || !rest[2..].eq_ignore_ascii_case(ending.as_bytes()) {
            return false;
        }
        let mut codes = [0; LONGEST];
        let letters = stem.iter().chain(b"iz").chain(ending.as_bytes());
        for (to, &byte) in codes.iter_mut().zip(letters) {
            *to = word::code(char::from(byte));
        }
        let key = codes.get(..word.len()).and_then(WordKey::from_codes);
        key.is_some_and(|key| Forms::at(&key).size().is_some())
    })
}

fn base_of_possessive(token: &str) -> Option<&str> {
    token.strip_suffix("'s").or_else(|| token.strip_suffix("'S"))
}

/// More bytes than a token has that the lexicon knows; what is longer is not copied.
const LONGEST_TOKEN: usize = 64;

/// With apostrophes as the lexicon writes them.
fn straight(token: &str) -> Cow<'_, str> {
    if !token.is_ascii() && token.len() <= LONGEST_TOKEN && token.contains('’') {
        Cow::Owned(token.replace('’', "'"))
    } else {
        Cow::Borrowed(token)
    }
}
