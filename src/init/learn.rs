//! From what was seen to a JSON Schema: what is usual is learned, what is not is shown.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Map, Value, json};

use super::shape::{SchemaType, Shape, Texts};
use crate::{
    secrets::Secrets,
    text::{IMAGE_ENDINGS, quantity},
};

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

/// The most keys that are compared with each other: those of more are names of things.
const MAX_COMPARED: usize = 1_000;

/// The longest names and texts that are compared with each other, in bytes.
const MAX_COMPARED_LEN: usize = 120;

/// The fewest letters of a word in which one can be wrong.
const MIN_LETTERS: usize = 4;

/// How many pages have a spelling on purpose.
const MIN_HABIT: usize = 3;

/// Keys whose values are files of the generator, which may have others that no page uses yet.
const TEMPLATE_KEYS: [&str; 2] = ["layout", "template"];

/// Lowercase words, joined by hyphens.
const SLUG: &str = "^[a-z0-9]+(?:-[a-z0-9]+)*$";

const WEB_URL: &str = "^https?://";

/// A value or key that few pages have and that was not learned.
#[derive(Debug)]
pub(super) struct RareValue {
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
    pub(super) outliers: Vec<RareValue>,
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
            if is_secret("", key) {
                continue;
            }
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            if let Some(meant) = meant(key, shape, keys) {
                self.outliers.push(RareValue {
                    key: path,
                    what: format!(
                        "is on {}, `{meant}` on {}",
                        quantity(shape.values, "page"),
                        keys[meant].values
                    ),
                    page: shape.first_page(),
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
            let seen = match at {
                "" => format!("On {} of {}.", shape.values, quantity(of, "page")),
                at => format!("In {} of {} of `{at}`.", shape.values, quantity(of, "value")),
            };
            schema.insert("description".into(), seen.into());
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
        let kinds = self.kinds(shape, at, presence);
        let has = |kind: SchemaType| kinds.contains(&kind);
        let mut schema = Map::new();
        let mut texts = Map::new();
        if has(SchemaType::String) && !shape.is_date() && !(self.has_own_check)(at) {
            texts = self.texts(&shape.texts, at);
        }
        if let Some(items) = shape.items.as_ref().filter(|_| has(SchemaType::Array)) {
            schema.insert("items".into(), self.value(items, at, Presence::Sometimes).into());
        }
        if has(SchemaType::Object) {
            let mapping = self.mapping(&shape.keys, shape.count(SchemaType::Object), at);
            schema.extend(mapping.into_iter().filter(|(key, _)| key != "type"));
        }
        if texts.contains_key("enum") && kinds.len() > 1 {
            // `enum` applies to values of every type.
            let others: Vec<SchemaType> =
                kinds.into_iter().filter(|kind| *kind != SchemaType::String).collect();
            let mut other = typed(&others);
            other.extend(schema);
            return Map::from_iter([("anyOf".to_owned(), json!([texts, other]))]);
        }
        let mut whole = typed(&kinds);
        whole.extend(schema);
        whole.extend(texts);
        whole
    }

    /// The kinds that the values have; one that hardly any has is not learned.
    fn kinds(&mut self, shape: &Shape, at: &str, presence: Presence) -> Vec<SchemaType> {
        let is_rare = |count: usize| shape.values >= MIN_VALUES && (count == 1 || count * 50 < shape.values);
        let mut kinds = Vec::new();
        for (&kind, &(count, page)) in &shape.kinds {
            // Generators take a number for the text that it is written as.
            let reads_as_text = matches!(kind, SchemaType::Integer | SchemaType::Number)
                && shape.texts.count * 2 > shape.values
                && !shape.is_date();
            // Where a key may be missing, it may have no value as well.
            let is_unset = kind == SchemaType::Null && presence == Presence::Sometimes;
            if is_rare(count) && !reads_as_text && !is_unset {
                let what = format!("is {} on {}", kind.noun(), quantity(count, "page"));
                self.outliers.push(RareValue { key: at.to_owned(), what, page });
            } else {
                kinds.push(kind);
            }
        }
        if kinds.contains(&SchemaType::Number) {
            // Which includes integers.
            kinds.retain(|kind| *kind != SchemaType::Integer);
        }
        kinds
    }

    /// What texts have in common: a vocabulary, a pattern, or that none is empty.
    fn texts(&mut self, texts: &Texts, at: &str) -> Map<String, Value> {
        let mut schema = Map::new();
        if let Some(vocabulary) = self.vocabulary(texts, at) {
            schema.insert("enum".into(), vocabulary.into());
            return schema;
        }
        if texts.is_open {
            return schema;
        }
        let all_match = |pattern: &&str| {
            Regex::new(pattern).is_ok_and(|pattern| texts.counts.keys().all(|text| pattern.is_match(text)))
        };
        let hyphenated = texts.counts.keys().filter(|text| text.contains('-')).count();
        let slug = Some(SLUG).filter(|_| hyphenated * 5 >= texts.counts.len());
        let mut patterns = slug.into_iter().chain([WEB_URL]).filter(|_| texts.count >= MIN_OF_PATTERN);
        if let Some(pattern) = patterns.find(all_match) {
            schema.insert("pattern".into(), pattern.into());
        } else if texts.count >= MIN_VALUES && !texts.counts.contains_key("") {
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
            && !TEMPLATE_KEYS.contains(&last_key(at))
            && !texts.counts.keys().any(|text| is_file(text))
            && (1..=MAX_VOCABULARY).contains(&different)
            && texts.count - empty >= MIN_VALUES.max(different * MIN_USES);
        if !is_vocabulary || texts.counts.keys().any(|text| is_secret(at, text)) {
            return None;
        }
        let single = texts.counts.values().filter(|(count, _)| *count == 1).count();
        let leaves_single = texts.count >= 3 * MIN_VALUES && single * 33 <= texts.count;
        let mut learned = Vec::new();
        for (text, &(count, page)) in &texts.counts {
            // Generators make the same page of texts that differ in case and separators, so that several pages that have
            // one are no accident.
            let is_habit = |other: &str| count >= MIN_HABIT && plain(text) == plain(other);
            let mut common =
                texts.counts.iter().filter(|(other, (uses, _))| *uses >= count * 5 && !is_habit(other));
            let meant = common.find(|(other, _)| is_misspelling(text, other)).map(|(other, _)| other);
            if meant.is_some() || (count == 1 && leaves_single) {
                let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                let what = format!("is `{text}` on {}{meant}", quantity(count, "page"));
                self.outliers.push(RareValue { key: at.to_owned(), what, page });
            } else {
                learned.push(Value::from(text.as_str()));
            }
        }
        Some(learned)
    }
}

/// The common key that a rare one is probably meant to be.
fn meant<'k>(key: &str, shape: &Shape, keys: &'k BTreeMap<String, Shape>) -> Option<&'k str> {
    if keys.len() > MAX_COMPARED {
        return None;
    }
    // Some generators ignore the case of keys, and pages that have one in another case are no accident.
    let is_habit = |other: &str| shape.values >= MIN_HABIT && key.eq_ignore_ascii_case(other);
    let common = keys
        .iter()
        .filter(|(name, other)| other.values >= MIN_VALUES.max(shape.values * 10) && !is_habit(name));
    let mut common = common.map(|(other, _)| other.as_str());
    common.find(|other| is_misspelling(key, other))
}

/// Whether a text is the path of a file, a URL or the name of an image: the next page has another one.
fn is_file(text: &str) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    text.starts_with(['/', '.']) || text.contains("://") || IMAGE_ENDINGS.contains(&ending.as_str())
}

