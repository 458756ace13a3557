//! A phrase of the table, compiled, and what is around the words that fill its slots.

use std::{borrow::Cow, ops::Range};

use super::{
    Hit, SKIPPED, Topic,
    inflection::Inflection,
    table::{CLASSES, FOLLOWS, Row},
};
use crate::{
    spelling::words::{Flags, Gap, Word, Words},
    text::Span,
};

/// A phrase of the table, compiled.
pub(super) struct Phrase {
    pub(super) topic: Topic,
    pub(super) id: &'static str,
    pub(super) slots: Range<u16>,
    /// Which of the slots are wrong, counted from the first.
    pub(super) wrong: Range<usize>,
    /// What is meant, by the last word that is wrong.
    pub(super) write: Vec<(&'static str, String)>,
    /// The form of the last wrong word that is meant, where `write` does not have it.
    pub(super) form: Option<Inflection>,
    not_before: Vec<&'static str>,
    not_after: Vec<&'static str>,
    /// What has to be before it.
    pub(super) begins: Begins,
    /// Whether no other noun may follow.
    ends: bool,
}

/// What has to be before a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Anywhere,
    AfterComma,
    Sentence,
    /// Not at the start of a sentence, where a verb before its subject asks.
    Inside,
}

/// The words that may not be beside a phrase, classes replaced by theirs.
fn unwanted(slot: &'static str) -> impl Iterator<Item = &'static str> {
    slot.split('|').flat_map(|word| {
        let class = CLASSES.iter().find(|(name, _)| *name == word);
        class.map_or(word, |(_, words)| words).split('|')
    })
}

impl Phrase {
    /// Reads a row of the table, whose slots are counted from `first` on.
    pub(super) fn parse(row: &Row, first: u16) -> Self {
        let mut phrase = Self {
            topic: row.topic,
            id: row.id,
            slots: first..first,
            wrong: 0..0,
            write: Vec::new(),
            form: None,
            not_before: Vec::new(),
            not_after: Vec::new(),
            begins: Begins::Anywhere,
            ends: false,
        };
        for part in row.phrase.split(' ') {
            match part {
                "," => phrase.begins = Begins::AfterComma,
                "^" => phrase.begins = Begins::Sentence,
                "~" => phrase.begins = Begins::Inside,
                "$" => phrase.ends = true,
                _ if part.starts_with('!') => {
                    let is_first = phrase.slots.is_empty();
                    let list = if is_first { &mut phrase.not_before } else { &mut phrase.not_after };
                    list.extend(unwanted(&part[1..]));
                }
                _ => phrase.add_slot(part),
            }
        }
        phrase
    }

    /// Reads the next slot.
    fn add_slot(&mut self, part: &'static str) {
        let index = self.slots.len();
        self.slots.end += 1;
        if part.starts_with('<') {
            self.wrong.start = index;
        }
        if part.ends_with('>') {
            self.wrong.end = index + 1;
        }
        let part = part.trim_start_matches('<').trim_end_matches('>');
        for (word, right) in part.split('|').filter_map(|pair| pair.split_once('=')) {
            match right.strip_prefix('+') {
                Some(form) => self.form = Some(Inflection::named(form)),
                None if right.is_empty() => {}
                None => self.write.push((word, right.replace('_', " "))),
            }
        }
    }

    /// The slot with which it is recognised: its first wrong word, or the one after it where that is its first.
    pub(super) fn mark(&self) -> u16 {
        let second = self.slots.len().min(2) - 1;
        self.slots.start + self.wrong.start.max(second) as u16
    }

    /// The hit from the word at `start` on, unless what is around the words says that they are right.
    pub(super) fn judge(&'static self, words: &Words, source: &str, start: usize) -> Option<Hit> {
        let phrase = start..start + self.slots.len();
        let wrong = phrase.start + self.wrong.start..phrase.start + self.wrong.end;
        if !is_plain(words, source, &phrase) || !self.fits(words, source, &phrase) {
            return None;
        }
        let last = words.text(wrong.end - 1, source);
        // A form may be the one that is written: `become` is a participle, too.
        let is_changed = |right: &Cow<'_, str>| self.wrong.len() > 1 || !right.eq_ignore_ascii_case(last);
        let write = self.right(last).filter(is_changed)?;
        Some(Hit { topic: self.topic, pattern: self.id, phrase, wrong, write })
    }

    /// What is meant by the last wrong word: empty where that is not known, nothing where the word is right.
    fn right(&'static self, word: &str) -> Option<Cow<'static, str>> {
        if let Some((_, right)) = self.write.iter().find(|(wrong, _)| word.eq_ignore_ascii_case(wrong)) {
            return Some(right.into());
        }
        match self.form {
            Some(form) => form.of(&word.to_ascii_lowercase()).map(Cow::Owned),
            None => self.write.is_empty().then_some("".into()),
        }
    }

    /// Whether what is around the words may be there.
    fn fits(&self, words: &Words, source: &str, phrase: &Range<usize>) -> bool {
        let (all, last) = (words.all(), phrase.end - 1);
        let first = &all[phrase.start];
        let joined = |word: &Word| matches!(word.gap, Gap::Blank | Gap::Hyphen);
        let before = phrase.start.checked_sub(1).filter(|_| joined(first));
        let after = all.get(last + 1).filter(|word| joined(word)).map(|_| last + 1);
        let is_one = |index: Option<usize>, list: &[&str]| {
            index.is_some_and(|index| {
                list.iter().any(|word| words.text(index, source).eq_ignore_ascii_case(word))
            })
        };
        let begins = match self.begins {
            Begins::Anywhere => true,
            Begins::AfterComma => source[..first.span.start as usize].trim_end().ends_with(','),
            Begins::Sentence => matches!(first.gap, Gap::Start | Gap::Sentence),
            Begins::Inside => {
                !matches!(first.gap, Gap::Start | Gap::Sentence)
                    && source.as_bytes()[first.span.start as usize].is_ascii_lowercase()
            }
        };
        begins
            && first.gap != Gap::Hyphen
            && !is_one(before, &self.not_before)
            && !is_one(after, &self.not_after)
            && (!self.ends || ends_noun(words, source, last))
    }
}

/// Whether the words of a phrase are words of prose beside each other, and not quoted. After the first one, a capital
/// begins a name.
fn is_plain(words: &Words, source: &str, phrase: &Range<usize>) -> bool {
    let all = words.all();
    let (first, last) = (&all[phrase.start], &all[phrase.end - 1]);
    let begin = words.text(phrase.start, source);
    let is_small = |text: &str| text.bytes().all(|byte| !byte.is_ascii_uppercase());
    // Of a single word, or a letter, a capital makes a name.
    let may_be_capital =
        begin.len() > 1 && phrase.len() > 1 || matches!(first.gap, Gap::Start | Gap::Sentence);
    let starts_plain = is_small(begin) || may_be_capital && is_small(&begin[1..]);
    let parted = |pair: &[Word]| pair[1].flags.has_any(SKIPPED) || !is_blank(source, &pair[0], &pair[1]);
    starts_plain
        && phrase.clone().skip(1).all(|index| is_small(words.text(index, source)))
        && !last.flags.has(Flags::BEFORE_HYPHEN)
        && !all[phrase.clone()].windows(2).any(parted)
        && !is_quoted(source, first.span.join(last.span))
}

/// Whether the word at `index` cannot be part of the name of something: punctuation follows, the end of the text, or a
/// word with which something else begins.
fn ends_noun(words: &Words, source: &str, index: usize) -> bool {
    let rest = &source[words.all()[index].span.end as usize..];
    let next = words.all().get(index + 1).filter(|next| next.gap != Gap::Start);
    match rest.bytes().next() {
        None | Some(b'.' | b';' | b':' | b'!' | b'?' | b')') => true,
        Some(b',') => !is_list(words, source, index + 1),
        // Code may be a further noun.
        Some(byte) if byte.is_ascii_whitespace() => {
            !rest.trim_start().starts_with('`')
                && next.is_none_or(|next| {
                    let text = words.text(index + 1, source);
                    next.gap == Gap::Blank && FOLLOWS.split('|').any(|word| word == text)
                })
        }
        _ => false,
    }
}

/// Whether a list goes on with the word at `index`: another comma follows it, or `and`.
fn is_list(words: &Words, source: &str, index: usize) -> bool {
    let Some(word) = words.all().get(index) else { return false };
    let conjunction = |index| index < words.all().len() && matches!(words.text(index, source), "and" | "or");
    source[word.span.end as usize..].starts_with(',') || conjunction(index) || conjunction(index + 1)
}

/// Whether nothing but spaces, line breaks and the marks of quotes is between two words: markup may say that a word
/// is spoken of.
pub(super) fn is_blank(source: &str, first: &Word, second: &Word) -> bool {
    let between = &source[first.span.end as usize..second.span.start as usize];
    second.gap == Gap::Blank && between.bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'>')
}

/// Whether quotation marks are around a span: its words are spoken of, not said.
pub(super) fn is_quoted(source: &str, span: Span) -> bool {
    let is_mark =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»'));
    is_mark(source[..span.start as usize].chars().next_back())
        && is_mark(source[span.end as usize..].chars().next())
}
