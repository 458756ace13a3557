//! The words of a page in reading order.

use std::{iter::successors, ops::Range};

use super::{
    directives::Directives,
    language::{Evidence, Language, Signs, WordCounts, parts},
    phrases::Class,
    word_shape::WordShape,
    word_status::{WordStatus, hash},
};
use crate::{markdown::HtmlTag, text::Span};

/// A word of prose: letters, with apostrophes between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// From its first letter to its last; markup inside the word, as in `**S**tarling`, included.
    pub span: Span,
    /// What is between the word before it and this one.
    pub gap: Gap,
    /// What is known of its form and place.
    pub flags: Flags,
    /// What it is in phrases.
    pub(super) class: Class,
    /// The languages that have it as a function word, if it has no letters beyond `a` to `z`.
    pub(super) signs: Signs,
}

impl Word {
    /// A word that was not looked up yet.
    #[inline]
    pub(super) const fn new(span: Span, gap: Gap, flags: Flags) -> Self {
        Self { span, gap, flags, class: 0, signs: Signs::NONE }
    }
}

/// What is between two words of one block of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// There is no word before it in the block.
    Start,
    /// Spaces, or a line break.
    Blank,
    /// A hyphen and nothing else.
    Hyphen,
    /// The end of a sentence, or what opens a quotation or an aside: the word may well be capitalised.
    Sentence,
    /// Other punctuation or digits, with or without spaces.
    Other,
    /// Something that is not read as words: code, a URL, an image, a formula.
    Opaque,
}

/// What is known of a word's form and place: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u16);

impl Flags {
    /// It touches something that words of prose do not touch, as the parts of names in code do: a digit, an
    /// underscore, code, a path.
    pub const IDENTIFIER: Self = Self(1);
    /// It is in a heading.
    pub const HEADING: Self = Self(1 << 1);
    /// It is in the front matter.
    pub const FRONT_MATTER: Self = Self(1 << 2);
    /// A line of the source, or a block, begins before it.
    pub const NEW_LINE: Self = Self(1 << 3);
    /// Its text differs from the source: [`Words::text`] knows it.
    pub const REWRITTEN: Self = Self(1 << 4);
    /// It has letters beyond `a` to `z`.
    pub const FOREIGN: Self = Self(1 << 5);
    /// A hyphen follows.
    pub const BEFORE_HYPHEN: Self = Self(1 << 6);
    /// It is in a comment, which no reader of the page sees.
    pub const COMMENT: Self = Self(1 << 7);
    /// It is part of a text in another language than English.
    pub const OTHER_LANGUAGE: Self = Self(1 << 8);
    /// Nothing around it shows that it is part of an English text.
    pub const UNSURE_LANGUAGE: Self = Self(1 << 9);
    /// Slashes join it to words that are common English, as in `sender/receiver`.
    pub const SLASHED: Self = Self(1 << 10);
    /// It is in a link's title, in an attribute or in an argument of a template.
    pub const ASIDE: Self = Self(1 << 11);

    /// Whether the set has all of `other`.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the set has any of `other`.
    #[inline]
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without `other`.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The set with `other` in it.
    #[inline]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The words of a page in reading order: front matter first, then the text, block by block.
#[derive(Debug, Default)]
pub struct Words {
    pub(super) all: Vec<Word>,
    /// The texts of those that differ from the source, by index.
    pub(super) rewritten: Vec<(u32, Box<str>)>,
    /// Those of the basic alphabet that are not common English.
    pub(super) uncommon: Vec<Uncommon>,
    /// Hashes of the common ones in lower case; one may be there twice.
    pub(super) common: Vec<u32>,
    /// Those with which something begins or ends that may be a wrong phrase, and a few others.
    pub(super) phrase_ends: Vec<u32>,
    /// Those of them that end a repetition of one to three words.
    pub(super) repetition_ends: Vec<u32>,
    /// How many English function words there are.
    pub(super) english: usize,
    /// The blocks in other languages, in order.
    pub(super) other: Vec<(Range<u32>, Language)>,
    /// Where other spell checkers are told not to look.
    pub(super) directives: Directives,
}

impl Words {
    /// Leaves out what comments for other spell checkers ask to leave out; they are given without their markers and in
    /// source order.
    pub fn obey(&mut self, source: &str, comments: &[Span]) {
        self.directives = Directives::of(source, comments);
    }
}

/// Whether a word, given in lower case, is among those with these hashes.
pub(super) fn is_among(common: &[u32], word: &str) -> bool {
    common.contains(&(hash(word.as_bytes()) as u32))
}

/// What is not a word that a dictionary might have.
const NO_WORD: Flags = Flags::IDENTIFIER.with(Flags::FOREIGN);

/// A word that is not common English.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uncommon {
    /// Its index.
    pub(super) word: u32,
    /// The index of the first word of its line.
    pub(super) line: u32,
    /// Rare or unknown.
    pub(super) status: WordStatus,
}

