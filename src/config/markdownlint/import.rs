//! From a config of markdownlint to one of ours.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::Write as _,
    path::Path,
    sync::Arc,
};

use serde_json::Value;

use super::{
    PACKAGE, PACKAGE_KEY, Release,
    effect::{Effect, Unknown},
    folders::overrides,
    globs::{self, Globs},
    note,
    object::{Object, ObjectMember, is_truthy},
    read::{MarkdownlintConfig, MarkdownlintReader},
};
use crate::{
    config::{
        self,
        import::flow,
        rules::{self, EffectiveRule, MARKDOWNLINT, Preset, RECOMMENDED},
    },
    data::{Node, yaml_scalar},
    diagnostic::{Diagnostic, Label},
    discover::{MARKDOWNLINT_CLI2_NAMES, MARKDOWNLINT_NAMES, SiteFiles},
    rule::Group,
    rules::markdownlint,
    text::{Span, nearest},
    vfs::MISSING,
};

/// What a config of markdownlint says, as lines of one of ours.
#[derive(Debug)]
pub struct ImportedRules {
    /// `files`, `exclude` and `rules`.
    pub settings: String,
    /// The items of `overrides`.
    pub overrides: String,
    /// What was not taken over as it is, each at its place.
    pub notes: Vec<Diagnostic>,
}

/// The keys of markdownlint-cli2 that have no counterpart, and what is to be known of each.
const NO_COUNTERPART: [(&str, &str); 10] = [
    ("customRules", "custom rules are not supported"),
    ("fix", "use `copydesk check --fix` instead"),
    ("frontMatter", "front matter is detected without a pattern: `---`, `+++` and JSON"),
    ("markdownItPlugins", "plugins are not supported; pages are parsed as GitHub Flavored Markdown"),
    ("modulePaths", "modules are not loaded"),
    ("noBanner", "copydesk prints no banner"),
    ("noInlineConfig", "suppression comments always apply"),
    ("noProgress", "progress is shown only on a terminal"),
    ("outputFormatters", "use `copydesk check --format` instead"),
    ("showFound", "checked files are not listed"),
];

/// The keys of markdownlint-cli2 that are taken over, or need not be.
const TAKEN_OVER: [&str; 6] = ["$schema", "config", "globs", "ignores", "gitignore", "overrides"];

/// Converts a config of markdownlint or markdownlint-cli2. `pages` are the files that there are, relative
/// to the folder of the config: globs that match none of them are not taken over.
///
/// # Errors
///
/// What is wrong in the file, or in one that it extends.
pub fn import(files: &SiteFiles, path: &Path, pages: &[Arc<Path>]) -> Result<ImportedRules, Vec<Diagnostic>> {
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    let mut reader = MarkdownlintReader::new(files, &mut found);
    let options = read(&mut reader, path, &mut notes);
    let overrides = options.as_ref().map_or(vec![], |options| overrides(options, &mut reader));
    let Some(options) = options.filter(|_| found.is_empty()) else { return Err(found) };
    let release = Release::of(files);
    let mut writer = Writer { out: String::new(), pages: pages.to_vec(), release, notes };
    writer.files(&options);
    let rules = writer.rules(options.config.as_ref().unwrap_or(&Object::default()));
    let overrides = writer.overrides(&rules, &overrides);
    writer.keys(&options);
    writer.neighbours(files, path);
    Ok(ImportedRules { settings: writer.out, overrides, notes: writer.notes })
}

