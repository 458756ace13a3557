//! Phrases that the rules about spelling and grammar report.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de::Error as _};

use crate::{
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    spelling::{
        Flags,
        phrases::{self, Hit, Topic},
    },
    text::Span,
};

/// The option `patterns`, which turns single patterns on or off.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Patterns(BTreeMap<String, Switch>);

/// Whether a pattern is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    On,
    Off,
}

/// The ids of all patterns.
fn known_ids() -> impl Iterator<Item = &'static str> {
    Topic::ALL.into_iter().flat_map(phrases::ids)
}

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let switches = BTreeMap::<String, Switch>::deserialize(deserializer)?;
        match switches.keys().find(|id| !known_ids().any(|known| known == *id)) {
            Some(id) => Err(D::Error::custom(format!("unknown pattern `{id}`"))),
            None => Ok(Self(switches)),
        }
    }
}

impl JsonSchema for Patterns {
    fn schema_name() -> Cow<'static, str> {
        "Patterns".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "enum": known_ids().collect::<Vec<_>>() },
            "additionalProperties": { "enum": ["on", "off"] },
        })
    }
}

impl Patterns {
    /// The phrases of a page on a topic, without those that are turned off.
    pub(in crate::rules) fn hits<'d>(
        &self,
        doc: &'d Document,
        topic: Topic,
    ) -> impl Iterator<Item = &'d Hit> {
        let is_on = |hit: &Hit| self.0.get(hit.pattern) != Some(&Switch::Off);
        doc.phrases().iter().filter(move |hit| hit.topic == topic && is_on(hit))
    }
}

/// The span from the first to the last of the words.
pub(in crate::rules) fn span(doc: &Document, words: &Range<usize>) -> Span {
    let all = doc.words().all();
    all[words.start].span.join(all[words.end - 1].span)
}

/// The words of a range as they are written, with a space between them.
pub(in crate::rules) fn text(doc: &Document, words: Range<usize>) -> String {
    let words: Vec<_> = words.map(|index| doc.words().text(index, &doc.source)).collect();
    words.join(" ")
}

/// How safe a fix is that is safe in a text whose language is known.
pub(in crate::rules) fn safe_in_language(doc: &Document, word: usize) -> Applicability {
    let is_unsure = doc.words().all()[word].flags.has(Flags::UNSURE_LANGUAGE);
    if doc.language().is_certain && !is_unsure { Applicability::Safe } else { Applicability::Unsafe }
}

/// `text` in the case of `pattern`: uppercase, capitalized, or unchanged.
pub(in crate::rules) fn in_case_of(pattern: &str, text: &str) -> String {
    let mut letters = pattern.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.clone().count();
    if capital && rest > 0 && letters.all(char::is_uppercase) {
        return text.to_uppercase();
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The corrected phrase.
fn corrected(doc: &Document, hit: &Hit, right: &str) -> String {
    let mut words = Vec::with_capacity(hit.phrase.len());
    for index in hit.phrase.clone() {
        if index == hit.wrong.start {
            words.push(right);
        } else if !hit.wrong.contains(&index) {
            words.push(doc.words().text(index, &doc.source));
        }
    }
    words.join(" ")
}

/// Reports phrases with what is probably meant.
pub(in crate::rules) fn report<'d>(
    doc: &'d Document,
    hits: impl Iterator<Item = &'d Hit>,
    sink: &mut Sink<'_>,
) {
    hits.for_each(|hit| report_one(doc, hit, sink));
}

/// Reports a phrase with what is probably meant.
pub(in crate::rules) fn report_one(doc: &Document, hit: &Hit, sink: &mut Sink<'_>) {
    let place = span(doc, &hit.wrong);
    let first = doc.words().text(hit.wrong.start, &doc.source);
    let (wrong, right) = (text(doc, hit.wrong.clone()), in_case_of(first, &hit.write));
    sink.report(place, format!("`{wrong}` should probably be `{right}`"))
        .help(format!("use `{}`", corrected(doc, hit, &right)))
        .fix(Fix::replace(format!("Replace with `{right}`"), Applicability::Unsafe, place, right));
}

#[cfg(test)]
mod tests {
    use super::in_case_of;

    #[test]
    fn case_is_preserved() {
        assert_eq!(in_case_of("Didnt", "didn't"), "Didn't");
        assert_eq!(in_case_of("DIDNT", "didn't"), "DIDN'T");
        assert_eq!(in_case_of("didnt", "didn't"), "didn't");
        assert_eq!(in_case_of("A", "an"), "An");
        assert_eq!(in_case_of("im", "I'm"), "I'm");
    }
}
