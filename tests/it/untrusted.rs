//! What a change cannot do to how it is checked, with `--untrusted-config` and without. Skipped, with a line that says
//! so, where there is no git.

use crate::since::{Repository, nothing, one};

const WRONG: &str = "# The pier\n\nThe the boats come in at noon.\n";
const QUIET: &str = "# The pier\n\nThe boats come in at noon.\n";
const UNTRUSTED: [&str; 3] = ["--since", "main", "--untrusted-config"];

fn ignored(path: &str) -> String {
    format!("{path} untrusted-suppression")
}

#[test]
fn an_old_branch_brings_back_no_old_config() {
    let files = [("copydesk.yaml", "exclude: [\"blog/**\"]\n"), ("a.md", QUIET), ("blog/b.md", QUIET)];
    let Some(site) = Repository::new("untrusted-base", &files) else { return };
    site.write(
        "copydesk.yaml",
        "files: [\"**/*.md\", \"later/*.md\"]\nspelling: { words-file: words.txt }\n",
    );
    site.write("words.txt", "Gullhaven\n");
    site.write("later/c.md", QUIET);
    site.write("old.md", WRONG);
    site.commit("Check the blog too");
    site.git(&["checkout", "-q", "-b", "change", "main~1"]);
    site.write("blog/p.md", WRONG);
    site.commit("Add a page");
    assert_eq!(site.found(&["--since", "main"]), nothing(), "the config is the branch's own");
    assert_eq!(site.found(&UNTRUSTED), one("blog/p.md repeated-word"));
    assert_eq!(
        site.found(&["--since", "main", "--untrusted-config", "--staged"]),
        one("blog/p.md repeated-word")
    );
}

#[test]
fn ignore_files_of_the_change_make_no_missing_page_a_generated_one() {
    let files = [(".gitignore", "built/\n"), ("a.md", "# The pier\n\n[Tides](built/tides.md)\n")];
    let Some(site) = Repository::new("untrusted-ignore-files", &files) else { return };
    site.git(&["checkout", "-q", "-b", "change"]);
    site.write("b.md", "# The quay\n\n[Tides](built/tides.md) [boats](boats.md)\n");
    site.write(".gitignore", "built/\nboats.md\n");
    site.write("boats/.gitignore", "*\n");
    assert_eq!(site.found(&["--since", "main"]), nothing(), "the ignore file is the branch's own");
    assert_eq!(site.found(&UNTRUSTED), one("b.md broken-link"));
}

#[test]
fn submodules_of_the_change_make_no_missing_page_that_of_another_repository() {
    let Some(site) = Repository::new("untrusted-submodules", &[("a.md", "# The pier\n")]) else { return };
    site.git(&["checkout", "-q", "-b", "change"]);
    site.write("b.md", "# The quay\n\n[Boats](fleet/boats.md)\n");
    site.write(
        ".gitmodules",
        "[submodule \"fleet\"]\n\tpath = fleet\n\turl = https://gullhaven.example/fleet\n",
    );
    assert_eq!(site.found(&["--since", "main"]), nothing(), "the list of submodules is the branch's own");
    assert_eq!(site.found(&UNTRUSTED), one("b.md broken-link"));
}

#[test]
fn a_stricter_config_of_the_base_blames_no_change() {
    let files = [("copydesk.yaml", "rules: { repeated-word: off }\n"), ("a.md", WRONG)];
    let Some(site) = Repository::new("untrusted-stricter", &files) else { return };
    site.write("copydesk.yaml", "rules: { repeated-word: error }\n");
    site.commit("Look for repeated words");
    site.git(&["checkout", "-q", "-b", "change", "main~1"]);
    site.write("a.md", &format!("{WRONG}\nThe end.\n"));
    site.commit("Go on");
    assert_eq!(site.found(&UNTRUSTED), nothing());
}

