use std::collections::BTreeSet;

use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    fix::{Applicability, Changes},
    links::{self, shortened},
    rule::{Fixable, Rule},
    rules::destinations::{fragment, is_doubtful, is_image, like, report_missing, rewrite},
    site::{
        Page, Site,
        urls::{Form, Target},
    },
};

declare_rule! {
    /// A link leads to nothing
    ///
    /// ## Why
    ///
    /// Readers get an error instead of a page. Looked at are links to files, to paths of the site, and to addresses on
    /// the site's own host, `site.url` in the config; nothing is asked over the network. What the files at hand cannot
    /// tell, such as a path that a plugin makes, is passed over; that a checkout lacks whole folders is said once, as a
    /// note.
    ///
    /// A destination that differs from what is there in capitals alone belongs to `wrong-case`, a picture to
    /// `broken-image`.
    ///
    /// On a site with a page `tides.md` and no page `tide-table.md`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// See the [tides](tide-table.md).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// See the [tides](tides.md).
    /// ```
    pub struct BrokenLink {}
    id = "broken-link",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for BrokenLink {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page).filter(|(target, _)| !is_image(target)) {
            // What is certain about such an address, that it names the host, `self-link` says.
            if matches!(leads, Target::OwnSite(own) if is_doubtful(own)) {
                continue;
            }
            match leads.on_site() {
                Target::Missing(missing) if missing.case_twin.is_none() => {
                    report_missing(sink, page, site, target, missing);
                }
                Target::OutsideRoot => {
                    sink.report(target.span, "this leads out of the site's folder")
                        .help("link to a page of the site, or to an address of the web");
                }
                Target::Page(to) if to.form == Form::RawSource => {
                    raw_source(page, site, target, to.page, sink);
                }
                _ => {}
            }
        }
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        let mut roots: BTreeSet<&str> = BTreeSet::new();
        let (mut count, mut first) = (0, None);
        for page in &site.pages {
            for (target, leads) in site.leads(page) {
                let Target::NotVerified { root } = leads.on_site() else { continue };
                // Others are parts of the site that no file stands for, or lie around it.
                if !root.starts_with(['/', '.']) {
                    roots.insert(root);
                    count += 1;
                    first = first.or(Some(Label::new(&page.path, target.span)));
                }
            }
        }
        let Some(first) = first else { return };
        let mut names: Vec<String> = roots.iter().take(MOST_ROOTS).map(|root| format!("`{root}`")).collect();
        if roots.len() > MOST_ROOTS {
            names.push(format!("{} others", roots.len() - MOST_ROOTS));
        }
        let (lacks, links) = (names.join(", "), if count == 1 { "address" } else { "addresses" });
        sink.report_at(
            first,
            format!("not verified: {count} {links} of files that are not in this checkout"),
        )
        .at_most(Severity::Info)
        .help(format!("it lacks {lacks}"));
    }
}

/// How many folders that a checkout lacks are named.
const MOST_ROOTS: usize = 3;

/// A link to the file of a page, on a site that does not turn such links into paths.
fn raw_source(page: &Page, site: &Site, target: &links::Target, to: usize, sink: &mut Sink<'_>) {
    let fragment = fragment(&target.url);
    let Some(path) = site.canonical_link(to, None) else { return };
    let right = like(page, site, target, &format!("{path}{fragment}"));
    let found = sink.report(target.span, "this is the file of a page, which readers of the site do not get");
    found.help(format!("write the page's path: `{}`", shortened(&right)));
    rewrite(found, target, Applicability::Unsafe, right);
}
