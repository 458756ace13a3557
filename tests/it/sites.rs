//! Every folder in `fixtures/sites/` is a whole small site. What a check of it reports is beside it, in
//! `<site>.<format>.snap`.

use copydesk::{config::Layer, rules::RULES, run::Run};

/// The formats that are compared.
const FORMATS: [&str; 2] = ["full", "json"];

#[test]
fn sites_give_their_snapshots() {
    let sites = crate::common::repo("fixtures/sites");
    let mut differences = Vec::new();
    for site in crate::common::entries(&sites).into_iter().filter(|path| path.is_dir()) {
        let name = site.file_name().and_then(|name| name.to_str()).expect("sites have plain names");
        let clone = crate::common::clone(&site, &format!("sites/{name}"));
        let run = crate::common::check(&[&clone], Layer::default());
        assert!(run.errors.is_empty() && !run.broken_config, "{name}: {:?}", run.diagnostics);
        for format in FORMATS {
            let snapshot = site.with_extension(format!("{format}.snap"));
            differences.extend(crate::common::compare(
                &snapshot,
                &portable(format, crate::common::render(&run, format), &run),
            ));
        }
    }
    crate::common::assert_none(&differences);
}

/// A report without what differs between machines and releases. The findings of a JSON report get lines of their own.
fn portable(format: &str, report: String, run: &Run) -> String {
    if format != "json" {
        return report;
    }
    let mut report: serde_json::Value = serde_json::from_str(&report).expect("the report is JSON");
    assert_eq!(report["root"].as_str(), run.root.to_str(), "the root is named as it is");
    report["root"] = "[ROOT]".into();
    report["tool"]["version"] = "[VERSION]".into();
    let findings = report["diagnostics"].take();
    let mut lines = vec![report.to_string()];
    lines.extend(findings.as_array().expect("findings are a list").iter().map(ToString::to_string));
    lines.join("\n") + "\n"
}

/// The rule whose id a line of the site of slips begins with, after its bullet or bracket.
fn planted(line: &str) -> Option<&'static str> {
    let text = line.trim_start_matches(['-', ' ', '[']);
    let mut ids = RULES.iter().map(|def| def.meta.id);
    ids.find(|id| text.strip_prefix(id).is_some_and(|rest| rest.starts_with([',', ':', ' ', ']'])))
}

#[test]
fn every_planted_slip_is_found_once_and_nothing_else() {
    let site = crate::common::clone(&crate::common::repo("fixtures/sites/links"), "planted-slips");
    let run = crate::common::check(&[&site], Layer::default());
    let page = std::path::Path::new("src/pages/slips.md");
    let text = std::fs::read_to_string(site.join(page)).expect("the page of slips can be read");
    let expected: Vec<_> =
        (0..).zip(text.lines()).filter_map(|(line, text)| Some((page, line, planted(text)?))).collect();
    assert!(expected.len() >= 60, "{} slips", expected.len());
    let found = run.diagnostics.iter().map(|it| {
        let source = run.sources.get(&it.primary.path);
        (&*it.primary.path, source.lines.line_of(it.primary.span.start), it.rule.id)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn naming_a_page_of_a_nested_site_takes_nothing_away() {
    let site = crate::common::clone(&crate::common::repo("fixtures/sites/nested"), "nested-and-page");
    let page = site.join("guides/meadow.md");
    let places = |paths: &[&std::path::Path]| {
        let run = crate::common::check(paths, copydesk::config::Layer::default());
        let places: Vec<_> =
            run.diagnostics.into_iter().map(|it| (it.primary.path, it.primary.span)).collect();
        places
    };
    assert_eq!(places(&[&site, &page]), places(&[&site]));
}
