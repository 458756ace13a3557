//! `check --shard` and `report merge`: the parts of a run make up the whole.

use std::{fs, path::Path};

use copydesk::{
    internals::baseline::Baseline,
    report::{Format, Mergeable, RenderOptions, reporter},
    run::{self, Options, Run},
};
use serde_json::Value;

use crate::common::{
    TODAY, entries, repo,
    sandbox::{copydesk, site},
};

fn render(run: &Run, format: &str) -> String {
    let format: Format = format.parse().expect("the format exists");
    let mut out = Vec::new();
    reporter(format, RenderOptions::default()).report(run, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are text")
}

fn shards(folder: &Path, count: usize) -> Vec<Run> {
    let shard = |number: usize| {
        let shard = Some(format!("{number}/{count}").parse().expect("it is a shard"));
        run::check(&Options { shard, ..Options::on_disk(folder.to_owned(), TODAY) })
    };
    (1..=count).map(shard).collect()
}

/// Compares a run over a folder with the parts of it, in an order of their own.
fn require_equal(folder: &Path, count: usize) {
    let whole = run::check(&Options::on_disk(folder.to_owned(), TODAY));
    let mut parts = shards(folder, count);
    parts.rotate_left(count / 2);
    parts[1..].reverse();
    for (name, format) in
        [("json", Mergeable::Json), ("json-lines", Mergeable::JsonLines), ("sarif", Mergeable::Sarif)]
    {
        let reports: Vec<String> = parts.iter().map(|part| render(part, name)).collect();
        let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
        let merged = format.merge(&reports).expect("they are parts of one run");
        let expected = render(&whole, name);
        assert!(merged == expected, "{}, {name}, {count}: {merged}\n{expected}", folder.display());
    }
    if !whole.broken_config {
        let mut merged = Baseline::default();
        merged.entries.extend(parts.iter().flat_map(|part| Baseline::of(part, folder).entries));
        assert_eq!(merged.to_json(), Baseline::of(&whole, folder).to_json());
    }
}

#[test]
fn shards_make_up_the_whole() {
    for folder in entries(&repo("fixtures/sites")).into_iter().filter(|folder| folder.is_dir()) {
        require_equal(&folder, 3);
    }
}

#[test]
fn shards_without_pages_are_allowed() {
    for name in ["nested", "schema-file"] {
        require_equal(&repo("fixtures/sites").join(name), 16);
    }
}

#[test]
fn a_finding_in_a_file_that_is_not_a_page_is_reported_by_one_shard() {
    let page = |title: &str| format!("---\n$schema: /post.json\ntitle: {title}\n---\n");
    let pages: Vec<_> = (0..12).map(|number| (format!("{number}.md"), page(&number.to_string()))).collect();
    let mut files: Vec<_> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.extend([
        ("post.json", r#"{"type": 1}"#),
        ("copydesk.yaml", "rules: { unused-asset: on }\n"),
        ("a.png", ""),
    ]);
    let folder = site("shards-elsewhere", &files);
    require_equal(&folder, 4);
    let found: usize = shards(&folder, 4)
        .iter()
        .flat_map(|part| &part.diagnostics)
        .filter(|it| it.primary.path.extension().is_none_or(|it| it != "md"))
        .count();
    assert_eq!(found, 1);
}

#[test]
fn the_command_merges_reports() {
    let slip = "# Quay\n\nThe the boats. See http://quay.example/ too.\n";
    let names: Vec<String> = (0..9).map(|number| format!("p/{number}.md")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), slip)).collect();
    let folder = site("shards-command", &files);
    let reports = ["json", "json-lines", "sarif"].map(|format| {
        let part = |number: usize| {
            let file = format!("{format}-{number}.report");
            let shard = format!("--shard={number}/3");
            let arguments = ["check", "p", &shard, "--format", &format!("{format}={file}")];
            assert_eq!(copydesk(&folder, &arguments).0, Some(1));
            file
        };
        let [one, two, three] = [2, 3, 1].map(part);
        let merged = copydesk(&folder, &["report", "merge", &one, &two, &three]);
        assert_eq!(merged.0, Some(0), "{}", merged.2);
        assert_eq!(merged.1, copydesk(&folder, &["check", "p", "--format", format]).1);
        (one, merged.1)
    });
    let summary: Value = serde_json::from_str(&reports[0].1).expect("it is JSON");
    assert_eq!(summary["summary"]["files"], 9);
    let (code, _, err) = copydesk(&folder, &["report", "merge", &reports[0].0, &reports[2].0]);
    assert_eq!((code, err.contains("sarif-2.report: ")), (Some(2), true), "{err}");
    let (code, _, err) = copydesk(&folder, &["report", "merge", "p/1.md"]);
    assert_eq!((code, err.contains("not a report")), (Some(2), true), "{err}");
}

#[test]
fn baselines_of_shards_are_merged() {
    let slip = "# Quay\n\nThe the boats.\n";
    let names: Vec<String> = (0..9).map(|number| format!("{number}.md")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), slip)).collect();
    let folder = site("shards-baseline", &files);
    let part = |number: usize| {
        let file = format!("{number}.json");
        let arguments = ["baseline", "create", "--shard", &format!("{number}/3"), "--file", &file];
        assert_eq!(copydesk(&folder, &arguments).0, Some(0));
        file
    };
    let [one, two, three] = [3, 1, 2].map(part);
    let (code, merged, err) = copydesk(&folder, &["report", "merge", &one, &two, &three]);
    assert_eq!(code, Some(0), "{err}");
    fs::write(folder.join("merged.json"), merged).expect("the folder can be written");
    assert_eq!(copydesk(&folder, &["baseline", "create", "--file", "whole.json"]).0, Some(0));
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("it is there");
    assert_eq!(read("merged.json"), read("whole.json"));
    let (code, _, err) = copydesk(&folder, &["check", "--shard", "2/3", "--baseline", "merged.json"]);
    assert_eq!((code, &*err), (Some(0), ""), "entries of other shards are not stale");
}

#[test]
fn reports_that_do_not_belong_together_are_refused() {
    let report = |root: &str| {
        format!(
            r#"{{"schemaVersion":1,"tool":{{}},"root":"{root}","diagnostics":[],"toolErrors":[],"summary":{{}}}}"#
        )
    };
    let error = Mergeable::Json.merge(&[&report("/a"), &report("/b")]).expect_err("they differ");
    assert_eq!(
        (error.report(), error.to_string()),
        (1, "root differs from that of the first report".to_owned())
    );
    let error = Mergeable::Json.merge(&[&report("/a"), "[]"]).expect_err("it is not a report");
    assert_eq!(error.report(), 1);
    assert_eq!(Mergeable::of("[]"), None);
    assert_eq!(Mergeable::of(""), Some(Mergeable::JsonLines));
}
