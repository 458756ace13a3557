//! One text, checked in memory.

use std::{path::Path, sync::Arc};

use jiff::civil;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    discover::SiteFiles,
    document::Document,
    lint,
    run::{BadPath, Batch, PageText},
    site::{Page, Site},
};

/// Checks one page that is a site by itself, without reading or writing anything. `path` names the page in findings
/// and decides which settings apply to it; dates are measured against `today`. Findings are in source order; what a
/// suppression comment hides is not among them.
///
/// ```
/// use copydesk::{
///     check_str,
///     config::{Config, Layer},
/// };
///
/// let text = "We recieve mail.\n";
/// let config = Config::defaults(Layer::default());
/// let findings = check_str("post.md", text, &config, jiff::civil::date(2024, 6, 1));
///
/// assert_eq!(findings[0].rule.id, "known-typo");
/// assert_eq!(findings[0].primary.span.of(text), "recieve");
/// assert_eq!(findings[0].fixes[0].edits()[0].content, "receive");
/// ```
pub fn check_str(path: &str, text: &str, config: &Config, today: civil::Date) -> Vec<Diagnostic> {
    let path: Arc<Path> = Arc::from(Path::new(path));
    let settings = config.settings(std::slice::from_ref(&path)).remove(0);
    let mut document =
        Document::parse_in(config.dialect_for(&path), &path, text, &config.collections_for(&path));
    document.reading = Arc::clone(&config.reading);
    let settings = config.settings_on(&document, &settings);
    let mistakes = config.check_own_schema(&SiteFiles::in_memory([]), &mut document).err();
    let mut findings = lint::check(&document, &settings);
    let page = Page::with_words(document, &config.sites);
    let site = Site::new(vec![page], config.collections.clone(), &config.data, today)
        .with_spelling(&config.spelling);
    findings.extend(lint::check_page(&site.pages[0], &site, &settings));
    findings.extend(mistakes.iter().flat_map(|mistakes| mistakes.iter().cloned()));
    lint::finish(&site.pages[0], site.extent(), findings, &settings).kept
}

/// Checks one page as a part of a site that is known by facts ([`crate::workspace::SiteFacts`]), without reading or writing
/// anything. `path` is relative to the folder that the facts were placed in. If the text is not the one that the facts were
/// gathered from, the page is checked as if it alone had changed. Findings are in source order; those that a comment
/// suppresses are left out.
///
/// # Errors
///
/// When no site of the facts can have a page with that path.
pub fn check_str_in(sites: &Batch, path: &str, text: &str) -> Result<Vec<Diagnostic>, BadPath> {
    let page = PageText { path: sites.path_of(path)?, text: text.to_owned() };
    Ok(sites.check(&[page]).into_iter().flat_map(|run| run.diagnostics).collect())
}
