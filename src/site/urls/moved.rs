//! URLs that moved: one table of what the config, Netlify's files and the pages themselves say.

use std::{collections::HashMap, path::Path, sync::Arc};

use url::Url;

use super::{
    destination::MAX_PATH,
    path::{join_route, key},
};
use crate::{
    data::{Node, Tree},
    diagnostic::Label,
    text::Span,
};

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
    moves: Vec<Move>,
    by_key: HashMap<Box<str>, usize>,
}

/// Where a URL went.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The new URL of what was asked for.
    pub to: String,
    /// Where it says so.
    pub place: Label,
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
            free.insert(self.moves.len());
            self.moves.push(it);
        }
    }

    /// Adds a move by the config of a generator, from a path of the site. A target without a `/` in front is one beside
    /// the old path.
    pub fn add_generated(&mut self, from: &str, to: &str, place: &Label) {
        let from = format!("/{}", from.trim_start_matches('/'));
        let is_whole = to.starts_with('/') || to.contains("://");
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let to = if is_whole { to.to_owned() } else { join_route(folder, to) };
        // The form of the old path does not count, as with pages.
        let from = key(&from).into();
        self.add(Move { from, to: to.into(), reach: Reach::Exact, place: place.clone() });
    }

    /// The number of moves.
    pub fn len(&self) -> usize {
        self.moves.len()
    }

    /// Whether nothing moved.
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    /// Where exactly this path went as a whole: neither one above it nor an anchor on its page.
    pub fn exact(&self, path: &str) -> Option<Moved> {
        let it = &self.moves[*self.by_key.get(path.trim_end_matches('/'))?];
        let to = it.to.split(['?', '#']).next().unwrap_or_default();
        let is_whole =
            !it.from.contains(['?', '#']) && to.trim_end_matches('/') != path.trim_end_matches('/');
        is_whole.then(|| moved(it, &it.to, path)).flatten()
    }

    /// Where a URL, or a path from the site's `/`, went. `http` and `https` are one, a slash at the end does not
    /// count; takes time in proportion to the URL.
    pub fn find(&self, address: &str) -> Option<Moved> {
        if self.is_empty() {
            return None;
        }
        let parts = Address::of(address)?;
        let get = |key: &str| self.by_key.get(key).map(|&index| &self.moves[index]);
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

    /// Adds the moves of a `_redirects` file: `FROM TO [STATUS]` in each line.
    pub fn add_redirects_file(&mut self, path: &Arc<Path>, text: &str) {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::from_range(at..at + line.trim_end().len());
            at += line.len();
            let mut parts = line.split_whitespace();
            let Some(from) = parts.next().filter(|from| !from.starts_with('#')) else { continue };
            let is_address = |part: &&str| part.starts_with('/') || part.contains("://");
            let mut parts = parts.skip_while(|part| !is_address(part));
            let Some(to) = parts.next() else { continue };
            let status = parts.next();
            // Under a condition (`Country=`, `Language=`) it holds for some readers only.
            if !{ parts }.any(|part| part.contains('=')) {
                self.add_rule(from, to, status, Label::new(path, span));
            }
        }
    }

    /// Adds the moves of a `netlify.toml`. Those under a condition hold for some readers only and are passed over.
    pub fn add_netlify(&mut self, path: &Arc<Path>, tree: &Tree) {
        let redirects = tree.root.as_ref().and_then(|root| root.get("redirects"));
        for it in redirects.map_or(&[][..], Node::items) {
            let text = |key: &str| it.get(key).and_then(Node::text);
            if let (Some(from), Some(to), None) = (text("from"), text("to"), it.get("conditions")) {
                self.add_rule(from, to, text("status"), Label::new(path, it.span));
            }
        }
    }

    /// A rule of Netlify's: a move unless its status says that it is none.
    fn add_rule(&mut self, from: &str, to: &str, status: Option<&str>, place: Label) {
        let is_move = status.is_none_or(|status| status.starts_with('3'));
        let (from, reach) = from.strip_suffix("/*").map_or((from, Reach::Exact), |from| (from, Reach::Splat));
        // What is below `*` at the root is everything, and no page has moved with it.
        let is_plain = !from.contains(['*', ':']) || from.contains("://") && !from.contains('*');
        let fills_in = to.replace(":splat", "").split('/').any(|part| part.starts_with(':'));
        if is_move && is_plain && !from.is_empty() && !fills_in {
            self.add(Move { from: from.into(), to: to.into(), reach, place });
        }
    }
}

/// The new URL, unless it is the old one.
fn moved(it: &Move, to: &str, from: &str) -> Option<Moved> {
    let bare = |address: &str| address.trim_end_matches('/').to_owned();
    (bare(to) != bare(from)).then(|| Moved { to: to.to_owned(), place: it.place.clone() })
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
    use super::*;
    use crate::data::{self, Format};

    fn place() -> Label {
        Label::new(&Arc::from(Path::new("copydesk.yaml")), Span::empty(0))
    }

    fn moves(pairs: &[(&str, &str)]) -> Moves {
        let mut moves = Moves::default();
        for (from, to) in pairs {
            moves.add(Move { from: (*from).into(), to: (*to).into(), reach: Reach::Below, place: place() });
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

    #[test]
    fn netlify_says_what_moved() {
        let mut moves = Moves::default();
        let path = Arc::from(Path::new("static/_redirects"));
        let text = "# harbour\n/a /b\n/blog/*  /news/:splat  301!\n/app/* /index.html 200\n/u/:id /v/:id\n/c id=1 /d\n/* /404 404\n";
        moves.add_redirects_file(&path, text);
        assert_eq!(to(&moves, "/a/").as_deref(), Some("/b/"));
        assert_eq!(to(&moves, "/blog/tides/x").as_deref(), Some("/news/tides/x"));
        assert_eq!(to(&moves, "/blog").as_deref(), Some("/news/"));
        assert_eq!((to(&moves, "/app/x"), to(&moves, "/u/1")), (None, None));
        assert_eq!(moves.find("/a").map(|it| it.place.span.of(text)), Some("/a /b"));
        let toml = "[[redirects]]\nfrom = \"/x\"\nto = \"/y\"\n[[redirects]]\nfrom = \"/p\"\nto = \"/q\"\nstatus = 200\n";
        let tree = data::parse(toml, Span::from_range(0..toml.len()), Format::Toml);
        moves.add_netlify(&path, &tree);
        assert_eq!((to(&moves, "/x").as_deref(), to(&moves, "/p")), (Some("/y"), None));
    }
}
