//! From what was seen to a JSON Schema: what is usual is learned, what is not is shown.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::shape::{Shape, Texts};
use crate::text::quantity;

/// The fewest values that say what is usual.
const MIN_VALUES: usize = 10;

/// The fewest texts that show a pattern.
const MIN_OF_PATTERN: usize = 20;

/// The most entries of a vocabulary.
const MAX_VOCABULARY: usize = 40;

/// How often the entries of a vocabulary are used at least, on average.
const MIN_USES: usize = 4;

/// The most different keys of a mapping that has keys of its own, and not one for each thing that it lists.
const MAX_KEYS: usize = 30;

/// The fewest letters of a word in which one can be wrong.
const MIN_LETTERS: usize = 4;

/// Lowercase words, joined by hyphens.
const SLUG: &str = "^[a-z0-9]+(?:-[a-z0-9]+)*$";

/// A value or key that few pages have and that was not learned.
#[derive(Debug)]
pub(super) struct Outlier {
    /// The path of the key, with dots.
    pub(super) key: String,
    /// What is unusual, as a clause about the key.
    pub(super) what: String,
    /// The page that has it, by number.
    pub(super) page: usize,
}

/// Whether a key belongs on every page: 95 % of them have it, and of few pages all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Sometimes,
}

/// Makes schemas and collects what it leaves out.
pub(super) struct Learner<'a> {
    /// Whether the values of a key, by its path, are checked in another way than by a list of them.
    pub(super) has_own_check: &'a dyn Fn(&str) -> bool,
    pub(super) outliers: Vec<Outlier>,
}

