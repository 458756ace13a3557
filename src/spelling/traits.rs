//! What is known of a word at one place: where it is in its sentence, and what is beside it.

use super::{
    derivation::is_suffix,
    lexicon,
    word_shape::WordShape,
    words::{Flags, Gap, Word, Words},
};

/// What is known of a word at one place: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Traits(u32);

impl Traits {
    /// A sentence, a line of a list, a quotation begins here.
    pub const STARTS: Self = Self(1);
    /// It is in a heading or a title.
    pub const TITLE: Self = Self(1 << 1);
    /// A capitalised word is beside it, as in names of people and in titles.
    pub const BESIDE_CAPITAL: Self = Self(1 << 2);
    /// It is joined to a word by a hyphen.
    pub const HYPHENATED: Self = Self(1 << 3);
    /// Many words of its line, or lines around a short one, are unknown or names: another language, a list of people.
    pub const STRANGE_LINE: Self = Self(1 << 4);
    /// `'s` follows.
    pub const POSSESSIVE: Self = Self(1 << 5);
    /// There is markup inside it, or something that readers do not see.
    pub const MARKED_UP: Self = Self(1 << 6);
    /// Its apostrophe is the typographic one.
    pub const CURLY: Self = Self(1 << 7);
    /// That capitalised word is not common English: a name.
    pub const BESIDE_NAME: Self = Self(1 << 8);
    /// It is joined by slashes to words that are common English.
    pub const SLASHED: Self = Self(1 << 9);
    /// Nothing around it shows that it is part of an English text.
    pub const UNSURE_LANGUAGE: Self = Self(1 << 10);
    /// Somebody is given credit by this name.
    pub const CREDITED: Self = Self(1 << 11);
    /// A word of French with an elision, such as `d'être`, is beside it.
    pub const BESIDE_FOREIGN: Self = Self(1 << 12);
    /// A preposition is before it.
    pub const AFTER_PREPOSITION: Self = Self(1 << 13);
    /// That preposition is `to`.
    pub const AFTER_TO: Self = Self(1 << 14);
    /// A comparative is before it.
    pub const AFTER_COMPARATIVE: Self = Self(1 << 15);
    /// A finite verb is after it.
    pub const BEFORE_FINITE: Self = Self(1 << 16);
    /// A word that asks for `the` is after it: `same`.
    pub const BEFORE_RANKED: Self = Self(1 << 17);
    /// It is not a word of its own, or spelled this way on purpose: see [`is_meant`].
    pub const MEANT: Self = Self(1 << 18);
    /// All that the words beside it say of what fits there.
    pub(super) const FITTING: Self = Self(
        Self::AFTER_PREPOSITION.0
            | Self::AFTER_TO.0
            | Self::AFTER_COMPARATIVE.0
            | Self::BEFORE_FINITE.0
            | Self::BEFORE_RANKED.0,
    );

    /// Whether the set has `other`.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a capitalised word is beside it, common or not.
    pub(super) const fn is_beside_name(self) -> bool {
        self.has(Self::BESIDE_CAPITAL) || self.has(Self::BESIDE_NAME)
    }

