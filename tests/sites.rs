//! Every folder in `fixtures/sites/` is a whole small site. What a check of it reports lies beside it, in
//! `<site>.<format>.snap`.

mod common;

use copydesk::{config::Layer, run::Run};

/// The formats that are compared.
const FORMATS: [&str; 2] = ["full", "json"];

#[test]
fn sites_give_their_snapshots() {
    let sites = common::repo("fixtures/sites");
    let mut differences = Vec::new();
    for site in common::entries(&sites).into_iter().filter(|path| path.is_dir()) {
        let name = site.file_name().and_then(|name| name.to_str()).expect("sites have plain names");
        let clone = common::clone(&site, &format!("sites/{name}"));
        let run = common::check(&[&clone], Layer::default());
        assert!(run.errors.is_empty() && !run.broken_config, "{name}: {:?}", run.diagnostics);
        for format in FORMATS {
            let snapshot = site.with_extension(format!("{format}.snap"));
            differences.extend(common::compare(&snapshot, &portable(&common::render(&run, format), &run)));
        }
    }
    common::assert_none(&differences);
}

/// A report without what differs between machines and releases.
fn portable(report: &str, run: &Run) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("text can be written as JSON");
    let root = run.root.to_str().expect("the target folder has a plain name");
    report.replace(&quoted(root), "\"[ROOT]\"").replace(&quoted(env!("CARGO_PKG_VERSION")), "\"[VERSION]\"")
}
