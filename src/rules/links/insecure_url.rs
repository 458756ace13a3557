use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{AddressKind, TargetKind, UrlTarget, WebAddress, hosts, shortened},
    rule::{Fixable, Rule},
    site::{Page, Site},
    text::{Span, is_host_below},
};

declare_rule! {
    /// Link over plain HTTP
    ///
    /// ## What it does
    ///
    /// Reports `http` URLs in links, except local URLs, host names reserved for examples such as `example.org`, and
    /// URLs that are identifiers, such as XML namespaces.
    ///
    /// ## Why is this bad?
    ///
    /// Unencrypted connections can be read and modified. Nearly every site supports HTTPS today, and most redirect to
    /// it, so the level is `info`: such a link usually works, and old pages have many of them.
    ///
    /// ## Example
    ///
    /// ```md
    /// The [harbour office](http://www.harbour-office.org/hours) opens at eight.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The [harbour office](https://www.harbour-office.org/hours) opens at eight.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe if another link of the site uses `https` for the same host, or if the option `secure` lists the
    /// host. Otherwise, it is unsafe. A URL with a port has no fix.
    pub struct InsecureUrl {
        /// Hosts known to support HTTPS, including subdomains.
        secure: Vec<String> = vec![],
        /// Hosts known to support only HTTP, including subdomains.
        allow: Vec<String> = vec![],
    }
    id = "insecure-url",
    severity = Severity::Info,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for InsecureUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for target in page.targets.iter().filter(|target| target.address == AddressKind::Web) {
            if target.url.starts_with("https:") {
                continue;
            }
            let Some(web) =
                WebAddress::of(&target.url).filter(|web| web.is_insecure() && is_meant(target, web))
            else {
                continue;
            };
            let host = web.host().to_ascii_lowercase();
            if self.allow.iter().any(|of| is_host_below(&host, of)) {
                continue;
            }
            let named = self.secure.iter().any(|of| is_host_below(&host, of));
            let seen = site.has_secure_host(&host);
            // The URL may contain escapes in the source, but not in its scheme.
            let scheme = Span::from_range(web.scheme.clone()).shift(target.span.start);
            let message = format!("insecure URL: link to `{}` uses `http`", shortened(&host));
            let diagnostic = sink.report(scheme, message);
            diagnostic.help(match (named, seen) {
                (true, _) => "the config lists this host as supporting HTTPS",
                (_, true) => "other links to this host use `https`",
                _ => "check that the host supports HTTPS",
            });
            // A port serves only one of the two protocols.
            if web.port.is_none() {
                let applicability = if named || seen { Applicability::Safe } else { Applicability::Unsafe };
                diagnostic.fix(Fix::replace("Replace `http` with `https`", applicability, scheme, "https"));
            }
        }
    }
}

/// Whether the author wrote `http`, in a link to a public host.
fn is_meant(target: &UrlTarget, web: &WebAddress<'_>) -> bool {
    let host = web.host();
    // `www.example.org` becomes an `http` URL only in the renderer.
    let is_written = target.is_verbatim || target.kind != TargetKind::Bare;
    is_written && !hosts::is_local(host) && !hosts::is_reserved(host) && !is_identifier(host, web.path())
}

/// Whether a URL is an identifier, such as that of an XML namespace or a schema.
fn is_identifier(host: &str, path: &str) -> bool {
    let is_dated = || path.get(..3).is_some_and(|it| matches!(it, "/19" | "/20"));
    match host {
        "www.w3.org" => is_dated() || path.starts_with("/ns/"),
        "json-schema.org" => path.starts_with("/draft-"),
        "purl.org" | "xmlns.com" | "ns.adobe.com" => true,
        _ => host.starts_with("schemas.") || host.is_empty(),
    }
}
