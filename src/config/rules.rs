//! Levels and options of rules: layers from presets, files, overrides and the command line, the later ones winning.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::raw::{Level, RuleSetting};
use crate::{
    diagnostic::{Label, Severity},
    rule::{Group, IdleHooks, Rule, RuleDef, RuleMeta},
    rules::{RULES, custom::NamedRule, names},
    suppress::markdownlint::State,
};

/// A rule that runs, with its options and level.
pub struct ActiveRule {
    /// What is known about it.
    pub def: &'static RuleDef,
    /// Its level.
    pub severity: Severity,
    /// The rule.
    pub rule: Box<dyn Rule>,
    /// Whether it is in force where no comment of markdownlint says otherwise.
    pub default_state: State,
    /// The hooks that it is known not to have.
    pub idle_hooks: IdleHooks,
}

/// The rules that hold for some pages, in the registry's order.
#[derive(Default)]
pub struct Settings {
    /// Those that run.
    pub active: Vec<ActiveRule>,
    /// The rules that the config defines, whether they run or not.
    pub custom: Vec<&'static RuleMeta>,
}

impl Settings {
    /// Whether any rule of a group runs.
    pub fn checks(&self, group: Group) -> bool {
        self.active.iter().any(|active| active.def.meta.group == group)
    }

    /// Whether a rule that answers to `name` runs.
    pub fn runs(&self, name: &str) -> bool {
        self.active.iter().any(|active| active.def.meta.answers_to(name))
    }
}

/// Where a setting comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A preset.
    Preset(&'static str),
    /// A place in a config file, or in a page's `markdownlint-configure-file` comment.
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
    /// Levels of custom rules, by name or for the whole group.
    custom: Vec<(String, Level)>,
    /// The names of the only rules to run.
    only: Option<Vec<String>>,
}

/// What all layers together say about one rule.
#[derive(Debug, Clone)]
pub struct EffectiveRule {
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
    /// The rules that it says something of.
    covers: fn(&RuleDef) -> bool,
    picks: fn(&RuleDef) -> bool,
    options: fn(&RuleDef) -> &'static [(&'static str, bool)],
}

/// The presets. Each follows from what the rules say of themselves.
pub const PRESETS: [Preset; 5] = [
    Preset { name: RECOMMENDED, covers: |_| true, picks: |def| def.meta.on, options: |_| &[] },
    Preset { name: "strict", covers: |_| true, picks: |_| true, options: |_| &[] },
    Preset {
        name: MARKDOWNLINT,
        covers: |_| true,
        picks: |def| def.meta.number().is_some(),
        options: |def| def.meta.markdownlint,
    },
    Preset {
        name: CONTENT,
        covers: |def| def.meta.number().is_none(),
        picks: |def| def.meta.on,
        options: |_| &[],
    },
    Preset {
        name: "minimal",
        covers: |_| true,
        picks: |def| def.meta.on && matches!(def.meta.severity, Severity::Error),
        options: |_| &[],
    },
];

/// The preset that holds where nothing else is said.
pub const RECOMMENDED: &str = "recommended";

/// The preset that finds what markdownlint finds.
pub const MARKDOWNLINT: &str = "markdownlint";

/// The preset of the recommended rules that markdownlint does not have. It leaves the others as they are.
pub const CONTENT: &str = "content";

impl Preset {
    /// The preset called `name`.
    pub fn find(name: &str) -> Option<Self> {
        PRESETS.into_iter().find(|preset| preset.name == name)
    }

    /// Its settings.
    pub fn layer(self) -> Layer {
        let setting = |def: &RuleDef| Setting {
            level: Some(if (self.picks)(def) { Level::On } else { Level::Off }),
            options: (self.options)(def).iter().map(|&(key, value)| (key.to_owned(), value.into())).collect(),
            origin: Origin::Preset(self.name),
        };
        let covered = RULES.iter().enumerate().filter(|(_, def)| (self.covers)(def));
        let settings = covered.map(|(index, def)| (index, setting(def))).collect();
        Layer { settings, ..Layer::default() }
    }
}

