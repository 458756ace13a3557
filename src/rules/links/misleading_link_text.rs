use percent_encoding::percent_decode_str;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    links::hosts,
    markdown::{LinkKind, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// Link text shows a different URL
    ///
    /// ## What it does
    ///
    /// Reports links whose text is a URL or host name other than that of the destination. The scheme, `www.`, the usual
    /// port, a trailing slash, the case of the host, and parts abbreviated with `…` are ignored, as are query and
    /// fragment if the text has none. A host name alone matches all of its pages. Code is ignored, and so are text that
    /// is part of the destination's path, archived copies of the page, import paths of packages, and names of types such
    /// as `apps.example.com/Ferry`.
    ///
    /// ## Why is this bad?
    ///
    /// A visible URL is expected to be the destination. Usually, one of the two was changed and the other forgotten;
    /// phishing uses the same trick.
    ///
    /// ## Example
    ///
    /// ```md
    /// See [harbour.example.org/tides](https://harbour.example.org/log).
    /// ```
    ///
    /// ```md
    /// See [https://harbour.example](https://quay.example).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See [harbour.example.org/tides](https://www.harbour.example.org/tides/) and the
    /// [tides.md](https://quay.example/tides.md).
    /// ```
    pub struct MisleadingLinkText {}
    id = "misleading-link-text",
}

impl Rule for MisleadingLinkText {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for link in doc.ast.links() {
            let is_its_text = matches!(link.kind, LinkKind::Autolink | LinkKind::Bare);
            // A URL contains a dot or a colon, possibly as an entity.
            let may_be_address = doc.slice(link.text).contains(['.', ':', '&']);
            if is_its_text
                || !may_be_address
                || link
                    .node()
                    .descendants()
                    .any(|node| matches!(node.kind(), NodeKind::Code | NodeKind::Image))
            {
                continue;
            }
            let text = link.node().text(&doc.source);
            // Marks of the direction show nothing.
            let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}'));
            let Some(shown) = Address::shown(text) else { continue };
            let Some(real) = Address::of(&link.url) else { continue };
            if real.is_about(text)
                || real.contains(&shown)
                || shown.is_type(text)
                || shown.is_package_at(&real)
            {
                continue;
            }
            let message = if !shown.has_host_of(&real) {
                format!("link text shows a different host than the destination (`{}`)", real.host)
            } else if !shown.has_path_of(&real) {
                "link text shows a different URL than the destination".to_owned()
            } else {
                continue;
            };
            sink.report(link.bracketed_text(), message)
                .help("make text and destination match, or use descriptive text");
        }
    }
}

/// A host with path, query and fragment.
struct Address<'a> {
    has_scheme: bool,
    host: String,
    /// Starts with a slash unless empty.
    path: &'a str,
    /// Query and fragment, with `?` and `#`.
    rest: &'a str,
}

