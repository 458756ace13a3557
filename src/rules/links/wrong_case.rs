use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    links::shortened,
    rule::{Fixable, Rule},
    rules::destinations::suggest,
    site::{Page, Site, urls::Target},
};

declare_rule! {
    /// A destination has capitals where its file has none, or the other way round
    ///
    /// ## Why
    ///
    /// Many desktop systems take `Tides.md` and `tides.md` for one file; the server that publishes the site does not.
    /// Such a link works at home and is broken for everybody else. What counts is how git has the name, on every
    /// system.
    ///
    /// On a site with a page `tides.md`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// See the [tides](Tides.md).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// See the [tides](tides.md).
    /// ```
    pub struct WrongCase {}
    id = "wrong-case",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for WrongCase {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Target::Missing(missing) = leads.on_site() else { continue };
            if missing.case_twin.is_none() {
                continue;
            }
            let message = format!("`{}` is written with other capitals", shortened(&missing.looked_for));
            let found = sink.report(target.span, message);
            suggest(found, page, site, target, missing);
        }
    }
}
