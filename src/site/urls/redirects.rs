//! Redirects in the config files of hosts: Netlify and Cloudflare Pages, Vercel, Firebase, Azure Static Web Apps and
//! Apache. Of redirects under a condition, which apply to some readers only, and of those that a pattern selects, it is
//! not known what they lead to.

use std::{path::Path, sync::Arc};

use super::{Move, Moves, Reach};
use crate::{
    data::{Node, Tree},
    diagnostic::Label,
    text::Span,
};

/// Reads the redirects of a file that is a tree.
type ReadTree = fn(&mut Moves, &Arc<Path>, &Tree);

/// Reads the redirects of a file of lines.
type ReadLines = fn(&mut Moves, &Arc<Path>, &str);

/// The files in JSON or TOML that have redirects, by name, and how to read them.
pub const REDIRECT_FILES: [(&str, ReadTree); 4] = [
    ("netlify.toml", Moves::add_netlify),
    ("vercel.json", Moves::add_vercel),
    ("firebase.json", Moves::add_firebase),
    ("staticwebapp.config.json", Moves::add_static_web_app),
];

/// The files of lines that have redirects, by name, and how to read them. Of the last two, Hugo makes `_redirects`.
pub const REDIRECT_LISTS: [(&str, ReadLines); 4] = [
    ("_redirects", Moves::add_redirects_file),
    (".htaccess", Moves::add_htaccess),
    ("index.redirects", Moves::add_redirects_file),
    ("home.redirects", Moves::add_redirects_file),
];

/// The folders of templates that Hugo makes files at the root of a site of.
pub const HUGO_TEMPLATES: [&str; 2] = ["layouts", "layouts/_default"];

/// Whether a file, by its name, is read for its redirects.
pub fn may_have_redirects(path: &Path) -> bool {
    let trees = REDIRECT_FILES.iter().map(|(name, _)| *name);
    let mut names = trees.chain(REDIRECT_LISTS.iter().map(|(name, _)| *name));
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| names.any(|it| it == name))
}

impl Moves {
    /// `FROM TO [STATUS]` in each line.
    fn add_redirects_file(&mut self, path: &Arc<Path>, text: &str) {
        for (line, place) in lines(path, text) {
            let mut parts = line.split_whitespace();
            let is_address = |part: &&str| part.starts_with('/') || part.contains("://");
            let Some(from) = parts.next().filter(is_address) else { continue };
            let mut parts = parts.skip_while(|part| !is_address(part));
            let Some(to) = parts.next() else { continue };
            let status = parts.next();
            // `Country=` and `Language=` are conditions, and an action of a template puts in what is not known.
            if to.contains("{{") || { parts }.any(|part| part.contains('=')) {
                self.add_pattern(from);
            } else {
                self.add_rule(from, to, status, place);
            }
        }
    }

    fn add_netlify(&mut self, path: &Arc<Path>, tree: &Tree) {
        for it in list(tree.root.as_ref(), "redirects") {
            if let (Some(from), Some(to), None) = (text(it, "from"), text(it, "to"), it.get("conditions")) {
                let is_forced = it.get("force").and_then(Node::as_bool) == Some(true);
                let status =
                    format!("{}{}", text(it, "status").unwrap_or("301"), if is_forced { "!" } else { "" });
                self.add_rule(from, to, Some(&status), Label::new(path, it.span));
            }
        }
    }

    /// <https://vercel.com/docs/project-configuration#redirects>
    fn add_vercel(&mut self, path: &Arc<Path>, tree: &Tree) {
        for it in list(tree.root.as_ref(), "redirects") {
            let is_conditional = it.get("has").is_some() || it.get("missing").is_some();
            match (text(it, "source"), text(it, "destination")) {
                (Some(from), Some(_)) if is_conditional => self.add_pattern(from),
                (Some(from), Some(to)) => self.add_parameters(from, to, Label::new(path, it.span)),
                _ => {}
            }
        }
        self.add_rewrites(tree.root.as_ref());
    }

    /// Paths that the host answers with something else, be it of the site or not: `rewrites` of Vercel and Firebase.
    fn add_rewrites(&mut self, holder: Option<&Node>) {
        for from in list(holder, "rewrites").iter().filter_map(|it| text(it, "source")) {
            self.add_pattern(from);
        }
    }

