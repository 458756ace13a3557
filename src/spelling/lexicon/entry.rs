//! What is known of a word, and how rare it is.

use super::{
    FREQUENT, RARE,
    word::{LexiconWord, WordKey},
};

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
    pub(super) const ALL: [Self; 8] =
        [Self::S10, Self::S20, Self::S35, Self::S40, Self::S50, Self::S55, Self::S60, Self::S70];
}

/// How a word is known. There are no entries without a word of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LexiconEntry {
    size: Option<Size>,
    kinds: Kinds,
}

impl LexiconEntry {
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

    /// Whether it is an abbreviation, written like this. Names written in uppercase throughout are taken for some.
    pub fn is_abbreviation(self) -> bool {
        self.kinds.has(Kinds::ABBREVIATION)
    }

    /// How frequent the word is.
    pub fn frequency(self) -> f32 {
        frequency(self)
    }

    pub(super) fn new(size: Option<Size>, kinds: Kinds) -> Option<Self> {
        (size.is_some() || kinds != Kinds::default()).then_some(Self { size, kinds })
    }

    /// Whether it is known in lower case as an English word or a term: in any case, then.
    pub(super) fn is_common(self) -> bool {
        self.size.is_some() || self.is_technical()
    }
}

/// What a word is besides an English word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const TECHNICAL: Self = Self(1);
    pub(super) const NAME: Self = Self(2);
    pub(super) const ABBREVIATION: Self = Self(4);

    const fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    pub(super) const fn and(self, kind: Self) -> Self {
        Self(self.0 | kind.0)
    }
}

/// The value of a word on a shelf: what it is in lower case, capitalised, and in uppercase.
#[derive(Clone, Copy, Default)]
pub(super) struct Forms(u8);

impl Forms {
    /// The bits of the size: its place in [`Size::ALL`] from 1, or 0.
    const SIZE: u8 = 0x0f;
    pub(super) const TECHNICAL: u8 = 0x10;
    /// A name, as `Ada`.
    pub(super) const CAPITALISED: u8 = 0x20;
    /// An abbreviation or a name, as `NASA`.
    const UPPER: u8 = 0x40;
    /// An abbreviation, as `etc`.
    const LOWER: u8 = 0x80;

    /// The forms of a word, whatever its case is here; none if it is not known.
    pub(super) fn of(word: &str) -> Self {
        WordKey::new(word).map_or(Self::default(), |key| Self::at(&key))
    }

    pub(super) fn at(key: &WordKey) -> Self {
        match FREQUENT.find(key) {
            Some(word) => Self::frequent(word),
            None => RARE.find(key).map_or(Self::default(), Self::rare),
        }
    }

    pub(super) fn frequent(word: usize) -> Self {
        Self(FREQUENT.value(word)[0])
    }

    pub(super) fn rare(word: usize) -> Self {
        Self(RARE.value(word)[0])
    }

    pub(super) const fn has(self, form: u8) -> bool {
        self.0 & form != 0
    }

    pub(super) fn size(self) -> Option<Size> {
        Size::ALL.get(usize::from(self.0 & Self::SIZE).wrapping_sub(1)).copied()
    }

    /// Whether the word is a name, and in lower case at most a term.
    pub(super) fn is_usually_capitalised(self) -> bool {
        self.has(Self::CAPITALISED) && self.size().is_none()
    }

    /// What the word is in lower case.
    pub(super) fn lower(self) -> Option<LexiconEntry> {
        let mut kinds = Kinds::default();
        if self.has(Self::TECHNICAL) {
            kinds = kinds.and(Kinds::TECHNICAL);
        }
        if self.has(Self::LOWER) {
            kinds = kinds.and(Kinds::ABBREVIATION);
        }
        LexiconEntry::new(self.size(), kinds)
    }

    /// What the word is in this case.
    pub(super) fn entry(self, case: LetterCase) -> Option<LexiconEntry> {
        match case {
            LetterCase::Lower => self.lower(),
            LetterCase::Capitalised if self.has(Self::CAPITALISED) => LexiconEntry::new(None, Kinds::NAME),
            LetterCase::Upper if self.has(Self::UPPER) => LexiconEntry::new(None, Kinds::ABBREVIATION),
            _ => None,
        }
    }

    /// All ways of writing the word, with what it is then.
    pub(super) fn written(self, word: LexiconWord) -> impl Iterator<Item = (LexiconWord, LexiconEntry)> {
        let forms = [
            (word, LetterCase::Lower),
            (word.capitalised(), LetterCase::Capitalised),
            (word.uppercase(), LetterCase::Upper),
        ];
        forms.into_iter().filter_map(move |(word, case)| Some((word, self.entry(case)?)))
    }
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterCase {
    Lower,
    Capitalised,
    /// In capital letters, at least two.
    Upper,
    Mixed,
}

impl LetterCase {
    pub(super) fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Self::Lower };
        let rest = &word[first.len_utf8()..];
        let (has_lower, has_upper) = if rest.is_ascii() {
            (
                rest.bytes().any(|byte| byte.is_ascii_lowercase()),
                rest.bytes().any(|byte| byte.is_ascii_uppercase()),
            )
        } else {
            (rest.contains(char::is_lowercase), rest.contains(char::is_uppercase))
        };
        match (first.is_uppercase(), has_lower, has_upper) {
            (false, _, false) => Self::Lower,
            (true, _, false) => Self::Capitalised,
            (true, false, true) => Self::Upper,
            _ => Self::Mixed,
        }
    }
}

/// The Zipf scale: the logarithm to base ten of how often a word is in a billion.
pub mod zipf {
    use super::Size;

    /// A technical term that is not a frequent English word.
    pub const TECHNICAL: f32 = 3.7;

    /// A name or an abbreviation.
    pub const OTHER: f32 = 2.0;

    /// A word of a size, about the middle of its class.
    pub const fn of(size: Size) -> f32 {
        match size {
            Size::S10 => 6.3,
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
pub fn frequency(entry: LexiconEntry) -> f32 {
    let word = entry.size.map_or(zipf::OTHER, zipf::of);
    if entry.is_technical() { word.max(zipf::TECHNICAL) } else { word }
}