#[test]
fn comments_that_a_change_brings_suppress_nothing() {
    let Some(site) = Repository::new("untrusted-comments", &[("a.md", QUIET), ("b.md", QUIET)]) else {
        return;
    };
    site.git(&["checkout", "-q", "-b", "change"]);
    for comment in [
        "<!-- copydesk-disable-file -->",
        "<!-- copydesk-disable repeated-word -->",
        "<!-- copydesk-disable-next-line -->",
    ] {
        site.write("a.md", &WRONG.replace("The the", &format!("{comment}\nThe the")));
        assert_eq!(site.found(&["--since", "main"]), nothing(), "{comment}");
        let (found, code) = site.found(&UNTRUSTED);
        assert_eq!((found, code), (vec![ignored("a.md"), "a.md repeated-word".to_owned()], 1), "{comment}");
    }
    let page = "# The pier\n\n<!-- markdownlint-disable -->\n\nSee http://gullhaven.example\n";
    site.write("a.md", page);
    assert_eq!(site.found(&["--since", "main", "--select", "bare-url"]), nothing());
    let (found, _) = site
        .found(&[&UNTRUSTED[..], &["--select", "bare-url", "--select", "untrusted-suppression"]].concat());
    assert_eq!(found, [ignored("a.md"), "a.md bare-url".to_owned()]);
    for comment in ["<!-- cspell:disable -->", "<!-- codespell:ignore recieve -->", "<!-- vale off -->"] {
        site.write("a.md", &format!("# The pier\n\n{comment} They recieve boats.\n"));
        assert_eq!(site.found(&["--since", "main"]), nothing(), "{comment}");
        let (found, _) = site.found(&UNTRUSTED);
        assert_eq!(found, [ignored("a.md"), "a.md known-typo".to_owned()], "{comment}");
    }
    site.write("a.md", QUIET);
    site.write("new.md", "---\ntitle: The the pier # copydesk-disable-line\n---\n\nBoats.\n");
    let (found, _) = site.found(&UNTRUSTED);
    assert!(
        found.contains(&ignored("new.md")) && found.contains(&"new.md repeated-word".to_owned()),
        "{found:?}"
    );
}

#[test]
fn comments_that_were_there_before_still_count() {
    let comment = "<!-- copydesk-disable-next-line repeated-word -->\n";
    let page = WRONG.replace("The the", &format!("{comment}The the"));
    let Some(site) = Repository::new("untrusted-known", &[("a.md", &page)]) else { return };
    site.git(&["checkout", "-q", "-b", "change"]);
    let more = format!("{page}\nThey leave at dusk.\n\nNobody stays.\n");
    site.write("a.md", &more.replace("noon", "one"));
    assert_eq!(site.found(&UNTRUSTED), nothing());
    site.write("a.md", &format!("{page}\nThe end.\n"));
    site.git(&["mv", "a.md", "b.md"]);
    site.commit("Rename it");
    assert_eq!(site.found(&UNTRUSTED), nothing(), "under another name");
    site.write("c.md", &page);
    let (found, _) = site.found(&UNTRUSTED);
    assert_eq!(found, [ignored("c.md"), "c.md repeated-word".to_owned()], "a copy is new");
    site.git(&["checkout", "-q", "-f", "main"]);
    std::fs::remove_file(site.0.join("c.md")).expect("it is there");
    site.write("a.md", &page.replace(comment, &format!("{comment}Nor nor do they leave.\n")));
    let (found, _) = site.found(&UNTRUSTED);
    assert!(
        found.contains(&ignored("a.md")) && found.len() > 1,
        "it would speak for another line: {found:?}"
    );
}