    /// <https://firebase.google.com/docs/hosting/full-config#redirects>
    fn add_firebase(&mut self, path: &Arc<Path>, tree: &Tree) {
        let hosting = tree.root.as_ref().and_then(|root| root.get("hosting"));
        let sites = hosting.map_or(&[][..], |hosting| match hosting.items() {
            [] => std::slice::from_ref(hosting),
            several => several,
        });
        for site in sites {
            self.add_rewrites(Some(site));
        }
        for it in sites.iter().flat_map(|site| list(Some(site), "redirects")) {
            let status = text(it, "type");
            if let (Some(from), Some(to)) = (text(it, "source"), text(it, "destination"))
                && status.is_none_or(|status| status.starts_with('3'))
            {
                // `/a{,/**}` is `/a` and all below it.
                let from = from.strip_suffix("{,/**}").unwrap_or(from);
                self.add_parameters(from, to, Label::new(path, it.span));
            }
        }
    }

    /// <https://learn.microsoft.com/azure/static-web-apps/configuration#routes>
    fn add_static_web_app(&mut self, path: &Arc<Path>, tree: &Tree) {
        for it in list(tree.root.as_ref(), "routes") {
            match (text(it, "route"), text(it, "redirect"), text(it, "rewrite")) {
                (Some(from), Some(to), _) => self.add_parameters(from, to, Label::new(path, it.span)),
                (Some(from), None, Some(_)) => self.add_pattern(from),
                _ => {}
            }
        }
    }

    /// `Redirect`, `RedirectPermanent` and `RedirectTemp` of Apache's `mod_alias`.
    fn add_htaccess(&mut self, path: &Arc<Path>, text: &str) {
        for (line, place) in lines(path, text) {
            let mut words = line.split_whitespace();
            let Some(directive) = words.next() else { continue };
            let mut words: Vec<&str> = words.map(|word| word.trim_matches('"')).collect();
            let directive = directive.to_ascii_lowercase();
            if let ("redirectmatch" | "rewriterule", Some(pattern)) =
                (&*directive, words.iter().find(|word| word.contains(['/', '^'])))
            {
                self.add_pattern(pattern);
            }
            let redirects = match &*directive {
                "redirect" => match words.first() {
                    Some(&("301" | "302" | "303" | "307" | "308" | "permanent" | "temp" | "seeother")) => {
                        words.remove(0);
                        true
                    }
                    Some(first) => first.starts_with('/'),
                    None => false,
                },
                "redirectpermanent" | "redirecttemp" => true,
                _ => false,
            };
            if let ([from, to], true) = (&words[..], redirects)
                && from.starts_with('/')
                && from.len() > 1
            {
                self.add(Move {
                    from: (*from).into(),
                    to: (*to).into(),
                    reach: Reach::Below,
                    place,
                    is_weak: false,
                    is_redirect: true,
                });
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
            // Netlify serves a page that is there; Cloudflare Pages, which reads the same file, does not.
            let is_weak = status.is_none_or(|status| !status.ends_with('!'));
            self.add(Move { from: from.into(), to: to.into(), reach, place, is_weak, is_redirect: true });
        } else if status.is_none_or(|status| !status.starts_with(['4', '5'])) {
            self.add_pattern(from);
        }
    }

    /// A rule whose source has parameters such as `:name`: one that takes the rest of the path, `/a/:name*`, is kept.
    fn add_parameters(&mut self, from: &str, to: &str, place: Label) {
        let is_literal = |text: &str| !text.contains([':', '*', '(', '{', '[', '?', '\\', '+', '$']);
        let whole =
            |to: &str| is_literal(to.strip_prefix("https:").or(to.strip_prefix("http:")).unwrap_or(to));
        if from.starts_with('/') && is_literal(from) && whole(to) {
            self.add(Move {
                from: from.into(),
                to: to.into(),
                reach: Reach::Exact,
                place,
                is_weak: false,
                is_redirect: true,
            });
            return;
        }
        self.add_pattern(from);
        let Some((start, parameter)) = from.rsplit_once("/:") else { return };
        let Some(name) = parameter.strip_suffix('*') else { return };
        let Some(target) = to.strip_suffix(parameter).or_else(|| to.strip_suffix(name)) else { return };
        let Some(target) = target.strip_suffix(':') else { return };
        if !start.is_empty() && is_literal(start) && is_literal(name) && whole(target) {
            let to = format!("{target}:splat").into();
            self.add(Move {
                from: start.into(),
                to,
                reach: Reach::Splat,
                place,
                is_weak: false,
                is_redirect: true,
            });
        }
    }
}

/// The items of a list.
fn list<'a>(node: Option<&'a Node>, key: &str) -> &'a [Node] {
    node.and_then(|node| node.get(key)).map_or(&[], Node::items)
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::text)
}

