//! The rules for a page: from the layers of the config, the overrides that its path calls for, configs of markdownlint,
//! and comments of markdownlint in the page itself.

use std::{collections::HashMap, path::Path, sync::Arc};

use super::{
    Config,
    markdownlint::{self, Effect, Folders, Object, Semantics},
    rules::{self, EffectiveRule, Origin, Settings},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    discover::SiteFiles,
    document::Document,
    front_matter::FrontMatterSearch,
    rules::{custom::NamedRule, markdownlint::is_meant_in_comment},
    site::urls::{Preprocessed, SiteKind},
    suppress::markdownlint::{Comments, State},
};

/// What decides about the rules for a page. Pages for which it is the same share them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct SettingsKey {
    overrides: Vec<usize>,
    folder: Option<markdownlint::FolderId>,
}

impl Config {
    /// Takes over what a config of markdownlint in the root says.
    pub(super) fn honour_markdownlint(&mut self, files: &SiteFiles, diagnostics: &mut Vec<Diagnostic>) {
        let folders = Folders::new(files, diagnostics, &mut self.notes);
        if let Some(globs) = folders.files() {
            self.files = markdownlint::glob_set(&globs.picked, diagnostics);
            self.exclude = markdownlint::glob_set(&[globs.left_out, folders.ignored()].concat(), diagnostics);
        } else {
            self.exclude = markdownlint::glob_set(&folders.ignored(), diagnostics);
        }
        self.folders = Some(folders);
    }

    /// Reads what configs of markdownlint say about these pages. Mistakes in them are given; with them the config is
    /// not to be used.
    pub fn read_folders(&mut self, files: &SiteFiles, pages: &[Arc<Path>]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if let Some(folders) = &mut self.folders {
            for folder in pages.iter().filter_map(|page| page.parent()) {
                folders.add(files, folder, &mut diagnostics, &mut self.notes);
            }
        }
        self.notes.sort_by(Diagnostic::order);
        self.notes.dedup();
        diagnostics
    }

    /// The file that says most about a page.
    pub fn file_for(&self, path: &Path) -> Option<&Arc<Path>> {
        self.folders.as_ref().and_then(|folders| folders.file(path))
    }

    /// The rules for each of these pages. Pages with the same overrides share them.
    pub fn settings(&self, paths: &[Arc<Path>]) -> Vec<Arc<Settings>> {
        let mut made: HashMap<SettingsKey, Arc<Settings>> = HashMap::new();
        let settings = |path: &Arc<Path>| {
            let key = self.key(path);
            let build = || self.settings_under(&key);
            Arc::clone(made.entry(key.clone()).or_insert_with(build))
        };
        paths.iter().map(settings).collect()
    }

    /// The rules for a page whose comments of markdownlint may have a say: the usual ones, or some of its own.
    pub fn settings_on(&self, document: &Document, base_settings: &Arc<Settings>) -> Arc<Settings> {
        let comments = &document.suppressions.markdownlint;
        let key = self.key_of(document);
        let is_usual = key.overrides.len() == self.key(&document.path).overrides.len();
        if !comments.reach_beyond_config() {
            return if is_usual { Arc::clone(base_settings) } else { self.settings_under(&key) };
        }
        let inline = |span: &_| markdownlint::inline(&document.source, *span, &document.path);
        let inline: Option<Object> = comments.configs().iter().filter_map(inline).reduce(Object::under);
        let rules = self.rules_under(&key, inline.as_ref());
        match self.dialect_of(&key) {
            Semantics::Markdownlint => rules::settings(rules, &self.custom_under(&key), |rule| {
                is_enabled_somewhere(comments, rule).then_some(State::Off)
            }),
            // To turn a rule on again is to have it as the config has it: a page that is not under markdownlint's
            // rules has nothing turned on by a comment, which may be a sample of code.
            Semantics::Copydesk => {
                let base_settings = self.rules_under(&key, None).into_iter();
                let kept = rules
                    .into_iter()
                    .zip(base_settings)
                    .filter(|(_, base_settings)| base_settings.severity.is_some());
                rules::settings(kept.map(|(rule, _)| rule), &self.custom_under(&key), |_| None)
            }
        }
    }

