//! What a team that comes from markdownlint finds: its configs hold as they are, its comments mean what they meant.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    config::{Config, EffectiveRule, Layer, import::import},
    diagnostic::Severity,
    internals::discover::SiteFiles,
    run::Run,
    text::LineIndex,
};
use proptest::prelude::*;
use serde_json::json;

/// A repository with these files.
fn site(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moving-over").join(name);
    if root.exists() {
        fs::remove_dir_all(&root).expect("the site of the last run can be removed");
    }
    fs::create_dir_all(root.join(".git")).expect("the folder can be made");
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the site can be written");
    }
    root
}

fn check(name: &str, files: &[(&str, &str)]) -> Run {
    crate::common::check(&[&site(name, files)], Layer::default())
}

/// The rules that found something, with the place of each finding.
fn found(run: &Run) -> Vec<(String, &'static str, u32)> {
    let found = run.diagnostics.iter().map(|it| {
        let text = fs::read_to_string(run.root.join(&it.primary.path)).expect("the file is there");
        let line = LineIndex::new(&text).position(&text, it.primary.span.start).line;
        (it.primary.path.display().to_string(), it.rule.id, line)
    });
    found.collect()
}

/// The lines of a page on which `bare-url` and `missing-alt-text` find something, with a config for the former.
fn lines(name: &str, config: &str, page: &str) -> (Vec<u32>, Vec<u32>) {
    let run = check(name, &[(".markdownlint.json", config), ("page.md", page)]);
    let of = |rule: &str| found(&run).into_iter().filter(|it| it.1 == rule).map(|it| it.2).collect();
    (of("bare-url"), of("missing-alt-text"))
}

const URL: &str = "See https://ferry.example now.\n";

/// A page with one mistake.
const PAGE: &str = "# Ferry\n\nSee https://ferry.example now.\n";

#[test]
fn names_numbers_and_tags_mean_rules_in_any_case() {
    for name in ["MD034", "md034", "no-bare-urls", "No-Bare-URLs", "url", "LINKS", ""] {
        let page = format!("<!-- markdownlint-disable {name} -->\n\n{URL}");
        assert_eq!(lines("names", "{}", &page).0, [0; 0], "{name}");
    }
    for name in ["MD034,", "MD045", "images", "gulls", "-- MD045", "--"] {
        let page = format!("<!-- markdownlint-disable {name} -->\n\n{URL}");
        assert_eq!(lines("other-names", "{}", &page).0, [3], "{name}");
    }
}

#[test]
fn a_tag_of_markdownlint_is_no_group_of_ours() {
    let page = "# Quay\n\n<!-- markdownlint-disable links -->\n\n[quay](nowhere.md) https://ferry.example\n";
    let run = check("tag", &[(".markdownlint.json", "{}"), ("page.md", page)]);
    assert_eq!(found(&run), [("page.md".to_owned(), "broken-link", 5)]);
}

#[test]
fn a_rule_that_the_config_has_off_runs_where_a_comment_enables_it() {
    let page = format!(
        "{URL}\n<!-- markdownlint-enable MD034 -->\n{URL}\n<!-- markdownlint-disable MD034 -->\n{URL}"
    );
    assert_eq!(lines("enable", "{\"MD034\": false}", &page).0, [4]);
    let page = format!("{URL}\n<!-- markdownlint-enable -->\n\n{URL}");
    assert_eq!(lines("enable-all", "{\"MD034\": false}", &page).0, [5]);
    let page = format!("{URL}\n<!-- markdownlint-enable-file no-bare-urls -->\n");
    assert_eq!(lines("enable-file", "{\"default\": false}", &page).0, [1]);
}

#[test]
fn comments_turn_nothing_on_that_a_config_of_ours_has_off() {
    let style = "[https://ferry.example](https://ferry.example)\n";
    let config = "rules: { link-style: { level: off, url_inline: false } }\n";
    for comment in ["enable", "enable MD054", "configure-file { \"MD054\": { \"url_inline\": false } }"] {
        let page = format!("<!-- markdownlint-{comment} -->\n\n{style}");
        assert_eq!(found(&check("taste", &[("copydesk.yaml", config), ("page.md", &page)])), [], "{comment}");
        let run = check("theirs", &[("copydesk.yaml", "extends: markdownlint"), ("page.md", &page)]);
        let found = found(&run).iter().any(|it| it.1 == "link-style");
        assert_eq!(found, comment.starts_with("configure"), "{comment}");
    }
}

