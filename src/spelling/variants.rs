//! Words that a page spells in several ways.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{Flags, Gap, PrefixFilter, Word, Words, has_inner_capital};
use crate::text::Span;

/// A spelling of a word.
#[derive(Debug)]
pub struct Variant {
    /// The word; lowercase unless the variants differ in case.
    pub text: String,
    /// Where it occurs, in order.
    pub spans: Vec<Span>,
}

/// The variants of a word by what they differ in; none where nothing differs.
#[derive(Debug, Default)]
struct WordVariants {
    by_hyphen: Vec<Variant>,
    by_case: Vec<Variant>,
}

/// The variants of each word, by their common letters.
type Variants = HashMap<String, WordVariants>;

/// The words that a page spells in more than one way, each with its variants: the most common one first; of two that are
/// equally common, the one that occurs first. The order of the words is arbitrary.
pub fn variants(words: &Words, source: &str) -> impl Iterator<Item = Vec<Variant>> {
    let mut variants = Variants::new();
    for unit in units(words, source).filter(|unit| unit.is_joined() && unit.is_prose()) {
        let text = unit.text().to_lowercase();
        add(&mut variants.entry(letters(&text)).or_default().by_hyphen, text, unit.span());
    }
    let single = single_uncommon(words, source).filter(Unit::is_prose);
    let (names, plain): (Vec<_>, Vec<_>) = single.partition(|unit| has_inner_capital(&unit.text()));
    for unit in &names {
        let text = unit.text().into_owned();
        add(&mut variants.entry(letters(&text)).or_default().by_case, text, unit.span());
    }
    // Most pages have no second variant. Without one, the other words need not be collected.
    let prefixes: PrefixFilter = variants.keys().map(String::as_str).collect();
    let may_be_variant = |unit: &&Unit<'_>| unit.bytes().is_none_or(|word| prefixes.may_have(word));
    let letters_of = |units: &[Unit<'_>]| -> HashSet<String> {
        units.iter().filter(may_be_variant).map(|unit| letters(&unit.text())).collect()
    };
    let (names, plain) = (letters_of(&names), letters_of(&plain));
    let has_other_variant = |(letters, known): (&String, &WordVariants)| {
        plain.contains(letters)
            || !known.by_hyphen.is_empty() && names.contains(letters)
            || words.has_common(letters)
    };
    if variants.iter().any(has_other_variant) {
        let single = units(words, source).filter(|unit| !unit.is_joined() && may_be_variant(&unit));
        single.filter(Unit::is_prose).for_each(|unit| add_single(&mut variants, &unit));
    }
    let of_words = variants.into_values().flat_map(|known| [known.by_hyphen, known.by_case]);
    of_words.filter(|variants| variants.len() > 1).map(|mut variants| {
        variants.sort_by_key(|variant| (Reverse(variant.spans.len()), variant.spans[0]));
        variants
    })
}

/// Adds a word without hyphens to the variants of the same letters.
fn add_single(variants: &mut Variants, unit: &Unit<'_>) {
    let text = unit.text();
    let Some(known) = variants.get_mut(&letters(&text)) else { return };
    if !known.by_hyphen.is_empty() {
        add(&mut known.by_hyphen, text.to_lowercase(), unit.span());
    }
    // A lowercase name may be a command, an uppercase one may be emphasis.
    if !known.by_case.is_empty() && is_capitalized(&text) {
        add(&mut known.by_case, text.into_owned(), unit.span());
    }
}

/// A word, or several words that are joined by hyphens.
struct Unit<'a> {
    words: &'a Words,
    source: &'a str,
    parts: &'a [Word],
    /// The index of the first part.
    first: usize,
}

fn units<'a>(words: &'a Words, source: &'a str) -> impl Iterator<Item = Unit<'a>> {
    let mut first = 0;
    words.all().chunk_by(|_, next| next.gap == Gap::Hyphen).map(move |parts| {
        let unit = Unit { words, source, parts, first };
        first += parts.len();
        unit
    })
}

/// The words that are not common English words and not joined to others.
fn single_uncommon<'a>(words: &'a Words, source: &'a str) -> impl Iterator<Item = Unit<'a>> {
    let all = words.all();
    let is_joined = |index: usize| all.get(index).is_some_and(|word| word.gap == Gap::Hyphen);
    let single = words.uncommon().filter(move |&index| !is_joined(index) && !is_joined(index + 1));
    single.map(move |first| Unit { words, source, parts: &all[first..=first], first })
}

impl<'a> Unit<'a> {
    fn is_joined(&self) -> bool {
        self.parts.len() > 1
    }

    fn is_prose(&self) -> bool {
        !self.parts.iter().any(|word| word.flags.has_any(Flags::IDENTIFIER.with(Flags::COMMENT)))
    }

    fn span(&self) -> Span {
        self.parts[0].span.join(self.parts[self.parts.len() - 1].span)
    }

    fn text(&self) -> Cow<'a, str> {
        let text = |index| self.words.text(index, self.source);
        if self.is_joined() {
            (self.first..self.first + self.parts.len()).map(text).collect::<Vec<_>>().join("-").into()
        } else {
            text(self.first).into()
        }
    }

    /// The bytes in the source; `None` if they differ from the text.
    fn bytes(&self) -> Option<&'a [u8]> {
        let is_plain = !self.parts[0].flags.has_any(Flags::REWRITTEN.with(Flags::FOREIGN));
        is_plain.then(|| &self.source.as_bytes()[self.span().range()])
    }
}

/// The letters that all variants of a word have in common.
fn letters(word: &str) -> String {
    if word.contains('-') { word.replace('-', "").to_lowercase() } else { word.to_lowercase() }
}

/// Whether only the first letter of a word is uppercase.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn add(variants: &mut Vec<Variant>, text: String, span: Span) {
    match variants.iter_mut().find(|variant| variant.text == text) {
        Some(variant) => variant.spans.push(span),
        None => variants.push(Variant { text, spans: vec![span] }),
    }
}
