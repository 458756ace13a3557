//! What speaks for and against a slip, in rough log-odds to the base of ten, set by hand on 1,370 typos that people
//! fixed in public documentation and on 250,000 words of pages as they are. Few, round, each with its reason.

use super::{derivation::Derivation, edit_kind::EditKind};

/// From here on a finding is reported: one false finding in about 100,000 words.
pub const STRICT: f32 = 0.7;
/// From here on a finding is reported when asked to be sensitive: one false finding in about 40,000 words.
pub const SENSITIVE: f32 = 0.0;

/// More than this cannot speak for a word or a term as the right one.
pub const MAX_FOR: f32 = 6.0;

/// A word of the misspelling dictionary was met as a slip before, by many.
pub const MISSPELLING: f32 = 3.0;
/// Misspellings of three letters, and of two besides, are mostly abbreviations.
pub const SHORT_MISSPELLING: f32 = -1.5;
pub const TINY_MISSPELLING: f32 = -1.0;
/// However often it is here, a misspelling is one: in lower case from so many letters on, whatever else speaks
/// against it.
pub const SURE_MISSPELLING: usize = 6;
pub const MAX_AGAINST_MISSPELLING: f32 = -1.5;

/// A word that stands twice, three times, more often on its page is less and less likely a slip.
pub const REPEATED: [f32; 3] = [-0.9, -1.8, -3.0];
/// The fewest letters that names of a series have in common.
pub const MIN_STEM_OF_SERIES: usize = 3;
/// What a page uses as one of its names is one, whatever it looks like.
pub const NAME_OF_PAGE: f32 = -4.0;
/// So is one that is on one, two, more other pages.
pub const ON_OTHER_PAGES: [f32; 3] = [-0.7, -1.6, -3.0];
/// What code and URLs of the page have, too, is a name.
pub const IN_CODE: f32 = -1.5;
/// Names are capitalised: inside a sentence, in a title (where common words may be, too), at the start of a sentence.
pub const CAPITALISED: f32 = -1.6;
/// Among known misspellings, the short ones are names more often than the others.
pub const SHORT_CAPITALISED_MISSPELLING: f32 = -2.4;
pub const MAX_SHORT_NAME: usize = 4;
/// Long words are less often names.
pub const LONG_CAPITALISED: f32 = -1.0;
pub const LONG_NAME: usize = 9;
/// What names of people and firms hardly ever are.
pub const VERY_LONG_CAPITALISED: f32 = -0.5;
pub const VERY_LONG_NAME: usize = 10;
/// Nearly all names are two slips or more from any word.
pub const CAPITALISED_TWO_SLIPS: f32 = -1.6;
pub const TWO_SLIPS_AT_START: f32 = -0.8;
pub const CAPITALISED_IN_TITLE: f32 = -0.5;
pub const CAPITALISED_AT_START: f32 = -0.3;
/// Words of other languages come several at a time: `raison d'être`.
pub const BESIDE_FOREIGN: f32 = -3.0;
/// Names are beside names.
pub const BESIDE_NAME: f32 = -1.2;
/// People with names that differ in a letter are on many sites.
pub const NAME_OF_OTHERS: f32 = -1.6;
/// Abbreviations are short and all capital letters; long words in uppercase are shouted.
pub const SHORT_CAPITALS: f32 = -1.5;
pub const CAPITALS: f32 = -0.3;
/// So are known misspellings in capital letters: what they are slips of is hardly ever shouted.
pub const ABBREVIATION: f32 = -1.0;
pub const MAX_SHORT_CAPITALS: usize = 5;
/// Short parts of hyphenated words are prefixes and abbreviations.
pub const SHORT_HYPHENATED: f32 = -0.8;
pub const MAX_SHORT_HYPHENATED: usize = 6;
/// Those of three letters nearly always are: `mis-`, `aks-`.
pub const TINY_HYPHENATED: f32 = -1.5;
pub const MAX_TINY_HYPHENATED: usize = 3;
/// On a line of another language or of names, every word is unknown.
pub const STRANGE_LINE: f32 = -1.6;

