use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    links::shortened,
    rule::{Fixable, Rule},
    rules::links::destinations::suggest,
    site::{
        Page, Site,
        urls::{LinkSuggestions, Target},
    },
};

declare_rule! {
    /// Link differs in case from its file
    ///
    /// ## What it does
    ///
    /// Reports links that differ only in case from the name of their target. The name is that in git, on every
    /// operating system.
    ///
    /// ## Why is this bad?
    ///
    /// macOS and Windows treat `Tides.md` and `tides.md` as the same file, but most web servers do not. The link works
    /// on the author's computer and is broken on the site.
    ///
    /// ## Example
    ///
    /// On a site with a page `tides.md`:
    ///
    /// ```markdown
    /// See the [tides](Tides.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See the [tides](tides.md).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: it uses the name of the existing file.
    pub struct WrongCase {}
    id = "wrong-case",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for WrongCase {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut suggestions = LinkSuggestions::new(site, page);
        for (target, leads) in site.leads(page) {
            let Target::Missing(missing) = leads.on_site() else { continue };
            if missing.case_twin.is_none() {
                continue;
            }
            let message = format!("`{}` differs in case from its file", shortened(&missing.looked_for));
            suggest(sink.report(target.span, message), target, missing, &mut suggestions);
        }
    }
}
