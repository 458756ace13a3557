//! The dialect of a page: from the site's generator and the config, which takes precedence.

use std::{collections::HashMap, path::Path, sync::Arc};

use globset::GlobSet;

use super::{Config, glob_set, load::ConfigSource, markdownlint, raw::RawConfig};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label},
    discover::SiteFiles,
    markdown::{Dialect, DialectName},
    site::urls::{LayoutOrigin, SiteKind, is_for_forge},
    text::is_mdx,
};

/// The dialects of a site.
#[derive(Debug)]
pub(super) struct Dialects {
    site: Dialect,
    origin: Option<LayoutOrigin>,
    /// By the root of the site, where its generator tells, and what does so.
    sites: HashMap<Box<str>, (Dialect, LayoutOrigin)>,
    /// Whether the generator makes pages of MDX files.
    has_mdx_pages: bool,
    /// By the name of the collection.
    collections: HashMap<Box<str>, (Dialect, Label)>,
    /// In the order of the config.
    overrides: Vec<DialectOverride>,
}

/// A dialect for some pages.
#[derive(Debug)]
pub(super) struct DialectOverride {
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
            sites: HashMap::new(),
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
    pub(super) fn add(&mut self, choice: DialectOverride) {
        self.overrides.push(choice);
    }
}

impl Config {
    /// Takes the dialect from the generator, or from the folder of an editor, unless the config names it; and what else
    /// follows from the generator.
    pub(super) fn detect_dialect(&mut self, files: &SiteFiles) {
        let is_mdx = |kind| {
            use SiteKind::{Astro, Docusaurus, Mintlify, Next};
            matches!(kind, Some(Docusaurus | Astro | Next | Mintlify))
        };
        self.dialects.has_mdx_pages = self.sites.iter().any(|layout| is_mdx(layout.kind));
        if self.dialects.origin.is_some() {
            return;
        }
        for layout in self.sites.iter() {
            let (Some(kind), Some(origin)) = (layout.kind, layout.origins.get("kind")) else { continue };
            let mut dialect = Dialect::named(kind.engine().dialects.iter().copied());
            if let LayoutOrigin::Generator(path) = origin
                && let Ok(text) = files.read(Path::new(&**path))
            {
                if kind == SiteKind::Eleventy {
                    dialect = eleventy(&text);
                }
                dialect = with_plugins(dialect, kind, &text);
            }
            if kind == SiteKind::Hexo && reads_html_blocks(files, &layout.root) {
                dialect = dialect.with_markdown_in_html();
            }
            self.dialects.sites.insert(layout.root.clone(), (dialect, origin.clone()));
        }
        if self.dialects.sites.is_empty() {
            let found = TOOLS.iter().find_map(|(paths, names)| Some((first_of(files, paths)?.0, *names)));
            if let Some((path, names)) = found {
                self.dialects.site = Dialect::named(names.iter().copied());
                self.dialects.origin = Some(LayoutOrigin::Generator(path));
            }
        }
    }

    /// Whether the generator makes pages of MDX files.
    pub(super) fn has_mdx_pages(&self) -> bool {
        self.dialects.has_mdx_pages
    }

