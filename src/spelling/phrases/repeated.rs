//! Words that stand twice.

use super::{
    Hit, SKIPPED, Topic,
    phrase::{is_blank, is_quoted},
};
use crate::spelling::{
    language::Language,
    lexicon,
    words::{Flags, Gap, Word, Words},
};

pub(super) const IDS: &[&str] = &["function-word", "sometimes-doubled", "other-word", PHRASE];
/// Of two or three words that are there twice.
pub(super) const PHRASE: &str = "phrase";

/// Words with which phrases are repeated on purpose: `on and on`, `step by step`, `what to do to do it`.
const IN_REPEATED_PHRASES: &[&str] =
    &["and", "or", "by", "after", "over", "it", "that", "do", "be", "no", "so", "very", "for", "than", "as"];

/// Never right twice in a row.
const NEVER_TWICE: &[&str] = &[
    "the", "a", "an", "to", "of", "are", "and", "for", "with", "be", "we", "at", "by", "from", "as", "or",
    "will", "can", "not", "if", "when", "your", "our", "their", "was", "were", "which", "have", "should",
    "but", "its", "these", "into", "through", "between", "because", "where", "what", "how", "would", "could",
    "may", "must", "about", "also", "than", "then", "them", "they", "some", "such", "while", "without",
    "within", "my", "has", "does", "or", "per", "onto", "only", "i", "he", "she",
];

/// Right twice now and then: `what it is is`, `if you do it it works`, `the one you log in in`.
const SELDOM_TWICE: &[&str] =
    &["is", "in", "on", "this", "it", "you", "all", "those", "do", "up", "out", "us", "one"];

/// Words that are said twice on purpose, and those that may follow themselves.
const OFTEN_TWICE: &[&str] = &[
    "that",
    "had",
    "really",
    "very",
    "much",
    "many",
    "far",
    "too",
    "more",
    "bye",
    "ha",
    "haha",
    "blah",
    "bla",
    "yeah",
    "yes",
    "no",
    "now",
    "well",
    "there",
    "here",
    "hear",
    "tut",
    "knock",
    "ping",
    "pong",
    "foo",
    "bar",
    "baz",
    "long",
    "big",
    "so",
    "night",
    "never",
    "ever",
    "tiny",
    "always",
    "again",
    "please",
    "over",
    "go",
    "run",
    "win",
    "her",
    "him",
    "step",
    "less",
    "way",
    "super",
    "data",
    "test",
    "hello",
    "hey",
    "wow",
    "tick",
    "something",
    "beep",
    "la",
    "na",
    "da",
    "boo",
    "chop",
    "cha",
    "choo",
    "quack",
    "woof",
    "yummy",
    "woot",
    "womp",
    "root",
];

/// Words of other languages that never stand twice in a row.
const OTHER_LANGUAGES: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "und", "oder", "mit", "ist", "für", "von", "nicht", "eine", "einen", "einer", "wird", "im",
            "zum", "zur", "vom", "auch",
        ],
    ),
    ("fr", &["les", "de", "des", "et", "est", "une", "dans", "pour", "avec", "sur", "du", "au", "aux", "ou"]),
    ("es", &["el", "los", "las", "de", "del", "al", "en", "con", "para", "por", "un", "una", "es"]),
    ("it", &["il", "di", "del", "della", "dei", "con", "per", "un", "una", "nel", "nella"]),
    ("pt", &["os", "de", "do", "dos", "das", "em", "para", "um", "uma", "no"]),
    ("nl", &["de", "een", "van", "en", "met", "voor", "ook"]),
];

/// What is wrong where the word at `index` is the same, case aside, as the one before it.
#[cold]
pub(super) fn judge(words: &Words, source: &str, index: usize, language: &Language) -> Option<Hit> {
    let (first, second) = (&words.all()[index - 1], &words.all()[index]);
    let (before, word) = (words.text(index - 1, source), words.text(index, source));
    let starts_sentence = matches!(first.gap, Gap::Start | Gap::Sentence) && before.len() > 1;
    // By bytes: what begins with `É` has no text from the second on.
    let same = before == word
        || starts_sentence
            && before.as_bytes()[1..] == word.as_bytes()[1..]
            && before.eq_ignore_ascii_case(word);
    // A name may end with a word or begin with it: `opt-in in`, `in in-memory`.
    let part_of_compound = first.gap == Gap::Hyphen || second.flags.has(Flags::BEFORE_HYPHEN);
    if !same
        || part_of_compound
        || !is_near(source, first, second)
        || is_quoted(source, first.span.join(second.span))
    {
        return None;
    }
    let third = |at: Option<usize>| {
        at.filter(|&at| at < words.all().len())
            .is_some_and(|at| words.text(at, source).eq_ignore_ascii_case(word))
    };
    if third(index.checked_sub(2)) || third(Some(index + 1)) {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|it| it.eq_ignore_ascii_case(word));
    let pattern = match language {
        Language::Other(subtag) => {
            let (_, list) = OTHER_LANGUAGES.iter().find(|(name, _)| *name == &**subtag)?;
            is(list).then_some(IDS[0])?
        }
        Language::English if word.bytes().any(|byte| byte.is_ascii_uppercase()) => return None,
        Language::English if is(NEVER_TWICE) => IDS[0],
        Language::English if is(SELDOM_TWICE) => IDS[1],
        Language::English => {
            let is_prose = word.len() > 2
                && !is(OFTEN_TWICE)
                && (!word.is_ascii() || lexicon::is_known_lower(word))
                && !is_in_columns(source, first, second);
            is_prose.then_some(IDS[2])?
        }
    };
    Some(Hit {
        topic: Topic::Repeated,
        pattern,
        phrase: index - 1..index + 1,
        wrong: index..index + 1,
        write: "".into(),
    })
}

