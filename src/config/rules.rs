//! Levels and options of rules: layers from presets, files, overrides and the command line, the later ones winning.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::written::{Level, RuleSetting};
use crate::{
    diagnostic::{Label, Severity},
    rule::{Group, Rule, RuleDef},
    rules::{RULES, names},
};

/// A rule that runs, with its options and level.
pub struct Active {
    /// What is known about it.
    pub def: &'static RuleDef,
    /// Its level.
    pub severity: Severity,
    /// The rule.
    pub rule: Box<dyn Rule>,
}

/// The rules that hold for some pages, in the registry's order.
#[derive(Default)]
pub struct Settings {
    /// Those that run.
    pub active: Vec<Active>,
}

impl Settings {
    /// Whether any rule of a group runs.
    pub fn checks(&self, group: Group) -> bool {
        self.active.iter().any(|active| active.def.group == group)
    }

    /// Whether a rule that answers to `name` runs.
    pub fn runs(&self, name: &str) -> bool {
        self.active.iter().any(|active| active.def.answers_to(name))
    }
}

/// Where a setting comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A preset.
    Preset(&'static str),
    /// A place in a config file.
    File(Label),
    /// `--rule`, `--select`, `--ignore`.
    CommandLine,
}

/// What one layer says about one rule.
#[derive(Debug, Clone)]
pub struct Setting {
    level: Option<Level>,
    options: Map<String, Value>,
    origin: Origin,
}

/// One layer of settings, by position in [`RULES`].
#[derive(Debug, Clone, Default)]
pub struct Layer {
    settings: Vec<(usize, Setting)>,
}

/// What all layers together say about one rule.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The rule.
    pub def: &'static RuleDef,
    /// Its level; `None` when it is off.
    pub severity: Option<Severity>,
    /// Its options where they are not the defaults.
    pub options: Map<String, Value>,
    /// The last layer that had a say in the level.
    pub origin: Origin,
}

/// A preset that `extends` may name.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    picks: fn(&RuleDef) -> bool,
}

/// The presets. Each follows from what the rules say of themselves.
pub const PRESETS: [Preset; 3] = [
    Preset { name: "recommended", picks: |def| def.meta.on },
    Preset { name: "strict", picks: |_| true },
    Preset { name: "minimal", picks: |def| def.meta.on && matches!(def.meta.severity, Severity::Error) },
];

impl Preset {
    /// The preset called `name`.
    pub fn find(name: &str) -> Option<Self> {
        PRESETS.into_iter().find(|preset| preset.name == name)
    }

    /// Its settings.
    pub fn layer(self) -> Layer {
        let setting = |def: &RuleDef| Setting {
            level: Some(if (self.picks)(def) { Level::On } else { Level::Off }),
            options: Map::new(),
            origin: Origin::Preset(self.name),
        };
        Layer { settings: RULES.iter().enumerate().map(|(index, def)| (index, setting(def))).collect() }
    }
}

/// Why a layer cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingError {
    /// No rule, alias or group is called so.
    UnknownRule,
    /// A group has a level, not options.
    GroupOptions,
    /// There is no such level.
    Level,
    /// The rule does not take these options.
    Options {
        /// The rule's id.
        rule: &'static str,
        /// Why not.
        why: String,
    },
}

impl Layer {
    /// Adds what is said under one name: a rule's id, an alias or a group.
    ///
    /// # Errors
    ///
    /// When nothing has that name, or the options are not the rule's.
    pub fn set(&mut self, name: &str, setting: &RuleSetting, origin: &Origin) -> Result<(), SettingError> {
        let (level, options) = match setting {
            RuleSetting::Switch(true) => (Some(Level::On), Map::new()),
            RuleSetting::Switch(false) => (Some(Level::Off), Map::new()),
            RuleSetting::Level(level) => (Some(*level), Map::new()),
            RuleSetting::Options { level, options } => (*level, options.clone()),
            RuleSetting::Unclear if names().any(|known| known.eq_ignore_ascii_case(name)) => {
                return Err(SettingError::Level);
            }
            RuleSetting::Unclear => return Err(SettingError::UnknownRule),
        };
        let named = |(index, def): (usize, &RuleDef)| def.is_called(name).then_some(index);
        let called = RULES.iter().enumerate().find_map(named);
        if let (Some(index), false) = (called, options.is_empty()) {
            (RULES[index].build)(Value::Object(options.clone())).map_err(|error| SettingError::Options {
                rule: RULES[index].meta.id,
                why: error.to_string(),
            })?;
        }
        let mut targets: Vec<usize> = called.into_iter().collect();
        if called.is_none() {
            let members = RULES.iter().enumerate().filter(|(_, def)| def.group.id() == name);
            targets.extend(members.map(|(index, _)| index));
        }
        if targets.is_empty() {
            return Err(SettingError::UnknownRule);
        }
        if called.is_none() && !options.is_empty() {
            return Err(SettingError::GroupOptions);
        }
        let setting = Setting { level, options, origin: origin.clone() };
        self.settings.extend(targets.into_iter().map(|index| (index, setting.clone())));
        Ok(())
    }

    /// Turns off every rule that answers to none of `names`.
    pub fn only(names: &[String]) -> Self {
        let off = Setting { level: Some(Level::Off), options: Map::new(), origin: Origin::CommandLine };
        let others =
            RULES.iter().enumerate().filter(|(_, def)| !names.iter().any(|name| def.answers_to(name)));
        Self { settings: others.map(|(index, _)| (index, off.clone())).collect() }
    }

    /// This layer with another on top.
    pub fn extend(&mut self, other: &Self) {
        self.settings.extend(other.settings.iter().cloned());
    }
}

/// What the layers say together about every rule, in the registry's order.
pub fn effective<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Vec<Effective> {
    let default = |def: &'static RuleDef| Effective {
        def,
        severity: def.meta.on.then_some(def.meta.severity),
        options: Map::new(),
        origin: Origin::Preset(PRESETS[0].name),
    };
    let mut all: Vec<Effective> = RULES.iter().map(default).collect();
    for (index, setting) in layers.into_iter().flat_map(|layer| &layer.settings) {
        let rule = &mut all[*index];
        rule.origin = setting.origin.clone();
        rule.options.extend(setting.options.clone());
        rule.severity = match setting.level {
            Some(Level::Off) => None,
            // Options alone are a wish to have the rule, as is `on`.
            Some(Level::On) | None => Some(rule.severity.unwrap_or(rule.def.meta.severity)),
            Some(level) => level.severity(),
        };
    }
    all
}

/// The rules that run under these layers.
pub fn settings<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Arc<Settings> {
    let active = effective(layers).into_iter().filter_map(|rule| {
        let options = if rule.options.is_empty() { Value::Null } else { Value::Object(rule.options) };
        // Each layer's options were tried when it was made; together they are still options of the rule.
        let built = (rule.def.build)(options).or_else(|_| (rule.def.build)(Value::Null)).ok()?;
        Some(Active { def: rule.def, severity: rule.severity?, rule: built })
    });
    Arc::new(Settings { active: active.collect() })
}
