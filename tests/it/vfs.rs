//! What git and the disk say of a site's files, in a repository made for the test. Skipped, with a line that says so,
//! where there is no git.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use copydesk::{
    internals::{
        discover::{self, Project},
        git,
        site::urls::{Inventory, Lookup, Surroundings},
    },
    vfs::{Disk, FileSystem, GitFolder},
};

/// Runs git as somebody, whatever the machine's own settings are.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let somebody = ["user.name=Mira", "user.email=mira@gullhaven.example", "commit.gpgsign=false"];
    let settings = somebody.iter().flat_map(|setting| ["-c", setting]);
    let run = Command::new("git").current_dir(folder).args(settings).args(arguments).output();
    run.is_ok_and(|output| output.status.success())
}

/// A folder with the files of a site, which is a repository where there is git.
fn folder(name: &str, files: &[&str]) -> (PathBuf, bool) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    for file in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder can be made");
        fs::write(path, format!("{file}\n")).expect("the folder can be written");
    }
    let has_git = git(&folder, &["init", "-q"]);
    (folder, has_git)
}

fn around(folder: &Path) -> Surroundings {
    let listing = discover::list(&Disk, &Project { root: folder.to_owned(), config: None });
    Surroundings::new(Arc::new(Disk), folder, &listing.files)
}

fn repository(folder: &Path) -> GitFolder {
    Disk.repository(folder).expect("there may be one")
}

fn files(inventory: &Inventory) -> Vec<&str> {
    inventory.files().collect()
}

#[test]
fn the_index_has_what_the_checkout_lacks() {
    let names = [".gitignore", ".github/help.md", "docs/a.md", "docs/b.md", "public/built.md", "docs/old.md"];
    let (folder, has_git) = folder("checkout-index", &names);
    if !has_git {
        println!("skipped: there is no git");
        return;
    }
    fs::write(folder.join(".gitignore"), "/public\n").expect("the folder can be written");
    assert!(git(&folder, &["add", "."]) && git(&folder, &["commit", "-qm", "Add pages"]));
    assert!(
        git(&folder, &["mv", "docs/old.md", "docs/new.md"]) && git(&folder, &["commit", "-qm", "Rename one"])
    );
    assert!(git(&folder, &["remote", "add", "origin", "git@forge.example:gullhaven/site.git"]));
    fs::remove_file(folder.join("docs/b.md")).expect("it is there");
    fs::write(folder.join("docs/fresh.md"), "new\n").expect("the folder can be written");
    let around = around(&folder);
    let inventory = around.inventory();
    let expected =
        [".github/help.md", ".gitignore", "docs/a.md", "docs/b.md", "docs/fresh.md", "docs/new.md"];
    assert_eq!((files(inventory), inventory.is_complete()), (expected.to_vec(), true));
    assert_eq!(repository(&folder).renames(), [("docs/old.md".to_owned(), "docs/new.md".to_owned())]);
    assert_eq!(repository(&folder).remotes(), ["git@forge.example:gullhaven/site.git"]);
    let docs = folder.join("docs");
    let below = Surroundings::new(Arc::new(Disk), &docs, &[Arc::from(Path::new("a.md"))]);
    assert_eq!(files(below.inventory()), ["a.md", "b.md", "new.md"]);
    assert_eq!(
        (repository(&docs).folder_in_repository(), repository(&folder).folder_in_repository()),
        ("docs".into(), String::new())
    );
}

#[test]
fn renames_are_searched_for_in_the_last_thousands_of_commits() {
    let (folder, has_git) = folder("checkout-history", &["a.md"]);
    if !has_git {
        println!("skipped: there is no git");
        return;
    }
    let renames = |commits_since: usize| {
        let commit = |text: &str| {
            let who = "committer A <a@gullhaven.example> 1717200000 +0000";
            format!("commit refs/heads/main\n{who}\ndata 0\n{text}")
        };
        let first = format!("reset refs/heads/main\n{}", commit("M 100644 inline old.md\ndata 5\ntides\n"));
        let stream = first + &commit("R old.md new.md\n") + &commit("").repeat(commits_since);
        let mut import = git::command(&*folder);
        let import = import.args(["fast-import", "--quiet", "--force"]).stdin(Stdio::piped()).spawn();
        let mut import = import.expect("git is there");
        let mut input = import.stdin.take().expect("it is piped");
        input.write_all(stream.as_bytes()).expect("git reads it");
        drop(input);
        assert!(import.wait().is_ok_and(|status| status.success()));
        git::renames(&folder, "main")
    };
    assert_eq!(renames(4_999), [("old.md".to_owned(), "new.md".to_owned())]);
    assert_eq!(renames(5_001), []);
}

