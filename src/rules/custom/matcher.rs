//! Words and patterns, found in linear time.

use std::{borrow::Cow, ops::Range};

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder, escape};

use crate::rules::pattern::cause;

/// Bytes that a compiled pattern may take.
const MAX_SIZE: usize = 8 << 20;

/// Finds words and patterns in a text: the first of those that match at a place counts.
#[derive(Debug, Clone)]
pub struct PatternMatcher {
    any: Regex,
    /// Tells which of the entries a text is, as a whole.
    which: RegexSet,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    replacements: Vec<String>,
    /// Matches the text as a whole, if the replacements refer to its groups.
    groups: Option<Regex>,
}

/// Places in a text, in order.
pub(super) struct Ranges(Vec<Range<usize>>);

impl Ranges {
    /// The places that a matcher finds; none without one.
    pub(super) fn new(matcher: Option<&PatternMatcher>, text: &str) -> Self {
        Self(matcher.map_or(vec![], |matcher| matcher.find_in(text).map(|found| found.range).collect()))
    }

    /// Whether a range is inside one of them.
    pub(super) fn cover(&self, range: &Range<usize>) -> bool {
        let at = self.0.partition_point(|it| it.end < range.end);
        self.0.get(at).is_some_and(|it| it.start <= range.start)
    }
}

/// What an entry of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Words; between slashes, a pattern.
    Words,
    /// A pattern that must begin and end at the edge of a word.
    WordPattern,
    /// A pattern.
    Pattern,
}

/// Whether uppercase and lowercase letters are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// They are.
    Folded,
    /// They are not.
    Kept,
}

/// A place where something was found.
pub(super) struct Match<'a> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What to write instead; empty if nothing is known.
    pub replacements: Cow<'a, [String]>,
}

impl PatternMatcher {
    /// A matcher of entries, each with what to write instead.
    ///
    /// # Errors
    ///
    /// The index of an entry that is not a valid pattern, and why.
    pub fn new<'t>(
        entries: impl IntoIterator<Item = (&'t str, Vec<String>)>,
        notation: Notation,
        letters: Letters,
    ) -> Result<Self, (usize, String)> {
        let mut patterns = Vec::new();
        let mut made = Vec::new();
        for (index, (text, replacements)) in entries.into_iter().enumerate() {
            let pattern = pattern(text, notation);
            let whole = whole(&pattern);
            let regex = builder(&whole, letters).build().map_err(|error| (index, cause(&error)))?;
            if regex.is_match("") {
                return Err((index, format!("`{text}` matches the empty text")));
            }
            patterns.push(pattern);
            let has_groups = replacements.iter().any(|new| new.contains('$'));
            made.push(Entry { replacements, groups: has_groups.then_some(regex) });
        }
        let last = patterns.len().saturating_sub(1);
        let which = RegexSetBuilder::new(patterns.iter().map(|pattern| whole(pattern)))
            .case_insensitive(letters == Letters::Folded)
            .size_limit(MAX_SIZE)
            .build();
        let all: Vec<String> = patterns.iter().map(|pattern| format!("(?:{pattern})")).collect();
        // An empty alternation would match everywhere.
        let all = if all.is_empty() { "[^\\s\\S]".to_owned() } else { all.join("|") };
        let any = builder(&all, letters).build();
        let failed = |error: &regex::Error| (last, cause(error));
        Ok(Self {
            any: any.map_err(|error| failed(&error))?,
            which: which.map_err(|error| failed(&error))?,
            entries: made,
        })
    }

    /// The places in a text, from its start to its end.
    pub(super) fn find_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match<'a>> + 'a {
        self.any.find_iter(text).filter(|found| !found.is_empty()).map(|found| {
            let which = self.which.matches(found.as_str()).iter().next();
            let entry = which.and_then(|index| self.entries.get(index));
            Match { range: found.range(), replacements: replacements(entry, found.as_str()) }
        })
    }
}

/// What to write instead of a text: groups such as `$1` are filled in.
fn replacements<'a>(entry: Option<&'a Entry>, text: &str) -> Cow<'a, [String]> {
    let Some(entry) = entry else { return Cow::Borrowed(&[]) };
    let groups = entry.groups.as_ref().and_then(|regex| regex.captures(text));
    let Some(groups) = groups else { return Cow::Borrowed(&entry.replacements) };
    let fill = |template: &String| {
        let mut filled = String::new();
        groups.expand(template, &mut filled);
        filled
    };
    Cow::Owned(entry.replacements.iter().map(fill).collect())
}

fn pattern(text: &str, notation: Notation) -> String {
    let slashed = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    match (notation, slashed) {
        (Notation::Words, Some(pattern)) => pattern.to_owned(),
        (Notation::Words, None) => {
            let words: Vec<String> = text.split_whitespace().map(escape).collect();
            bounded(&words.join("\\s+"), text.trim())
        }
        (Notation::WordPattern, _) => format!("\\b(?:{text})\\b"),
        (Notation::Pattern, _) => text.to_owned(),
    }
}

/// A pattern that is not part of a longer word where the words that it stands for begin or end with a letter.
fn bounded(pattern: &str, words: &str) -> String {
    let is_word = |ch: Option<char>| ch.is_some_and(|ch| ch.is_alphanumeric() || ch == '_');
    let edge = |ch| if is_word(ch) { "\\b" } else { "" };
    format!("{}{pattern}{}", edge(words.chars().next()), edge(words.chars().next_back()))
}

/// A pattern for a text as a whole.
fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

fn builder(pattern: &str, letters: Letters) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    builder.case_insensitive(letters == Letters::Folded).size_limit(MAX_SIZE);
    builder
}
