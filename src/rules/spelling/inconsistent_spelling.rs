use std::{cmp::Reverse, collections::HashMap};

use super::super::phrases::in_case_of;
use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    spelling::{Flags, Gap},
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
        // Words of the usual form matter only where there is another one.
        collect(doc, |written, span| {
            if written.contains('-') {
                add(
                    forms.entry((Difference::Hyphen, letters(written))).or_default(),
                    written.to_lowercase(),
                    span,
                );
            } else if has_inner_capital(written) {
                add(
                    forms.entry((Difference::Capitals, letters(written))).or_default(),
                    written.to_owned(),
                    span,
                );
            }
        });
        if forms.is_empty() {
            return;
        }
        collect(doc, |written, span| {
            if written.contains('-') {
                return;
            }
            let (letters, is_name) = (letters(written), has_inner_capital(written));
            let capitalised = written.chars().next().is_some_and(char::is_uppercase)
                && written.chars().skip(1).all(char::is_lowercase);
            if let Some(known) = forms.get_mut(&(Difference::Hyphen, letters.clone())) {
                add(known, written.to_lowercase(), span);
            }
            // In small letters a name may be a command, in capitals it may be shouted.
            if let Some(known) =
                forms.get_mut(&(Difference::Capitals, letters)).filter(|_| capitalised && !is_name)
            {
                add(known, written.to_owned(), span);
            }
        });
        for forms in forms.into_values().filter(|forms| forms.len() > 1) {
            report(doc, forms, sink);
        }
    }
}

/// Gives the words of a page, those that hyphens join as one.
fn collect(doc: &Document, mut give: impl FnMut(&str, Span)) {
    let words = doc.words();
    let skipped = Flags::IDENTIFIER.with(Flags::COMMENT);
    let mut rest = words.all();
    let mut index = 0;
    while let Some(first) = rest.first() {
        let count = 1 + rest[1..].iter().take_while(|word| word.gap == Gap::Hyphen).count();
        let (unit, others) = rest.split_at(count);
        if !unit.iter().any(|word| word.flags.has_any(skipped)) {
            let texts: Vec<_> = (index..index + count).map(|at| words.text(at, &doc.source)).collect();
            give(&texts.join("-"), first.span.join(unit[count - 1].span));
        }
        index += count;
        rest = others;
    }
}

/// What all forms of a word have in common.
fn letters(word: &str) -> String {
    word.replace('-', "").to_lowercase()
}

/// Whether a capital follows a small letter, as in names.
fn has_inner_capital(word: &str) -> bool {
    word.chars()
        .zip(word.chars().skip(1))
        .any(|(first, second)| first.is_lowercase() && second.is_uppercase())
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