/// How much a word's length in letters tells for a common word as the right one: short words have many neighbours.
pub const fn word_length(letters: usize) -> f32 {
    match letters {
        0 | 1 => -5.0,
        2 => -4.0,
        3 => -3.0,
        4 => -1.2,
        5 => -0.4,
        6 => 0.2,
        7 => 0.6,
        8 => 0.9,
        _ => 1.1,
    }
}

/// Contractions are few.
pub const CONTRACTION: f32 = 0.6;

/// The like for a term as the right one; terms are fewer than words.
pub const fn term_length(letters: usize) -> f32 {
    match letters {
        0..=4 => -1.5,
        5 => -0.6,
        6 => 0.2,
        7 => 0.6,
        _ => 1.0,
    }
}

/// Common words are meant more often: for each step on the Zipf scale above or below four.
pub const FREQUENCY: f32 = 0.6;
/// The most frequent words of so many letters are on every page.
pub const MAX_LETTERS_OF_EVERYWHERE: usize = 4;
/// The page names somebody so: `(by fuine)`, thanks to them.
pub const CREDITED: f32 = -1.5;
/// The page uses the candidate elsewhere.
pub const USED_HERE: f32 = 0.5;
/// The candidate is on more of the site's pages than the suspect: for each power of ten beyond the first.
pub const COMMONER_ON_SITE: f32 = 0.5;
pub const MAX_COMMONER_ON_SITE: f32 = 1.0;
/// A suspect that is on other pages, too, is weighed against how many the candidate is on.
pub const RATIO: f32 = 1.0;
pub const MAX_RATIO: f32 = 1.5;

/// How often a kind of slip is what happened.
pub const fn edit_kind(kind: EditKind) -> f32 {
    match kind {
        EditKind::Swapped => 1.2,
        EditKind::Undoubled | EditKind::Doubled => 0.8,
        EditKind::Dropped => 0.6,
        EditKind::NeighbourKey | EditKind::Vowel | EditKind::BesideKey => 0.5,
        EditKind::Inserted | EditKind::Similar => 0.3,
        EditKind::Substituted => -0.2,
        EditKind::Several | EditKind::Moved => -1.0,
    }
}
/// The first letter is seldom wrong, least seldom by a neighbouring key.
pub const FIRST_LETTER: f32 = -0.6;
pub const FIRST_KEY: f32 = -0.5;
/// A letter in front of a whole word makes names: `mhealth`, `lvalue`.
pub const LETTER_IN_FRONT: f32 = -1.6;
/// A letter after a whole word is often an ending; an `s` nearly always.
pub const LETTER_APPENDED: f32 = -0.5;
pub const S_APPENDED: f32 = -2.0;
/// Names of programs and calls: `statx`.
pub const X_APPENDED: f32 = -1.5;
/// Two slips in one word are rarer than one, less so in long words.
pub const TWO_SLIPS: f32 = -0.8;
/// Names of people and firms are far from any word, and are written in uppercase.
pub const TWO_SLIPS_IN_CAPITALS: f32 = -1.0;
/// A letter went to another place, or two changed places that are not neighbours: that is one mistake.
pub const SAME_LETTERS: f32 = 0.8;
/// Where both are in the last letters, they are another ending.
pub const OTHER_ENDING: f32 = -1.0;
pub const ENDING: usize = 3;
/// A word that is not among the most common is seldom two slips away, but for long ones.
pub const TWO_SLIPS_FROM_RARE: f32 = -0.5;
pub const RARE: f32 = 4.6;
pub const MAX_LETTERS_FROM_RARE: usize = 9;
pub const TWO_SLIPS_LONG: [(usize, f32); 3] = [(9, 0.5), (11, 0.3), (15, 0.3)];

