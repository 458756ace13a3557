//! From a config file to what it says, with everything it builds on. What is wrong in a file is a finding at its place
//! there.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use super::{
    raw::{OneOrMany, Ordered, RawConfig, RuleSetting},
    rule_options,
    rules::{Layer, PRESETS, Preset},
};
use crate::{
    data::{self, DataFormat, Node, Segment, Tree},
    diagnostic::{Diagnostic, Label, Severity},
    discover::SiteFiles,
    front_matter::schema::{Schema, Violation},
    rules,
    text::{Search, Span, nearest},
    vfs::{MISSING, OUTSIDE},
};

/// How deep `extends` may go, in files.
pub const MAX_EXTENDS: usize = 16;

/// Files and presets that one config may build on, each as often as it is named on the way.
pub const MAX_PARTS: usize = 256;

/// A file written as YAML, JSON or TOML, with its places.
#[derive(Debug, Clone)]
pub struct ConfigSource {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// Its content.
    pub tree: Tree,
    /// Its length in bytes.
    bytes: usize,
}

impl ConfigSource {
    /// Reads and parses a file; its notation follows from its name.
    ///
    /// # Errors
    ///
    /// The reason, as a phrase after "cannot read `PATH`: ".
    pub fn read(files: &SiteFiles, path: &Path) -> Result<Self, String> {
        Self::read_as(files, path, DataFormat::of_file(path))
    }

    /// Reads and parses a file in a notation that its name need not tell.
    ///
    /// # Errors
    ///
    /// The reason, as a phrase after "cannot read `PATH`: ".
    pub fn read_as(files: &SiteFiles, path: &Path, format: DataFormat) -> Result<Self, String> {
        if path.starts_with("..") {
            return Err(OUTSIDE.to_owned());
        }
        let text = files.read(path)?;
        u32::try_from(text.len()).map_err(|_| "too large".to_owned())?;
        Ok(Self { path: Arc::from(path), tree: data::parse_file(&text, format), bytes: text.len() })
    }

    /// Reads and parses a file that need not be there. Why one that is there cannot be read goes to `found`.
    pub fn at(files: &SiteFiles, path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        match Self::read(files, path) {
            Ok(source) => Some(source),
            Err(why) => {
                diagnostics.extend((why != MISSING).then(|| unreadable(path, &why)));
                None
            }
        }
    }

    /// The place of a value, or of the nearest thing above it.
    pub fn value_place(&self, path: &[Segment]) -> Label {
        let above = (0..=path.len()).rev().find_map(|len| self.tree.root.as_ref()?.at(&path[..len]));
        Label::new(&self.path, above.map_or(Span::empty(0), |node| node.span))
    }

    /// The place of a key, or of its value where it is an item of a list.
    pub fn key_place(&self, path: &[Segment]) -> Label {
        match self.tree.root.as_ref().and_then(|root| root.entry_at(path)) {
            Some(entry) => Label::new(&self.path, entry.key.span),
            None => self.value_place(path),
        }
    }

    /// For all suggestions about the names in this file together.
    pub(super) const fn search(&self) -> Search {
        Search::in_file_of(self.bytes)
    }

    /// What a schema finds in this file.
    pub fn diagnostic(&self, finding: Violation) -> Diagnostic {
        let mut diagnostic = mistake(Label::new(&self.path, finding.span), finding.message);
        diagnostic.primary.message = finding.note;
        diagnostic.explain(finding.help.as_deref(), &finding.related);
        diagnostic
    }

    /// What is wrong with the notation, as findings on this file.
    pub fn syntax_findings(&self) -> Vec<Diagnostic> {
        let finding = |error: &data::SyntaxError| {
            let mut diagnostic = mistake(Label::new(&self.path, error.span), &error.message);
            diagnostic.explain(error.help.as_deref(), &error.related);
            diagnostic
        };
        self.tree.errors.iter().map(finding).collect()
    }
}

/// A path relative to a folder, without `.` and with `..` resolved as text. One that leads out of the site keeps its
/// leading `..`.
pub fn join(folder: &Path, reference: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." if path.file_name().is_some() => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

/// A finding that leaves the config in use: what it is about has no effect.
pub(super) fn note(place: Label, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Info, ..mistake(place, message) }
}

