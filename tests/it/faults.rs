//! What the machine does to us: no room, no permission, no git, readers that go away, a signal in the middle. Each has
//! the right exit code and a sentence that says so, and no page is lost or half written.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{PermissionsExt as _, symlink},
    },
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use copydesk::{
    fix::Applicability,
    report::Format,
    run::{self, Options},
};

const BINARY: &str = env!("CARGO_BIN_EXE_copydesk");
const DRAFT: &str = "# Quay\n\nthe  harbour\n";
const CLEAN: &str = "# Quay\n\nthe harbour\n";

/// A site of its own with these pages, all drafts, where nobody else looks.
fn site(name: &str, pages: &[&str]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("copydesk-faults-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join(".git")).unwrap();
    fs::write(folder.join("copydesk.yaml"), "rules: { double-space: warning }\n").unwrap();
    for page in pages {
        fs::write(folder.join(page), DRAFT).unwrap();
    }
    folder
}

fn copydesk(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.current_dir(folder).arg("check").args(arguments).stdin(Stdio::null());
    command
}

fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    said(&copydesk(folder, arguments).output().unwrap())
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn shell(folder: &Path, script: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new("sh");
    said(&command.current_dir(folder).args(["-c", script, BINARY]).output().unwrap())
}

fn text(page: impl AsRef<Path>) -> String {
    fs::read_to_string(page).unwrap()
}

/// Files that were written beside pages and stayed.
fn left_over(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.as_bytes().ends_with(b".new")).count()
}

