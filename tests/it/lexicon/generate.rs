//! Makes the lexicon's files from the word lists.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use xxhash_rust::xxh3::xxh3_64;

use copydesk::internals::spelling::lexicon::obscure::{BUCKETS, GROUP, place};

use super::{
    sources::{self, List},
    word_table::{bytes, fits, order},
};

/// Words that only Latin phrases have, so that SCOWL leaves them out.
const ADDED: [&str; 27] = [
    "alia",
    "amet",
    "bono",
    "cetera",
    "cogito",
    "delicti",
    "ergo",
    "exempli",
    "facto",
    "fide",
    "gratia",
    "hoc",
    "infinitum",
    "ipsum",
    "jure",
    "lorem",
    "mutandis",
    "mutatis",
    "nauseam",
    "operandi",
    "priori",
    "qua",
    "rasa",
    "silico",
    "situ",
    "vadis",
    "vitro",
];

/// Words of large dictionaries, or variants, that the table of misspellings has too, and that are right all the same.
const RIGHT: [&str; 17] = [
    "combatting",
    "discernable",
    "discontentment",
    "embargos",
    "excluder",
    "extendible",
    "focusses",
    "guestimate",
    "refocussed",
    "requeueing",
    "transferrable",
    "uncatalogued",
    "unparented",
    "unparseable",
    "unwriteable",
    "vertexes",
    "writeable",
];

/// Words of some science that elsewhere are slips of a common one, so that the table leaves them out.
const RARE_AND_WRONG: [(&str, &str); 1] = [("heterogenous", "heterogeneous")];

/// Terms that the lists lack.
const TERMS: &str = include_str!("terms.txt");

/// The short words of everybody's use; other words of two letters are not what a typo stands for.
const SHORT: &str = "a i an as at be by do go he if in is it me my no of on or so to up us we";

const SIZES: [u8; 8] = [10, 20, 35, 40, 50, 55, 60, 70];
const LARGEST_OF_WORDS: u8 = 70;
const LARGEST_OF_NAMES: u8 = 80;
/// Words that only known misspellings lead to: the lexicon has these up to the size of unabridged dictionaries.
const LARGEST_OF_CORRECTIONS: u8 = 95;
/// What is known to be right, and nothing else of it.
const LARGEST_OF_OBSCURE_WORDS: u8 = 80;
const LARGEST_OF_OBSCURE_NAMES: u8 = 95;
const LARGEST_OF_FREQUENT: u8 = 60;
/// The size of words that have none: those of the Hunspell dictionary, which is made of SCOWL's up to this one.
const USUAL: u8 = 60;
/// Known misspellings among words of this size and greater are taken for misspellings.
const DOUBTFUL: u8 = 50;
/// Longer exceptions are nobody's words.
const LONGEST_EXCEPTION: usize = 40;
const SHORTEST_TERM: usize = 4;

const TECHNICAL: u8 = 0x10;
const CAPITALISED: u8 = 0x20;
const UPPER: u8 = 0x40;
const LOWER: u8 = 0x80;

/// The files by name.
pub fn files(folder: &Path) -> BTreeMap<&'static str, Vec<u8>> {
    let lists = sources::scowl(folder);
    let mut misspellings = sources::misspellings(folder);
    for (wrong, right) in RARE_AND_WRONG {
        misspellings.insert(wrong.to_owned(), vec![right.to_owned()]);
    }
    let mut words = words(&lists, &sources::hunspell(folder), &misspellings);
    add_corrections(&mut words, &lists, &misspellings);
    let mut terms = sources::technical(folder);
    terms.extend(TERMS.lines().filter(|line| !line.starts_with('#')).map(str::to_owned));
    let bare: BTreeSet<String> =
        words.keys().filter(|word| word.contains('\'')).map(|it| it.replace('\'', "")).collect();
    terms.retain(|term| {
        let is_wrong = misspellings.contains_key(term) || bare.contains(term);
        fits(term) && !is_wrong && !is_possessive(term, |it| words.contains_key(it))
    });

    let mut lexicon = Lexicon::default();
    for (word, &size) in &words {
        lexicon.add(word, size_bits(size), || size.to_string());
    }
    for term in &terms {
        lexicon.add(term, TECHNICAL, || "t".to_owned());
    }
    let names = largest(&lists, &["proper-names", "upper"], LARGEST_OF_NAMES);
    for name in names.iter().filter(|name| !is_possessive(name, |it| names.contains(it))) {
        lexicon.add_as_written(name, "n");
    }
    // What is also a name is known already.
    let abbreviations = &largest(&lists, &["abbreviations"], LARGEST_OF_WORDS) - &names;
    for name in abbreviations.iter().filter(|name| !is_possessive(name, |it| abbreviations.contains(it))) {
        lexicon.add_as_written(name, "a");
    }
    let mut files = lexicon.files(&misspellings);
    let words = largest(&lists, &["words"], LARGEST_OF_OBSCURE_WORDS);
    let words = words.iter().filter(|word| !misspellings.contains_key(&word.to_lowercase()));
    let names = largest(&lists, &["proper-names", "upper"], LARGEST_OF_OBSCURE_NAMES);
    // Hardly anybody has such a name, and many write such a misspelling at the start of a sentence.
    let names = names.into_iter().filter(|name| !misspellings.contains_key(&name.to_lowercase()));
    let large =
        sources::large(folder).into_iter().filter(|word| !misspellings.contains_key(&word.to_lowercase()));
    let all: BTreeSet<String> = words.cloned().chain(names).chain(large).collect();
    let is_new = |word: &&String| !lexicon.has(word) && !is_possessive(word, |it| all.contains(it));
    files.insert("obscure.bin", obscure(all.iter().filter(is_new)));
    let manifest = manifest(&files);
    files.insert(MANIFEST, manifest.into_bytes());
    files
}

