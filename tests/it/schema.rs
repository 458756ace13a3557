//! Generated files are up to date: schemas, rule pages and the rule index. `UPDATE=1` rewrites them.

use copydesk::{
    config,
    internals::{baseline, rule_docs},
    report,
    rules::{self, RULES},
    run,
};

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("a JSON value can be written") + "\n"
}

#[test]
fn schemas_are_generated() {
    let config = crate::common::compare(
        &crate::common::repo("schemas/config.schema.json"),
        &pretty(&config::json_schema()),
    );
    let report = crate::common::compare(
        &crate::common::repo("schemas/report.schema.json"),
        &pretty(&report::json_schema()),
    );
    let baseline = crate::common::compare(
        &crate::common::repo("schemas/baseline.schema.json"),
        &pretty(&baseline::json_schema()),
    );
    let facts = crate::common::compare(
        &crate::common::repo("schemas/facts.schema.json"),
        &pretty(&run::facts_schema()),
    );
    let all = config.into_iter().chain(report).chain(baseline).chain(facts);
    crate::common::assert_none(&all.collect::<Vec<_>>());
}

#[test]
fn pages_are_generated() {
    let mut differences = Vec::new();
    for def in RULES {
        let path = crate::common::repo(&format!("docs/rules/{}.md", def.meta.id));
        differences.extend(crate::common::compare(&path, &rule_docs::page(def)));
    }
    for path in crate::common::entries(&crate::common::repo("docs/rules")) {
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        if id != "README" && rules::find(&id).is_none() {
            differences.push(format!("{} documents an unknown rule", path.display()));
        }
    }
    crate::common::assert_none(&differences);
}

#[test]
fn the_rule_index_is_generated() {
    let path = crate::common::repo("docs/rules/README.md");
    crate::common::assert_none(crate::common::compare(&path, &rule_docs::index()).as_slice());
}

#[test]
fn shipped_schemas_compile() {
    for path in crate::common::files(&crate::common::repo("schemas")) {
        let text = std::fs::read_to_string(&path).expect("a schema can be read");
        let value: serde_json::Value = serde_json::from_str(&text).expect("a schema is JSON");
        let compiled = copydesk::internals::front_matter::schema::Schema::from_json(value);
        assert!(compiled.is_ok(), "{}: {:?}", path.display(), compiled.err());
    }
}
