use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    links::{AddressKind, Target, TargetKind, WebAddress, hosts, shortened},
    rule::{Fixable, Rule},
    site::{Page, Site},
    text::Span,
};

declare_rule! {
    /// A link goes over http, which is not encrypted
    ///
    /// ## Why
    ///
    /// Whoever sits between readers and the site can see and change what they get, and browsers warn of it. Nearly every
    /// site answers over https today. Where another link of this site already goes to the same host over https, or the
    /// config names the host, the change is safe; elsewhere it is worth a look.
    ///
    /// Silent for hosts that stand in examples, such as `example.org`, for local addresses, and for addresses that are
    /// names, such as those of XML namespaces.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The [harbour office](http://www.harbour-office.org/hours) opens at eight.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The [harbour office](https://www.harbour-office.org/hours) opens at eight.
    /// ```
    pub struct InsecureUrl {
        /// Hosts that are known to answer over https, and those below them.
        secure: Vec<String> = vec![],
        /// Hosts that only answer over http, and those below them.
        allow: Vec<String> = vec![],
    }
    id = "insecure-url",
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
            if self.allow.iter().any(|of| hosts::is_below(&host, of)) {
                continue;
            }
            let named = self.secure.iter().any(|of| hosts::is_below(&host, of));
            let seen = site.has_secure_host(&host);
            // The address as it is written may have escapes, but none in its scheme.
            let scheme = Span::from_range(web.scheme.clone()).shift(target.span.start);
            let found = sink.report(scheme, format!("this link to `{}` is not encrypted", shortened(&host)));
            let help = match (named, seen) {
                (true, _) => "write `https`: the config says that the host answers",
                (_, true) => "write `https`, as other links of the site to this host do",
                _ => "write `https` if the host answers",
            };
            found.help(help);
            // A host does not answer over both on one port.
            if web.port.is_none() {
                let trust = if named || seen { Applicability::Safe } else { Applicability::Unsafe };
                found.fix(Fix::replace(help, trust, scheme, "https"));
            }
        }
    }
}

/// Whether somebody wrote `http` to lead readers there.
fn is_meant(target: &Target, web: &WebAddress<'_>) -> bool {
    let host = web.host();
    // Of `www.example.org` the renderer alone makes an address over http.
    let is_written = target.is_verbatim || target.kind != TargetKind::Bare;
    is_written && !hosts::is_local(host) && !hosts::is_reserved(host) && !is_name(host, web.path())
}

/// Whether an address is a name that happens to look like one: an XML namespace or a schema's id.
fn is_name(host: &str, path: &str) -> bool {
    let is_dated = || path.get(..3).is_some_and(|it| matches!(it, "/19" | "/20"));
    match host {
        "www.w3.org" => is_dated() || path.starts_with("/ns/"),
        "json-schema.org" => path.starts_with("/draft-"),
        "purl.org" | "xmlns.com" | "ns.adobe.com" => true,
        _ => host.starts_with("schemas.") || host.is_empty(),
    }
}
