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
    let rest = place.span.len() as usize - verdict.word.len();
    // `'s` has two bytes, `’s` has four.
    let possessive = match (place.traits.has(Traits::POSSESSIVE), rest) {
        (false, 0) => "",
        (true, 2) => "'s",
        (true, 4) => "\u{2019}s",
        _ => return None,
    };
    let text = format!("{text}{possessive}");
    Some(Fix::replace(format!("write `{text}`"), applicability, place.span, text))
}
