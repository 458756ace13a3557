use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{Target, WebAddress, shortened},
    rule::{Fixable, Rule},
    site::{
        Page, Site,
        urls::{Spelling, Unusual},
    },
};

declare_rule! {
    /// An address is written in another form than the site's other links to the same thing
    ///
    /// ## Why
    ///
    /// Whoever moves a page looks for the links to it, and finds those that are written alike. Servers and statistics
    /// may take two forms for two pages.
    ///
    /// One thing are: a page by its file, by the way to its path, and by its path from the site's `/`, with and without
    /// a slash at the end or `.html`; an address of another site with and without `www.` or a slash at the end. What
    /// most links of the site have is the usual form; of two that are equally frequent, the one that comes first, by
    /// file name. `http` and `https` are left to `insecure-url`, the site's own host and paths that its generator
    /// redirects to `self-link`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The [ferries](https://www.ferries.example/times/) sail daily; see their [times](https://ferries.example/times).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The [ferries](https://www.ferries.example/times/) sail daily; see their [times](https://www.ferries.example/times/).
    /// ```
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
            let links = if count == 1 { "another link".to_owned() } else { format!("{count} links") };
            let (form, help) = match usual {
                Spelling::Whole(address) => {
                    let address = shortened(address);
                    (format!("as `{address}`"), format!("write `{address}` here too"))
                }
                Spelling::File => ("by the page's file".to_owned(), "name the file here too".to_owned()),
                Spelling::Relative => {
                    ("by the way from page to page".to_owned(), "write the way from this page too".to_owned())
                }
            };
            let message = format!("the site has {links} to the same place {form}");
            let found = sink.report(target.span, message);
            found.help(help);
            if let Some((part, right)) = rewritten(target, usual) {
                let title = format!("write `{}`", shortened(&right));
                found.fix(Fix::replace(title, Applicability::Unsafe, target.part(part), right));
            }
        }
    }
}

/// The part of an address that would be another in the usual form, and how.
fn rewritten(target: &Target, usual: &Spelling) -> Option<(std::ops::Range<usize>, String)> {
    let Spelling::Whole(right) = usual else { return None };
    let part = match WebAddress::of(&target.url) {
        Some(web) => web.host.start..web.path.end,
        None => 0..target.url.find(['?', '#']).unwrap_or(target.url.len()),
    };
    target.is_verbatim.then(|| (part, right.to_string()))
}
