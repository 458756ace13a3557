//! Fixes of every fixture, and of pages made at random: they come to an end, a second run has nothing to do, no rule
//! changes more than it declares, and a page's front matter can be read as well as before.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::{Layer, PRESETS},
    diagnostic::Diagnostic,
    fix::{Applicability, Changes},
    internals::{
        front_matter::FrontMatter,
        lint::fix_to_fixpoint,
        markdown::{Dialect, Rendering, View},
    },
    rules::RULES,
    run::{self, FileChange, Options, Run},
};
use proptest::prelude::*;

fn fix(folder: &Path, settings: Layer, min_applicability: Applicability) -> (Run, Vec<FileChange>) {
    let options = Options {
        paths: vec![folder.to_owned()],
        cli_overrides: settings,
        ..Options::on_disk(folder.to_owned(), crate::common::TODAY)
    };
    run::fix(&options, min_applicability)
}

fn preset(name: &str) -> Layer {
    PRESETS.into_iter().find(|preset| preset.name == name).expect("there is such a preset").layer()
}

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixes").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(folder.join(".git")).unwrap();
    folder
}

fn rendering(text: &str) -> Rendering {
    Rendering::of(text, FrontMatter::parse(text).1, Dialect::UNKNOWN)
}

/// What is wrong with the findings that are left.
fn held_back(found: &[Diagnostic]) -> Vec<String> {
    let internal = found.iter().filter(|it| it.rule.id == "internal-error");
    internal.map(|it| format!("{}: {}", it.primary.path.display(), it.message)).collect()
}

/// Fixes a fixture folder with one rule, then what came of it again.
fn try_rule(id: &str, group: &str, min_applicability: Applicability, wrong: &mut Vec<String>) -> usize {
    let source = crate::common::repo(&format!("fixtures/{group}/{id}"));
    if !source.exists() {
        return 0;
    }
    let site = crate::common::clone(&source, &format!("fixes-{min_applicability:?}-{id}"));
    let (run, changes) = fix(&site, crate::common::trying(id), min_applicability);
    wrong.extend(held_back(&run.diagnostics).into_iter().map(|message| format!("{id}: {message}")));
    assert!(run.errors.is_empty(), "{id}: {:?}", run.errors);
    for change in &changes {
        if declares_nothing(id)
            && min_applicability == Applicability::Safe
            && !rendering(&change.before).equals(&rendering(&change.after), View::Whole)
        {
            wrong.push(format!("{id}: {} looks different", change.path.display()));
        }
    }
    assert!(run::write(&changes, &site).is_empty(), "{id}");
    let (again, more) = fix(&site, crate::common::trying(id), min_applicability);
    if !more.is_empty() || !again.fixed.is_empty() {
        wrong.push(format!("{id}: a second run changes {}", more[0].path.display()));
    }
    let leftover = again.diagnostics.iter().filter(|it| it.rule.id == id && offers(it, min_applicability));
    wrong.extend(leftover.map(|it| format!("{id}: {} keeps {}", it.primary.path.display(), it.message)));
    changes.len()
}

fn offers(finding: &Diagnostic, min_applicability: Applicability) -> bool {
    finding.fixes.iter().any(|fix| fix.applicability >= min_applicability)
}

fn declares_nothing(id: &str) -> bool {
    copydesk::rules::find(id).is_some_and(|def| def.meta.changes == Changes::Nothing)
}

#[test]
fn safe_fixes_of_every_rule_leave_what_readers_see_and_come_to_an_end() {
    let mut wrong = Vec::new();
    let changed: usize = RULES
        .iter()
        .map(|def| try_rule(def.meta.id, def.meta.group.id(), Applicability::Safe, &mut wrong))
        .sum();
    crate::common::assert_none(&wrong);
    assert!(changed > 60, "{changed} fixtures were changed");
}

#[test]
fn unsafe_fixes_of_every_rule_come_to_an_end() {
    let mut wrong = Vec::new();
    let changed: usize = RULES
        .iter()
        .map(|def| try_rule(def.meta.id, def.meta.group.id(), Applicability::Unsafe, &mut wrong))
        .sum();
    crate::common::assert_none(&wrong);
    assert!(changed > 100, "{changed} fixtures were changed");
}

