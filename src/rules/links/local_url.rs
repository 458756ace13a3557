use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    links::{AddressKind, Target, TargetKind, WebAddress, hosts, shortened},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// A link leads to the writer's own machine or network
    ///
    /// ## Why
    ///
    /// A link to `localhost`, to a private network or to a file on somebody's disk works for the one who wrote it and
    /// for no reader. It is often a preview's address that was copied into the page.
    ///
    /// An address that readers see as such, as in "open <http://localhost:3000>", is taken for an instruction and left
    /// alone. So is code.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See [the timetable](http://localhost:8000/times/) and [the map](file:///home/mira/map.png).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See [the timetable](/times/). To try it, open <http://localhost:8000>.
    /// ```
    pub struct LocalUrl {
        /// Hosts that readers can reach, and those below them.
        allow: Vec<String> = vec![],
        /// Whether addresses that readers see are reported, too.
        visible: bool = false,
    }
    id = "local-url",
}

impl Rule for LocalUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets() {
            let Some((span, message)) = self.found(doc, target) else { continue };
            sink.report(span, message).help("link to where readers find it");
        }
    }
}

impl LocalUrl {
    fn found(&self, doc: &Document, target: &Target) -> Option<(Span, String)> {
        if target.address == AddressKind::FileSystem || is_home(&target.url) {
            return Some((target.span, "only the writer's machine has this file".to_owned()));
        }
        let host = match target.address {
            AddressKind::Web | AddressKind::ProtocolRelative => WebAddress::of(&target.url)?.host(),
            AddressKind::Relative => local_name(&target.url)?,
            _ => return None,
        };
        let is_allowed = || self.allow.iter().any(|of| hosts::is_below(host, of));
        if !hosts::is_local(host) || is_allowed() || !self.visible && shows(doc, target, host) {
            return None;
        }
        let shown = shortened(host);
        let start = target.url.find(host)?;
        let place = target.part(start..start + host.len());
        Some((
            place,
            format!("readers do not get to `{shown}`, an address of the writer's own machine or network"),
        ))
    }
}

/// `localhost` in an address that begins with it.
fn local_name(address: &str) -> Option<&str> {
    let name = &address[..address.find(['/', ':', '?', '#']).unwrap_or(address.len())];
    let has_port = address[name.len()..].starts_with(':');
    (name.eq_ignore_ascii_case("localhost") || has_port && hosts::is_local(name)).then_some(name)
}

/// Whether readers see that the address is local.
fn shows(doc: &Document, target: &Target, host: &str) -> bool {
    match target.kind {
        TargetKind::Autolink | TargetKind::Bare => true,
        TargetKind::Link => target.text.is_some_and(|text| doc.slice(text).contains(host)),
        _ => false,
    }
}

/// Whether a path leads into somebody's home folder on a usual machine; a site may have a `/home/` of its own.
fn is_home(path: &str) -> bool {
    let mut parts = path.strip_prefix('/').unwrap_or_default().split('/');
    let (top, user, below) = (parts.next(), parts.next(), parts.next());
    let named = user.is_some_and(|user| !user.is_empty()) && below.is_some_and(|below| !below.is_empty());
    let usual = [
        "Desktop",
        "Documents",
        "Downloads",
        "Pictures",
        "code",
        "dev",
        "projects",
        "repos",
        "src",
        "workspace",
    ];
    match top {
        Some("Users") => named,
        Some("home") => named && below.is_some_and(|below| below.starts_with('.') || usual.contains(&below)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_home, local_name};

    #[test]
    fn homes_are_told_from_routes() {
        assert!(
            is_home("/Users/mira/map.png")
                && is_home("/home/mira/Downloads/map.png")
                && is_home("/home/mira/.ssh/a")
        );
        assert!(
            !is_home("/home/about/team")
                && !is_home("/home/")
                && !is_home("/users/mira/x")
                && !is_home("home/a/src")
        );
    }

    #[test]
    fn local_names_lack_a_scheme_at_times() {
        assert_eq!(local_name("localhost/a"), Some("localhost"));
        assert_eq!(local_name("127.0.0.1:80/a"), Some("127.0.0.1"));
        assert_eq!(local_name("10.0.0.1/notes"), None, "a folder may be called after a version");
        assert_eq!(local_name("localhost.md"), None);
    }
}
