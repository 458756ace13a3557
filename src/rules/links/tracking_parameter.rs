use std::ops::Range;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Edit, Fix},
    links::{AddressKind, WebAddress, hosts, shortened},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// An address has parameters that only track readers
    ///
    /// ## Why
    ///
    /// They came with the address when it was copied from a newsletter or a social network. They tell the site behind
    /// the link a wrong story of where its readers come from, and they make the address long.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Read the [tide tables](https://tides.example/2024?utm_source=newsletter&day=3).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Read the [tide tables](https://tides.example/2024?day=3).
    /// ```
    pub struct TrackingParameter {
        /// Names of more parameters that track readers; with `*` at the end, what a name begins with.
        parameters: Vec<String> = vec![],
        /// Names of parameters that are fine.
        allow: Vec<String> = vec![],
    }
    id = "tracking-parameter",
    fixable = Fixable::Always,
    changes = Changes::Addresses,
}

/// Parameters that track readers wherever they are; sorted.
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

/// What the names of such parameters begin with.
const BEGINNINGS: [&str; 5] = ["hsa_", "mtm_", "pk_campaign", "pk_kwd", "utm_"];

/// Parameters that track readers on one host and those below it, and mean something else elsewhere.
const ON_HOSTS: [(&str, &[&str]); 7] = [
    ("forbes.com", &["sh"]),
    ("linkedin.com", &["lipi", "trackingId", "trk"]),
    ("medium.com", &["source"]),
    ("spotify.com", &["si"]),
    ("twitter.com", &["ref_src", "ref_url"]),
    ("youtu.be", &["si"]),
    ("youtube.com", &["si"]),
];

impl Rule for TrackingParameter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets() {
            let kinds = [AddressKind::Web, AddressKind::ProtocolRelative, AddressKind::Relative];
            let written = doc.slice(target.span);
            if !kinds.contains(&target.address) || !written.contains('?') {
                continue;
            }
            let host = WebAddress::of(&target.url).map_or("", |web| web.host());
            let query = Query::of(written);
            let cuts = query.cuts(|name| self.tracks(name, host));
            let Some(first) = cuts.first() else { continue };
            let place = |cut: &Cut| Span::from_range(cut.shown.clone()).shift(target.span.start);
            let found = sink.report(place(first), message(&cuts));
            for cut in &cuts[1..] {
                found.label(place(cut), "and here");
            }
            let edit = |cut: &Cut| Edit {
                span: Span::from_range(cut.removed.clone()).shift(target.span.start),
                content: String::new(),
            };
            let edits = cuts.iter().map(edit).collect();
            found.help("remove what tracks readers").fix(Fix::new(
                "remove what tracks readers",
                Applicability::Safe,
                edits,
            ));
        }
    }
}

impl TrackingParameter {
    fn tracks(&self, name: &str, host: &str) -> bool {
        if self.allow.iter().any(|allowed| allowed == name) {
            return false;
        }
        let is_own =
            |own: &String| own.strip_suffix('*').map_or(own == name, |beginning| name.starts_with(beginning));
        EVERYWHERE.binary_search(&name).is_ok()
            || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
            || ON_HOSTS.iter().any(|(of, names)| names.contains(&name) && hosts::is_below(host, of))
            || self.parameters.iter().any(is_own)
    }
}

fn message(cuts: &[Cut]) -> String {
    let names: Vec<_> = cuts.iter().flat_map(|cut| &cut.names).map(|name| shortened(name)).collect();
    match &names[..] {
        [name] => format!("`{name}` only tracks readers"),
        [first, second] => format!("`{first}` and `{second}` only track readers"),
        _ => format!("`{}` and {} more parameters only track readers", names[0], names.len() - 1),
    }
}

/// The query of an address as the file has it.
struct Query {
    /// Where the `?` stands.
    start: usize,
    parameters: Vec<Parameter>,
}

struct Parameter {
    /// Without the backslashes that Markdown allows in it.
    name: String,
    /// Where the `&` or `?` before it stands.
    separator: usize,
    range: Range<usize>,
}

/// Parameters that stand together and go together.
struct Cut {
    names: Vec<String>,
    shown: Range<usize>,
    removed: Range<usize>,
}

impl Query {
    fn of(address: &str) -> Self {
        let start = address.find('?').unwrap_or(address.len());
        let is_fragment = |&(at, _): &(usize, &str)| !address[..at].ends_with('&');
        let end = address.match_indices('#').find(is_fragment).map_or(address.len(), |(at, _)| at).max(start);
        let mut parameters = Vec::new();
        let mut separator = start;
        let mut from = (start + 1).min(end);
        while separator < end {
            let next = address[from..end].find('&').map_or(end, |at| from + at);
            let name = address[from..next].split('=').next().unwrap_or_default().replace('\\', "");
            parameters.push(Parameter { name, separator, range: from..next });
            separator = next;
            // An ampersand may be written as an entity.
            let written = ["&amp;", "&#38;"].iter().find(|it| address[next..end].starts_with(**it));
            from = (next + written.map_or(1, |it| it.len())).min(end);
        }
        Self { start, parameters }
    }

    /// What has to go so that no parameter is left that `tracks` says.
    fn cuts(&self, tracks: impl Fn(&str) -> bool) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = Vec::new();
        let mut is_open = false;
        let mut keeps_any = false;
        for parameter in &self.parameters {
            if !tracks(&parameter.name) {
                // The first parameter that stays stands behind the `?` then.
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
                cuts.push(Cut { names: vec![name], shown: range.clone(), removed: from..range.end });
            }
            is_open = true;
        }
        if let Some(cut) = cuts.first_mut().filter(|_| !keeps_any) {
            cut.removed.start = self.start;
        }
        cuts
    }
}

#[cfg(test)]
mod tests {
    use super::{EVERYWHERE, Query};

    fn cleaned(address: &str) -> String {
        let mut text = address.to_owned();
        let cuts = Query::of(address).cuts(|name| name.starts_with("utm_"));
        cuts.iter().rev().for_each(|cut| text.replace_range(cut.removed.clone(), ""));
        text
    }

    #[test]
    fn what_stays_is_a_query_again() {
        assert!(EVERYWHERE.is_sorted());
        for (address, expected) in [
            ("/x?utm_a=1", "/x"),
            ("/x?utm_a=1&utm_b#y", "/x#y"),
            ("/x?utm_a=1&b=2", "/x?b=2"),
            ("/x?utm_a=1&utm_b=2&c=3&utm_d=4&e=5", "/x?c=3&e=5"),
            ("/x?a=1&amp;utm_b=2&amp;c=3", "/x?a=1&amp;c=3"),
            ("/x?utm\\_a=1&#38;b=2#c", "/x?b=2#c"),
            ("/x?a=utm_b#utm_c=1", "/x?a=utm_b#utm_c=1"),
            ("/x?", "/x?"),
            ("/x?&utm_a", "/x?"),
            ("/x#?utm_a=1", "/x#?utm_a=1"),
            ("/x", "/x"),
        ] {
            assert_eq!(cleaned(address), expected, "{address}");
        }
    }
}
