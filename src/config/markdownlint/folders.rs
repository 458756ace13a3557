//! Which config of markdownlint holds for a page where the site has none of ours: the nearest, with those of the folders
//! above it as markdownlint-cli2 inherits them (`createDirInfos` in its markdownlint-cli2.mjs).

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::GlobSet;

use super::{
    Release,
    effect::Effect,
    globs::{self, Globs},
    note,
    object::Object,
    read::{self, MarkdownlintConfig, MarkdownlintReader},
};
use crate::{
    config::rules::EffectiveRule,
    diagnostic::{Diagnostic, Label},
    discover::{MARKDOWNLINT_CLI2_NAMES, MARKDOWNLINT_NAMES, SiteFiles},
    text::Span,
};

/// The configs of a site's folders.
#[derive(Debug, Default)]
pub struct Folders {
    /// By folder: its own files, if it has some, and what holds for its pages.
    known: HashMap<PathBuf, Known>,
    folder_configs: Vec<FolderConfig>,
    /// What its root says beside rules.
    root: MarkdownlintConfig,
    /// The release whose rules count, known once there is a config.
    release: Release,
}

#[derive(Debug, Clone, Default)]
struct Known {
    options: Option<MarkdownlintConfig>,
    config: Option<Object>,
    /// What holds for its pages; `None` where no file says anything.
    folder_config: Option<usize>,
}

/// What holds for the pages of some folders.
#[derive(Debug)]
struct FolderConfig {
    /// The nearest file that says something about them.
    file: Arc<Path>,
    /// The folder of that file, in which globs begin.
    folder: PathBuf,
    config: Object,
    effect: Effect,
    ignored: GlobSet,
    overrides: Vec<Override>,
    has_comments: bool,
}

#[derive(Debug)]
struct Override {
    /// Which pages; `None` for all but those left out.
    picked: Option<GlobSet>,
    left_out: GlobSet,
    config: Object,
    effect: Effect,
}

/// The config of a page: its index in `folder_configs`, and the index of its override there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FolderId {
    folder_config: usize,
    over: Option<usize>,
}

impl Folders {
    /// Reads the files in the root. Mistakes go to `found`.
    pub fn new(files: &SiteFiles, diagnostics: &mut Vec<Diagnostic>, notes: &mut Vec<Diagnostic>) -> Self {
        let mut folders = Self::default();
        folders.add(files, Path::new(""), diagnostics, notes);
        folders.root = folders.known[Path::new("")].options.clone().unwrap_or_default();
        folders
    }

    /// The globs of pages, if the root names some.
    pub fn files(&self) -> Option<Globs> {
        let list = self.root.texts("globs").filter(|list| !list.is_empty());
        list.map(|list| Globs::of(&list)).filter(|globs| !globs.picked.is_empty())
    }

    /// What the root leaves out.
    pub fn ignored(&self) -> Vec<(String, Label)> {
        self.root.texts("ignores").map_or(vec![], |list| Globs::ignored(&list))
    }

    /// Reads the files in a folder and those above it. Mistakes go to `found`, what is passed over to `notes`.
    pub fn add(
        &mut self,
        files: &SiteFiles,
        folder: &Path,
        diagnostics: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let new: Vec<&Path> = folder.ancestors().take_while(|dir| !self.known.contains_key(*dir)).collect();
        for dir in new.into_iter().rev() {
            let mut reader = MarkdownlintReader::new(files, diagnostics);
            let option_file = reader.first(dir, &MARKDOWNLINT_CLI2_NAMES).or_else(|| reader.package(dir));
            let config_file = reader.first(dir, &MARKDOWNLINT_NAMES);
            let mut is_known = |path: &PathBuf| !is_program(path, notes);
            let (option_file, config_file) =
                (option_file.filter(&mut is_known), config_file.filter(&mut is_known));
            let mut known = Known {
                options: option_file.as_ref().and_then(|path| reader.options(path)),
                config: config_file.as_ref().and_then(|path| reader.config(path, None)),
                folder_config: dir.parent().and_then(|parent| self.known.get(parent)?.folder_config),
            };
            if let Some(file) = config_file.or(option_file) {
                if self.folder_configs.is_empty() {
                    self.release = Release::of(files);
                }
                let (config, options) = self.inherited(dir, &known);
                known.folder_config = Some(self.folder_configs.len());
                let folder_config = FolderConfig::new(&file, dir, config, &options, &mut reader, notes);
                self.folder_configs.push(folder_config);
            }
            self.known.insert(dir.to_owned(), known);
        }
    }

    /// What a folder's files say with those of the folders above it: the config of markdownlint, if one counts, and the
    /// options.
    fn inherited(&self, folder: &Path, own: &Known) -> (Option<Object>, MarkdownlintConfig) {
        let mut options = own.options.clone();
        let mut config = own.config.clone();
        for known in folder.ancestors().skip(1).filter_map(|above| self.known.get(above)) {
            if let Some(above) = &known.options {
                options = Some(options.map_or_else(|| above.clone(), |options| above.with(&options)));
            }
            let has_config = options.as_ref().is_some_and(|options| options.config.is_some());
            if config.is_none() && !has_config {
                config.clone_from(&known.config);
            }
        }
        (config, options.unwrap_or_default())
    }

