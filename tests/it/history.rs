//! Dates that do not fit the site's git history, in a repository made for the test. Skipped, with a line that says so,
//! where there is no git.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use copydesk::config::Layer;

const CONFIG: &str = "collections:\n  blog:\n    files: \"*.md\"\n    dates: { date: { history: true } }\n";

/// Runs git as somebody, on a day, whatever the machine's own settings are.
fn git(folder: &Path, day: &str, arguments: &[&str]) -> bool {
    let time = format!("{day}T12:00:00Z");
    let run = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=Mira",
            "-c",
            "user.email=mira@gullhaven.example",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env("GIT_COMMITTER_DATE", &time)
        .env("GIT_AUTHOR_DATE", &time)
        .output();
    run.is_ok_and(|output| output.status.success())
}

fn commit(folder: &Path, day: &str, name: &str, date: &str) {
    fs::write(folder.join(name), format!("---\ntitle: {name}\ndate: {date}\n---\n"))
        .expect("the folder can be written");
    assert!(git(folder, day, &["add", "."]) && git(folder, day, &["commit", "-qm", "Add a post"]), "{name}");
}

/// A blog of eight posts, each committed on its day, with a renamed and a stale one.
fn blog(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    if !git(&folder, "2024-01-01", &["init", "-q"]) {
        skip("there is no git");
        return None;
    }
    fs::write(folder.join("copydesk.yaml"), CONFIG).expect("the folder can be written");
    for month in 1..=8 {
        let day = format!("2024-{month:02}-10");
        commit(&folder, &day, &format!("post-{month}.md"), &day);
    }
    commit(&folder, "2024-05-20", "stale.md", "2023-05-20");
    assert!(git(&folder, "2025-06-01", &["mv", "post-3.md", "renamed.md"]));
    assert!(git(&folder, "2025-06-01", &["commit", "-qm", "Rename a post"]));
    Some(folder)
}

#[test]
fn a_stale_year_is_found_and_a_renamed_page_is_not() {
    let Some(folder) = blog("history") else { return };
    let run = crate::common::check(&[&folder], Layer::default());
    let found: Vec<_> =
        run.diagnostics.iter().map(|it| (it.rule.id, it.primary.path.to_string_lossy())).collect();
    assert_eq!(found, [("implausible-date", "stale.md".into())], "{}", crate::common::render(&run, "full"));
}

#[test]
fn history_is_asked_only_where_the_config_wants_it() {
    let Some(folder) = blog("history-unasked") else { return };
    fs::write(folder.join("copydesk.yaml"), CONFIG.replace("true", "false"))
        .expect("the folder can be written");
    assert_eq!(crate::common::check(&[&folder], Layer::default()).diagnostics, []);
}

/// A page in English with two translations: one was committed after the last change of it, the other before.
#[test]
fn a_translation_is_stale_if_its_original_was_changed_after_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("history-translations");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(folder.join("docs/fr")).expect("the folder can be made");
    if !git(&folder, "2024-01-01", &["init", "-q"]) {
        return skip("there is no git");
    }
    let write = |day: &str, name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("the folder can be written");
        assert!(git(&folder, day, &["add", "."]) && git(&folder, day, &["commit", "-qm", "Write"]), "{name}");
    };
    let found = |config: &str| -> Vec<String> {
        fs::write(folder.join("copydesk.yaml"), config).expect("the folder can be written");
        let run = crate::common::check(&[&folder], Layer::default());
        run.diagnostics.iter().map(|it| format!("{}: {}", it.primary.path.display(), it.message)).collect()
    };
    write("2024-01-10", "docs/tides.md", "# Tides\n");
    write("2024-02-10", "docs/fr/tides.md", "# Mar\u{e9}es\n");
    write("2024-02-11", "docs/tides.de.md", "# Gezeiten\n");
    write("2024-03-10", "docs/tides.md", "# Tides of today\n");
    write("2024-04-10", "docs/tides.de.md", "# Gezeiten heute\n");
    let on = "rules: { stale-translation: info }\n";
    let message = "`docs/tides.md` was changed on 2024-03-10, after this translation of it (2024-02-10)";
    assert_eq!(found(on), [format!("docs/fr/tides.md: {message}")]);
    assert_eq!(found(""), [""; 0]);
    // A rename changes nothing; without the original there is nothing to compare with.
    assert!(git(&folder, "2024-05-01", &["mv", "docs/fr/tides.md", "docs/fr/ebb.md"]));
    assert!(git(&folder, "2024-05-01", &["commit", "-qm", "Rename a page"]));
    assert_eq!(found(on), [""; 0]);
}

#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn skip(why: &str) {
    println!("skipped: {why}");
}
