//! The custom rules of a config, and of the Vale styles that it names.

use std::{collections::HashMap, path::Path, sync::Arc};

use super::{
    Config,
    load::{ConfigPart, ConfigSource, join, mistake},
    raw::{Level, OneOrMany, Ordered},
    raw_custom::{RawCustomRule, RawFix},
    vale,
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label, Severity, Sink},
    discover::SiteFiles,
    document::Document,
    fix::Applicability,
    rule::Rule,
    rules::{
        custom::{
            Capitalization, CheckKind, CustomRule, Letters, NamedRule, Notation, PatternBudget,
            PatternMatcher, SCOPES, Scope,
        },
        names,
    },
    text::nearest,
};

/// The name of all custom rules together.
pub const CUSTOM: &str = "custom";

/// A custom rule of a config, with texts that say what it does.
#[derive(Debug, Clone)]
pub struct Example {
    /// The rule.
    pub rule: NamedRule,
    /// Where the text is.
    pub place: Label,
    /// Markdown.
    pub text: String,
    /// Whether the rule must find something in it.
    pub is_bad: bool,
}

/// The custom rules of all parts of a config; one that is defined again replaces the one before it. What is wrong with
/// them goes to `diagnostics`, what is not read of styles to `notes`.
pub(super) fn rules(
    files: &SiteFiles,
    parts: &[ConfigPart],
    diagnostics: &mut Vec<Diagnostic>,
    notes: &mut Vec<Diagnostic>,
) -> (Vec<NamedRule>, Vec<Example>) {
    let mut rules: Vec<NamedRule> = Vec::new();
    let mut examples = Vec::new();
    let budget = PatternBudget::default();
    for part in parts {
        let ConfigPart::File(source, raw) = part else { continue };
        for (index, path) in raw.styles.iter().flat_map(OneOrMany::as_slice).enumerate() {
            let style = join(source.path.parent().unwrap_or(&source.path), path);
            let item = source.value_place(&[Segment::key("styles"), Segment::Index(index)]);
            rules.extend(vale::read(files, &style, &item, &budget, (diagnostics, notes)));
        }
        for (name, raw) in raw.custom.iter() {
            let reader = Reader { source, name, budget: &budget };
            match reader.rule(raw) {
                Ok(rule) => {
                    examples.extend(reader.examples(&rule, raw));
                    rules.push(rule);
                }
                Err(error) => diagnostics.push(*error),
            }
        }
    }
    keep_last_of_each(&mut rules);
    (rules, examples)
}

/// The names of the rules that the parts of a config define, whether they are valid or not.
pub(super) fn declared(parts: &[ConfigPart]) -> impl Iterator<Item = &str> {
    parts.iter().flat_map(|part| match part {
        ConfigPart::File(_, raw) => raw.custom.iter().map(|(name, _)| name).collect(),
        ConfigPart::Preset(_) => vec![],
    })
}

/// Keeps of rules with the same name the last one.
fn keep_last_of_each(rules: &mut Vec<NamedRule>) {
    let places = rules.iter().enumerate().map(|(place, rule)| (rule.def.meta.id, place));
    let last: HashMap<&str, usize> = places.collect();
    let mut places = 0..;
    rules.retain(|rule| Some(last[rule.def.meta.id]) == places.next());
}

impl Example {
    /// What is wrong with it, if it does not do what it should.
    pub fn failure(&self) -> Option<Diagnostic> {
        let path = Arc::from(Path::new("example.md"));
        let document = Document::parse(&path, self.text.as_str(), &[]);
        let meta = self.rule.def.meta;
        let mut found = Vec::new();
        let mut sink = Sink::new(meta, Severity::Warning, &path, &mut found);
        self.rule.rule.check(&document, &mut sink);
        sink.close();
        let message = match (self.is_bad, found.first()) {
            (true, None) => format!("`{}` finds nothing in this `bad` example", meta.id),
            (false, Some(found)) => {
                format!("`{}` reports this `good` example: {}", meta.id, found.message)
            }
            _ => return None,
        };
        Some(mistake(self.place.clone(), message))
    }
}

impl Config {
    /// The custom rules and the texts that show what they do.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The names of the custom rules.
    pub fn custom_names(&self) -> impl Iterator<Item = &'static str> {
        self.custom.iter().map(|rule| rule.def.meta.id)
    }
}

/// Reads one rule.
struct Reader<'a> {
    source: &'a ConfigSource,
    name: &'a str,
    budget: &'a PatternBudget,
}

