//! From the config of a generator to the layout of its site. A mistake in such a config is not ours to report.

use std::{collections::HashMap, path::Path, sync::Arc};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use url::Url;

use super::SiteKind;
use crate::{
    data::{self, DataFormat, Node, Tree},
    discover::SiteFiles,
    site::urls::{Layout, LayoutOrigin, Mount, RouteForm, clean_folder, join},
    text::{SlugStyle, Span},
};

/// The most folders that wait to be looked into.
const MAX_FOLDERS: usize = 10_000;

/// Visits the files in a folder and below it, with the folder and the name of each. `names` gives what is in a folder,
/// and `enters` says by name which folders are looked into.
pub(super) fn each_file(
    start: &str,
    names: impl Fn(&str) -> Arc<[String]>,
    enters: impl Fn(&str) -> bool,
    mut visit: impl FnMut(&str, &str),
) {
    let mut folders = vec![start.to_owned()];
    while let Some(folder) = folders.pop() {
        for name in names(&folder).iter() {
            match name.strip_suffix('/') {
                None => visit(&folder, name),
                Some(inner) if folders.len() < MAX_FOLDERS && enters(inner) => {
                    folders.extend(join(&folder, inner));
                }
                Some(_) => {}
            }
        }
    }
}

/// Takes over what the config of a generator says.
pub struct Setup<'a> {
    pub(super) project: &'a SiteFiles,
    /// The config, relative to the project's root; `None` where there is none.
    pub(super) config: Option<&'a str>,
    /// What is taken over.
    pub(super) layout: &'a mut Layout,
    /// The config's text.
    pub(super) text: Arc<str>,
}

impl<'a> Setup<'a> {
    /// For the site whose root and kind the layout has.
    pub fn new(project: &'a SiteFiles, config: Option<&'a str>, layout: &'a mut Layout) -> Self {
        let text = config.and_then(|path| project.text(path)).unwrap_or_default();
        Self { project, config, layout, text }
    }

    /// A path below the site's root, seen from the project's root. `..` is resolved; `None` where it leads out.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        join(&self.layout.root, path)
    }

    /// A file of the site.
    pub(super) fn read(&self, path: &str) -> Option<Arc<str>> {
        self.project.text(&self.path(path)?)
    }

    /// A data file of the site, by its name as YAML, TOML or JSON.
    pub(super) fn tree(&self, path: &str) -> Option<Tree> {
        Some(tree_of(path, &self.read(path)?))
    }

    /// What is in a folder of the site.
    pub(super) fn names(&self, folder: &str) -> Arc<[String]> {
        self.path(folder).map_or_else(Arc::default, |folder| self.project.names(&folder))
    }

    /// The config as data.
    pub(super) fn root(&self) -> Option<Node> {
        tree_of(self.config?, &self.text).root
    }

    /// Notes that the config has said something.
    pub(super) fn says(&mut self, key: &'static str) {
        if let Some(path) = self.config {
            self.layout.origins.insert(key, LayoutOrigin::Generator(Arc::from(path)));
        }
    }

    /// Takes a URL, and below it a path where the generator keeps that by itself.
    pub(super) fn url(&mut self, address: Option<&str>, base: Option<&str>) {
        let Some(mut url) = address.and_then(|text| Url::parse(text).ok()) else {
            self.layout.base = base.map(clean_base).filter(|base| !base.is_empty());
            return;
        };
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return;
        }
        if let Some(base) = base.map(|base| base.trim_matches('/')).filter(|base| !base.is_empty()) {
            let path = format!("{}/{base}/", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        self.layout.url = Some(url);
        self.says("url");
    }

    /// Takes the form of paths.
    pub(super) fn form(&mut self, form: RouteForm) {
        self.layout.route_form = form;
        self.says("trailing-slash");
    }

    /// What is the case where the config says nothing.
    pub(super) fn defaults(
        &mut self,
        content: &[(&str, &str)],
        statics: &[&str],
        form: RouteForm,
        slugs: SlugStyle,
    ) {
        self.layout.content = content.iter().filter_map(|(folder, at)| self.mount(folder, at)).collect();
        self.layout.statics = statics.iter().filter_map(|folder| Some(self.path(folder)?.into())).collect();
        self.layout.route_form = form;
        self.layout.slugs = slugs;
    }

    /// A folder of the site whose pages appear below a path.
    pub(super) fn mount(&self, folder: &str, at: &str) -> Option<Mount> {
        Some(Mount::new(&self.path(clean_folder(folder))?, at))
    }

    /// Takes the folders of pages.
    pub(super) fn content(&mut self, mounts: Vec<Mount>) {
        self.layout.content = mounts;
        self.says("content");
    }

    /// Takes the folders of files.
    pub(super) fn statics(&mut self, folders: impl IntoIterator<Item = impl AsRef<str>>) {
        let folders = folders.into_iter().filter_map(|folder| self.path(clean_folder(folder.as_ref())));
        self.layout.statics = folders.map(Into::into).collect();
        self.says("static");
    }

    /// Takes the language of pages that nothing else names, by its tag. Starlight calls it `root` where it has no folder of its
    /// own.
    pub(super) fn default_language(&mut self, tag: Option<&str>) {
        self.layout.languages.default = tag.filter(|tag| !matches!(*tag, "" | "root")).map(Box::from);
    }

    /// Takes the folder of pages and of the files beside them.
    pub(super) fn source(&mut self, folder: &str) {
        let mounts = self.mount(folder, "").into_iter().collect();
        self.content(mounts);
        self.statics([folder]);
    }

    /// Takes redirects, by a key of the config: paths from the site's `/`.
    pub(super) fn redirects<'t>(&mut self, pairs: impl IntoIterator<Item = (&'t str, &'t str)>) {
        let Some(config) = self.config else { return };
        let place = crate::diagnostic::Label::new(&Arc::from(std::path::Path::new(config)), Span::empty(0));
        for (from, to) in pairs {
            self.layout.moves.add_generated(from, to, &place);
        }
    }
}

