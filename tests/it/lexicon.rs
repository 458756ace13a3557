//! What does the lexicon know, and are its files what they should be?
//!
//! `UPDATE=1 LEXICON_SOURCES=<folder>` rebuilds them from what `.ci/lexicon-sources <folder>` fetched.

mod generate;
mod sources;
mod word_table;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    path::Path,
    sync::LazyLock,
};

use copydesk::internals::spelling::lexicon::{
    self, Distance, LONGEST, LexiconEntry, Size, corrections, is_known, is_known_lower, lookup,
};
use proptest::prelude::*;

#[test]
fn files_are_generated() {
    let (Some(folder), true) = (env::var_os("LEXICON_SOURCES"), env::var_os("UPDATE").is_some()) else {
        println!("the lexicon was not rebuilt: that needs UPDATE=1 and LEXICON_SOURCES");
        return;
    };
    let data = crate::common::repo("src/spelling/lexicon/data");
    for (name, bytes) in generate::files(Path::new(&folder)) {
        fs::write(data.join(name), bytes).expect("the repository can be written");
    }
}

#[test]
fn files_are_those_of_the_manifest() {
    let read = |name: &str| {
        fs::read(crate::common::repo("src/spelling/lexicon/data").join(name))
            .expect("the repository has the lexicon")
    };
    let files: BTreeMap<_, _> = generate::FILES.into_iter().map(|name| (name, read(name))).collect();
    assert_eq!(generate::manifest(&files), String::from_utf8_lossy(&read(generate::MANIFEST)));
    assert!(files.values().map(Vec::len).sum::<usize>() < 2_800_000, "the program stays small");
}

static WORDS: LazyLock<HashMap<String, LexiconEntry>> =
    LazyLock::new(|| lexicon::words().map(|(word, entry)| (word.into_owned(), entry)).collect());

#[test]
fn words_are_found_as_they_are_written() {
    let count = |of: fn(&LexiconEntry) -> bool| WORDS.values().filter(|entry| of(entry)).count();
    let (words, terms) = (count(|it| it.size().is_some()), count(|it| it.is_technical()));
    let (names, abbreviations) = (count(|it| it.is_name()), count(|it| it.is_abbreviation()));
    println!("{words} words, {terms} technical terms, {names} names, {abbreviations} abbreviations");
    assert!(words > 118_000 && terms > 28_000 && names > 36_000 && abbreviations > 1_800);
    let mut seen = BTreeSet::new();
    let twice: Vec<_> =
        lexicon::words().map(|(word, _)| word).filter(|word| !seen.insert(word.clone())).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for (word, entry) in &*WORDS {
        assert_eq!(lookup(word), Some(*entry), "{word}");
        assert!(is_known(word), "{word}");
    }
}

fn unknown(words: &str, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    words.split_whitespace().filter(|word| !is_known(word)).collect()
}

#[test]
fn well_known_words_are_in() {
    let words = "the a I don't don’t attaches jalapenos Dusseldorf Düsseldorf facto may May MAY Linux LINUX NASA ADA Ada's ADA'S reader’s etc Mr café \
        Café McDonald Atatürk kubernetes Kubernetes JavaScript JAVASCRIPT API APIs API's benchmark";
    assert_eq!(unknown(words, is_known), [""; 0]);
    assert_eq!(unknown("the don't may kubernetes café reader's", is_known_lower), [""; 0]);
}

