//! The dialect of a page: from the site's generator and the config, which takes precedence.

use std::{collections::HashMap, path::Path, sync::Arc};

use globset::GlobSet;

use super::{
    Config, glob_set,
    load::{Files, Source},
    markdownlint,
    written::Written,
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label},
    markdown::{Dialect, DialectName},
    site::urls::{LayoutOrigin, SiteKind},
};

/// The dialects of a site.
#[derive(Debug)]
pub(super) struct Dialects {
    site: Dialect,
    origin: Option<LayoutOrigin>,
    /// Whether the generator makes pages of MDX files.
    has_mdx_pages: bool,
    /// By the name of the collection.
    collections: HashMap<Box<str>, (Dialect, Label)>,
    /// In the order of the config.
    overrides: Vec<Choice>,
}

/// A dialect for some pages.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) files: GlobSet,
    pub(super) exclude: GlobSet,
    pub(super) dialect: Dialect,
    pub(super) place: Label,
}

impl Default for Dialects {
    fn default() -> Self {
        Self {
            site: Dialect::UNKNOWN,
            origin: None,
            has_mdx_pages: false,
            collections: HashMap::new(),
            overrides: vec![],
        }
    }
}

impl Dialects {
    /// Takes what the config says of all pages.
    pub(super) fn set_site(&mut self, names: impl IntoIterator<Item = DialectName>, place: Label) {
        self.site = Dialect::named(names);
        self.origin = Some(LayoutOrigin::Config(place));
    }

    /// Takes what the config says of a collection.
    pub(super) fn set_collection(&mut self, name: &str, dialect: Dialect, place: Label) {
        self.collections.insert(name.into(), (dialect, place));
    }

    /// Takes what an override of the config says.
    pub(super) fn add(&mut self, choice: Choice) {
        self.overrides.push(choice);
    }
}

impl Config {
    /// Takes the dialect from the generator, or from the folder of an editor, unless the config names it; and what else
    /// follows from the generator.
    pub(super) fn detect_dialect(&mut self, files: &dyn Files) {
        let kind = self.layout.kind;
        let found = Found::of(kind, files);
        self.dialects.has_mdx_pages = matches!(kind, Some(SiteKind::Docusaurus | SiteKind::Astro))
            || matches!(found, Found::Other(Other::Nextra, ..));
        if self.dialects.origin.is_some() {
            return;
        }
        let (names, origin, text) = match found {
            Found::Config(kind, path, text) => (of_kind(kind), LayoutOrigin::Generator(path), Some(text)),
            Found::Kind(kind) => (of_kind(kind), LayoutOrigin::Kind(kind), None),
            Found::Other(other, path, text) => (other.names(), LayoutOrigin::Generator(path), Some(text)),
            Found::Nothing => return,
        };
        self.dialects.site = Dialect::named(names.iter().copied());
        if let Some(text) = text {
            self.dialects.add_plugins(&text);
        }
        self.dialects.origin = Some(origin);
    }

    /// Whether the generator makes pages of MDX files.
    pub(super) fn has_mdx_pages(&self) -> bool {
        self.dialects.has_mdx_pages
    }

    /// Takes over what a config file says of dialects.
    pub(super) fn apply_dialects(&mut self, source: &Source, written: &Written, found: &mut Vec<Diagnostic>) {
        let place = |path: &[Segment]| source.value_place(path);
        if let Some(names) = written.site.as_ref().and_then(|site| site.dialect.as_ref()) {
            let place = place(&[Segment::key("site"), Segment::key("dialect")]);
            self.dialects.set_site(names.names(), place);
        }
        for (name, collection) in written.collections.iter() {
            if let Some(names) = &collection.dialect {
                let at = ["collections", name, "dialect"].map(Segment::key);
                self.dialects.set_collection(name, Dialect::named(names.names()), place(&at));
            }
        }
        for (index, over) in written.overrides.iter().flatten().enumerate() {
            let at = |name: &str| [Segment::key("overrides"), Segment::Index(index), Segment::key(name)];
            if let Some(names) = &over.dialect {
                let exclude = over.exclude.clone().unwrap_or_default();
                self.dialects.add(Choice {
                    files: glob_set(source, &at("files"), &over.files, found),
                    exclude: glob_set(source, &at("exclude"), &exclude, found),
                    dialect: Dialect::named(names.names()),
                    place: place(&at("dialect")),
                });
            }
        }
    }

    /// How a page is written.
    pub fn dialect_for(&self, path: &Path) -> Dialect {
        let dialect = self.chosen_dialect(path).0.for_file(path);
        match self.dialect {
            markdownlint::Dialect::Markdownlint => dialect.for_markdownlint(),
            markdownlint::Dialect::Copydesk => dialect,
        }
    }

    /// The dialect of a page and what says so.
    pub(super) fn chosen_dialect(&self, path: &Path) -> (Dialect, Option<LayoutOrigin>) {
        let holds = |it: &&Choice| it.files.is_match(path) && !it.exclude.is_match(path);
        if let Some(choice) = self.dialects.overrides.iter().rev().find(holds) {
            return (choice.dialect, Some(LayoutOrigin::Config(choice.place.clone())));
        }
        let of_collection = || {
            let mut names = self.collections.iter().filter(|it| it.has_path(path)).map(|it| &*it.name);
            names.find_map(|name| self.dialects.collections.get(name))
        };
        match (self.dialects.collections.is_empty(), of_collection) {
            (false, find) if find().is_some() => {
                let (dialect, place) = find().expect("it was found just now");
                (*dialect, Some(LayoutOrigin::Config(place.clone())))
            }
            _ => (self.dialects.site, self.dialects.origin.clone()),
        }
    }
}

