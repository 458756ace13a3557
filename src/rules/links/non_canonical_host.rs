use std::ops::Range;

use url::Url;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{AddressKind, WebAddress, hosts::without_www, shortened},
    rule::{Fixable, Rule},
    site::{Page, Site},
};

declare_rule! {
    /// Non-canonical host name
    ///
    /// ## What it does
    ///
    /// Reports links that use another name of the site's host than `site.url` in the config: one of `site.aliases`, or
    /// the same name with or without `www.`. It also reports uppercase letters in host names.
    ///
    /// ## Why is this bad?
    ///
    /// Links to another name of the site go through a redirect, and search engines may index the site twice. Host
    /// names are case-insensitive, so uppercase letters only make the same URL look different; they are reported as
    /// `info`, and so is a missing or superfluous `www.`, which nearly all servers redirect.
    ///
    /// ## Example
    ///
    /// ```md
    /// The [harbour office](https://WWW.Harbour.example/Hours).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The [harbour office](https://www.harbour.example/Hours).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: both names are the same host.
    pub struct NonCanonicalHost {}
    id = "non-canonical-host",
    fixable = Fixable::Always,
    changes = Changes::Addresses,
}

impl Rule for NonCanonicalHost {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for target in &page.targets {
            if !matches!(target.address, AddressKind::Web | AddressKind::ProtocolRelative) {
                continue;
            }
            let Some(web) = WebAddress::of(&target.url) else { continue };
            let host = web.host();
            let (part, right, message, severity) = if let Some((part, right)) =
                other_name(&web, &target.url, site)
            {
                let message = format!("`{}` is not the canonical host", shortened(&target.url[part.clone()]));
                // Servers redirect from one to the other.
                let written = target.url[part.clone()].to_ascii_lowercase();
                let is_harmless = without_www(&written) == without_www(&right);
                (part, right, message, if is_harmless { Severity::Info } else { Severity::Error })
            } else if host.bytes().any(|byte| byte.is_ascii_uppercase())
                && !host.contains(char::is_whitespace)
            {
                let message = format!("host name `{}` should be lowercase", shortened(host));
                (web.host.clone(), host.to_ascii_lowercase(), message, Severity::Info)
            } else {
                continue;
            };
            let (span, shown) = (target.part(part), shortened(&right).into_owned());
            let title = format!("Replace with `{shown}`");
            let fix = target.is_verbatim.then(|| Fix::replace(title, Applicability::Safe, span, right));
            sink.report(span, message).at_most(severity).fix_or_help(fix, format!("use `{shown}`"));
        }
    }
}

/// The part of a URL that is another name of the site, and its replacement.
fn other_name(web: &WebAddress<'_>, address: &str, site: &Site) -> Option<(Range<usize>, String)> {
    let own = site.urls.sites.main().url.as_ref()?;
    let host = web.host().to_ascii_lowercase();
    let port = web.port.as_ref().and_then(|port| address[port.clone()].parse::<u16>().ok());
    let is_own = |url: &&Url| {
        url.port() == port
            && url.host_str().is_some_and(|name| without_www(name) == without_www(&host))
            && is_below(web.path(), url.path().trim_end_matches('/'))
    };
    let name = std::iter::once(own).chain(&site.urls.sites.main().aliases).find(is_own)?;
    let base = |url: &Url| {
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        format!("{}{port}{}", url.host_str().unwrap_or_default(), url.path().trim_end_matches('/'))
    };
    let end = web.path.start + name.path().trim_end_matches('/').len();
    let written = web.host.start..end;
    let right = base(own);
    let is_right = address[written.clone()].eq_ignore_ascii_case(&right);
    (!is_right).then_some((written, right))
}

/// Whether a path is `base` or below it. `base` has no trailing slash.
fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