/// The lines of a file, each with its place.
fn lines<'a>(path: &'a Arc<Path>, text: &'a str) -> impl Iterator<Item = (&'a str, Label)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let place = Label::new(path, Span::from_range(at..at + line.trim_end().len()));
        at += line.len();
        (line, place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{self, DataFormat};

    fn to(moves: &Moves, address: &str) -> Option<String> {
        moves.find(address).map(|moved| moved.to)
    }

    fn tree(text: &str, format: DataFormat) -> Tree {
        data::parse(text, Span::from_range(0..text.len()), format)
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
        moves.add_redirects_file(
            &path,
            "{{ $new := site.Params.new }}\n/docs/old/*  /docs/{{ $new }}/:splat\n",
        );
        assert!(moves.may_answer("/docs/old/x") && to(&moves, "/docs/old/x").is_none());
        let toml = "[[redirects]]\nfrom = \"/x\"\nto = \"/y\"\n[[redirects]]\nfrom = \"/p\"\nto = \"/q\"\nstatus = 200\n";
        moves.add_netlify(&path, &tree(toml, DataFormat::Toml));
        assert_eq!((to(&moves, "/x").as_deref(), to(&moves, "/p")), (Some("/y"), None));
    }

    #[test]
    fn a_host_with_a_config_in_json_says_what_moved() {
        let path = Arc::from(Path::new("vercel.json"));
        let mut moves = Moves::default();
        let json = r#"{"redirects": [
            {"source": "/a", "destination": "/b", "permanent": true},
            {"source": "/blog/:rest*", "destination": "/news/:rest*"},
            {"source": "/c", "destination": "/d", "has": [{"type": "cookie", "key": "k"}]},
            {"source": "/u/:id", "destination": "/v/:id"},
            {"source": "/(x|y)", "destination": "/z"}
        ], "rewrites": [{"source": "/board/(.*)", "destination": "https://board.example/$1"}]}"#;
        moves.add_vercel(&path, &tree(json, DataFormat::Json));
        assert_eq!(to(&moves, "/a/").as_deref(), Some("/b/"));
        assert_eq!(to(&moves, "/blog/tides/x").as_deref(), Some("/news/tides/x"));
        assert_eq!((to(&moves, "/c"), to(&moves, "/u/1"), moves.len()), (None, None, 2));
        assert!(moves.may_answer("/board/") && moves.may_answer("/board/x") && !moves.may_answer("/boar"));

        let mut moves = Moves::default();
        let json = r#"{"hosting": [{"redirects": [
            {"source": "/a{,/**}", "destination": "https://ports.example/b", "type": 301},
            {"source": "/x/**", "destination": "/y", "type": 301}
        ], "rewrites": [{"source": "/board/**", "function": "board"}, {"source": "**", "destination": "/index.html"}]}]}"#;
        moves.add_firebase(&path, &tree(json, DataFormat::Json));
        assert_eq!(to(&moves, "/a").as_deref(), Some("https://ports.example/b"));
        assert!(moves.may_answer("/board/x") && !moves.may_answer("/e"));
        assert_eq!(moves.len(), 1);

        let mut moves = Moves::default();
        let json = r#"{"routes": [{"route": "/a", "redirect": "/b"}, {"route": "/c", "rewrite": "/d"}]}"#;
        moves.add_static_web_app(&path, &tree(json, DataFormat::Json));
        assert_eq!((to(&moves, "/a").as_deref(), moves.len()), (Some("/b"), 1));
        assert!(moves.may_answer("/c") && !moves.may_answer("/e"));
    }

    #[test]
    fn apache_says_what_moved() {
        let path = Arc::from(Path::new("static/.htaccess"));
        let mut moves = Moves::default();
        let text = "Redirect 301 /a /b\nredirectpermanent \"/c\" https://ports.example/d\nRedirect gone /e\nRedirect 410 /f /g\nRewriteRule ^h$ /i [R=301]\nRedirect / /j\n";
        moves.add_htaccess(&path, text);
        assert_eq!(to(&moves, "/a/tides").as_deref(), Some("/b/tides"));
        assert_eq!(to(&moves, "/c").as_deref(), Some("https://ports.example/d"));
        assert_eq!(moves.len(), 2);
    }
}
