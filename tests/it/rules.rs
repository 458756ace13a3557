//! Every `fixtures/<group>/<rule>/` is a small site. Its `bad*.md` give exactly the findings in the snapshot beside
//! them, its `good*.md` give none.

use std::path::Path;

use copydesk::{rules::RULES, run::Run};

/// Rules whose findings do not come from a page, and where they are tested instead.
const ELSEWHERE: [(&str, &str); 7] = [
    ("invalid-config", "tests/it/config.rs"),
    ("internal-error", "src/lint.rs"),
    ("dead-url", "tests/cli/links.trycmd: it needs a report of a link checker"),
    ("untrusted-suppression", "tests/it/untrusted.rs"),
    ("removed-url", "tests/it/removed_url.rs: it needs a change"),
    ("stale-translation", "tests/it/history.rs: it needs commits"),
    ("oversized-file", "tests/it/robustness.rs: a page of that size does not belong into a repository"),
];

#[test]
fn bad_pages_give_their_snapshots_and_good_pages_nothing() {
    let mut differences = Vec::new();
    for def in RULES {
        let folder = crate::common::repo(&format!("fixtures/{}/{}", def.meta.group.id(), def.meta.id));
        if !folder.exists() {
            continue;
        }
        let run = crate::common::check(&[&folder], crate::common::trying(def.meta.id));
        assert!(
            run.errors.is_empty() && !run.broken_config,
            "{}: {:?} {:?}",
            def.meta.id,
            run.errors,
            run.diagnostics
        );
        for path in crate::common::files(&folder) {
            differences.extend(compare_file(&run, def.meta.id, &folder, &path));
        }
    }
    crate::common::assert_none(&differences);
}

/// What is wrong with a file of a rule's fixtures, if anything.
fn compare_file(run: &Run, rule: &str, folder: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(folder).expect("the file was found in the folder");
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    let found = crate::common::with_findings(run, |diagnostic| {
        diagnostic.rule.id == rule && &*diagnostic.primary.path == inside
    });
    if found.diagnostics.is_empty() {
        let lacks = name.starts_with("bad") && path.extension().is_some_and(|extension| extension == "md");
        let snapshot = path.with_extension("snap");
        let stale = path != snapshot && snapshot.exists();
        return (lacks || stale).then(|| format!("{} has nothing wrong", path.display()));
    }
    let report = crate::common::render(&found, "full");
    if name.starts_with("good") {
        return Some(format!("{}: {report}", path.display()));
    }
    crate::common::compare(&path.with_extension("snap"), &report)
}

#[test]
fn every_rule_has_fixtures() {
    for def in RULES {
        if ELSEWHERE.iter().any(|(id, _)| *id == def.meta.id) {
            continue;
        }
        let folder = crate::common::repo(&format!("fixtures/{}/{}", def.meta.group.id(), def.meta.id));
        let files = crate::common::files(&folder);
        let is_good =
            |path: &Path| path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("good"));
        assert!(
            files.iter().any(|path| path.extension().is_some_and(|it| it == "snap")),
            "{} has no snapshot",
            def.meta.id
        );
        assert!(files.iter().any(|path| is_good(path)), "{} has no good page", def.meta.id);
        assert!(
            folder.join("copydesk.yaml").exists(),
            "without a config of their own they are part of a larger site"
        );
    }
}

#[test]
fn every_snapshot_has_its_file() {
    let groups = crate::common::entries(&crate::common::repo("fixtures"));
    // The snapshots of whole sites are beside their folders; tests/sites.rs knows them.
    let files =
        groups.iter().filter(|group| !group.ends_with("sites")).flat_map(|group| crate::common::files(group));
    for path in files {
        if path.extension().is_some_and(|extension| extension == "snap") {
            let beside = crate::common::entries(path.parent().expect("a file has a folder"));
            let owner = beside.iter().find(|other| **other != path && other.file_stem() == path.file_stem());
            assert!(owner.is_some(), "{} belongs to no file", path.display());
        }
    }
}

#[test]
fn fixtures_belong_to_rules() {
    for group in crate::common::entries(&crate::common::repo("fixtures")) {
        if group.ends_with("sites") {
            continue;
        }
        for folder in crate::common::entries(&group) {
            let id = folder.file_name().unwrap().to_string_lossy().into_owned();
            let def = copydesk::rules::find(&id).unwrap_or_else(|| panic!("{} is no rule", folder.display()));
            assert!(group.ends_with(def.meta.group.id()), "{id} is in another group");
        }
    }
}