#[test]
fn a_report_that_finds_no_room_fails_and_the_others_are_written() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let folder = site("full-report", &["page.md"]);
    for format in Format::names() {
        let (code, out, err) =
            check(&folder, &["--format", &format!("{format}=/dev/full"), "--format", "concise"]);
        assert_eq!(code, Some(2), "{format}: {err}");
        assert!(err.contains("cannot write /dev/full: No space left"), "{format}: {err}");
        assert!(out.contains("page.md:3:4"), "{format}: {out}");
        let (code, _, err) = shell(&folder, &format!("\"$0\" check --format {format} > /dev/full"));
        assert_eq!(code, Some(2), "{format}: {err}");
        assert!(err.contains("cannot write the output"), "{format}: {err}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_reader_that_goes_away_ends_every_format_quietly() {
    let folder = site("closed", &["page.md"]);
    fs::write(folder.join("page.md"), DRAFT.repeat(300)).unwrap();
    for format in Format::names() {
        let arguments = ["--format", format, "--format", "concise=report.txt"];
        let _ = fs::remove_file(folder.join("report.txt"));
        let mut child =
            copydesk(&folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let (code, _, err) = said(&child.wait_with_output().unwrap());
        assert_eq!((code, err.as_str()), (Some(0), ""), "{format}");
        let lines = text(folder.join("report.txt")).lines().count();
        assert!(lines >= 300, "{format}: the other report is whole, {lines} lines");
        let mut child = copydesk(&folder, &["--format", format, "--statistics", "nowhere.md", "page.md"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stderr.take());
        let (code, out, _) = said(&child.wait_with_output().unwrap());
        assert_eq!(code, Some(2), "{format}: what is said on standard error is not missed");
        assert!(!out.is_empty(), "{format}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_page_that_finds_no_room_stays_as_it_was() {
    let folder = site("full", &["page.md"]);
    let script = "mkdir m && mount -t tmpfs -o size=32k none m || exit 77
        cp -r copydesk.yaml .git page.md m && cd m
        dd if=/dev/zero of=filler bs=1k 2>/dev/null
        \"$0\" check --fix; code=$?; cat page.md; ls -A | grep new; exit $code";
    let mut command = Command::new("unshare");
    let Ok(output) = command.current_dir(&folder).args(["-m", "sh", "-c", script, BINARY]).output() else {
        println!("skipped: there is no unshare");
        return;
    };
    let (code, out, err) = said(&output);
    if !matches!(code, Some(0..=2)) || err.contains("unshare:") {
        println!("skipped: this user may mount nothing: {err}");
    } else {
        assert_eq!(code, Some(2), "{out}{err}");
        assert!(err.contains("page.md was not written: No space left"), "{err}");
        assert!(out.ends_with(DRAFT), "nothing is left beside it: {out}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_page_that_may_not_grow_stays_as_it_was() {
    let folder = site("limit", &[]);
    let long = DRAFT.repeat(400);
    fs::write(folder.join("page.md"), &long).unwrap();
    let (code, _, err) = shell(&folder, "trap '' XFSZ; ulimit -f 1; \"$0\" check --fix");
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("page.md was not written: File too large"), "{err}");
    assert_eq!((text(folder.join("page.md")), left_over(&folder)), (long.clone(), 0));
    // The limit's signal kills.
    let (code, ..) = shell(&folder, "ulimit -c 0; ulimit -f 1; exec \"$0\" check --fix");
    assert_ne!(code, Some(0));
    assert_eq!(text(folder.join("page.md")), long);
    let (_, out, _) = check(&folder, &["--format", "json"]);
    assert!(out.contains("\"files\": 1,") || out.contains("\"files\":1,"), "what it left is no page: {out}");
    fs::remove_dir_all(folder).unwrap();
}

/// Runs as a user to whom permissions mean something; `None` where that cannot be.
fn as_nobody(folder: &Path, arguments: &[&str]) -> Option<(Option<i32>, String, String)> {
    let binary = std::env::temp_dir().join(format!("copydesk-nobody-{}", std::process::id()));
    fs::copy(BINARY, &binary).ok()?;
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).ok()?;
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let output = Command::new("setpriv")
        .current_dir(folder)
        .args(nobody)
        .arg(&binary)
        .arg("check")
        .args(arguments)
        .output();
    let _ = fs::remove_file(&binary);
    let seen = said(&output.ok()?);
    if seen.0.is_none_or(|code| code > 2) || seen.2.contains("setpriv:") {
        println!("skipped: nobody else can be: {}", seen.2);
        return None;
    }
    Some(seen)
}

#[test]
fn a_folder_that_may_not_be_written_keeps_its_pages() {
    let folder = site("closed-folder", &["page.md"]);
    fs::create_dir(folder.join("open")).unwrap();
    fs::write(folder.join("open/page.md"), DRAFT).unwrap();
    for path in ["open", "open/page.md", "page.md"] {
        fs::set_permissions(folder.join(path), fs::Permissions::from_mode(0o777)).unwrap();
    }
    if let Some((code, _, err)) = as_nobody(&folder, &["--fix"]) {
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("error: page.md was not written: Permission denied"), "{err}");
        assert_eq!(text(folder.join("page.md")), DRAFT);
        assert_eq!(text(folder.join("open/page.md")), CLEAN, "the others are fixed");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_folder_that_may_not_be_read_is_said_and_the_others_are_checked() {
    let folder = site("dark", &["page.md"]);
    fs::create_dir(folder.join("dark")).unwrap();
    fs::set_permissions(folder.join("dark"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::write(folder.join("closed.md"), DRAFT).unwrap();
    fs::set_permissions(folder.join("closed.md"), fs::Permissions::from_mode(0o600)).unwrap();
    if let Some((code, out, err)) = as_nobody(&folder, &["--format", "concise"]) {
        assert_eq!(code, Some(2), "{err}");
        for name in ["dark", "closed.md"] {
            assert!(err.contains(&format!("cannot read {name}: Permission denied")), "{err}");
        }
        assert!(out.contains("page.md:3:4"), "{out}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_page_that_is_gone_by_the_time_is_not_made_again() {
    let folder = site("gone", &["page.md", "other.md"]);
    let today = jiff::civil::date(2024, 6, 1);
    let (_, changes) = run::fix(&Options::on_disk(folder.clone(), today), Applicability::Safe);
    assert_eq!(changes.len(), 2);
    fs::remove_file(folder.join("page.md")).unwrap();
    let errors = run::write(&changes, &folder);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].to_string().starts_with("page.md was not written: No such file"), "{}", errors[0]);
    assert!(!folder.join("page.md").exists());
    assert_eq!(text(folder.join("other.md")), CLEAN);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_a_process_of_the_same_number_left_behind_is_in_nobodys_way() {
    let folder = site("stale", &["page.md"]);
    let script = "touch .copydesk-$$-0.new; exec \"$0\" check --fix --fail-on never";
    let (code, _, err) = shell(&folder, script);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(text(folder.join("page.md")), CLEAN);
    assert_eq!(left_over(&folder), 0, "its writer is gone");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn who_is_killed_while_fixing_leaves_every_page_old_or_new() {
    let names: Vec<String> = (0..80).map(|index| format!("page-{index}.md")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (round, signal) in ["-INT", "-KILL", "-TERM"].into_iter().cycle().take(6).enumerate() {
        let folder = site("killed", &names);
        let mut child = copydesk(&folder, &["--fix", "--quiet"]).stdout(Stdio::null()).spawn().unwrap();
        let started = |name: &&str| text(folder.join(name)) == CLEAN;
        // Not before the first page is written, so that it is in the middle of it.
        while child.try_wait().unwrap().is_none() && !names.iter().any(started) {
            thread::yield_now();
        }
        thread::sleep(Duration::from_micros(round as u64 * 1_400));
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        child.wait().unwrap();
        for name in &names {
            let text = text(folder.join(name));
            assert!(text == DRAFT || text == CLEAN, "{name}: {text:?}");
        }
        let (code, out, err) = check(&folder, &["--fix", "--format", "json"]);
        assert_eq!(code, Some(0), "{err}");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["summary"]["files"], 80, "what is left behind is no page");
        assert!(names.iter().all(started));
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn names_that_are_no_text_are_checked_and_fixed() {
    let names = [&b"a\nb.md"[..], b"caf\xe9.md", b"-q.md", b"@list.md", b"::error::.md"];
    let folder = site("names", &[]);
    let list: Vec<u8> = names.iter().flat_map(|name| [b"./", *name, b"\0"].concat()).collect();
    fs::write(folder.join("list"), &list).unwrap();
    for name in names {
        fs::write(folder.join(OsStr::from_bytes(name)), DRAFT).unwrap();
    }
    for format in Format::names() {
        let (code, out, err) = check(&folder, &["--files-from", "list", "-0", "--format", format]);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{format}: {out}");
    }
    let (code, _, err) = check(&folder, &["--files-from", "list", "-0", "--fix"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for name in names {
        assert_eq!(text(folder.join(OsStr::from_bytes(name))), CLEAN, "{name:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn links_to_nothing_and_in_circles_are_mistakes_where_they_are_named() {
    let folder = site("links", &["page.md"]);
    symlink("circle.yaml", folder.join("circle.yaml")).unwrap();
    symlink("nowhere.yaml", folder.join("dangling.yaml")).unwrap();
    symlink("..", folder.join("up")).unwrap();
    for name in ["circle.yaml", "dangling.yaml", "up/up/up/circle.yaml"] {
        for config in [
            format!("extends: ./{name}\n"),
            format!("collections: {{ all: {{ files: '*.md', schema: {name} }} }}\n"),
            format!("collections: {{ all: {{ files: '*.md', references: {{ a: {{ data: {name} }} }} }} }}\n"),
            format!("collections: {{ all: {{ files: '*.md', cms: {name} }} }}\n"),
        ] {
            fs::write(folder.join("copydesk.yaml"), &config).unwrap();
            let (code, out, err) = check(&folder, &["--format", "concise"]);
            assert_eq!(code, Some(2), "{config}{out}{err}");
            assert!(out.contains("copydesk.yaml:1:") && out.contains("[invalid-config]"), "{config}{out}");
        }
    }
    fs::write(folder.join("copydesk.yaml"), "rules: { double-space: warning }\n").unwrap();
    symlink("circle.md", folder.join("circle.md")).unwrap();
    let (code, out, err) = check(&folder, &["--format", "concise"]);
    assert_eq!((code, out.lines().count()), (Some(1), 1), "{out}");
    assert_eq!(err, "note: 2 symbolic links to pages or folders not followed: circle.md, up\n");
    let (code, _, err) = check(&folder, &["circle.md", "page.md"]);
    assert!(code == Some(2) && err.contains("cannot read circle.md"), "{err}");
    fs::remove_dir_all(folder).unwrap();
}

/// A folder with a `git` that does this.
fn false_git(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join(".git/bin");
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("git"), format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn without_a_git_that_works_pages_are_checked_and_changes_are_not() {
    let folder = site("git", &["page.md"]);
    fs::write(folder.join("page.md"), format!("{DRAFT}\nSee [it](elsewhere.md).\n")).unwrap();
    let with = |path: &Path, arguments: &[&str]| {
        said(&copydesk(&folder, arguments).env("PATH", path).output().unwrap())
    };
    let none = folder.join("nothing");
    let (code, expected, err) = with(&none, &["--format", "concise"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(expected.contains("[double-space]") && expected.contains("[broken-link]"), "{expected}");
    let (code, _, err) = with(&none, &["--since", "HEAD"]);
    assert!(code == Some(2) && err.contains("cannot run git"), "{err}");
    for script in [
        "exit 128",
        "echo 'fatal: no' >&2; exit 128",
        "head -c 100000 /dev/urandom",
        "printf 'R100\\0a.md\\0\\0\\0R\\0'",
        "kill -9 $$",
        "exec cat /dev/zero | head -c 50000000",
    ] {
        let bin = false_git(&folder, script);
        let path = PathBuf::from(format!("{}:/usr/bin:/bin", bin.display()));
        let (code, out, err) = with(&path, &["--format", "concise"]);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(1), expected.as_str(), ""), "{script}");
        for arguments in [&["--since", "HEAD"][..], &["--staged"], &["--since", "HEAD", "--untrusted-config"]]
        {
            let (code, out, err) = with(&path, arguments);
            assert_eq!(code, Some(2), "{script}: {arguments:?} {out}");
            assert!(err.starts_with("error: ") && err.lines().count() == 1, "{script}: {err}");
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_damaged_repository_keeps_no_page_from_being_checked() {
    let folder = site("damaged", &["page.md"]);
    fs::remove_dir(folder.join(".git")).unwrap();
    let git = |arguments: &[&str]| {
        let settings = ["-c", "user.name=Mira", "-c", "user.email=mira@gullhaven.example"];
        Command::new("git")
            .current_dir(&folder)
            .args(settings)
            .args(arguments)
            .output()
            .is_ok_and(|it| it.status.success())
    };
    if !(git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-qm", "All"])) {
        println!("skipped: there is no git");
        return;
    }
    for (file, bytes) in [
        (".git/index", &b"DIRC\0\0\0\x02\xff\xff\xff\xff"[..]),
        (".git/HEAD", b"\0\xff\n"),
        (".git/config", b"[\0"),
    ] {
        let good = fs::read(folder.join(file)).unwrap();
        fs::write(folder.join(file), bytes).unwrap();
        let (code, out, err) = check(&folder, &["--format", "concise"]);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{file}");
        assert!(out.contains("page.md:3:4"), "{file}: {out}");
        let (code, out, err) = check(&folder, &["--staged"]);
        assert_eq!(code, Some(2), "{file}: {out}{err}");
        fs::write(folder.join(file), good).unwrap();
    }
    fs::remove_dir_all(folder).unwrap();
}
