//! `copydesk import`: a config of ours from those of other tools.

mod links;
mod schemas;
mod spelling;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::Value;

use super::{
    glob,
    load::{ConfigSource, note, unreadable},
    markdownlint::{self, ImportedRules},
    rules::{CONTENT, MARKDOWNLINT},
    word_lists::{CODESPELL, CSPELL, IniSection, TYPOS},
};
use crate::{
    data::{DataFormat, Node, yaml_scalar},
    diagnostic::{Diagnostic, Label},
    discover::{MARKDOWNLINT_CLI2_NAMES, MARKDOWNLINT_NAMES, SiteFiles},
    secrets::Secrets,
    text::{Span, quantity},
};

/// A config of ours made from those of other tools.
#[derive(Debug)]
pub struct Imported {
    /// The config, as YAML.
    pub text: String,
    /// What was not taken over as it is, each at its place.
    pub notes: Vec<Diagnostic>,
    /// Where the settings begin in `text`.
    settings: usize,
}

impl Imported {
    /// The settings alone, for a config that extends something else.
    pub fn settings(&self) -> &str {
        &self.text[self.settings..]
    }
}

/// A tool whose settings can be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    Markdownlint,
    Typos,
    Codespell,
    Cspell,
    Lychee,
    Remark,
}

/// The configs of each tool that has files of its own.
const NAMES: [(&[&str], Tool); 5] = [
    (&TYPOS, Tool::Typos),
    (&CODESPELL, Tool::Codespell),
    (&CSPELL, Tool::Cspell),
    (&["lychee.toml", ".lychee.toml"], Tool::Lychee),
    (&[".remarkrc", ".remarkrc.json", ".remarkrc.yaml", ".remarkrc.yml"], Tool::Remark),
];

/// Files that several tools share, and where each has its settings.
const SHARED: [(&str, &[&str], Tool); 7] = [
    ("pyproject.toml", &["tool", "typos"], Tool::Typos),
    ("pyproject.toml", &["tool", "codespell"], Tool::Codespell),
    ("Cargo.toml", &["workspace", "metadata", "typos"], Tool::Typos),
    ("Cargo.toml", &["package", "metadata", "typos"], Tool::Typos),
    ("package.json", &["markdownlint-cli2"], Tool::Markdownlint),
    ("package.json", &["cspell"], Tool::Cspell),
    ("package.json", &["remarkConfig"], Tool::Remark),
];

/// The configs of other tools in the root folder of `files`.
pub fn configs_in(files: &SiteFiles) -> Vec<PathBuf> {
    let is_there = |path: &Path| files.read(path).is_ok();
    let mut markdownlint = MARKDOWNLINT_CLI2_NAMES.iter().chain(&MARKDOWNLINT_NAMES).copied();
    let ours = markdownlint.find(|name| is_there(Path::new(name)));
    // A `setup.cfg` may be of other tools alone.
    let has_settings = |path: &Path| {
        IniSection::read(files, path, "codespell").is_ok_and(|it| it.settings().next().is_some())
    };
    let is_config = |tool: Tool, path: &Path| match tool {
        Tool::Codespell => has_settings(path),
        _ => is_there(path),
    };
    let named = NAMES.iter().flat_map(|(names, tool)| names.iter().map(move |name| (*name, *tool)));
    let named = named.filter(|(name, tool)| is_config(*tool, Path::new(name))).map(|(name, _)| name);
    let mut found: Vec<PathBuf> = ours.into_iter().chain(named).map(PathBuf::from).collect();
    for (name, keys, tool) in SHARED {
        let path = PathBuf::from(name);
        let is_second = tool == Tool::Markdownlint && ours.is_some();
        if !is_second && !found.contains(&path) && Settings::in_shared(files, &path, keys).is_some() {
            found.push(path);
        }
    }
    found
}

/// Makes a config of ours from those of other tools, at most one of them of markdownlint. `pages` are the files that
/// there are, relative to the root folder of `files`: globs that match none of them are not taken over.
///
/// # Errors
///
/// What is wrong in the files, or in those that they extend.
pub fn import(
    files: &SiteFiles,
    paths: &[PathBuf],
    pages: &[Arc<Path>],
) -> Result<Imported, Vec<Diagnostic>> {
    let mut draft = Draft { files, pages, rules: None, settings: Settings::default(), errors: vec![] };
    for path in paths {
        draft.add(path);
    }
    if draft.errors.is_empty() { Ok(draft.finish(paths)) } else { Err(draft.errors) }
}

/// What the configs say, apart from the rules of markdownlint.
#[derive(Debug, Default)]
struct Settings {
    words: BTreeSet<String>,
    /// The wrong spellings of each word.
    terms: BTreeMap<String, BTreeSet<String>>,
    /// Globs of pages that are not spell-checked.
    unspelled: BTreeSet<String>,
    /// `links.ignore`.
    ignored_urls: BTreeSet<String>,
    /// Globs and schema of each collection.
    collections: BTreeMap<String, (Vec<String>, String)>,
    notes: Vec<Diagnostic>,
}

