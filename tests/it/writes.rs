//! What is written, and where it never is: in a git directory, through a link of the checkout, over what the run reads.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{fs, path::Path, process::Command};

use crate::common::{
    files, repo,
    sandbox::{copydesk, site},
};

/// What one cannot write to disk without.
const WAYS_TO_WRITE: [&str; 12] = [
    "fs::write",
    "File::create",
    "File::options",
    "OpenOptions",
    "fs::rename",
    "fs::remove",
    "fs::copy",
    "fs::create_dir",
    "fs::hard_link",
    "fs::set_permissions",
    "fs::symlink(",
    "set_len(",
];

#[test]
fn all_that_is_written_goes_through_one_door() {
    let sources = files(&repo("src"));
    let sources = sources.iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let (mut inside, mut outside) = (0, Vec::new());
    for path in sources {
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let uses = WAYS_TO_WRITE.iter().filter(|way| text.contains(**way));
        if path.starts_with(repo("src/disk")) {
            inside += uses.count();
        } else {
            outside.extend(uses.map(|way| format!("{}: {way}", path.display())));
        }
    }
    assert!(inside > 0, "the door is not where it is looked for");
    assert_eq!(outside, Vec::<String>::new());
}

/// A git directory of each kind below a site: the usual one, a bare repository, and that of a further working tree.
const GIT_DIRECTORIES: [&str; 3] = [".git", "mirror", "trees/draft"];

fn with_git_directories(name: &str) -> std::path::PathBuf {
    let head = ("HEAD", "ref: refs/heads/main\n");
    let folder = site(
        name,
        &[
            ("a.md", "A\n"),
            (".git/config", "[core]\n"),
            ("mirror/HEAD", head.1),
            ("mirror/objects/pack/x", ""),
            ("mirror/refs/heads/x", ""),
            ("mirror/config", "[core]\n"),
            ("mirror/hooks/update.sample", ""),
            ("trees/draft/HEAD", head.1),
            ("trees/draft/commondir", "../..\n"),
            ("trees/draft/config", "[core]\n"),
        ],
    );
    fs::create_dir_all(folder.join(".git/hooks")).unwrap();
    folder
}

