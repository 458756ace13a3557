//! Letters of another script that look like those of the word that they are in.

use std::ops::Range;

/// A word with letters of another script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// The word in the text.
    pub range: Range<usize>,
    /// The first letter that is of another script.
    pub letter: char,
    /// The word in letters of one script.
    pub word: String,
}

impl Lookalike {
    /// Whether the letter is of the same script and as wide as Chinese characters.
    pub const fn is_full_width(&self) -> bool {
        narrow(self.letter).is_some()
    }
}

/// Letters of Cyrillic and Greek that look like a Latin one in most typefaces (Unicode Technical Standard 39).
const PAIRS: [(char, char); 42] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ѕ', 's'),
    ('ј', 'j'),
    ('ԁ', 'd'),
    ('һ', 'h'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ѕ', 'S'),
    ('Ј', 'J'),
    ('ο', 'o'),
    ('ν', 'v'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
];

/// Latin letters whose counterparts only few languages have, so that a word with them is a Latin one.
const CERTAIN: [char; 2] = ['d', 'h'];

/// The shortest word that is looked at, in letters.
const MIN_LETTERS: usize = 3;

/// Whether a character is one without which no word has letters that look alike: of the blocks of Greek and Cyrillic, or
/// a full-width letter.
pub const fn may_look_alike(c: char) -> bool {
    matches!(c, '\u{380}'..='\u{53F}') || narrow(c).is_some()
}

/// The words of a text that mix scripts by letters that look alike, in order.
pub fn lookalikes(text: &str) -> Vec<Lookalike> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = next_letter_at_seam(&text.as_bytes()[at..]).map(|letter| at + letter) {
        let before = text[..letter].trim_end_matches(char::is_alphabetic).len();
        let end = text.len() - text[letter..].trim_start_matches(char::is_alphabetic).len();
        let word = &text[before..end];
        if !word.is_ascii() {
            let mixed = mixed(word);
            found.extend(mixed.map(|(letter, word)| Lookalike { range: before..end, letter, word }));
        }
        at = end;
    }
    found
}

/// Where the next letter of the basic alphabet is that another character touches: only words with one mix scripts.
/// Most text has none, and is passed many bytes at a time.
fn next_letter_at_seam(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let is_seam = |(one, two): (&u8, &u8)| {
        one.is_ascii_alphabetic() & !two.is_ascii() | !one.is_ascii() & two.is_ascii_alphabetic()
    };
    let (ones, twos) = (bytes.split_last()?.1.chunks(BLOCK), bytes[1..].chunks(BLOCK));
    let (block, (ones, twos)) = ones
        .zip(twos)
        .enumerate()
        .find(|(_, (ones, twos))| ones.iter().zip(*twos).fold(false, |found, pair| found | is_seam(pair)))?;
    let seam = block * BLOCK + ones.iter().zip(twos).position(is_seam)?;
    Some(if bytes[seam].is_ascii() { seam } else { seam + 1 })
}

/// The first letter of a word that is of another script, and the word without such letters.
fn mixed(word: &str) -> Option<(char, String)> {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let letters = word.chars().count();
    if letters < MIN_LETTERS || latin == 0 {
        return None;
    }
    if let Some(found) = full_width(word) {
        return Some(found);
    }
    let to_latin = |c: char| PAIRS.iter().find(|pair| pair.0 == c).map(|pair| pair.1);
    let is_certain =
        |c: char| c.is_ascii_alphabetic() && (CERTAIN.contains(&c) || !PAIRS.iter().any(|pair| pair.1 == c));
    let other: Vec<char> = word.chars().filter(|c| !c.is_ascii_alphabetic()).collect();
    // An ending in Cyrillic after an acronym, as in Russian.
    let is_inflected =
        word.trim_start_matches(|c: char| c.is_ascii_uppercase()).chars().count() == other.len();
    if word.chars().any(is_certain) && !is_inflected && other.iter().all(|c| to_latin(*c).is_some()) {
        let plain = word.chars().map(|c| to_latin(c).unwrap_or(c)).collect();
        return Some((other[0], plain));
    }
    of_cyrillic(word, latin, letters)
}

/// The same for a word of Latin letters, some of which are as wide as Chinese characters.
fn full_width(word: &str) -> Option<(char, String)> {
    let is_latin = |c: char| c.is_ascii_alphabetic() || narrow(c).is_some();
    let first = word.chars().find(|c| narrow(*c).is_some()).filter(|_| word.chars().all(is_latin))?;
    Some((first, word.chars().map(|c| narrow(c).unwrap_or(c)).collect()))
}

/// The letter that a full-width one is (Unicode Standard, section 18.5).
const fn narrow(c: char) -> Option<char> {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

/// The same for a word in Cyrillic with Latin letters in it.
fn of_cyrillic(word: &str, latin: usize, letters: usize) -> Option<(char, String)> {
    let is_cyrillic = |c: char| ('\u{400}'..'\u{530}').contains(&c);
    let to_cyrillic =
        |c: char| PAIRS.iter().find(|pair| pair.1 == c && is_cyrillic(pair.0)).map(|pair| pair.0);
    let is_certain = |c: char| is_cyrillic(c) && !PAIRS.iter().any(|pair| pair.0 == c);
    let is_mixed = word.chars().all(|c| is_cyrillic(c) || to_cyrillic(c).is_some());
    let first = word.chars().find(char::is_ascii_alphabetic)?;
    let is_one_word = word.chars().any(is_certain) && is_mixed && latin * 2 <= letters;
    // A prefix in Latin capital letters, as in `SMSка`.
    let has_prefix = word.chars().take(2).all(|c| c.is_ascii_uppercase());
    (is_one_word && !has_prefix).then(|| (first, word.chars().map(|c| to_cyrillic(c).unwrap_or(c)).collect()))
}

#[cfg(test)]
mod tests {
    use super::lookalikes;

    #[test]
    fn a_word_in_two_scripts_is_written_in_one() {
        for (text, word) in
            [("Pаypal", "Paypal"), ("the tidе", "tide"), ("Нarbour", "Harbour"), ("мocт", "мост")]
        {
            let found = lookalikes(text);
            assert_eq!(found.iter().map(|it| &*it.word).collect::<Vec<_>>(), [word], "{text}");
        }
    }

    #[test]
    fn a_word_in_two_scripts_is_found_wherever_it_is() {
        for spaces in 0..140 {
            let found = lookalikes(&format!("{}Pаypal tidе", " ".repeat(spaces)));
            let places: Vec<_> = found.iter().map(|it| it.range.start - spaces).collect();
            assert_eq!(places, [0, 8], "after {spaces} spaces");
        }
    }

    #[test]
    fn words_of_one_script_and_symbols_are_left_alone() {
        for text in [
            "Привет",
            "μm kΩ Δx",
            "SMSе",
            "HTML-код",
            "ΑΒΓ",
            "naïve",
            "PDFы",
            "10кВт",
            "λx.νx",
            "xα",
            "Ｇｉｔ",
            "船Ａ",
        ] {
            assert_eq!(lookalikes(text), [], "{text}");
        }
    }
}