impl Settings {
    /// The settings of a tool in a file that it shares with others.
    fn in_shared(files: &SiteFiles, path: &Path, keys: &[&str]) -> Option<(ConfigSource, Node)> {
        let source = ConfigSource::read(files, path).ok()?;
        let mut node = source.tree.root.clone()?;
        for key in keys {
            node = node.get(key)?.clone();
        }
        Some((source, node))
    }

    /// Says that a key has no counterpart.
    fn no_counterpart(&mut self, source: &ConfigSource, key: &Node, why: &str) {
        let name = key.text().unwrap_or_default();
        self.notes
            .push(note(Label::new(&source.path, key.span), format!("`{name}` has no counterpart{why}")));
    }
}

struct Draft<'a> {
    files: &'a SiteFiles,
    pages: &'a [Arc<Path>],
    rules: Option<ImportedRules>,
    settings: Settings,
    errors: Vec<Diagnostic>,
}

impl Draft<'_> {
    /// Takes over a config; its name tells whose it is.
    fn add(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_known = |known: &&str| Path::new(known).file_name().is_some_and(|known| *known == *name);
        if let Some((_, tool)) = NAMES.iter().find(|(names, _)| names.iter().any(&is_known)) {
            return self.add_file(path, *tool);
        }
        let parts = SHARED.iter().filter(|(known, ..)| name == *known);
        let found: Vec<_> = parts
            .filter_map(|(_, keys, tool)| Some((Settings::in_shared(self.files, path, keys)?, *tool)))
            .collect();
        if found.is_empty() {
            // Any other name is taken for a config of markdownlint, which may be called as one likes.
            return self.markdownlint(path);
        }
        for ((source, node), tool) in found {
            self.add_settings(&source, &node, tool);
        }
    }

    fn add_file(&mut self, path: &Path, tool: Tool) {
        if tool == Tool::Codespell {
            return spelling::codespell_ini(self, path);
        }
        let format = match path.extension().and_then(|it| it.to_str()) {
            Some("toml") => DataFormat::Toml,
            Some("json" | "jsonc") => DataFormat::Jsonc,
            _ => DataFormat::Yaml,
        };
        match ConfigSource::read_as(self.files, path, format) {
            Ok(source) => {
                self.errors.extend(source.syntax_findings());
                if let Some(root) = source.tree.root.clone() {
                    self.add_settings(&source, &root, tool);
                }
            }
            Err(why) => self.errors.push(unreadable(path, &why)),
        }
    }

    fn add_settings(&mut self, source: &ConfigSource, node: &Node, tool: Tool) {
        match tool {
            Tool::Markdownlint => self.markdownlint(&source.path),
            Tool::Typos => spelling::typos(self, source, node),
            Tool::Codespell => spelling::codespell(self, source, node),
            Tool::Cspell => spelling::cspell(self, source, node),
            Tool::Lychee => links::lychee(&mut self.settings, source, node),
            Tool::Remark => schemas::remark(self, source, node),
        }
    }

    fn markdownlint(&mut self, path: &Path) {
        if self.rules.is_some() {
            let place = Label::new(&Arc::from(path), Span::empty(0));
            self.errors.push(super::mistake(place, "only one markdownlint config can be converted"));
            return;
        }
        match markdownlint::import(self.files, path, self.pages) {
            Ok(rules) => self.rules = Some(rules),
            Err(found) => self.errors.extend(found),
        }
    }

    /// The globs for what a pattern of another tool matches: a file, or everything in a folder, at the root or anywhere.
    /// Empty if no page is among that, as for most of what such tools exclude.
    fn page_globs(&self, pattern: &str) -> Vec<String> {
        let pattern = pattern.trim().trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
        if pattern.is_empty() {
            return vec![];
        }
        let mut globs = vec![pattern.to_owned(), format!("{pattern}/**")];
        if !pattern.contains('/') {
            globs.extend([format!("**/{pattern}"), format!("**/{pattern}/**")]);
        }
        let is_used = |text: &String| {
            glob(text).is_ok_and(|glob| {
                let matcher = glob.compile_matcher();
                self.pages.iter().any(|page| matcher.is_match(page))
            })
        };
        globs.retain(is_used);
        globs
    }

    fn finish(self, paths: &[PathBuf]) -> Imported {
        let Self { rules, mut settings, .. } = self;
        let mut out = heading(paths, rules.is_some());
        let start = out.len();
        let mut overrides = String::new();
        if let Some(rules) = rules {
            out.push_str(&rules.settings);
            overrides = rules.overrides;
            settings.notes.extend(rules.notes);
        }
        settings.leave_out_secrets(paths);
        settings.write(&mut out, &mut overrides);
        if !overrides.is_empty() {
            let _ = write!(out, "overrides:\n{overrides}");
        }
        settings.notes.sort_by(Diagnostic::order);
        settings.notes.dedup();
        remainder(&mut out, &settings.notes);
        Imported { text: out, notes: settings.notes, settings: start }
    }
}

