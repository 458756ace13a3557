//! CMS configs in, collections out: `cms/*.yml` with what is derived from it in `*.txt` beside it.
//! `UPDATE=1 cargo test --test it cms` rewrites the latter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copydesk::config::cms::{self, CmsCollection};
use copydesk::internals::data::{self, DataFormat};
use copydesk::internals::front_matter::FrontMatter;
use copydesk::internals::front_matter::schema::Schema;
use copydesk::text::{LineIndex, Span};

fn derive(
    source: &str,
) -> Result<Vec<CmsCollection>, Vec<copydesk::internals::front_matter::schema::Mistake>> {
    let tree = data::parse(source, Span::new(0, source.len() as u32), DataFormat::Yaml);
    assert!(tree.errors.is_empty(), "{:?}", tree.errors);
    cms::collections(&tree.root.expect("a config is not empty"))
}

fn place(source: &str, span: Span) -> String {
    let start = LineIndex::new(source).position(source, span.start);
    format!("{}:{} `{}`", start.line, start.column, span.of(source))
}

fn show(out: &mut String, source: &str, collection: &CmsCollection) {
    writeln!(out, "{} {:?}", collection.name, collection.globs).unwrap();
    if !collection.exclude.is_empty() {
        writeln!(out, "exclude {:?}", collection.exclude).unwrap();
    }
    writeln!(out, "declared {}", place(source, collection.declared)).unwrap();
    writeln!(out, "fields {}", place(source, collection.fields_place)).unwrap();
    writeln!(out, "identifier {:?}", collection.identifier).unwrap();
    if let Some(filter) = &collection.filter {
        writeln!(out, "filter {} {:?}", filter.key, filter.values).unwrap();
    }
    for reference in &collection.references {
        let at = place(source, reference.declared);
        writeln!(out, "reference {} {at} {:?} {:?}", reference.key, reference.number, reference.target)
            .unwrap();
    }
    for (key, form) in &collection.dates {
        writeln!(out, "date {key} {form:?}").unwrap();
    }
    if !collection.prose.is_empty() {
        writeln!(out, "prose {}", collection.prose.join(" ")).unwrap();
    }
    writeln!(out, "{}\n", serde_json::to_string_pretty(&collection.schema).unwrap()).unwrap();
}

fn report(source: &str) -> String {
    let mut out = String::new();
    match derive(source) {
        Ok(collections) => {
            for collection in &collections {
                show(&mut out, source, collection);
            }
        }
        Err(mistakes) => {
            for mistake in mistakes {
                let help = mistake.help.map(|help| format!(" | {help}")).unwrap_or_default();
                writeln!(out, "{} {}{help}", place(source, mistake.span), mistake.message).unwrap();
            }
        }
    }
    out
}

#[test]
fn every_config_gives_its_collections() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cms");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "yml")).collect();
    files.sort();
    for file in files {
        let found = report(&fs::read_to_string(&file).unwrap());
        let expected = file.with_extension("txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        } else {
            assert_eq!(found, fs::read_to_string(&expected).unwrap_or_default(), "{}", file.display());
        }
    }
}

/// What a page of the only collection of a config with the given fields has against it.
fn findings(fields: &str, front_matter: &str) -> Vec<String> {
    let config = format!("collections:\n  - name: a\n    folder: a\n    fields: [{fields}]\n");
    let collections = derive(&config).expect("the config is well");
    let schema = Schema::from_json(collections[0].schema.clone()).expect("a derived schema is well");
    let page = format!("---\n{front_matter}\n---\n");
    let (front_matter, _) = FrontMatter::parse(&page);
    schema
        .findings(&front_matter.expect("the page has front matter"))
        .into_iter()
        .map(|f| f.message)
        .collect()
}

#[test]
fn a_field_that_is_not_required_may_be_empty() {
    let fields = "{name: n, widget: number, value_type: int, required: false}";
    for page in ["n:", "n: ''", "n: 7", "{}"] {
        assert_eq!(findings(fields, page), Vec::<String>::new(), "{page}");
    }
    assert_eq!(findings(fields, "n: x"), ["expected an integer for `n`, found a string"]);
}

#[test]
fn a_required_field_may_neither_be_missing_nor_null() {
    assert_eq!(findings("{name: a}", "{}"), ["missing key `a`"]);
    assert_eq!(findings("{name: a}", "a:"), ["expected a string for `a`, found null"]);
    assert_eq!(findings("{name: title}", "title: ''"), ["`title` is empty"]);
}

#[test]
fn a_reference_into_a_file_takes_every_shape_that_people_write() {
    let fields = "{name: c, widget: ncw-file-relation, collection: a, file: f}";
    let config =
        "collections:\n  - name: a\n    files: [{name: f, file: f.json}]\n  - name: b\n    folder: b\n";
    let config = format!("{config}    fields: [{fields}]\n");
    let collections = derive(&config).expect("the config is well");
    let schema = Schema::from_json(collections[1].schema.clone()).expect("a derived schema is well");
    for page in ["c: {value: x, label: X}", "c: [{id: x, label: X}]", "c: x"] {
        let page = format!("---\n{page}\n---\n");
        let (front_matter, _) = FrontMatter::parse(&page);
        assert_eq!(schema.findings(&front_matter.unwrap()), []);
    }
}

#[test]
fn own_patterns_speak_their_own_words() {
    let fields = "{name: slug, pattern: ['^[a-z]+$', small letters only]}";
    let config = format!("collections:\n  - name: a\n    folder: a\n    fields: [{fields}]\n");
    let collections = derive(&config).unwrap();
    let schema = Schema::from_json(collections[0].schema.clone()).unwrap();
    let (front_matter, _) = FrontMatter::parse("---\nslug: Big\n---\n");
    let found = schema.findings(&front_matter.unwrap());
    assert_eq!(found[0].help.as_deref(), Some("small letters only"));
}

#[test]
fn a_name_that_is_given_twice_leaves_a_schema_that_is_well() {
    assert_eq!(findings("{name: a}, {name: a}", "{}"), ["missing key `a`"]);
    let types = "{name: l, widget: list, types: [{name: t, fields: [{name: type}]}]}";
    assert_eq!(findings(types, "l: [{type: t}]"), Vec::<String>::new());
}
