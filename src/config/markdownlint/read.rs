//! From the files to what they say, `extends` followed.

use std::path::{Path, PathBuf};

use super::object::{Object, ObjectMember, is_truthy};
use super::{PACKAGE, PACKAGE_KEY, RC};
use crate::{
    config::load::{self, ConfigSource, MAX_EXTENDS, mistake, unreadable_at},
    data::{DataFormat, Meaning, Node, Scalar, ScalarNotation, Value},
    diagnostic::{Diagnostic, Label, Severity},
    discover::SiteFiles,
    text::Span,
    vfs::MISSING,
};

/// The styles that come with markdownlint, by their names after `markdownlint/style/`, and what each turns off.
const STYLES: [(&str, &[&str]); 3] = [
    ("all", &[]),
    ("relaxed", &["whitespace", "line_length", "MD007", "MD033", "MD034", "MD040", "MD041"]),
    (
        "prettier",
        &[
            "MD003", "MD005", "MD007", "MD009", "MD010", "MD012", "MD013", "MD018", "MD019", "MD020",
            "MD021", "MD022", "MD023", "MD027", "MD028", "MD029", "MD030", "MD031", "MD032", "MD035",
            "MD048", "MD049", "MD050",
        ],
    ),
];

/// A config of markdownlint-cli2.
#[derive(Debug, Clone, Default)]
pub struct MarkdownlintConfig {
    /// Its `config`.
    pub config: Option<Object>,
    /// Its other keys.
    pub others: Object,
}

impl MarkdownlintConfig {
    /// These options with others on top (`mergeOptions` of markdownlint-cli2).
    pub fn with(&self, top: &Self) -> Self {
        let config = match (&self.config, &top.config) {
            (Some(config), Some(top)) => Some(config.with(top)),
            (config, top) => top.clone().or_else(|| config.clone()),
        };
        Self { config, others: self.others.with(&top.others) }
    }

    /// The texts that a key holds.
    pub fn texts(&self, key: &str) -> Option<Vec<(String, Label)>> {
        self.others.get(key).map(ObjectMember::texts)
    }

    /// Whether a key says yes.
    pub fn says(&self, key: &str) -> bool {
        self.others.get(key).is_some_and(|item| is_truthy(&item.value))
    }

    /// The items of `overrides`.
    pub fn overrides(&self) -> impl Iterator<Item = (&ObjectMember, &Node)> {
        let item = self.others.get("overrides");
        item.into_iter().flat_map(|item| item.value.items().iter().map(move |node| (item, node)))
    }
}

/// Reads configs of markdownlint. Mistakes go to `found`.
pub struct MarkdownlintReader<'a> {
    pub files: &'a SiteFiles,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// Files whose `extends` is being followed.
    open: Vec<PathBuf>,
}

impl<'a> MarkdownlintReader<'a> {
    pub fn new(files: &'a SiteFiles, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { files, diagnostics, open: vec![] }
    }

    /// The first of some files that is there.
    pub fn first(&self, folder: &Path, names: &[&str]) -> Option<PathBuf> {
        let paths = names.iter().map(|name| folder.join(name));
        paths.into_iter().find(|path| self.is_there(path))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.files.read(path).map_or_else(|why| why != MISSING, |_| true)
    }

    /// The content of a file that is named at `mentioned`, or nowhere.
    pub fn tree(&mut self, path: &Path, mentioned: Option<&Label>) -> Option<ConfigSource> {
        let start = Label::new(&path.into(), Span::empty(0));
        let extension = path.extension().and_then(|extension| extension.to_str());
        if is_program(path) {
            let place = mentioned.unwrap_or(&start).clone();
            let mut diagnostic = mistake(place, "JavaScript configs are not supported");
            diagnostic.help(
                "convert it to JSON or YAML, or run `copydesk init`: beside a `copydesk.yaml` it is not read",
            );
            self.diagnostics.push(diagnostic);
            return None;
        }
        let format = match extension {
            Some("yaml" | "yml") => DataFormat::Yaml,
            Some("toml") => DataFormat::Toml,
            _ if path.ends_with(RC) => self.rc_format(path),
            _ => DataFormat::Jsonc,
        };
        match ConfigSource::read_as(self.files, path, format) {
            Ok(source) => {
                let errors = source.syntax_findings();
                let is_sound = errors.is_empty();
                self.diagnostics.extend(errors);
                is_sound.then_some(source)
            }
            Err(why) => {
                let place = mentioned.unwrap_or(&start).clone();
                self.diagnostics.push(unreadable_at(place, path, &why));
                None
            }
        }
    }

    /// The notation of a file whose name does not tell it.
    fn rc_format(&self, path: &Path) -> DataFormat {
        let formats = [DataFormat::Jsonc, DataFormat::Toml, DataFormat::Yaml];
        let is_well_formed = |format: &DataFormat| {
            ConfigSource::read_as(self.files, path, *format).is_ok_and(|source| source.tree.is_complete())
        };
        formats.into_iter().find(is_well_formed).unwrap_or(DataFormat::Jsonc)
    }