#[test]
fn a_baseline_of_the_change_has_no_say() {
    let Some(site) = Repository::new("untrusted-baseline", &[("a.md", QUIET)]) else { return };
    let create = || {
        let made = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(["baseline", "create"])
            .current_dir(&site.0)
            .output();
        assert!(made.expect("the binary can be started").status.success());
    };
    let with = |more: &[&'static str]| [&["--baseline", "copydesk-baseline.json"], more].concat();
    create();
    site.commit("Have a baseline");
    site.git(&["checkout", "-q", "-b", "change"]);
    site.write("a.md", WRONG);
    create();
    assert_eq!(site.found(&with(&["--since", "main"])), nothing());
    assert_eq!(site.found(&with(&UNTRUSTED)), one("a.md repeated-word"));
    site.git(&["rm", "-q", "--cached", "copydesk-baseline.json"]);
    site.git(&["commit", "-q", "-m", "Have none"]);
    site.git(&["branch", "-q", "-f", "main"]);
    assert_eq!(site.found(&with(&UNTRUSTED)).1, 2, "one that the base does not have");
}

const SECRET: &str = "# Boats\n\nSee [it](https://ci:Abcd1234efgh@git.gullhaven.example/x).\n";

#[test]
fn another_secret_in_the_same_place_is_new() {
    let Some(site) = Repository::new("another-secret", &[("a.md", SECRET)]) else { return };
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["baseline", "create"])
        .current_dir(&site.0)
        .output();
    assert!(made.expect("the binary can be started").status.success());
    site.commit("Have a baseline");
    let baseline = ["--baseline", "copydesk-baseline.json"];
    let both = ["--since", "HEAD", "--baseline", "copydesk-baseline.json"];
    assert_eq!((site.found(&baseline), site.found(&both)), (nothing(), nothing()));
    site.write("a.md", &SECRET.replace("Abcd1234efgh", "Zyxw9876vuts"));
    assert_eq!(site.found(&["--since", "HEAD"]), one("a.md url-credential"));
    assert_eq!(site.found(&both), one("a.md url-credential"));
    assert_eq!(site.found(&baseline), nothing(), "a baseline alone does not know the secret");
    for other in
        [SECRET.replace("ci:", "root:"), SECRET.replace("git.", "vault."), SECRET.replace("/x", "/y")]
    {
        site.write("a.md", &other.replace("Abcd1234efgh", "Zyxw9876vuts"));
        assert_eq!(site.found(&baseline), one("a.md url-credential"), "{other}");
    }
    site.write("a.md", &SECRET.replace('\n', "\r\n"));
    assert_eq!(site.found(&both), nothing(), "the line is the same");
    site.write("a.md", &format!("{SECRET}\nMore.\n"));
    assert_eq!(site.found(&both), nothing());
}

/// A filter that the machine has, and that the change names: it would start, and make both contents the same.
#[test]
fn no_filter_is_started_and_none_hides_a_change() {
    let Some(site) = Repository::new("filters", &[("a.md", QUIET), ("old.md", QUIET)]) else { return };
    let mark = site.0.join("started");
    let program = format!("sh -c 'touch \"{}\"; cat >/dev/null; printf same'", mark.display());
    for setting in ["filter.tide.clean", "filter.tide.smudge", "diff.tide.textconv", "diff.tide.command"] {
        site.git(&["config", setting, &program]);
    }
    site.write(".gitattributes", "*.md filter=tide diff=tide\n");
    site.write("a.md", WRONG);
    site.write("new.md", WRONG);
    for staged in [&[][..], &["--staged"]] {
        let (found, _) = site.found(&[&["--since", "main"], staged].concat());
        assert_eq!(found.is_empty(), !staged.is_empty(), "{found:?}");
        let (found, _) = site.found(&[&UNTRUSTED[..], staged].concat());
        assert_eq!(found.is_empty(), !staged.is_empty(), "{found:?}");
    }
    assert_eq!(site.found(&["--since", "main", "--scope", "files", "a.md"]), one("a.md repeated-word"));
    assert!(!mark.exists(), "a filter was started");
}

#[test]
fn a_file_that_was_only_touched_is_no_change() {
    let Some(site) = Repository::new("touched", &[("a.md", WRONG), ("b.md", WRONG)]) else { return };
    site.write("a.md", WRONG);
    site.write("b.md", &WRONG.replace('\n', "\r\n"));
    let of_files = ["--since", "main", "--scope", "files"];
    assert_eq!(site.found(&of_files), nothing());
    site.write("b.md", &format!("{WRONG}\nThe end.\n"));
    assert_eq!(site.found(&of_files), one("b.md repeated-word"));
    std::fs::remove_file(site.0.join("a.md")).expect("it is there");
    site.git(&["checkout", "-q", "-b", "linked"]);
    assert_eq!(site.found(&["--since", "main"]), nothing());
}