    /// Takes over what a config file says of dialects.
    pub(super) fn apply_dialects(
        &mut self,
        source: &ConfigSource,
        raw: &RawConfig,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let place = |path: &[Segment]| source.value_place(path);
        if let Some(names) = raw.site.as_ref().and_then(|site| site.dialect.as_ref()) {
            let place = place(&[Segment::key("site"), Segment::key("dialect")]);
            self.dialects.set_site(names.names(), place);
        }
        for (name, collection) in raw.collections.iter() {
            if let Some(names) = &collection.dialect {
                let at = ["collections", name, "dialect"].map(Segment::key);
                self.dialects.set_collection(name, Dialect::named(names.names()), place(&at));
            }
        }
        for (index, over) in raw.overrides.iter().flatten().enumerate() {
            let at = |name: &str| [Segment::key("overrides"), Segment::Index(index), Segment::key(name)];
            if let Some(names) = &over.dialect {
                let exclude = over.exclude.clone().unwrap_or_default();
                self.dialects.add(DialectOverride {
                    files: over.files.as_ref().map_or_else(GlobSet::empty, |list| {
                        glob_set(source, &at("files"), list, diagnostics)
                    }),
                    exclude: glob_set(source, &at("exclude"), &exclude, diagnostics),
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
            markdownlint::Semantics::Markdownlint => dialect.for_markdownlint(),
            markdownlint::Semantics::Copydesk => dialect,
        }
    }

    /// The dialect of a page and what says so.
    pub(super) fn chosen_dialect(&self, path: &Path) -> (Dialect, Option<LayoutOrigin>) {
        let holds = |it: &&DialectOverride| it.files.is_match(path) && !it.exclude.is_match(path);
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
            _ => self.site_dialect(path),
        }
    }

    /// The dialect of the site that a page is of.
    fn site_dialect(&self, path: &Path) -> (Dialect, Option<LayoutOrigin>) {
        let name = path.to_string_lossy();
        let layout = self.sites.of(&name);
        if self.dialects.origin.is_none()
            && let Some((dialect, origin)) = self.dialects.sites.get(&layout.root)
        {
            // A README or CHANGELOG beside the pages is read by the forge; of what else is there, Docusaurus reads nothing. Jekyll has its
            // pages in the same folder.
            let is_named = layout.kind == Some(SiteKind::Docusaurus) || is_for_forge(&name);
            let is_of_jekyll = layout.kind == Some(SiteKind::Jekyll) && is_for_contributors(path);
            let is_beside = (is_named && layout.mount_of(&name).is_none() || is_of_jekyll) && !is_mdx(path);
            return if is_beside { (self.dialects.site, None) } else { (*dialect, Some(origin.clone())) };
        }
        (self.dialects.site, self.dialects.origin.clone())
    }
}

/// Whether a file is for those who work on a project: forges show it, and no site has it for a page.
fn is_for_contributors(path: &Path) -> bool {
    const NAMES: [&str; 4] = ["CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md"];
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| NAMES.contains(&name))
}

/// Files of which Obsidian writes at least one into a vault.
const OBSIDIAN: [&str; 4] = [
    ".obsidian/app.json",
    ".obsidian/appearance.json",
    ".obsidian/core-plugins.json",
    ".obsidian/workspace.json",
];

/// A file that is at the root of a bookdown project.
const BOOKDOWN: [&str; 1] = ["_bookdown.yml"];

/// Tools that are not generators of sites, by their files, and how the pages that they read are written.
const TOOLS: [(&[&str], &[DialectName]); 2] =
    [(&OBSIDIAN, &[DialectName::Obsidian]), (&BOOKDOWN, &[DialectName::Templates, DialectName::Pandoc])];

/// The first of some files that is there, with its text.
fn first_of(files: &SiteFiles, paths: &[&str]) -> Option<(Arc<str>, Arc<str>)> {
    paths.iter().find_map(|path| Some((Arc::from(*path), files.read(Path::new(path)).ok()?)))
}

/// The dialect of a site that Eleventy makes with this config.
fn eleventy(config: &str) -> Dialect {
    let is_set = |line: &str| !line.trim_start().starts_with("//") && line.contains("markdownTemplateEngine");
    let has_nunjucks = config.lines().any(|line| is_set(line) && line.contains("njk"));
    let template = if has_nunjucks { DialectName::Nunjucks } else { DialectName::Liquid };
    let dialect = Dialect::named([template, DialectName::MathBlocks]);
    let has_code = config.contains("enable(\"code\")") || config.contains("enable('code')");
    if has_code { dialect } else { dialect.with(DialectName::NoIndentedCode) }
}

/// A dialect with what the plugins and options bring that a generator's config names.
fn with_plugins(mut dialect: Dialect, kind: SiteKind, config: &str) -> Dialect {
    const PLUGINS: [(&str, &[DialectName]); 7] = [
        ("arithmatex", &[DialectName::Math, DialectName::TexMath]),
        ("passthrough", &[DialectName::Math, DialectName::TexMath]),
        ("remark-math", &[DialectName::Math]),
        ("markdown-it-katex", &[DialectName::Math]),
        ("markdown-it-mathjax3", &[DialectName::Math]),
        ("markdown-it-texmath", &[DialectName::Math]),
        ("math: true", &[DialectName::Math]),
    ];
    if kind == SiteKind::Docusaurus && reads_commonmark(config) {
        dialect = Dialect::named([DialectName::Templates, DialectName::Directives, DialectName::MathBlocks])
            .with_plain_titles();
    }
    if kind == SiteKind::Jekyll {
        if has_option(config, "markdown", "commonmark") {
            dialect = Dialect::named([DialectName::Liquid, DialectName::MathBlocks]);
        } else if has_option(config, "parse_block_html", "true") {
            dialect = dialect.with_markdown_in_html();
        }
    }
    if kind == SiteKind::Mkdocs && has_option(config, "relaxed_headers", "true") {
        dialect = dialect.with_relaxed_fences();
    }
    if kind == SiteKind::Hexo {
        dialect = dialect.with_plain_fences();
    }
    for (plugin, names) in PLUGINS {
        if config.contains(plugin) {
            dialect = names.iter().copied().fold(dialect, Dialect::with);
        }
    }
    let is_macros = |line: &str| {
        let name = line.trim_start_matches([' ', '-', '"', '\'']).strip_prefix("macros");
        name.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '"', '\'']))
    };
    let has_macros = kind == SiteKind::Mkdocs && config.lines().any(is_macros);
    if has_macros { dialect.with(DialectName::Nunjucks) } else { dialect }
}

/// Whether the first line of a YAML or TOML config that begins with a name has a value, whatever its case, for it.
fn has_option(config: &str, name: &str, value: &str) -> bool {
    let rest = config.lines().find_map(|line| line.trim_start().strip_prefix(name)).unwrap_or_default();
    rest.trim_start_matches([' ', ':', '=', '"', '\'']).to_ascii_lowercase().starts_with(value)
}

/// Whether Hexo renders pages with a release of marked that reads the content of HTML blocks, which those before 0.4 do.
fn reads_html_blocks(files: &SiteFiles, root: &str) -> bool {
    let package = files.read(&Path::new(root).join("package.json")).unwrap_or_default();
    let rest = package.split_once("\"hexo-renderer-marked\"").map_or("", |(_, rest)| rest);
    let version = rest.trim_start_matches([' ', ':', '"', '^', '~']);
    version.starts_with("0.")
}

/// Whether Docusaurus reads `.md` files as CommonMark and only `.mdx` files as MDX.
fn reads_commonmark(config: &str) -> bool {
    config.match_indices("format:").any(|(at, key)| {
        let value = config[at + key.len()..].trim_start();
        ["'detect'", "\"detect\"", "'md'", "\"md\""].iter().any(|it| value.starts_with(it))
    })
}
