//! What other pages may want to know of a page's links to the web.

use super::{AddressKind, Target, TargetKind, WebAddress, hosts};
use crate::text::Span;

/// The hosts that a page links to, by how it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebLinks {
    /// Hosts over `https`, in small letters, sorted.
    pub secure: Box<[Box<str>]>,
    /// Links over `http` that readers of the page could follow, in source order.
    pub insecure: Box<[InsecureLink]>,
}

/// A link over `http`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsecureLink {
    /// The host, in small letters.
    pub host: Box<str>,
    /// The scheme as it is written.
    pub scheme: Span,
    /// Whether the address names a port, so that `https` would need another.
    pub has_port: bool,
}

impl WebLinks {
    /// Looks at the addresses of a page.
    pub fn of(targets: &[Target], source: &str) -> Self {
        let mut secure: Vec<Box<str>> = Vec::new();
        let mut insecure = Vec::new();
        for target in targets.iter().filter(|target| target.address == AddressKind::Web) {
            let Some(web) = WebAddress::of(&target.url) else { continue };
            let host = web.host().to_ascii_lowercase();
            if !web.is_insecure() {
                secure.push(host.into());
                continue;
            }
            // Of `www.example.org` the renderer alone makes an address over http.
            let is_meant = target.kind == TargetKind::Bare && !target.is_verbatim(source);
            if !is_meant
                && !hosts::is_local(&host)
                && !hosts::is_reserved(&host)
                && !is_name(&host, web.path())
            {
                // The address as it is written may have escapes, but none in its scheme.
                let scheme = Span::from_range(web.scheme.clone()).shift(target.span.start);
                insecure.push(InsecureLink { host: host.into(), scheme, has_port: web.port.is_some() });
            }
        }
        secure.sort_unstable();
        secure.dedup();
        Self { secure: secure.into(), insecure: insecure.into() }
    }
}

/// Whether an address is a name that happens to look like one: an XML namespace or a schema's id.
fn is_name(host: &str, path: &str) -> bool {
    let is_dated = || path.get(..4).is_some_and(|it| it.starts_with("/19") || it.starts_with("/20"));
    match host {
        "www.w3.org" => is_dated() || path.starts_with("/ns/"),
        "json-schema.org" => path.starts_with("/draft-"),
        "purl.org" | "xmlns.com" | "ns.adobe.com" => true,
        _ => host.starts_with("schemas.") || host.is_empty(),
    }
}
