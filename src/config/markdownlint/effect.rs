//! What a config of markdownlint says of each rule (`getEffectiveConfig` in its lib/markdownlint.mjs).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Release, coerce, note,
    object::{Object, ObjectMember, is_truthy},
};
use crate::{
    config::{
        rule_options,
        rules::{EffectiveRule, MARKDOWNLINT, Origin, takes},
    },
    data::{self, Entry, Mapping, Node},
    diagnostic::{Diagnostic, Label, Severity},
    rule::RuleMeta,
    rules::{RULES, markdownlint},
    text::nearest,
};

/// Keys of a config that name no rules.
const OTHER_KEYS: [&str; 3] = ["$schema", "extends", "default"];

/// In whose sense rules are set that markdownlint has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Semantics {
    /// They are to find what markdownlint finds, and all are on unless something else is said.
    Markdownlint,
    /// They are as our own config has them.
    Copydesk,
}

/// What a config says of rules, by their places in [`RULES`].
#[derive(Debug, Default)]
pub struct Effect {
    default: Option<Stated>,
    rules: BTreeMap<usize, Stated>,
    /// Keys that name nothing, with the name that was probably meant.
    pub unknown: Vec<Unknown>,
}

/// A key that names no rule.
#[derive(Debug)]
pub struct Unknown {
    /// The key.
    pub name: Box<str>,
    /// Its place.
    pub place: Label,
    /// A name that is near.
    pub near: Option<&'static str>,
}

/// What is said of one rule.
#[derive(Debug, Clone)]
struct Stated {
    enabled: bool,
    severity: Option<Severity>,
    options: Map<String, Value>,
    place: Label,
}

impl Effect {
    /// Reads a config. What markdownlint would pass over in it goes to `notes`.
    pub fn of(object: &Object, notes: &mut Vec<Diagnostic>) -> Self {
        Self::read(object, Some(notes))
    }

    /// Reads a config without a look for mistakes in it.
    pub fn of_correct(object: &Object) -> Self {
        Self::read(object, None)
    }

    fn read(object: &Object, mut notes: Option<&mut Vec<Diagnostic>>) -> Self {
        let is_default = |item: &&ObjectMember| item.key.eq_ignore_ascii_case("default");
        let default = object.items().iter().find(is_default).map(Stated::of_default);
        let mut effect = Self { default, ..Self::default() };
        for item in object.items() {
            let called = markdownlint::called(&item.key);
            if called.is_empty() {
                if notes.is_some() {
                    effect.unknown.extend(unknown(item));
                }
                continue;
            }
            let stated = Stated::of(item);
            for &index in &called {
                let options = stated.options.iter();
                let options =
                    options.filter_map(|(key, value)| Some((key.clone(), taken(index, key, value)?)));
                effect.rules.insert(index, Stated { options: options.collect(), ..stated.clone() });
            }
            let Some(notes) = &mut notes else { continue };
            let is_taken = |key: &str| {
                let value = stated.options.get(key);
                // JavaScript's `??` puts the default in the place of null.
                value.is_none_or(|value| {
                    value.is_null() || called.iter().any(|&index| taken(index, key, value).is_some())
                })
            };
            notes.extend(explain(item, called[0], is_taken));
        }
        effect
    }

    /// Whether rules are off of which the config does not speak.
    pub fn turns_all_off(&self) -> bool {
        self.default.as_ref().is_some_and(|default| !default.enabled)
    }

    /// Sets all rules that markdownlint has to what the config says of them. Those of which it says nothing stay as they are
    /// where the site's release of markdownlint does not have them.
    pub fn apply(&self, release: Release, rules: &mut [EffectiveRule]) {
        for (index, def) in markdownlint::rules() {
            let default = self.default.as_ref();
            match self.rules.get(&index) {
                Some(stated) => stated.apply(&mut rules[index], Semantics::Markdownlint),
                None if default.is_none_or(|default| default.enabled) && !release.has(def.meta) => {}
                None => match default {
                    Some(default) => default.apply(&mut rules[index], Semantics::Markdownlint),
                    None => Stated::unsaid(&mut rules[index]),
                },
            }
        }
    }

    /// Sets the rules of which the config speaks; `default` speaks of those that no other config speaks of.
    pub fn apply_stated(&self, rules: &mut [EffectiveRule], dialect: Semantics) {
        for (index, _) in markdownlint::rules() {
            let rule = &mut rules[index];
            let is_unsaid = matches!(rule.origin, Origin::Preset(_));
            let default = self.default.as_ref().filter(|_| is_unsaid);
            if let Some(stated) = self.rules.get(&index).or(default) {
                stated.apply(rule, dialect);
            }
        }
    }
}

