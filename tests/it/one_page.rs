//! A page that is checked by itself has the findings that it has when its whole site is checked.

use std::{collections::BTreeMap, path::Path};

use copydesk::{
    diagnostic::Diagnostic,
    run::{self, Options},
};

use crate::common::{TODAY, entries, repo};

#[test]
fn a_page_has_the_same_findings_alone_and_in_its_site() {
    let (mut pages, mut compared) = (0, 0);
    for folder in entries(&repo("fixtures/sites")).into_iter().filter(|folder| folder.is_dir()) {
        let whole = run::check(&Options::on_disk(folder.clone(), TODAY));
        let mut by_page: BTreeMap<&Path, Vec<&Diagnostic>> = BTreeMap::new();
        // Rules that compare all pages report elsewhere, and only where a folder is checked.
        let is_page = |it: &&Diagnostic| it.primary.path.extension().is_some_and(|ending| ending == "md");
        for diagnostic in whole.diagnostics.iter().filter(is_page) {
            by_page.entry(&diagnostic.primary.path).or_default().push(diagnostic);
        }
        for (page, in_site) in by_page {
            let path = whole.root.join(page);
            let alone = run::check(&Options { paths: vec![path], ..Options::on_disk(folder.clone(), TODAY) });
            if alone.root != whole.root || alone.files == 0 {
                continue;
            }
            let here: Vec<&Diagnostic> =
                alone.diagnostics.iter().filter(|it| *it.primary.path == *page).collect();
            assert_eq!(here, in_site, "{}", whole.root.join(page).display());
            pages += 1;
            compared += here.len();
        }
    }
    assert!(pages > 20 && compared > 50, "{compared} findings in {pages} pages were compared");
}