impl Reader<'_> {
    fn rule(&self, raw: &RawCustomRule) -> Result<NamedRule, Box<Diagnostic>> {
        let is_plain = |ch: char| ch.is_ascii_alphanumeric() || "-_.".contains(ch);
        if self.name.is_empty() || !self.name.chars().all(is_plain) {
            let mut error = mistake(self.key(&[]), format!("invalid rule name `{}`", self.name));
            error.help("use letters, digits, `-`, `_` and `.`");
            return Err(Box::new(error));
        }
        if self.name == CUSTOM || names().any(|known| known.eq_ignore_ascii_case(self.name)) {
            let mut error =
                mistake(self.key(&[]), format!("`{}` is the name of a built-in rule or group", self.name));
            error.help("use another name");
            return Err(Box::new(error));
        }
        let letters = if raw.match_case { Letters::Kept } else { Letters::Folded };
        let kind = self.kind(raw, letters)?;
        let fix = match raw.fix {
            Some(RawFix::Safe) => Some(Applicability::Safe),
            Some(RawFix::Unsafe) | None => Some(Applicability::Unsafe),
            Some(RawFix::None) => None,
        };
        let rule = CustomRule {
            fix: fix.filter(|_| raw.replace.is_some()),
            kind,
            scopes: self.scopes(raw)?,
            message: raw.message.clone(),
            help: raw.help.clone(),
            adapts_case: letters == Letters::Folded,
            except: raw.except.as_ref().map(|list| self.matcher("except", list, letters)).transpose()?,
        };
        Ok(NamedRule::new(self.name, severity(raw.level), rule))
    }

    fn kind(&self, raw: &RawCustomRule, letters: Letters) -> Result<CheckKind, Box<Diagnostic>> {
        let RawCustomRule { avoid, replace, occurrence, capitalization, .. } = raw;
        Ok(match (avoid, replace, occurrence, capitalization) {
            (Some(list), None, None, None) => CheckKind::Avoid(self.matcher("avoid", list, letters)?),
            (None, Some(pairs), None, None) => CheckKind::Avoid(self.replacements(pairs, letters)?),
            (None, None, Some(occurrence), None) => CheckKind::Occurrence {
                pattern: self.matcher("occurrence", &OneOrMany::One(occurrence.of.clone()), letters)?,
                min: occurrence.min as usize,
                max: occurrence.max.map(|max| max as usize),
            },
            (None, None, None, Some(style)) => CheckKind::Capitalization(self.capitalization(style)?),
            _ => {
                let message = "expected one of `avoid`, `replace`, `occurrence` and `capitalization`";
                return Err(Box::new(mistake(self.key(&[]), message)));
            }
        })
    }

    fn matcher(
        &self,
        key: &str,
        list: &OneOrMany,
        letters: Letters,
    ) -> Result<PatternMatcher, Box<Diagnostic>> {
        let entries = list.as_slice().iter().map(|text| (&**text, vec![]));
        PatternMatcher::new(entries, Notation::Words, letters, self.budget).map_err(|(index, why)| {
            let at = [self.path(&[key]), vec![Segment::Index(index)]].concat();
            Box::new(mistake(self.source.value_place(&at), format!("invalid pattern: {why}")))
        })
    }

    fn replacements(
        &self,
        pairs: &Ordered<OneOrMany>,
        letters: Letters,
    ) -> Result<PatternMatcher, Box<Diagnostic>> {
        let entries = pairs.iter().map(|(text, new)| (text, new.as_slice().to_vec()));
        PatternMatcher::new(entries, Notation::Words, letters, self.budget).map_err(|(index, why)| {
            let key = pairs.iter().nth(index).map_or("", |(key, _)| key);
            Box::new(mistake(self.key(&["replace", key]), format!("invalid pattern: {why}")))
        })
    }

    fn capitalization(&self, style: &str) -> Result<Capitalization, Box<Diagnostic>> {
        const STYLES: [&str; 4] = ["sentence", "title", "lower", "upper"];
        Ok(match style {
            "sentence" => Capitalization::Sentence,
            "title" => Capitalization::Title,
            "lower" => Capitalization::Lower,
            "upper" => Capitalization::Upper,
            pattern if pattern.starts_with('/') => {
                let list = OneOrMany::One(pattern.to_owned());
                Capitalization::Pattern(self.matcher("capitalization", &list, Letters::Kept)?)
            }
            other => {
                let place = self.source.value_place(&self.path(&["capitalization"]));
                let mut error = mistake(place, format!("invalid capitalization `{other}`"));
                error.help(match nearest(other, STYLES) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("expected one of {}, or a pattern between slashes", listed(&STYLES)),
                });
                return Err(Box::new(error));
            }
        })
    }

    fn scopes(&self, raw: &RawCustomRule) -> Result<Vec<Scope>, Box<Diagnostic>> {
        let Some(names) = &raw.scope else { return Ok(vec![Scope::Prose]) };
        let scope = |(index, name): (usize, &String)| {
            Scope::named(name).ok_or_else(|| {
                let at = [self.path(&["scope"]), vec![Segment::Index(index)]].concat();
                let mut error = mistake(self.source.value_place(&at), format!("unknown scope `{name}`"));
                error.help(match nearest(name, SCOPES) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("expected one of {}, or `front-matter.KEY`", listed(&SCOPES)),
                });
                Box::new(error)
            })
        };
        names.as_slice().iter().enumerate().map(scope).collect()
    }

    fn examples(&self, rule: &NamedRule, raw: &RawCustomRule) -> Vec<Example> {
        let lists = [("bad", &raw.bad, true), ("good", &raw.good, false)];
        let texts = lists.into_iter().flat_map(|(key, list, is_bad)| {
            let texts = list.iter().flat_map(OneOrMany::as_slice).enumerate();
            texts.map(move |(index, text)| (key, index, text.clone(), is_bad))
        });
        let example = |(key, index, text, is_bad)| {
            let at = [self.path(&[key]), vec![Segment::Index(index)]].concat();
            Example { rule: rule.clone(), place: self.source.value_place(&at), text, is_bad }
        };
        texts.map(example).collect()
    }

    fn path(&self, rest: &[&str]) -> Vec<Segment> {
        [CUSTOM, self.name].iter().chain(rest).map(|key| Segment::key(key)).collect()
    }

    fn key(&self, rest: &[&str]) -> Label {
        self.source.key_place(&self.path(rest))
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The severity of a rule with this level.
fn severity(level: Option<Level>) -> Option<Severity> {
    match level {
        Some(Level::Off) => None,
        Some(Level::On) | None => Some(Severity::Warning),
        Some(level) => level.severity(),
    }
}
