//! Words that people are known to have written, with what they meant.

use super::{
    FREQUENT, RARE,
    entry::Forms,
    word::{LexiconWord, WordKey},
    word_table::WordTable,
};

/// The misspellings. The value is the number of the correction among the frequent words and the rare ones after
/// them or, with [`SEVERAL`], the place in [`CHOICES`] where they are counted and listed.
pub(super) static MISSPELLINGS: WordTable<3> = WordTable::new(include_bytes!("data/misspellings.bin"));

/// Little-endian numbers of three bytes.
static CHOICES: &[u8] = include_bytes!("data/choices.bin");

const SEVERAL: usize = 1 << 23;

/// What a known misspelling may stand for, the likeliest first: words, names and terms that the lexicon has, written
/// as they usually are.
#[derive(Debug, Clone)]
pub struct Corrections {
    only: Option<usize>,
    choices: std::ops::Range<usize>,
}

impl Iterator for Corrections {
    type Item = LexiconWord;

    fn next(&mut self) -> Option<LexiconWord> {
        self.only.take().or_else(|| self.choices.next().map(choice)).map(correction)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.only.is_some()) + self.choices.len();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Corrections {}

/// The corrections of a known misspelling, whatever its case. Known words have none.
pub fn corrections(word: &str) -> Option<Corrections> {
    MISSPELLINGS.find(&WordKey::new(word)?).map(of)
}

/// All known misspellings in lower case with their corrections, in no particular order.
pub fn misspellings() -> impl ExactSizeIterator<Item = (LexiconWord, Corrections)> {
    (0..MISSPELLINGS.len()).map(|at| (LexiconWord::new(&MISSPELLINGS.word(at)), of(at)))
}

fn of(misspelling: usize) -> Corrections {
    let value = number(MISSPELLINGS.value(misspelling));
    if value & SEVERAL == 0 {
        return Corrections { only: Some(value), choices: 0..0 };
    }
    let counted = value - SEVERAL;
    Corrections { only: None, choices: counted + 1..counted + 1 + choice(counted) }
}

fn choice(at: usize) -> usize {
    number(CHOICES[at * 3..at * 3 + 3].try_into().expect("the slice has that length"))
}

fn number([low, middle, high]: [u8; 3]) -> usize {
    u32::from_le_bytes([low, middle, high, 0]) as usize
}

/// The word with this number, in the first case in which it is known.
fn correction(number: usize) -> LexiconWord {
    let (key, forms) = if number < FREQUENT.len() {
        (FREQUENT.word(number), Forms::frequent(number))
    } else {
        let number = number - FREQUENT.len();
        (RARE.word(number), Forms::rare(number))
    };
    let word = LexiconWord::new(&key);
    if forms.is_usually_capitalised() {
        return word.capitalised();
    }
    forms.written(word).next().map_or(word, |(word, _)| word)
}
