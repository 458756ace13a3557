//! The cache: a warm check says what a cold one says, byte for byte, whatever became of the cache.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use copydesk::report::Format;

use crate::common::{
    entries, repo,
    sandbox::{copydesk, copydesk_reading, site},
};

/// An empty folder for a cache.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// A copy of a fixture in a repository of its own, which the caches here are not in.
fn copied(name: &str, fixture: &Path) -> PathBuf {
    let site = site(&format!("cache-{name}"), &[]);
    fs::remove_file(site.join("copydesk.yaml")).expect("it is there");
    copy(fixture, &site);
    site
}

/// Exit code, standard output and standard error of a check with options.
fn check(site: &Path, options: &[&str]) -> (Option<i32>, String, String) {
    copydesk(site, &[&["check", "--color", "never"], options].concat())
}

/// Compares a check that uses a cache with one that does not. Returns what both say.
fn require_equal(site: &Path, cache: &Path, format: &str) -> String {
    let cache = cache.to_str().expect("the path is Unicode");
    let warm = check(site, &["--format", format, "--cache-dir", cache]);
    let cold = check(site, &["--format", format, "--no-cache"]);
    assert!(warm == cold, "{}, {format}:\n{}\n{}{}\n{}", site.display(), cold.1, warm.1, cold.2, warm.2);
    warm.1
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the target folder can be written");
    for entry in entries(from) {
        let target = to.join(entry.file_name().expect("it has a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, target).expect("it can be read");
        }
    }
}

/// The files of a cache that have facts of pages.
fn files(cache: &Path) -> Vec<PathBuf> {
    let all = if cache.is_dir() { entries(cache) } else { vec![] };
    all.into_iter().filter(|file| file.extension().is_some_and(|it| it == "facts")).collect()
}

/// Forgets whole runs, so that the next one needs the facts of pages.
fn forget_runs(cache: &Path) {
    let is_run = |file: &PathBuf| file.extension().is_some_and(|it| it == "run");
    for file in entries(cache).into_iter().filter(is_run) {
        fs::remove_file(file).expect("it is there");
    }
}

#[test]
fn a_warm_check_says_what_a_cold_one_says() {
    let cache = folder("fixtures");
    for fixture in entries(&repo("fixtures/sites")).into_iter().filter(|site| site.is_dir()) {
        let name = fixture.file_name().expect("it has a name").to_string_lossy();
        let site = copied(&format!("all-{name}"), &fixture);
        // Cold, with the facts of pages, and with a whole run.
        require_equal(&site, &cache, "json");
        forget_runs(&cache);
        require_equal(&site, &cache, "json");
        require_equal(&site, &cache, "json");
    }
    assert!(files(&cache).len() > 10, "the cache is used");
}

#[test]
fn every_format_is_the_same() {
    let (site, cache) = (copied("formats", &repo("fixtures/sites/harbour")), folder("formats"));
    for format in Format::names() {
        assert!(!require_equal(&site, &cache, format).is_empty());
    }
}

#[test]
fn edits_are_seen() {
    let (site, cache) = (copied("edits", &repo("fixtures/sites/harbour")), folder("edits"));
    let mut pages = Vec::new();
    collect(&site, &mut pages);
    let mut seed = 7_usize;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut said = Vec::new();
    for _ in 0..12 {
        let (page, other) = (&pages[next(pages.len())], &pages[next(pages.len())]);
        let written = match next(4) {
            0 if other.exists() => fs::copy(other, page).map(drop),
            1 if page.exists() => fs::remove_file(page),
            2 => {
                let rule = ["repeated-word", "known-typo", "bare-url"][next(3)];
                let config = format!("rules: {{ {rule}: off }}\n");
                fs::write(site.join("copydesk.yaml"), config)
            }
            _ => fs::write(page, format!("# Quay\n\nThe the boat of {} recieve mail.\n", next(1000))),
        };
        written.expect("the site can be written");
        said.push(require_equal(&site, &cache, "json"));
    }
    said.dedup();
    assert!(said.len() > 1, "the edits matter");
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in entries(folder) {
        if entry.is_dir() {
            collect(&entry, pages);
        } else if entry.extension().is_some_and(|it| it == "md") {
            pages.push(entry);
        }
    }
}

/// How many entries the only file of a cache says that it has, after its header of 40 bytes.
fn entry_count(cache: &Path) -> u32 {
    let file = fs::read(&files(cache)[0]).expect("it is there");
    u32::from_le_bytes(file[40..44].try_into().expect("that is the length"))
}

#[test]
fn a_page_by_itself_uses_what_a_check_of_its_site_kept() {
    let (site, cache) = (copied("one", &repo("fixtures/sites/harbour")), folder("one"));
    let cache_text = cache.to_str().expect("the path is Unicode");
    require_equal(&site, &cache, "json");
    let before = entry_count(&cache);
    let mut pages = Vec::new();
    collect(&site, &mut pages);
    for (page, number) in pages.iter().take(4).zip(1..) {
        let page = page.to_str().expect("the path is Unicode");
        let check_with = |options: &[&str]| check(&site, &[&["--format", "json", page], options].concat());
        assert_eq!(check_with(&["--cache-dir", cache_text]), check_with(&["--no-cache"]), "{page}");
        // The likely misspellings of the page are kept as well.
        assert!(entry_count(&cache) <= before + number, "{page}: other pages were read again");
    }
}

#[test]
fn a_broken_cache_is_not_used() {
    let (site, cache) = (copied("broken", &repo("fixtures/sites/links")), folder("broken"));
    require_equal(&site, &cache, "json");
    let [file] = &files(&cache)[..] else { panic!("there is one site") };
    let whole = fs::read(file).expect("it is there");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    let foreign = [&b"copydesk facts 1"[..], &[7; 8], &whole[24..]].concat();
    for broken in [&whole[..whole.len() / 2], &flipped, &foreign, b"", &[0; 100]] {
        forget_runs(&cache);
        fs::write(file, broken).expect("the cache can be written");
        require_equal(&site, &cache, "json");
        assert_eq!(fs::read(file).expect("it is there"), whole, "it is written again");
    }
    forget_runs(&cache);
    fs::remove_file(file).expect("it is there");
    fs::create_dir(file).expect("the cache can be written");
    require_equal(&site, &cache, "json");
}

#[test]
fn two_checks_at_once_share_a_cache() {
    let (site, cache) = (copied("shared", &repo("fixtures/sites/harbour")), folder("shared"));
    let cold = check(&site, &["--no-cache", "--format", "json"]).1;
    for _ in 0..3 {
        let start = |_: usize| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
            command.current_dir(&site).args(["check", "--format", "json", "--cache-dir"]).arg(&cache);
            command.stdout(Stdio::piped()).spawn().expect("the program starts")
        };
        let children: Vec<_> = (0..4).map(start).collect();
        for child in children {
            let out = child.wait_with_output().expect("the program ends").stdout;
            assert_eq!(String::from_utf8_lossy(&out), cold);
        }
        assert_eq!(files(&cache).len(), 1, "nothing is left over");
        require_equal(&site, &cache, "json");
    }
}