/// Whether the text of a key, by its path, contains a secret, which is copied neither to a schema nor to a message.
fn is_secret(at: &str, text: &str) -> bool {
    !Secrets::default().find(&format!("{}: {text}", last_key(at))).is_empty()
}

/// The last key of a path.
fn last_key(at: &str) -> &str {
    at.rsplit('.').next().unwrap_or(at)
}

/// Whether texts differ in case and separators alone, or in one letter after the first that is not a plural's. Long ones do
/// not, and digits are no letters: `2024` is not `2023` misspelled.
fn is_misspelling(text: &str, meant: &str) -> bool {
    if text.len().max(meant.len()) > MAX_COMPARED_LEN {
        return false;
    }
    let (plain_text, plain_meant) = (plain(text), plain(meant));
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    plain_text == plain_meant
        || (plain_text.chars().count() >= MIN_LETTERS
            && plain_text.chars().next() == plain_meant.chars().next()
            && without_digits(&plain_text) != without_digits(&plain_meant)
            && !is_plural(&plain_text, &plain_meant)
            && !is_plural(&plain_meant, &plain_text)
            && strsim::osa_distance(&plain_text, &plain_meant) == 1)
}

fn without_digits(text: &str) -> String {
    text.replace(|c: char| c.is_ascii_digit(), "")
}

/// A text without case and separators.
fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '_', ' '], "")
}

/// A schema that allows values of some kinds; of any, if there are none.
fn typed(kinds: &[SchemaType]) -> Map<String, Value> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let types = match &*names {
        [] => return Map::new(),
        [one] => Value::from(*one),
        many => json!(many),
    };
    Map::from_iter([("type".to_owned(), types)])
}
