use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    links::TargetKind,
    rule::{Fixable, Rule},
    rules::links::destinations::{is_image, report_missing},
    site::{
        Page, Site,
        urls::{LinkSuggestions, Target},
    },
};

declare_rule! {
    /// Missing image
    ///
    /// ## What it does
    ///
    /// Reports images whose file does not exist: Markdown images, `src` and `srcset` attributes of HTML elements,
    /// and image paths in front matter. As with `broken-link`, no network requests are made, and targets that the
    /// local files can neither confirm nor rule out are skipped, such as paths in front matter that a file in another
    /// directory ends with: templates put something in front of them.
    ///
    /// ## Why is this bad?
    ///
    /// Browsers show a broken image, or only its alt text.
    ///
    /// ## Example
    ///
    /// On a site with the image `img/pier.jpg`:
    ///
    /// ```markdown
    /// ![The pier at low tide](img/peir.jpg)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ![The pier at low tide](img/pier.jpg)
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes change only the path of the image. They are unsafe: `--fix` applies them only together with
    /// `--unsafe-fixes`, because the suggested file may not be the intended one. A suggestion that differs only in
    /// case is safe.
    pub struct BrokenImage {}
    id = "broken-image",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for BrokenImage {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut suggestions = LinkSuggestions::new(site, page);
        for (target, leads) in site.leads(page).filter(|(target, _)| is_image(target)) {
            match leads.on_site() {
                Target::Missing(missing) if missing.case_twin.is_none() => {
                    // `broken-link` tells of folders that are missing as a whole.
                    if site.absent_folder(missing).is_some() {
                        continue;
                    }
                    if target.kind == TargetKind::FrontMatter && suggestions.are_below_folder(&target.url) {
                        continue;
                    }
                    report_missing(sink, target, missing, &mut suggestions);
                }
                Target::OutsideRoot => {
                    sink.report(target.span, "image is outside the site root")
                        .help("move the image into the site");
                }
                _ => {}
            }
        }
    }
}
