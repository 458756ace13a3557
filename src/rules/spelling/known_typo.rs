use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    rule::{Fixable, Rule},
    rules::misspellings,
    site::{Page, Site},
    spelling::{PageWords, Source},
};

declare_rule! {
    /// A word is misspelt in a way that many have misspelt it before
    ///
    /// ## Why
    ///
    /// Misspellings make readers stumble and doubt the rest. The word stands in a list of some 95,000 misspellings
    /// that people made and mended; it is not a word of this site, and no name.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// The nodes are heterogenous.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// The nodes are heterogeneous.
    /// ```
    ///
    /// A word that is right here belongs to the project's words: `copydesk words add WORD`.
    pub struct KnownTypo {}
    id = "known-typo",
    severity = Severity::Warning,
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for KnownTypo {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let misspelt = misspellings::of(page, site).filter(|it| it.candidate.source == Source::Misspelling);
        for verdict in misspelt {
            let candidate = &verdict.candidate;
            let message = format!("`{}` is a misspelling of `{}`", verdict.word, candidate.text);
            let found = sink.report(verdict.place.span, message);
            let only = candidate.others.is_empty();
            if only {
                found.help(format!("write `{}`", candidate.text));
            } else {
                let others: Vec<_> = candidate.others.iter().map(|it| format!("`{it}`")).collect();
                found.help(format!("write `{}`, or {}", candidate.text, others.join(", ")));
            }
            let sure = only && !is_term(&verdict.word, page, site);
            let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
            for text in std::iter::once(&candidate.text).chain(&candidate.others) {
                found.fixes.extend(misspellings::fix(verdict, text, applicability));
            }
        }
    }
}

/// From so many pages on a word is one of the site's own, however it looks.
const PAGES_OF_A_TERM: u32 = 3;

/// Whether the word may be right here: code has it, or several pages do.
fn is_term(word: &str, page: &Page, site: &Site) -> bool {
    let in_code = |words: &PageWords| words.get(word).is_some_and(|it| it.in_code > 0);
    page.words.as_ref().is_some_and(in_code) || site.vocabulary.pages(word) >= PAGES_OF_A_TERM
}