impl Learner<'_> {
    /// The schema of mappings with these keys; `of` is the number of mappings, `at` the path of their key.
    pub(super) fn mapping(
        &mut self,
        keys: &BTreeMap<String, Shape>,
        of: usize,
        at: &str,
    ) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (key, shape) in keys {
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            if let Some(meant) = meant(key, shape, keys) {
                self.outliers.push(Outlier {
                    key: path,
                    what: format!(
                        "is on {}, `{meant}` on {}",
                        quantity(shape.values, "page"),
                        keys[meant].values
                    ),
                    page: shape.pages[0],
                });
                continue;
            }
            let presence = match shape.values {
                all if all == of => Presence::Always,
                most if at.is_empty() && of >= MIN_VALUES && most * 20 >= of * 19 => Presence::Always,
                _ => Presence::Sometimes,
            };
            if presence == Presence::Always {
                required.push(Value::from(key.as_str()));
            }
            let mut schema = Map::new();
            schema.insert("description".into(), format!("On {} of {of}.", shape.values).into());
            schema.extend(self.value(shape, &path, presence));
            properties.insert(key.clone(), schema.into());
        }
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        let is_closed = of >= MIN_VALUES && properties.len() <= MAX_KEYS.max(of / 4);
        schema.insert("properties".into(), properties.into());
        if is_closed {
            schema.insert("additionalProperties".into(), false.into());
        }
        schema
    }

    /// The schema of the values at a place.
    fn value(&mut self, shape: &Shape, at: &str, presence: Presence) -> Map<String, Value> {
        let types = self.types(shape, at, presence);
        let mut schema = Map::new();
        if shape.values > shape.nulls && types.is_empty() {
            return schema;
        }
        let has = |name: &str| types.contains(&name);
        let mut texts = Map::new();
        if has("string") && !shape.is_date() && !(self.has_own_check)(at) {
            texts = self.texts(&shape.texts, at, has("null"));
        }
        if has("array")
            && let Some(items) = &shape.items
        {
            schema.insert("items".into(), self.value(items, at, Presence::Sometimes).into());
        }
        if has("object") {
            let mapping = self.mapping(&shape.keys, shape.mappings, at);
            schema.extend(mapping.into_iter().filter(|(key, _)| key != "type"));
        }
        if texts.contains_key("enum") && types.iter().any(|name| !["string", "null"].contains(name)) {
            // `enum` applies to values of every type.
            let others: Vec<&str> = types.iter().copied().filter(|name| *name != "string").collect();
            let mut other = Map::from_iter([("type".to_owned(), one_or_many(&others))]);
            other.extend(schema);
            return Map::from_iter([("anyOf".to_owned(), json!([texts, other]))]);
        }
        let mut whole = Map::from_iter([("type".to_owned(), one_or_many(&types))]);
        whole.extend(schema);
        whole.extend(texts);
        whole
    }

    /// The types that the values have; one that hardly any has is not learned.
    fn types(&mut self, shape: &Shape, at: &str, presence: Presence) -> Vec<&'static str> {
        let numbers = shape.integers + shape.numbers;
        let number = if shape.numbers > 0 { "number" } else { "integer" };
        let counts = [
            ("string", shape.texts.count),
            ("boolean", shape.booleans),
            (number, numbers),
            ("array", shape.lists),
            ("object", shape.mappings),
            ("null", shape.nulls),
        ];
        let is_rare = |count: usize| shape.values >= MIN_VALUES && (count == 1 || count * 50 < shape.values);
        let mut types = Vec::new();
        for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            // Generators take a number for the text that it is written as.
            let reads_as_text = name == number && shape.texts.count * 2 > shape.values && !shape.is_date();
            // Where a key may be missing, it may have no value as well.
            let is_unset = name == "null" && presence == Presence::Sometimes;
            if is_rare(count) && !reads_as_text && !is_unset {
                let page = shape.pages.last().copied().unwrap_or_default();
                let article = if ["array", "integer", "object"].contains(&name) { "an" } else { "a" };
                let what = format!("is {article} {name} on {}", quantity(count, "page"));
                self.outliers.push(Outlier { key: at.to_owned(), what, page });
            } else {
                types.push(name);
            }
        }
        types
    }

    /// What texts have in common: a vocabulary, a pattern, or that none is empty.
    fn texts(&mut self, texts: &Texts, at: &str, with_null: bool) -> Map<String, Value> {
        let mut schema = Map::new();
        if let Some(mut vocabulary) = self.vocabulary(texts, at) {
            if with_null {
                vocabulary.push(Value::Null);
            }
            schema.insert("enum".into(), vocabulary.into());
            return schema;
        }
        if texts.is_open {
            return schema;
        }
        let all = |test: &dyn Fn(&str) -> bool| texts.counts.keys().all(|text| test(text));
        let parts = texts.counts.keys().filter(|text| text.contains('-')).count();
        if texts.count >= MIN_OF_PATTERN && parts * 5 >= texts.counts.len() && all(&is_slug) {
            schema.insert("pattern".into(), SLUG.into());
        } else if texts.count >= MIN_OF_PATTERN && all(&is_web_url) {
            schema.insert("pattern".into(), "^https?://".into());
        } else if texts.count >= MIN_VALUES && all(&|text| !text.is_empty()) {
            schema.insert("minLength".into(), 1.into());
        }
        schema
    }

    /// The few texts that are used again and again, if that is so.
    fn vocabulary(&mut self, texts: &Texts, at: &str) -> Option<Vec<Value>> {
        let different = texts.counts.keys().filter(|text| !text.is_empty()).count();
        let empty = texts.counts.get("").map_or(0, |(count, _)| *count);
        let is_vocabulary = !texts.is_open
            && !texts.is_prose
            && (1..=MAX_VOCABULARY).contains(&different)
            && texts.count - empty >= MIN_VALUES.max(different * MIN_USES);
        if !is_vocabulary {
            return None;
        }
        let single = texts.counts.values().filter(|(count, _)| *count == 1).count();
        let leaves_single = texts.count >= 3 * MIN_VALUES && single * 33 <= texts.count;
        let mut learned = Vec::new();
        for (text, &(count, page)) in &texts.counts {
            let mut common = texts.counts.iter().filter(|(_, (other, _))| *other >= count * 5);
            let meant = common.find(|(other, _)| is_misspelling(text, other)).map(|(other, _)| other);
            if meant.is_some() || (count == 1 && leaves_single) {
                let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                let what = format!("is `{text}` on {}{meant}", quantity(count, "page"));
                self.outliers.push(Outlier { key: at.to_owned(), what, page });
            } else {
                learned.push(Value::from(text.as_str()));
            }
        }
        Some(learned)
    }
}

/// The common key that a rare one is probably meant to be.
fn meant<'k>(key: &str, shape: &Shape, keys: &'k BTreeMap<String, Shape>) -> Option<&'k str> {
    let common = keys.iter().filter(|(_, other)| other.values >= MIN_VALUES.max(shape.values * 10));
    let mut common = common.map(|(other, _)| other.as_str());
    common.find(|other| is_misspelling(key, other))
}

/// Whether texts differ in case and separators alone, or in one letter that is not a plural's.
fn is_misspelling(text: &str, meant: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let (plain_text, plain_meant) = (plain(text), plain(meant));
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    plain_text == plain_meant
        || (plain_text.chars().count() >= MIN_LETTERS
            && !is_plural(&plain_text, &plain_meant)
            && !is_plural(&plain_meant, &plain_text)
            && strsim::osa_distance(&plain_text, &plain_meant) == 1)
}

fn one_or_many(types: &[&str]) -> Value {
    match types {
        [one] => Value::from(*one),
        many => json!(many),
    }
}

/// Whether [`SLUG`] matches.
fn is_slug(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(is_part)
}

fn is_web_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