/// A finding on a config, schema or data file.
pub fn mistake(place: Label, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(rules::INVALID_CONFIG, Severity::Error, place, message)
}

/// A finding on a file at a usual place that cannot be read.
pub fn unreadable(path: &Path, why: &str) -> Diagnostic {
    unreadable_at(Label::new(&path.into(), Span::empty(0)), path, why)
}

/// A finding on the mention of a file that cannot be read, and the reason.
pub fn unreadable_at(mention: Label, path: &Path, why: &str) -> Diagnostic {
    mistake(mention, format!("cannot read `{}`: {why}", path.display()))
}

/// One of the things that a config is made of, the basic ones first.
#[derive(Debug)]
pub enum ConfigPart {
    /// A preset.
    Preset(Preset),
    /// A file.
    File(ConfigSource, Box<RawConfig>),
}

/// Reads a config file and what it extends. What is wrong goes to `found`; a file with mistakes is left out.
pub fn parts(files: &SiteFiles, path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<ConfigPart> {
    let mut parts = Vec::new();
    let place = Label::new(&Arc::from(path), Span::empty(0));
    Chain { files, diagnostics, parts: &mut parts, open: vec![], is_full: false }.add(path, &place);
    parts
}

/// The way through `extends`.
struct Chain<'a> {
    files: &'a SiteFiles,
    diagnostics: &'a mut Vec<Diagnostic>,
    parts: &'a mut Vec<ConfigPart>,
    /// Files whose `extends` is being followed.
    open: Vec<PathBuf>,
    /// Whether it was said that there are too many.
    is_full: bool,
}

impl Chain<'_> {
    fn add(&mut self, path: &Path, mentioned: &Label) {
        let source = match ConfigSource::read(self.files, path) {
            Ok(source) => source,
            Err(why) => {
                let mut diagnostic = unreadable_at(mentioned.clone(), path, &why);
                diagnostic.help("paths in `extends` are relative to the directory of the config");
                return self.diagnostics.push(diagnostic);
            }
        };
        let Some(raw) = read(&source, self.diagnostics) else { return };
        self.open.push(path.to_owned());
        for (index, name) in raw.extends.iter().flat_map(OneOrMany::as_slice).enumerate() {
            let extends = Segment::key("extends");
            let item = source.value_place(&[extends.clone(), Segment::Index(index)]);
            let whole = source.value_place(&[extends]);
            let place = if whole.span.contains(item.span) { item } else { whole };
            self.extend(name, path, &place);
        }
        self.open.pop();
        self.parts.push(ConfigPart::File(source, Box::new(raw)));
    }

    fn extend(&mut self, name: &str, from: &Path, place: &Label) {
        if self.parts.len() >= MAX_PARTS {
            if !std::mem::replace(&mut self.is_full, true) {
                let message = format!("config extends more than {MAX_PARTS} files and presets");
                let mut diagnostic = mistake(place.clone(), message);
                diagnostic.help("a file extended by several others counts once for each of them");
                self.diagnostics.push(diagnostic);
            }
            return;
        }
        if let Some(preset) = Preset::find(name) {
            return self.parts.push(ConfigPart::Preset(preset));
        }
        let looks_like_a_file = name.contains(['/', '.']);
        if !looks_like_a_file {
            let mut diagnostic = mistake(place.clone(), format!("unknown preset `{name}`"));
            let names = PRESETS.map(|preset| preset.name);
            diagnostic.help(match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "available presets: {}; for a file, use its path: `./{name}.yaml`",
                    names.map(|name| format!("`{name}`")).join(", ")
                ),
            });
            return self.diagnostics.push(diagnostic);
        }
        let path = join(from.parent().unwrap_or(Path::new("")), name);
        if self.open.contains(&path) {
            let message = if path == from {
                "config extends itself".to_owned()
            } else {
                format!("circular `extends`: `{}` extends this file", path.display())
            };
            return self.diagnostics.push(mistake(place.clone(), message));
        }
        if self.open.len() >= MAX_EXTENDS {
            return self.diagnostics.push(mistake(place.clone(), "`extends` is nested too deeply"));
        }
        self.add(&path, place);
    }
}