#[test]
fn nothing_is_written_into_a_git_directory() {
    let folder = with_git_directories("gits-named");
    for git in GIT_DIRECTORIES {
        for name in ["config", "new", "hooks/update"] {
            let file = format!("{git}/{name}");
            if !folder.join(&file).parent().unwrap().exists() {
                continue;
            }
            let words = format!("spelling: {{ words-file: {file} }}\n");
            for (config, arguments) in [
                ("", vec!["check".to_owned(), "--format".to_owned(), format!("concise={file}")]),
                ("", vec!["baseline".to_owned(), "create".to_owned(), "--file".to_owned(), file.clone()]),
                (&*words, ["words", "add", "Gullhaven"].map(str::to_owned).to_vec()),
                (
                    "",
                    vec!["import".to_owned(), ".markdownlint.json".to_owned(), "-o".to_owned(), file.clone()],
                ),
            ] {
                let before = fs::read_to_string(folder.join(&file)).ok();
                fs::write(folder.join("copydesk.yaml"), config).unwrap();
                fs::write(folder.join(".markdownlint.json"), "{}").unwrap();
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let (code, out, err) = copydesk(&folder, &arguments);
                assert_eq!(code, Some(2), "{arguments:?}: {out}{err}");
                assert_eq!(fs::read_to_string(folder.join(&file)).ok(), before, "{arguments:?}: {err}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn no_link_of_the_checkout_is_followed_for_a_report() {
    use std::os::unix::fs::symlink;

    let folder = with_git_directories("gits-linked");
    fs::create_dir(folder.join("build")).unwrap();
    for (link, target) in [
        ("to-config", ".git/config"),
        ("to-index", ".git/index"),
        ("to-git", ".git"),
        ("to-bare", "mirror"),
        ("to-page", "a.md"),
        ("to-nothing", "nothing.json"),
        ("to-folder", "build"),
        ("to-itself", "to-itself"),
        ("to-device", "/dev/null"),
    ] {
        symlink(target, folder.join(link)).unwrap();
    }
    let elsewhere = folder.with_file_name("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    for report in [
        "to-config",
        "to-index",
        "to-git/config",
        "to-git/hooks/pre-commit",
        "to-bare/hooks/update",
        "to-page",
        "to-nothing",
        "to-folder/new.json",
        "to-itself",
        "to-device",
    ] {
        let absolute = folder.join(report).display().to_string();
        let site = folder.display().to_string();
        let from_inside = copydesk(&folder, &["check", "--format", &format!("concise={report}")]);
        let from_outside =
            copydesk(&elsewhere, &["check", &site, "--format", &format!("concise={absolute}")]);
        for (code, out, err) in [from_inside, from_outside] {
            assert_eq!(code, Some(2), "{report}: {out}{err}");
            assert!(err.contains("path contains a symlink of the checkout"), "{report}: {err}");
        }
    }
    assert_eq!(fs::read_to_string(folder.join(".git/config")).unwrap(), "[core]\n");
    assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "A\n");
    for path in
        [".git/index", ".git/hooks/pre-commit", "nothing.json", "build/new.json", "mirror/hooks/update"]
    {
        assert!(!folder.join(path).exists(), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_report_goes_where_the_command_line_says() {
    use std::os::unix::fs::symlink;

    let folder =
        site("report-places", &[("a.md", "A\n"), ("old.json", "a longer text than that of the report")]);
    // The folder of the tests is itself in a repository, where no link is followed.
    let outside = std::env::temp_dir().join(format!("copydesk-reports-{}", std::process::id()));
    let _ = fs::remove_dir_all(&outside);
    fs::create_dir_all(&outside).unwrap();
    symlink("target.json", outside.join("link.json")).unwrap();
    let inside = ["old.json", "new.json"].map(|file| folder.join(file));
    for file in inside.iter().chain(&["new.json", "link.json"].map(|file| outside.join(file))) {
        let (code, out, err) =
            copydesk(&folder, &["check", "--format", &format!("json-lines={}", file.display())]);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "", ""), "{file:?}");
        assert_eq!(fs::read_to_string(file).unwrap(), "", "{file:?}");
    }
    assert!(outside.join("target.json").is_file() && outside.join("link.json").is_symlink());
    fs::remove_dir_all(&outside).unwrap();
    for stream in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        if Path::new(stream).exists() {
            let (code, out, err) = copydesk(&folder, &["check", "--format", &format!("sarif={stream}")]);
            assert_eq!((code, err.as_str()), (Some(0), ""), "{stream}");
            assert!(out.starts_with('{'), "{stream}: {out}");
        }
    }
    let (code, _, err) = copydesk(&folder, &["check", "--format", "json=/dev/null"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[test]
fn no_report_replaces_what_the_run_reads() {
    let config = "extends: ./base.yaml\nspelling: { words-file: words.txt }\n\
        collections: { all: { files: '*.md', schema: s.json, references: { author: { data: people.yaml } } } }\n";
    let kept = [
        ("a.md", "---\nauthor: mira\n---\n"),
        ("copydesk.yaml", config),
        ("base.yaml", "{}\n"),
        ("words.txt", "Gullhaven\n"),
        ("s.json", "{}\n"),
        ("people.yaml", "- id: mira\n"),
        ("known.json", "{ \"version\": 1, \"findings\": [] }\n"),
        ("list.txt", "a.md\n"),
    ];
    let folder = site("inputs", &kept);
    for (name, text) in kept {
        let format = format!("concise={name}");
        let arguments =
            ["check", "--baseline", "known.json", "--files-from", "list.txt", "--format", &format];
        let (code, out, err) = copydesk(&folder, &arguments);
        assert_eq!(code, Some(2), "{name}: {out}{err}");
        assert_eq!(err, format!("error: cannot write {name}: file is an input of this run\n"));
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), text, "{name}");
    }
    // One of another name is the same file; one that is not there yet would be read the next time.
    fs::hard_link(folder.join("a.md"), folder.join("same.txt")).unwrap();
    fs::write(folder.join("copydesk.yaml"), "").unwrap();
    for name in ["same.txt", ".copydesk-words.txt"] {
        let (code, _, err) = copydesk(&folder, &["check", "--format", &format!("concise={name}")]);
        assert_eq!(code, Some(2), "{name}: {err}");
    }
    assert!(!folder.join(".copydesk-words.txt").exists());
    assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "---\nauthor: mira\n---\n");
}

#[test]
fn two_reports_do_not_go_to_one_file() {
    let folder = site("twice", &[("a.md", "A\n")]);
    let (code, _, err) = copydesk(&folder, &["check", "--format", "json=r.txt", "--format", "html=./r.txt"]);
    assert_eq!(code, Some(2));
    assert_eq!(err, "error: cannot write ./r.txt: another report is written to this file\n");
    assert!(fs::read_to_string(folder.join("r.txt")).unwrap().starts_with('{'));
}

/// Commands that write a page, a word list and a baseline, and the file that each writes.
const WRITERS: [(&[&str], &str); 3] = [
    (&["check", "--fix"], "a.md"),
    (&["words", "add", "Ostrand"], ".copydesk-words.txt"),
    (&["baseline", "create"], "copydesk-baseline.json"),
];

fn writable(name: &str) -> std::path::PathBuf {
    let baseline = "{ \"version\": 1, \"findings\": [] }\n";
    let files = [("a.md", "# Quay\n\nthe  harbour\n"), (".copydesk-words.txt", "Gullhaven\n")];
    let config = ("copydesk.yaml", "rules: { double-space: warning, missing-title: error }\n");
    site(name, &[&files[..], &[config, ("copydesk-baseline.json", baseline)]].concat())
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_stay() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};

    let folder = writable("attributes");
    for (arguments, file) in WRITERS {
        let path = folder.join(file);
        let before = fs::read_to_string(&path).unwrap();
        if let Err(error) = setxattr(&path, "user.origin", b"crew", XattrFlags::empty()) {
            println!("skipped: this file system has no extended attributes: {error}");
            return;
        }
        let (code, _, err) = copydesk(&folder, arguments);
        assert!(code < Some(2), "{arguments:?}: {err}");
        assert_ne!(fs::read_to_string(&path).unwrap(), before, "{file}");
        let mut value = [0; 8];
        let len = getxattr(&path, "user.origin", &mut value[..]).unwrap();
        assert_eq!(&value[..len], b"crew", "{file}");
    }
}

#[test]
fn what_a_killed_process_left_is_removed_by_the_next() {
    for arguments in WRITERS.map(|(arguments, _)| arguments).into_iter().chain([&["check"][..]]) {
        let folder = writable("strays");
        let stray = folder.join(".copydesk-1-0.new");
        let kept = [".copydesk-notes.new", ".copydesk-1-0.md"].map(|name| folder.join(name));
        fs::write(&stray, "half a pa").unwrap();
        for path in &kept {
            fs::write(path, "ours").unwrap();
        }
        let (code, _, err) = copydesk(&folder, arguments);
        assert!(code < Some(2), "{arguments:?}: {err}");
        assert!(!stray.exists(), "{arguments:?}");
        assert!(kept.iter().all(|path| path.exists()), "{arguments:?}");
        // Its writer still lives.
        let held = fs::File::create(&stray).unwrap();
        held.lock().unwrap();
        let (code, _, err) = copydesk(&folder, arguments);
        assert!(code < Some(2), "{arguments:?}: {err}");
        assert!(stray.exists(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_removed_where_a_link_leads_out_of_the_site() {
    let outside = site("strays-outside", &[(".copydesk-1-0.new", "ours\n"), ("b.md", "# Quay\n")]);
    let config = "baseline: away/baseline.json\nsite: { content: away }\n";
    let pages = [("a.md", "# Quay\n\n[b](away/b.md)\n"), ("hugo.toml", "contentDir = \"away\"\n")];
    let folder = site("strays-inside", &[&pages[..], &[("copydesk.yaml", config)]].concat());
    std::os::unix::fs::symlink(&outside, folder.join("away")).unwrap();
    for arguments in [&["check"][..], &["check", "--no-config"]] {
        copydesk(&folder, arguments);
        assert!(outside.join(".copydesk-1-0.new").exists(), "{arguments:?}");
    }
    fs::remove_file(folder.join("copydesk.yaml")).unwrap();
    copydesk(&folder, &["check"]);
    assert!(outside.join(".copydesk-1-0.new").exists(), "by the config of a generator");
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_leaves_nothing_beside_the_pages() {
    let pages: Vec<String> = (0..120).map(|index| format!("page-{index}.md")).collect();
    let drafts: Vec<(&str, &str)> =
        pages.iter().map(|page| (page.as_str(), "# Quay\n\nthe  harbour\n")).collect();
    let config = ("copydesk.yaml", "rules: { double-space: warning }\n");
    for signal in ["-INT", "-TERM", "-HUP"].into_iter().cycle().take(9) {
        let folder = site("signals", &[&drafts[..], &[config]].concat());
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let mut child = command.current_dir(&folder).args(["check", "--fix", "--quiet"]).spawn().unwrap();
        let is_fixed = |page: &String| !fs::read_to_string(folder.join(page)).unwrap().contains("  ");
        while child.try_wait().unwrap().is_none() && !pages.iter().any(is_fixed) {
            std::thread::yield_now();
        }
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        child.wait().unwrap();
        let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = names.filter(|name| name.to_string_lossy().ends_with(".new")).collect();
        assert!(left.is_empty(), "{signal}: {left:?}");
    }
}

#[cfg(unix)]
#[test]
fn concise_quotes_names_that_could_be_taken_for_something_else() {
    let names = [
        ("plain name.md", "plain name.md"),
        ("posts/caf\u{e9}-1.md", "posts/caf\u{e9}-1.md"),
        ("[alias]go = x #.md", "\"[alias]go = x #.md\""),
        ("a.md:1:1: error[x]: b.md", "\"a.md:1:1: error[x]: b.md\""),
        ("; c.md", "\"; c.md\""),
        (" d.md", "\" d.md\""),
        ("e\"f\\g.md", "\"e\\\"f\\\\g.md\""),
        ("C#/h.md", "\"C#/h.md\""),
    ];
    for (name, shown) in names {
        let folder = site(
            "quoted",
            &[(name, "# Quay\n\nthe  harbour\n"), ("copydesk.yaml", "rules: { double-space: error }\n")],
        );
        let (code, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{name}");
        assert!(out.starts_with(&format!("{shown}:3:4: error[double-space]: ")), "{name}: {out}");
    }
}