/// The name of the list of the other files.
pub const MANIFEST: &str = "manifest.txt";

/// A line for each file: its digest, its length in bytes and its name.
pub fn manifest(files: &BTreeMap<&'static str, Vec<u8>>) -> String {
    let line =
        |(name, bytes): (&&str, &Vec<u8>)| format!("{:016x} {:7} {name}\n", xxh3_64(bytes), bytes.len());
    files.iter().map(line).collect()
}

/// The names of all files but the manifest.
pub const FILES: [&str; 6] =
    ["choices.bin", "exceptions.txt", "frequent.bin", "misspellings.bin", "obscure.bin", "rare.bin"];

/// English words in lower case with the smallest size, without possessives and misspellings.
fn words(
    lists: &[List],
    hunspell: &[(String, String)],
    misspellings: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, u8> {
    let mut sizes: BTreeMap<String, u8> = BTreeMap::new();
    // The words that somebody's standard spelling has, and not only lists of uncommon variants.
    let mut standard = BTreeSet::new();
    let mut regional = BTreeSet::new();
    for list in lists.iter().filter(|list| matches!(&*list.category, "words" | "contractions")) {
        for word in
            list.words.iter().filter(|_| list.size <= LARGEST_OF_WORDS).map(|word| word.to_lowercase())
        {
            if !["variant_2", "variant_3"].iter().any(|variant| list.spelling.ends_with(variant)) {
                standard.insert(word.clone());
            }
            if matches!(&*list.spelling, "british" | "british_z" | "canadian" | "australian")
                && list.size <= LARGEST_OF_FREQUENT
            {
                regional.insert(word.clone());
            }
            let size = sizes.entry(word).or_insert(list.size);
            *size = list.size.min(*size);
        }
    }
    let found = sizes.clone();
    for (form, root) in hunspell
        .iter()
        .filter(|(form, _)| form.starts_with(char::is_lowercase) && *form == form.to_lowercase())
    {
        let size = found.get(root).map_or(USUAL, |&size| size.min(USUAL));
        sizes.entry(form.clone()).or_insert(size);
    }
    for word in ADDED {
        sizes.entry(word.to_owned()).or_insert(USUAL);
    }
    for word in RIGHT {
        sizes.entry(word.to_owned()).or_insert(LARGEST_OF_WORDS);
    }
    let is_wrong = |word: &str, size: u8| {
        misspellings.contains_key(word)
            && !RIGHT.contains(&word)
            && !regional.contains(word)
            && (size >= DOUBTFUL || !standard.contains(word))
    };
    sizes.retain(|word, size| !is_wrong(word, *size));
    let known: BTreeSet<String> = sizes.keys().cloned().collect();
    sizes.retain(|word, _| !is_possessive(word, |it| known.contains(it)));
    sizes
}

/// Adds the corrections of known misspellings that are rarer than the other words.
fn add_corrections(
    words: &mut BTreeMap<String, u8>,
    lists: &[List],
    misspellings: &BTreeMap<String, Vec<String>>,
) {
    let rare = largest(lists, &["words"], LARGEST_OF_CORRECTIONS);
    let names = largest(lists, &["proper-names", "upper"], LARGEST_OF_NAMES);
    let names: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    for right in misspellings.values().flatten() {
        if rare.contains(right) && !names.contains(right) && !misspellings.contains_key(right) {
            words.entry(right.clone()).or_insert(LARGEST_OF_WORDS);
        }
    }
}

/// The file that `src/spelling/lexicon/obscure.rs` describes and reads.
fn obscure<'a>(words: impl Iterator<Item = &'a String>) -> Vec<u8> {
    let places: BTreeSet<(usize, u16)> = words.map(|word| place(word)).collect();
    let mut counts = vec![0_u8; BUCKETS];
    for (bucket, _) in &places {
        counts[*bucket] = counts[*bucket].checked_add(1).expect("words are spread evenly");
    }
    let mut file = Vec::new();
    let mut before = 0_u32;
    for group in counts.chunks(GROUP) {
        file.extend(before.to_le_bytes());
        before += group.iter().map(|&count| u32::from(count)).sum::<u32>();
    }
    file.extend(counts);
    file.extend(places.iter().flat_map(|(_, fingerprint)| fingerprint.to_le_bytes()));
    file
}