#[test]
fn the_command_line_has_the_last_word() {
    let root = site("last-word", &[("page.md", &format!("<!-- markdownlint-enable MD034 -->\n\n{URL}"))]);
    assert_eq!(found(&crate::common::check(&[&root], crate::common::only("missing-alt-text"))), []);
}

#[test]
fn a_state_is_captured_and_restored() {
    let page = format!(
        "<!-- markdownlint-disable MD034 -->\n<!-- markdownlint-capture -->\n<!-- markdownlint-enable -->\n\n{URL}\n\
         <!-- markdownlint-restore -->\n\n{URL}"
    );
    assert_eq!(lines("capture", "{}", &page).0, [5]);
    // Before anything is captured, what the config says is; not what a comment says of the file.
    let page = format!("<!-- markdownlint-disable-file -->\n{URL}\n<!-- markdownlint-restore -->\n\n{URL}");
    assert_eq!(lines("restore", "{}", &page).0, [6]);
}

#[test]
fn lines_are_excepted_whatever_holds_around_them() {
    let page = format!(
        "<!-- markdownlint-disable-next-line -->\n{URL}\nSee https://quay.example <!-- markdownlint-disable-line MD045 -->\n"
    );
    assert_eq!(lines("line", "{}", &page).0, [4]);
}

#[test]
fn comments_count_in_code_and_front_matter_and_must_end_on_their_line() {
    let page = format!("```html\n<!-- markdownlint-disable -->\n```\n\n{URL}");
    assert_eq!(lines("in-code", "{}", &page).0, [0; 0]);
    let page = format!("---\nnote: x # <!-- markdownlint-disable -->\n---\n\n{URL}");
    assert_eq!(lines("in-front-matter", "{}", &page).0, [0; 0]);
    let page = format!("<!-- markdownlint-disable\nMD034 -->\n\n{URL}");
    assert_eq!(lines("two-lines", "{}", &page).0, [4]);
    let page = format!("<!--MARKDOWNLINT-Disable-->\n\n{URL}");
    assert_eq!(lines("capitals", "{}", &page).0, [0; 0]);
}

#[test]
fn a_page_may_bring_its_own_config() {
    let page = format!(
        "{URL}\n![](quay.png)\n\n<!-- markdownlint-configure-file\n{{ \"default\": false, \"MD034\": true }} -->\n"
    );
    assert_eq!(lines("configure", "{}", &page), (vec![1], vec![]));
    let page = format!("{PAGE}\n<!-- markdownlint-configure-file {{ \"links\": false }} -->\n");
    let run = check("configure-ours", &[("copydesk.yaml", "extends: markdownlint\n"), ("page.md", &page)]);
    assert_eq!(found(&run), []);
    let page = format!("{URL}\n<!-- markdownlint-configure-file nonsense -->\n");
    assert_eq!(lines("configure-nonsense", "{}", &page).0, [1]);
}

#[test]
fn the_nearest_config_holds_and_options_merge() {
    let run = check(
        "folders",
        &[
            (
                ".markdownlint-cli2.jsonc",
                "{ \"config\": { \"MD034\": false }, \"ignores\": [\"old\"], } // ours",
            ),
            ("docs/.markdownlint-cli2.yaml", "config: { MD045: false }\n"),
            ("docs/api/.markdownlint.json", "{}"),
            ("page.md", PAGE),
            ("docs/page.md", PAGE),
            ("docs/api/page.md", PAGE),
            ("old/page.md", PAGE),
        ],
    );
    assert_eq!(found(&run), [("docs/api/page.md".to_owned(), "bare-url", 3)]);
    assert_eq!(run.files, 3);
}

#[test]
fn extends_is_followed_and_severities_hold() {
    let run = check(
        "extends",
        &[
            (".markdownlint.yaml", "extends: ./shared/base.json\nMD045: warning\n"),
            ("shared/base.json", "{ \"default\": false, \"no-bare-urls\": \"error\" }"),
            ("page.md", &format!("{URL}\n![](data:,)\n")),
        ],
    );
    let found: Vec<_> = run.diagnostics.iter().map(|it| (it.rule.id, it.severity)).collect();
    assert_eq!(found, [("bare-url", Severity::Error), ("missing-alt-text", Severity::Warning)]);
}

