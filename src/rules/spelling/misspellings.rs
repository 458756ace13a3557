//! Misspelled words of a page, for `known-typo` and `possible-typo`.

use crate::{
    fix::{Applicability, Fix},
    spelling::{Traits, Verdict},
};

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
