//! Look-around at the edges of a pattern. What is between the edges is found in linear time, and what is around it is
//! then compared with a bounded part of the text.

use std::ops::Range;

use regex::Regex;

use super::matcher::{Letters, builder};

/// How much text before or after a match is compared, in bytes.
const MAX_LOOK: usize = 200;

/// A pattern without the look-around at its edges.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SplitPattern<'p> {
    /// What is matched.
    pub(super) core: &'p str,
    /// What must or must not be before it.
    before: Vec<Condition<'p>>,
    /// What must or must not be after it.
    after: Vec<Condition<'p>>,
}

/// The inside of a look-around group.
#[derive(Debug, PartialEq, Eq)]
enum Condition<'p> {
    Required(&'p str),
    Forbidden(&'p str),
}

impl<'p> Condition<'p> {
    /// What a group with one of two openings requires or forbids.
    fn of(group: &'p str, [required, forbidden]: [&str; 2]) -> Option<Self> {
        let inside = |opening: &str| group.strip_prefix(opening)?.strip_suffix(')');
        inside(required).map(Self::Required).or_else(|| inside(forbidden).map(Self::Forbidden))
    }
}

impl<'p> SplitPattern<'p> {
    /// Takes the groups `(?<=…)` and `(?<!…)` from the start of a pattern, and `(?=…)` and `(?!…)` from its end. A pattern
    /// with a `|` outside of groups stays whole: its look-around is only that of one alternative.
    pub(super) fn of(pattern: &'p str) -> Self {
        let mut split = Self { core: pattern, before: vec![], after: vec![] };
        let Some(groups) = groups(pattern) else { return split };
        let (mut start, mut end) = (0, pattern.len());
        for group in &groups {
            let condition = Condition::of(&pattern[group.clone()], ["(?<=", "(?<!"]);
            let Some(condition) = condition.filter(|_| group.start == start) else { break };
            split.before.push(condition);
            start = group.end;
        }
        for group in groups.iter().rev() {
            let condition = Condition::of(&pattern[group.clone()], ["(?=", "(?!"]);
            let is_next = group.end == end && group.start >= start;
            let Some(condition) = condition.filter(|_| is_next) else { break };
            split.after.push(condition);
            end = group.start;
        }
        split.core = &pattern[start..end];
        split
    }

    /// The insides of the groups.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &'p str> {
        let all = self.before.iter().chain(&self.after);
        all.map(|condition| match condition {
            Condition::Required(pattern) | Condition::Forbidden(pattern) => *pattern,
        })
    }

    /// The look-around, compiled; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the inside of a group is not a valid pattern.
    pub(super) fn look_around(&self, letters: Letters) -> Result<Option<LookAround>, regex::Error> {
        if self.conditions().next().is_none() {
            return Ok(None);
        }
        let compile = |conditions: &[Condition<'_>], anchored: &dyn Fn(&str) -> String| {
            let test = |condition: &Condition<'_>| {
                let (pattern, is_required) = match condition {
                    Condition::Required(pattern) => (pattern, true),
                    Condition::Forbidden(pattern) => (pattern, false),
                };
                Ok((builder(&anchored(pattern), letters).build()?, is_required))
            };
            conditions.iter().map(test).collect::<Result<Vec<_>, regex::Error>>()
        };
        Ok(Some(LookAround {
            before: compile(&self.before, &|pattern| format!("(?:{pattern})\\z"))?,
            after: compile(&self.after, &|pattern| format!("\\A(?:{pattern})"))?,
        }))
    }
}

/// Patterns for the text around a match, each with whether it must match.
#[derive(Debug, Clone)]
pub(super) struct LookAround {
    before: Vec<(Regex, bool)>,
    after: Vec<(Regex, bool)>,
}

