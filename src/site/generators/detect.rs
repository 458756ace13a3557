//! Which sites a project holds, by the config files of generators in its folders.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use super::{ENGINES, GeneratorSupport, Setup};
use crate::discover::SiteFiles;
use crate::site::urls::{Layout, LayoutOrigin, join, parent};

/// A site that was found.
#[derive(Debug, Clone)]
pub struct Detected {
    /// Its folder, relative to the project's root; empty for that itself.
    pub root: String,
    /// What makes it.
    pub engine: &'static GeneratorSupport,
    /// The config of the generator, relative to the project's root; `None` where another file gave it away.
    pub config: Option<String>,
    /// The file that gave it away, relative to the project's root.
    pub sign: String,
}

impl Detected {
    /// Where the pages and files of the site appear.
    pub fn layout(&self, project: &SiteFiles) -> Layout {
        let kind = self.engine.kind;
        let mut layout = Layout { root: self.root.as_str().into(), kind: Some(kind), ..Layout::default() };
        let generator = (self.engine.setup)(&mut Setup::new(project, self.config.as_deref(), &mut layout));
        layout.generator = Some(generator);
        for key in ["content", "static", "trailing-slash", "slugs"] {
            layout.origins.entry(key).or_insert(LayoutOrigin::Kind(kind));
        }
        layout.origins.insert("kind", LayoutOrigin::Generator(self.sign.as_str().into()));
        layout
    }
}

/// Folders whose folders may be sites as well.
const GROUPS: [&str; 9] =
    ["packages", "apps", "doc", "docs", "sites", "websites", "www", "documentation", "examples"];

/// Folders that hold no site of the project: what is built, what others made, and what tests need.
const PASSED_OVER: [&str; 13] = [
    "node_modules",
    "vendor",
    "target",
    "dist",
    "build",
    "public",
    "_site",
    "themes",
    "test",
    "tests",
    "fixtures",
    "__tests__",
    "testdata",
];

/// The most folders that are looked into.
const MAX_FOLDERS: usize = 256;

/// A folder that may be the root of a site.
pub(super) struct RootCandidate<'a> {
    project: &'a SiteFiles,
    /// Relative to the project's root, with a `/` at the end unless it is that.
    prefix: String,
    names: RefCell<HashMap<String, Arc<[String]>>>,
}

impl<'a> RootCandidate<'a> {
    fn new(project: &'a SiteFiles, folder: &str) -> Self {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Self { project, prefix, names: RefCell::default() }
    }

    fn names(&self, folder: &str) -> Arc<[String]> {
        let path = format!("{}{folder}", self.prefix);
        let read = || self.project.names(path.trim_end_matches('/'));
        Arc::clone(self.names.borrow_mut().entry(folder.to_owned()).or_insert_with(read))
    }

    /// Whether a file or, with a `/` at the end, a folder is in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let (bare, slash) = path.strip_suffix('/').map_or((path, ""), |bare| (bare, "/"));
        let mut above = String::new();
        for part in parent(bare).split('/').filter(|it| !it.is_empty()) {
            if !self.names(&above).contains(&format!("{part}/")) {
                return false;
            }
            above.push_str(part);
            above.push('/');
        }
        self.names(&above).contains(&format!("{}{slash}", &bare[above.len()..]))
    }

    /// The text of a file in it.
    pub(super) fn read(&self, path: &str) -> Option<Arc<str>> {
        self.has(path).then(|| self.project.text(&format!("{}{path}", self.prefix))).flatten()
    }

    /// Whether `package.json` names a package.
    pub(super) fn depends_on(&self, package: &str) -> bool {
        self.read("package.json").is_some_and(|text| text.contains(&format!("\"{package}\"")))
    }

    /// Of configs with such names the first that has the URL of a site, or else the first that has its name: others are
    /// parts of them.
    fn variant(&self, (start, end): (&str, &str)) -> Option<String> {
        let names = self.names("");
        let fitting = || names.iter().filter(|name| name.starts_with(start) && name.ends_with(end));
        let has = |name: &&String, key: &str| {
            self.read(name).is_some_and(|text| text.lines().any(|line| line.starts_with(key)))
        };
        let by = |key: &str| fitting().find(|name| has(name, key)).cloned();
        by("site_url:").or_else(|| by("site_name:"))
    }

    /// What makes a site of it, if it is one.
    fn site(&self, engines: &[&'static GeneratorSupport]) -> Option<Detected> {
        let found = |engine: &'static GeneratorSupport, path: &str, is_config: bool| {
            let sign = format!("{}{path}", self.prefix);
            let root = self.prefix.trim_end_matches('/').to_owned();
            Detected { root, engine, config: is_config.then(|| sign.clone()), sign }
        };
        let by_config = engines.iter().find_map(|engine| {
            // What has such a name and is not a file is said to be unreadable when it is read.
            let is_there = |path: &str| self.has(path) || self.has(&format!("{path}/"));
            let is_config = |path: &&&str| is_there(path) && (engine.is_config)(self, path);
            engine.configs.iter().find(is_config).map(|path| found(engine, path, true))
        });
        let by_variant =
            || engines.iter().find_map(|engine| Some(found(engine, &self.variant(engine.variant?)?, true)));
        by_config
            .or_else(by_variant)
            .or_else(|| engines.iter().find_map(|engine| Some(found(engine, (engine.sign)(self)?, false))))
    }
}

/// Folders in a folder, with the names that are usual for pages, that have a site of VuePress or VitePress: `website/docs`.
fn inner_sources(project: &SiteFiles, folder: &str) -> Vec<String> {
    let names = project.names(folder);
    let is_there = |name: &&&str| names.contains(&format!("{name}/"));
    let inner = ["docs", "src"].iter().filter(is_there).filter_map(|name| join(folder, name));
    let has_site = |inner: &String| {
        project.names(inner).iter().any(|name| matches!(name.as_str(), ".vuepress/" | ".vitepress/"))
    };
    inner.filter(has_site).collect()
}

/// The sites in a project, those nearest to its root first; of one generator only, where that is given.
pub fn detect(project: &SiteFiles, given: Option<&'static GeneratorSupport>) -> Vec<Detected> {
    let engines = given.map_or_else(|| ENGINES.to_vec(), |engine| vec![engine]);
    let mut folders = vec![String::new()];
    let mut at = 0;
    while at < folders.len().min(MAX_FOLDERS) {
        let folder = folders[at].clone();
        at += 1;
        let depth = folder.split('/').filter(|part| !part.is_empty()).count();
        if depth > 1 || depth == 1 && !GROUPS.contains(&folder.as_str()) {
            continue;
        }
        let names = project.names(&folder);
        let inner = names.iter().filter_map(|name| name.strip_suffix('/'));
        let inner = inner.filter(|name| !name.starts_with('.') && !PASSED_OVER.contains(name));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        folders.extend(inner.map(|name| format!("{prefix}{name}")));
    }
    folders.truncate(MAX_FOLDERS);
    let inner = folders.iter().flat_map(|folder| inner_sources(project, folder)).collect::<Vec<_>>();
    folders.extend(inner.into_iter().filter(|inner| !folders.contains(inner)).collect::<Vec<_>>());
    folders.iter().filter_map(|folder| RootCandidate::new(project, folder).site(&engines)).collect()
}
