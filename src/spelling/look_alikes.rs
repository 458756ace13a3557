//! Letters of other scripts that look like those of the basic alphabet.

/// A word with letters of the basic alphabet where it has others that look the same; nothing for words of one script,
/// and where a letter looks like none of the basic alphabet.
pub(super) fn in_basic_letters(word: &str) -> Option<String> {
    let mut basic = false;
    let mut other = false;
    let letters = word.chars().map(|c| {
        basic |= c.is_ascii_alphabetic();
        if c.is_ascii() {
            return Some(c);
        }
        other = true;
        looks_like(c)
    });
    let text: Option<String> = letters.collect();
    text.filter(|_| basic && other)
}

/// The letter of the basic alphabet that a Cyrillic or Greek one looks like in most fonts (Unicode Technical Standard
/// 39, confusables.txt).
const fn looks_like(c: char) -> Option<char> {
    Some(match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'Υ' => 'Y',
        'Ζ' => 'Z',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'һ' => 'h',
        'і' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'ν' => 'v',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::in_basic_letters;

    #[test]
    fn letters_of_two_scripts_are_told_from_words_of_one() {
        for (word, expected) in [
            ("h\u{430}rbor", Some("harbor")),
            ("\u{421}LI", Some("CLI")),
            ("harbor", None),
            ("\u{441}\u{43e}\u{440}", None),
            ("\u{43f}ort", None),
            ("caf\u{e9}", None),
            ("", None),
        ] {
            assert_eq!(in_basic_letters(word).as_deref(), expected, "{word}");
        }
    }
}
