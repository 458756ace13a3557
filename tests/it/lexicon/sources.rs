//! The word lists as `.ci/lexicon-sources` leaves them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A word list of SCOWL's.
pub struct List {
    /// The spelling, as `british` or `variant_2`.
    pub spelling: String,
    /// What it holds, as `proper-names`.
    pub category: String,
    pub size: u8,
    pub words: Vec<String>,
}

/// SCOWL's lists, without the special ones. Words with accents are there without them too: that is how English is
/// mostly written, and Debian's lists have lost the words that are then the same, such as "attaches".
pub fn scowl(folder: &Path) -> Vec<List> {
    let lists = files(&folder.join("scowl")).into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?;
        let (name, size) = name.rsplit_once('.')?;
        let (spelling, category) = name.split_once('-')?;
        let (spelling, category, size) = (spelling.to_owned(), category.to_owned(), size.parse().ok()?);
        let text = read(&path);
        let words = text.lines().map(str::trim).filter(|word| !word.is_empty());
        let words = words.flat_map(|word| [word.to_owned(), without_accents(word)]).collect();
        (spelling != "special").then_some(List { spelling, category, size, words })
    });
    let lists: Vec<List> = lists.collect();
    assert!(!lists.is_empty(), "no lists of SCOWL's in {}", folder.display());
    lists
}

fn without_accents(word: &str) -> String {
    let plain = |c| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'Á' | 'Å' | 'Ä' => 'A',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'É' => 'E',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'Î' => 'I',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'Ö' | 'Ø' => 'O',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'Ü' => 'U',
        c => c,
    };
    word.chars().map(plain).collect()
}

/// Technical terms in lower case.
pub fn technical(folder: &Path) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for path in files(&folder.join("technical")) {
        for line in read(&path).lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            // Settings of the list, and words that it forbids.
            if line.starts_with(['!', '~']) {
                continue;
            }
            for word in line.split_whitespace().map(|word| word.trim_matches(['*', '+'])) {
                let is_letter = |c: char| c.is_ascii_alphabetic();
                if word.starts_with(is_letter) && word.chars().all(|c| is_letter(c) || "'-".contains(c)) {
                    terms.insert(word.to_ascii_lowercase());
                } else {
                    let parts = word.split(|c| !is_letter(c)).filter(|part| part.len() >= 3);
                    terms.extend(parts.map(str::to_ascii_lowercase));
                }
            }
        }
    }
    assert!(!terms.is_empty(), "no technical terms in {}", folder.display());
    terms
}

/// The words of large lists of English words and of people's names. Marks of the list are before some.
pub fn large(folder: &Path) -> BTreeSet<String> {
    let is_word = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_alphabetic() || c == '\'');
    let words = files(&folder.join("large")).into_iter().flat_map(|path| {
        read(&path).lines().map(str::trim).filter(is_word).map(str::to_owned).collect::<Vec<_>>()
    });
    let words: BTreeSet<_> = words.collect();
    assert!(!words.is_empty(), "no large lists in {}", folder.display());
    words
}

/// Known misspellings in lower case with their corrections.
pub fn misspellings(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let text = read(&folder.join("typos-dict/word_codegen.rs"));
    let mut found = BTreeMap::new();
    // An entry is a quoted word, wherever its line breaks are, and a slice of quoted words after it.
    for entry in text.split("InsensitiveStr::").skip(1) {
        let Some((word, rest)) = entry.split_once("&[") else { continue };
        let Some((choices, _)) = rest.split_once(']') else { continue };
        let quoted = |text: &str| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        if let Some(word) = quoted(word).into_iter().next() {
            found.insert(word, quoted(choices));
        }
    }
    assert!(!found.is_empty(), "no misspellings in {}", folder.display());
    found
}

/// The words of the Hunspell dictionary with the words that they were made from.
pub fn hunspell(folder: &Path) -> Vec<(String, String)> {
    let affixes = affixes(&read(&folder.join("dictionary-en/index.aff")));
    let dictionary = read(&folder.join("dictionary-en/index.dic"));
    let mut words = Vec::new();
    for line in dictionary.lines().skip(1) {
        let (word, flags) = line.split_once('/').unwrap_or((line, ""));
        // The words that exist in compounds only.
        if flags.contains('c') {
            continue;
        }
        let of = |is_prefix: bool| {
            affixes.iter().filter(move |affix| affix.is_prefix == is_prefix && flags.contains(affix.flag))
        };
        let mut forms = vec![(word.to_owned(), true)];
        forms.extend(of(false).filter_map(|affix| Some((affix.apply(word)?, affix.crosses))));
        for prefix in of(true) {
            let prefixed =
                forms.iter().filter(|(_, crosses)| *crosses).filter_map(|(form, _)| prefix.apply(form));
            let prefixed: Vec<_> = prefixed.map(|form| (form, false)).collect();
            forms.extend(prefixed);
        }
        words.extend(forms.into_iter().map(|(form, _)| (form, word.to_owned())));
    }
    assert!(!words.is_empty(), "no dictionary in {}", folder.display());
    words
}

/// A line of an affix file: hunspell(5), "AFFIX RULES".
struct Affix {
    is_prefix: bool,
    flag: char,
    /// Whether it goes with affixes of the other kind.
    crosses: bool,
    strip: String,
    add: String,
    condition: String,
}

impl Affix {
    fn apply(&self, word: &str) -> Option<String> {
        if self.is_prefix {
            let rest = word.strip_prefix(&self.strip)?;
            return (self.condition == ".").then(|| format!("{}{rest}", self.add));
        }
        let stem = word.strip_suffix(&self.strip)?;
        ends_like(word, &self.condition).then(|| format!("{stem}{}", self.add))
    }
}

/// Whether a word ends with what a condition of letters and bracketed sets describes.
fn ends_like(word: &str, condition: &str) -> bool {
    let mut sets = Vec::new();
    let mut rest = condition;
    while let Some(c) = rest.chars().next() {
        let set;
        (set, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some(found) => found,
            None => rest.split_at(c.len_utf8()),
        };
        sets.push(set);
    }
    let mut letters = word.chars().rev();
    sets.iter().rev().all(|set| {
        letters.next().is_some_and(|letter| match set.strip_prefix('^') {
            Some(others) => !others.contains(letter),
            None => *set == "." || set.contains(letter),
        })
    })
}

fn affixes(text: &str) -> Vec<Affix> {
    let mut crossing = BTreeMap::new();
    let mut affixes = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let zero = |field: &str| if field == "0" { String::new() } else { field.to_owned() };
        match fields[..] {
            ["PFX" | "SFX", flag, crosses @ ("Y" | "N"), _] => {
                crossing.insert(flag.to_owned(), crosses == "Y");
            }
            [kind @ ("PFX" | "SFX"), flag, strip, add, condition] => affixes.push(Affix {
                is_prefix: kind == "PFX",
                flag: flag.chars().next().expect("a field is not empty"),
                crosses: crossing[flag],
                strip: zero(strip),
                add: zero(add),
                condition: condition.to_owned(),
            }),
            _ => {}
        }
    }
    affixes
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}