/// The words of some categories' lists up to a size, as written.
fn largest(lists: &[List], categories: &[&str], size: u8) -> BTreeSet<String> {
    let lists = lists.iter().filter(|list| categories.contains(&&*list.category) && list.size <= size);
    lists.flat_map(|list| list.words.iter().cloned()).collect()
}

fn is_possessive(word: &str, is_word: impl Fn(&str) -> bool) -> bool {
    word.strip_suffix("'s").is_some_and(is_word)
}

fn size_bits(size: u8) -> u8 {
    let place = SIZES.iter().position(|&it| it == size).expect("SCOWL has these sizes");
    place as u8 + 1
}

#[derive(Default)]
struct Lexicon {
    /// Words in lower case with their forms' bits.
    shelved: BTreeMap<String, u8>,
    exceptions: BTreeMap<String, BTreeSet<String>>,
}

impl Lexicon {
    fn add(&mut self, word: &str, bits: u8, kind: impl FnOnce() -> String) {
        if fits(word) {
            *self.shelved.entry(word.to_owned()).or_default() |= bits;
        } else {
            self.except(word, kind());
        }
    }

    fn add_as_written(&mut self, name: &str, kind: &str) {
        let lower = name.to_lowercase();
        let is_capitalised = name.chars().skip(1).eq(lower.chars().skip(1));
        let bits = match kind {
            _ if !fits(&lower) => None,
            "a" if name == lower => Some(LOWER),
            _ if name.len() > 1 && name == name.to_uppercase() => Some(UPPER),
            "n" if is_capitalised && name != lower => Some(CAPITALISED),
            _ => None,
        };
        match bits {
            Some(bits) => *self.shelved.entry(lower).or_default() |= bits,
            None => self.except(name, kind.to_owned()),
        }
    }

    fn except(&mut self, word: &str, kind: String) {
        let starts_with_letter = word.starts_with(char::is_alphabetic);
        if starts_with_letter && !word.contains('-') && word.len() <= LONGEST_EXCEPTION {
            self.exceptions.entry(word.to_owned()).or_default().insert(kind);
        }
    }

    /// Whether a word is known in lower case as an English word or a term, or as it is written.
    fn has(&self, word: &str) -> bool {
        self.is_known_lower(word) || self.exceptions.contains_key(word)
    }

    fn is_frequent(word: &str, bits: u8) -> bool {
        let size = bits & 0x0f;
        let is_word = (1..=size_bits(LARGEST_OF_FREQUENT)).contains(&size);
        is_word && (word.len() > 2 || SHORT.split(' ').any(|it| it == word))
            || bits & TECHNICAL != 0 && word.len() >= SHORTEST_TERM
    }

    fn files(&self, misspellings: &BTreeMap<String, Vec<String>>) -> BTreeMap<&'static str, Vec<u8>> {
        let (mut frequent, mut rare) = (BTreeMap::new(), BTreeMap::new());
        for (word, &bits) in &self.shelved {
            let words = if Self::is_frequent(word, bits) { &mut frequent } else { &mut rare };
            words.insert(order(word), [bits]);
        }
        let numbers: BTreeMap<_, u32> = frequent.keys().chain(rare.keys()).zip(0..).collect();
        let mut choices = Vec::new();
        let mut table = BTreeMap::new();
        for (wrong, right) in
            misspellings.iter().filter(|(wrong, _)| fits(wrong) && !self.is_known_lower(wrong))
        {
            let right: Vec<u32> = right
                .iter()
                .filter(|it| fits(it))
                .filter_map(|it| numbers.get(&order(it)).copied())
                .collect();
            let number = match right[..] {
                [] => continue,
                [only] => only,
                _ => {
                    let place = choices.len() / 3;
                    for number in [right.len() as u32].iter().chain(&right) {
                        choices.extend(&number.to_le_bytes()[..3]);
                    }
                    place as u32 | 1 << 23
                }
            };
            let [low, middle, high, _] = number.to_le_bytes();
            table.insert(order(wrong), [low, middle, high]);
        }
        let mut exceptions = String::new();
        for (word, kinds) in &self.exceptions {
            let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
            writeln!(exceptions, "{word}\t{}", kinds.join(" ")).expect("a string can be written");
        }
        BTreeMap::from([
            ("frequent.bin", bytes(&frequent)),
            ("rare.bin", bytes(&rare)),
            ("misspellings.bin", bytes(&table)),
            ("choices.bin", choices),
            ("exceptions.txt", exceptions.into_bytes()),
        ])
    }

    /// Whether a word is right in lower case, by itself or as the spelling with s of one with z.
    fn is_known_lower(&self, word: &str) -> bool {
        let is_word = |word: &str, bits: u8| self.shelved.get(word).is_some_and(|it| it & bits != 0);
        let with_z = |ending: &str| {
            let stem = word.strip_suffix(ending).and_then(|it| it.strip_suffix("is"));
            stem.is_some_and(|stem| is_word(&format!("{stem}iz{ending}"), 0x0f))
        };
        let endings = ["e", "ed", "es", "er", "ers", "ing", "ation", "ations", "able"];
        is_word(word, 0x0f | TECHNICAL | LOWER) || endings.into_iter().any(with_z)
    }
}
