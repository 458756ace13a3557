//! The English words, names, abbreviations and technical terms that ship with the program, and its known misspellings.
//!
//! The data are committed in `data/` and read where they lie in the binary: there is nothing to load. `tests/lexicon.rs`
//! makes them from the word lists that NOTICE names. A word is written in ASCII letters and apostrophes and begins with
//! a letter, except for the few in the list of exceptions, which are written in any way.

mod cache;
mod derivation;
mod exceptions;
mod misspellings;
mod near;
mod shelf;
mod word;

pub use cache::Cache;
pub use derivation::{Derivation, derived};
pub use misspellings::{Corrections, corrections, misspellings};
pub use near::{Distance, Near, near};
pub use word::{LONGEST, Word};

use std::borrow::Cow;

use shelf::Shelf;
use word::Key;

/// The words that a typo is likely to stand for; see [`near`].
static FREQUENT: Shelf<1> = Shelf::new(include_bytes!("data/frequent.bin"));

/// All others.
static RARE: Shelf<1> = Shelf::new(include_bytes!("data/rare.bin"));

/// How rare a word is: the smallest of SCOWL's lists that has it, from the most frequent words to those that only a
/// large dictionary has.
///
/// SCOWL's README names the sources of each size: <http://wordlist.aspell.net/scowl-readme/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// About the 4,000 most frequent words.
    S10 = 10,
    /// With the 8,000 that come next.
    S20 = 20,
    /// The words of a small dictionary.
    S35 = 35,
    /// A learner's dictionary.
    S40 = 40,
    /// A medium dictionary.
    S50 = 50,
    /// Between those.
    S55 = 55,
    /// What spell checkers usually take.
    S60 = 60,
    /// A large dictionary.
    S70 = 70,
}

impl Size {
    const ALL: [Self; 8] =
        [Self::S10, Self::S20, Self::S35, Self::S40, Self::S50, Self::S55, Self::S60, Self::S70];
}

/// How a word is known. There are no entries without a word of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    size: Option<Size>,
    kinds: Kinds,
}

impl Entry {
    /// How rare it is as an English word; nothing if it is only something else.
    pub fn size(self) -> Option<Size> {
        self.size
    }

    /// Whether lists of technical terms have it.
    pub fn is_technical(self) -> bool {
        self.kinds.has(Kinds::TECHNICAL)
    }

    /// Whether it is a proper name, written like this.
    pub fn is_name(self) -> bool {
        self.kinds.has(Kinds::NAME)
    }

    /// Whether it is an abbreviation, written like this. Names written in capitals throughout are taken for some.
    pub fn is_abbreviation(self) -> bool {
        self.kinds.has(Kinds::ABBREVIATION)
    }

    /// How frequent the word is.
    pub fn frequency(self) -> f32 {
        frequency(self)
    }

    fn new(size: Option<Size>, kinds: Kinds) -> Option<Self> {
        (size.is_some() || kinds != Kinds::default()).then_some(Self { size, kinds })
    }

    /// Whether it is known in lower case as an English word or a term: in any case, then.
    fn is_common(self) -> bool {
        self.size.is_some() || self.is_technical()
    }
}

/// What a word is besides an English word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Kinds(u8);

impl Kinds {
    const TECHNICAL: Self = Self(1);
    const NAME: Self = Self(2);
    const ABBREVIATION: Self = Self(4);

    const fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    const fn and(self, kind: Self) -> Self {
        Self(self.0 | kind.0)
    }
}

/// The value of a word on a shelf: what it is in lower case, capitalised, and in capitals.
#[derive(Clone, Copy, Default)]
struct Forms(u8);

impl Forms {
    /// The bits of the size: its place in [`Size::ALL`] from 1, or 0.
    const SIZE: u8 = 0x0f;
    const TECHNICAL: u8 = 0x10;
    /// A name, as `Ada`.
    const CAPITALISED: u8 = 0x20;
    /// An abbreviation or a name, as `NASA`.
    const UPPER: u8 = 0x40;
    /// An abbreviation, as `etc`.
    const LOWER: u8 = 0x80;

    /// The forms of a word, whatever its case is here; none if it is not known.
    fn of(word: &str) -> Self {
        Key::new(word).map_or(Self::default(), |key| Self::at(&key))
    }

    fn at(key: &Key) -> Self {
        match FREQUENT.find(key) {
            Some(word) => Self::frequent(word),
            None => RARE.find(key).map_or(Self::default(), Self::rare),
        }
    }

    fn frequent(word: usize) -> Self {
        Self(FREQUENT.value(word)[0])
    }

    fn rare(word: usize) -> Self {
        Self(RARE.value(word)[0])
    }

    const fn has(self, form: u8) -> bool {
        self.0 & form != 0
    }

    fn size(self) -> Option<Size> {
        Size::ALL.get(usize::from(self.0 & Self::SIZE).wrapping_sub(1)).copied()
    }

    /// What the word is in lower case.
    fn lower(self) -> Option<Entry> {
        let mut kinds = Kinds::default();
        if self.has(Self::TECHNICAL) {
            kinds = kinds.and(Kinds::TECHNICAL);
        }
        if self.has(Self::LOWER) {
            kinds = kinds.and(Kinds::ABBREVIATION);
        }
        Entry::new(self.size(), kinds)
    }

    /// What the word is in this case.
    fn entry(self, case: Case) -> Option<Entry> {
        match case {
            Case::Lower => self.lower(),
            Case::Capitalised if self.has(Self::CAPITALISED) => Entry::new(None, Kinds::NAME),
            Case::Upper if self.has(Self::UPPER) => Entry::new(None, Kinds::ABBREVIATION),
            _ => None,
        }
    }