/// Fixes a page by itself with every rule.
fn fixed(text: &str, layer: &Layer, min_applicability: Applicability) -> copydesk::internals::lint::Fixed {
    let path: Arc<Path> = Path::new("page.md").into();
    let source: Arc<str> = text.into();
    let check = |text: &Arc<str>| crate::common::check_bytes(text.as_bytes(), layer.clone());
    fix_to_fixpoint((&path, Dialect::UNKNOWN), &source, &check(&source), min_applicability, check)
}

/// What is wrong with the fixes of a page.
fn trouble(text: &str, layer: &Layer, min_applicability: Applicability) -> Vec<String> {
    let first = fixed(text, layer, min_applicability);
    let mut wrong: Vec<String> = first.held.clone();
    let second = fixed(&first.text, layer, min_applicability);
    if second.text != first.text {
        wrong.push(format!("again: {:?} then {:?}", first.text, second.text));
    }
    wrong
}

#[test]
fn all_rules_together_agree_on_every_fixture() {
    let pages = crate::common::files(&crate::common::repo("fixtures"));
    let mut wrong = Vec::new();
    for name in ["recommended", "strict", "markdownlint"] {
        let layer = preset(name);
        for path in pages.iter().filter(|path| path.extension().is_some_and(|it| it == "md")) {
            let Ok(text) = fs::read_to_string(path) else { continue };
            for min_applicability in [Applicability::Safe, Applicability::Unsafe] {
                let found = trouble(&text, &layer, min_applicability);
                wrong.extend(
                    found
                        .into_iter()
                        .map(|it| format!("{name} {min_applicability:?} {}: {it}", path.display())),
                );
            }
        }
    }
    crate::common::assert_none(&wrong);
}

/// The rules that declare that readers see no difference.
static STYLE: LazyLock<Layer> = LazyLock::new(|| {
    let style = RULES.iter().filter(|def| def.meta.changes == Changes::Nothing);
    let names: Vec<String> = style.map(|def| def.meta.id.to_owned()).collect();
    let mut layer = preset("strict");
    layer.extend(&Layer::only(&names));
    layer
});

static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pages = crate::common::files(&crate::common::repo("fixtures"));
    let pages = pages.iter().filter(|path| path.extension().is_some_and(|it| it == "md"));
    pages.filter_map(|path| fs::read_to_string(path).ok()).filter(|text| text.len() < 4_000).collect()
});

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    " ",
    "\t",
    "    ",
    "* ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    ">",
    "# ",
    "#",
    "## Pier ##",
    "\n===\n",
    "\n---\n",
    "***",
    "**",
    "*",
    "_",
    "__",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "| a | b |\n| - | - |\n",
    "|",
    "\\",
    "[a](b)",
    "[ a ](b)",
    "[b]: c\n",
    "<div>",
    "</div>",
    "<!-- x -->",
    "http://ferries.org",
    "<http://a.org>",
    "teh ",
    "[^1]",
    "[^1]: note\n",
    "\u{a0}",
    "é",
    "a",
    "word. ",
    "- [ ] ",
    "!",
    "&amp;",
    "---\ntitle: a  b\n---\n",
    "  \n",
];

fn any_text() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0_usize..8, prop::sample::select(PIECES));
    let mutated =
        (any::<prop::sample::Index>(), prop::collection::vec(change, 1..6)).prop_map(|(seed, changes)| {
            let mut characters: Vec<char> = seed.get(&SEEDS).chars().collect();
            for (at, length, piece) in changes {
                let start = at.index(characters.len() + 1);
                let end = (start + length).min(characters.len());
                characters.splice(start..end, piece.chars());
            }
            characters.into_iter().collect()
        });
    let made = prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![2 => mutated, 1 => made]
}