    /// What both sets have.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What one of the sets has.
    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

const CURLY: char = '\u{2019}';

/// What is known of the word with this index, whatever is beside it.
pub(super) fn own_traits(source: &str, words: &Words, index: usize) -> Traits {
    let word = &words.all()[index];
    let rewritten = word.flags.has(Flags::REWRITTEN);
    let written = word.span.of(source);
    let hyphenated = word.gap == Gap::Hyphen || word.flags.has(Flags::BEFORE_HYPHEN);
    Traits::default()
        .with(Traits::STARTS, starts(word))
        .with(Traits::TITLE, word.flags.has(Flags::HEADING))
        .with(Traits::SLASHED, word.flags.has(Flags::SLASHED))
        .with(Traits::HYPHENATED, hyphenated)
        .with(Traits::UNSURE_LANGUAGE, word.flags.has(Flags::UNSURE_LANGUAGE))
        .with(Traits::MARKED_UP, rewritten && !written.replace(CURLY, "'").eq(words.text(index, source)))
        .with(Traits::CURLY, rewritten && written.contains(CURLY))
        .with(Traits::MEANT, is_meant(source, word))
}

/// Whether a word is the rest of one that markup splits, as in `**A**nchor`, the name of a hidden file, `.quaysession`, has lost its
/// `g` to an apostrophe, `rowin' home`, or is drawn out: `riiight`.
fn is_meant(source: &str, word: &Word) -> bool {
    const APOSTROPHES: [&str; 4] = ["'", "\u{2019}", "&#8217;", "&rsquo;"];
    let (before, after) = (&source[..word.span.start as usize], &source[word.span.end as usize..]);
    let is_split_or_hidden = match before.as_bytes().last() {
        Some(b'*' | b'_' | b'[') => before.trim_end_matches(['*', '_', '[']).ends_with(char::is_alphanumeric),
        Some(b'.') => before[..before.len() - 1].ends_with(['/', ' ', '`', '(']),
        _ => false,
    };
    let has_elision = || {
        let is_elided = |mark: &&str| {
            after.strip_prefix(*mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        word.span.of(source).ends_with("in") && APOSTROPHES.iter().any(is_elided)
    };
    let is_hyphenated = before.ends_with("&shy;")
        || after.starts_with("&shy;")
        || word.gap == Gap::Hyphen && is_suffix(word.span.of(source));
    is_split_or_hidden
        || is_hyphenated
        || has_elision()
        || is_drawn_out(word.span.of(source))
        || is_combining(word, after, source)
        || is_listed_abbreviation(before, word.span.of(source), after)
        || is_after_initial(before, word.span.of(source))
        || is_in_path(before, after)
        || is_mentioned(before, after)
        || is_firm(word.span.of(source), after)
        || has_version(word.span.of(source), after)
}

/// Whether a word is the name of a firm, whose legal form follows: `Tidalys, Inc.`
fn is_firm(word: &str, after: &str) -> bool {
    const FORMS: [&str; 9] = ["Inc", "Ltd", "LLC", "GmbH", "AG", "Corp", "Limited", "Oy", "B.V"];
    let rest = after.strip_prefix(',').unwrap_or(after).strip_prefix(' ').unwrap_or_default();
    let is_form =
        |form: &&str| rest.strip_prefix(*form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    word.starts_with(|c: char| c.is_ascii_uppercase()) && FORMS.iter().any(is_form)
}

/// Whether a word is the first part of one of science, before a known word: `pelago-benthic`.
fn is_combining(word: &Word, after: &str, source: &str) -> bool {
    const SHORTEST: usize = 5;
    let written = word.span.of(source);
    let is_known = |next: &str| {
        let end = next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len());
        lexicon::is_known_lower(&next[..end].to_ascii_lowercase())
    };
    word.flags.has(Flags::BEFORE_HYPHEN)
        && written.len() >= SHORTEST
        && written.ends_with('o')
        && after.strip_prefix('-').is_some_and(is_known)
}

/// Whether a word with a capital comes after an initial, as in the name of a person: `Mira T. Quaye`.
fn is_after_initial(before: &str, word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let initial = before.strip_suffix(". ").or_else(|| before.strip_suffix(".\u{a0}"));
    initial.and_then(|text| text.strip_suffix(|c: char| c.is_ascii_uppercase())).is_some_and(|text| {
        text.is_empty() || text.ends_with([' ', '.', '-', '\n', '>', '*', '_', '[', '(', ','])
    })
}

/// Whether a word in uppercase is alone between commas or parentheses: `(ESA, QUAYEX, ISRO)`.
fn is_listed_abbreviation(before: &str, word: &str, after: &str) -> bool {
    after.starts_with([',', ')'])
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && before.trim_end_matches([' ', '\n']).ends_with([',', '('])
}

/// So many bytes beside a word are looked at.
const REACH: usize = 200;

/// The text between a word and what ends its line, at most [`REACH`] bytes.
fn line_after(after: &str) -> &str {
    let line = after.lines().next().unwrap_or_default();
    let end = (0..=line.len().min(REACH)).rev().find(|at| line.is_char_boundary(*at));
    &line[..end.unwrap_or(0)]
}

/// The same before the word.
fn line_before(before: &str) -> &str {
    let start = (before.len().saturating_sub(REACH)..before.len()).find(|at| before.is_char_boundary(*at));
    let near = &before[start.unwrap_or(before.len())..];
    near.rsplit('\n').next().unwrap_or(near)
}

/// Whether a word is in a path of three parts or more, which names things: `ferry/quay/lamp`.
fn is_in_path(before: &str, after: &str) -> bool {
    if !before.ends_with('/') && !after.starts_with('/') {
        return false;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
    let head = line_before(before).rsplit(ends).next().unwrap_or_default();
    let tail = line_after(after).split(ends).next().unwrap_or_default();
    head.matches('/').count() + tail.matches('/').count() >= 2
}

/// Whether a line tells of a misspelling, and the word is the one: in quotes, or before an arrow.
fn is_mentioned(before: &str, after: &str) -> bool {
    const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201C}', '\u{201D}', '\u{2018}', '\u{2019}'];
    // Behind most words is a letter, a comma or the like.
    let next = after.bytes().find(|byte| *byte != b' ');
    if !next.is_some_and(|byte| b"\"'`-=".contains(&byte) || byte >= 0x80) {
        return false;
    }
    let is_quoted = before.ends_with(QUOTES) && after.starts_with(QUOTES);
    let is_replaced = || {
        let rest = after.trim_start_matches(QUOTES).trim_start();
        rest.starts_with("->") || rest.starts_with("=>") || rest.starts_with('\u{2192}')
    };
    let tells = |line: &str| {
        let line = line.to_ascii_lowercase();
        line.contains("typo") || line.contains("spell") || line.contains("spelt")
    };
    (is_quoted || is_replaced()) && (tells(line_before(before)) || tells(line_after(after)))
}

/// Whether the number of a version follows a word in lowercase, as after the name of a program: `ferryd v2`, `from 0.9.1
/// to 1.0`. A capital rather begins the word that says what is new: `Candidate v2`.
fn has_version(word: &str, after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or_default();
    if !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'v' | 'f' | 't')) {
        return false;
    }
    let rest = rest.strip_prefix("from ").or_else(|| rest.strip_prefix("to ")).unwrap_or(rest);
    let number = rest.strip_prefix('v').unwrap_or(rest);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_part = || {
        let next = number.as_bytes().get(digits..digits + 2);
        next.is_some_and(|next| next[0] == b'.' && (next[1].is_ascii_digit() || next[1] == b'x'))
    };
    let has_number = digits > 0 && (number.len() < rest.len() || is_part());
    has_number && !word.starts_with(char::is_uppercase) && lexicon::corrections(word).is_none()
}

/// Whether a letter is written so often that somebody drew it out: `riiight`, `hmmmm`. Of three that words may have twice, one
/// is a slip.
fn is_drawn_out(word: &str) -> bool {
    let (mut last, mut run) = (0, 0);
    word.bytes().any(|byte| {
        run = if byte == last { run + 1 } else { 1 };
        last = byte;
        run == 4 && byte.is_ascii_lowercase() || run == 3 && b"aiu".contains(&byte)
    })
}

/// Whether a sentence, or something like one, begins with a word.
const fn starts(word: &Word) -> bool {
    matches!(word.gap, Gap::Start | Gap::Sentence)
}

/// Whether a word is where changes and lists of people have what somebody calls themselves: alone in parentheses or in the text
/// of a link to another site, or at the start of a line that goes on with a link: `- fuine [fixed](https://…) the lamp`.
fn is_handle(source: &str, word: &Word) -> bool {
    let written = word.span.of(source);
    let before = source[..word.span.start as usize].bytes().next_back();
    let after = &source[word.span.end as usize..];
    written.bytes().all(|byte| byte.is_ascii_lowercase())
        && match before {
            Some(b'(') => after.starts_with(')'),
            Some(b'[') => after.starts_with("](http"),
            _ => word.gap == Gap::Start && after.starts_with(" ["),
        }
}

/// What is known of the word with this index, as a word of English.
pub(super) fn traits(source: &str, words: &Words, index: usize) -> Traits {
    let all = words.all();
    let word = &all[index];
    let joined = |gap: Gap| matches!(gap, Gap::Blank | Gap::Hyphen);
    let initial =
        |index: usize| words.text(index, source).as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    let after_capital = index > 0 && joined(word.gap) && initial(index - 1) && !starts(&all[index - 1]);
    let before_capital = all.get(index + 1).is_some_and(|next| joined(next.gap))
        && words.text(index + 1, source).as_bytes().get(1).is_some_and(u8::is_ascii_lowercase)
        && initial(index + 1);
    // Abbreviations and brands in mixed case are not names of people.
    let is_name = |index: usize| {
        let text = words.text(index, source);
        // Two misspellings side by side are not a name.
        words.is_uncommon(index)
            && WordShape::of(text) == WordShape::Initial
            && lexicon::corrections(text).is_none()
    };
    // In lists of people commas are between the names.
    let listed = |gap: Gap| joined(gap) || gap == Gap::Other;
    // What somebody has is not part of the name.
    let has_owner = |index: usize| words.text(index, source).contains('\'');
    let after_name = index > 0 && listed(word.gap) && is_name(index - 1) && !has_owner(index - 1);
    let before_name = all.get(index + 1).is_some_and(|next| listed(next.gap)) && is_name(index + 1);
    let before = |back: usize| index.checked_sub(back).map_or("", |at| words.text(at, source));
    let is_first = |index: usize| !matches!(all[index].gap, Gap::Blank | Gap::Hyphen);
    let credited = word.gap == Gap::Blank
        && match before(1) {
            "by" | "By" => is_first(index - 1),
            "to" => before(2).eq_ignore_ascii_case("thanks"),
            _ => false,
        }
        || is_handle(source, word);
    let foreign = |index: usize| {
        let rest = source[all[index].span.start as usize..].strip_prefix(['d', 'l']);
        rest.is_some_and(|rest| rest.starts_with(['\'', CURLY]))
    };
    let after_foreign = index > 0 && word.gap == Gap::Blank && foreign(index - 1);
    let before_foreign = all.get(index + 1).is_some_and(|next| next.gap == Gap::Blank) && foreign(index + 1);
    let beside = Traits::beside(source, words, index)
        .with(Traits::BESIDE_CAPITAL, after_capital || before_capital)
        .with(Traits::BESIDE_NAME, after_name || before_name)
        .with(Traits::BESIDE_FOREIGN, after_foreign || before_foreign)
        .with(Traits::CREDITED, credited);
    own_traits(source, words, index).or(beside)
}