#[test]
fn a_repository_that_git_cannot_read_is_walked() {
    let (folder, _) =
        folder("checkout-broken", &[".github/help.md", "a.md", ".copydesk.yaml", "inner/copydesk.yaml"]);
    fs::remove_dir_all(folder.join(".git")).ok();
    fs::write(folder.join(".git"), "gitdir: nowhere\n").expect("the folder can be written");
    let around = around(&folder);
    let inventory = around.inventory();
    let expected = [".copydesk.yaml", ".git", ".github/help.md", "a.md", "inner/copydesk.yaml"];
    let seen: Vec<&str> = files(inventory);
    assert_eq!(
        (seen, inventory.is_complete()),
        (expected.into_iter().filter(|it| *it != ".git").collect(), false)
    );
    assert!(repository(&folder).renames().is_empty() && repository(&folder).remotes().is_empty());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_read_and_not_followed() {
    let (folder, has_git) = folder("checkout-links", &["docs/a.md"]);
    std::os::unix::fs::symlink("docs", folder.join("latest")).expect("links can be made");
    std::os::unix::fs::symlink("../../elsewhere", folder.join("docs/out")).expect("links can be made");
    if has_git {
        assert!(git(&folder, &["add", "."]));
    }
    let around = around(&folder);
    let inventory = around.inventory();
    assert_eq!(inventory.lookup("latest/a.md"), Lookup::File("docs/a.md".into()));
    assert_eq!(inventory.lookup("docs/out/key"), Lookup::Outside);
}

/// A configuration of the repository that would start a program whenever git looks at the index.
#[cfg(unix)]
#[test]
fn git_runs_nothing_that_the_repository_names() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, has_git) = folder("checkout-monitor", &["a.md", "monitor.sh"]);
    if !has_git {
        println!("skipped: there is no git");
        return;
    }
    let script = folder.join("monitor.sh");
    let trace = folder.join(".git/trace");
    fs::write(&script, format!("#!/bin/sh\necho ran >> {}\n", trace.display()))
        .expect("the folder can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("the script is ours");
    assert!(git(&folder, &["add", "."]) && git(&folder, &["commit", "-qm", "Add a page"]));
    assert!(git(&folder, &["config", "core.fsmonitor", &script.display().to_string()]));
    let around = around(&folder);
    assert_eq!(files(around.inventory()), ["a.md", "monitor.sh"]);
    let _ = (repository(&folder).renames(), repository(&folder).remotes());
    assert!(!trace.exists(), "the monitor ran");
}

#[cfg(unix)]
#[test]
fn git_waits_for_no_list_of_names() {
    let (folder, has_git) = folder("checkout-names", &["a.md"]);
    if !has_git {
        println!("skipped: there is no git");
        return;
    }
    assert!(git(&folder, &["add", "."]) && git(&folder, &["commit", "-qm", "Add a page"]));
    let made = std::process::Command::new("mkfifo").arg(folder.join(".mailmap")).status();
    assert!(made.expect("there is mkfifo").success());
    let _ = repository(&folder).renames();
}

#[test]
fn the_index_is_read_as_git_lists_it() {
    let names = ["a.md", "site/b c.md", "site/deep/d.md", "site/é.md"];
    let (folder, has_git) = folder("checkout-versions", &names);
    if !has_git {
        println!("skipped: there is no git");
        return;
    }
    assert!(git(&folder, &["add", "."]));
    let paths = |folder: &Path| -> Vec<String> {
        copydesk::internals::git::tracked(folder)
            .expect("it is a repository")
            .into_iter()
            .map(|it| it.path)
            .collect()
    };
    let forms: [&[&str]; 4] =
        [&["--index-version", "2"], &["--index-version", "4"], &["--index-version", "3"], &["--split-index"]];
    for form in forms {
        assert!(git(&folder, &[&["update-index"], form].concat()), "{form:?}");
        assert_eq!(paths(&folder), names, "{form:?}");
        assert_eq!(paths(&folder.join("site")), ["b c.md", "deep/d.md", "é.md"], "{form:?}");
    }
}