    /// The npm package in a folder, if it has options of markdownlint-cli2.
    pub fn package(&self, folder: &Path) -> Option<PathBuf> {
        let path = folder.join(PACKAGE);
        let source = ConfigSource::read_as(self.files, &path, DataFormat::Json).ok()?;
        source.tree.root?.get(PACKAGE_KEY).map(|_| path)
    }

    /// A config of markdownlint.
    pub fn config(&mut self, path: &Path, mentioned: Option<&Label>) -> Option<Object> {
        let source = self.tree(path, mentioned)?;
        let object = source.tree.root.map_or_else(Object::default, |root| Object::of(&root, &source.path));
        match self.extended(&object, path) {
            Some(base) => Some(base.with(&object)),
            None => Some(object),
        }
    }

    /// A config of markdownlint-cli2.
    pub fn options(&mut self, path: &Path) -> Option<MarkdownlintConfig> {
        let source = self.tree(path, None)?;
        let root = source.tree.root.as_ref();
        let root = if path.ends_with(PACKAGE) { root.and_then(|root| root.get(PACKAGE_KEY)) } else { root };
        Some(match root {
            Some(root) => self.options_in(root, &source),
            None => MarkdownlintConfig::default(),
        })
    }

    /// The options of markdownlint-cli2 that a node holds.
    pub fn options_in(&mut self, node: &Node, source: &ConfigSource) -> MarkdownlintConfig {
        let others = Object::of(node, &source.path);
        let config = others.get("config").cloned().map(|item| self.nested(&item, &item.value));
        MarkdownlintConfig { config, others }
    }

    /// A config of markdownlint within one of markdownlint-cli2. What it extends comes after its own keys there.
    pub fn nested(&mut self, item: &ObjectMember, node: &Node) -> Object {
        let path = item.place.path.clone();
        let mut object = Object::of(node, &path);
        if let Some(base) = self.extended(&object, &path) {
            object.fill(base);
        }
        object
    }

    /// What a config extends, if anything.
    fn extended(&mut self, object: &Object, path: &Path) -> Option<Object> {
        let item = object.get("extends").filter(|item| is_truthy(&item.value))?;
        let place = item.place_of(&item.value);
        let Some(name) = item.value.as_str() else {
            self.diagnostics.push(mistake(place, "expected one file name for `extends`"));
            return None;
        };
        let base = self.resolve(name, path.parent().unwrap_or(Path::new("")));
        if self.open.len() >= MAX_EXTENDS || base.as_deref() == Some(path) || self.open.contains(&path.into())
        {
            self.diagnostics.push(mistake(place, "circular `extends`"));
            return None;
        }
        let Some(base) = base else {
            let style = style(name, &place);
            if style.is_none() {
                self.diagnostics.push(if is_package(name) {
                    let mut diagnostic = mistake(place, format!("package not installed: `{name}`"));
                    diagnostic.severity = Severity::Warning;
                    diagnostic.help("install it, so that its settings have an effect");
                    diagnostic
                } else {
                    let mut diagnostic = mistake(place, format!("file not found: `{name}`"));
                    diagnostic
                        .help("searched in the directory of this file and in the site's `node_modules`");
                    diagnostic
                });
            }
            return style;
        };
        self.open.push(path.to_owned());
        let object = self.config(&base, Some(&place));
        self.open.pop();
        object
    }

    /// The file that `extends` means: one beside the config, else one of a package in the folders above.
    fn resolve(&self, name: &str, folder: &Path) -> Option<PathBuf> {
        let beside = load::join(folder, name);
        if self.is_there(&beside) {
            return Some(beside);
        }
        let is_package = !name.starts_with(['.', '/', '~']);
        let folders = folder.ancestors().filter(|_| is_package);
        let paths = folders.flat_map(|folder| {
            let file = load::join(&folder.join("node_modules"), name);
            let with_ending = PathBuf::from(format!("{}.json", file.display()));
            [file, with_ending]
        });
        paths.into_iter().find(|path| self.is_there(path))
    }
}

/// Whether `extends` names a package, which may not be installed, and not a file.
fn is_package(name: &str) -> bool {
    let has_ending = name.rsplit_once('.').is_some_and(|(_, ending)| !ending.contains('/'));
    !name.starts_with(['.', '/', '~']) && (name.starts_with('@') || !has_ending)
}

/// Whether a config is a program.
pub fn is_program(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["js", "cjs", "mjs"].iter().any(|it| extension == *it))
}

/// A style that comes with markdownlint, which need not be installed for it.
fn style(name: &str, place: &Label) -> Option<Object> {
    let name = name.strip_prefix("markdownlint/style/")?;
    let name = name.strip_suffix(".json").unwrap_or(name);
    let (_, off) = STYLES.iter().find(|(style, _)| *style == name)?;
    let mut object = Object::default();
    for key in *off {
        let no = Scalar { text: "false".into(), style: ScalarNotation::Plain, meaning: Meaning::Bool(false) };
        let value = Node { span: place.span, tag: None, value: Value::Scalar(no) };
        object.set(ObjectMember { key: (*key).into(), place: place.clone(), value });
    }
    Some(object)
}
