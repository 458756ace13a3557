//! What a stranger's pull request must never do, beside what other tests hold; and docs/security.md names for each
//! line of the threat model a test that there is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use copydesk::diagnostic::most_of_a_rule;

use crate::common::sandbox::{copydesk, site};

fn concise(folder: &Path) -> (Option<i32>, String) {
    let (code, out, err) = copydesk(folder, &["check", "--format", "concise"]);
    assert_eq!(err, "");
    (code, out)
}

/// The names of all tests: functions that the harness calls or, of the action, that its script calls.
fn names_of_tests() -> BTreeSet<String> {
    let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs");
    let folders = ["tests", "src"].map(crate::common::repo);
    let files = folders.iter().flat_map(|folder| crate::common::files(folder)).filter(is_source);
    let mut names = BTreeSet::new();
    for path in files {
        let text = fs::read_to_string(path).expect("sources are text");
        let tests = text.split("#[test]").skip(1).filter_map(|rest| rest.split_once("fn "));
        names.extend(tests.map(|(_, name)| name.split('(').next().unwrap_or_default().trim().to_owned()));
    }
    let action = fs::read_to_string(crate::common::repo(".ci/action.py")).expect("the script is there");
    let functions = action.lines().filter_map(|line| line.strip_prefix("def ")?.split('(').next());
    // A name that the script has once is that of a function that it never calls.
    names.extend(functions.filter(|name| action.matches(name).count() > 1).map(str::to_owned));
    names
}

#[test]
fn every_line_of_the_threat_model_names_a_test() {
    let page = fs::read_to_string(crate::common::repo("docs/security.md")).unwrap();
    let tests = names_of_tests();
    let mut tables: BTreeMap<&str, usize> = BTreeMap::new();
    let mut section = "";
    for line in page.lines() {
        section = line.strip_prefix("## ").unwrap_or(section);
        let Some(row) = line.strip_prefix("| ").filter(|row| !row.starts_with("---")) else { continue };
        let last = row.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap();
        *tables.entry(section).or_default() += 1;
        if tables[section] == 1 {
            assert_eq!(last, "test", "the last column of a table names tests: {line}");
            continue;
        }
        let names: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {line}");
        for name in names {
            assert!(tests.contains(name), "there is no test `{name}`: {line}");
        }
    }
    let sections: Vec<&str> = tables.into_keys().collect();
    assert_eq!(sections, ["Failure handling", "Guarantees", "Limits", "Secrets in reports", "The action"]);
}