impl Words {
    /// Without words yet, and with room for as many as a text of so many bytes usually has: moving them again and again
    /// takes longer than looking them up.
    pub(super) fn for_text_of(bytes: usize) -> Self {
        const BYTES_PER_WORD: usize = 7;
        const BYTES_PER_OTHER: usize = 60;
        let others = bytes / BYTES_PER_OTHER;
        Self {
            all: Vec::with_capacity(bytes / BYTES_PER_WORD),
            rewritten: vec![],
            uncommon: Vec::with_capacity(others),
            common: Vec::with_capacity(others),
            phrase_ends: Vec::with_capacity(others),
            repetition_ends: vec![],
            english: 0,
            other: vec![],
            directives: Directives::default(),
        }
    }

    /// All words.
    #[inline]
    pub fn all(&self) -> &[Word] {
        &self.all
    }

    /// The places in [`Words::all`] of the words that are not common English; those with a capital after a small letter
    /// never are.
    pub fn uncommon(&self) -> impl Iterator<Item = usize> {
        self.uncommon.iter().map(|uncommon| uncommon.word as usize)
    }

    /// Whether the word at `index` is not common English.
    pub(super) fn is_uncommon(&self, index: usize) -> bool {
        self.uncommon_status(index).is_some()
    }

    /// The status of the word at `index` if it is not common English.
    fn uncommon_status(&self, index: usize) -> Option<WordStatus> {
        let at = self.uncommon.binary_search_by_key(&(index as u32), |uncommon| uncommon.word).ok()?;
        Some(self.uncommon[at].status)
    }

    /// Whether a common word is among them in any case, given in lower case. Of a million answers one may be wrong.
    pub fn has_common(&self, word: &str) -> bool {
        is_among(&self.common, word)
    }

    /// The text of the word at `index`: with straight apostrophes, without markup and soft hyphens.
    ///
    /// # Panics
    ///
    /// Where there is no such word, or `source` is not the text that the words were read from.
    #[inline]
    pub fn text<'a>(&'a self, index: usize, source: &'a str) -> &'a str {
        let word = &self.all[index];
        if word.flags.has(Flags::REWRITTEN)
            && let Ok(at) = self.rewritten.binary_search_by_key(&(index as u32), |(index, _)| *index)
        {
            return &self.rewritten[at].1;
        }
        word.span.of(source)
    }

    /// What the text says of the language of the page.
    pub fn evidence(&self) -> Evidence {
        let counts = WordCounts {
            all: self.all.len(),
            english: self.english,
            uncommon: self.uncommon.len(),
            other: self.other.iter().map(|(words, _)| words.len()).sum(),
        };
        let longest = || self.other.iter().max_by_key(|(words, _)| words.len()).map(|it| it.1.clone());
        Evidence::of(counts, longest)
    }

    /// Notes the languages that elements with the attribute `lang` say of their words, instead of what the text says.
    pub fn mark_languages(&mut self, tags: &[HtmlTag], end: u32) {
        for (part, language) in parts(tags, end) {
            let body = self.all.partition_point(|word| !word.flags.has(Flags::ASIDE));
            let (body, asides) = self.all.split_at_mut(body);
            let flags = Flags::OTHER_LANGUAGE;
            for words in [body, asides] {
                let first = words.partition_point(|word| word.span.start < part.start);
                let words = words[first..].iter_mut().take_while(|word| word.span.end <= part.end);
                words.for_each(|word| match language {
                    Language::English => word.flags = word.flags.without(flags),
                    Language::Other(_) => word.flags = word.flags.with(flags),
                });
            }
        }
    }

