//! URLs that moved: one table of what the config, the redirects of the host and the pages themselves say.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::{
    destination::MAX_PATH,
    path::{join_route, key, parent},
};
use crate::diagnostic::Label;

/// One URL that moved.
#[derive(Debug, Clone)]
pub struct Move {
    /// The old URL, as written: of the web, or a path of the site.
    pub from: Box<str>,
    /// The new one, likewise.
    pub to: Box<str>,
    /// What it holds for.
    pub reach: Reach,
    /// Where it says so.
    pub place: Label,
    /// Whether the host may serve a page at the old URL, if there is one, instead of the redirect.
    pub is_weak: bool,
    /// Whether the site takes readers from the old URL to the new one.
    pub is_redirect: bool,
}

/// What a move holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The URL alone.
    Exact,
    /// The URL and all below it; what follows is added to the new one.
    Below,
    /// All below the URL; what follows is put in for `:splat`.
    Splat,
}

/// URLs that moved. Of several moves of one URL the first counts.
#[derive(Debug, Clone, Default)]
pub struct Moves {
    known: Vec<Move>,
    by_key: HashMap<Box<str>, usize>,
    /// What the old paths begin with of moves whose new URL is not known.
    patterns: HashSet<Box<str>>,
    /// Whether a program makes redirects that are not known.
    is_open: bool,
    /// How many of them a generator makes.
    generated: usize,
}

/// Where a URL went.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The new URL of what was asked for.
    pub to: String,
    /// Where it says so.
    pub place: Label,
    /// Whether the site takes readers there from the old URL.
    pub is_redirect: bool,
}

/// A URL in parts: what it is found by, and what is after that.
struct Address<'a> {
    /// Host and path, or just the path, without a slash at the end.
    key: String,
    /// The path's slash at the end, query and fragment, as written.
    tail: &'a str,
}

impl<'a> Address<'a> {
    /// Reads `https://host/path?query#fragment` or `/path?query#fragment`. The scheme does not count.
    fn of(text: &'a str) -> Option<Self> {
        let end = text.find(['?', '#']).unwrap_or(text.len());
        let path = text[..end].trim_end_matches('/');
        let tail = &text[path.len()..];
        if path.starts_with('/') || path.is_empty() {
            return (!path.starts_with("//")).then(|| Self { key: path.to_owned(), tail });
        }
        let rest = ["https://", "http://"].iter().find_map(|scheme| {
            let (start, rest) = path.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        })?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(Self { key: format!("{}{path}", host.to_ascii_lowercase()), tail })
    }

    /// The same with its query, for moves that name one.
    fn with_query(&self) -> Option<String> {
        let query = self.tail.trim_start_matches('/').split('#').next()?;
        (!query.is_empty()).then(|| format!("{}{query}", self.key))
    }
}

impl Moves {
    /// Adds a move. One from something that is not a URL, or from a URL that is known to have moved, is
    /// passed over.
    pub fn add(&mut self, it: Move) {
        let Some(address) = Address::of(&it.from) else { return };
        let key = address.with_query().unwrap_or(address.key);
        if let std::collections::hash_map::Entry::Vacant(free) = self.by_key.entry(key.into()) {
            free.insert(self.known.len());
            self.known.push(it);
        }
    }

    /// Adds a move by the config of a generator, from a path of the site. A target without a `/` in front is one beside
    /// the old path.
    pub fn add_generated(&mut self, from: &str, to: &str, place: &Label) {
        let from = format!("/{}", from.trim_start_matches('/'));
        let is_whole = to.starts_with('/') || to.contains("://");
        let folder = parent(&from);
        let to = if is_whole { to.to_owned() } else { join_route(folder, to) };
        // The form of the old path does not count, as with pages.
        let from = key(&from).into();
        let before = self.known.len();
        self.add(Move {
            from,
            to: to.into(),
            reach: Reach::Exact,
            place: place.clone(),
            is_weak: false,
            is_redirect: true,
        });
        self.generated += self.known.len() - before;
    }

    /// Whether all are pages that a generator makes, so that nothing tells of a host that may answer other paths as well.
    pub(super) const fn are_generated(&self) -> bool {
        self.generated == self.known.len()
    }

    /// Notes that a pattern takes some old paths to new ones: `/old/:name`, `^/old/(.*)`. One that may take any path is
    /// passed over.
    pub(in crate::site) fn add_pattern(&mut self, pattern: &str) {
        const SPECIAL: [char; 11] = ['*', ':', '(', '{', '[', '?', '\\', '+', '$', '|', '^'];
        let path = pattern.trim_start_matches(['^', '/']);
        let literal = path.split(SPECIAL).next().unwrap_or_default();
        if !literal.is_empty() {
            self.patterns.insert(format!("/{literal}").into());
        }
    }

