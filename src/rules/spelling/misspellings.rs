//! Misspelled words of a page, for `known-typo` and `possible-typo`.

use crate::{
    fix::{Applicability, Fix},
    site::{Page, Site},
    spelling::{Traits, Verdict},
};

/// The misspellings of a page whose score reaches the threshold of the configured sensitivity.
pub fn of<'a>(page: &'a Page, site: &'a Site) -> impl Iterator<Item = &'a Verdict> {
    let threshold = site.vocabulary.project.sensitivity.threshold();
    site.misspellings(page).iter().filter(move |verdict| verdict.score >= threshold)
}

/// Replaces the word; `None` if it contains markup.
pub fn fix(verdict: &Verdict, text: &str, applicability: Applicability) -> Option<Fix> {
    let place = verdict.place;
    if place.traits.has(Traits::MARKED_UP) {
        return None;
    }
    let possessive = match (place.traits.has(Traits::POSSESSIVE), place.traits.has(Traits::CURLY)) {
        (false, _) => "",
        (true, false) => "'s",
        (true, true) => "\u{2019}s",
    };
    let text = format!("{text}{possessive}");
    Some(Fix::replace(format!("Replace with `{text}`"), applicability, place.span, text))
}