/// Why a layer cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingError {
    /// No rule, alias or group is called so.
    UnknownRule,
    /// A group has a level, not options.
    GroupOptions,
    /// The options of a custom rule are where it is defined.
    CustomOptions,
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
        let called: Vec<usize> = positions(|def| def.meta.is_called(name));
        if !called.is_empty() {
            return self.set_called(&called, level, &options, origin);
        }
        if name == super::custom::CUSTOM {
            return self.set_custom(name, setting);
        }
        let members = positions(|def| def.meta.group.id() == name);
        if members.is_empty() {
            return Err(SettingError::UnknownRule);
        }
        if !options.is_empty() {
            return Err(SettingError::GroupOptions);
        }
        let setting = Setting { level, options, origin: origin.clone() };
        self.settings.extend(members.into_iter().map(|index| (index, setting.clone())));
        Ok(())
    }

    /// Adds the level of a custom rule, or of all.
    ///
    /// # Errors
    ///
    /// If it has options, or no level.
    pub fn set_custom(&mut self, name: &str, setting: &RuleSetting) -> Result<(), SettingError> {
        let level = match setting {
            RuleSetting::Switch(true) => Level::On,
            RuleSetting::Switch(false) => Level::Off,
            RuleSetting::Level(level) => *level,
            RuleSetting::Options { level: Some(level), options } if options.is_empty() => *level,
            RuleSetting::Options { .. } => return Err(SettingError::CustomOptions),
            RuleSetting::Unclear => return Err(SettingError::Level),
        };
        self.custom.push((name.to_owned(), level));
        Ok(())
    }

    /// Applies this layer to the severity of a custom rule; `None` is off.
    pub(super) fn apply_custom(&self, rule: &NamedRule, severity: Option<Severity>) -> Option<Severity> {
        let meta = rule.def.meta;
        let is_left_out = |only: &Vec<String>| !only.iter().any(|name| meta.answers_to(name));
        if self.only.as_ref().is_some_and(is_left_out) {
            return None;
        }
        self.custom.iter().filter(|(name, _)| meta.answers_to(name)).fold(severity, |severity, (_, level)| {
            match level {
                Level::Off => None,
                Level::On => severity.or(rule.severity).or(Some(meta.severity)),
                level => level.severity(),
            }
        })
    }

    /// Adds what is said under a name that rules share. Each gets the options that it knows; one that none of them
    /// knows is the first one's mistake.
    fn set_called(
        &mut self,
        called: &[usize],
        level: Option<Level>,
        options: &Map<String, Value>,
        origin: &Origin,
    ) -> Result<(), SettingError> {
        for (place, &index) in called.iter().enumerate() {
            let def = &RULES[index];
            let is_anothers = |(key, value): &(&String, &Value)| {
                let mut others = called.iter().enumerate().filter(|(other, _)| *other != place);
                !takes(def, key, value) && others.any(|(_, &other)| takes(&RULES[other], key, value))
            };
            let own = options.iter().filter(|option| !is_anothers(option));
            let options: Map<String, Value> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
            if !options.is_empty() {
                (def.build)(Value::Object(options.clone()))
                    .map_err(|error| SettingError::Options { rule: def.meta.id, why: error.to_string() })?;
            }
            self.settings.push((index, Setting { level, options, origin: origin.clone() }));
        }
        Ok(())
    }

    /// Turns off every rule that answers to none of `names`.
    pub fn only(names: &[String]) -> Self {
        let off = Setting { level: Some(Level::Off), options: Map::new(), origin: Origin::CommandLine };
        let others =
            RULES.iter().enumerate().filter(|(_, def)| !names.iter().any(|name| def.meta.answers_to(name)));
        let settings = others.map(|(index, _)| (index, off.clone())).collect();
        Self { settings, custom: vec![], only: Some(names.to_vec()) }
    }

    /// Lets this layer have its say on top of what holds for every rule, in the registry's order.
    pub fn apply(&self, rules: &mut [EffectiveRule]) {
        for (index, setting) in &self.settings {
            let rule = &mut rules[*index];
            rule.origin = setting.origin.clone();
            if let Origin::Preset(_) = setting.origin {
                // What another preset took over from markdownlint does not outlive it.
                rule.def.meta.markdownlint.iter().for_each(|(key, _)| drop(rule.options.remove(*key)));
            }
            rule.options.extend(setting.options.clone());
            rule.severity = match setting.level {
                Some(Level::Off) => None,
                // Options alone are a wish to have the rule, as is `on`.
                Some(Level::On) | None => Some(rule.severity.unwrap_or(rule.def.meta.severity)),
                Some(level) => level.severity(),
            };
        }
    }

    /// This layer with another on top.
    pub fn extend(&mut self, other: &Self) {
        self.settings.extend(other.settings.iter().cloned());
        self.custom.extend(other.custom.iter().cloned());
        if other.only.is_some() {
            self.only.clone_from(&other.only);
        }
    }
}

/// The places in [`RULES`] of the rules that are meant.
fn positions(is_meant: impl Fn(&RuleDef) -> bool) -> Vec<usize> {
    RULES.iter().enumerate().filter(|(_, def)| is_meant(def)).map(|(index, _)| index).collect()
}