/// The value that a rule takes for an option, as it is written or as JavaScript would read it.
fn taken(index: usize, key: &str, value: &Value) -> Option<Value> {
    let takes = |value: &Value| takes(&RULES[index], key, value);
    let written = Some(value.clone()).filter(takes);
    written.or_else(|| coerce::candidates(value).into_iter().find(takes))
}

impl Stated {
    fn of(item: &ObjectMember) -> Self {
        let value = &item.value;
        let mut stated = Self {
            enabled: is_truthy(value),
            severity: value.as_str().and_then(severity),
            options: Map::new(),
            place: item.place.clone(),
        };
        if let Some(mapping) = value.as_mapping() {
            stated.enabled = mapping.entry("enabled").is_none_or(|entry| is_truthy(&entry.value));
            stated.severity =
                mapping.entry("severity").and_then(|entry| entry.value.as_str()).and_then(severity);
            if let Value::Object(options) = value.to_json() {
                stated.options = options.into_iter().filter(|(key, _)| is_option(key)).collect();
            }
        }
        stated
    }

    /// What `default` says, which knows no options: any mapping is a yes.
    fn of_default(item: &ObjectMember) -> Self {
        Self {
            enabled: is_truthy(&item.value),
            severity: item.value.as_str().and_then(severity),
            options: Map::new(),
            place: item.place.clone(),
        }
    }

    fn apply(&self, rule: &mut EffectiveRule, dialect: Semantics) {
        rule.options = match dialect {
            Semantics::Markdownlint => usual_options(rule.def.meta),
            Semantics::Copydesk => Map::new(),
        };
        rule.options.extend(self.options.clone());
        rule.severity = self.enabled.then_some(self.severity.unwrap_or(rule.def.meta.severity));
        rule.origin = Origin::File(self.place.clone());
    }

    /// A rule of which nothing is said.
    fn unsaid(rule: &mut EffectiveRule) {
        rule.options = usual_options(rule.def.meta);
        rule.severity = Some(rule.def.meta.severity);
        rule.origin = Origin::Preset(MARKDOWNLINT);
    }
}

/// The options that make a rule find what markdownlint's rule finds.
fn usual_options(meta: &RuleMeta) -> Map<String, Value> {
    meta.markdownlint.iter().map(|&(key, value)| (key.to_owned(), value.into())).collect()
}

fn severity(text: &str) -> Option<Severity> {
    match text {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        _ => None,
    }
}

fn is_option(key: &str) -> bool {
    key != "enabled" && key != "severity"
}

/// A key that names no rule, unless it has another meaning or holds a remark.
fn unknown(item: &ObjectMember) -> Option<Unknown> {
    let is_other = OTHER_KEYS.iter().any(|key| item.key.eq_ignore_ascii_case(key));
    let is_remark = item.value.as_str().is_some_and(|text| severity(text).is_none());
    // Every number is near another one; those that are none any more are common in older configs.
    let is_number = item.key.bytes().any(|byte| byte.is_ascii_digit());
    (!is_other && !is_remark).then(|| Unknown {
        name: item.key.clone(),
        place: item.place.clone(),
        near: nearest(&item.key, markdownlint::names()).filter(|_| !is_number),
    })
}

/// What is wrong with the options that no rule takes.
fn explain(item: &ObjectMember, rule: usize, is_taken: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let is_wrong = |entry: &&Entry| entry.key.text().is_none_or(|key| is_option(key) && !is_taken(key));
    let wrong: Vec<Entry> = item.value.entries().iter().filter(is_wrong).cloned().collect();
    if wrong.is_empty() {
        return vec![];
    }
    let value = data::Value::Mapping(Mapping { entries: wrong.into() });
    let wrong = Node { value, ..item.value.clone() };
    let findings = rule_options::explain_options(&RULES[rule], &wrong, item.place.span);
    let diagnostics = findings.into_iter().map(|finding| {
        let mut diagnostic = note(Label::new(&item.place.path, finding.span), finding.message);
        diagnostic.primary.message = finding.note;
        diagnostic.explain(finding.help.as_deref(), &finding.related);
        diagnostic
    });
    diagnostics.collect()
}
