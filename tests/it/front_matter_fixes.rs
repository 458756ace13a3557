//! Fixes of front matter: values and keys in the quotes that they have, with their comments, in all three notations.

use std::{
    fs,
    path::{Path, PathBuf},
};

use copydesk::{
    fix::Applicability::{self, Safe, Unsafe},
    run::{self, Options},
};

const CONFIG: &str = r#"
extends: recommended
rules: { spelling: off, key-order: on, front-matter-whitespace: on, implausible-date: off }
collections:
  notes:
    files: "notes/*.md"
    key-order: [title, author, date, layout]
    schema:
      type: object
      additionalProperties: false
      required: [title]
      properties:
        title: { type: string }
        author: { type: string }
        date: { type: string }
        layout: { enum: [plain, wide] }
        weight: { type: integer }
        area:
          type: array
          items: { type: object, additionalProperties: true }
    dates: { date: { form: date } }
    references:
      area: { data: areas.yaml, items: "", id: [id, value], prefer: id, label: { label: name } }
"#;

const AREAS: &str = "- { id: area-n1, name: News }\n- { id: area-g2, name: \"Guides & Maps\" }\n";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("front-matter-fixes").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(folder.join("notes")).expect("a folder can be made");
    fs::create_dir_all(folder.join(".git")).expect("a folder can be made");
    fs::write(folder.join("copydesk.yaml"), CONFIG).expect("the folder can be written");
    fs::write(folder.join("areas.yaml"), AREAS).expect("the folder can be written");
    // What only one page of many has is not a gap in the schema.
    for other in ["buoys", "lamps", "moorings", "ropes"] {
        let page = format!("---\ntitle: About {other}\n---\n\nText.\n");
        fs::write(folder.join(format!("notes/{other}.md")), page).expect("the folder can be written");
    }
    folder
}

/// The page after its fixes, and the rules of what is still found.
fn fixed(name: &str, page: &str, least: Applicability) -> (String, Vec<&'static str>) {
    let folder = folder(name);
    let path = folder.join("notes/page.md");
    fs::write(&path, page).expect("the folder can be written");
    let options =
        Options { paths: vec![folder.clone()], ..Options::on_disk(folder.clone(), crate::common::TODAY) };
    let (run, changes) = run::fix(&options, least);
    assert!(run.errors.is_empty() && !run.broken_config, "{:?} {:?}", run.errors, run.diagnostics);
    assert!(run::write(&changes, &folder).is_empty());
    let rules = run.diagnostics.iter().map(|it| it.rule.id).collect();
    (fs::read_to_string(&path).expect("it was just written"), rules)
}

fn becomes(name: &str, front_matter: &str, expected: &str, least: Applicability) {
    let page = format!("---\n{front_matter}---\n\nText.\n");
    let (after, left) = fixed(name, &page, least);
    assert_eq!(after, format!("---\n{expected}---\n\nText.\n"), "{name}");
    assert!(left.is_empty(), "{name}: {left:?}");
}

#[test]
fn a_value_with_a_colon_gets_quotes() {
    let before = "title: Tides: how the harbour \"breathes\" # for the quay\n";
    becomes("colon", before, "title: 'Tides: how the harbour \"breathes\"' # for the quay\n", Safe);
    becomes("colon-plain", "title: Tides: a walk\n", "title: \"Tides: a walk\"\n", Safe);
}

#[test]
fn types_are_mended_by_quotes() {
    becomes("quote", "title: 2024 # the year\n", "title: '2024' # the year\n", Safe);
    becomes("unquote", "title: T\nweight: \"10\"\n", "title: T\nweight: 10\n", Safe);
    becomes("allowed", "title: T\nlayout: \"wid\"\n", "title: T\nlayout: \"wide\"\n", Unsafe);
}

#[test]
fn a_key_that_was_meant_gets_its_name() {
    becomes("rename", "title: T\n'autor' : Mira\n", "title: T\n'author' : Mira\n", Safe);
    let page = "+++\ntitle = \"T\"\nautor = 'Mira' # keeps the light\n+++\n\nText.\n";
    let (after, left) = fixed("rename-toml", page, Safe);
    assert_eq!(after, page.replace("autor", "author"));
    assert!(left.is_empty(), "{left:?}");
    let page = "{\n  \"title\": \"T\",\n  \"autor\": \"Mira\"\n}\n\nText.\n";
    assert_eq!(fixed("rename-json", page, Safe).0, page.replace("autor", "author"));
}

#[test]
fn the_last_pair_of_unlike_keys_is_asked_about() {
    let page = "---\nheadline: T\n---\n\nText.\n";
    assert_eq!(fixed("last-pair", page, Safe).0, page);
    assert_eq!(fixed("last-pair", page, Unsafe).0, page.replace("headline", "title"));
}

#[test]
fn dates_are_mended_where_there_is_one_reading() {
    becomes("unpadded", "title: T\ndate: '2024-1-29'\n", "title: T\ndate: '2024-01-29'\n", Safe);
    let swapped = "---\ntitle: T\ndate: 2024-29-01\n---\n\nText.\n";
    assert_eq!(fixed("swapped", swapped, Safe).0, swapped, "day and month are asked about");
    becomes("swapped", "title: T\ndate: 2024-29-01\n", "title: T\ndate: 2024-01-29\n", Unsafe);
}

#[test]
fn keys_move_with_their_values_and_comments() {
    becomes(
        "order",
        "# the lay of the page\nlayout: wide\nweight: 3\n# who\nauthor: Mira\ntitle: >\n  The\n  tides\n",
        "title: >\n  The\n  tides\n# who\nauthor: Mira\n# the lay of the page\nlayout: wide\nweight: 3\n",
        Safe,
    );
    becomes("blanks", "title: T  \nauthor: Mira\t\n", "title: T\nauthor: Mira\n", Safe);
}

#[test]
fn records_get_the_key_and_the_id_that_are_right() {
    let before = "title: T\narea:\n  - label: Guides & Maps\n    value: area-g2 # the maps\n";
    becomes("drift", before, &before.replace("value", "id"), Safe);
    let before = "title: T\narea:\n  - label: News\n    id: 'area-g2'\n";
    becomes("mismatch", before, &before.replace("area-g2", "area-n1"), Unsafe);
}

#[test]
fn a_comment_that_suppresses_nothing_goes_with_its_line() {
    let becomes = |name: &str, before: &str, after: &str| {
        let page = |text: &str| format!("---\ntitle: T\n---\n\n{text}");
        assert_eq!(fixed(name, &page(before), Safe).0, page(after), "{name}");
    };
    let comment = "<!-- copydesk-disable-line broken-link -->";
    becomes("end", &format!("Text. {comment}\n"), "Text.\n");
    becomes("own", &format!("One.\n\n{comment}\n\nTwo.\n"), "One.\n\nTwo.\n");
    let parting = format!("One.\n{comment}\nTwo.\n");
    becomes("parting", &parting, &parting);
    let names = "[a](b.md) <!-- copydesk-disable-line broken-anchor, broken-link empty-link -- why -->\n";
    let left = "[a](b.md) <!-- copydesk-disable-line broken-link -- why -->\n";
    becomes("names", names, left);
}