impl<'a> Address<'a> {
    /// Splits an `http` or `https` URL.
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) =
            url.split_once("://").or_else(|| url.strip_prefix("//").map(|rest| ("https", rest)))?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        Some(Self { has_scheme: true, ..Self::split(rest) })
    }

    fn split(rest: &'a str) -> Self {
        let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (path, rest) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        let host = host.to_lowercase();
        let host = host.strip_prefix("www.").map(str::to_owned).unwrap_or(host);
        let usual_port = [":80", ":443"].into_iter().find_map(|port| host.strip_suffix(port));
        let host = usual_port.map(str::to_owned).unwrap_or(host);
        Self { has_scheme: false, host, path: path.trim_end_matches('/'), rest }
    }

    /// The URL or host name that a link text is. Names such as `Node.js` and files such as `tides.md` resemble host
    /// names, so without a scheme or `www.` the host must be lowercase and have a well-known top-level domain.
    fn shown(text: &'a str) -> Option<Self> {
        const ENDS: [&str; 14] =
            ["com", "org", "net", "edu", "gov", "info", "io", "dev", "de", "eu", "fr", "uk", "jp", "cn"];
        const SURE_ENDS: [&str; 5] = ["com", "org", "net", "edu", "gov"];
        if text.contains(char::is_whitespace) {
            return None;
        }
        if text.contains("://") {
            return Self::of(text);
        }
        let address = Self::split(text);
        let parts: Vec<&str> = address.host.split('.').collect();
        let is_label = |part: &&str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let is_lower = text.starts_with(&address.host);
        if text.starts_with("www.") {
            return parts.iter().all(is_label).then_some(address);
        }
        let [.., _, end] = parts.as_slice() else { return None };
        let is_long = parts.len() > 2 || address.path.len() > 1;
        let is_known = if is_long { ENDS.contains(end) } else { SURE_ENDS.contains(end) };
        (is_known && is_lower && parts.iter().all(is_label)).then_some(address)
    }

    /// Whether this host is the other's or, without a path, a parent domain of it.
    fn has_host_of(&self, other: &Self) -> bool {
        // The computer that runs the program has several names.
        let is_same_computer = || self.port() == other.port() && self.is_loopback() && other.is_loopback();
        let parent = other.host.strip_suffix(&self.host);
        let is_part = parent.is_some_and(|parent| parent.is_empty() || parent.ends_with('.'));
        is_part && (self.path.is_empty() || self.host == other.host) || is_same_computer()
    }

    fn port(&self) -> &str {
        let port = self.host.rsplit_once(':').map_or("", |(_, port)| port);
        if port.bytes().all(|byte| byte.is_ascii_digit()) { port } else { "" }
    }

    fn is_loopback(&self) -> bool {
        let name = self.host.strip_suffix(self.port()).unwrap_or(&self.host);
        hosts::LOOPBACK.contains(&name.trim_end_matches(':'))
    }

    /// Whether the text is the name of a type in the namespace of a domain, as Kubernetes has them: `apps.example.com/Ferry`.
    fn is_type(&self, text: &str) -> bool {
        let first = self.path.trim_start_matches('/');
        !text.contains("://") && self.rest.is_empty() && first.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Whether the text is the path by which programs import a package, and the other URL that of its code on a forge:
    /// `go.harbour.org/tides` at `https://github.com/harbour-org/tides`.
    fn is_package_at(&self, other: &Self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        !self.has_scheme
            && !name.is_empty()
            && self.rest.is_empty()
            && hosts::is_forge(&other.host)
            && other.path.split('/').any(|part| part == name)
    }

    /// Whether the path contains the other URL, as those of archives and repositories do.
    fn is_about(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        let bare = address.split_once("://").map_or(&*address, |(_, rest)| rest);
        self.path.to_lowercase().contains(bare)
    }

    /// Whether the path or the query contains a URL of the other's host, as those of archives and redirects do.
    fn contains(&self, shown: &Self) -> bool {
        let is_in = |part: &str| {
            let inner = part.find("http").and_then(|at| Address::of(&part[at..]));
            inner.is_some_and(|inner| inner.host == shown.host)
        };
        is_in(self.path) || is_in(&percent_decode_str(self.rest).decode_utf8_lossy().replace('&', "#"))
    }

    fn has_path_of(&self, other: &Self) -> bool {
        if self.path.is_empty() && self.rest.is_empty() {
            return true;
        }
        if let Some((head, tail)) = self.path.split_once('…').or_else(|| self.path.split_once("...")) {
            return other.path.starts_with(head) && other.path.ends_with(tail);
        }
        // The beginning of a long URL is not another one. Without its scheme, it is the name of a page.
        let rest = other.path.strip_prefix(self.path).filter(|_| self.has_scheme);
        if self.rest.is_empty() && rest.is_some_and(|rest| rest.starts_with('/')) {
            return true;
        }
        let is_same =
            |shown: &str, real: &str| shown == real || percent_decode_str(shown).eq(percent_decode_str(real));
        // A registry of images has their names without a part of the path: `quay.example/pier/lamp`.
        let is_end = !self.has_scheme
            && self.rest.is_empty()
            && self.path.matches('/').count() > 1
            && other.path.ends_with(self.path);
        is_end || is_same(self.path, other.path) && (self.rest.is_empty() || is_same(self.rest, other.rest))
    }
}
