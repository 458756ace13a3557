use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    ops::Deref,
};

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    links::{AddressKind, TargetKind, UrlTarget, WebAddress, hosts, shortened},
    markdown::{Node, NodeData, NodeKind, Typed},
    rule::Rule,
    text::{Span, is_host_below},
};

declare_rule! {
    /// Link to a local or private host
    ///
    /// ## What it does
    ///
    /// Reports links to `localhost`, to hosts in a private network, and to files on a local disk. A URL whose host is
    /// visible in the text, as in "open <http://localhost:3000>" or "[localhost:3000](http://localhost:3000)", is
    /// taken as part of an instruction, such as in a tutorial, and ignored unless `visible` is set. So are all loopback URLs,
    /// such as `localhost`, in a README, and on a page whose code contains one, or contains the port of the URL. Code is
    /// always ignored.
    ///
    /// ## Why is this bad?
    ///
    /// The link works only on the author's computer. It is often the URL of a preview server that was copied into the
    /// page.
    ///
    /// ## Example
    ///
    /// ```md
    /// See [the timetable](http://localhost:8000/times/) and [the map](file:///home/mira/map.png).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See [the timetable](/times/). To try it, open <http://localhost:8000>.
    /// ```
    pub struct LocalUrl {
        /// Hosts to ignore, including subdomains.
        allow: Vec<String> = vec![],
        /// Also report URLs that are visible in the text.
        visible: bool = false,
    }
    id = "local-url",
}

impl Rule for LocalUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let texts = LazyCell::new(|| texts_of_references(doc));
        let servers = LazyCell::new(|| OwnServers::of(doc));
        for target in doc.targets() {
            let Some((span, message)) = self.defect(doc, target, &texts, &servers) else { continue };
            sink.report(span, message).help("link to a public URL");
        }
    }
}

impl LocalUrl {
    fn defect(
        &self,
        doc: &Document,
        target: &UrlTarget,
        texts: &impl Deref<Target = Texts>,
        servers: &impl Deref<Target = OwnServers>,
    ) -> Option<(Span, String)> {
        if target.address == AddressKind::FileSystem || is_home(&target.url) {
            return Some((target.span, "link to a file on a local disk".to_owned()));
        }
        let host = match target.address {
            AddressKind::Web | AddressKind::ProtocolRelative => WebAddress::of(&target.url)?.host(),
            AddressKind::Relative => local_name(&target.url)?,
            _ => return None,
        };
        let is_allowed = || self.allow.iter().any(|of| is_host_below(host, of));
        let is_loopback = hosts::LOOPBACK.contains(&host) || host.ends_with(".localhost");
        let is_shown =
            || shows(doc, target, host, texts) || is_loopback && servers.may_have(&target.url, host);
        if !hosts::is_local(host) || is_allowed() || !self.visible && is_shown() {
            return None;
        }
        let shown = shortened(host);
        let start = target.url.find(host)?;
        let place = target.part(start..start + host.len());
        Some((place, format!("`{shown}` is a local or private-network host")))
    }
}

/// What the code on a page says of servers on the reader's computer.
struct OwnServers {
    /// Whether it names one.
    is_named: bool,
    /// The numbers in it that may be ports.
    ports: HashSet<u16>,
}

impl OwnServers {
    fn of(doc: &Document) -> Self {
        // What is to be read beside the code is about running it.
        let is_readme = doc.path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        let mut servers = Self { is_named: is_readme, ports: HashSet::new() };
        let blocks = doc.ast.code_blocks().map(Typed::span);
        for span in blocks.chain(doc.ast.of(NodeKind::Code).map(Node::span)) {
            let code = doc.slice(span);
            servers.is_named |= hosts::LOOPBACK.iter().any(|host| code.contains(host));
            let numbers = code.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() >= 4);
            servers.ports.extend(numbers.filter_map(|word| word.parse::<u16>().ok()));
        }
        servers
    }

    /// Whether a URL may be that of such a server: the code starts one, or forwards the port.
    fn may_have(&self, url: &str, host: &str) -> bool {
        let after = url.find(host).map_or("", |at| &url[at + host.len()..]);
        let port = after.strip_prefix(':').and_then(|rest| rest.split(['/', '?', '#']).next());
        self.is_named
            || port.and_then(|port| port.parse().ok()).is_some_and(|port: u16| self.ports.contains(&port))
    }
}

/// The local host that a URL without a scheme starts with.
fn local_name(address: &str) -> Option<&str> {
    let name = &address[..address.find(['/', ':', '?', '#']).unwrap_or(address.len())];
    let has_port = address[name.len()..].starts_with(':');
    (name.eq_ignore_ascii_case("localhost") || has_port && hosts::is_local(name)).then_some(name)
}

/// The texts of the links that use each definition, by the place of the definition.
type Texts = HashMap<Span, Vec<Span>>;

fn texts_of_references(doc: &Document) -> Texts {
    let uses = doc.ast.definition_uses(&doc.source);
    let texts = |users: &[Node<'_>]| users.iter().filter_map(text_of).collect();
    uses.iter().map(|usage| (usage.definition.span, texts(&usage.users))).collect()
}

fn text_of(link: &Node<'_>) -> Option<Span> {
    let NodeData::Link(link) = link.data() else { return None };
    Some(link.text)
}

/// Whether the text shows that the URL is local.
fn shows(doc: &Document, target: &UrlTarget, host: &str, texts: &impl Deref<Target = Texts>) -> bool {
    let names_host = |text: &str| contains_ignoring_case(text, host);
    match target.kind {
        TargetKind::Autolink | TargetKind::Bare => true,
        TargetKind::Link => target.text.is_some_and(|text| names_host(doc.slice(text))),
        TargetKind::Definition => texts
            .get(&target.owner)
            .is_some_and(|texts| texts.iter().any(|text| names_host(doc.slice(*text)))),
        TargetKind::Html => {
            let is_link = doc.slice(target.owner).get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("<a"));
            let text = doc.source[target.owner.end as usize..].split('<').next();
            is_link && text.is_some_and(names_host)
        }
        TargetKind::Image
        | TargetKind::HtmlMedia
        | TargetKind::FrontMatter
        | TargetKind::Wikilink
        | TargetKind::Embed => false,
    }
}

/// Whether a text contains a host, in any case.
fn contains_ignoring_case(text: &str, host: &str) -> bool {
    text.as_bytes().windows(host.len()).any(|part| part.eq_ignore_ascii_case(host.as_bytes()))
}

/// Whether a path is in a home directory; a site may have its own `/home/`.
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
    fn home_directories_differ_from_routes() {
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
    fn local_hosts_need_no_scheme() {
        assert_eq!(local_name("localhost/a"), Some("localhost"));
        assert_eq!(local_name("127.0.0.1:80/a"), Some("127.0.0.1"));
        assert_eq!(local_name("10.0.0.1/notes"), None, "a folder may be called after a version");
        assert_eq!(local_name("localhost.md"), None);
    }
}