/// What the file says. A config of markdownlint says what `config` does in one of markdownlint-cli2.
fn read(
    reader: &mut MarkdownlintReader<'_>,
    path: &Path,
    notes: &mut Vec<Diagnostic>,
) -> Option<MarkdownlintConfig> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = reader.tree(path, None)?;
    let root = source.tree.root.as_ref();
    if name == PACKAGE {
        let options = root.and_then(|root| root.get(PACKAGE_KEY));
        if options.is_none() {
            let place = Label::new(&source.path, Span::empty(0));
            notes.push(note(place, format!("missing key `{PACKAGE_KEY}`")));
        }
        return Some(
            options.map_or_else(MarkdownlintConfig::default, |node| reader.options_in(node, &source)),
        );
    }
    let has_option = |node: &Node| {
        let keys = NO_COUNTERPART.iter().map(|(key, _)| *key).chain(TAKEN_OVER);
        keys.filter(|key| *key != "$schema").any(|key| node.get(key).is_some())
    };
    let is_config = MARKDOWNLINT_NAMES.iter().any(|config| name.ends_with(config));
    let is_options =
        MARKDOWNLINT_CLI2_NAMES.iter().any(|options| name.ends_with(options)) || root.is_some_and(has_option);
    if is_config || !is_options {
        let config = Some(reader.config(path, None)?);
        return Some(MarkdownlintConfig { config, ..MarkdownlintConfig::default() });
    }
    let mut options = root.map_or_else(MarkdownlintConfig::default, |root| reader.options_in(root, &source));
    if let Some(beside) = reader.first(path.parent().unwrap_or(Path::new("")), &MARKDOWNLINT_NAMES) {
        options.config = Some(reader.config(&beside, None)?);
        options.others.remove("overrides");
        let place = options.others.get("config").map_or(Span::empty(0), |item| item.place.span);
        let message =
            format!("rules are taken from `{}`, which takes precedence over `config`", beside.display());
        notes.push(note(Label::new(&source.path, place), message));
    }
    Some(options)
}

/// Writes the config.
struct Writer {
    out: String,
    /// The files that the globs of the config are for.
    pages: Vec<Arc<Path>>,
    /// The release of markdownlint that the site uses.
    release: Release,
    notes: Vec<Diagnostic>,
}

impl Writer {
    /// `files` and `exclude`.
    fn files(&mut self, options: &MarkdownlintConfig) {
        let globs = Globs::of(&options.texts("globs").unwrap_or_default());
        let ignored = Globs::ignored(&options.texts("ignores").unwrap_or_default());
        let picked = self.matching(&globs.picked);
        self.list("files", &picked);
        let left_out = [globs.left_out, ignored].concat();
        self.list("exclude", &left_out.iter().map(|(glob, _)| glob.clone()).collect::<Vec<_>>());
        let default_files = [config::default_files()];
        let picked =
            config::globs(if picked.is_empty() { &default_files } else { &picked }).unwrap_or_default();
        let left_out = globs::set(&left_out, &mut self.notes);
        self.pages.retain(|page| picked.is_match(page) && !left_out.is_match(page));
    }

    /// The globs that match a page: the others would be mistakes.
    fn matching(&mut self, list: &[(String, Label)]) -> Vec<String> {
        let mut matching = Vec::new();
        for (text, place) in list {
            let set = globs::set(&[(text.clone(), place.clone())], &mut self.notes);
            if self.pages.iter().any(|page| set.is_match(page)) {
                matching.push(text.clone());
            } else {
                self.notes.push(note(place.clone(), format!("`{text}` matches no files and is omitted")));
            }
        }
        matching
    }

    /// `rules`; gives what holds with them. A rule that the release does not have is as it is by default.
    fn rules(&mut self, config: &Object) -> Vec<EffectiveRule> {
        let effect = Effect::of(config, &mut self.notes);
        self.unknown(&effect.unknown);
        let preset = Preset::find(MARKDOWNLINT).expect("it is one of the presets").layer();
        let mut before = rules::effective([&preset]);
        let mut after = before.clone();
        let usual = Preset::find(RECOMMENDED).expect("it is one of the presets").layer();
        for (index, rule) in rules::effective([&usual]).into_iter().enumerate() {
            if !self.release.has(rule.def.meta) {
                after[index] = rule;
            }
        }
        effect.apply(self.release, &mut after);
        let mut lines = String::new();
        if effect.turns_all_off() {
            let mut groups: Vec<Group> = markdownlint::rules().map(|(_, def)| def.meta.group).collect();
            groups.dedup();
            for group in groups {
                let _ = writeln!(lines, "  {}: off", group.id());
            }
            for rule in &mut before {
                rule.severity = None;
            }
        }
        lines.push_str(&changes("  ", &before, &after, &[]));
        if !lines.is_empty() {
            let _ = write!(self.out, "rules:\n{lines}");
        }
        after
    }

