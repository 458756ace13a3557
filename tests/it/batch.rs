//! `check --stdin-batch`: pages as JSON lines, each checked by itself.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::Path,
    sync::Arc,
};

use copydesk::{
    diagnostic::Diagnostic,
    rules::{self, KNOW_LESS_ALONE, NEED_SITE},
    run::{self, Batch, Options, PageText},
};
use serde_json::{Value, json};

use crate::common::{
    TODAY, entries, repo,
    sandbox::{copydesk_reading, site},
};

/// The rules that `docs/batch.md` names in the section with a heading.
fn listed(heading: &str) -> HashSet<String> {
    let page = fs::read_to_string(repo("docs/batch.md")).expect("the page is there");
    let section =
        page.split("\n### ").find(|section| section.starts_with(heading)).expect("it has the section");
    let section = section.split("\n## ").next().expect("there is a first part");
    let links = section.split("](rules/").skip(1);
    links.filter_map(|link| Some(link.split_once(".md)")?.0.to_owned())).collect()
}

#[test]
fn a_page_in_a_batch_has_the_findings_that_it_has_in_its_site() {
    let differs: Vec<&str> = NEED_SITE.into_iter().chain(KNOW_LESS_ALONE).collect();
    let mut compared = 0;
    for folder in entries(&repo("fixtures/sites")).into_iter().filter(|folder| folder.is_dir()) {
        let options = Options::on_disk(folder.clone(), TODAY);
        for index in run::survey(&options).0 {
            let Ok(batch) = Batch::open(&Options::on_disk(index.root.clone(), TODAY)) else { continue };
            let paths = index.site.pages.iter().map(|page| Arc::clone(&page.path));
            let pages: Vec<_> = paths.filter_map(|path| page_at(&index.root, path)).collect();
            let runs = batch.check(&pages);
            let whole = run::check(&Options::on_disk(index.root.clone(), TODAY));
            let mut by_page: BTreeMap<&Path, Vec<&Diagnostic>> = BTreeMap::new();
            for diagnostic in &whole.diagnostics {
                by_page.entry(&diagnostic.primary.path).or_default().push(diagnostic);
            }
            for (page, run) in pages.iter().zip(&runs) {
                let is_same = |it: &&Diagnostic| {
                    !differs.contains(&it.rule.id)
                        && it.primary.path == page.path
                        && it.rule.id != "unused-suppression"
                };
                let here: Vec<_> = run.diagnostics.iter().filter(is_same).collect();
                let in_site = by_page.remove(&*page.path).unwrap_or_default();
                let in_site: Vec<_> = in_site.into_iter().filter(is_same).collect();
                assert_eq!(here, in_site, "{}", page.path.display());
                compared += here.len();
            }
        }
    }
    assert!(compared > 50, "{compared} findings were compared");
}

#[test]
fn the_docs_list_the_rules_that_depend_on_the_site() {
    for (heading, rules) in
        [("Rules that need the other pages", &NEED_SITE[..]), ("Rules that know less", &KNOW_LESS_ALONE)]
    {
        assert!(rules.iter().all(|id| rules::find(id).is_some()), "{rules:?}");
        assert_eq!(listed(heading), rules.iter().map(|id| (*id).to_owned()).collect());
    }
}

#[test]
fn a_comment_that_may_be_needed_in_the_site_is_not_unused() {
    let folder = site("batch-suppress", &[]);
    let comment = |names: &str| {
        format!("# Quay\n\n<!-- copydesk-disable-next-line {names} -->\nSee [this](gone.md).\n")
    };
    let unused = |names: &str| {
        let (_, lines, err) = batch(&folder, &[], &line(&json!({ "path": "a.md", "text": comment(names) })));
        assert_eq!(err, "");
        lines.iter().filter(|line| line["rule"] == "unused-suppression").count()
    };
    assert_eq!(["", "broken-link", "links", "known-typo"].map(unused), [0; 4]);
    assert_eq!(unused("repeated-word"), 1);
}

fn page_at(root: &Path, path: Arc<Path>) -> Option<PageText> {
    Some(PageText { text: fs::read_to_string(root.join(&path)).ok()?, path })
}

fn batch(folder: &Path, arguments: &[&str], input: &[u8]) -> (Option<i32>, Vec<Value>, String) {
    let (code, out, err) =
        copydesk_reading(folder, &[&["check", "--stdin-batch"], arguments].concat(), input);
    let lines = out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON"));
    (code, lines.collect(), err)
}

fn line(value: &Value) -> Vec<u8> {
    format!("{value}\n").into_bytes()
}

const SLIP: &str = "# Quay\n\nThe the boats.\n";

#[test]
fn findings_come_in_the_order_of_the_pages() {
    let folder = site("batch-order", &[]);
    let mut input = Vec::new();
    for number in 0..700 {
        let text = if number % 2 == 0 { SLIP } else { "# Quay\n" };
        input.extend(line(&json!({ "text": text, "path": format!("p/{}.md", 999 - number), "other": [1] })));
    }
    let (code, lines, err) = batch(&folder, &[], &input);
    assert_eq!(code, Some(1), "{err}");
    let numbers: Vec<_> = lines.iter().map(|line| line["input"].as_u64()).collect();
    assert_eq!(numbers, (0..350).map(|number| Some(2 * number + 1)).collect::<Vec<_>>());
    assert_eq!(lines[1]["file"], "p/997.md");
    assert_eq!(lines[1]["rule"], "repeated-word");
    assert_eq!(lines[1].get("site"), None);
}

