//! `--since`, `--staged` and `--untrusted-config` in repositories made for the test. Skipped, with a line that says so,
//! where there is no git.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A repository with a first commit on `main`, and the binary in it.
pub(crate) struct Repository(pub(crate) PathBuf);

/// A page without a finding.
const QUIET: &str = "# The pier\n\nThe boats come in at noon.\n";

impl Repository {
    /// `None` where there is no git.
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Option<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("since").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
        }
        fs::create_dir_all(&folder).expect("a folder can be made");
        let repository = Self(folder);
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git");
            return None;
        }
        repository.git(&["init", "-q", "-b", "main"]);
        for (path, text) in files {
            repository.write(path, text);
        }
        repository.commit("The site as it was");
        Some(repository)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the repository")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Runs git as somebody, whatever the machine's own settings are.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let somebody = ["user.name=Mira", "user.email=mira@gullhaven.example", "commit.gpgsign=false"];
        let settings = somebody.iter().flat_map(|setting| ["-c", setting]);
        let output = Command::new("git").current_dir(&self.0).args(settings).args(arguments).output();
        let output = output.expect("git can be started");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn commit(&self, what: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", what]);
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(self.0.join(folder)).args(["check", "--format", "concise"]).args(arguments);
        command.env("SOURCE_DATE_EPOCH", "1717200000").output().expect("the binary can be started")
    }

    /// The findings, one per line as `path rule`, and the exit code.
    pub(crate) fn found(&self, arguments: &[&str]) -> (Vec<String>, i32) {
        let output = self.run_in("", arguments);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = |line: &str| {
            let (place, rest) = line.split_once(": ")?;
            let (_, rule) = rest.split_once('[')?;
            let (path, _) = place.split_once(':')?;
            Some(format!("{path} {}", rule.split(']').next()?))
        };
        (text.lines().filter_map(line).collect(), output.status.code().expect("it ended by itself"))
    }
}

pub(crate) fn nothing() -> (Vec<String>, i32) {
    (vec![], 0)
}

pub(crate) fn one(finding: &str) -> (Vec<String>, i32) {
    (vec![finding.to_owned()], 1)
}

#[test]
fn only_what_the_change_brings_is_reported() {
    let old = "# Moorings\n\nThe the quay was wet.\n";
    let Some(site) = Repository::new("new", &[("a.md", old), ("b.md", QUIET)]) else { return };
    assert_eq!(site.found(&["--since", "main"]), nothing());
    site.git(&["checkout", "-q", "-b", "change"]);
    site.write("a.md", "# Moorings\n\nTwo new lines\nstand above it.\n\nThe the quay was wet.\n");
    assert_eq!(site.found(&["--since", "main"]), nothing(), "lines above do not matter");
    assert_eq!(site.found(&[]).0, ["a.md repeated-word"], "it is still there");
    site.write("b.md", "# The pier\n\nThe boats come in in at noon.\n");
    site.commit("Say it twice");
    assert_eq!(site.found(&["--since", "main"]), one("b.md repeated-word"));
    site.write("new.md", "# New\n\nNobody saw saw it.\n");
    assert_eq!(site.found(&["--since", "HEAD"]), one("new.md repeated-word"), "git need not know a file");
    // The base has moved on; what it brings is not what this change brings.
    site.git(&["checkout", "-q", "main"]);
    site.write("c.md", "# Elsewhere\n\nIt it rained.\n");
    site.commit("Go on");
    site.git(&["checkout", "-q", "change"]);
    assert_eq!(site.found(&["--since", "main", "b.md"]), one("b.md repeated-word"));
}