    /// All ways of writing the word, with what it is then.
    fn written(self, word: Word) -> impl Iterator<Item = (Word, Entry)> {
        let forms =
            [(word, Case::Lower), (word.capitalised(), Case::Capitalised), (word.uppercase(), Case::Upper)];
        forms.into_iter().filter_map(move |(word, case)| Some((word, self.entry(case)?)))
    }
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Capitalised,
    /// In capitals, at least two.
    Upper,
    Mixed,
}

impl Case {
    fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Self::Lower };
        let rest = &word[first.len_utf8()..];
        let has_lower = rest.contains(char::is_lowercase);
        let has_upper = rest.contains(char::is_uppercase);
        match (first.is_uppercase(), has_lower, has_upper) {
            (false, _, false) => Self::Lower,
            (true, _, false) => Self::Capitalised,
            (true, false, true) => Self::Upper,
            _ => Self::Mixed,
        }
    }
}

/// What is known of a word as it is written: `may` is a word, `May` a name, `MAY` nothing.
///
/// The possessive of a word is no word of its own. A typographic apostrophe is none of a word's letters: write `don't`.
pub fn lookup(word: &str) -> Option<Entry> {
    Forms::of(word).entry(Case::of(word)).or_else(|| exceptions::find(word))
}

/// The words of the lexicon and how they are written, in no particular order.
pub fn words() -> impl Iterator<Item = (Cow<'static, str>, Entry)> {
    let frequent = (0..FREQUENT.len()).flat_map(|at| Forms::frequent(at).written(FREQUENT.word(at)));
    let rare = (0..RARE.len()).flat_map(|at| Forms::rare(at).written(RARE.word(at)));
    let packed = frequent.chain(rare).map(|(word, entry)| (Cow::Owned(word.as_str().to_owned()), entry));
    packed.chain(exceptions::all().map(|(word, entry)| (Cow::Borrowed(word), entry)))
}

/// Whether a token of a text is written rightly as far as the lexicon goes.
///
/// Words and technical terms are known in any case, and words of the Oxford spelling (`organize`) with an s too. Names
/// are known as they are written and in capitals, abbreviations as they are written and in the plural (`APIs`), and all
/// of them in the possessive with either apostrophe.
pub fn is_known(token: &str) -> bool {
    let token = straight(token);
    is_known_form(&token) || base_of_possessive(&token).is_some_and(is_known_form)
}

/// Whether a word, which may be a possessive, is an English word or a technical term, in lower case.
pub fn is_known_lower(word: &str) -> bool {
    let word = straight(word);
    let common = |word: &str| {
        Forms::of(word).lower().is_some_and(Entry::is_common)
            || exceptions::find(word).is_some_and(Entry::is_common)
            || is_known_with_z(word)
    };
    common(&word) || base_of_possessive(&word).is_some_and(common)
}

fn is_known_form(form: &str) -> bool {
    if form.is_empty() {
        return false;
    }
    let forms = Forms::of(form);
    if forms.lower().is_some_and(Entry::is_common) {
        return true;
    }
    let case = Case::of(form);
    forms.entry(case).is_some()
        || case == Case::Upper && forms.has(Forms::CAPITALISED)
        || is_exception(form)
        || is_known_with_z(form)
        || form.strip_suffix('s').is_some_and(is_abbreviation)
}

fn is_abbreviation(form: &str) -> bool {
    lookup(form).is_some_and(Entry::is_abbreviation)
}

/// Whether it is among the exceptions as it is written, or is a common word of theirs in another case.
fn is_exception(form: &str) -> bool {
    exceptions::find(form).is_some()
        || !form.is_ascii() && exceptions::find(&form.to_lowercase()).is_some_and(Entry::is_common)
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
        let packed = word.len() <= LONGEST
            && codes
                .iter_mut()
                .zip(letters)
                .all(|(to, &byte)| word::code(char::from(byte)).map(|code| *to = code).is_some());
        packed && Key::from_codes(&codes[..word.len()]).is_some_and(|key| Forms::at(&key).size().is_some())
    })
}

fn base_of_possessive(token: &str) -> Option<&str> {
    token.strip_suffix("'s").or_else(|| token.strip_suffix("'S"))
}

/// With apostrophes as the lexicon writes them. Nothing longer than what it knows is copied.
fn straight(token: &str) -> Cow<'_, str> {
    if token.len() <= 3 * (LONGEST + 2) && token.contains('’') {
        Cow::Owned(token.replace('’', "'"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The Zipf scale: the logarithm to base ten of how often a word stands in a billion.
pub mod zipf {
    use super::Size;

    /// A technical term that is no frequent English word.
    pub const TECHNICAL: f32 = 3.3;

    /// A name or an abbreviation.
    pub const OTHER: f32 = 2.0;

    /// A word of a size, about the middle of its class.
    pub const fn of(size: Size) -> f32 {
        match size {
            Size::S10 => 6.0,
            Size::S20 => 5.2,
            Size::S35 => 4.5,
            Size::S40 => 4.1,
            Size::S50 => 3.7,
            Size::S55 => 3.3,
            Size::S60 => 3.0,
            Size::S70 => 2.4,
        }
    }
}

/// How frequent a word is by its class, on the [Zipf scale](zipf).
pub fn frequency(entry: Entry) -> f32 {
    let word = entry.size.map_or(zipf::OTHER, zipf::of);
    if entry.is_technical() { word.max(zipf::TECHNICAL) } else { word }
}