#[test]
fn regional_spellings_are_in() {
    let words = "colour favourite honour neighbour organise organised organisation realise analyse analysed \
        catalogue catalogued centre metre fibre licence defence travelling travelled cancelled labelled modelling \
        programme grey cheque tyre aluminium ageing judgement acknowledgement enrol fulfil instalment skilful mould \
        plough sceptical speciality learnt spelt whilst towards kerb storey manoeuvre paediatric encyclopaedia \
        focusses combatting serialisation virtualisation";
    assert_eq!(unknown(words, is_known), [""; 0]);
    let wrong: Vec<&str> = words.split_whitespace().filter(|word| corrections(word).is_some()).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn unknown_words_are_out() {
    let words = "teh recieve seperate occured thier neyond disrcloud heros withing repitition explicity simle dont didnt isnt \
        Ada'x ada' NASAx mCDonald 's ' x1 déjàx";
    let known: Vec<&str> = words.split_whitespace().filter(|word| is_known(word)).collect();
    assert_eq!(known, [""; 0]);
}

#[test]
fn cases_decide() {
    let size = |word: &str| lookup(word).and_then(LexiconEntry::size);
    assert_eq!(
        (size("the"), size("The"), size("may"), size("May")),
        (Some(Size::S10), None, Some(Size::S10), None)
    );
    assert!(lookup("May").is_some_and(LexiconEntry::is_name) && lookup("MAY").is_none());
    assert!(
        lookup("NASA").is_some_and(LexiconEntry::is_abbreviation)
            && lookup("nasa").is_none_or(|it| !it.is_abbreviation())
    );
    assert!(lookup("kubernetes").is_some_and(LexiconEntry::is_technical));
    assert!(
        lookup("McDonald").is_some_and(LexiconEntry::is_name)
            && lookup("mcdonald").is_none_or(|it| !it.is_name())
    );
    assert!(!is_known_lower("ada") || lookup("ada").is_some());
}

#[test]
fn frequencies_follow_sizes() {
    let frequency = |word: &str| lookup(word).expect("it is known").frequency();
    assert!(frequency("the") > frequency("kubernetes") && frequency("kubernetes") > frequency("McDonald"));
    let mut by_size: BTreeMap<Size, f32> = BTreeMap::new();
    for entry in WORDS.values().filter(|entry| !entry.is_technical()) {
        if let Some(size) = entry.size() {
            by_size.insert(size, lexicon::frequency(*entry));
        }
    }
    assert_eq!(by_size.len(), 8);
    assert!(by_size.values().is_sorted_by(|a, b| a > b));
}

#[test]
fn misspellings_are_wrong_and_their_corrections_right() {
    println!("{} misspellings", lexicon::misspellings().len());
    assert!(lexicon::misspellings().len() > 90_000);
    for (wrong, right) in lexicon::misspellings() {
        assert!(!is_known_lower(&wrong), "{wrong} is a word");
        assert!(right.len() > 0, "{wrong} stands for nothing");
        let found: Vec<_> = corrections(&wrong).expect("it can be looked up").collect();
        assert_eq!(right.len(), found.len());
        assert_eq!(right.collect::<Vec<_>>(), found);
        for word in found {
            assert!(is_known(&word), "{wrong} stands for {word}, which is not known");
        }
    }
}

#[test]
fn corrections_are_in_the_order_of_their_source() {
    let of = |word: &str| corrections(word).map(|it| it.map(|word| word.to_string()).collect::<Vec<_>>());
    assert_eq!(of("recieve").as_deref(), Some(&["receive".to_owned()][..]));
    assert_eq!(of("Recieve"), of("recieve"));
    assert_eq!(of("thorugh").as_deref(), Some(&["through".to_owned(), "thorough".to_owned()][..]));
    assert_eq!(of("through"), None);
}

/// The words that `near` looks at: see its documentation.
static FREQUENT: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let short = "a i an as at be by do go he if in is it me my no of on or so to up us we";
    let short: BTreeSet<&str> = short.split(' ').collect();
    let is_frequent = |word: &str, entry: &LexiconEntry| {
        entry.size().is_some_and(|size| size <= Size::S60) && (word.len() > 2 || short.contains(word))
            || entry.is_technical() && word.len() >= 4
    };
    let mut words: Vec<&str> = WORDS
        .iter()
        .filter(|(word, entry)| word.is_ascii() && word.len() <= LONGEST && is_frequent(word, entry))
        .map(|(word, _)| word.as_str())
        .collect();
    words.sort_unstable();
    words
});

