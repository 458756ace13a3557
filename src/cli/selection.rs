//! Which config and which rules hold, as the command line has it.

use std::path::PathBuf;

use clap::Args;

use super::{Error, named_config, no_such_rule};
use crate::{
    config::{Layer, Level, Origin, RuleSetting, SettingError},
    rules,
    run::ConfigChoice,
};

/// Options of every command that checks.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Use this config instead of the nearest one
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Ignore all config files, including CMS configs
    #[arg(long)]
    no_config: bool,
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
        let mut layer = Layer::default();
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

    /// Whether the command line lets a rule have its say. One that is no more would have none, whoever asks.
    pub(super) fn leaves(&self, rule: &str) -> bool {
        let is_meant = |name: &str| rules::find(rule).is_some_and(|def| def.meta.answers_to(name));
        let is_off = |text: &String| text.strip_suffix("=off").is_some_and(is_meant);
        let is_named = |names: &[String]| names.iter().any(|name| is_meant(name));
        (self.select.is_empty() || is_named(&self.select))
            && !is_named(&self.ignore)
            && !self.rule.iter().any(is_off)
    }
}

fn set(layer: &mut Layer, name: &str, level: Level) -> Result<(), Error> {
    layer.set(name, &RuleSetting::Level(level), &Origin::CommandLine).map_err(|error| {
        debug_assert_eq!(error, SettingError::UnknownRule, "a level alone is always accepted");
        no_such_rule(name)
    })
}