#[test]
fn a_change_breaks_links_of_pages_that_it_does_not_touch() {
    let files = [
        ("index.md", "# Home\n\nSee [moorings](docs/berths.md#moorings) and [the pier](docs/pier.md).\n"),
        ("docs/berths.md", "# Berths\n\n## Moorings\n\nTwelve of them.\n"),
        ("docs/pier.md", QUIET),
    ];
    let Some(site) = Repository::new("links", &files) else { return };
    site.write("docs/berths.md", "# Berths\n\n## Places\n\nTwelve of them.\n");
    assert_eq!(site.found(&["--since", "HEAD"]), one("index.md broken-anchor"));
    assert_eq!(site.found(&["--since", "HEAD", "--scope", "files"]), nothing());
    site.git(&["rm", "-q", "docs/pier.md"]);
    let (found, _) = site.found(&["--since", "HEAD"]);
    assert_eq!(found, ["index.md broken-anchor", "index.md broken-link"]);
    let (found, _) = site.found(&["--since", "HEAD", "--staged"]);
    assert_eq!(found, ["index.md broken-link"], "the heading was not staged");
}

#[test]
fn of_two_alike_the_one_on_the_new_line_is_new() {
    let Some(site) = Repository::new("alike", &[("a.md", "# A\n\nThe the end.\n")]) else { return };
    site.write("a.md", "# A\n\nIt was the the start.\n\nThe the end.\n\nIt was the the last.\n");
    let output = site.run_in("", &["--since", "HEAD"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let places: Vec<_> = text.lines().filter(|line| line.starts_with("a.md:")).collect();
    assert_eq!(places.len(), 2, "{text}");
    assert!(places[0].starts_with("a.md:3:") && places[1].starts_with("a.md:7:"), "{text}");
}

#[test]
fn where_there_are_too_many_a_longer_page_brings_nothing_new() {
    let boats =
        (0..1_500).map(|number| format!("Boat {number}  sails to another harbour with the tide.\n\n"));
    let mut page = format!("# Quay\n\n{}", boats.collect::<Vec<_>>().concat());
    let files = [("copydesk.yaml", "rules: { double-space: warning }\n"), ("page.md", page.as_str())];
    let Some(site) = Repository::new("many", &files) else { return };
    page += &"The harbour is quiet at noon.\n\n".repeat(400);
    site.write("page.md", &page);
    assert_eq!(site.found(&["--since", "HEAD"]), nothing());
    site.write("page.md", &page.replacen("# Quay\n", "# Quay\n\nA  new boat.\n", 1));
    assert_eq!(site.found(&["--since", "HEAD"]), one("page.md double-space"));
}

#[test]
fn a_word_that_only_now_looks_like_a_mistake_is_not_new() {
    let page = "# The lighthouze\n\nThe lighthouze keeper.\n\nThe lighthouze.\n";
    let Some(site) = Repository::new("spelling", &[("a.md", page), ("b.md", QUIET)]) else { return };
    assert_eq!(site.found(&[]), nothing(), "a word that the page uses often");
    site.write("a.md", "# The lighthouse\n\nThe lighthouze keeper.\n\nThe lighthouse.\n");
    let typo = one("a.md possible-typo");
    assert_eq!(site.found(&[]), typo, "the only one that is left");
    assert_eq!(site.found(&["--since", "HEAD"]), nothing(), "it was there before");
    assert_eq!(site.found(&["--since", "HEAD", "--scope", "files"]), typo);
    site.write("b.md", "# The pier\n\nThe boatz come in at noon.\n");
    assert_eq!(site.found(&["--since", "HEAD"]).0.len(), 1, "one on a touched line is new");
}

#[test]
fn a_baseline_is_not_stale_where_only_a_change_is_looked_at() {
    let Some(site) = Repository::new("baseline", &[("a.md", "# A\n\nThe the end.\n")]) else { return };
    let made = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["baseline", "create"])
        .current_dir(&site.0)
        .output();
    assert!(made.expect("the binary can be started").status.success());
    let said = |arguments: &[&str]| {
        let output = site.run_in("", &[&["--baseline", "copydesk-baseline.json"], arguments].concat());
        (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
    };
    assert_eq!(said(&["--since", "HEAD"]), (String::new(), Some(0)));
    site.write("a.md", "# A\n\nThe end.\n");
    assert!(said(&[]).0.contains("without a matching finding"), "the whole tells");
}

#[test]
fn a_renamed_page_keeps_its_findings() {
    let text = "# Moorings\n\nThe the quay was wet.\n\nNobody saw it, and nobody asked.\n";
    let Some(site) = Repository::new("renamed", &[("old.md", text)]) else { return };
    site.git(&["mv", "old.md", "new.md"]);
    assert_eq!(site.found(&["--since", "HEAD"]), nothing());
    assert_eq!(site.found(&["--since", "HEAD", "new.md"]), nothing());
    assert_eq!(site.found(&["--since", "HEAD", "--staged"]), nothing());
}

#[test]
fn lines_and_files_are_those_of_the_diff() {
    let text = "# A\n\nThe the end.\n\nNobody saw it.\n";
    let Some(site) = Repository::new("lines", &[("a.md", text), ("b.md", text)]) else { return };
    site.write("a.md", "# A\n\nThe the end.\n\nNobody saw saw it.\n");
    let (found, _) = site.found(&["--since", "HEAD", "--scope", "files"]);
    assert_eq!(found, ["a.md repeated-word", "a.md repeated-word"]);
    let output = site.run_in("", &["--since", "HEAD", "--scope", "lines"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("a.md:5:") && text.matches("repeated-word").count() == 1, "{text}");
}

#[test]
fn staged_is_what_the_index_has() {
    let files =
        [("docs/a.md", QUIET), ("docs/.copydeskignore", "drafts\n"), ("docs/drafts/d.md", "A a a.\n")];
    let Some(site) = Repository::new("staged", &files) else { return };
    site.write("docs/a.md", "# The pier\n\nThe the boats.\n");
    assert_eq!(site.found(&["--staged"]), nothing(), "nothing is staged");
    site.git(&["add", "--all"]);
    site.write("docs/a.md", QUIET);
    site.write("docs/b.md", "# Unknown\n\nThe the boats.\n");
    assert_eq!(site.found(&[]), one("docs/b.md repeated-word"));
    assert_eq!(site.found(&["--staged"]), one("docs/a.md repeated-word"));
    let output = site.run_in("", &["--staged", "--format", "full"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("The the boats."), "the excerpt is of the index too: {text}");
    assert_eq!(site.found(&["--staged", "docs/a.md"]), one("docs/a.md repeated-word"));
    let output = site.run_in("docs", &["--staged", "b.md"]);
    assert_eq!(output.status.code(), Some(2), "b.md is not in the index");
    let from_below = site.run_in("docs", &["--staged"]);
    let text = String::from_utf8_lossy(&from_below.stdout).into_owned();
    assert!(text.starts_with("a.md:3:"), "{text}");
}

#[test]
fn a_strangers_config_has_no_say() {
    let files = [
        ("copydesk.yaml", "files: [\"**/*.md\"]\nspelling: { words-file: words.txt }\n"),
        ("words.txt", "Gullhaven\n"),
        ("a.md", QUIET),
    ];
    let Some(site) = Repository::new("untrusted", &files) else { return };
    site.write("copydesk.yaml", "files: [\"other/*.md\"]\nrules: { spelling: off }\n");
    site.write("a.md", "# The pier\n\nThe the boats come in at noon.\n");
    site.write("b/copydesk.yaml", "rules: { spelling: off }\n");
    site.write("b/b.md", "# The pier\n\nThe the boats come in at noon.\n");
    site.write("c/.copydeskignore", "*.md\n");
    site.write("c/.gitignore", "*.md\n");
    site.write("c/c.md", "# The pier\n\nThe the boats come in at noon.\n");
    let (found, _) = site.found(&["--since", "HEAD"]);
    assert!(found.iter().all(|it| it.contains("copydesk.yaml")), "the change speaks for itself: {found:?}");
    let (found, code) = site.found(&["--since", "HEAD", "--untrusted-config"]);
    assert_eq!(found, ["a.md repeated-word", "b/b.md repeated-word", "c/c.md repeated-word"]);
    assert_eq!(code, 1);
    assert_eq!(site.found(&["--untrusted-config"]).1, 2, "without a base there is nothing to trust");
}

#[test]
fn the_config_of_each_state_holds_for_it() {
    let files = [("copydesk.yaml", "rules: { repeated-word: off }\n"), ("a.md", "# A\n\nThe the end.\n")];
    let Some(site) = Repository::new("configs", &files) else { return };
    site.write("copydesk.yaml", "rules: { repeated-word: error }\n");
    assert_eq!(site.found(&["--since", "HEAD"]), one("a.md repeated-word"), "the change brings it");
    site.write("copydesk.yaml", "rulez: {}\n");
    assert_eq!(site.found(&["--since", "HEAD"]).1, 2, "a broken config is never old");
    site.commit("Break the config");
    site.write("copydesk.yaml", "rules: { repeated-word: error }\n");
    let output = site.run_in("", &["--since", "HEAD"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("base revision has an invalid config"), "{said}");
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let Some(site) = Repository::new("first", &[("a.md", "# A\n\nThe the end.\n")]) else { return };
    site.git(&["checkout", "-q", "--orphan", "other"]);
    assert_eq!(site.found(&["--since", "HEAD"]), one("a.md repeated-word"));
    assert_eq!(site.found(&["--since", "HEAD", "--staged"]), one("a.md repeated-word"));
    site.git(&["rm", "-q", "--cached", "a.md"]);
    assert_eq!(site.found(&["--since", "HEAD", "--staged"]), nothing());
    assert_eq!(site.found(&["--since", "main~9"]).1, 2, "another revision is none");
}

/// A folder of a pull request may look like a bare repository whose config names programs for git to start.
#[test]
fn a_folder_that_looks_like_a_repository_is_none() {
    let page = "# A\n\nSee [b](b.md).\n";
    let Some(site) = Repository::new("bare", &[("docs/a.md", page), ("docs/copydesk.yaml", "{}\n")]) else {
        return;
    };
    site.git(&["init", "-q", "--bare", "other"]);
    let mark = site.0.join("started");
    for entry in ["HEAD", "objects", "refs"] {
        fs::rename(site.0.join("other").join(entry), site.0.join("docs").join(entry))
            .expect("it can be moved");
    }
    let program =
        format!("[core]\n\tbare = true\n\tworktree = .\n\tfsmonitor = \"touch {}\"\n", mark.display());
    site.write("docs/config", &(program + "[diff]\n\texternal = \"false\"\n"));
    let _ = site.run_in("docs", &[]);
    assert_eq!(site.found(&["--since", "HEAD", "docs/a.md"]), nothing());
    assert!(!mark.exists(), "git started a program of the site");
}

#[test]
fn what_git_cannot_tell_is_said() {
    let Some(site) = Repository::new("refused", &[("a.md", QUIET)]) else { return };
    let said = |arguments: &[&str]| {
        let output = site.run_in("", arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said(&["--since", "origin/main"]).contains("unknown revision `origin/main`; try `git fetch`"));
    assert!(said(&["--since=--output=x"]).contains("unknown revision"));
    assert!(!site.0.join("x").exists(), "a revision is no option of git");
    site.write("a.md", "# The pier\n\nThe boats come.\n");
    site.commit("Go on");
    let clone = site.0.join("clone");
    let from = format!("file://{}", site.0.display());
    site.git(&["clone", "-q", "--depth", "1", &from, &clone.to_string_lossy()]);
    let shallow = Repository(clone);
    let output = shallow.run_in("", &["--since", "HEAD~1"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("git fetch --unshallow"), "{said}");
    let broken = site.0.join("broken");
    fs::create_dir_all(broken.join(".git")).expect("a folder can be made");
    let output = Repository(broken).run_in("", &["--staged"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("git refused to read"), "{said}");
    let outside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("since");
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--since", "HEAD", "/"])
        .current_dir(outside)
        .output()
        .expect("the binary can be started");
    assert_eq!(output.status.code(), Some(2));
}