/// What it tells that the suspect reads as a word that lexicons do not list, and how to say it.
pub const fn derivation(derivation: Derivation) -> (f32, &'static str) {
    match derivation {
        Derivation::Compound => (-2.5, "looks like a compound"),
        Derivation::Prefix => (-2.5, "looks like a word with a prefix"),
        Derivation::Suffix => (-2.0, "looks like a word with a suffix"),
        Derivation::Form => (-1.3, "looks like an unusual inflection"),
    }
}
/// What is one slip away is meant rather than what is two slips away, unless that is likelier by more than this; the
/// longer the word, the more.
pub const NEARER: f32 = 0.6;
pub const NEARER_LONG: f32 = 1.5;
/// What the words beside a place ask for, or do not allow there.
pub const FIT: f32 = 1.0;
/// Words that are on every page are meant more often than others as frequent by their class.
pub const FUNCTION_WORD: f32 = 0.4;
/// A common word one slip away is meant, and not what the misspelling dictionary has, if it is likelier by so much: it is
/// seldom chance that two letters changed places.
pub const fn likelier_than_listed(kind: EditKind) -> f32 {
    match kind {
        EditKind::Swapped => 0.8,
        _ => 1.5,
    }
}
/// Of several corrections of a known misspelling, one with the same last letter is meant.
pub const SAME_END: f32 = 0.3;
/// Part of what a derivation weighs where two letters are swapped, or one is doubled or not: what looks like a derivation then
/// does so by chance.
pub const BY_CHANCE: f32 = 0.5;

/// A part of a name in mixed case is judged with less trust than a word.
pub const PART: f32 = -1.5;
/// Short parts are abbreviations and names.
pub const SHORT_WORD_IN_NAME: f32 = -0.5;
pub const MAX_OF_SHORT_PART: usize = 6;
pub const MISSPELT_PART: f32 = -0.5;

/// Any term of the page at a slip's distance is a likely meaning.
pub const TERM: f32 = 0.6;
/// So is any brand, which everybody writes.
pub const BRAND: f32 = 1.6;
/// So is one of the site, a little less.
pub const SITE_TERM: f32 = -0.4;
/// The suspect reads as a derivation of known words, not as a slip of a name.
pub const DERIVED: f32 = -1.5;
/// The suspect is the term after a prefix: `reberthing` beside `berthing`.
pub const PREFIXED: f32 = -2.5;
/// The term is commoner than the suspect: for each power of ten.
pub const TERM_RATIO: f32 = 0.8;
pub const MAX_TERM_RATIO: f32 = 1.6;
/// Of an abbreviation's letters two changed places: hardly ever are both abbreviations.
pub const SWAPPED_CAPITALS: f32 = 1.8;
/// An abbreviation is hardly ever misspelt in lower case: a package has a name like it.
pub const ABBREVIATION_IN_LOWER_CASE: f32 = -1.5;
/// The term is in a heading.
pub const TERM_IN_HEADING: f32 = 0.4;
/// The term is a name that many have, and others have one like it.
pub const COMMON_NAME: f32 = -0.5;
/// Two slips in a term.
pub const TWO_SLIPS_IN_TERM: f32 = -1.5;
/// The first letter of a term is wrong.
pub const TERM_FIRST_LETTER: f32 = -0.8;
/// The suspect and the term differ in more than one part of a name in mixed case, or in how many they have.
pub const SEVERAL_PARTS: f32 = -1.5;
pub const OTHER_PARTS: f32 = -2.0;
/// The part that differs is a word of its own: `DataStore` is not `DateStore`.
pub const KNOWN_PART: f32 = -2.6;
/// The part that differs is too short to tell.
pub const SHORT_PART: f32 = -1.5;
/// Only one of the two is capitalised.
pub const OTHER_CASE: f32 = -0.7;
/// Code of the page has the part that differs.
pub const PART_IN_CODE: f32 = -1.0;
/// The suspect is the better term of the two unless the other is commoner by this power of ten.
pub const RATIO_OF_BETTER_TERM: f32 = 1.5;

/// How often a kind of slip is what happened to a term.
pub const fn term_slip(kind: EditKind) -> f32 {
    match kind {
        EditKind::Substituted => 0.0,
        // Two terms are hardly ever one with its letters in another order.
        EditKind::Swapped => 1.7,
        kind => edit_kind(kind),
    }
}
