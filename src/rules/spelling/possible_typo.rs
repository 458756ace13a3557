use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    rule::{Fixable, Recurrence, Rule},
    rules::spelling::misspellings::{self, LinkedHosts},
    site::{Page, Site},
    spelling::{CandidateSource, EditKind, PageWord, Variety, Verdict, is_prefix},
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
            .filter(|it| !hosts.name(it) && !is_named_by_file(it, page) && !is_another_word(it, page));
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

/// Whether a word is the name of the page's file, which the page is about.
fn is_named_by_file(verdict: &Verdict, page: &Page) -> bool {
    page.path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|it| it.eq_ignore_ascii_case(&verdict.word))
}

/// Whether a word is made of a name or of a word of the page, or is a name that differs in an abbreviation.
fn is_another_word(verdict: &Verdict, page: &Page) -> bool {
    const SHORTEST: usize = 6;
    let (word, right) = (&*verdict.word, &*verdict.candidate.text);
    let is_on_page = |text: &str| page.words.as_ref().is_some_and(|it| !it.cases(text).is_empty());
    // `Quayla` and the `Quaylans` who work there.
    let is_member = right.starts_with(|c: char| c.is_ascii_uppercase())
        && right.ends_with('a')
        && word.strip_prefix(right).is_some_and(|rest| matches!(rest, "n" | "ns"));
    // `unmoored` where the page has `moored`.
    let is_prefixed = || {
        let rests = (1..word.len().saturating_sub(SHORTEST - 1)).filter(|at| is_prefix(&word[..*at]));
        { rests }.any(|at| is_on_page(&word[at..]))
    };
    // `OpenQRS` and `OpenQRT`.
    let differs_in_capital = || {
        let pairs = || word.bytes().zip(right.bytes()).enumerate().filter(|(_, (one, other))| one != other);
        let is_capital = |(at, (one, other)): (usize, (u8, u8))| {
            at > 0 && one.is_ascii_uppercase() && other.is_ascii_uppercase()
        };
        word.len() == right.len()
            && pairs().count() == 1
            && pairs().all(is_capital)
            && word.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    // `IIeria`, which is wrong itself.
    let is_odd = |text: &str| matches!(text.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_lowercase));
    // `quaycentre`, which ends like a word of the other English.
    let is_of_variety = || {
        let ends =
            (1..word.len()).filter(|at| word.is_char_boundary(*at) && right.get(..*at) == word.get(..*at));
        { ends }.any(|at| Variety::of(&word[at..]).is_some_and(|(_, other)| right[at..] == other))
    };
    is_member
        || is_of_variety()
        || is_prefixed()
        || differs_in_capital() && !is_on_page(right)
        || is_odd(right) && !is_odd(word)
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
