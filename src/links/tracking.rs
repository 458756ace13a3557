//! Tracking parameters in URLs, and their removal.

use std::ops::Range;

use crate::text::{CharacterReference, is_host_below};

/// Tracking parameters on all hosts, sorted.
const EVERYWHERE: [&str; 36] = [
    "__hsfp",
    "__hssc",
    "__hstc",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "dclid",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsCtaTracking",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ttclid",
    "twclid",
    "wbraid",
    "wickedid",
    "yclid",
];

/// Prefixes of such parameters.
const PREFIXES: [&str; 5] = ["hsa_", "mtm_", "pk_campaign", "pk_kwd", "utm_"];

/// Tracking parameters on a host and its subdomains, which may have another meaning elsewhere.
const ON_HOSTS: [(&str, &[&str]); 7] = [
    ("forbes.com", &["sh"]),
    ("linkedin.com", &["lipi", "trackingId", "trk"]),
    ("medium.com", &["source"]),
    ("spotify.com", &["si"]),
    ("twitter.com", &["ref_src", "ref_url"]),
    ("youtu.be", &["si"]),
    ("youtube.com", &["si"]),
];

/// Whether a parameter of a URL on `host` exists only for tracking.
pub fn is_tracking_parameter(name: &str, host: &str) -> bool {
    EVERYWHERE.binary_search(&name).is_ok()
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || ON_HOSTS.iter().any(|(domain, names)| names.contains(&name) && is_host_below(host, domain))
}

/// Labels of host names that say what a site is for, or who hosts it, and not whose it is; sorted.
const COMMON_LABELS: [&str; 24] = [
    "app",
    "blog",
    "community",
    "dev",
    "docs",
    "forum",
    "github",
    "gitlab",
    "guide",
    "help",
    "home",
    "learn",
    "netlify",
    "news",
    "pages",
    "readthedocs",
    "site",
    "support",
    "test",
    "vercel",
    "web",
    "website",
    "wiki",
    "www",
];

/// The words of a host name that say whose site it is: its labels, without the last one.
pub fn names_in_host(host: &str) -> impl Iterator<Item = &str> {
    let labels = host.rsplit('.').skip(1).flat_map(|label| label.split('-'));
    labels.filter(|word| word.len() >= 3 && COMMON_LABELS.binary_search(word).is_err())
}

/// The query of a URL as it is written in a page.
#[derive(Debug)]
pub struct Query {
    /// The offset of the `?`.
    start: usize,
    parameters: Vec<Parameter>,
}

#[derive(Debug)]
struct Parameter {
    /// Without backslash escapes.
    name: String,
    /// The offset of the `&` or `?` before it.
    separator: usize,
    range: Range<usize>,
}

/// Consecutive parameters to remove.
#[derive(Debug)]
pub struct QueryCut {
    /// The names of the parameters.
    pub names: Vec<String>,
    /// The parameters, without the separators around them; byte offsets in the URL.
    pub shown: Range<usize>,
    /// The text to remove so that the rest is a query again; byte offsets in the URL.
    pub removed: Range<usize>,
}

impl Query {
    /// Splits the query of a URL, which may be empty.
    pub fn new(address: &str) -> Self {
        let start = address.find('?').unwrap_or(address.len());
        let is_fragment = |&(at, _): &(usize, &str)| !address[..at].ends_with('&');
        let end = address.match_indices('#').find(is_fragment).map_or(address.len(), |(at, _)| at).max(start);
        let mut parameters = Vec::new();
        let mut separator = start;
        let mut from = (start + 1).min(end);
        while separator < end {
            let ampersands = address[from..end].match_indices('&').map(|(at, _)| from + at);
            let next = { ampersands }.find(|at| !is_reference(&address[*at..end])).unwrap_or(end);
            let name = address[from..next].split('=').next().unwrap_or_default().replace('\\', "");
            parameters.push(Parameter { name, separator, range: from..next });
            separator = next;
            // The ampersand may be an entity.
            let written = ["&amp;", "&#38;"].iter().find(|it| address[next..end].starts_with(**it));
            from = (next + written.map_or(1, |it| it.len())).min(end);
        }
        Self { start, parameters }
    }

