//! What ignore files leave out of sites in memory.

use std::path::{Path, PathBuf};

use super::{IgnoredByGit, Listing, Project, ignored, list, list_by};
use crate::vfs::Memory;

const ROOT: &str = "/nowhere/site";

fn memory(files: &[(&str, &str)]) -> Memory {
    Memory::new(files.iter().map(|(path, text)| (Path::new(ROOT).join(path), text.as_bytes())))
}

fn project(config: Option<&str>) -> Project {
    Project { root: ROOT.into(), config: config.map(PathBuf::from) }
}

fn shown(listing: &Listing) -> Vec<String> {
    listing.files.iter().map(|path| path.display().to_string()).collect()
}

const RULES: [(&str, &str); 4] = [
    (".gitignore", "*.txt\n/build\n"),
    ("docs/.gitignore", "!keep.txt\nold/\n"),
    ("docs/.copydeskignore", "draft-*\n"),
    (".markdownlintignore", "CHANGES.md\n"),
];

#[test]
fn the_nearest_rule_counts() {
    let out =
        ["a.txt", "build/a.md", "docs/old/a.md", "docs/draft-1.md", "docs/x/draft-2.md", "node_modules/a.md"];
    let kept = ["CHANGES.md", "a.md", "docs/build/a.md", "docs/keep.txt", "draft-1.md"];
    let pages = out.iter().chain(&kept).map(|path| (*path, ""));
    let files = memory(&RULES.into_iter().chain(pages).collect::<Vec<_>>());
    assert_eq!(shown(&list(&files, &project(Some("copydesk.yaml")))), kept);
    assert_eq!(shown(&list(&files, &project(None))), kept[1..], "CHANGES.md is for markdownlint to ignore");
}

#[test]
fn listed_and_ignored_are_opposites() {
    let files = memory(&RULES);
    let paths = ["a.txt", "docs/keep.txt", "docs/old/a.md", "a.md"].map(|path| Path::new(ROOT).join(path));
    let out = ignored(&files, &project(Some("copydesk.yaml")), &paths);
    assert_eq!(paths.map(|path| out.contains(&path)), [true, false, true, false]);
}

#[test]
fn rules_and_configs_may_be_those_of_another_state() {
    let rules = memory(&[(".gitignore", "*.txt\n"), ("inner/copydesk.yaml", "")]);
    let files = memory(&[("a.md", ""), ("a.txt", ""), (".gitignore", "a.md\n"), ("inner/b.md", "")]);
    let listing = list_by(&rules, &files, &project(None));
    assert_eq!(shown(&listing), ["a.md"]);
    assert_eq!(
        listing.nested,
        [Project { root: Path::new(ROOT).join("inner"), config: Some("copydesk.yaml".into()) }]
    );
}

#[test]
fn git_ignores_what_need_not_exist() {
    let texts =
        [(Path::new(".gitignore"), "/site/built\n"), (Path::new("site/docs/.gitignore"), "!x.md\n*.md\n")];
    let ignored = IgnoredByGit::known(texts, Path::new("site"));
    assert_eq!(["built/a.md", "a.md", "docs/a.md"].map(|path| ignored.has(path)), [true, false, true]);
    assert!(ignored.has("Built/a.md"), "paths on a site have lost the case of their files");
}

#[test]
fn what_is_in_a_submodule_is_not_known() {
    let text = "[submodule \"charts\"]\n\tpath = site/charts\n\turl = https://harbour.example/charts\n";
    let ignored = IgnoredByGit::known([(Path::new(".gitmodules"), text)], Path::new("site"));
    assert_eq!(["charts/low.png", "charts.md", "a.md"].map(|path| ignored.has(path)), [true, false, false]);
}