proptest! {
    #![proptest_config(crate::common::cases(400))]

    /// The guard may hold back fixes of pages like these; what is written is what readers saw before, and settles.
    #[test]
    fn whatever_the_page_style_fixes_leave_what_readers_see(text in any_text()) {
        let first = fixed(&text, &STYLE, Applicability::Safe);
        prop_assert!(rendering(&text).equals(&rendering(&first.text), View::Whole), "{:?}", first.text);
        if first.held.is_empty() {
            let second = fixed(&first.text, &STYLE, Applicability::Safe);
            prop_assert_eq!(&second.text, &first.text);
        }
    }
}

/// The text of a page with double spaces and no end, and what becomes of it.
const DRAFT: &str = "# Quay\n\n* the  harbour\n* meets";
const CLEAN: &str = "# Quay\n\n* the harbour\n* meets\n";

/// Fixes the pages of a folder and writes them; what could not be written.
fn fix_and_write(folder: &Path) -> Vec<run::Error> {
    let (run, changes) = fix(folder, preset("strict"), Applicability::Safe);
    assert!(run.errors.is_empty(), "{:?}", run.errors);
    run::write(&changes, folder)
}

#[cfg(unix)]
#[test]
fn line_breaks_byte_order_marks_modes_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder("kept");
    fs::write(folder.join("copydesk.yaml"), "extends: strict\nrules:\n  byte-order-mark: off\n").unwrap();
    let page = folder.join("page.md");
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(&page, crlf(DRAFT)).unwrap();
    fs::set_permissions(&page, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(folder.join("kept")).unwrap();
    fs::write(folder.join("kept/real.txt"), DRAFT).unwrap();
    symlink("kept/real.txt", folder.join("link.md")).unwrap();

    let options =
        |paths: Vec<PathBuf>| Options { paths, ..Options::on_disk(folder.clone(), crate::common::TODAY) };
    let (_, changes) = run::fix(&options(vec!["page.md".into(), "link.md".into()]), Applicability::Safe);
    assert!(run::write(&changes, &folder).is_empty());
    assert_eq!(fs::read_to_string(&page).unwrap(), crlf(CLEAN));
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.join("link.md")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(folder.join("kept/real.txt")).unwrap(), CLEAN);
    // Nothing is left of what was written beside them.
    let names: Vec<_> = crate::common::entries(&folder).into_iter().filter(|path| path.is_file()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[cfg(unix)]
#[test]
fn what_is_not_ours_to_write_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder("left");
    let page = folder.join("page.md");
    fs::write(&page, DRAFT).unwrap();
    fs::set_permissions(&page, fs::Permissions::from_mode(0o444)).unwrap();
    let errors = fix_and_write(&folder);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].to_string(), "page.md was not written: file is read-only");
    assert_eq!(fs::read_to_string(&page).unwrap(), DRAFT);

    fs::set_permissions(&page, fs::Permissions::from_mode(0o644)).unwrap();
    let (_, changes) = fix(&folder, preset("strict"), Applicability::Safe);
    fs::write(&page, "Somebody was faster.\n").unwrap();
    let errors = run::write(&changes, &folder);
    assert_eq!(errors[0].to_string(), "page.md was not written: file changed while it was being checked");
    assert_eq!(fs::read_to_string(&page).unwrap(), "Somebody was faster.\n");

    let outside = self::folder("outside").join("page.md");
    fs::write(&outside, DRAFT).unwrap();
    fs::remove_file(&page).unwrap();
    symlink(&outside, &page).unwrap();
    let errors = run::write(&changes, &folder);
    assert_eq!(errors[0].to_string(), "page.md was not written: symlink points outside the site root");
    assert_eq!(fs::read_to_string(&outside).unwrap(), DRAFT);
}

#[test]
fn a_page_that_is_no_text_is_left_alone() {
    let folder = folder("bytes");
    fs::write(folder.join("page.md"), b"the  harbour \xFF\n").unwrap();
    let (_, changes) = fix(&folder, preset("strict"), Applicability::Unsafe);
    assert_eq!(changes, []);
}

