use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    rule::{Fixable, Rule},
    rules::destinations::{is_image, report_missing},
    site::{Page, Site, urls::Target},
    text::Search,
};

declare_rule! {
    /// A picture is not there
    ///
    /// ## Why
    ///
    /// Readers see a torn picture, or its description alone. Looked at are images of Markdown, `src` and `srcset` of
    /// HTML tags, and addresses of pictures in the front matter; as in `broken-link`, nothing is asked over the network,
    /// and what the files at hand cannot tell is passed over.
    ///
    /// On a site with a picture `img/pier.jpg`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// ![The pier at low tide](img/peir.jpg)
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// ![The pier at low tide](img/pier.jpg)
    /// ```
    pub struct BrokenImage {}
    id = "broken-image",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for BrokenImage {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut search = Search::in_file_of(page.len as usize);
        for (target, leads) in site.leads(page).filter(|(target, _)| is_image(target)) {
            match leads.on_site() {
                Target::Missing(missing) if missing.case_twin.is_none() => {
                    report_missing(sink, page, site, target, missing, &mut search);
                }
                Target::OutsideRoot => {
                    sink.report(target.span, "this leads out of the site's folder")
                        .help("put the picture into a folder of the site");
                }
                _ => {}
            }
        }
    }
}