    /// Notes that a program makes redirects that are not known.
    pub(in crate::site) const fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether a redirect may take an old path elsewhere, be it known where or not.
    pub(super) fn may_answer(&self, path: &str) -> bool {
        let ends = 0..=path.len().min(MAX_PATH);
        let mut starts = ends.filter_map(|end| path.get(..end));
        self.is_open || !self.patterns.is_empty() && starts.any(|start| self.patterns.contains(start))
    }

    /// The number of moves.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether nothing moved.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Where exactly this path went as a whole, page or not: neither one above it nor an anchor on its page.
    pub fn exact(&self, path: &str) -> Option<Moved> {
        let it = &self.known[*self.by_key.get(path.trim_end_matches('/'))?];
        let to = it.to.split(['?', '#']).next().unwrap_or_default();
        let is_whole =
            !it.from.contains(['?', '#']) && to.trim_end_matches('/') != path.trim_end_matches('/');
        (is_whole && !it.is_weak).then(|| moved(it, &it.to, path)).flatten()
    }

    /// Where a URL, or a path from the site's `/`, went. `http` and `https` are one, a slash at the end does not
    /// count; takes time in proportion to the URL.
    pub fn find(&self, address: &str) -> Option<Moved> {
        if self.is_empty() {
            return None;
        }
        let parts = Address::of(address)?;
        let get = |key: &str| self.by_key.get(key).map(|&index| &self.known[index]);
        if let Some(it) = parts.with_query().and_then(|key| get(&key)) {
            return moved(it, &it.to, address);
        }
        if let Some(it) = get(&parts.key) {
            let to = it.to.replace(":splat", "");
            return moved(it, &add_tail(&to, parts.tail), address);
        }
        // No old URL is as long as what would take long to walk up.
        let most = parts.key.len().min(MAX_PATH);
        let mut end = (0..=most).rev().find(|&at| parts.key.is_char_boundary(at)).unwrap_or(0);
        while let Some(at) = parts.key[..end].rfind('/') {
            end = at;
            let rest = &parts.key[end..];
            match get(&parts.key[..end]) {
                Some(it) if it.reach == Reach::Below => {
                    let to = format!("{}{rest}", it.to.trim_end_matches('/'));
                    return moved(it, &add_tail(&to, parts.tail), address);
                }
                Some(it) if it.reach == Reach::Splat => {
                    let to = it.to.replace(":splat", &rest[1..]);
                    return moved(it, &add_tail(&to, parts.tail), address);
                }
                _ => {}
            }
        }
        None
    }
}

/// The new URL, unless it is the old one.
fn moved(it: &Move, to: &str, from: &str) -> Option<Moved> {
    let bare = |address: &str| address.trim_end_matches('/').to_owned();
    (bare(to) != bare(from)).then(|| Moved {
        to: to.to_owned(),
        place: it.place.clone(),
        is_redirect: it.is_redirect,
    })
}

/// What followed the old URL after the new one, where that has nothing of the kind.
fn add_tail(to: &str, tail: &str) -> String {
    let tail = if to.ends_with('/') { tail.trim_start_matches('/') } else { tail };
    if to.contains(['?', '#']) { to.to_owned() } else { format!("{to}{tail}") }
}

/// The path of a URL on the site that is published at `url`; `None` where it is elsewhere.
pub(super) fn path_on(url: &Url, base: &str) -> Option<String> {
    let rest = url.path().strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("/{}", rest.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::*;
    use crate::text::Span;

    fn place() -> Label {
        Label::new(&Arc::from(Path::new("copydesk.yaml")), Span::empty(0))
    }

    fn moves(pairs: &[(&str, &str)]) -> Moves {
        let mut moves = Moves::default();
        for (from, to) in pairs {
            moves.add(Move {
                from: (*from).into(),
                to: (*to).into(),
                reach: Reach::Below,
                place: place(),
                is_weak: false,
                is_redirect: true,
            });
        }
        moves
    }

    fn to(moves: &Moves, address: &str) -> Option<String> {
        moves.find(address).map(|moved| moved.to)
    }

    #[test]
    fn an_address_takes_along_what_is_below_it() {
        let moves = moves(&[
            ("https://www.harbour.example/ptg", "https://ports.example/ptg"),
            ("http://ferry.example", "https://ferry.example"),
            ("/old", "/new/"),
        ]);
        for (from, expected) in [
            ("https://www.harbour.example/ptg", Some("https://ports.example/ptg")),
            ("http://WWW.harbour.example/ptg/", Some("https://ports.example/ptg/")),
            ("https://www.harbour.example/ptg/a?b#c", Some("https://ports.example/ptg/a?b#c")),
            ("https://www.harbour.example/ptgs", None),
            ("http://ferry.example/tides", Some("https://ferry.example/tides")),
            ("https://ferry.example/tides", None),
            ("/old/tides/#low", Some("/new/tides/#low")),
            ("/old", Some("/new/")),
            ("tides.md", None),
        ] {
            assert_eq!(to(&moves, from).as_deref(), expected, "{from}");
        }
    }
}
