use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{UrlTarget, WebAddress, shortened},
    rule::{Fixable, Rule},
    site::{
        Page, Site,
        urls::{Spelling, Unusual},
    },
    text,
};

declare_rule! {
    /// Inconsistent URL style
    ///
    /// ## What it does
    ///
    /// Reports URLs that differ in style from most other links of the site to the same target. Two URLs have the same
    /// target if they differ in the following ways:
    ///
    /// - a page of the site is linked by its file, by a relative path or by its path from the root, with or without a
    ///   trailing slash or `.html`
    /// - the URL of another site has or does not have `www.` or a trailing slash
    ///
    /// If two styles are equally common, the one that comes first by file name is used. `http` and `https` are
    /// compared by `insecure-url`; the site's own host and paths that its generator redirects are reported by
    /// `self-link`.
    ///
    /// This rule is off by default.
    ///
    /// ## Why is this bad?
    ///
    /// To find all links to a page, for example when it moves, they must look alike. Servers and analytics may treat
    /// two styles as two pages.
    ///
    /// ## Example
    ///
    /// ```md
    /// The [ferries](https://www.ferries.example/times/) sail daily; see their [times](https://ferries.example/times).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The [ferries](https://www.ferries.example/times/) sail daily; see their [times](https://www.ferries.example/times/).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the other site may distinguish between the URLs.
    pub struct UrlConsistency {}
    id = "url-consistency",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for UrlConsistency {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for Unusual { target, usual, count, .. } in site.unusual_spellings(page) {
            let links = text::quantity(count, "other link");
            let verb = if count == 1 { "uses" } else { "use" };
            let style = match usual {
                Spelling::Whole(url) => format!("`{}`", shortened(url)),
                Spelling::File => "the page's file".to_owned(),
                Spelling::Relative => "a relative path".to_owned(),
            };
            let fix = rewritten(target, usual).map(|(part, right)| {
                let title = format!("Replace with `{}`", shortened(&right));
                Fix::replace(title, Applicability::Unsafe, target.part(part), right)
            });
            sink.report(target.span, format!("{links} to this target {verb} {style}"))
                .fix_or_help(fix, format!("use {style} here too"));
        }
    }
}

/// The part of a URL that differs in the usual style, and its replacement.
fn rewritten(target: &UrlTarget, usual: &Spelling) -> Option<(std::ops::Range<usize>, String)> {
    let Spelling::Whole(right) = usual else { return None };
    let part = match WebAddress::of(&target.url) {
        Some(web) => web.host.start..web.path.end,
        None => 0..target.url.find(['?', '#']).unwrap_or(target.url.len()),
    };
    target.is_verbatim.then(|| (part, right.to_string()))
}
