//! A page that is checked by itself has the findings that it has when its whole site is checked.

use std::{collections::BTreeMap, path::Path};

use copydesk::{
    diagnostic::{Diagnostic, Severity},
    run::{self, Options},
};

use crate::common::{TODAY, assert_none, entries, repo};

/// Whether a finding is in a page and about it. How many links cannot be verified is said once, where a whole site is
/// checked.
fn is_of_page(finding: &Diagnostic) -> bool {
    let is_note_about_site = finding.rule.id == "broken-link" && finding.severity == Severity::Info;
    finding.primary.path.extension().is_some_and(|ending| ending == "md") && !is_note_about_site
}

#[test]
fn a_page_has_the_same_findings_alone_and_in_its_site() {
    let (mut pages, mut compared, mut differences) = (0, 0, Vec::new());
    for folder in entries(&repo("fixtures/sites")).into_iter().filter(|folder| folder.is_dir()) {
        let whole = run::check(&Options::on_disk(folder.clone(), TODAY));
        let mut by_page: BTreeMap<&Path, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in whole.diagnostics.iter().filter(|it| is_of_page(it)) {
            by_page.entry(&diagnostic.primary.path).or_default().push(diagnostic);
        }
        for (page, in_site) in by_page {
            let path = whole.root.join(page);
            let paths = vec![path.clone()];
            let alone = run::check(&Options { paths, ..Options::on_disk(folder.clone(), TODAY) });
            // A page of a site within the site has other paths there.
            if alone.root != whole.root {
                continue;
            }
            let is_here = |it: &&Diagnostic| is_of_page(it) && *it.primary.path == *page;
            let here: Vec<&Diagnostic> = alone.diagnostics.iter().filter(is_here).collect();
            if here != in_site {
                let messages = |all: &[&Diagnostic]| {
                    let each = all.iter().map(|it| format!("  {}: {}", it.rule.id, it.message));
                    each.collect::<Vec<_>>().join("\n")
                };
                let (here, in_site) = (messages(&here), messages(&in_site));
                differences.push(format!("{}\nalone:\n{here}\nin its site:\n{in_site}", path.display()));
            }
            pages += 1;
            compared += in_site.len();
        }
    }
    assert_none(&differences);
    assert!(pages > 20 && compared > 50, "{compared} findings in {pages} pages were compared");
}
