//! What does a baseline hide, for how long, and what is done with files that are none?

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

use copydesk::{
    config::Layer,
    internals::baseline::{Baseline, BaselineEntry},
    run::Run,
};

const PAGE: &str = "# Quay\n\nSee http://gullhaven.example/ and http://gullhaven.example/ today.\n";

/// An empty repository for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("baseline").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("what the last run left can be removed");
    }
    fs::create_dir_all(folder.join(".git")).expect("the target folder can be written");
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be written");
    fs::write(path, text).expect("the folder can be written");
}

fn check(folder: &Path) -> Run {
    crate::common::check(&[folder], Layer::default())
}

/// What is left of the findings in a folder.
fn left(folder: &Path, baseline: &Baseline) -> Vec<String> {
    let mut run = check(folder);
    baseline.hide(&mut run, folder);
    run.diagnostics.into_iter().map(|it| it.rule.id.to_owned()).collect()
}

fn copydesk(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", "1717243200");
    command.output().expect("the binary was built")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The rules that `check --baseline` reports, run in a folder.
fn reported(folder: &Path, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = copydesk(folder, &[&["check", "--format", "concise"], arguments].concat());
    let rules = stdout(&output);
    let rules = rules.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned()));
    (rules.collect(), output.status.code())
}

#[test]
fn what_is_known_stays_hidden_wherever_its_lines_move() {
    let folder = folder("lines");
    write(&folder, "page.md", PAGE);
    let baseline = Baseline::of(&check(&folder), &folder);
    assert!(baseline.entries.len() >= 2, "{baseline:?}");
    assert_eq!(left(&folder, &baseline), [""; 0]);
    write(&folder, "page.md", &format!("---\ntitle: Quay\n---\n\nA word before.\n\n{PAGE}"));
    assert_eq!(left(&folder, &baseline), [""; 0]);
}

#[test]
fn an_entry_hides_one_finding() {
    let folder = folder("one");
    write(&folder, "page.md", PAGE);
    let mut baseline = Baseline::of(&check(&folder), &folder);
    baseline.entries.retain(|entry| entry.rule == "bare-url");
    assert_eq!(baseline.entries.len(), 2);
    let last = baseline.entries.pop().expect("there are two");
    let bare =
        |baseline: &Baseline| left(&folder, baseline).iter().filter(|rule| *rule == "bare-url").count();
    assert_eq!(bare(&baseline), 1);
    // The same entry twice, as a merge may leave it, hides no more.
    baseline.entries.extend(baseline.entries.clone());
    assert_eq!(bare(&baseline), 1);
    baseline.entries.push(last);
    assert_eq!(bare(&baseline), 0);
    let mut run = check(&folder);
    let used = baseline.hide(&mut run, &folder);
    assert_eq!(used, [true, false, true]);
    assert_eq!(run.baselined.len(), 2);
}

#[test]
fn where_there_are_too_many_a_longer_page_brings_nothing_new() {
    let folder = folder("many");
    let boats =
        (0..1_500).map(|number| format!("Boat {number}  sails to another harbour with the tide.\n\n"));
    let mut page = format!("# Quay\n\n{}", boats.collect::<Vec<_>>().concat());
    write(&folder, "copydesk.yaml", "rules: { double-space: warning }\n");
    write(&folder, "page.md", &page);
    let baseline = Baseline::of(&check(&folder), &folder);
    assert!((1_001..1_500).contains(&baseline.entries.len()), "{}", baseline.entries.len());
    page += &"The harbour is quiet at noon.\n\n".repeat(400);
    write(&folder, "page.md", &page);
    assert_eq!(left(&folder, &baseline), [""; 0]);
    write(&folder, "other.md", "# Pier\n\nA  boat.\n");
    assert_eq!(left(&folder, &baseline), ["double-space"]);
}

#[test]
fn the_fingerprints_of_what_is_left_do_not_change() {
    let folder = folder("fingerprints");
    write(&folder, "page.md", PAGE);
    let mut run = check(&folder);
    let before = run.fingerprints();
    let mut baseline = Baseline::of(&run, &folder);
    baseline.entries.remove(1);
    baseline.hide(&mut run, &folder);
    assert_eq!(run.fingerprints(), [before[1]]);
}