/// What says how the pages of a site are written.
enum Found {
    /// The config of a generator, with its text.
    Config(SiteKind, Arc<str>, Arc<str>),
    /// A generator, by name.
    Kind(SiteKind),
    /// A file of another tool, with its text.
    Other(Other, Arc<str>, Arc<str>),
    /// Nothing.
    Nothing,
}

/// Tools whose pages are recognized by a file of theirs and whose addresses are not known.
#[derive(Clone, Copy)]
enum Other {
    EleventyLiquid,
    EleventyNunjucks,
    Nextra,
    Obsidian,
}

impl Found {
    fn of(kind: Option<SiteKind>, files: &dyn Files) -> Self {
        match kind {
            Some(kind) => match first_of(files, kind.config_files()) {
                Some((path, text)) => Self::Config(kind, path, text),
                None => Self::Kind(kind),
            },
            None => Self::other(files).unwrap_or(Self::Nothing),
        }
    }

    fn other(files: &dyn Files) -> Option<Self> {
        if let Some((path, text)) = first_of(files, &ELEVENTY) {
            let other = if text.contains("njk") { Other::EleventyNunjucks } else { Other::EleventyLiquid };
            return Some(Self::Other(other, path, text));
        }
        if let Some((path, text)) = first_of(files, &NEXT).filter(|(_, text)| text.contains("nextra")) {
            return Some(Self::Other(Other::Nextra, path, text));
        }
        let (path, text) = first_of(files, &OBSIDIAN)?;
        Some(Self::Other(Other::Obsidian, path, text))
    }
}

impl Other {
    const fn names(self) -> &'static [DialectName] {
        match self {
            Self::EleventyLiquid => &[DialectName::Liquid, DialectName::MathBlocks],
            Self::EleventyNunjucks => &[DialectName::Nunjucks, DialectName::MathBlocks],
            Self::Nextra => &[DialectName::Mdx, DialectName::MathBlocks, DialectName::Alerts],
            Self::Obsidian => &[DialectName::Obsidian],
        }
    }
}

/// The config files of Eleventy.
const ELEVENTY: [&str; 4] =
    ["eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js"];

/// The config files of Next.js, of which Nextra is a plugin.
const NEXT: [&str; 4] = ["next.config.js", "next.config.mjs", "next.config.cjs", "next.config.ts"];

/// Files of which Obsidian writes at least one into a vault.
const OBSIDIAN: [&str; 4] = [
    ".obsidian/app.json",
    ".obsidian/appearance.json",
    ".obsidian/core-plugins.json",
    ".obsidian/workspace.json",
];

/// The first of some files that is there, with its text.
fn first_of(files: &dyn Files, paths: &[&str]) -> Option<(Arc<str>, Arc<str>)> {
    paths.iter().find_map(|path| Some((Arc::from(*path), files.read(Path::new(path)).ok()?)))
}

/// What pages of a generator have unless its config says more.
const fn of_kind(kind: SiteKind) -> &'static [DialectName] {
    match kind {
        SiteKind::Hugo => &[DialectName::Hugo, DialectName::MathBlocks],
        SiteKind::Jekyll => &[DialectName::Liquid, DialectName::Kramdown],
        SiteKind::Mdbook => &[DialectName::Mdbook, DialectName::MathBlocks],
        SiteKind::Vitepress => &[DialectName::Vitepress, DialectName::MathBlocks],
        SiteKind::Mkdocs => &[DialectName::Templates, DialectName::Mkdocs],
        SiteKind::Docusaurus => &[DialectName::Mdx, DialectName::Directives, DialectName::MathBlocks],
        SiteKind::Astro => &[DialectName::Templates, DialectName::Directives, DialectName::MathBlocks],
        SiteKind::Gatsby => &[DialectName::Templates, DialectName::MathBlocks],
        SiteKind::Plain => &[DialectName::Templates, DialectName::MathBlocks, DialectName::Alerts],
    }
}

impl Dialects {
    /// Adds what the plugins bring that a generator's config names.
    fn add_plugins(&mut self, config: &str) {
        const PLUGINS: [(&str, &[DialectName]); 8] = [
            ("arithmatex", &[DialectName::Math, DialectName::TexMath]),
            ("passthrough", &[DialectName::Math, DialectName::TexMath]),
            ("remark-math", &[DialectName::Math]),
            ("markdown-it-katex", &[DialectName::Math]),
            ("markdown-it-mathjax3", &[DialectName::Math]),
            ("markdown-it-texmath", &[DialectName::Math]),
            ("math: true", &[DialectName::Math]),
            ("macros", &[DialectName::Nunjucks]),
        ];
        for (plugin, names) in PLUGINS {
            if config.contains(plugin) {
                self.site = names.iter().copied().fold(self.site, Dialect::with);
            }
        }
    }
}
