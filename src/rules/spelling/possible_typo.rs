use crate::{
    declare_rule,
    diagnostic::{Diagnostic, Severity, Sink},
    fix::{Applicability, Changes},
    rule::{Fixable, Rule},
    rules::misspellings,
    site::{Page, Site},
    spelling::{PageWord, Slip, Source, Verdict},
};

declare_rule! {
    /// An unknown word is one slip from a common word or from a term of this site
    ///
    /// ## Why
    ///
    /// Most slips stand in no list of misspellings: a neighbouring key, a letter dropped or doubled, two letters
    /// swapped, and above all slips in the names that only this site knows. A word that no dictionary has is reported
    /// where one candidate explains it well enough: a common English word, or a term, which is a word that this page
    /// repeats, has in a heading or in code, or shares with other pages. Names, words that the site uses often, code
    /// and lines in other languages are left alone.
    ///
    /// `copydesk explain --word WORD FILE` shows what speaks for a slip and against it.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Moving to HarborGrid
    ///
    /// Neyond that, HarvorGrid is fast.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Moving to HarborGrid
    ///
    /// Beyond that, HarborGrid is fast.
    /// ```
    ///
    /// A word that is right belongs to the project's words: `copydesk words add WORD`. With `spelling.sensitivity:
    /// sensitive` in the config, more slips are found and more right words, too; `off` judges no unknown word.
    pub struct PossibleTypo {}
    id = "possible-typo",
    severity = Severity::Warning,
    fixable = Fixable::Sometimes,
    changes = Changes::Words,
}

impl Rule for PossibleTypo {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let near = misspellings::of(page, site).filter(|it| it.candidate.source != Source::Misspelling);
        for verdict in near {
            let message = format!("{}{}", what(verdict), why(verdict, page, site));
            let found = sink.report(verdict.place.span, message);
            let candidate = &verdict.candidate.text;
            found.help(format!("did you mean `{candidate}`? If not, `copydesk words add {}`", verdict.word));
            found.fixes.extend(misspellings::fix(verdict, candidate, Applicability::Unsafe));
            if verdict.candidate.source != Source::Word {
                show_heading(found, verdict, page);
            }
        }
    }
}

/// What happened.
fn what(verdict: &Verdict) -> String {
    let Verdict { word, candidate, .. } = verdict;
    let right = &candidate.text;
    match candidate.slip {
        Slip::Swapped => format!("`{word}` swaps two letters of `{right}`"),
        Slip::Undoubled | Slip::Dropped => format!("`{word}` lacks one letter of `{right}`"),
        Slip::Doubled | Slip::Inserted | Slip::BesideKey => {
            format!("`{word}` has one letter more than `{right}`")
        }
        Slip::NeighbourKey => format!("`{word}` is one key from `{right}`"),
        Slip::Vowel | Slip::Substituted => format!("`{word}` is one letter from `{right}`"),
        Slip::Several => format!("`{word}` is two slips from `{right}`"),
    }
}

/// Why the right word is known.
fn why(verdict: &Verdict, page: &Page, site: &Site) -> String {
    if matches!(verdict.candidate.source, Source::Misspelling | Source::Word) {
        return String::new();
    }
    match (term(verdict, page).map(|term| term.count), site.vocabulary.pages(&verdict.candidate.text)) {
        (Some(0), _) => ", which stands in code of this page".to_owned(),
        (Some(1), _) => ", a term of this page".to_owned(),
        (Some(2), _) => ", which this page uses twice".to_owned(),
        (Some(times), _) => format!(", which this page uses {times} times"),
        (None, 0 | 1) => ", a word of this project".to_owned(),
        (None, pages) => format!(", which {pages} pages of this site use"),
    }
}

fn term<'a>(verdict: &Verdict, page: &'a Page) -> Option<&'a PageWord> {
    let cases = page.words.as_ref()?.cases(&verdict.candidate.text);
    cases.iter().find(|term| *term.text == *verdict.candidate.text).or(cases.first())
}

fn show_heading(found: &mut Diagnostic, verdict: &Verdict, page: &Page) {
    let Some(term) = term(verdict, page) else { return };
    if let Some(heading) = term.heading {
        found.label(heading, "here it is in a heading");
    }
}
