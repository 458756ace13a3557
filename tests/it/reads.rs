//! What is read of a checkout: files of a limited size, nothing that never ends, and nothing that a link outside leads to.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

use crate::common::sandbox::{copydesk, site};

const IGNORE_FILES: [&str; 4] = [".gitignore", ".ignore", ".copydeskignore", ".markdownlintignore"];

/// Puts something at a path that is not a regular file of the site.
fn odd(folder: &Path, name: &str, kind: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    match kind {
        "a pipe" => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
        "a folder" => fs::create_dir(&path).unwrap(),
        "an endless device" => symlink("/dev/zero", &path).unwrap(),
        "a link out of the site" => symlink("../outside.txt", &path).unwrap(),
        "a link to nothing" => symlink("nothing", &path).unwrap(),
        _ => unreachable!("{kind}"),
    }
}

const KINDS: [&str; 5] =
    ["a pipe", "a folder", "an endless device", "a link out of the site", "a link to nothing"];

#[test]
fn an_ignore_file_that_is_no_file_of_the_site_is_an_error_and_the_pages_are_checked() {
    for name in IGNORE_FILES {
        for kind in KINDS {
            for below in ["", "posts/"] {
                let pages = [("a.md", "recieve\n"), ("posts/b.md", "recieve\n")];
                let folder = site("odd-ignore-file", &pages);
                fs::remove_file(folder.join("copydesk.yaml")).unwrap();
                fs::write(folder.with_file_name("outside.txt"), "*.md\n").unwrap();
                let name = format!("{below}{name}");
                odd(&folder, &name, kind);
                let (code, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
                assert_eq!((code, out.lines().count()), (Some(2), 2), "{name}, {kind}: {out}{err}");
                assert!(err.starts_with(&format!("error: cannot read {name}: ")), "{kind}: {err}");
            }
        }
    }
}

#[test]
fn an_ignore_file_over_the_limit_is_not_read() {
    let large = "*.md\n".repeat(250_000);
    let folder = site("large-ignore-file", &[("a.md", "recieve\n"), (".gitignore", &large)]);
    let (code, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
    assert_eq!((code, out.lines().count()), (Some(2), 1), "{out}");
    assert_eq!(err, "error: cannot read .gitignore: it is larger than 128 KiB\n");
}

#[test]
fn ignore_files_count_as_before() {
    let files = [
        ("a.md", "recieve\n"),
        ("drafts/b.md", "recieve\n"),
        ("drafts/keep.md", "recieve\n"),
        (".notes/c.md", "recieve\n"),
        (".gitignore", "drafts/*\n"),
        ("drafts/.copydeskignore", "!keep.md\n"),
        (".copydeskignore", "!/.notes/\n"),
        ("rules.txt", "a.md\n"),
    ];
    let folder = site("ignore-files", &files);
    symlink("rules.txt", folder.join(".ignore")).unwrap();
    let (_, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
    let places: Vec<&str> = out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!((places, err.as_str()), (vec![".notes/c.md", "drafts/keep.md"], ""));
}

#[test]
fn a_config_that_is_no_file_of_the_site_is_a_mistake_and_never_shown() {
    for name in [
        "copydesk.yaml",
        ".copydesk.yaml",
        ".config/copydesk.yaml",
        ".copydesk-words.txt",
        "admin/config.yml",
    ] {
        for kind in KINDS {
            let folder = site("odd-config", &[("a.md", "A\n")]);
            fs::remove_file(folder.join("copydesk.yaml")).unwrap();
            fs::write(folder.with_file_name("outside.txt"), "Ebb4ndFl0w: [\n").unwrap();
            odd(&folder, name, kind);
            for more in [&[][..], &["--format", "concise"]] {
                let (code, out, err) = copydesk(&folder, &[&["check"], more].concat());
                assert_eq!(code, Some(2), "{name}, {kind}: {out}{err}");
                assert!(out.contains(name) && out.contains("invalid-config"), "{name}, {kind}: {out}{err}");
                assert!(!out.contains("Ebb4ndFl0w"), "{name}, {kind}: {out}");
            }
        }
    }
}

#[test]
fn a_file_of_another_program_that_is_no_file_of_the_site_is_a_mistake_and_never_shown() {
    for name in ["hugo.toml", "mkdocs.yml", "docs/.vitepress/config.ts", "netlify.toml", "_redirects"] {
        for kind in KINDS.into_iter().filter(|kind| *kind != "a folder") {
            let folder = site("odd-generator", &[("a.md", "A\n")]);
            fs::write(folder.with_file_name("outside.txt"), "/Ebb4ndFl0w /b\n").unwrap();
            odd(&folder, name, kind);
            let (code, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
            assert_eq!((code, out.lines().count()), (Some(2), 1), "{name}, {kind}: {out}{err}");
            let place = format!("{name}:1:1: error[invalid-config]: cannot read `{name}`: ");
            assert!(out.starts_with(&place), "{name}, {kind}: {out}{err}");
            assert!(!out.contains("Ebb4ndFl0w"), "{name}, {kind}: {out}");
        }
    }
}

#[test]
fn a_folder_called_like_a_file_of_another_program_is_one_of_pages() {
    let pages = [("_redirects/quay.md", "A\n"), ("static/_redirects/pier.md", "A\n"), ("hugo.toml", "\n")];
    let folder = site("redirects-folder", &pages);
    let (code, out, err) = copydesk(&folder, &["check", "--format", "concise"]);
    assert_eq!(code, Some(0), "{out}{err}");
}

#[test]
fn a_file_of_another_program_over_the_limit_is_not_read() {
    let large = format!("/a /b\n#{}\n", "-".repeat(32 * 1024 * 1024));
    let folder = site("large-redirects", &[("a.md", "A\n"), ("_redirects", &large)]);
    let (code, out, _) = copydesk(&folder, &["check", "--format", "concise"]);
    assert_eq!(code, Some(2));
    assert_eq!(out, "_redirects:1:1: error[invalid-config]: cannot read `_redirects`: larger than 32 MiB\n");
}

#[test]
fn a_baseline_that_is_no_file_of_the_site_is_an_error_and_never_shown() {
    for kind in KINDS {
        let folder = site("odd-baseline", &[("a.md", "A\n")]);
        fs::write(folder.with_file_name("outside.txt"), "Ebb4ndFl0w: [\n").unwrap();
        odd(&folder, "known.json", kind);
        let (code, out, err) = copydesk(&folder, &["check", "--baseline", "known.json"]);
        assert_eq!(code, Some(2), "{kind}: {out}{err}");
        assert!(err.contains("known.json") && !err.contains("Ebb4ndFl0w"), "{kind}: {err}");
    }
}

#[test]
fn images_are_measured_by_their_first_bytes_and_never_outside_the_site() {
    let page = "![a](a.png)\n\n![b](b.png)\n";
    let config = "rules:\n  image-size: { max-width: 100 }\n";
    for kind in KINDS {
        let folder = site("odd-image", &[("page.md", page), ("copydesk.yaml", config)]);
        // A header of 200 × 1 pixels, and nothing else.
        let header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0\x01\x01\0\0\0\0";
        fs::write(folder.join("a.png"), header).unwrap();
        fs::write(folder.with_file_name("outside.txt"), header).unwrap();
        odd(&folder, "b.png", kind);
        let check = || copydesk(&folder, &["check", "--format", "concise", "--select", "image-size"]);
        let (code, out, err) = check();
        assert_eq!((code, &*out), (Some(1), WIDE), "{kind}: {err}");
        // What the first run kept does not hide that the image has changed.
        assert_eq!(check().1, WIDE);
        fs::write(folder.join("a.png"), "no image").unwrap();
        assert_eq!(check().1, "", "{kind}");
    }
}

const WIDE: &str = "page.md:1:6: warning[image-size]: image is 200 pixels wide, the maximum is 100\n";
