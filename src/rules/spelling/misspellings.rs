//! Misspelled words of a page, for `known-typo` and `possible-typo`.

use std::collections::BTreeSet;

use crate::{
    fix::{Applicability, Fix},
    links::WebAddress,
    site::Page,
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

/// The fewest letters of a word that is not in the name of a host by chance.
const LEAST_IN_HOST: usize = 5;

/// The hosts that the links of a page lead to, in lowercase.
pub struct LinkedHosts(BTreeSet<String>);

impl LinkedHosts {
    /// Those of a page, at most so many that the search for all its misspellings in them stays linear.
    pub fn of(page: &Page) -> Self {
        const MOST: usize = 256;
        let hosts =
            page.targets.iter().filter_map(|it| Some(WebAddress::of(&it.url)?.host().to_ascii_lowercase()));
        let mut different = BTreeSet::new();
        for host in hosts {
            if different.len() == MOST {
                break;
            }
            different.insert(host);
        }
        Self(different)
    }

    /// Whether one of them has the word in its name, as that of a firm or a project has.
    pub fn name(&self, verdict: &Verdict) -> bool {
        let (word, right) = (verdict.word.to_ascii_lowercase(), verdict.candidate.text.to_ascii_lowercase());
        // What somebody makes with a program may have its name in the plural.
        let name =
            word.strip_suffix('s').filter(|name| name.len() >= LEAST_IN_HOST && !right.starts_with(name));
        let names = |host: &String| host.contains(&word) || name.is_some_and(|name| host.contains(name));
        word.len() >= LEAST_IN_HOST && self.0.iter().any(|host| names(host) && !host.contains(&right))
    }
}