#[test]
fn configs_that_extend_one_another_without_end_are_a_mistake() {
    let files: Vec<(String, String)> = (0..10)
        .map(|level| {
            let next = format!("./{}.yaml", level + 1);
            (format!("{level}.yaml"), format!("extends: [{}]\n", [next.as_str(); 4].join(", ")))
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.extend([("10.yaml", "{}\n"), ("copydesk.yaml", "extends: ./0.yaml\n"), ("a.md", "A\n")]);
    let (code, found) = concise(&site("extends", &files));
    assert_eq!(code, Some(2));
    assert!(found.contains("extends more than 256 files and presets"), "{found}");
    assert_eq!(found.lines().count(), 1, "{found}");
}

/// Schemas of which each refers four times to the next, in a place for schemas or in one where nobody looks for them.
fn multiplying(place: &str) -> String {
    let parts = (0..30).map(|level| {
        let reference = format!("{{ \"$ref\": \"#/{place}/a{}\" }}", level + 1);
        format!("\"a{level}\": {{ \"allOf\": [{}] }}", [reference.as_str(); 4].join(", "))
    });
    let parts: Vec<String> = parts.chain(["\"a30\": { \"type\": \"object\" }".to_owned()]).collect();
    format!("{{ \"$ref\": \"#/{place}/a0\", \"{place}\": {{ {} }} }}", parts.join(", "))
}

#[test]
fn a_schema_whose_references_multiply_it_ends() {
    for place in ["$defs", "definitions", "default", "x-parts"] {
        let schema = multiplying(place);
        let files = [("s.json", schema.as_str()), ("a.md", "---\n$schema: s.json\ntitle: A\n---\n")];
        let (_, found) = concise(&site("schema", &files));
        let said = found.contains("could not be checked") || found.contains("multiply it");
        assert!(said && found.lines().count() == 1, "{place}: {found}");
    }
}

#[test]
fn a_pattern_that_goes_back_and_forth_ends() {
    let title = "a".repeat(60) + "!";
    for pattern in [
        "^(?=a)(a|a)*\\\\1$",
        "^(?:(?=a)a+)+$",
        "(?:(?=a)a{0,60000}){60000}$",
        "((?:(?:\\\\1a{99}){99}){99}){99}",
    ] {
        let schema = format!("{{ \"properties\": {{ \"title\": {{ \"pattern\": \"{pattern}\" }} }} }}");
        let page = format!("---\n$schema: s.json\ntitle: {title}\n---\n");
        let (code, found) = concise(&site("pattern", &[("s.json", &schema), ("a.md", &page)]));
        assert_eq!((code, found.lines().count()), (Some(1), 1), "{pattern}: {found}");
        assert!(found.starts_with("a.md:3:8: error[invalid-value]"), "{pattern}: {found}");
    }
    let schema = "{ \"properties\": { \"title\": { \"pattern\": \"((?:a{1000}){1000}){1000}\" } } }";
    let page = "---\n$schema: s.json\ntitle: a\n---\n";
    let (_, found) = concise(&site("pattern", &[("s.json", schema), ("a.md", page)]));
    assert!(found.starts_with("s.json:1:") && found.contains("invalid regular expression"), "{found}");
}

#[test]
fn patterns_on_a_list_that_is_long_on_purpose_end() {
    let item = format!("- {}!\n", "a".repeat(40));
    let page = format!("---\n$schema: s.json\ntags:\n{}---\n", item.repeat(30_000));
    let schema = r#"{ "properties": { "tags": { "items": { "anyOf": [{ "pattern": "^(?=a)(a|a)*\\1$" }, true] } } } }"#;
    let (_, found) = concise(&site("patterns", &[("s.json", schema), ("a.md", &page)]));
    assert!(found.contains("this page could not be checked"), "{found}");
}

#[test]
fn a_schema_of_a_million_parts_is_a_mistake() {
    let many = vec!["{}"; 30_000].join(", ");
    let schema = format!("{{ \"anyOf\": [{many}] }}");
    let page = "---\n$schema: s.json\n---\n";
    let (_, found) = concise(&site("parts", &[("s.json", &schema), ("a.md", page)]));
    assert!(
        found.contains("schema is too large: at most 20000 subschemas") && found.lines().count() == 1,
        "{found}"
    );
}

#[test]
fn of_one_rule_on_one_page_there_is_an_end() {
    let page = "# A\n\n".to_owned() + &"b  c\n".repeat(20_007);
    let most = most_of_a_rule(page.len());
    assert_eq!([most_of_a_rule(7), most, most_of_a_rule(1 << 24)], [1_000, page.len() / 64, 20_000]);
    let files = [("a.md", page.as_str()), ("copydesk.yaml", "rules: { double-space: warning }\n")];
    let folder = site("many", &files);
    let (code, found) = concise(&folder);
    assert_eq!((code, found.lines().count()), (Some(1), most + 1));
    assert!(found.contains(&format!("{} more findings of this rule not shown", 20_007 - most)));
    let (_, summary, note) = copydesk(&folder, &["check", "--max-diagnostics", "2"]);
    assert!(summary.contains(&format!("; {} not shown\n", most - 1)), "{summary}");
    assert_eq!(note, format!("note: {} more findings not shown\n", most - 1));
    let (_, _, err) = copydesk(&folder, &["check", "--fix", "--quiet"]);
    let fixed = std::fs::read_to_string(folder.join("a.md")).unwrap();
    assert!(!fixed.contains("  "), "all are fixed: {err}");
}

#[test]
fn as_many_are_listed_as_are_asked_for_the_worst_first() {
    let config = "rules: { double-space: warning, broken-link: error }\n";
    let page = "# A\n\nb  c\n\nb  c\n\n[d](e.md)\n";
    let folder = site("listed", &[("a.md", page), ("copydesk.yaml", config)]);
    let list = |most: &str, more: &[&str]| {
        let arguments = ["check", "--max-diagnostics", most, "--format", "concise"];
        let (code, out, _) = copydesk(&folder, &[&arguments, more].concat());
        let places = out.lines().map(|line| line.split(": ").next().unwrap().to_owned());
        (code, places.collect::<Vec<_>>())
    };
    let places = |places: &[&str]| places.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(list("1", &[]), (Some(1), places(&["a.md:7:5"])));
    assert_eq!(list("2", &[]), (Some(1), places(&["a.md:3:2", "a.md:7:5"])));
    assert_eq!(list("0", &[]), (Some(1), vec![]), "what is not listed counts");
    assert_eq!(list("9", &[]).1.len(), 3);
    let json = |most: &str| -> serde_json::Value {
        let (_, out, _) = copydesk(&folder, &["check", "--max-diagnostics", most, "--format", "json"]);
        serde_json::from_str(&out).unwrap()
    };
    let (two, all) = (json("2"), json("9"));
    assert_eq!(two["summary"]["unlisted"], 1);
    assert_eq!(two["summary"]["warnings"], 2);
    assert_eq!(two["diagnostics"][0], all["diagnostics"][0], "fingerprints stay");
}

#[cfg(unix)]
#[test]
fn links_of_the_site_are_no_way_out_for_what_is_written() {
    use std::os::unix::fs::symlink;

    let folder = site("written", &[("a.md", "A\n")]);
    let outside = folder.with_file_name("outside.txt");
    for (link, target) in [
        ("report.json", "../outside.txt"),
        (".copydesk-words.txt", "../outside.txt"),
        ("copydesk-baseline.json", "../outside.txt"),
        ("reports", ".."),
    ] {
        symlink(target, folder.join(link)).unwrap();
    }
    for existed in [false, true] {
        if existed {
            fs::write(&outside, "mine\n").unwrap();
        }
        for arguments in [
            &["check", "--format", "json=report.json"][..],
            &["check", "--format", "json=reports/outside.txt"],
            &["words", "add", "Gullhaven"],
            &["baseline", "create"],
        ] {
            let (code, out, err) = copydesk(&folder, arguments);
            assert_eq!(code, Some(2), "{arguments:?}: {out}{err}");
            assert_eq!(outside.exists(), existed, "{arguments:?}");
        }
    }
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine\n");
    // A word list that may not be read is a mistake of its own.
    fs::remove_file(folder.join(".copydesk-words.txt")).unwrap();
    // Who names a place outside means it.
    let (code, _, err) = copydesk(&folder, &["check", "a.md", "--format", "json=../outside.txt"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn what_git_keeps_for_itself_is_in_no_report() {
    use std::os::unix::fs::symlink;

    let folder =
        site("gits", &[("a.md", "---\nauthor: Mira\n---\n"), (".git/config", "[http \"Ebb4ndFl0w\"\n")]);
    symlink(".git/config", folder.join("page.md")).unwrap();
    symlink(".git/config", folder.join("data.yaml")).unwrap();
    symlink(".git", folder.join("shown")).unwrap();
    for name in [".git/config", "data.yaml", "shown/config"] {
        for config in [
            format!("extends: ./{name}\n"),
            format!("collections: {{ all: {{ files: '*.md', schema: {name} }} }}\n"),
            format!(
                "collections: {{ all: {{ files: '*.md', references: {{ author: {{ data: {name} }} }} }} }}\n"
            ),
        ] {
            fs::write(folder.join("copydesk.yaml"), &config).unwrap();
            let (code, out, err) = copydesk(&folder, &["check"]);
            assert_eq!(code, Some(2), "{config}{err}");
            assert!(!out.contains("Ebb4ndFl0w") && out.contains("outside the site root"), "{config}{out}");
        }
    }
    fs::write(folder.join("copydesk.yaml"), "").unwrap();
    for name in ["page.md", "shown/config"] {
        let (code, out, err) = copydesk(&folder, &["check", "--fix", name]);
        assert_eq!(code, Some(2), "{out}");
        assert!(
            !out.contains("Ebb4ndFl0w") && err.contains("symlink points outside the site root"),
            "{out}{err}"
        );
    }
    assert_eq!(fs::read_to_string(folder.join(".git/config")).unwrap(), "[http \"Ebb4ndFl0w\"\n");
}

/// A site that names programs and URLs wherever it can.
fn inviting() -> PathBuf {
    let page = "---\n$schema: https://harbour.example/s.json\nimage: http://harbour.example/a.png\ntitle: $(touch ran)\n---\n\
        ![a](http://harbour.example/a.png) [b](https://harbour.example/?a=`touch ran`) <script src=//harbour.example/x.js></script>\n\
        [c](missing.md) {{ include('http://harbour.example') }}\n";
    let config = "site: { url: 'https://harbour.example' }\nlinks: { moved: { 'http://a.example': 'http://b.example' } }\n";
    site(
        "inviting",
        &[
            ("a.md", page),
            ("copydesk.yaml", config),
            ("copydesk.js", "require('fs')"),
            (".gitattributes", "* filter=x\n"),
        ],
    )
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_started_but_git_and_nobody_is_called() {
    let folder = inviting();
    let trace = folder.with_file_name("trace");
    let strace = Command::new("strace")
        .current_dir(&folder)
        .args(["-f", "-qq", "-e", "trace=%network,execve,execveat", "-o"])
        .arg(&trace)
        .args([env!("CARGO_BIN_EXE_copydesk"), "check", "--format", "concise"])
        .output();
    let Ok(text) = fs::read_to_string(&trace) else {
        println!("skipped: there is no strace, or it may not trace: {strace:?}");
        return;
    };
    let calls = text.lines().filter_map(|line| line.split_once(' ').map(|(_, call)| call.trim_start()));
    for call in calls.filter(|call| !call.starts_with(['+', '-'])) {
        let is_git =
            call.starts_with("execve(\"") && call.split('"').nth(1).is_some_and(|it| it.ends_with("/git"));
        let is_ours = call.starts_with("execve(\"") && call.contains("/copydesk\"");
        // The standard library's way to hear from a child whether it started: a pair within the process.
        let is_inner = ["socketpair(", "sendto(", "recvfrom(", "sendmsg(", "recvmsg("]
            .iter()
            .any(|it| call.starts_with(it));
        assert!(is_git || is_ours || is_inner || call.starts_with("<..."), "{call}");
        assert!(!call.contains("AF_INET"), "{call}");
    }
    assert!(!folder.join("ran").exists());
}

#[cfg(unix)]
#[test]
fn git_is_asked_nothing_that_a_page_can_word() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = inviting();
    let bin = folder.with_file_name("bin");
    fs::create_dir_all(&bin).unwrap();
    let log = folder.with_file_name("asked");
    fs::write(bin.join("git"), format!("#!/bin/sh\necho \"$@\" >> '{}'\n", log.display())).unwrap();
    fs::set_permissions(bin.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(&folder).arg("check").env("PATH", format!("{}:/bin:/usr/bin", bin.display()));
    command.output().unwrap();
    let asked = fs::read_to_string(&log).unwrap();
    for line in asked.lines() {
        assert!(
            line.contains("-c core.fsmonitor=false") && line.contains("-c safe.bareRepository=explicit"),
            "{line}"
        );
        assert!(!line.contains("harbour.example") && !line.contains("touch"), "{line}");
    }
}
