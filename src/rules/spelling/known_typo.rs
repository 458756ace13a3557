use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    rule::{Fixable, Recurrence, Rule},
    rules::spelling::misspellings::{self, LinkedHosts},
    site::{Page, Site},
    spelling::{
        CandidateSource, PageWords, Traits, Verdict, WordStatus, is_function_word, phrases::lacks_apostrophe,
    },
};

declare_rule! {
    /// Common misspelling
    ///
    /// ## What it does
    ///
    /// Reports words that are in a list of about 95,000 common misspellings, unless they are names or words of the
    /// project. To accept a word, add it to the project's dictionary: `copydesk words add WORD`.
    ///
    /// ## Why is this bad?
    ///
    /// Misspellings are distracting, and make the rest of the page look less reliable.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// The nodes are heterogenous.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// The nodes are heterogeneous.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe if there is only one correction, and unsafe if there are several, if the word also occurs in
    /// code on the page or on at least three pages, or if it may be a name: it has a capital letter or at most four letters, and
    /// what is meant is not a word such as `the`. It is unsafe as well where the text may be in another language: the
    /// language of the page is not set, and its text is too short to tell, or the paragraph has no English function
    /// words. It is unsafe, too, for a plural whose correction is a singular, for a part of a name, and for a word that is
    /// common without its last letter.
    pub struct KnownTypo {}
    id = "known-typo",
    severity = Severity::Warning,
    fixable = Fixable::Always,
    changes = Changes::Words,
    recurrence = Recurrence::EqualOrUntouched,
}

impl Rule for KnownTypo {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let hosts = LazyCell::new(|| LinkedHosts::of(page));
        let misspelt = site.reported_misspellings(page).into_iter().filter(|it| {
            it.candidate.source == CandidateSource::Misspelling && !may_be_meant(it) && !hosts.name(it)
        });
        for verdict in misspelt {
            let candidate = &verdict.candidate;
            let message = format!("`{}` is a misspelling of `{}`", verdict.word, candidate.text);
            let diagnostic = sink.report(verdict.place.span, message);
            let corrections = || std::iter::once(&candidate.text).chain(&candidate.others);
            let is_only = candidate.others.is_empty();
            let is_english = page.language.is_certain && !verdict.place.traits.has(Traits::UNSURE_LANGUAGE);
            let is_sure = is_only
                && is_english
                && !is_term(&verdict.word, page, site)
                && !may_be_a_name(verdict)
                && !is_part_of_name(verdict)
                && !is_plural(verdict)
                && !is_word_with_a_letter(verdict);
            let applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
            diagnostic
                .fixes
                .extend(corrections().filter_map(|text| misspellings::fix(verdict, text, applicability)));
            if diagnostic.fixes.is_empty() || !is_only {
                let quoted: Vec<_> = corrections().map(|text| format!("`{text}`")).collect();
                diagnostic.help(format!("use {}", quoted.join(" or ")));
            }
        }
    }
}

/// Whether a word that is usually a misspelling is more likely something else: a name after another one, short or in a list
/// of people, an abbreviation in uppercase, a plural that is not in the dictionary, or a contraction, which
/// `missing-apostrophe` reports.
fn may_be_meant(verdict: &Verdict) -> bool {
    const LONGEST_NAME: usize = 4;
    const LONGEST_ABBREVIATION: usize = 5;
    let (word, traits) = (&*verdict.word, verdict.place.traits);
    let is_upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_inside = !traits.has(Traits::STARTS) && !traits.has(Traits::TITLE);
    let is_name = word.starts_with(|c: char| c.is_ascii_uppercase())
        && (word.len() <= LONGEST_NAME || traits.has(Traits::STRANGE_LINE))
        && traits.has(Traits::BESIDE_CAPITAL)
        && is_inside;
    let is_plural = verdict.candidate.others.is_empty()
        && word.strip_suffix('s') == Some(&*verdict.candidate.text)
        && word.ends_with("bles");
    let is_verb = candidate_stems(word).any(|stem| *verdict.candidate.text == *stem);
    is_upper && word.len() <= LONGEST_ABBREVIATION
        || is_name
        || is_plural
        || is_verb
        || lacks_apostrophe(&word.to_ascii_lowercase())
}

/// The nouns that a verb may be made of: `vapor` and `vapore` of `vaporize`. Such a verb is a word, if a rare one, and no slip
/// for the noun.
fn candidate_stems(word: &str) -> impl Iterator<Item = String> {
    let stem = ["ize", "ise"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or_default();
    ["", "e", "y"].into_iter().filter(|_| !stem.is_empty()).map(move |ending| format!("{stem}{ending}"))
}

/// Whether the correction is the singular, so that a verb or a number beside it may have to change: `four homeworks are`.
fn is_plural(verdict: &Verdict) -> bool {
    verdict.word.strip_suffix('s').is_some_and(|it| it.eq_ignore_ascii_case(&verdict.candidate.text))
}

/// Whether a word is common without its last letter, which may be all that is wrong with it: `quayd` for `quay`.
fn is_word_with_a_letter(verdict: &Verdict) -> bool {
    let word = verdict.word.to_ascii_lowercase();
    let shorter = word.char_indices().next_back().map_or("", |(last, _)| &word[..last]);
    let is_one_word = !verdict.candidate.text.contains(' ');
    is_one_word && *verdict.candidate.text != *shorter && WordStatus::of(shorter) == WordStatus::Common
}

/// Whether a word is a part of a name in lowercase that its correction would change the case of: `quay-plugin-febuary`.
fn is_part_of_name(verdict: &Verdict) -> bool {
    let has_capital = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
    verdict.place.traits.has(Traits::HYPHENATED)
        && !has_capital(&verdict.word)
        && has_capital(&verdict.candidate.text)
}

/// Whether a word is written as names are, which those of firms, people and programs are near: with a capital, even where a sentence
/// begins, or with few letters. What is meant by a slip of a word that is in every sentence is sure.
fn may_be_a_name(verdict: &Verdict) -> bool {
    const LONGEST_PROGRAM: usize = 4;
    let word = &*verdict.word;
    let is_short = word.len() <= LONGEST_PROGRAM && !verdict.candidate.text.contains(' ');
    let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
    (is_short || has_capital) && !is_function_word(&verdict.candidate.text.to_ascii_lowercase())
}

/// The number of pages from which on a word is considered a term of the site.
const MIN_PAGES_OF_TERM: u32 = 3;

/// Whether a word may be correct here: it occurs in code, or on several pages.
fn is_term(word: &str, page: &Page, site: &Site) -> bool {
    let in_code = |words: &PageWords| words.get(word).is_some_and(|it| it.in_code > 0);
    page.words.as_ref().is_some_and(in_code) || site.vocabulary.pages(word) >= MIN_PAGES_OF_TERM
}
