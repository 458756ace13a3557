use std::{cell::LazyCell, collections::HashSet};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Changes, Edit, Fix},
    links::{AddressKind, Schemeless, shortened},
    rule::{Fixable, Rule},
    site::{Page, Site},
    text::Span,
};

declare_rule! {
    /// URL without a scheme
    ///
    /// ## What it does
    ///
    /// Reports link destinations that look like a host name or an email address and have no scheme, unless a file or
    /// directory of the site has this name.
    ///
    /// ## Why is this bad?
    ///
    /// Without `https://`, `ferries.org/times` is a relative path: browsers look for it next to the page. Likewise, an
    /// email address needs `mailto:`.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [ferry times](ferries.org/times), or [write to us](crew@ferries.org).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [ferry times](https://ferries.org/times), or [write to us](mailto:crew@ferries.org).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe for email addresses, and for host names with a path, a port or `www.`. It is unsafe for a host
    /// name alone, which may be a file.
    pub struct MissingScheme {
        /// Directories and files of the site whose names look like host names.
        allow: Vec<String> = vec![],
    }
    id = "missing-scheme",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MissingScheme {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        // A file or directory may well have a name that looks like a host.
        let found = LazyCell::new(|| -> HashSet<Span> {
            site.leads(page).filter(|(_, leads)| leads.is_there()).map(|(target, _)| target.span).collect()
        });
        for target in page.targets.iter().filter(|target| target.address == AddressKind::Relative) {
            let Some(Schemeless { name, scheme, trust }) = Schemeless::of(&target.url) else { continue };
            if self.allow.iter().any(|allowed| allowed == name) || found.contains(&target.span) {
                continue;
            }
            let what = if scheme == "mailto:" { "email address" } else { "URL" };
            let edit = Edit { span: Span::empty(target.span.start), content: scheme.to_owned() };
            sink.report(
                target.part(0..name.len()),
                format!("{what} `{}` has no scheme, so it is a relative path", shortened(name)),
            )
            .fix(Fix::new(format!("Add `{scheme}`"), trust, vec![edit]));
        }
    }
}