    /// `overrides`. There the first that holds for a page is the only one, here the last has the last word: so they
    /// come in the opposite order, and each speaks of all that any of them changes.
    fn overrides(&mut self, rules: &[EffectiveRule], overrides: &[(Globs, Object)]) -> String {
        let overrides: Vec<Override> =
            overrides.iter().filter_map(|(globs, config)| self.override_of(rules, globs, config)).collect();
        let mut touched = vec![Touched::default(); rules.len()];
        for over in &overrides {
            for ((before, after), touched) in rules.iter().zip(&over.rules).zip(&mut touched) {
                touched.add(before, after);
            }
        }
        let mut lines = String::new();
        for (index, over) in overrides.iter().enumerate().rev() {
            let below: Vec<&[EffectiveRule]> = overrides[index + 1..]
                .iter()
                .filter(|other| other.pages.iter().any(|page| over.pages.contains(page)))
                .map(|other| &*other.rules)
                .chain([rules])
                .collect();
            self.lost_options(&below, over);
            let changes = changes("      ", rules, &over.rules, &touched);
            if changes.is_empty() {
                continue;
            }
            let _ = writeln!(lines, "  - files: {}", flow(&over.files));
            if !over.exclude.is_empty() {
                let _ = writeln!(lines, "    exclude: {}", flow(&over.exclude));
            }
            let _ = write!(lines, "    rules:\n{changes}");
        }
        lines
    }

    /// An override, if it holds for any page.
    fn override_of(&mut self, rules: &[EffectiveRule], globs: &Globs, config: &Object) -> Option<Override> {
        let effect = Effect::of(config, &mut self.notes);
        self.unknown(&effect.unknown);
        let everything = globs.picked.is_empty().then(|| "**".to_owned());
        let files: Vec<String> = everything.into_iter().chain(self.matching(&globs.picked)).collect();
        let exclude: Vec<String> = globs.left_out.iter().map(|(glob, _)| glob.clone()).collect();
        let (picks, leaves_out) = (config::globs(&files).ok()?, config::globs(&exclude).ok()?);
        let is_meant = |page: &&Arc<Path>| picks.is_match(page) && !leaves_out.is_match(page);
        let pages: HashSet<Arc<Path>> = self.pages.iter().filter(is_meant).cloned().collect();
        let place = globs.picked.iter().chain(&globs.left_out).map(|(_, place)| place.clone()).next()?;
        let mut rules = rules.to_vec();
        effect.apply(self.release, &mut rules);
        (!files.is_empty()).then_some(Override { files, exclude, pages, place, rules })
    }

    /// Says which options an override cannot take back from the settings that hold below it.
    fn lost_options(&mut self, below: &[&[EffectiveRule]], over: &Override) {
        for (index, after) in over.rules.iter().enumerate().filter(|(_, after)| after.severity.is_some()) {
            let keys: BTreeSet<&String> =
                below.iter().flat_map(|rules| rules[index].options.keys()).collect();
            for key in keys.into_iter().filter(|key| !after.options.contains_key(*key)) {
                let id = after.def.meta.id;
                let message =
                    format!("`{key}` of `{id}` also applies here: an override cannot unset options");
                self.notes.push(note(over.place.clone(), message));
            }
        }
    }

    /// Says which keys of markdownlint-cli2 have no counterpart.
    fn keys(&mut self, options: &MarkdownlintConfig) {
        let known = || NO_COUNTERPART.iter().map(|(key, _)| *key).chain(TAKEN_OVER);
        for item in options.others.items() {
            let ObjectMember { key, place, value } = item;
            if let Some((_, why)) = NO_COUNTERPART.iter().find(|(known, _)| **known == **key) {
                if is_truthy(value) {
                    self.notes.push(note(place.clone(), format!("`{key}` has no counterpart: {why}")));
                }
            } else if **key == *"gitignore" && !is_truthy(value) {
                let message = "files ignored by `.gitignore` are always excluded";
                self.notes.push(note(place.clone(), message));
            } else if !known().any(|known| *known == **key) {
                let mut unknown = note(place.clone(), format!("unknown markdownlint-cli2 key `{key}`"));
                if let Some(near) = nearest(key, known()) {
                    unknown.help(format!("did you mean `{near}`?"));
                }
                self.notes.push(unknown);
            }
        }
    }

