//! `check --revision`: the files of a commit, with or without a working tree.

use std::{fs, path::Path, process::Command};

use crate::common::sandbox::{copydesk, site};

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=ann@quay.example"]);
    let done =
        command.args(["-c", "init.defaultBranch=main"]).args(arguments).output().expect("git is there");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_bare_repository_has_the_findings_of_its_working_tree() {
    let files = [
        ("copydesk.yaml", "collections: { posts: { files: 'p/*.md', unique: [title] } }\n"),
        (".gitignore", "drafts/\n"),
        ("p/a.md", "---\ntitle: Quay\n---\n\nSee [the tides](tides.md) and [news](../docs/index.md).\n"),
        ("p/b.md", "---\ntitle: Quay\n---\n\nSee [the tides](/p/tide.md).\n"),
        ("docs/copydesk.yaml", "rules: {}\n"),
        ("docs/index.md", "# News\n\nWe recieve mail.\n"),
    ];
    let folder = site("revision", &files);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "--all"]);
    git(&folder, &["commit", "--quiet", "--message", "Begin"]);
    let bare = folder.with_file_name("revision.git");
    // It is left from an earlier run, or not there.
    let _ = fs::remove_dir_all(&bare);
    let paths = [&folder, &bare].map(|path| path.to_str().expect("it is Unicode").to_owned());
    git(&folder, &["clone", "--quiet", "--bare", &paths[0], &paths[1]]);
    let report = |folder: &Path, arguments: &[&str]| {
        let arguments = [&["check", "--format", "json-lines"], arguments].concat();
        let (code, out, err) = copydesk(folder, &arguments);
        assert_eq!((code, &*err), (Some(1), ""));
        out
    };
    let expected = report(&folder, &[]);
    assert!(["duplicate-value", "broken-link", "known-typo"].iter().all(|rule| expected.contains(rule)));
    assert_eq!(report(&bare, &["--revision", "HEAD"]), expected);
    assert_eq!(report(&folder, &["--revision", "main"]), expected);
    let below = report(&folder, &["--revision", "HEAD", "../revision.git/docs"]);
    assert!(below.contains("known-typo") && !below.contains("duplicate-value"), "{below}");

    let facts = |folder: &Path, arguments: &[&str]| {
        let (code, out, err) = copydesk(folder, &[&["facts"], arguments].concat());
        assert_eq!((code, &*err), (Some(0), ""));
        // The folder `.git` and the remotes are another matter.
        let pages = out.lines().filter(|line| line.contains("\"record\":\"page\""));
        pages.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(facts(&folder, &[]).len(), 3);
    assert_eq!(facts(&bare, &["--revision", "HEAD"]), facts(&folder, &[]));

    let plain = folder.with_file_name("revision");
    // Likewise.
    let _ = fs::remove_dir_all(&plain);
    git(&folder, &["clone", "--quiet", "--bare", &paths[0], plain.to_str().expect("it is Unicode")]);
    let (code, out, err) = copydesk(&folder, &["check", "--revision", "HEAD", "../revision"]);
    assert_eq!(code, Some(2), "it is not called a repository: {err}");
    assert!(!out.contains("known-typo"), "{out}");

    fs::write(folder.join("p/b.md"), "---\ntitle: Pier\n---\n").expect("the folder can be written");
    assert_eq!(report(&folder, &["--revision", "HEAD"]), expected, "nothing is read from the working tree");
    let (code, _, err) = copydesk(&bare, &["check", "--revision", "no-such-branch"]);
    assert_eq!((code, err.contains("unknown revision `no-such-branch`")), (Some(2), true), "{err}");
    let (code, _, err) = copydesk(&bare, &["check", "--revision", "--upload-pack=x"]);
    assert_eq!(code, Some(2), "{err}");
}
