//! The same pages give the same bytes: whatever the threads, the order of arguments, the language and clock of the
//! machine, and the folder that the run begins in. `.ci/determinism` asks the same of whole documentations.

use std::{path::Path, process::Command};

use copydesk::report::Format;

/// What a check prints, from a folder, in a bare environment with some variables in it.
fn report(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command
        .current_dir(folder)
        .args(["check", "--config"])
        .arg(crate::common::repo("tests/cli/site/strict.yaml"));
    for name in
        ["LC_ALL", "LANG", "LANGUAGE", "TZ", "RAYON_NUM_THREADS", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"]
    {
        command.env_remove(name);
    }
    command.args(arguments).env("SOURCE_DATE_EPOCH", "1717200000").envs(variables.iter().copied());
    let output = command.output().expect("the binary can be started");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("reports are text")
}

/// A site with pages of every rule, in several folders.
fn site(name: &str) -> std::path::PathBuf {
    crate::common::clone(&crate::common::repo("fixtures"), &format!("determinism-{name}"))
}

#[test]
fn threads_and_repetition_change_nothing_in_any_format() {
    let site = site("threads");
    let reports = |threads: &str| {
        let folder = site.join("../determinism-reports");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let target = |format: &str| format!("--format={format}={}", folder.join(format).display());
        let targets: Vec<String> = Format::names().map(target).collect();
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        report(&site, &[&["--threads", threads], &targets[..]].concat(), &[]);
        let read = |format| std::fs::read_to_string(folder.join(format)).expect("it was written");
        Format::names().map(|format| (format, read(format))).collect::<Vec<_>>()
    };
    let first = reports("1");
    for threads in ["2", "8"] {
        for ((format, expected), (_, again)) in first.iter().zip(reports(threads)) {
            assert!(expected.len() > 1_000, "{format} has something to say: {expected}");
            assert!(*expected == again, "{format} differs with {threads} threads");
        }
    }
}

#[test]
fn the_machines_language_and_clock_have_no_say() {
    let site = site("locale");
    let plain = report(&site, &["--format", "json"], &[]);
    for variables in [
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")][..],
        &[("LC_ALL", "C"), ("LANG", "")],
        &[("TZ", "Pacific/Kiritimati")],
        &[("TZ", "Pacific/Niue"), ("LC_ALL", "ja_JP.SJIS")],
        &[("HOME", "/nowhere"), ("USER", "mira"), ("TERM", "dumb"), ("COLUMNS", "20")],
    ] {
        assert!(report(&site, &["--format", "json"], variables) == plain, "{variables:?}");
    }
}

#[test]
fn neither_the_order_of_arguments_nor_the_folder_has_a_say() {
    let site = site("order");
    let folders = crate::common::entries(&site);
    let mut names: Vec<&str> =
        folders.iter().filter(|it| !it.ends_with(".git")).filter_map(|it| it.to_str()).collect();
    let with_names =
        |folder: &Path, names: &[&str]| report(folder, &[&["--format", "json-lines"], names].concat(), &[]);
    let plain = with_names(&site, &names);
    assert!(plain.lines().count() > 100, "{plain}");
    names.reverse();
    assert!(with_names(&site, &names) == plain, "backwards");
    let twice = [&names[..], &names[..1]].concat();
    assert!(with_names(&site, &twice) == plain, "one of them twice");
    let from_below = with_names(&site.join("front-matter"), &names);
    let path = |file: &str| format!("\"file\":\"{file}");
    let from_above = from_below.replace(&path(""), &path("front-matter/"));
    let from_above = from_above.replace(&path("front-matter/../"), &path(""));
    assert!(from_below != plain && from_above == plain, "from a folder in it, but for the paths");
}

#[test]
fn fixes_are_the_same_on_any_number_of_threads() {
    let fixed = |threads: &str| {
        let site = site(&format!("fixes-{threads}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let arguments =
            ["check", "--fix", "--unsafe-fixes", "--fail-on", "never", "--threads", threads, "headings"];
        let output = command.current_dir(&site).args(arguments).output().expect("the binary can be started");
        let files = crate::common::files(&site.join("headings")).into_iter();
        let texts: Vec<Vec<u8>> = files.map(|file| std::fs::read(file).expect("it is there")).collect();
        (output.stdout, texts)
    };
    assert!(fixed("1") == fixed("8"));
}
