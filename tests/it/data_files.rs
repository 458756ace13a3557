//! Data files that are compared with a schema: those of a collection, and those of the file collections of a CMS.

use std::{fs, path::Path};

use copydesk::config::Layer;

const SCHEMA: &str = "type: object\nrequired: [name]\nadditionalProperties: false\nproperties:\n  name: { type: string }\n  depth: { type: number }\n";

const CMS: &str = "backend: { name: git-gateway }\nmedia_folder: static\ncollections:\n  - name: settings\n    label: Settings\n    files:\n      - name: harbour\n        label: Harbour\n        file: data/harbour.json\n        fields:\n          - { name: title, label: Title, widget: string }\n          - { name: berths, label: Berths, widget: number }\n";

/// The findings on a site that is written for the test, as `path:line [rule] message`.
fn findings(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("data-files-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    // The config keeps the search for one from going on above the folder.
    for (path, text) in [("a.md", "# Quay\n"), ("copydesk.yaml", "")].iter().chain(files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder can be made");
        fs::write(path, text).expect("the folder can be written");
    }
    let run = crate::common::check(&[&folder], Layer::default());
    assert!(!run.broken_config, "{}", crate::common::render(&run, "full"));
    let shown = run.diagnostics.iter().map(|it| {
        let path = it.primary.path.display();
        format!("{path} [{}] {}", it.rule.id, it.message)
    });
    shown.collect()
}

#[test]
fn the_data_files_of_a_collection_are_compared_with_its_schema() {
    let config = "collections:\n  berths:\n    files: ['data/*.yml', 'data/{north,south}/*.json']\n    schema: berth.yaml\n";
    let found = findings(
        "collection",
        &[
            ("copydesk.yaml", config),
            ("berth.yaml", SCHEMA),
            ("data/good.yml", "name: Quay\ndepth: 4.5\n"),
            ("data/bad.yml", "depth: deep\nwidht: 3\n"),
            ("data/broken.yml", "name: 'Quay\n"),
            ("data/north/mole.json", "{\"name\": 5}\n"),
            ("data/east/mole.json", "{\"name\": 5}\n"),
            ("data/north/inner/mole.json", "{\"name\": 5}\n"),
        ],
    );
    assert_eq!(
        found,
        [
            "data/bad.yml [invalid-value] expected a number for `depth`, found a string",
            "data/bad.yml [unknown-key] unknown key `widht` in this file",
            "data/broken.yml [front-matter-syntax] missing closing quote",
            "data/north/mole.json [invalid-value] expected a string for `name`, found a number",
        ]
    );
}

#[test]
fn the_data_files_of_a_cms_are_compared_with_their_fields() {
    let found =
        |text: &str| findings("cms", &[("static/admin/config.yml", CMS), ("data/harbour.json", text)]);
    assert_eq!(found("{\"title\": \"Quay\", \"berths\": 12}\n"), [""; 0]);
    assert_eq!(
        found("{\"titel\": \"Quay\", \"berths\": 12}\n"),
        ["data/harbour.json [unknown-key] unknown key `titel` in this file"]
    );
    // A file that is not there is not made yet.
    assert_eq!(findings("cms-empty", &[("static/admin/config.yml", CMS)]), [""; 0]);
    // With locales it has a mapping for each.
    let with_locales = format!("i18n: {{ structure: single_file, locales: [en, de] }}\n{CMS}");
    let files = [("static/admin/config.yml", &*with_locales), ("data/harbour.json", "{\"en\": {}}\n")];
    assert_eq!(findings("cms-locales", &files), [""; 0]);
}