impl Settings {
    /// Leaves out what has secrets in it: the config is printed, and committed. Notes mask them.
    fn leave_out_secrets(&mut self, paths: &[PathBuf]) {
        let secrets = Secrets::default();
        let mut omitted = 0;
        let mut is_harmless = |text: &String| {
            let is_harmless = secrets.find(text).is_empty();
            omitted += usize::from(!is_harmless);
            is_harmless
        };
        for texts in [&mut self.words, &mut self.ignored_urls, &mut self.unspelled] {
            texts.retain(&mut is_harmless);
        }
        self.terms.retain(|right, wrong| {
            wrong.retain(&mut is_harmless);
            is_harmless(right) && !wrong.is_empty()
        });
        for note in &mut self.notes {
            note.message = secrets.mask(&note.message).into_owned();
        }
        if let Some(path) = paths.first().filter(|_| omitted > 0) {
            let place = Label::new(&Arc::from(&**path), Span::empty(0));
            let message = format!("omitted {} with a secret", quantity(omitted, "value"));
            self.notes.push(note(place, message));
        }
    }

    fn write(&self, out: &mut String, overrides: &mut String) {
        if !self.words.is_empty() || !self.terms.is_empty() {
            out.push_str("spelling:\n");
        }
        if !self.words.is_empty() {
            out.push_str("  words:\n");
            for word in &self.words {
                let _ = writeln!(out, "    - {}", yaml_scalar(word));
            }
        }
        if !self.terms.is_empty() {
            out.push_str("  terms:\n");
            for (right, wrong) in &self.terms {
                let _ = writeln!(out, "    {}: {}", yaml_scalar(right), flow(wrong));
            }
        }
        if !self.ignored_urls.is_empty() {
            let _ = writeln!(out, "links:\n  ignore: {}", flow(&self.ignored_urls));
        }
        if !self.collections.is_empty() {
            out.push_str("collections:\n");
        }
        for (name, (globs, schema)) in &self.collections {
            let (name, schema) = (yaml_scalar(name), yaml_scalar(schema));
            let _ = writeln!(out, "  {name}:\n    files: {}\n    schema: {schema}", flow(globs));
        }
        if !self.unspelled.is_empty() {
            let globs = flow(&self.unspelled);
            let _ = writeln!(overrides, "  - files: {globs}\n    rules:\n      spelling: off");
        }
    }
}

/// The presets that find what a site with a markdownlint config has found before: the rules of markdownlint, and those that
/// it lacks.
pub fn markdownlint_presets() -> String {
    format!("[{MARKDOWNLINT}, {CONTENT}]")
}

/// Where the config comes from, and the presets that it needs.
fn heading(paths: &[PathBuf], has_rules: bool) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let presets = format!(
        "`{CONTENT}` are the rules about front matter, links and\n\
         # words, which markdownlint does not have; without it, they are off.\n\
         extends: {}\n",
        markdownlint_presets()
    );
    match (paths, has_rules) {
        ([path], true) => format!("# Converted from {} by `copydesk import`. {presets}", name(path)),
        ([path], false) => format!("# Converted from {} by `copydesk import`.\n", name(path)),
        (paths, has_rules) => {
            let mut out = "# Converted by `copydesk import` from:\n".to_owned();
            for path in paths {
                let _ = writeln!(out, "# - {}", name(path));
            }
            if has_rules {
                let _ = write!(out, "#\n# {presets}");
            }
            out
        }
    }
}

/// Repeats in the config what was not taken over.
fn remainder(out: &mut String, notes: &[Diagnostic]) {
    if !notes.is_empty() {
        out.push_str("\n# Not converted exactly:\n");
    }
    let mut said = HashSet::new();
    for note in notes.iter().filter(|note| said.insert(&note.message)) {
        let message: String = note.message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(out, "# - {message}");
    }
}

/// A list on one line.
pub(super) fn flow<'a>(items: impl IntoIterator<Item = &'a String>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| Value::from(item.as_str()).to_string()).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{configs_in, import};
    use crate::discover::SiteFiles;

    #[test]
    fn every_place_of_a_config_is_known() {
        for (path, text) in [
            ("typos.toml", "[default.extend-words]\nquayz = \"quayz\"\n"),
            ("pyproject.toml", "[tool.typos.default.extend-words]\nquayz = \"quayz\"\n"),
            ("Cargo.toml", "[workspace.metadata.typos.default.extend-words]\nquayz = \"quayz\"\n"),
            ("setup.cfg", "[codespell]\nignore-words-list = quayz\n"),
            ("cSpell.json", "{ \"words\": [\"quayz\"] }"),
            ("cspell.config.yml", "words: [quayz]\n"),
            ("package.json", "{ \"cspell\": { \"words\": [\"quayz\"] } }"),
        ] {
            let folder = SiteFiles::in_memory([("setup.cfg", "[flake8]\n"), (path, text)]);
            let found = configs_in(&folder);
            assert_eq!(found, [Path::new(path)]);
            let imported = import(&folder, &found, &[]).expect("the config is valid");
            assert!(imported.settings().contains("    - quayz\n"), "{path}: {}", imported.text);
        }
    }
}
