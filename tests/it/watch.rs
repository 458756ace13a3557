//! What the program does for people who work with it: it checks again when a page changes, says what it fixed, and does
//! not pass where there was nothing to check.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

/// A child that ends with the test.
struct Watching(Child, Lines<BufReader<ChildStdout>>);

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Watching {
    /// The lines of its output up to the next summary, with that.
    fn report(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.1.by_ref() {
            lines.push(line.expect("the report is text"));
            if lines.last().is_some_and(|line| line.contains(" in ") && line.contains(" file")) {
                break;
            }
        }
        lines
    }
}

/// A new folder of this name that is a repository by itself.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(folder.join(".git")).expect("the folder is new");
    folder
}

/// Exit code and standard error of a check in a folder.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.current_dir(folder).arg("check").args(arguments).output();
    let output = output.expect("the binary was built");
    (output.status.code(), String::from_utf8(output.stderr).expect("errors are text"))
}

#[test]
fn a_folder_without_pages_does_not_pass() {
    let folder = empty("no-pages");
    fs::create_dir(folder.join("data")).expect("the folder can be written");
    fs::write(folder.join("data/notes.txt"), "Nothing to check.\n").expect("the folder can be written");
    for arguments in [&[][..], &["data"], &["--format", "json"]] {
        let (code, err) = check(&folder, arguments);
        assert_eq!((code, err.contains("no pages to check")), (Some(2), true), "{arguments:?}: {err}");
    }
    // A hook passes the files of a commit, and the config may exclude them all.
    fs::write(folder.join("copydesk.yaml"), "exclude: page.md\n").expect("the folder can be written");
    fs::write(folder.join("page.md"), "# A page\n").expect("the folder can be written");
    assert_eq!(check(&folder, &["page.md"]), (Some(0), String::new()));
}

#[test]
fn fixes_are_listed_when_asked_for() {
    let folder = empty("show-fixes");
    fs::write(folder.join("page.md"), "# A page\n\nOne  \n\n- [a]( b.md)\n\nThe the end.\n")
        .expect("it can be written");
    let (_, quiet) = check(&folder, &["--no-config", "--select", "repeated-word", "--fix"]);
    assert_eq!(quiet, "");
    fs::write(folder.join("page.md"), "# A page\n\nThe the end of the the pier.\n")
        .expect("it can be written");
    let (code, err) = check(
        &folder,
        &["--no-config", "--select", "repeated-word", "--fix", "--unsafe-fixes", "--show-fixes"],
    );
    assert_eq!((code, &*err), (Some(0), "fixed: page.md: 2 × repeated-word\n"));
}

#[test]
fn a_page_that_changes_and_one_that_is_new_are_checked() {
    let folder = empty("watch");
    fs::write(folder.join("page.md"), "# A page\n").expect("the folder can be written");
    let child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .current_dir(&folder)
        .args(["check", "--watch", "--no-config", "--select", "duplicate-key"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("the binary was built");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut watching = Watching(child, lines);
    let first = watching.report();
    assert!(first.last().is_some_and(|line| line.starts_with("no findings")), "{first:?}");
    let page = "---\ntitle: One\ntitle: Two\n---\n";
    fs::write(folder.join("new.md"), page).expect("the folder can be written");
    let second = watching.report();
    assert!(second.last().is_some_and(|line| line.starts_with("1 error")), "{second:?}");
    fs::write(folder.join("new.md"), "---\ntitle: One\n---\n").expect("the folder can be written");
    let third = watching.report();
    assert!(third.last().is_some_and(|line| line.starts_with("no findings")), "{third:?}");
}