/// A base path as it is put in front of paths: without a slash at the end.
fn clean_base(base: &str) -> Box<str> {
    let base = base.trim_matches('/');
    if base.is_empty() { Box::default() } else { format!("/{base}").into() }
}

/// A data file as a tree. What is wrong in it is left out.
pub(super) fn tree_of(path: &str, text: &str) -> Tree {
    let format = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => DataFormat::Json,
        Some("toml") => DataFormat::Toml,
        _ => DataFormat::Yaml,
    };
    let is_too_large = u32::try_from(text.len()).is_err();
    data::parse_file(if is_too_large { "" } else { text }, format)
}

/// The layout of a site, by its kind alone.
pub(in crate::site) fn layout_of_kind(kind: SiteKind) -> Layout {
    let mut layout = Layout { kind: Some(kind), ..Layout::default() };
    let generator = (kind.engine().setup)(&mut Setup::new(&SiteFiles::in_memory([]), None, &mut layout));
    layout.generator = Some(generator);
    let keys = ["content", "static", "trailing-slash", "slugs"];
    layout.origins = keys.into_iter().map(|key| (key, LayoutOrigin::Kind(kind))).collect();
    layout
}

/// The texts of a mapping, by key.
pub(super) fn texts(node: Option<&Node>) -> HashMap<Box<str>, Box<str>> {
    let entries = node.map_or(&[][..], Node::entries).iter();
    entries.filter_map(|entry| Some((entry.key.text()?.into(), entry.value.text()?.into()))).collect()
}

/// Patterns as in `.gitignore`, one per line; a line that is not a pattern matches nothing.
pub(super) fn ignore_patterns(defaults: &[&str], text: &str) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in defaults.iter().copied().chain(text.lines()) {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether patterns match a file, by its path from where they apply, or a folder above it.
pub(super) fn is_ignored(patterns: &Gitignore, below: &str) -> bool {
    patterns.matched_path_or_any_parents(Path::new(below), false).is_ignore()
}

/// The patterns of files in a config; what is not a pattern matches nothing.
pub(super) fn globs<T: AsRef<str>>(patterns: impl IntoIterator<Item = T>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for pattern in patterns {
        let _ = GlobBuilder::new(pattern.as_ref()).literal_separator(true).build().map(|it| globs.add(it));
    }
    globs.build().unwrap_or_default()
}

/// The same, where `*` stands for slashes as well.
pub(super) fn loose_globs<'t>(patterns: impl IntoIterator<Item = &'t str>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for pattern in patterns {
        let _ = GlobBuilder::new(pattern).build().map(|it| globs.add(it));
    }
    globs.build().unwrap_or_default()
}

/// Whether files with this extension are not pages.
pub(super) fn is_asset(ending: &str) -> bool {
    const ASSETS: [&str; 24] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "pdf", "zip", "gz", "txt", "json", "xml",
        "mp4", "webm", "mp3", "js", "css", "yaml", "yml", "csv", "toml", "woff2",
    ];
    ASSETS.contains(&ending.to_lowercase().as_str())
}