    /// How many words of the basic alphabet, parts of names aside, the line has that begins with the word at `first`.
    pub(super) fn count_in_line(&self, first: u32) -> usize {
        let rest = &self.all[first as usize..];
        let others = rest[1..].iter().take_while(|word| !word.flags.has(Flags::NEW_LINE));
        let line = rest[..1].iter().chain(others);
        line.filter(|word| word.span.len() > 1 && !word.flags.has_any(NO_WORD)).count()
    }

    /// Whether the line that begins with the word at `first` is short and among others such that most of them have names
    /// or unknown words, as in a list of people.
    pub(super) fn is_among_names(&self, first: u32, source: &str) -> bool {
        const SHORT: usize = 3;
        const ON_EACH_SIDE: usize = 4;
        const LEAST: usize = 4;
        let begins_line = |word: &Word| word.flags.has(Flags::NEW_LINE);
        let line_at = |first: usize| {
            let others = self.all.get(first + 1..)?.iter().take(SHORT);
            let len = 1 + others.take_while(|word| !begins_line(word)).count();
            (first < self.all.len() && len <= SHORT).then(|| first..first + len)
        };
        let line_before = |line: &Range<usize>| {
            let words = self.all[..line.start].iter().rev().take(SHORT);
            let back = words.take_while(|word| !begins_line(word)).count() + 1;
            line.start.checked_sub(back).and_then(line_at).filter(|before| before.end == line.start)
        };
        let Some(line) = line_at(first as usize) else { return false };
        let before = successors(line_before(&line), line_before);
        let after = successors(line_at(line.end), |line| line_at(line.end));
        let is_name = |word: usize| {
            let is_initial = || WordShape::of(self.text(word, source)) == WordShape::Initial;
            self.uncommon_status(word).is_some_and(|status| status == WordStatus::Unknown || is_initial())
        };
        let (mut all, mut names) = (0, 0);
        for mut line in before.take(ON_EACH_SIDE).chain(after.take(ON_EACH_SIDE)) {
            all += 1;
            names += usize::from(line.any(is_name));
        }
        all >= LEAST && names * 3 >= all * 2
    }

    /// Whether a line is a title that consists of names: of two words or more, each of which has a capital and is not common
    /// English.
    pub(super) fn is_title_of_names(&self, first: u32, source: &str) -> bool {
        let first = first as usize;
        let Some((title, others)) = self.all.get(first..).and_then(<[Word]>::split_first) else {
            return false;
        };
        let count = 1 + others.iter().take_while(|word| !word.flags.has(Flags::NEW_LINE)).count();
        let is_name =
            |at: usize| self.is_uncommon(at) && WordShape::of(self.text(at, source)) == WordShape::Initial;
        title.flags.has(Flags::HEADING) && count >= 2 && (first..first + count).all(is_name)
    }

    /// Takes the words from `first` on, joined by slashes, for parts of names; but not one that is not common English
    /// among others that all are.
    pub(super) fn mark_slashed(&mut self, first: usize) {
        let mut uncommon = self.uncommon.iter().rev().take_while(|it| it.word as usize >= first);
        let only = uncommon.next().filter(|_| uncommon.next().is_none()).map(|it| it.word as usize);
        let is_prose =
            self.all.len() > first + 1 && !self.all[first..].iter().any(|it| it.flags.has_any(NO_WORD));
        for (word, index) in self.all[first..].iter_mut().zip(first..) {
            let flag = if is_prose && only == Some(index) { Flags::SLASHED } else { Flags::IDENTIFIER };
            word.flags = word.flags.with(flag);
        }
    }

    /// Takes the words from `first` on for parts of names.
    pub(super) fn mark_identifiers(&mut self, first: usize) {
        for word in &mut self.all[first..] {
            word.flags = word.flags.with(Flags::IDENTIFIER);
        }
    }
}
