//! Which files are pages: what ignore files say of files that are named, and hidden files.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::common::sandbox::{copydesk, site};

const SLIP: &str = "# Quay\n\nThe the boats.\n";

/// What a check says: the exit code, the findings and the notes.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    copydesk(folder, &[&["check", "--format", "concise"], arguments].concat())
}

#[test]
fn ignore_files_hold_for_files_that_are_named() {
    let files = [
        ("copydesk.yaml", "{}\n"),
        ("a.md", SLIP),
        (".copydeskignore", "made/\n/posts/*.md\n!/posts/b.md\n"),
        ("made/a.md", SLIP),
        ("posts/a.md", SLIP),
        ("posts/b.md", SLIP),
        ("posts/.ignore", "deep\n"),
        ("posts/deep/a.md", SLIP),
    ];
    let folder = site("ignored-named", &files);
    let named = ["posts/deep/a.md", "made/a.md", "a.md", "posts/b.md", "posts/a.md"];
    let (code, out, err) = check(&folder, &named);
    let lines: Vec<&str> = out.lines().filter_map(|line| line.split_once(':')).map(|it| it.0).collect();
    assert_eq!((code, lines), (Some(1), vec!["a.md", "posts/b.md"]), "{out}{err}");
    assert_eq!(check(&folder, &["made/a.md"]).0, Some(0), "as a file that is excluded");
    assert_eq!(check(&folder.join("posts"), &["a.md", "deep/a.md"]).1, "");
}

#[test]
fn ignore_files_hold_for_standard_input() {
    let files = [("copydesk.yaml", "{}\n"), (".gitignore", "made/*\n"), ("made/a.md", "")];
    let folder = site("ignored-stdin", &files);
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--fix", "--stdin-filename", "made/a.md"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it is piped").write_all(SLIP.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stdout)), (Some(0), SLIP));
}

#[test]
fn templates_of_the_generator_are_no_pages() {
    let files = [
        ("web/hugo.toml", "title = 'Quay'\n"),
        ("web/content/a.md", SLIP),
        ("web/archetypes/default.md", "---\ntitle: \"{{ replace .Name \"-\" \" \" }}\"\n---\n"),
        ("web/layouts/shortcodes/tide.md", SLIP),
        ("web/themes/pier/layouts/tide.md", SLIP),
        ("web/themes/pier/exampleSite/content/a.md", SLIP),
        ("web/content/vendor/pier/a.md", SLIP),
        ("vendor/pier/a.md", SLIP),
        ("layouts/a.md", SLIP),
    ];
    let folder = site("templates", &files);
    let pages = |arguments: &[&str]| {
        let (_, out, _) = check(&folder, arguments);
        out.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(pages(&["."]), ["layouts/a.md", "web/content/a.md", "web/content/vendor/pier/a.md"]);
    assert_eq!(pages(&["web/archetypes/default.md", "web/layouts/shortcodes/tide.md"]), [""; 0]);
    std::fs::write(folder.join("copydesk.yaml"), "files: '**/*.md'\n").expect("it can be written");
    assert!(pages(&["."]).contains(&"web/layouts/shortcodes/tide.md".to_owned()));
}

#[test]
fn hidden_pages_are_checked_where_somebody_names_them() {
    let template = ".github/ISSUE_TEMPLATE/bug.md";
    let files = [("a.md", "# Quay\n"), (template, SLIP), (".notes/a.md", SLIP), (".notes/b/c.md", SLIP)];
    let folder = site("hidden", &files);
    let (code, out, err) = check(&folder, &[]);
    assert_eq!((code, &*out), (Some(0), ""), "{err}");
    assert!(err.contains("3 hidden pages skipped") && err.contains(template), "{err}");
    for folder_or_file in [".github", template] {
        let (code, out, err) = check(&folder, &[folder_or_file]);
        assert!(code == Some(1) && out.starts_with(&format!("{template}:3:")), "{out}{err}");
        assert!(!err.contains("skipped"), "{err}");
    }
    std::fs::write(folder.join("copydesk.yaml"), "files: ['*.md', '.github/**/*.md']\n").unwrap();
    let (code, out, err) = check(&folder, &[]);
    assert!(code == Some(1) && out.starts_with(template) && out.lines().count() == 1, "{out}{err}");
    assert!(!err.contains("skipped"), "`files` does not match the others: {err}");
}

#[test]
fn a_hidden_folder_begins_no_other_site() {
    let files = [
        ("a.md", "# Quay\n"),
        (".config/copydesk.yaml", "files: none.md\n"),
        (".old/copydesk.yaml", "nope: 1\n"),
    ];
    let folder = site("hidden-config", &files);
    std::fs::remove_file(folder.join(".config/copydesk.yaml")).unwrap();
    let (code, out, err) = check(&folder, &[]);
    assert_eq!((code, &*out), (Some(0), ""), "{err}");
}

#[test]
fn paths_are_seen_from_the_current_folder() {
    let page = "---\ntitle: [\n---\n\nThe the boats.\n";
    let files = [("copydesk.yaml", "{}\n"), ("posts/2024/a.md", page), ("posts/b.md", SLIP), ("c.md", SLIP)];
    let folder = site("paths", &files).join("posts");
    for format in ["concise", "full", "json", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson"] {
        let (_, out, err) = copydesk(&folder, &["check", "--format", format, "."]);
        assert!(out.contains("2024/a.md") && !out.contains("posts/"), "{format}: {out}{err}");
        assert!(!out.contains("../2024") && !out.contains("../b.md"), "{format}: {out}{err}");
    }
    let (_, out, _) = check(&folder, &["..", "."]);
    assert!(out.contains("\nb.md:") || out.starts_with("b.md:"), "{out}");
    assert!(out.contains("../c.md:3:"), "{out}");
}
