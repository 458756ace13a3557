use jiff::tz::TimeZone;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    rule::Rule,
    site::{Page, Site},
    text::Span,
};

declare_rule! {
    /// Translation older than its original
    ///
    /// ## What it does
    ///
    /// Reports translated pages whose original was changed after them, by the dates of the last commits. Uncommitted
    /// changes are ignored, and so are commits that only rename a page.
    ///
    /// The original of `a.fr.md` is `a.md` or `a.en.md`; that of `docs/fr/a.md` is `docs/a.md` or `docs/en/a.md`; that of a
    /// page in the `i18n` directory of Docusaurus is the page of the same version. If neither exists, the page is not
    /// checked.
    ///
    /// ## Why is this bad?
    ///
    /// The translation contains outdated information, and nothing shows which pages need work. Most translations follow
    /// later, which is why this rule is off by default.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/tides.md      last changed on 2024-05-02
    /// docs/fr/tides.md   last changed on 2024-01-29
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// docs/tides.md      last changed on 2024-05-02
    /// docs/fr/tides.md   last changed on 2024-05-04
    /// ```
    pub struct StaleTranslation {
        /// Language of the originals, if their paths contain it.
        original: String = "en".to_owned(),
    }
    id = "stale-translation",
    severity = Severity::Info,
    on = false,
}

impl Rule for StaleTranslation {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(translated) = page.changed else { return };
        let Some(original) = site.original_of(page, &self.original) else { return };
        let Some(changed) = original.changed.filter(|changed| *changed > translated) else { return };
        let day = |time: jiff::Timestamp| time.to_zoned(TimeZone::UTC).date();
        let (path, changed, translated) = (original.path.display(), day(changed), day(translated));
        let title = page.root().and_then(|root| root.get("title"));
        sink.report(
            title.map_or(Span::empty(0), |title| title.span),
            format!("`{path}` was changed on {changed}, after this translation of it ({translated})"),
        )
        .help(format!("translate the changes since {translated}"));
    }
}