/// What a config file says; `None`, with findings, where it cannot be read as a config.
fn read(source: &ConfigSource, diagnostics: &mut Vec<Diagnostic>) -> Option<RawConfig> {
    let before = diagnostics.len();
    diagnostics.extend(source.syntax_findings());
    let Some(root) = &source.tree.root else {
        return (diagnostics.len() == before).then(RawConfig::default);
    };
    for duplicate in root.duplicate_keys() {
        let key = duplicate.second.key.text().unwrap_or_default();
        let mut diagnostic =
            mistake(Label::new(&source.path, duplicate.second.key.span), format!("duplicate key `{key}`"));
        diagnostic.label(duplicate.first.key.span, "first defined here").help("remove one of them");
        diagnostics.push(diagnostic);
    }
    if diagnostics.len() > before {
        return None;
    }
    // The schema finds the place and the words, but compiling it takes longer than reading a config that is right.
    let error = match root.deserialize::<RawConfig>() {
        Ok(raw) => return Some(raw),
        Err(error) => error,
    };
    let settings = rule_settings(root);
    let elsewhere =
        |finding: &Violation| !settings.iter().any(|(_, mapping)| mapping.span.contains(finding.span));
    let findings = CONFIG_SCHEMA.check(root, Span::empty(root.span.start)).into_iter();
    diagnostics.extend(findings.filter(elsewhere).map(|finding| source.diagnostic(finding)));
    let mut search = source.search();
    for (path, mapping) in &settings {
        if let Ok(rules) = mapping.deserialize::<Ordered<RuleSetting>>() {
            rule_options::read(source, path, (&rules, &custom_names(root)), &mut search, diagnostics);
        }
    }
    if diagnostics.len() == before {
        diagnostics.push(mistake(Label::new(&source.path, error.span), error.message));
    }
    None
}

/// The names that a config gives its own rules.
fn custom_names(root: &Node) -> Vec<&str> {
    root.get("custom").map_or(&[][..], Node::entries).iter().filter_map(|entry| entry.key.text()).collect()
}

/// The mappings of rules in a config and its overrides: what is wrong in them is explained in [`levels`].
fn rule_settings(root: &Node) -> Vec<(Vec<Segment>, &Node)> {
    let key = Segment::key;
    let overrides = root.get("overrides").map_or(0, |overrides| overrides.items().len());
    let inner = (0..overrides).map(|index| vec![key("overrides"), Segment::Index(index), key("rules")]);
    let paths = std::iter::once(vec![key("rules")]).chain(inner);
    let mappings = paths.filter_map(|path| Some((root.at(&path)?, path)));
    mappings.filter(|(node, _)| !node.entries().is_empty()).map(|(node, path)| (path, node)).collect()
}

static CONFIG_SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = include_str!("../../schemas/config.schema.json");
    let value = serde_json::from_str(text).expect("the schema is generated as JSON");
    Schema::from_json(value).expect("a test compiles the schema").with_subject("the config")
});

/// Whether the collections of a CMS config at a usual place are used: the last file that says so counts.
pub(super) fn wants_cms(parts: &[ConfigPart]) -> bool {
    let mut raw = parts.iter().rev().filter_map(|part| match part {
        ConfigPart::File(_, raw) => raw.cms,
        ConfigPart::Preset(_) => None,
    });
    raw.next() != Some(false)
}

impl ConfigPart {
    /// The rule settings of this part alone, where there are `custom` rules. Mistakes in them go to `diagnostics`.
    pub fn layer(&self, custom: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Layer {
        match self {
            Self::Preset(preset) => preset.layer(),
            Self::File(source, raw) => rule_options::read(
                source,
                &[Segment::key("rules")],
                (&raw.rules, custom),
                &mut source.search(),
                diagnostics,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_as_text() {
        for (folder, reference, expected) in [
            ("", "./a/b.yaml", "a/b.yaml"),
            ("shared", "../copydesk.yaml", "copydesk.yaml"),
            ("", "/data/tags.yaml", "data/tags.yaml"),
            ("", "../../secret.yaml", "../../secret.yaml"),
            ("a", "../../b", "../b"),
        ] {
            assert_eq!(join(Path::new(folder), reference), Path::new(expected), "{folder} {reference}");
        }
    }
}