#[test]
fn pages_are_pages_in_any_case_and_the_others_are_named() {
    let config = "collections:\n  blog: { files: \"blog/*.md\", schema: builtin:blog-post }\n";
    let Some(site) = Repository::new("what-is-a-page", &[("copydesk.yaml", config), ("blog/a.md", QUIET)])
    else {
        return;
    };
    site.git(&["checkout", "-q", "-b", "change"]);
    for name in ["p.MD", "p.Markdown", "p.mkd", "p.MDOWN", "p.mkdn", "p.mkdown", "p.mdwn", "blog/p.mD"] {
        site.write(name, WRONG);
        let (found, _) = site.found(&UNTRUSTED);
        assert!(found.contains(&format!("{name} repeated-word")), "{name}: {found:?}");
        let is_post = found.contains(&format!("{name} missing-front-matter"));
        assert_eq!(is_post, name.starts_with("blog/"), "{found:?}");
        std::fs::remove_file(site.0.join(name)).expect("it is there");
    }
    site.write("Blog/p.md", QUIET);
    for arguments in [&UNTRUSTED[..], &["--since", "main"], &[]] {
        let (found, code) = site.found(arguments);
        assert!(found.contains(&"Blog/p.md invalid-config".to_owned()) && code == 1, "{found:?}");
    }
    site.write("p.mdx", WRONG);
    let said = || String::from_utf8_lossy(&site.run_in("", &UNTRUSTED).stderr).into_owned();
    assert!(
        said().contains("note: 1 MDX page skipped, because `files` does not match them: p.mdx"),
        "{}",
        said()
    );
}

#[test]
fn folders_that_are_passed_over_by_their_name_are_named() {
    let page = "node_modules/boat/p.md";
    let Some(site) = Repository::new("passed-over", &[("a.md", QUIET), (page, WRONG)]) else { return };
    site.git(&["checkout", "-q", "-b", "change"]);
    site.write("docs/node_modules/p.md", WRONG);
    site.commit("Add a page");
    let note = "note: 2 directories skipped, because packages of others are never checked: docs/node_modules, node_modules";
    for arguments in [&UNTRUSTED[..], &["--since", "main", "--staged"], &[]] {
        let said = String::from_utf8_lossy(&site.run_in("", arguments).stderr).into_owned();
        assert!(said.contains(note), "{arguments:?}: {said}");
    }
    site.write("copydesk.yaml", "files: [\"*.md\"]\n");
    site.write(".gitignore", "/docs/node_modules/\n");
    let said = |arguments| String::from_utf8_lossy(&site.run_in("", arguments).stderr).into_owned();
    assert_eq!(said(&[]), "");
    assert!(said(&UNTRUSTED).contains(note), "neither the config nor the ignore file of the change counts");
}

#[cfg(unix)]
#[test]
fn links_that_look_like_pages_are_named() {
    use std::os::unix::fs::symlink;
    let Some(site) = Repository::new("links-as-pages", &[("a.md", QUIET), ("data/p.txt", WRONG)]) else {
        return;
    };
    site.git(&["checkout", "-q", "-b", "change"]);
    symlink("data/p.txt", site.0.join("p.md")).expect("a link can be made");
    symlink("data", site.0.join("more")).expect("a link can be made");
    symlink("data/p.txt", site.0.join("picture.png")).expect("a link can be made");
    symlink("a.md", site.0.join("b.md")).expect("a link can be made");
    site.commit("Add links");
    let note = "note: 2 symbolic links to pages or folders not followed: more, p.md";
    for arguments in [&UNTRUSTED[..], &["--since", "main", "--staged"], &[]] {
        let said = String::from_utf8_lossy(&site.run_in("", arguments).stderr).into_owned();
        assert!(said.contains(note), "{arguments:?}: {said}");
    }
}
