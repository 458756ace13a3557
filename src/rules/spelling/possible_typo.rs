use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    rule::{Fixable, Recurrence, Rule},
    rules::spelling::misspellings::{self, LinkedHosts},
    site::{Page, Site},
    spelling::{CandidateSource, EditKind, PageWord, Verdict},
    text::quantity,
};

declare_rule! {
    /// Likely misspelling of a known word
    ///
    /// ## What it does
    ///
    /// Reports words that no dictionary contains and that are a likely misspelling of a common English word or of a
    /// term. A term is a word that the page repeats, uses in a heading or in code, or shares with other pages. Names,
    /// words that the site uses often, code, and text in other languages are ignored.
    ///
    /// `copydesk explain --word WORD FILE` shows why a word is or is not reported. To accept a word, add it to the
    /// project's dictionary: `copydesk words add WORD`. With `spelling.sensitivity: sensitive` in the config, the rule
    /// finds more typos and reports more correct words; with `off`, it does not check unknown words.
    ///
    /// ## Why is this bad?
    ///
    /// Most typos are in no list of common misspellings: a neighboring key, a missing or doubled letter, two
    /// transposed letters, and above all typos in names that only this site uses.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # Moving to HarborGrid
    ///
    /// Neyond that, HarvorGrid is fast.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # Moving to HarborGrid
    ///
    /// Beyond that, HarborGrid is fast.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the word may be correct.
    pub struct PossibleTypo {}
    id = "possible-typo",
    severity = Severity::Warning,
    fixable = Fixable::Sometimes,
    changes = Changes::Words,
    recurrence = Recurrence::EqualOrUntouched,
}

impl Rule for PossibleTypo {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let hosts = LazyCell::new(|| LinkedHosts::of(page));
        let unknown = site
            .reported_misspellings(page)
            .into_iter()
            .filter(|it| it.candidate.source != CandidateSource::Misspelling)
            .filter(|it| !hosts.name(it));
        for verdict in unknown {
            let candidate = &verdict.candidate;
            let origin = origin(verdict, page, site);
            let message =
                format!("`{}` looks like a misspelling of `{}`{origin}", verdict.word, candidate.text);
            let diagnostic = sink.report(verdict.place.span, message);
            diagnostic.note(edit_name(candidate.edit_kind));
            diagnostic.help(format!("if the word is correct, run `copydesk words add {}`", verdict.word));
            diagnostic.fixes.extend(misspellings::fix(verdict, &candidate.text, Applicability::Unsafe));
            let heading = term(verdict, page).filter(|_| candidate.source != CandidateSource::Word);
            if let Some(heading) = heading.and_then(|term| term.heading) {
                diagnostic.label(heading, "spelled this way in a heading");
            }
        }
    }
}

const fn edit_name(edit_kind: EditKind) -> &'static str {
    match edit_kind {
        EditKind::Swapped | EditKind::Moved => "transposed letters",
        EditKind::Undoubled | EditKind::Dropped => "missing letter",
        EditKind::Doubled | EditKind::Inserted | EditKind::BesideKey => "extra letter",
        EditKind::NeighbourKey => "adjacent key",
        EditKind::Vowel | EditKind::Similar | EditKind::Substituted => "wrong letter",
        EditKind::Several => "several wrong letters",
    }
}

/// Where the correct word occurs, unless it is in the dictionary.
fn origin(verdict: &Verdict, page: &Page, site: &Site) -> String {
    if matches!(
        verdict.candidate.source,
        CandidateSource::Misspelling | CandidateSource::Word | CandidateSource::Brand
    ) {
        return String::new();
    }
    match (term(verdict, page).map(|term| term.count), site.vocabulary.pages(&verdict.candidate.text)) {
        (Some(0), _) => ", used in code on this page".to_owned(),
        (Some(1), _) => ", used on this page".to_owned(),
        (Some(times), _) => format!(", used {} on this page", quantity(times, "time")),
        (None, 0 | 1) => ", a word of this project".to_owned(),
        (None, pages) => format!(", used on {}", quantity(pages, "page")),
    }
}

fn term<'a>(verdict: &Verdict, page: &'a Page) -> Option<&'a PageWord> {
    let cases = page.words.as_ref()?.cases(&verdict.candidate.text);
    cases.iter().find(|term| *term.text == *verdict.candidate.text).or(cases.first())
}