#[test]
fn a_finding_that_is_new_is_reported() {
    let folder = folder("new");
    write(&folder, "page.md", PAGE);
    let baseline = Baseline::of(&check(&folder), &folder);
    write(&folder, "page.md", &format!("{PAGE}\nAlso http://tern.example/ here.\n"));
    assert!(left(&folder, &baseline).contains(&"bare-url".to_owned()));
}

#[test]
fn what_keeps_a_page_from_being_checked_is_never_accepted() {
    let folder = folder("config");
    write(&folder, "copydesk.yaml", "rules:\n  bare-ulr: off\n");
    let mut run = check(&folder);
    assert_eq!(run.diagnostics[0].rule.id, "invalid-config");
    assert_eq!(Baseline::of(&run, &folder).entries, []);
    let entry = |fingerprint: String| BaselineEntry {
        file: "copydesk.yaml".into(),
        rule: "invalid-config".into(),
        fingerprint,
        message: String::new(),
    };
    let entries = run.fingerprints().iter().map(|it| entry(it.to_string())).collect();
    let before = run.diagnostics.len();
    Baseline { entries }.hide(&mut run, &folder);
    assert_eq!(run.diagnostics.len(), before);
    let output = copydesk(&folder, &["baseline", "create"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!folder.join("copydesk-baseline.json").exists());
}

#[test]
fn it_reads_what_it_writes_sorted_one_finding_a_line() {
    let folder = folder("format");
    write(&folder, "b.md", PAGE);
    write(&folder, "a \"quoted\"\u{202e}.md", PAGE);
    let mut baseline = Baseline::of(&check(&folder), &folder);
    let text = baseline.to_json();
    assert_eq!(text.lines().filter(|line| line.contains("\"file\"")).count(), baseline.entries.len());
    let path: Arc<Path> = Path::new("copydesk-baseline.json").into();
    let read = Baseline::parse(&path, &text).expect("it was just written");
    baseline.entries.reverse();
    assert_eq!(baseline.to_json(), text, "the order of the entries is that of the file");
    baseline.entries.sort();
    assert_eq!(read, baseline);
    let empty = Baseline::default().to_json();
    assert_eq!(Baseline::parse(&path, &empty), Ok(Baseline::default()));
}

#[test]
fn a_broken_baseline_says_where() {
    let path: Arc<Path> = Path::new("baseline.json").into();
    let entry = r#"{"file":"a.md","rule":"bare-url","fingerprint":"0123456789abcdef","message":"m"}"#;
    let parse = |text: &str| {
        let mistakes = Baseline::parse(&path, text).expect_err(text);
        let place = mistakes[0].primary.span.fit(text);
        assert!(
            mistakes.iter().all(|it| it.rule.id == "invalid-config" && it.primary.path == path),
            "{text}"
        );
        assert!(mistakes[0].help.is_some(), "{text}");
        place.of(text).to_owned()
    };
    assert_eq!(parse(""), "");
    assert_eq!(parse("<<<<<<< HEAD\n{}"), "<");
    assert_eq!(parse("[]"), "", "it is about the whole");
    assert_eq!(parse(r#"{"version": 2, "findings": []}"#), "2");
    assert_eq!(parse(r#"{"version": 1, "finding": []}"#), "\"finding\"");
    assert_eq!(parse(&format!(r#"{{"version": 1, "findings": [{entry}, 7]}}"#)), "7");
    let other = entry.replace('}', ", \"rules\": 1}");
    assert_eq!(parse(&format!(r#"{{"version": 1, "findings": [{other}]}}"#)), "\"rules\"");
    assert_eq!(parse(r#"{"version": 1, "findings": [], "findings": []}"#), "\"findings\"");
    parse(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    parse(&format!(r#"{{"version": 1, "findings": [{}]"#, format!("{entry},").repeat(20_000)));
}

#[test]
fn it_holds_from_a_folder_below_and_for_a_part() {
    let folder = folder("below");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "posts/page.md", PAGE);
    write(&folder, "ci/here.txt", "");
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let nothing = (vec![], Some(0));
    assert_eq!(reported(&folder, &["--baseline", "copydesk-baseline.json"]), nothing);
    assert_eq!(reported(&folder.join("posts"), &["--baseline", "../copydesk-baseline.json"]), nothing);
    assert_eq!(reported(&folder, &["posts/page.md", "--baseline", "copydesk-baseline.json"]), nothing);
    // Where in the project it lies does not matter.
    fs::rename(folder.join("copydesk-baseline.json"), folder.join("ci/known.json")).expect("both are ours");
    assert_eq!(reported(&folder.join("posts"), &["--baseline", "../ci/known.json"]), nothing);
    assert!(copydesk(&folder.join("posts"), &["baseline", "create"]).status.success());
    let at_root = fs::read_to_string(folder.join("copydesk-baseline.json")).expect("it is the project's");
    assert_eq!(at_root, fs::read_to_string(folder.join("ci/known.json")).expect("it was moved here"));
}

#[test]
fn one_file_speaks_for_several_projects() {
    let folder = folder("projects");
    for project in ["en", "no"] {
        write(&folder, &format!("{project}/copydesk.yaml"), "");
        write(&folder, &format!("{project}/page.md"), PAGE);
    }
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let nothing = (vec![], Some(0));
    assert_eq!(reported(&folder, &["--baseline", "copydesk-baseline.json"]), nothing);
    assert_eq!(reported(&folder, &["en", "--baseline", "copydesk-baseline.json"]), nothing);
    assert_eq!(reported(&folder.join("no"), &["--baseline", "../copydesk-baseline.json"]), nothing);
}

#[test]
fn a_part_that_was_not_looked_at_keeps_its_entries() {
    let folder = folder("parts");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "a/page.md", PAGE);
    write(&folder, "b/page.md", PAGE);
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let text = || fs::read_to_string(folder.join("copydesk-baseline.json")).expect("it was written");
    let all = text();
    fs::remove_file(folder.join("a/page.md")).expect("it was written");
    for arguments in [&["b"][..], &["--select", "double-space"], &["--ignore", "links"]] {
        for action in ["prune", "create"] {
            let output = copydesk(&folder, &[&["baseline", action], arguments].concat());
            assert!(output.status.success(), "{}", stderr(&output));
            assert_eq!(text(), all, "{action} {arguments:?}");
        }
        let output = copydesk(&folder, &[&["baseline", "check"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    }
    let output = copydesk(&folder, &["baseline", "check", "a"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).lines().all(|line| line.starts_with("a/page.md: ")), "{}", stdout(&output));
    assert!(copydesk(&folder, &["baseline", "prune"]).status.success());
    assert!(!text().contains("a/page.md") && text().contains("b/page.md"));
}

#[test]
fn prune_adds_nothing() {
    let folder = folder("prune");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "page.md", "# Quay\n");
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    write(&folder, "page.md", PAGE);
    assert!(copydesk(&folder, &["baseline", "prune"]).status.success());
    assert_eq!(reported(&folder, &["--baseline", "copydesk-baseline.json"]).1, Some(1));
}

#[test]
fn a_run_that_failed_changes_nothing() {
    let folder = folder("failed");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "page.md", PAGE);
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let before = fs::read_to_string(folder.join("copydesk-baseline.json")).expect("it was written");
    for action in ["create", "prune", "check"] {
        let output = copydesk(&folder, &["baseline", action, "missing.md"]);
        assert_eq!(output.status.code(), Some(2), "{action}");
        assert_eq!(fs::read_to_string(folder.join("copydesk-baseline.json")).unwrap_or_default(), before);
    }
    let output = copydesk(&folder, &["check", "missing.md", "--baseline", "copydesk-baseline.json"]);
    assert!(!stderr(&output).contains("no longer"), "{}", stderr(&output));
}

#[test]
fn no_secret_is_written_down() {
    let folder = folder("secret");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "page.md", "# Quay\n\nSee [it](https://q.example/?access_token=hunter2secret).\n");
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let text = fs::read_to_string(folder.join("copydesk-baseline.json")).expect("it was written");
    assert!(text.contains("url-credential") && !text.contains("hunter2"), "{text}");
}

#[test]
fn json_counts_what_is_known() {
    let folder = folder("json");
    write(&folder, "copydesk.yaml", "");
    write(&folder, "page.md", PAGE);
    assert!(copydesk(&folder, &["baseline", "create"]).status.success());
    let output = copydesk(&folder, &["check", "--baseline", "copydesk-baseline.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    assert!(report["summary"]["baselined"].as_u64().is_some_and(|count| count >= 2), "{report}");
}