#[test]
fn secrets_are_not_written_to_the_cache() {
    let page = "# Quay\n\nSee [feed](https://mira:hunter2secret@quay.example/) and recieve `?sig=AKIAIOSFODNN7EXAMPLE`.\n";
    let files_of_site = [("a.md", page), ("b.md", "# Pier\n\nWe recieve zebrawoodfish.\n")];
    let (site, cache) = (site("cache-secrets", &files_of_site), folder("secrets"));
    require_equal(&site, &cache, "json");
    require_equal(&site, &cache, "json");
    assert_eq!(entries(&cache).len(), 2, "facts of pages, and a run");
    for file in entries(&cache) {
        let bytes = fs::read(file).expect("it is there");
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(has("zebrawoodfish") || has("recieve"), "the other page is there");
        assert!(!has("hunter") && !has("AKIA"));
    }
}

#[test]
fn the_cache_is_not_used_for_untrusted_changes() {
    let (site, cache) = (site("cache-untrusted", &[("a.md", "# Quay\n")]), folder("untrusted"));
    fs::remove_dir(site.join(".git")).expect("it is empty");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Mira", "-c", "user.email=mira@quay.example"];
        let status = Command::new("git").current_dir(&site).args(identity).args(arguments).status();
        assert!(status.expect("git is there").success());
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "Quay"]);
    fs::write(site.join("a.md"), "# Quay\n\nThe the boats.\n").expect("the site can be written");
    let cache_text = cache.to_str().expect("the path is Unicode");
    let (code, ..) = check(&site, &["--since", "HEAD", "--untrusted-config", "--cache-dir", cache_text]);
    assert_eq!((code, files(&cache).len()), (Some(1), 0));
    assert_eq!(check(&site, &["--since", "HEAD", "--cache-dir", cache_text]).0, Some(1));
    assert_eq!(files(&cache).len(), 1);
}