    /// Gives a document what the config says of its page, beyond its dialect and its collections.
    pub fn equip(&self, document: &mut Document) {
        document.reading = Arc::clone(&self.reading);
        let path = document.path.to_string_lossy();
        let layout = self.sites.of(&path);
        document.is_preprocessed = layout.preprocessed != Preprocessed::None;
        document.has_generator = layout.has_source(&path);
        document.front_matter_search = layout
            .kind
            .filter(|_| document.has_generator)
            .map_or_else(FrontMatterSearch::default, SiteKind::front_matter_search);
        document.shared = Arc::clone(&self.shared);
        if !self.has_markdownlint_comments(&document.path) {
            document.suppressions.markdownlint = Comments::default();
        }
    }

    /// Whether the comments of markdownlint in a page count.
    fn has_markdownlint_comments(&self, path: &Path) -> bool {
        self.folders.as_ref().is_none_or(|folders| folders.has_comments(path))
    }

    /// The rules for what belongs to no page.
    pub fn site_settings(&self) -> Arc<Settings> {
        let key = SettingsKey { overrides: vec![], folder: None };
        rules::settings(self.rules_under(&key, None), &[], |_| None)
    }

    /// What holds for every rule on one page, and where it comes from.
    pub fn effective(&self, path: &Path) -> Vec<EffectiveRule> {
        self.rules_under(&self.key(path), None)
    }

    /// The custom rules, with their severities where they run on a page.
    pub fn effective_custom(&self, path: &Path) -> Vec<(&'static str, Option<Severity>)> {
        let rules = self.custom_under(&self.key(path));
        rules.into_iter().map(|(rule, severity)| (rule.def.meta.id, severity)).collect()
    }

    fn settings_under(&self, key: &SettingsKey) -> Arc<Settings> {
        rules::settings(self.rules_under(key, None), &self.custom_under(key), |_| None)
    }

    /// What is known of a page by its path: overrides with conditions apply to none.
    fn key(&self, path: &Path) -> SettingsKey {
        self.key_where(path, |over| over.when.is_empty())
    }

    /// What is known of a page by its path and its front matter.
    fn key_of(&self, document: &Document) -> SettingsKey {
        self.key_where(&document.path, |over| over.when.hold(document))
    }

    fn key_where(&self, path: &Path, meets: impl Fn(&super::Override) -> bool) -> SettingsKey {
        let overrides = self.overrides.iter().enumerate();
        let has_path = |over: &super::Override| {
            over.files.as_ref().is_none_or(|files| files.is_match(path)) && !over.exclude.is_match(path)
        };
        let holds = |over: &super::Override| has_path(over) && meets(over);
        SettingsKey {
            overrides: overrides.filter(|(_, over)| holds(over)).map(|(index, _)| index).collect(),
            folder: self.folders.as_ref().and_then(|folders| folders.folder_id(path)),
        }
    }

    fn dialect_of(&self, key: &SettingsKey) -> Semantics {
        if key.folder.is_some() { Semantics::Markdownlint } else { self.dialect }
    }

    /// The custom rules, with their severities where they run.
    fn custom_under(&self, key: &SettingsKey) -> Vec<(&NamedRule, Option<Severity>)> {
        let overrides = || key.overrides.iter().map(|&index| &self.overrides[index].layer);
        let severity = |rule: &NamedRule| {
            let layers = self.layers.iter().chain(overrides()).chain([&self.cli_overrides]);
            layers.fold(rule.severity, |severity, layer| layer.apply_custom(rule, severity))
        };
        self.custom.iter().map(|rule| (rule, severity(rule))).collect()
    }

    fn rules_under(&self, key: &SettingsKey, inline: Option<&Object>) -> Vec<EffectiveRule> {
        let overrides = key.overrides.iter().map(|&index| &self.overrides[index].layer);
        let mut rules = rules::effective(self.layers.iter().chain(overrides));
        match (&self.folders, key.folder) {
            (Some(folders), Some(folder)) => folders.apply(folder, inline, &mut rules),
            _ => {
                if let Some(config) = inline {
                    Effect::of_correct(config).apply_stated(&mut rules, self.dialect);
                }
            }
        }
        self.cli_overrides.apply(&mut rules);
        rules
    }
}

/// Whether a comment puts a rule in force that is off. What the command line leaves out stays out.
fn is_enabled_somewhere(comments: &Comments, rule: &EffectiveRule) -> bool {
    rule.def.meta.number().is_some()
        && !matches!(rule.origin, Origin::CommandLine)
        && comments.switch(State::Off, |name| is_meant_in_comment(rule.def, name)).is_ever_on()
}