fn copydesk(folder: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(["check"]).args(arguments).env("SOURCE_DATE_EPOCH", "1717243200");
    command
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = std::process::Command::new("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn git_applies_the_patch() {
    let folder = folder("patch");
    fs::remove_dir(folder.join(".git")).unwrap();
    git(&folder, &["init", "--quiet"]);
    fs::write(folder.join("copydesk.yaml"), "extends: strict\n").unwrap();
    fs::create_dir(folder.join("pages")).unwrap();
    let pages = ["a page.md", "crlf.md", "pages/é.md", "long.md"];
    let long = format!("{DRAFT}\n\n{}* the  end", "A line of the log.\n\n".repeat(20));
    for (page, text) in pages.iter().zip([DRAFT, &DRAFT.replace('\n', "\r\n"), DRAFT, &long]) {
        fs::write(folder.join(page), text).unwrap();
    }
    let diff = |folder: &Path| copydesk(folder, &["--diff"]).output().unwrap();
    let output = diff(&folder);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(folder.join(pages[0])).unwrap(), DRAFT, "nothing is written");
    fs::write(folder.join("fixes.patch"), &output.stdout).unwrap();
    git(&folder, &["apply", "fixes.patch"]);
    assert_eq!(fs::read_to_string(folder.join(pages[0])).unwrap(), CLEAN);
    assert_eq!(fs::read_to_string(folder.join(pages[1])).unwrap(), CLEAN.replace('\n', "\r\n"));
    let again = diff(&folder);
    assert_eq!((again.status.code(), again.stdout.len()), (Some(0), 0));

    // In a folder of the repository, the patch is for that folder.
    fs::write(folder.join(pages[2]), DRAFT).unwrap();
    let inner = folder.join("pages");
    fs::write(folder.join("fixes.patch"), diff(&inner).stdout).unwrap();
    git(&inner, &["apply", "../fixes.patch"]);
    assert_eq!(fs::read_to_string(folder.join(pages[2])).unwrap(), CLEAN);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    use std::io::Write;

    let folder = folder("stdin");
    fs::write(folder.join("copydesk.yaml"), "extends: strict\n").unwrap();
    for (given, expected) in [(DRAFT.as_bytes(), CLEAN.as_bytes()), (b"\xFF  \n", b"\xFF  \n")] {
        let mut child = copydesk(&folder, &["--fix", "--stdin-filename", "page.md"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(given).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.stdout, expected);
        assert!(!output.stderr.is_empty(), "the report is on standard error");
        assert!(!folder.join("page.md").exists());
    }
}

#[test]
fn a_patch_shows_no_secret() {
    let folder = folder("secret");
    fs::write(
        folder.join("page.md"),
        "# Quay\n\nSee  [it](https://q.example/?access_token=hunter2secret).\n",
    )
    .unwrap();
    let output = copydesk(&folder, &["--no-config", "--select", "double-space", "--diff"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let shown = [output.stdout, output.stderr].concat();
    assert!(!String::from_utf8_lossy(&shown).contains("hunter2"), "{}", String::from_utf8_lossy(&shown));
    assert!(String::from_utf8_lossy(&shown).contains("page.md: patch would reveal a secret"));
}

#[test]
fn a_misspelling_that_a_page_repeats_hundreds_of_times_is_fixed_in_one_run() {
    let text = "We recieve one more.\n\n".repeat(700);
    let fixed = fixed(&text, &Layer::default(), Applicability::Safe);
    assert!(!fixed.text.contains("recieve"));
    assert_eq!(fixed.held, [""; 0]);
}

#[test]
fn a_fix_that_would_change_the_page_is_held_back_without_an_internal_error() {
    for text in [
        "[3]:http://l(\n",
        "An <a href=\"http://example.org/a>anchor</a> and <a href=\"http://example.org/b\">b</a>.\n",
    ] {
        let fixed = fixed(text, &preset("strict"), Applicability::Safe);
        assert!(
            fixed.held.iter().all(|reason| reason.ends_with("would change the rendered page")),
            "{:?}",
            fixed.held
        );
        let rendering = |text: &str| Rendering::of(text, 0, Dialect::UNKNOWN);
        assert!(rendering(text).equals(&rendering(&fixed.text), View::Whole), "{}", fixed.text);
    }
}
