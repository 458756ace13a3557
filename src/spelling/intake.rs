//! Takes the words of a page while they are read. Each is looked up once, here, for all that is asked of it later, so
//! that nobody has to go through all words of a page again.

use super::{
    phrases::{Class, Matcher},
    standing::{Cache, Known, Standing},
    words::{Flags, Gap, Uncommon, Word, Words},
};

/// The words of a page so far.
pub(super) struct Intake<'a> {
    source: &'a str,
    words: Words,
    cache: &'a mut Cache,
    matcher: &'static Matcher,
    /// Of the last words, the nearest one first: their hashes without case.
    lower: [u32; 5],
    /// Of the last word: its class in phrases.
    class: Class,
    /// The first word of the line.
    line: u32,
}

impl<'a> Intake<'a> {
    pub(super) fn new(source: &'a str, cache: &'a mut Cache) -> Self {
        cache.begin_page();
        let (words, matcher) = (Words::for_text_of(source.len()), Matcher::get());
        Self { source, words, cache, matcher, lower: [0; 5], class: 0, line: 0 }
    }

    pub(super) fn finish(self) -> Words {
        self.words
    }

    pub(super) fn len(&self) -> usize {
        self.words.all().len()
    }

    /// Takes the words from `first` on for parts of names.
    pub(super) fn mark_identifiers(&mut self, first: usize) {
        self.words.mark_identifiers(first);
    }

    /// Adds a word that is written as it reads.
    #[inline]
    pub(super) fn push(&mut self, word: Word) {
        let known = if word.flags.has(Flags::FOREIGN) {
            self.foreign(word.span.of(self.source))
        } else {
            self.cache.look_up_at(self.source, word.span)
        };
        self.add(word, known);
    }

    /// Adds a word whose text differs from the source.
    #[cold]
    pub(super) fn push_rewritten(&mut self, mut word: Word, text: String) {
        word.flags = word.flags.with(Flags::REWRITTEN);
        let known =
            if word.flags.has(Flags::FOREIGN) { self.foreign(&text) } else { self.cache.look_up(&text) };
        self.words.rewritten.push((self.len() as u32, text.into()));
        self.add(word, known);
    }

    /// What is known of a word with letters that the lexicon does not have. There may be very many, in Chinese say, and
    /// the cache is for others.
    #[cold]
    fn foreign(&self, text: &str) -> Known {
        Known::foreign(text, self.matcher)
    }

    /// Adds a word, and notes what later parts will ask for.
    #[inline]
    fn add(&mut self, word: Word, known: Known) {
        let index = self.len() as u32;
        if word.flags.has(Flags::NEW_LINE) {
            self.line = index;
        }
        let follows = word.gap == Gap::Blank;
        let before = if follows { self.class } else { 0 };
        let [one, two, three, four, five] = self.lower;
        let twice = known.lower == one
            || (known.lower == two && one == three)
            || (known.lower == three && one == four && two == five);
        // Hardly ever is any of these true, so one branch is better than three.
        if (follows & twice) | known.is_article | self.matcher.is_mark(known.class, before) {
            self.words.phrase_ends.push(index);
        }
        self.lower = [known.lower, one, two, three, four];
        self.class = known.class;
        // A letter by itself is no word to the lexicon.
        if word.span.len() > 1 {
            if known.standing != Standing::Common {
                let standing = known.standing;
                self.words.uncommon.push(Uncommon { word: index, line: self.line, standing });
            } else if known.is_first {
                self.words.common.push(known.lower);
            }
        }
        self.words.all.push(word);
    }
}
