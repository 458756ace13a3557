use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{LinkKind, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// A link's text is another address than its destination
    ///
    /// ## Why
    ///
    /// Readers who see an address expect to get there. Mostly one of the two was changed and the other forgotten; the
    /// text that differs is also how people are led to pages that they did not want to see.
    ///
    /// A scheme, `www.`, a slash at the end, case in the host, and what the text leaves out with `…` make no
    /// difference, nor do query and fragment where the text has none. A host alone stands for all its pages. Code is a
    /// name, not an address, and so is a text that the destination's path contains.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See [harbour.example.org/tides](https://harbour.example.org/log).
    /// ```
    ///
    /// ```md
    /// See [https://harbour.example](https://quay.example).
    /// ```
    ///
    /// ## Good
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
            // An address has a dot or a colon, which may be written as an entity.
            let may_be_address = doc.slice(link.text).contains(['.', ':', '&']);
            if is_its_text
                || !may_be_address
                || link.node().descendants().any(|node| node.kind() == NodeKind::Code)
            {
                continue;
            }
            let text = link.node().text(&doc.source);
            let Some(shown) = Address::shown(text.trim()) else { continue };
            let Some(real) = Address::of(&link.url) else { continue };
            if real.is_about(text.trim()) {
                continue;
            }
            let message = if !shown.has_host_of(&real) {
                format!("the text names another host than the destination, which is at `{}`", real.host)
            } else if !shown.has_path_of(&real) {
                "the text names another page than the destination".to_owned()
            } else {
                continue;
            };
            sink.report(link.bracketed_text(), message)
                .help("make both the same, or let the text describe the page");
        }
    }
}

/// A host and what stands behind it.
struct Address<'a> {
    host: String,
    /// With the slash before it.
    path: &'a str,
    /// Query and fragment with the marks before them.
    rest: &'a str,
}

impl<'a> Address<'a> {
    /// The address of a page on a host.
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) =
            url.split_once("://").or_else(|| url.strip_prefix("//").map(|rest| ("https", rest)))?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        Some(Self::split(rest))
    }

    fn split(rest: &'a str) -> Self {
        let (host, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (path, rest) = behind.split_at(behind.find(['?', '#']).unwrap_or(behind.len()));
        let host = host.to_lowercase();
        let host = host.strip_prefix("www.").map(str::to_owned).unwrap_or(host);
        Self { host, path: path.trim_end_matches('/'), rest }
    }

    /// The address that a link's text is. Names such as `Node.js` and files such as `tides.md` look much like hosts, so
    /// without a scheme or a `www.` it takes a well-known end, and small letters.
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

    /// Whether this host is the other's, or the one that the other is part of.
    fn has_host_of(&self, other: &Self) -> bool {
        let parent = other.host.strip_suffix(&self.host);
        let is_part = parent.is_some_and(|parent| parent.is_empty() || parent.ends_with('.'));
        is_part && (self.path.is_empty() || self.host == other.host)
    }

    /// Whether the path names the other address: that of a repository, an archive or an article is called so.
    fn is_about(&self, address: &str) -> bool {
        self.path.to_lowercase().contains(&address.to_lowercase())
    }

    fn has_path_of(&self, other: &Self) -> bool {
        if self.path.is_empty() && self.rest.is_empty() {
            return true;
        }
        if let Some((head, tail)) = self.path.split_once('…').or_else(|| self.path.split_once("...")) {
            return other.path.starts_with(head) && other.path.ends_with(tail);
        }
        self.path == other.path && (self.rest.is_empty() || self.rest == other.rest)
    }
}