#[test]
fn a_config_of_ours_stands_in_for_all() {
    let run = check(
        "ours",
        &[("copydesk.yaml", ""), (".markdownlint.json", "{ \"default\": false }"), ("page.md", URL)],
    );
    assert_eq!(found(&run), [("page.md".to_owned(), "bare-url", 1)]);
}

#[test]
fn what_markdownlint_passes_over_stops_no_check() {
    let config = "{ \"MD002\": false, \"MD059\": { \"prohibited_text\": [] }, \"no-such\": true }";
    let run = check("passed-over", &[(".markdownlint.json", config), ("page.md", PAGE)]);
    let found: Vec<_> = run.diagnostics.iter().map(|it| (it.rule.id, it.severity)).collect();
    assert_eq!(found, [("invalid-config", Severity::Info), ("bare-url", Severity::Warning)]);
    assert!(!run.broken_config);
}

#[test]
fn a_config_that_is_a_program_has_no_effect() {
    let run = check("program", &[(".markdownlint-cli2.cjs", "module.exports = {}"), ("page.md", PAGE)]);
    let found: Vec<_> = run.diagnostics.iter().map(|it| (it.rule.id, it.severity)).collect();
    assert_eq!(found, [("invalid-config", Severity::Info), ("bare-url", Severity::Info)]);
    assert!(!run.broken_config);
}

#[test]
fn rules_that_the_pinned_release_lacks_are_not_turned_on() {
    const TABLE: &str = "# Tides\n\n|a|b|\n| - | - |\n| c | d |\n";
    let rules = |files: &[(&str, &str)]| {
        let files = [files, &[(".markdownlint.json", "{}"), ("page.md", TABLE)]].concat();
        let mut rules: Vec<_> = found(&check("pinned", &files)).iter().map(|it| it.1).collect();
        rules.dedup();
        rules
    };
    let package =
        |version: &str| format!("{{\"devDependencies\": {{\"markdownlint-cli2\": \"{version}\"}}}}");
    assert_eq!(rules(&[]), [""; 0], "no release is known");
    assert_eq!(rules(&[("package.json", &package("^0.20.0"))]), ["table-style"]);
    assert_eq!(rules(&[("package.json", &package("0.13.0"))]), [""; 0]);
    let hooks = "repos:\n  - repo: https://github.com/igorshubovych/markdownlint-cli\n    rev: v0.47.0\n";
    assert_eq!(rules(&[(".pre-commit-config.yaml", hooks)]), ["table-style"]);
    let named = check("named", &[(".markdownlint.json", "{\"MD060\": true}"), ("page.md", TABLE)]);
    assert!(found(&named).iter().all(|it| it.1 == "table-style") && !found(&named).is_empty());
}

#[test]
fn what_cannot_be_read_stops_it() {
    for (name, text, message) in [
        (".markdownlint.json", "{ \"MD034\": fals }", "expected a value, found `fals`"),
        (".markdownlint.json", "{ \"extends\": \"nowhere.json\" }", "file not found: `nowhere.json`"),
        (".markdownlint.json", "{ \"extends\": \".markdownlint.json\" }", "circular `extends`"),
    ] {
        let run = check("mistakes", &[(name, text), ("page.md", URL)]);
        let messages: Vec<&str> = run.diagnostics.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [message]);
        assert!(run.broken_config, "{message}");
    }
}

#[test]
fn a_package_that_is_not_installed_does_not_stop_it() {
    let config = "{ \"extends\": \"@harbour/markdownlint-config\", \"MD034\": true }";
    let run = check("package", &[(".markdownlint.json", config), ("page.md", URL)]);
    let messages: Vec<&str> = run.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages.first(), Some(&"package not installed: `@harbour/markdownlint-config`"));
    assert!(messages.contains(&"bare URL"), "{messages:?}");
    assert!(!run.broken_config);
}

#[test]
fn files_that_markdownlint_ignores_are_left_out() {
    let run = check("ignored", &[(".markdownlintignore", "old/\n"), ("old/page.md", URL), ("page.md", URL)]);
    assert_eq!(found(&run), [("page.md".to_owned(), "bare-url", 1)]);
}