#[test]
fn the_cache_is_used_unless_it_is_turned_off() {
    let (site, cache) = (site("cache-usual", &[("a.md", "# Quay\n")]), folder("usual"));
    let check_with = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(&site).arg("check").args(options);
        command.env("XDG_CACHE_HOME", &cache).env_remove("COPYDESK_CACHE_DIR");
        assert!(command.output().expect("the program starts").status.success());
        files(&cache.join("copydesk")).len()
    };
    assert_eq!(check_with(&["--no-cache"]), 0);
    assert_eq!(check_with(&[]), 1);
}

#[test]
fn text_that_is_not_in_a_file_is_not_written_to_the_cache() {
    let (site, cache) = (site("cache-given", &[("a.md", "# Quay\n")]), folder("given"));
    let cache_text = cache.to_str().expect("the path is Unicode");
    let options = ["check", "--cache-dir", cache_text, "--stdin-filename", "a.md", "-"];
    copydesk_reading(&site, &options, b"# Pier\n\nThe the boats.\n");
    assert_eq!(files(&cache).len(), 0);
}

#[test]
fn a_cache_in_the_repository_is_not_used() {
    let site = site("cache-inside", &[("docs/copydesk.yaml", ""), ("docs/a.md", "# Quay\n")]);
    let (code, _, error) = check(&site.join("docs"), &["--cache-dir", "../cache"]);
    let reason = "error: --cache-dir is in the repository; its files could come from a commit\n";
    assert_eq!((code, &*error), (Some(2), reason));
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(site.join("docs")).arg("check").env("COPYDESK_CACHE_DIR", site.join("cache"));
    assert!(command.output().expect("the program starts").status.success());
    assert!(!site.join("cache").exists());
    // Nor one that a link in the repository leads to, or that leads into it.
    #[cfg(unix)]
    {
        let link = folder("link");
        fs::create_dir_all(link.parent().expect("it has one")).expect("the folder can be written");
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(&site, &link).expect("the link can be written");
        let linked = link.join("cache");
        let (code, ..) = check(&site, &["--cache-dir", linked.to_str().expect("the path is Unicode")]);
        assert_eq!(code, Some(2));
    }
}

#[test]
fn the_command_names_and_cleans_the_cache() {
    let (site, cache) = (site("cache-command", &[("a.md", "# Quay\n")]), folder("command"));
    let cache_text = cache.to_str().expect("the path is Unicode");
    assert_eq!(
        copydesk(&site, &["cache", "path", "--cache-dir", "x"]).1,
        format!("{}\n", site.join("x").display())
    );
    check(&site, &["--cache-dir", cache_text]);
    fs::write(cache.join("notes.txt"), "kept").expect("the cache can be written");
    assert_eq!(entries(&cache).len(), 3);
    let (code, out, _) = copydesk(&site, &["cache", "clean", "--cache-dir", cache_text]);
    assert!(code == Some(0) && out.starts_with(&format!("{cache_text}: removed ")), "{out}");
    assert_eq!(entries(&cache), [cache.join("notes.txt")]);
}
