//! What several tests share: running a folder or a text, and files that hold what is expected.

pub mod sandbox;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    config::{Config, Layer, Level, Origin, RuleSetting},
    diagnostic::Diagnostic,
    internals::{
        discover::SiteFiles,
        document::Document,
        lint,
        markdown::Dialect,
        site::{Page, Site},
        sources::Sources,
    },
    report::{Format, RenderOptions, reporter},
    run::{self, ConfigChoice, Options, Run},
    text::{line_diff, lines},
};
use jiff::civil;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};

/// The day on which all tests run.
pub const TODAY: civil::Date = civil::date(2024, 6, 1);

/// A configuration for random input: the same input in every run, so that a change is judged by what it changes.
/// `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look further.
pub fn cases(cases: u32) -> ProptestConfig {
    let asked = |name| std::env::var_os(name).is_some();
    let default = ProptestConfig::default();
    let rng_seed = if asked("PROPTEST_RNG_SEED") { default.rng_seed } else { RngSeed::Fixed(1) };
    let cases = if asked("PROPTEST_CASES") { default.cases } else { cases };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..default }
}

/// A path in the repository.
pub fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Settings that leave just one rule on.
pub fn only(rule: &str) -> Layer {
    let mut layer = Layer::default();
    layer.set(rule, &RuleSetting::Level(Level::On), &Origin::CommandLine).expect("the rule exists");
    layer.extend(&Layer::only(&[rule.to_owned()]));
    layer
}

/// Rules that speak of what the others did, and so cannot be tried alone.
const WITH_OTHERS: [&str; 1] = ["unused-suppression"];

/// Settings to try a rule with.
pub fn trying(rule: &str) -> Layer {
    if WITH_OTHERS.contains(&rule) { Layer::default() } else { only(rule) }
}

/// Checks paths with the config that is found for them.
pub fn check(paths: &[&Path], cli_overrides: Layer) -> Run {
    check_with(ConfigChoice::Discover, paths, cli_overrides)
}

/// Checks paths with a config of choice.
pub fn check_with(config: ConfigChoice, paths: &[&Path], cli_overrides: Layer) -> Run {
    let current = paths.first().map_or_else(|| repo(""), |path| path.to_path_buf());
    let current =
        if current.is_dir() { current } else { current.parent().expect("a file has a folder").to_owned() };
    run::check(&Options {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        config,
        cli_overrides,
        ..Options::on_disk(current, TODAY)
    })
}

/// The findings in a page that is a site by itself.
pub fn check_text(text: &str, cli_overrides: Layer) -> Vec<Diagnostic> {
    check_bytes(text.as_bytes(), cli_overrides)
}

/// The findings in a file of these bytes that is a site by itself.
pub fn check_bytes(bytes: &[u8], cli_overrides: Layer) -> Vec<Diagnostic> {
    let config = Config::defaults(cli_overrides);
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    let settings = config.settings(std::slice::from_ref(&path)).remove(0);
    let mut document = Document::from_bytes(Dialect::UNKNOWN, &path, bytes, &[]);
    let settings = config.settings_on(&document, &settings);
    let mistakes = config.check_own_schema(&SiteFiles::in_memory([]), &mut document).err();
    let mut diagnostics = lint::check(&document, &settings);
    let page = Page::with_words(document, &config.sites);
    let site = Site::new(vec![page], vec![], &[], TODAY).with_spelling(&config.spelling);
    diagnostics.extend(lint::check_page(&site.pages[0], &site, &settings));
    diagnostics.extend(mistakes.iter().flat_map(|mistakes| mistakes.iter().cloned()));
    lint::finish(&site.pages[0], site.extent(), diagnostics, &settings).kept
}

/// A run's report in a format, as if printed to a file.
pub fn render(run: &Run, format: &str) -> String {
    let options = RenderOptions::default();
    let mut out = Vec::new();
    reporter(format.parse().expect("the format exists"), options)
        .report(run, &mut out)
        .expect("memory can be written");
    let _: Format = format.parse().expect("the format exists");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// A run with just some of its findings.
pub fn with_findings(run: &Run, picks: impl Fn(&Diagnostic) -> bool) -> Run {
    let sources = Sources::new(&run.root);
    for label in run.diagnostics.iter().flat_map(|it| std::iter::once(&it.primary).chain(&it.secondary)) {
        sources.keep(&label.path, Arc::clone(&run.sources.get(&label.path).text));
    }
    Run {
        diagnostics: run.diagnostics.iter().filter(|diagnostic| picks(diagnostic)).cloned().collect(),
        files: 1,
        broken_config: run.broken_config,
        ..Run::of_nothing(run.root.clone(), run.current.clone(), sources)
    }
}

/// Compares a text with a file of the repository; with `UPDATE=1` it is written there. Gives the difference, if any.
pub fn compare(path: &Path, actual: &str) -> Option<String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, actual).expect("the repository can be written");
        return None;
    }
    let changes = changes(&expected, actual);
    Some(format!("{} is out of date (UPDATE=1 rewrites it)\n{changes}", path.display()))
}

/// The lines that differ, those of the old text with `-` and those of the new one with `+`, each change under the number
/// of its first line.
fn changes(old: &str, new: &str) -> String {
    let (old, new) = (lines(old), lines(new));
    let mut changes = Vec::new();
    for change in line_diff(&old, &new) {
        let (before, after) = (change.old_range(), change.new_range());
        if old[before.clone()] == new[after.clone()] {
            continue;
        }
        changes.push(format!("@@ line {}", before.start + 1));
        let before = old[before].iter().map(|line| format!("-{}", line.trim_end_matches('\n')));
        let after = new[after].iter().map(|line| format!("+{}", line.trim_end_matches('\n')));
        changes.extend(before.chain(after));
    }
    changes.join("\n")
}

/// Compares a text with a file of the repository as [`compare`] does, and fails if it differs.
pub fn assert_snapshot(path: &str, actual: &str) {
    assert_none(compare(&repo(path), actual).as_slice());
}

/// Fails with all differences at once.
pub fn assert_none(differences: &[String]) {
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

/// The entries of a folder, sorted.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = read.map(|entry| entry.expect("the folder can be read").path()).collect();
    entries.sort();
    entries
}

/// Calls `visit` with the path and the text of every Rust source below a folder.
pub fn each_source(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for path in entries(folder) {
        if path.is_dir() {
            each_source(&path, visit);
        } else if path.extension().is_some_and(|it| it == "rs") {
            visit(&path, &fs::read_to_string(&path).expect("sources are text"));
        }
    }
}

/// Copies a site to where a fresh clone of it might lie. Without a config, a site is the repository around it; the
/// clone has a `.git` of its own, so that copydesk's repository, its config and its `.gitignore` have no say in it.
pub fn clone(site: &Path, name: &str) -> PathBuf {
    let clone = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if clone.exists() {
        fs::remove_dir_all(&clone).expect("the clone of the last run can be removed");
    }
    copy(site, &clone);
    fs::create_dir(clone.join(".git")).expect("the clone is new");
    clone
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the target folder can be written");
    for entry in entries(from) {
        let target = to.join(entry.file_name().expect("an entry has a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("a fixture can be copied");
        }
    }
}

/// The files in a folder and below, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries(folder).into_iter().flat_map(below).collect()
}

/// What is known about the rule with an id.
pub fn rule(id: &str) -> &'static copydesk::rule::RuleMeta {
    copydesk::rules::find(id).unwrap_or_else(|| panic!("no rule is called `{id}`")).meta
}