/// Whether a rule takes an option with this value.
pub(super) fn takes(def: &RuleDef, key: &str, value: &Value) -> bool {
    let alone: Map<String, Value> = [(key.to_owned(), value.clone())].into_iter().collect();
    (def.build)(Value::Object(alone)).is_ok()
}

/// What the layers say together about every rule, in the registry's order.
pub fn effective<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Vec<EffectiveRule> {
    let default = |def: &'static RuleDef| EffectiveRule {
        def,
        severity: def.meta.on.then_some(def.meta.severity),
        options: Map::new(),
        origin: Origin::Preset(PRESETS[0].name),
    };
    let mut all: Vec<EffectiveRule> = RULES.iter().map(default).collect();
    for layer in layers {
        layer.apply(&mut all);
    }
    all
}

/// The rules that run, and the `custom` ones. Those that are off and yet in force where a comment enables them are told by `enabled`.
pub fn settings(
    rules: impl IntoIterator<Item = EffectiveRule>,
    custom: &[(&NamedRule, Option<Severity>)],
    enabled: impl Fn(&EffectiveRule) -> Option<State>,
) -> Arc<Settings> {
    let active = rules.into_iter().filter_map(|rule| {
        let (severity, default_state) = match rule.severity {
            Some(severity) => (severity, State::On),
            None => (rule.def.meta.severity, enabled(&rule)?),
        };
        let options = if rule.options.is_empty() { Value::Null } else { Value::Object(rule.options) };
        // Each layer's options were tried when it was made; together they are still options of the rule.
        let built = (rule.def.build)(options).or_else(|_| (rule.def.build)(Value::Null)).ok()?;
        Some(ActiveRule {
            def: rule.def,
            severity,
            rule: built,
            default_state,
            idle_hooks: IdleHooks::default(),
        })
    });
    let own = custom.iter().filter_map(|(NamedRule { def, rule, .. }, severity)| {
        let rule = Box::new(Arc::clone(rule));
        Some(ActiveRule {
            def,
            severity: (*severity)?,
            rule,
            default_state: State::On,
            idle_hooks: IdleHooks::default(),
        })
    });
    let active = active.chain(own).collect();
    Arc::new(Settings { active, custom: custom.iter().map(|(rule, _)| rule.def.meta).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under(layers: &[Layer], id: &str) -> EffectiveRule {
        effective(layers).into_iter().find(|rule| rule.def.meta.id == id).expect("the rule exists")
    }

    fn preset(name: &str) -> Layer {
        Preset::find(name).expect("the preset exists").layer()
    }

    fn said(name: &str, options: Value) -> Result<Layer, SettingError> {
        let mut layer = Layer::default();
        let Value::Object(options) = options else { panic!("options are an object") };
        layer.set(name, &RuleSetting::Options { level: None, options }, &Origin::CommandLine).map(|()| layer)
    }

    #[test]
    fn the_preset_of_markdownlint_is_its_rules_as_they_are_there() {
        let layers = [preset(MARKDOWNLINT)];
        for rule in effective(&layers) {
            assert_eq!(rule.severity.is_some(), rule.def.meta.number().is_some(), "{}", rule.def.meta.id);
            assert!((rule.def.build)(Value::Object(rule.options)).is_ok(), "{}", rule.def.meta.id);
        }
        assert_eq!(under(&layers, "reversed-link").options["any-text"], true);
    }

    #[test]
    fn a_later_preset_takes_back_what_was_markdownlints() {
        let layers = [preset(MARKDOWNLINT), preset("recommended")];
        assert!(under(&layers, "reversed-link").options.is_empty());
        assert_eq!(under(&layers, "broken-link").severity, Some(Severity::Error));
    }

    #[test]
    fn content_leaves_the_rules_of_markdownlint_alone() {
        let layers = [preset(MARKDOWNLINT), preset(CONTENT)];
        assert_eq!(under(&layers, "reversed-link").options["any-text"], true);
        assert_eq!(under(&layers, "bare-url").severity, Some(Severity::Warning));
        assert_eq!(under(&layers, "unknown-key").severity, Some(Severity::Error));
        assert_eq!(under(&layers, "known-typo").severity, Some(Severity::Warning));
    }

    #[test]
    fn a_shared_name_sets_all_rules_that_it_means() {
        let layers = [said("md053", serde_json::json!({ "ignored_definitions": ["//", "tides"] })).unwrap()];
        for id in ["unused-reference", "duplicate-reference"] {
            assert_eq!(under(&layers, id).options["ignored_definitions"][1], "tides", "{id}");
        }
        let wrong = said("MD053", serde_json::json!({ "ignored_definition": [] })).unwrap_err();
        assert!(matches!(wrong, SettingError::Options { rule: "unused-reference", .. }), "{wrong:?}");
    }
}
