//! Words and patterns, found in linear time.

use std::{borrow::Cow, ops::Range};

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder, escape};

use super::{
    budget::{ALONE, PatternBudget},
    look_around::{LookAround, SplitPattern},
};
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
    /// How to find it, if it has look-around.
    apart: Option<(Regex, LookAround)>,
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
    /// A pattern that must begin and end at the edge of a word; `^` and `$` are the edges of lines.
    WordPattern,
    /// A pattern; `^` and `$` are the edges of lines.
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
    /// A matcher of entries, each with what to write instead. They are counted as patterns of a config.
    ///
    /// # Errors
    ///
    /// The index of an entry that is not a valid pattern, and why.
    pub fn new<'t>(
        entries: impl IntoIterator<Item = (&'t str, Vec<String>)>,
        notation: Notation,
        letters: Letters,
        budget: &PatternBudget,
    ) -> Result<Self, (usize, String)> {
        let mut patterns = Vec::new();
        let mut made = Vec::new();
        for (index, (text, replacements)) in entries.into_iter().enumerate() {
            let failed = |error: regex::Error| (index, cause(&error));
            let split = split(text, notation);
            let pattern = core(text, &split, notation);
            let too_large = |why| (index, why);
            // Two expressions are for all entries, and one for each with look-around, besides the look-around.
            if index == 0 {
                budget.spend(2 * ALONE).map_err(too_large)?;
            }
            budget.take(&pattern, letters).map_err(too_large)?;
            for condition in split.conditions() {
                budget.spend(2 * ALONE).and_then(|()| budget.take(condition, letters)).map_err(too_large)?;
            }
            let look_around = split.look_around(letters).map_err(failed)?;
            let whole = whole(&pattern);
            let regex = builder(&whole, letters).build().map_err(failed)?;
            if regex.is_match("") {
                return Err((index, format!("`{text}` matches the empty text")));
            }
            let apart = match look_around {
                Some(look_around) => Some((builder(&pattern, letters).build().map_err(failed)?, look_around)),
                None => None,
            };
            patterns.push(pattern);
            let has_groups = replacements.iter().any(|new| new.contains('$'));
            made.push(Entry { replacements, groups: has_groups.then_some(regex), apart });
        }
        let last = patterns.len().saturating_sub(1);
        let which = RegexSetBuilder::new(patterns.iter().map(|pattern| whole(pattern)))
            .case_insensitive(letters == Letters::Folded)
            .size_limit(MAX_SIZE)
            .build();
        let plain = patterns.iter().zip(&made).filter(|(_, entry)| entry.apart.is_none());
        let all: Vec<String> = plain.map(|(pattern, _)| format!("(?:{pattern})")).collect();
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

    /// The places in a text, from its start to its end; at each the first of the entries that match there.
    pub(super) fn find_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match<'a>> + 'a {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for it in self.any.find_iter(text) {
            let which = self.which.matches(it.as_str());
            let index = which.iter().find(|index| self.entries[*index].apart.is_none());
            found.push((it.range(), index.unwrap_or(self.entries.len())));
        }
        let is_sorted = self.entries.iter().all(|entry| entry.apart.is_none());
        for (index, entry) in self.entries.iter().enumerate() {
            if let Some((regex, look_around)) = &entry.apart {
                let ranges = regex.find_iter(text).map(|it| it.range());
                found.extend(ranges.filter(|it| look_around.holds(text, it)).map(|it| (it, index)));
            }
        }
        if !is_sorted {
            found.sort_by_key(|(range, index)| (range.start, *index));
        }
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_next = !range.is_empty() && range.start >= end;
            end = if is_next { range.end } else { end };
            is_next
        });
        found.into_iter().map(|(range, index)| {
            let replacements = replacements(self.entries.get(index), &text[range.clone()]);
            Match { range, replacements }
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

/// The pattern of an entry, which for words is empty, and what must be around a match.
fn split(text: &str, notation: Notation) -> SplitPattern<'_> {
    SplitPattern::of(match notation {
        Notation::Words => slashed(text).unwrap_or_default(),
        Notation::WordPattern | Notation::Pattern => text,
    })
}

/// The pattern between slashes.
fn slashed(text: &str) -> Option<&str> {
    text.strip_prefix('/')?.strip_suffix('/')
}

/// What is compiled for an entry.
fn core(text: &str, split: &SplitPattern<'_>, notation: Notation) -> String {
    match notation {
        Notation::Words if slashed(text).is_none() => {
            let words: Vec<String> = text.split_whitespace().map(escape).collect();
            bounded(&words.join("\\s+"), text.trim())
        }
        Notation::Words => split.core.to_owned(),
        Notation::WordPattern => format!("(?m:\\b(?:{})\\b)", split.core),
        Notation::Pattern => format!("(?m:{})", split.core),
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
    format!("\\A(?:{pattern})\\z")
}

/// A builder of a pattern.
pub(super) fn builder(pattern: &str, letters: Letters) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    builder.case_insensitive(letters == Letters::Folded).size_limit(MAX_SIZE);
    builder
}
