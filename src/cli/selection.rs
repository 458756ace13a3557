//! Which config and which rules hold, as the command line has it.

use std::path::{Path, PathBuf};

use clap::{Args, builder::PossibleValuesParser};

use super::{Error, current_folder, named_config, no_such_rule};
use crate::{
    config::{CUSTOM, Layer, Level, Origin, PRESETS, Preset, RuleSetting, SettingError},
    discover::Project,
    paths, rules,
    run::{self, ConfigChoice},
    vfs::Disk,
};

/// Options of every command that checks.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Use this config instead of the nearest one
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Ignore all config files, including those of the CMS and the site generator
    #[arg(long)]
    no_config: bool,
    /// Start from this preset instead of the config's rules: recommended, strict, markdownlint, content, minimal
    #[arg(long, value_name = "PRESET", value_parser = PossibleValuesParser::new(PRESETS.map(|preset| preset.name)), hide_possible_values = true)]
    preset: Option<String>,
    /// Set a rule's level, e.g. `unknown-key=warning`, `key-order` (on), `front-matter=off` (a group); can be repeated
    #[arg(long, value_name = "RULE[=LEVEL]")]
    rule: Vec<String>,
    /// Only run these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Skip these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
}

impl Selection {
    /// The project that a folder belongs to, with the config to use for it.
    pub(super) fn project(&self, folder: &Path, current: &Path) -> Project {
        match &self.config {
            Some(file) => {
                Project::with_config(&paths::absolute(file, current), folder, || Project::of(&Disk, folder))
            }
            None if self.no_config => Project { config: None, ..Project::of(&Disk, folder) },
            None => Project::of(&Disk, folder),
        }
    }

    /// Which config to use.
    pub(super) fn config(&self) -> Result<ConfigChoice, Error> {
        Ok(match &self.config {
            Some(file) => ConfigChoice::File(named_config(file.clone())?),
            None if self.no_config => ConfigChoice::Nothing,
            None => ConfigChoice::Discover,
        })
    }

    /// What the command line says about rules.
    pub(super) fn layer(&self) -> Result<Layer, Error> {
        let preset = self.preset.as_deref().and_then(Preset::find);
        let mut layer = preset.map(Preset::layer).unwrap_or_default();
        let set = |layer: &mut Layer, name: &str, level| self.set(layer, name, level);
        if !self.select.is_empty() {
            for name in &self.select {
                set(&mut layer, name, Level::On)?;
            }
            layer.extend(&Layer::only(&self.select));
        }
        for name in &self.ignore {
            set(&mut layer, name, Level::Off)?;
        }
        for text in &self.rule {
            let (name, level) = text.split_once('=').unwrap_or((text, "on"));
            let level = level.parse().map_err(|why| Error::Usage(format!("--rule {text}: {why}")))?;
            set(&mut layer, name, level)?;
        }
        Ok(layer)
    }

    /// Whether the command line selects a rule. A rule that has been removed never runs.
    pub(super) fn leaves(&self, rule: &str) -> bool {
        let is_custom = |name: &str| name == rule || name == CUSTOM;
        let is_meant =
            |name: &str| rules::find(rule).map_or_else(|| is_custom(name), |def| def.meta.answers_to(name));
        let is_off = |text: &String| text.strip_suffix("=off").is_some_and(is_meant);
        let is_named = |names: &[String]| names.iter().any(|name| is_meant(name));
        (self.select.is_empty() || is_named(&self.select))
            && !is_named(&self.ignore)
            && !self.rule.iter().any(is_off)
    }

    fn set(&self, layer: &mut Layer, name: &str, level: Level) -> Result<(), Error> {
        let setting = RuleSetting::Level(level);
        layer.set(name, &setting, &Origin::CommandLine).or_else(|error| {
            debug_assert_eq!(error, SettingError::UnknownRule, "a level alone is always accepted");
            let custom = self.custom_names();
            if custom.contains(&name) {
                layer.set_custom(name, &setting).map_err(|_| no_such_rule(name, &custom))
            } else {
                Err(no_such_rule(name, &custom))
            }
        })
    }

    /// The names of the rules that the config defines.
    fn custom_names(&self) -> Vec<&'static str> {
        let Ok(current) = current_folder() else { return vec![] };
        let project = self.project(&current, &current);
        if project.config.is_none() {
            return vec![];
        }
        run::load_config(&project, Path::new("")).0.custom_names().collect()
    }
}
