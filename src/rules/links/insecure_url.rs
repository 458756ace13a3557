use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Fix},
    links::{InsecureLink, hosts},
    rule::{Fixable, Rule},
    site::{Page, Site},
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
}

impl Rule for InsecureUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for link in &page.web_links.insecure {
            if self.allow.iter().any(|of| hosts::is_below(&link.host, of)) {
                continue;
            }
            let InsecureLink { host, scheme, has_port } = link;
            let named = self.secure.iter().any(|of| hosts::is_below(host, of));
            let seen = site.has_secure_host(host);
            let found = sink.report(*scheme, format!("this link to `{host}` is not encrypted"));
            let help = match (named, seen) {
                (true, _) => "write `https`: the config says that the host answers",
                (_, true) => "write `https`, as other links of the site to this host do",
                _ => "write `https` if the host answers",
            };
            found.help(help);
            // A host does not answer over both on one port.
            if !has_port {
                let trust = if named || seen { Applicability::Safe } else { Applicability::Unsafe };
                found.fix(Fix::replace(help, trust, *scheme, "https"));
            }
        }
    }
}