fn near(word: &str, max: Distance) -> Vec<(String, Distance)> {
    let mut found = Vec::new();
    lexicon::near(word, max, |near| {
        assert_eq!(lookup(&near.word), Some(near.entry));
        found.push((near.word.to_string(), near.distance));
    });
    found.sort_unstable();
    found
}

fn near_by_comparing_with_all(word: &str, max: Distance) -> Vec<(String, Distance)> {
    if word.is_empty() {
        return Vec::new();
    }
    let word = word.to_ascii_lowercase();
    let length = word.chars().count();
    let distance = |candidate: &str| {
        let first_letters_agree = candidate.chars().next() == word.chars().next();
        let farthest = if first_letters_agree { max as usize } else { 1 };
        let distance = if candidate.len().abs_diff(length) > farthest {
            return None;
        } else {
            strsim::osa_distance(candidate, &word)
        };
        match distance {
            1 => Some(Distance::One),
            2 if farthest == 2 => Some(Distance::Two),
            _ => None,
        }
    };
    FREQUENT.iter().filter_map(|candidate| Some((candidate.to_string(), distance(candidate)?))).collect()
}

/// A word as somebody in a hurry writes it.
fn slipped() -> impl Strategy<Value = String> {
    let slip = (
        0..4,
        any::<prop::sample::Index>(),
        prop::char::ranges(vec!['a'..='z', '\''..='\'', 'ß'..='ü'].into()),
    );
    (any::<prop::sample::Index>(), prop::collection::vec(slip, 0..4)).prop_map(|(word, slips)| {
        let mut letters: Vec<char> = FREQUENT[word.index(FREQUENT.len())].chars().collect();
        for (kind, at, letter) in slips {
            let at = at.index(letters.len() + 1);
            match kind {
                0 => letters.insert(at, letter),
                1 if at < letters.len() => letters[at] = letter,
                2 if at < letters.len() => drop(letters.remove(at)),
                3 if at + 1 < letters.len() => letters.swap(at, at + 1),
                _ => {}
            }
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(crate::common::cases(24))]

    #[test]
    fn near_words_are_all_found(word in prop_oneof![3 => slipped(), 1 => "[a-zA-Zé']{0,6}"]) {
        for max in [Distance::One, Distance::Two] {
            prop_assert_eq!(near(&word, max), near_by_comparing_with_all(&word, max));
        }
    }
}

proptest! {
    #![proptest_config(crate::common::cases(512))]

    #[test]
    fn only_words_are_found(word in prop_oneof![slipped(), "[A-Za-zé']{0,5}", "\\PC*"]) {
        prop_assert_eq!(lookup(&word), WORDS.get(&word).copied());
    }

    #[test]
    fn any_text_can_be_asked(text in prop_oneof![".*", "[a-zA-Z'’sS]{0,30}"], prefix in "[A-Z]?[a-z]{0,9}") {
        for word in [&text, &format!("{prefix}{text}"), &format!("{prefix}'s")] {
            let _ = (lookup(word), is_known(word), is_known_lower(word), corrections(word).map(Iterator::count));
            near(word, Distance::Two);
        }
    }
}

#[test]
fn odd_words_are_nobody() {
    let odd =
        ["", "'", "''s", "’", "’s", "-", "\0", "é", "İ", "ǅ", "\u{1f600}", "a\u{301}"].map(str::to_owned);
    let long = ["x", "é", "'", "’", "'s", "anti", "ized"].map(|part| part.repeat(1_000_000));
    for word in odd.iter().chain(&long) {
        assert!(!is_known(word) || word == "é" || word == "’s", "{word:.20}");
        assert!(lookup(word).is_none() && corrections(word).is_none(), "{word:.20}");
        assert!(!is_known_lower(word), "{word:.20}");
    }
    for word in &long {
        assert!(near(word, Distance::Two).is_empty());
    }
    assert!(near(&"x".repeat(LONGEST + 2), Distance::Two).is_empty());
}