#[test]
fn a_bad_line_is_reported_and_the_others_are_checked() {
    let folder = site("batch-bad", &[]);
    let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    let mut input = line(&json!({ "path": "a.md", "text": SLIP, "site": "harbour" }));
    let bad: [&[u8]; 12] = [
        b"nonsense\n",
        b"\n",
        b"\"\xFF\"\n",
        b"{\"path\": \"a.md\"}\n",
        b"{\"path\": \"a.md\", \"path\": \"b.md\", \"text\": \"\"}\n",
        format!("{{\"path\": 1, \"text\": \"{token}\"}}\n").leak().as_bytes(),
        format!("\"{token}\"\n").leak().as_bytes(),
        b"{\"path\": \"\", \"text\": \"\"}\n",
        b"{\"path\": \"../../a.md\", \"text\": \"\"}\n",
        b"{\"path\": \"a\\u0000.md\", \"text\": \"\"}\n",
        b"{\"path\": \"a.md\", \"text\": \"\\ud800\"}\n",
        format!("{{\"path\": \"a.md\", \"text\": \"\", \"x\": {}\n", "[".repeat(100_000)).leak().as_bytes(),
    ];
    input.extend(bad.concat());
    input.extend(line(&json!({ "path": "b.md", "text": SLIP })).strip_suffix(b"\n").expect("it has one"));
    let (code, lines, err) = batch(&folder, &[], &input);
    assert_eq!((code, &*err), (Some(1), ""));
    let errors: Vec<_> =
        lines.iter().filter_map(|line| Some((line["input"].as_u64()?, line["error"].as_str()?))).collect();
    let expected = "expected an object with the strings `path`, `text` and, optionally, `site`";
    assert_eq!(
        errors,
        [
            (2, "invalid JSON at column 2"),
            (4, "invalid UTF-8 at byte 2"),
            (5, "missing field `text`"),
            (6, "duplicate field `path`"),
            (7, expected),
            (8, expected),
            (9, "`path` is empty"),
            (10, "`path` is outside the site root"),
            (11, "`path` contains a NUL character"),
            (12, "invalid JSON at column 33"),
            (13, "invalid JSON at column 100034"),
        ]
    );
    assert_eq!((&lines[0]["site"], &lines[0]["input"]), (&json!("harbour"), &json!(1)));
    assert_eq!((&lines[12]["file"], &lines[12]["input"]), (&json!("b.md"), &json!(14)));
    assert_eq!(batch(&folder, &["--fail-on", "never"], &input).0, Some(0));
    assert_eq!(batch(&folder, &[], b"\n\n").0, Some(0));
}

#[test]
fn options_of_a_check_apply() {
    let config =
        "rules: { repeated-word: error }\noverrides: [{ files: old/**, rules: { repeated-word: off } }]\n";
    let folder = site("batch-options", &[("copydesk.yaml", config)]);
    let secret = "[feed](https://mira:hunter2secret@quay.example/) the the\n";
    let input = ["a.md", "old/a.md"]
        .map(|path| line(&json!({ "path": path, "text": format!("# Quay\n\n{secret}") })));
    let (code, lines, _) = batch(&folder, &["--quiet"], &input.concat());
    assert_eq!(code, Some(1));
    let found: Vec<_> = lines.iter().map(|it| format!("{} {}", it["file"], it["rule"])).collect();
    assert_eq!(
        found,
        [r#""a.md" "url-credential""#, r#""a.md" "repeated-word""#, r#""old/a.md" "url-credential""#]
    );
    assert!(!lines.iter().any(|it| it.to_string().contains("hunter2secret")), "{lines:?}");
    assert_eq!(batch(&folder, &["--select", "bare-url"], &input.concat()).0, Some(0));
}

#[test]
fn a_broken_config_fails_the_batch() {
    let folder = site("batch-config", &[("copydesk.yaml", "rules: { nonsense: on }\n")]);
    let (code, lines, err) = batch(&folder, &[], &line(&json!({ "path": "a.md", "text": SLIP })));
    assert_eq!((code, lines.len()), (Some(2), 0));
    assert!(err.contains("nonsense"), "{err}");
}

#[test]
fn records_in_other_pages_are_not_missing() {
    let config = "collections:\n  posts:\n    files: posts/*.md\n    references:\n      author: { files: authors/*.md, key: name }\n      tags: { data: tags.yaml }\n";
    let files = [
        ("copydesk.yaml", config),
        ("tags.yaml", "[harbour]\n"),
        ("authors/ida.md", "---\nname: Ida\n---\n"),
    ];
    let folder = site("batch-records", &files);
    let text = "---\nauthor: Jon\ntags: [harbour, harbor]\n---\n\nSee [this](gone.md).\n";
    let (_, lines, err) = batch(&folder, &[], &line(&json!({ "path": "posts/a.md", "text": text })));
    let found: Vec<_> = lines.iter().map(|it| format!("{} {}", it["rule"], it["message"])).collect();
    assert_eq!(found, [r#""unknown-reference" "unknown tag `harbor`""#], "{err}");
}
