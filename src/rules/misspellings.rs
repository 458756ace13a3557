//! What the rules about single words share.

use crate::{
    fix::{Applicability, Fix},
    site::{Page, Site},
    spelling::{Traits, Verdict},
};

/// The misspellings of a page that are likely enough to be reported.
pub fn of<'a>(page: &'a Page, site: &'a Site) -> impl Iterator<Item = &'a Verdict> {
    let threshold = site.vocabulary.project.sensitivity.threshold();
    site.misspellings(page).iter().filter(move |verdict| verdict.score >= threshold)
}

/// Puts `text` where the word is. Where there is mark-up inside the word, nobody knows where it belongs then.
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
    Some(Fix::replace(format!("write `{text}`"), applicability, place.span, text))
}
