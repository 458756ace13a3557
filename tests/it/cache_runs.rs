//! Whole runs in the cache: what was worked out is used again where nothing that it follows from has changed, and not
//! otherwise.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::common::{
    entries,
    sandbox::{copydesk, site},
};

/// A site in a git repository, with a config, data, a schema, an image and links of all kinds.
fn harbour(name: &str) -> (PathBuf, PathBuf) {
    let config = "site: { url: https://quay.example }\ncollections: { posts: { files: 'posts/*.md', schema: schemas/post.json } }\n";
    let files = [
        ("copydesk.yaml", config),
        ("schemas/post.json", "{\"properties\": {\"berth\": {\"type\": \"integer\"}}}\n"),
        (
            "posts/quay.md",
            "---\nberth: seven\n---\n\nSee [the pier](../pier.md#boats) and ![a crane](../crane.png).\n",
        ),
        (
            "pier.md",
            "# Pier\n\n## Boats\n\nWe recieve [all](old.md) of them, and [more](https://forge.example/quay/site/blob/main/gone.md).\n",
        ),
        ("crane.png", "not really a picture"),
        (".gitignore", "drafts/\n"),
        ("drafts/a.md", "The the tide.\n"),
    ];
    let site = site(&format!("cache-runs-{name}"), &files);
    fs::remove_dir(site.join(".git")).expect("it is empty");
    git(&site, &["init", "-q", "-b", "main"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "-q", "-m", "Harbour"]);
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache-runs").join(name);
    let _ = fs::remove_dir_all(&cache);
    (site, cache)
}

fn git(site: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Mira", "-c", "user.email=mira@quay.example"];
    let status = Command::new("git").current_dir(site).args(identity).args(arguments).status();
    assert!(status.expect("git is there").success(), "{arguments:?}");
}

fn check(site: &Path, options: &[&str]) -> (Option<i32>, String, String) {
    copydesk(site, &[&["check", "--color", "never", "--format", "json"], options].concat())
}

/// What a check with the cache says, which is what one without it says.
fn checked(site: &Path, cache: &Path) -> String {
    let cache = cache.to_str().expect("the path is Unicode");
    let warm = check(site, &["--cache-dir", cache]);
    assert_eq!(warm, check(site, &["--no-cache"]));
    warm.1
}

/// Whether a check works nothing out: without the facts of pages, it would write them again.
fn is_recalled(site: &Path, cache: &Path) -> bool {
    let facts = || entries(cache).into_iter().filter(|file| file.extension().is_some_and(|it| it == "facts"));
    facts().for_each(|file| fs::remove_file(file).expect("it is there"));
    checked(site, cache);
    facts().count() == 0
}

#[test]
fn nothing_is_worked_out_again_where_nothing_has_changed() {
    let (site, cache) = harbour("same");
    let cold = checked(&site, &cache);
    assert!(cold.contains("known-typo") && cold.contains("invalid-value"), "{cold}");
    assert!(is_recalled(&site, &cache));
    assert_eq!(checked(&site, &cache), cold);
    // Files that the check does not look at are none of its business.
    fs::write(site.join("drafts/a.md"), "The the ebb.\n").expect("the site can be written");
    assert!(is_recalled(&site, &cache));
}

#[test]
fn other_options_are_another_run() {
    let (site, cache) = harbour("options");
    let cache_text = cache.to_str().expect("the path is Unicode");
    let options = [
        &[][..],
        &["--preset", "strict"],
        &["--ignore", "known-typo"],
        &["--no-config"],
        &["pier.md"],
        &["posts"],
        &["--shard", "1/2"],
    ];
    for _ in 0..2 {
        for options in options {
            let warm = check(&site, &[&["--cache-dir", cache_text], options].concat());
            assert_eq!(warm, check(&site, &[&["--no-cache"], options].concat()), "{options:?}");
        }
    }
}

type Change = Box<dyn Fn(&Path)>;

fn write(path: &'static str, text: &'static str) -> Change {
    Box::new(move |site| fs::write(site.join(path), text).expect("the site can be written"))
}

fn remove(path: &'static str) -> Change {
    Box::new(move |site| fs::remove_file(site.join(path)).expect("it is there"))
}

/// Changes a site of which a run is kept, each time another one, and requires that the next run says what is so now.
fn require_seen(changes: Vec<(&str, Change)>) {
    for (what, change) in changes {
        let (site, cache) = harbour(&what.replace(' ', "-"));
        let kept = ["--cache-dir", cache.to_str().expect("the path is Unicode")];
        let before = check(&site, &kept);
        change(&site);
        let now = checked(&site, &cache);
        assert_ne!(now, before.1, "{what} matters");
        assert_eq!(check(&site, &kept).1, now, "{what}");
    }
}

#[test]
fn whatever_changes_in_files_is_seen() {
    require_seen(vec![
        ("page", write("pier.md", "# Pier\n\nNo boats.\n")),
        ("new page", write("old.md", "# Old\n")),
        ("page that is gone", remove("posts/quay.md")),
        ("config", write("copydesk.yaml", "rules: { known-typo: off }\n")),
        ("schema", write("schemas/post.json", "{\"required\": [\"tide\"]}\n")),
        ("target of an image", Box::new(|site| git(site, &["rm", "-q", "crane.png"]))),
        ("ignore file", write(".gitignore", "pier.md\n")),
        ("ignore file of this clone", write(".git/info/exclude", "pier.md\n")),
        ("config in a folder", write("posts/copydesk.yaml", "")),
    ]);
}

#[test]
fn whatever_changes_in_git_is_seen() {
    let remote = ["remote", "add", "o", "https://forge.example/quay/site.git"];
    let moves = |site: &Path| {
        git(site, &["mv", "pier.md", "old.md"]);
        git(site, &["commit", "-q", "-m", "Move"]);
        git(site, &["mv", "old.md", "jetty.md"]);
        git(site, &["commit", "-q", "-m", "Move again"]);
    };
    require_seen(vec![("remote", Box::new(move |site| git(site, &remote))), ("history", Box::new(moves))]);
}

#[test]
fn a_broken_record_is_not_used() {
    let (site, cache) = harbour("broken");
    checked(&site, &cache);
    let is_run = |file: &PathBuf| file.extension().is_some_and(|it| it == "run");
    let file = entries(&cache).into_iter().find(is_run).expect("the run is kept");
    let whole = fs::read(&file).expect("it is there");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for broken in [&whole[..whole.len() / 2], &*flipped, b"", &[0; 100]] {
        fs::write(&file, broken).expect("the cache can be written");
        checked(&site, &cache);
        assert_ne!(fs::read(&file).expect("it is there"), broken, "it is written again");
        assert!(is_recalled(&site, &cache));
    }
}

#[test]
fn a_run_that_fails_is_not_kept() {
    let (site, cache) = harbour("failed");
    fs::write(site.join("copydesk.yaml"), "rules: { no-such-rule: off }\n").expect("the site can be written");
    checked(&site, &cache);
    assert!(!cache.exists() || entries(&cache).is_empty());
}