/// Whether two words are in columns, as a program prints them: with more than a space between them, or between numbers.
fn is_in_columns(source: &str, first: &Word, second: &Word) -> bool {
    let gap = &source[first.span.end as usize..second.span.start as usize];
    let before = source[..first.span.start as usize].trim_end_matches([' ', '\t']);
    let after = source[second.span.end as usize..].trim_start_matches([' ', '\t']);
    let is_number = |c: char| c.is_ascii_digit();
    gap.contains('\t') || gap.contains("   ") || before.ends_with(is_number) && after.starts_with(is_number)
}

/// The repetition of two or three words that ends with the word at `index`: `on the on the`.
#[cold]
pub(super) fn phrase(words: &Words, source: &str, index: usize) -> Option<Hit> {
    [2, 3].into_iter().find_map(|length| phrase_of(words, source, index, length))
}

fn phrase_of(words: &Words, source: &str, index: usize, length: usize) -> Option<Hit> {
    let start = (index + 1).checked_sub(2 * length)?;
    let text = |at: usize| words.text(at, source);
    let second = start + length;
    let is_same = (start..second).all(|at| text(at).eq_ignore_ascii_case(text(at + length)));
    let is_small = |at: usize| text(at).bytes().all(|byte| byte.is_ascii_lowercase());
    let may_be = is_same
        && text(start) != text(start + 1)
        && (start + 1..=index).all(is_small)
        && (start..second).any(|at| NEVER_TWICE.contains(&text(at)))
        // `pod to pod to node` is a path, and `of lists of lists` says what is in them.
        && !(length == 2 && (start..second).any(|at| text(at) == "to"))
        && !is_nested(text(start), text(start + 1))
        && !(start..second).any(|at| IN_REPEATED_PHRASES.contains(&text(at)));
    let all = words.all();
    let is_third =
        |at: Option<usize>, as_at: usize| at.is_some_and(|at| at < all.len() && text(at) == text(as_at));
    let goes_on = || is_third(start.checked_sub(1), second - 1) || is_third(Some(index + 1), start);
    let parted = |pair: &[Word]| pair[1].flags.has_any(SKIPPED) || !is_blank(source, &pair[0], &pair[1]);
    let span = all[start].span.join(all[index].span);
    if !may_be || goes_on() || all[start..=index].windows(2).any(parted) || is_quoted(source, span) {
        return None;
    }
    Some(Hit {
        topic: Topic::Repeated,
        pattern: PHRASE,
        phrase: start..index + 1,
        wrong: second..index + 1,
        write: "".into(),
    })
}

/// What contains or points to something, which may do the same: `a list of list of strings`, `a pointer to a pointer to a
/// byte`.
const HOLDERS: &[&str] = &[
    "array",
    "dictionary",
    "handle",
    "hash",
    "iterator",
    "link",
    "list",
    "map",
    "matrix",
    "object",
    "option",
    "pointer",
    "promise",
    "reference",
    "sequence",
    "series",
    "set",
    "slice",
    "stack",
    "stream",
    "table",
    "tree",
    "tuple",
    "vector",
];

/// Whether two words are `of` and what something consists of, which may consist of the same.
fn is_nested(first: &str, second: &str) -> bool {
    let is_thing = |word: &str| word.ends_with('s') && !NEVER_TWICE.contains(&word);
    let holds = |word: &str| HOLDERS.contains(&word) || is_thing(word);
    first == "of" && is_thing(second) || matches!(second, "of" | "to") && holds(first)
}

/// Whether the words stand side by side; a link may begin between them, as in `see the [the page](…)`.
fn is_near(source: &str, first: &Word, second: &Word) -> bool {
    let between = &source[first.span.end as usize..second.span.start as usize];
    is_blank(source, first, second) || between == " ["
}