    /// What holds for a page, if any file says something.
    pub fn folder_id(&self, path: &Path) -> Option<FolderId> {
        if self.folder_configs.is_empty() {
            return None;
        }
        let folder = path.ancestors().skip(1).find_map(|folder| self.known.get(folder))?;
        let folder_config = folder.folder_config?;
        let over = self.folder_configs[folder_config].override_of(path);
        Some(FolderId { folder_config, over })
    }

    /// The nearest file that says something about a page.
    pub fn file(&self, path: &Path) -> Option<&Arc<Path>> {
        Some(&self.folder_configs[self.folder_id(path)?.folder_config].file)
    }

    /// Whether a page is left out by a folder below the root.
    pub fn ignores(&self, path: &Path) -> bool {
        self.folder_id(path).is_some_and(|folder_id| {
            let folder_config = &self.folder_configs[folder_id.folder_config];
            path.strip_prefix(&folder_config.folder).is_ok_and(|path| folder_config.ignored.is_match(path))
        })
    }

    /// Whether the comments of a page count.
    pub fn has_comments(&self, path: &Path) -> bool {
        self.folder_id(path).is_none_or(|folder_id| self.folder_configs[folder_id.folder_config].has_comments)
    }

    /// Sets the rules for a page, for which its own comments may have configs, too.
    pub fn apply(&self, folder_id: FolderId, inline: Option<&Object>, rules: &mut [EffectiveRule]) {
        let folder_config = &self.folder_configs[folder_id.folder_config];
        let (config, effect) = match folder_id.over {
            Some(over) => (&folder_config.overrides[over].config, &folder_config.overrides[over].effect),
            None => (&folder_config.config, &folder_config.effect),
        };
        match inline {
            Some(inline) => Effect::of_correct(&config.with(inline)).apply(self.release, rules),
            None => effect.apply(self.release, rules),
        }
    }
}

/// Whether a config is a program, which a check does not run; then there is a note that it has no effect.
fn is_program(path: &Path, notes: &mut Vec<Diagnostic>) -> bool {
    let is_program = read::is_program(path);
    if is_program {
        let place = Label::new(&path.into(), Span::empty(0));
        let mut diagnostic = note(place, "JavaScript configs are not supported, so this one has no effect");
        diagnostic.help("convert it to JSON or YAML, or run `copydesk init`");
        notes.push(diagnostic);
    }
    is_program
}

impl FolderConfig {
    fn new(
        file: &Path,
        folder: &Path,
        config: Option<Object>,
        options: &MarkdownlintConfig,
        reader: &mut MarkdownlintReader<'_>,
        notes: &mut Vec<Diagnostic>,
    ) -> Self {
        // Overrides change the `config` of the options, which a config of markdownlint stands in for.
        let overrides = if config.is_some() { vec![] } else { overrides(options, reader) };
        let config = config.or_else(|| options.config.clone()).unwrap_or_default();
        let ignored = options.texts("ignores").map_or(vec![], |list| Globs::ignored(&list));
        let overrides = overrides.into_iter().map(|(globs, config)| Override {
            picked: (!globs.picked.is_empty()).then(|| globs::set(&globs.picked, reader.diagnostics)),
            left_out: globs::set(&globs.left_out, reader.diagnostics),
            effect: Effect::of(&config, notes),
            config,
        });
        Self {
            file: Arc::from(file),
            folder: folder.to_owned(),
            overrides: overrides.collect(),
            effect: Effect::of(&config, notes),
            config,
            ignored: globs::set(&ignored, reader.diagnostics),
            has_comments: !options.says("noInlineConfig"),
        }
    }

    fn override_of(&self, path: &Path) -> Option<usize> {
        let path = path.strip_prefix(&self.folder).unwrap_or(path);
        self.overrides.iter().position(|over| {
            over.picked.as_ref().is_none_or(|picked| picked.is_match(path)) && !over.left_out.is_match(path)
        })
    }
}

/// The overrides of markdownlint-cli2 that count: which pages, and the whole config for them.
pub fn overrides(options: &MarkdownlintConfig, reader: &mut MarkdownlintReader<'_>) -> Vec<(Globs, Object)> {
    let mut overrides = Vec::new();
    for (item, node) in options.overrides() {
        let filter = node.get("filter").map_or(&[][..], |filter| filter.items());
        let filter: Vec<_> =
            filter.iter().filter_map(|glob| Some((glob.as_str()?.to_owned(), item.place_of(glob)))).collect();
        let Some(config) = node.get("config").filter(|_| !filter.is_empty()) else { continue };
        let own = reader.nested(item, config);
        let whole = match node.get("combine").and_then(|combine| combine.as_str()) {
            Some("merge") => options.config.clone().unwrap_or_default().with(&own),
            Some("replace") => own,
            _ => continue,
        };
        overrides.push((Globs::of(&filter), whole));
    }
    overrides
}
