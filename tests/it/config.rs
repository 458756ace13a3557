//! Each `tests/config/*.yaml` is a config with mistakes, put into the site `tests/config/site/`. The snapshot beside it
//! says where each mistake lies and what to do. Nothing else is checked: that site's page has a mistake of its own.

use std::fs;

use copydesk::{config::Layer, diagnostic::Severity, run::ConfigChoice};

#[test]
fn mistakes_are_found_at_their_place_and_nothing_else_is_checked() {
    let mut differences = Vec::new();
    for case in crate::common::entries(&crate::common::repo("tests/config")) {
        if case.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = case.file_stem().and_then(|name| name.to_str()).expect("cases have plain names");
        let site = crate::common::clone(&crate::common::repo("tests/config/site"), &format!("config/{name}"));
        fs::copy(&case, site.join("copydesk.yaml")).expect("the clone can be written");
        let run = crate::common::check(&[&site], Layer::default());
        let others = run.diagnostics.iter().filter(|diagnostic| diagnostic.rule.id != "invalid-config");
        assert_eq!(others.count(), 0, "{name}: {:?}", run.diagnostics);
        assert!(run.broken_config && run.errors.is_empty() && run.files == 0, "{name}: {run:?}");
        differences.extend(crate::common::compare(
            &case.with_extension("snap"),
            &crate::common::render(&run, "full"),
        ));
    }
    crate::common::assert_none(&differences);
}

#[test]
fn the_site_around_the_mistakes_is_checked_once_the_config_is_right() {
    let site = crate::common::clone(&crate::common::repo("tests/config/site"), "config-right");
    fs::write(site.join("copydesk.yaml"), "files: pages/*.md\n").expect("the clone can be written");
    let run = crate::common::check(&[&site], Layer::default());
    let rules: Vec<&str> = run.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
    assert_eq!((rules, run.broken_config), (vec!["duplicate-key"], false));
}

#[test]
fn a_named_config_may_lie_outside_the_site() {
    let site = crate::common::clone(&crate::common::repo("tests/config/site"), "config-elsewhere/site");
    let config = site.with_file_name("config-elsewhere.yaml");
    fs::write(&config, "rules: { duplicate-key: info }\n").expect("the folder of clones can be written");
    let run = crate::common::check_with(ConfigChoice::File(config), &[&site], Layer::default());
    let found: Vec<_> =
        run.diagnostics.iter().map(|diagnostic| (diagnostic.rule.id, diagnostic.severity)).collect();
    assert_eq!((found, run.broken_config), (vec![("duplicate-key", Severity::Info)], false));
}

#[test]
fn another_programs_config_at_a_usual_place_is_left_alone() {
    let site = crate::common::clone(&crate::common::repo("tests/config/site"), "config-of-another-program");
    let found = |text: &str| {
        fs::create_dir_all(site.join("admin")).expect("the clone can be written");
        fs::write(site.join("admin/config.yml"), text).expect("the clone can be written");
        let run = crate::common::check(&[&site], Layer::default());
        run.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect::<Vec<_>>()
    };
    assert_eq!(found("users: [mira]\n"), ["duplicate-key"]);
    assert_eq!(found("backend: { name: github }\ncollections: [\n"), ["invalid-config"]);
}

#[test]
fn a_glob_that_matches_nothing_is_a_warning_and_the_rest_is_checked() {
    let site = crate::common::clone(&crate::common::repo("tests/config/site"), "config-idle-glob");
    let config =
        "files: [pages/*.md, posts/*.md]\noverrides:\n  - { files: drafts/*.md, rules: { spelling: off } }\n";
    fs::write(site.join("copydesk.yaml"), config).expect("the clone can be written");
    let run = crate::common::check(&[&site], Layer::default());
    let found: Vec<_> = run.diagnostics.iter().map(|it| (it.rule.id, it.severity, &*it.message)).collect();
    let idle = ("invalid-config", Severity::Warning, "pattern matches no files");
    assert_eq!(found, [idle, idle, ("duplicate-key", Severity::Error, "duplicate key `title`")]);
    assert!(!run.broken_config);
}