    fn unknown(&mut self, unknown: &[Unknown]) {
        for Unknown { name, place, near } in unknown {
            let mut unknown = note(place.clone(), format!("unknown rule `{name}`"));
            match near {
                Some(near) => unknown.help(format!("did you mean `{near}`?")),
                None => unknown.help("it had no effect, or belongs to `customRules`"),
            };
            self.notes.push(unknown);
        }
    }

    /// Says which files beside the config have a say in a run of markdownlint.
    fn neighbours(&mut self, files: &SiteFiles, path: &Path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        let is_there =
            |name: &&str| files.read(&folder.join(name)).map_or_else(|why| why != MISSING, |_| true);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let start = || Label::new(&Arc::from(path), Span::empty(0));
        if let Some(other) = MARKDOWNLINT_CLI2_NAMES
            .iter()
            .find(|other| MARKDOWNLINT_NAMES.contains(&&*name) && is_there(other))
        {
            let message =
                format!("`{other}` in the same directory also selects files; import it to convert both");
            self.notes.push(note(start(), message));
        }
        if is_there(&".markdownlintignore") {
            let message = "`.markdownlintignore` is not used; `.copydeskignore` has the same format";
            self.notes.push(note(start(), message));
        }
    }

    fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            let _ = writeln!(self.out, "{key}: {}", flow(items));
        }
    }
}

/// An override of markdownlint-cli2.
struct Override {
    files: Vec<String>,
    exclude: Vec<String>,
    /// The pages for which it holds if no other does.
    pages: HashSet<Arc<Path>>,
    place: Label,
    /// What holds with it.
    rules: Vec<EffectiveRule>,
}

/// What the overrides change of one rule.
#[derive(Debug, Clone, Default)]
struct Touched {
    level: bool,
    options: BTreeSet<String>,
}

impl Touched {
    fn add(&mut self, before: &EffectiveRule, after: &EffectiveRule) {
        self.level |= before.severity != after.severity;
        let changed = after.options.iter().filter(|(key, value)| before.options.get(*key) != Some(value));
        self.options.extend(changed.map(|(key, _)| key.clone()));
    }
}

/// The rules that stand otherwise than before or are touched elsewhere, one or more lines each.
fn changes(indent: &str, before: &[EffectiveRule], after: &[EffectiveRule], touched: &[Touched]) -> String {
    let mut out = String::new();
    for (index, def) in markdownlint::rules() {
        let (before, after) = (&before[index], &after[index]);
        let touched = touched.get(index).cloned().unwrap_or_default();
        let level = (before.severity != after.severity || touched.level).then(|| match after.severity {
            None => "off",
            Some(severity) => severity.name(),
        });
        let is_changed = |(key, value): &(&String, &Value)| {
            before.options.get(*key) != Some(value) || touched.options.contains(*key)
        };
        let options = after.options.iter().filter(is_changed);
        let mut options: Vec<String> =
            options.map(|(key, value)| format!("{}: {value}", yaml_scalar(key))).collect();
        let number = def.meta.number().unwrap_or_default();
        match (level, &options[..]) {
            (None, []) => {}
            (Some(level), []) => {
                let _ = writeln!(out, "{indent}{}: {level} # {number}", def.meta.id);
            }
            (level, _) => {
                options.splice(0..0, level.map(|level| format!("level: {level}")));
                let _ = writeln!(out, "{indent}{}: # {number}", def.meta.id);
                for option in options {
                    let _ = writeln!(out, "{indent}  {option}");
                }
            }
        }
    }
    out
}