    /// The cuts that remove all parameters for which `is_removed` is true.
    pub fn cuts(&self, is_removed: impl Fn(&str) -> bool) -> Vec<QueryCut> {
        let mut cuts: Vec<QueryCut> = Vec::new();
        let mut is_open = false;
        let mut keeps_any = false;
        for parameter in &self.parameters {
            if !is_removed(&parameter.name) {
                // The first remaining parameter moves after the `?`.
                if let Some(cut) = cuts.last_mut().filter(|_| is_open && !keeps_any) {
                    cut.removed.end = parameter.range.start;
                }
                (is_open, keeps_any) = (false, true);
                continue;
            }
            let (range, name) = (&parameter.range, parameter.name.clone());
            if let Some(cut) = cuts.last_mut().filter(|_| is_open) {
                cut.names.push(name);
                cut.shown.end = range.end;
                cut.removed.end = range.end;
            } else {
                let from = if keeps_any { parameter.separator } else { range.start };
                cuts.push(QueryCut { names: vec![name], shown: range.clone(), removed: from..range.end });
            }
            is_open = true;
        }
        if let Some(cut) = cuts.first_mut().filter(|_| !keeps_any) {
            cut.removed.start = self.start;
        }
        cuts
    }
}

/// Whether a text begins with the number of a character that is not an ampersand, such as `&#45;` for a hyphen.
fn is_reference(text: &str) -> bool {
    let mut buffer = [0; 4];
    text.starts_with("&#")
        && CharacterReference::at_start(text.as_bytes()).is_some_and(|it| it.shown(&mut buffer) != "&")
}

#[cfg(test)]
mod tests {
    use super::{COMMON_LABELS, EVERYWHERE, Query, names_in_host};

    fn cleaned(address: &str) -> String {
        let mut text = address.to_owned();
        let cuts = Query::new(address).cuts(|name| name.starts_with("utm_"));
        cuts.iter().rev().for_each(|cut| text.replace_range(cut.removed.clone(), ""));
        text
    }

    #[test]
    fn remaining_parameters_are_a_query() {
        assert!(EVERYWHERE.is_sorted() && COMMON_LABELS.is_sorted());
        for (address, expected) in [
            ("/x?utm_a=1", "/x"),
            ("/x?utm_a=1&utm_b#y", "/x#y"),
            ("/x?utm_a=1&b=2", "/x?b=2"),
            ("/x?utm_a=1&utm_b=2&c=3&utm_d=4&e=5", "/x?c=3&e=5"),
            ("/x?a=1&amp;utm_b=2&amp;c=3", "/x?a=1&amp;c=3"),
            ("/x?utm\\_a=1&#38;b=2#c", "/x?b=2#c"),
            ("/x?utm_a=b&#0045;c&#45;d&e=1", "/x?e=1"),
            ("/x?utm_a=b&#0045;c", "/x"),
            ("/x?a=utm_b#utm_c=1", "/x?a=utm_b#utm_c=1"),
            ("/x?", "/x?"),
            ("/x?&utm_a", "/x?"),
            ("/x#?utm_a=1", "/x#?utm_a=1"),
            ("/x", "/x"),
        ] {
            assert_eq!(cleaned(address), expected, "{address}");
        }
    }

    #[test]
    fn a_host_names_its_site() {
        let names = |host: &'static str| names_in_host(host).collect::<Vec<_>>();
        assert_eq!(names("docs.quay.example"), ["quay"]);
        assert_eq!(names("harbour-office.github.io"), ["harbour", "office"]);
        assert_eq!(names("localhost"), [""; 0]);
    }
}