impl LookAround {
    /// Whether the text around a match is as required.
    pub(super) fn holds(&self, text: &str, found: &Range<usize>) -> bool {
        let is_boundary = |at: &usize| text.is_char_boundary(*at);
        let first = (found.start.saturating_sub(MAX_LOOK)..=found.start).find(is_boundary);
        let last = (found.end..=(found.end + MAX_LOOK).min(text.len())).rev().find(is_boundary);
        let before = &text[first.unwrap_or(found.start)..found.start];
        let after = &text[found.end..last.unwrap_or(found.end)];
        let hold = |tests: &[(Regex, bool)], text: &str| {
            tests.iter().all(|(pattern, is_required)| pattern.is_match(text) == *is_required)
        };
        hold(&self.before, before) && hold(&self.after, after)
    }
}

/// The groups of a pattern that are not inside others; `None` if there is a `|` outside of them, or the pattern is not
/// well-formed.
fn groups(pattern: &str) -> Option<Vec<Range<usize>>> {
    let (mut groups, mut open, mut class) = (Vec::new(), Vec::new(), None);
    let mut chars = pattern.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (c, class) {
            ('\\', _) => drop(chars.next()),
            ('[', None) => class = Some(at),
            // In a class, a bracket right after the opening one is a character.
            (']', Some(start)) if at > start + 1 && !pattern[start..at].ends_with("[^") => class = None,
            ('(', None) => open.push(at),
            (')', None) => {
                let start = open.pop()?;
                if open.is_empty() {
                    groups.push(start..at + 1);
                }
            }
            ('|', None) if open.is_empty() => return None,
            _ => {}
        }
    }
    (open.is_empty() && class.is_none()).then_some(groups)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        Condition::{Forbidden, Required},
        SplitPattern,
    };
    use crate::rules::custom::Letters;

    #[test]
    fn look_around_is_taken_from_the_edges_only() {
        for (pattern, before, core, after) in [
            ("tide", vec![], "tide", vec![]),
            ("ebb(?!ing|ed)", vec![], "ebb", vec![Forbidden("ing|ed")]),
            (r"(?<=\s)-\d+(?=[),])", vec![Required(r"\s")], r"-\d+", vec![Required("[),]")]),
            (r"(?<!\()(?<!a)b", vec![Forbidden(r"\("), Forbidden("a")], "b", vec![]),
            (r"a(?=(b|c))(?!d)", vec![], "a", vec![Forbidden("d"), Required("(b|c)")]),
            (r"a\(?!b)", vec![], r"a\(?!b)", vec![]),
            ("a|b(?!c)", vec![], "a|b(?!c)", vec![]),
            ("[(](?!c)", vec![], "[(]", vec![Forbidden("c")]),
            ("[])(](?!c)", vec![], "[])(]", vec![Forbidden("c")]),
            ("a(?=b)c", vec![], "a(?=b)c", vec![]),
            ("(?:a(?=b))", vec![], "(?:a(?=b))", vec![]),
        ] {
            assert_eq!(SplitPattern::of(pattern), SplitPattern { core, before, after }, "{pattern}");
        }
    }

    #[test]
    fn what_is_around_a_match_decides() {
        let holds = |pattern: &str, text: &str, range| {
            SplitPattern::of(pattern)
                .look_around(Letters::Kept)
                .is_ok_and(|look| look.is_some_and(|look| look.holds(text, &range)))
        };
        assert!(holds("b(?!c)", "abd", 1..2) && !holds("b(?!c)", "abc", 1..2));
        assert!(holds("(?<=a)b", "abc", 1..2) && !holds("(?<=a)b", "xbc", 1..2));
        assert!(holds("b(?!.)", "ab", 1..2) && holds("(?<!.)a", "ab", 0..1));
        let long = format!("{}b{}", "é".repeat(300), "é".repeat(300));
        assert!(holds("(?<=é)b(?=é)", &long, 600..601));
    }

    proptest! {
        #[test]
        fn any_pattern_is_split_without_a_panic(pattern in r"[ab()?=!<|\\\[\]é]{0,24}") {
            let split = SplitPattern::of(&pattern);
            prop_assert!(pattern.contains(split.core));
        }
    }
}
