//! Takes the words of a page while they are read. Each is looked up once, here, for all that is asked of it later, so
//! that the words of a page are gone through once.

use super::{
    language::{Signs, WordSign, is_in_other_script, is_other},
    phrases::{Class, Matcher},
    word_status::{KnownWord, WordCache, WordStatus},
    words::{Flags, Gap, Uncommon, Word, Words},
};

/// What is not looked up by what the source has.
const UNUSUAL: Flags = Flags::FOREIGN.with(Flags::REWRITTEN);

/// The words of a page so far.
pub(super) struct WordCollector<'a> {
    source: &'a str,
    words: Words,
    cache: &'a mut WordCache,
    matcher: &'static Matcher,
    /// Of the last words, the nearest one first: their hashes without case.
    lower: [u32; 5],
    /// Of the last word: its class in phrases.
    class: Class,
    /// The first word of the line.
    line: u32,
    /// How many words, and how many of them uncommon ones, there were when the block began.
    block: (usize, usize),
}

impl<'a> WordCollector<'a> {
    pub(super) fn new(source: &'a str, cache: &'a mut WordCache) -> Self {
        cache.begin_page();
        let (words, matcher) = (Words::for_text_of(source.len()), Matcher::get());
        Self { source, words, cache, matcher, lower: [0; 5], class: 0, line: 0, block: (0, 0) }
    }

    pub(super) fn finish(mut self) -> Words {
        self.end_block();
        self.words
    }

    /// A block of text ends. One with many words that are not common English may be in another language.
    pub(super) fn end_block(&mut self) {
        const SHARE: usize = 4;
        let (first, first_uncommon) = self.block;
        let (all, uncommon) = (self.len() - first, self.words.uncommon.len() - first_uncommon);
        if all > 0 && uncommon * SHARE >= all {
            self.judge_block(first, uncommon);
        }
        self.block = (self.len(), self.words.uncommon.len());
    }

    #[cold]
    fn judge_block(&mut self, first: usize, uncommon: usize) {
        const LEAST: usize = 4;
        let end = self.len();
        let sign = |index: usize| {
            let word = self.words.all()[index];
            if word.flags.has_any(UNUSUAL) {
                let text = self.words.text(index, self.source);
                let is_in_other_script = is_in_other_script(text);
                let may_have_marks = word.flags.has(Flags::FOREIGN) && !is_in_other_script;
                let signs = if may_have_marks { Signs::of(text) } else { word.signs };
                WordSign { len: text.len(), is_in_other_script, signs }
            } else {
                WordSign { len: word.span.len() as usize, is_in_other_script: false, signs: word.signs }
            }
        };
        let is_english = |sign: WordSign| sign.signs.is_english();
        let flag = if let Some(language) = is_other((first..end).map(sign)) {
            self.words.other.push((first as u32..end as u32, language));
            Flags::OTHER_LANGUAGE
        } else if end - first >= LEAST
            && uncommon * 2 >= end - first
            && !(first..end).map(sign).any(is_english)
        {
            // Of four words of English, one is known, or an abbreviation.
            let is_strange = |it: &&Uncommon| {
                let text = self.words.text(it.word as usize, self.source);
                it.status == WordStatus::Unknown && text.bytes().any(|byte| byte.is_ascii_lowercase())
            };
            let strange = self.words.uncommon[self.block.1..].iter().filter(is_strange).count();
            if strange * 4 > (end - first) * 3 { Flags::OTHER_LANGUAGE } else { Flags::UNSURE_LANGUAGE }
        } else {
            return;
        };
        for word in &mut self.words.all[first..] {
            word.flags = word.flags.with(flag);
        }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.words.all().len()
    }

    /// Takes the words from `first` on for parts of names.
    pub(super) fn mark_identifiers(&mut self, first: usize) {
        self.words.mark_identifiers(first);
    }

    /// The same for words that slashes join, unless they are prose.
    pub(super) fn mark_slashed(&mut self, first: usize) {
        self.words.mark_slashed(first);
    }

    /// Adds a word.
    #[inline]
    pub(super) fn push(&mut self, word: Word) {
        let known = if word.flags.has_any(UNUSUAL) {
            self.look_up_unusual(word)
        } else {
            self.cache.look_up_at(self.source, word.span)
        };
        self.add(word, known);
    }

    /// Adds a word whose text differs from the source.
    #[cold]
    pub(super) fn push_rewritten(&mut self, mut word: Word, text: String) {
        word.flags = word.flags.with(Flags::REWRITTEN);
        self.words.rewritten.push((self.len() as u32, text.into()));
        self.push(word);
    }

    /// What is known of a word that does not read as it is written, or has letters that the lexicon does not have. Of those,
    /// there may be very many, in Chinese say, and the cache is for others.
    #[cold]
    fn look_up_unusual(&mut self, word: Word) -> KnownWord {
        let rewritten = self.words.rewritten.last().filter(|_| word.flags.has(Flags::REWRITTEN));
        let text = rewritten.map_or_else(|| word.span.of(self.source), |(_, text)| text);
        if word.flags.has(Flags::FOREIGN) {
            KnownWord::foreign(text, self.matcher)
        } else {
            self.cache.look_up(text)
        }
    }

    /// Adds a word, and notes what later parts will ask for.
    #[inline]
    fn add(&mut self, mut word: Word, known: KnownWord) {
        let index = self.len() as u32;
        if word.flags.has(Flags::NEW_LINE) {
            self.line = index;
        }
        let follows = word.gap == Gap::Blank;
        let before = if follows { self.class } else { 0 };
        let [one, two, three, four, _] = self.lower;
        let comes_again = [one, two, three].contains(&known.lower);
        // Hardly ever is any of these true, so one branch is better than three.
        if (follows & comes_again) | known.is_article() | self.matcher.is_mark(known.class, before) {
            self.note_phrase_end(index, known, follows, before);
        }
        self.lower = [known.lower, one, two, three, four];
        self.class = known.class;
        self.words.english += usize::from(known.signs.is_english());
        // A letter by itself is not a word to the lexicon.
        if word.span.len() > 1 {
            let status = known.status();
            if status != WordStatus::Common {
                self.words.uncommon.push(Uncommon { word: index, line: self.line, status });
            } else if known.is_first {
                self.words.common.push(known.lower);
            }
        }
        word.class = known.class;
        word.signs = known.signs;
        self.words.all.push(word);
    }

    /// Notes a word that may end a wrong phrase; `before` is the class of the word before it, if only a blank is between.
    #[inline(never)]
    fn note_phrase_end(&mut self, index: u32, known: KnownWord, follows: bool, before: Class) {
        let [one, two, three, four, five] = self.lower;
        let is_repetition = follows
            && (known.lower == one
                || (known.lower == two && one == three)
                || (known.lower == three && one == four && two == five));
        if is_repetition {
            self.words.repetition_ends.push(index);
        }
        if is_repetition || known.is_article() || self.matcher.is_mark(known.class, before) {
            self.words.phrase_ends.push(index);
        }
    }
}
