use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::super::phrases::in_case_of;
use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    spelling::{Beginnings, Flags, Gap, Word, has_inner_capital},
    text::Span,
};

declare_rule! {
    /// One word is written in two ways
    ///
    /// ## Why
    ///
    /// `upversioning` here and `up-versioning` there make readers wonder whether two things are meant. The rule compares
    /// words that differ in a hyphen only, and names that differ in their capitals only (`GitHub`, `Github`), within
    /// one page; the form that is used less often is reported. Which form is right it does not know, so it is off until
    /// it is asked for. Two words and one (`set up`, `setup`) are not compared: both are often right.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Subclouds report daily. A subcloud that is late is restarted. Each sub-cloud has its own log.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Subclouds report daily. A subcloud that is late is restarted. Each subcloud has its own log.
    /// ```
    pub struct InconsistentSpelling {}
    id = "inconsistent-spelling",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Always,
    changes = Changes::Words,
}

/// What two forms of a word differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Difference {
    Hyphen,
    Capitals,
}

/// A form of a word, and where it stands.
struct Form {
    text: String,
    spans: Vec<Span>,
}

/// The forms of each word, by what they have in common.
type Forms = HashMap<(Difference, String), Vec<Form>>;

impl Rule for InconsistentSpelling {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut forms = Forms::new();
        for unit in units(doc).filter(|unit| unit.is_joined() && unit.is_prose()) {
            let text = unit.text().to_lowercase();
            add(forms.entry((Difference::Hyphen, letters(&text))).or_default(), text, unit.span());
        }
        let single = single_uncommon(doc).filter(Unit::is_prose);
        let (names, plain): (Vec<_>, Vec<_>) = single.partition(|unit| has_inner_capital(&unit.text()));
        for unit in &names {
            let text = unit.text().into_owned();
            add(forms.entry((Difference::Capitals, letters(&text))).or_default(), text, unit.span());
        }
        // Words of the usual form matter only where there is another one, and most pages have just that.
        let beginnings: Beginnings = forms.keys().map(|(_, letters)| letters.as_str()).collect();
        let may_be_one = |unit: &&Unit<'_>| unit.bytes().is_none_or(|word| beginnings.may_have(word));
        let of = |units: &[Unit<'_>]| -> HashSet<String> {
            units.iter().filter(may_be_one).map(|unit| letters(&unit.text())).collect()
        };
        let (names, plain) = (of(&names), of(&plain));
        let has_other_form = |(difference, letters): &(Difference, String)| {
            doc.words().has_common(letters)
                || plain.contains(letters)
                || *difference == Difference::Hyphen && names.contains(letters)
        };
        if forms.keys().any(has_other_form) {
            for unit in units(doc).filter(|unit| !unit.is_joined() && may_be_one(&unit) && unit.is_prose()) {
                add_single(&mut forms, &unit);
            }
        }
        for forms in forms.into_values().filter(|forms| forms.len() > 1) {
            report(doc, forms, sink);
        }
    }
}

/// Adds a word without hyphens to those that have another form.
fn add_single(forms: &mut Forms, unit: &Unit<'_>) {
    let text = unit.text();
    let letters = letters(&text);
    if let Some(known) = forms.get_mut(&(Difference::Hyphen, letters.clone())) {
        add(known, text.to_lowercase(), unit.span());
    }
    // In small letters a name may be a command, in capitals it may be shouted.
    let is_shape = is_capitalised(&text);
    if let Some(known) = forms.get_mut(&(Difference::Capitals, letters)).filter(|_| is_shape) {
        add(known, text.into_owned(), unit.span());
    }
}

/// A word of a page, or several that hyphens join.
struct Unit<'a> {
    doc: &'a Document,
    parts: &'a [Word],
    /// The index of the first of them.
    first: usize,
}

fn units(doc: &Document) -> impl Iterator<Item = Unit<'_>> {
    let mut first = 0;
    doc.words().all().chunk_by(|_, next| next.gap == Gap::Hyphen).map(move |parts| {
        let unit = Unit { doc, parts, first };
        first += parts.len();
        unit
    })
}

/// The words that are not common English and that no hyphen joins to others.
fn single_uncommon(doc: &Document) -> impl Iterator<Item = Unit<'_>> {
    let all = doc.words().all();
    let is_joined = |index: usize| all.get(index).is_some_and(|word| word.gap == Gap::Hyphen);
    let single = doc.words().uncommon().filter(move |&index| !is_joined(index) && !is_joined(index + 1));
    single.map(move |first| Unit { doc, parts: &all[first..=first], first })
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
        let text = |index| self.doc.words().text(index, &self.doc.source);
        if self.is_joined() {
            (self.first..self.first + self.parts.len()).map(text).collect::<Vec<_>>().join("-").into()
        } else {
            text(self.first).into()
        }
    }

    /// As it stands in the source; nothing where it reads otherwise than it is written.
    fn bytes(&self) -> Option<&'a [u8]> {
        let is_plain = !self.parts[0].flags.has_any(Flags::REWRITTEN.with(Flags::FOREIGN));
        is_plain.then(|| &self.doc.source.as_bytes()[self.span().range()])
    }
}

/// What all forms of a word have in common.
fn letters(word: &str) -> String {
    word.replace('-', "").to_lowercase()
}

/// Whether a word has one capital, and begins with it.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn add(forms: &mut Vec<Form>, text: String, span: Span) {
    match forms.iter_mut().find(|form| form.text == text) {
        Some(form) => form.spans.push(span),
        None => forms.push(Form { text, spans: vec![span] }),
    }
}

fn report(doc: &Document, mut forms: Vec<Form>, sink: &mut Sink<'_>) {
    // The commonest form first; of two that are as common, the one that stands first.
    forms.sort_by_key(|form| (Reverse(form.spans.len()), form.spans[0]));
    let usual = forms.remove(0);
    for span in forms.iter().flat_map(|form| &form.spans) {
        let written = doc.slice(*span);
        let right = in_case_of(written, &usual.text);
        sink.report(*span, format!("`{written}` is written `{right}` elsewhere on this page"))
            .label(usual.spans[0], "here, for one")
            .help("write it in one way")
            .fix(Fix::replace(format!("write `{right}`"), Applicability::Unsafe, *span, right));
    }
}
