//! Every `fixtures/<group>/<rule>/` is a small site. Its `bad*.md` give exactly the findings in the snapshot beside
//! them, its `good*.md` give none.

mod common;

use std::path::{Path, PathBuf};

use copydesk::rules::RULES;

/// Rules whose findings do not come from a page, and where they are tested instead.
const ELSEWHERE: [(&str, &str); 3] = [
    ("invalid-config", "tests/config.rs"),
    ("internal-error", "src/lint.rs"),
    ("oversized-file", "tests/robustness.rs: a page of that size does not belong into a repository"),
];

#[test]
fn bad_pages_give_their_snapshots_and_good_pages_nothing() {
    let mut differences = Vec::new();
    for def in RULES {
        let folder = common::repo(&format!("fixtures/{}/{}", def.group.id(), def.meta.id));
        if !folder.exists() {
            continue;
        }
        let run = common::check(&[&folder], common::only(def.meta.id));
        assert!(
            run.errors.is_empty() && !run.broken_config,
            "{}: {:?} {:?}",
            def.meta.id,
            run.errors,
            run.diagnostics
        );
        for path in common::entries(&folder) {
            let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
            let found =
                common::with_findings(&run, |diagnostic| &*diagnostic.primary.path == Path::new(name));
            if name.starts_with("good") && !found.diagnostics.is_empty() {
                differences.push(format!("{}: {}", path.display(), common::render(&found, "full")));
            }
            let snapshot = path.with_extension("snap");
            if !found.diagnostics.is_empty() && !name.starts_with("good") {
                differences.extend(common::compare(&snapshot, &common::render(&found, "full")));
            } else if name.starts_with("bad") && path.extension().is_some_and(|it| it == "md") {
                differences.push(format!("{} has nothing wrong", path.display()));
            }
        }
    }
    common::assert_none(&differences);
}

#[test]
fn every_rule_has_fixtures() {
    for def in RULES {
        if ELSEWHERE.iter().any(|(id, _)| *id == def.meta.id) {
            continue;
        }
        let folder = common::repo(&format!("fixtures/{}/{}", def.group.id(), def.meta.id));
        let paths = common::entries(&folder);
        let is_good =
            |path: &PathBuf| path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("good"));
        let is_snapshot = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "snap");
        assert!(paths.iter().any(is_snapshot), "{} has no snapshot", def.meta.id);
        assert!(paths.iter().any(is_good), "{} has no good page", def.meta.id);
    }
}

#[test]
fn fixtures_belong_to_rules() {
    for group in common::entries(&common::repo("fixtures")) {
        if group.ends_with("sites") {
            continue;
        }
        for folder in common::entries(&group) {
            let id = folder.file_name().unwrap().to_string_lossy().into_owned();
            let def = copydesk::rules::find(&id).unwrap_or_else(|| panic!("{} is no rule", folder.display()));
            assert!(group.ends_with(def.group.id()), "{id} is in another group");
        }
    }
}