#[test]
fn hidden_files_are_pages_where_markdownlint_cli2_has_them() {
    let with =
        |config: &str| check("hidden", &[(config, "{}"), (".github/page.md", URL), (".git/x.md", URL)]).files;
    assert_eq!((with(".markdownlint-cli2.jsonc"), with(".markdownlint.json")), (1, 0));
}

/// A config of markdownlint: an object whose order counts.
fn config() -> impl Strategy<Value = serde_json::Value> {
    let key = prop::sample::select(vec![
        "default",
        "MD034",
        "no-bare-urls",
        "links",
        "images",
        "MD042",
        "md045",
        "accessibility",
        "MD059",
        "MD053",
        "MD054",
        "nothing",
        "MD002",
    ]);
    let value = prop::sample::select(vec![
        json!(true),
        json!(false),
        json!("warning"),
        json!("error"),
        json!(null),
        json!({ "enabled": false }),
        json!({ "severity": "warning", "url_inline": false }),
        json!({ "ignored_definitions": ["tides: \"#\""], "prohibited_texts": [] }),
        json!({ "inline": "no" }),
    ]);
    let entries = prop::collection::vec((key, value), 0..6);
    entries.prop_map(|entries| entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// What holds for a page of the rules that markdownlint has.
fn standing(config: &Config, page: &str) -> Vec<String> {
    let rules = config.effective(Path::new(page)).into_iter().filter(|rule| rule.def.meta.number().is_some());
    // Of a rule that is off the options do not matter.
    let options = |rule: &EffectiveRule| rule.severity.map(|_| rule.options.clone());
    rules.map(|rule| format!("{} {:?} {:?}", rule.def.meta.id, rule.severity, options(&rule))).collect()
}

proptest! {
    #![proptest_config(crate::common::cases(200))]

    #[test]
    fn an_imported_config_says_what_the_config_said(whole in config(), part in config()) {
        let over = json!([{ "filter": ["docs/**"], "combine": "merge", "config": part }]);
        let options = json!({ "config": whole, "overrides": over }).to_string();
        let pages: [Arc<Path>; 2] = ["page.md", "docs/page.md"].map(|page| Arc::from(Path::new(page)));
        // The import speaks of all rules, as the last release has them.
        let package = ("package.json", "{\"dependencies\": {\"markdownlint\": \"0.42.0\"}}");
        let files = SiteFiles::in_memory([(".markdownlint-cli2.jsonc", options.as_str()), package]);
        let (mut theirs, _) = Config::without_file(&files, Layer::default());
        prop_assert_eq!(theirs.read_folders(&files, &pages), []);
        let imported = import(&files, &[".markdownlint-cli2.jsonc".into()], &pages).expect("the config is sound");
        let files = SiteFiles::in_memory([("copydesk.yaml", imported.text.as_str())]);
        let (ours, mistakes) = Config::load(&files, Path::new("copydesk.yaml"), Layer::default());
        prop_assert_eq!(mistakes, []);
        prop_assert_eq!(standing(&ours, "page.md"), standing(&theirs, "page.md"));
        // An override takes no option back, which the import says.
        if !imported.notes.iter().any(|note| note.message.contains("cannot unset options")) {
            prop_assert_eq!(standing(&ours, "docs/page.md"), standing(&theirs, "docs/page.md"));
        }
    }

    #[test]
    fn no_text_makes_a_panic(text in "\\PC{0,60}|[a-c:\\-\\[\\]{}'\"#|>&*!,/ \\t\\n]{0,60}") {
        for name in [
            ".markdownlint-cli2.jsonc",
            ".markdownlint.yaml",
            "x.toml",
            "package.json",
            "_typos.toml",
            "pyproject.toml",
            ".codespellrc",
            "cspell.json",
            "lychee.toml",
            ".remarkrc",
        ] {
            let files = SiteFiles::in_memory([(name, text.as_str())]);
            let _ = import(&files, &[name.into()], &[]);
        }
    }
}

#[test]
fn comments_that_never_end_take_no_more_than_linear_time() {
    let page = "<!-- markdownlint-disable MD034 ".repeat(40_000);
    assert_eq!(lines("never-end", "{}", &format!("{URL}\n{page}\n")).0, [1]);
    let page = "<!-- markdownlint-configure-file {".repeat(40_000);
    assert_eq!(lines("never-end-file", "{}", &format!("{URL}\n{page}\n")).0, [1]);
}
