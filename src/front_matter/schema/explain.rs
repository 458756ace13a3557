//! A finding for each sort of error: its place, and what to say about it.

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{JsonType, JsonTypeSet, ValidationError};
use serde_json::Value;

use super::annotation::Annotations;
use super::branches::{Leaf, Problem};
use super::location::{CheckedPage, ValuePlace};
use super::{Violation, ViolationKind, describe, limits, values};
use crate::data::{Meaning, Node, ScalarNotation};
use crate::fix::Fix;
use crate::text::{nearest, quantity};

/// Formats with what they ask for and a value that has them.
const FORMATS: &[(&str, &str, &str)] = &[
    ("date", "date", "2024-01-29"),
    ("date-time", "date with time and UTC offset", "2024-01-29T10:00:00Z"),
    ("time", "time with UTC offset", "10:00:00Z"),
    ("duration", "duration", "P3D"),
    ("email", "email address", "name@example.com"),
    ("idn-email", "email address", "name@example.com"),
    ("hostname", "host name", "www.example.com"),
    ("idn-hostname", "host name", "www.example.com"),
    ("ipv4", "IPv4 address", "192.0.2.1"),
    ("ipv6", "IPv6 address", "2001:db8::1"),
    ("uri", "absolute URL", "https://example.com/page"),
    ("iri", "absolute URL", "https://example.com/page"),
    ("uri-reference", "URL or path", "/blog/post"),
    ("iri-reference", "URL or path", "/blog/post"),
    ("uri-template", "URL template", "/blog/{slug}"),
    ("uuid", "UUID", "6f1c2d34-8a5b-4c6d-9e0f-123456789abc"),
    ("json-pointer", "JSON pointer", "/a/b"),
    ("relative-json-pointer", "relative JSON pointer", "1/a"),
    ("regex", "regular expression", "^[a-z]+$"),
];

/// What to do about a value.
struct Advice {
    help: String,
    fix: Option<Fix>,
}

impl Advice {
    fn in_words(help: impl Into<String>) -> Self {
        Self { help: help.into(), fix: None }
    }

    fn quote(place: &ValuePlace<'_>, text: &str) -> Self {
        Self { help: format!("quote the value: {}", place.in_quotes(text)), fix: place.quoted() }
    }

    fn unquote(place: &ValuePlace<'_>, text: &str) -> Self {
        Self { help: format!("remove the quotes: {}", describe::quoted(text)), fix: place.unquoted() }
    }
}

/// Explains the leaves of one page.
pub(super) struct Explainer<'p> {
    page: &'p CheckedPage<'p>,
    annotations: Annotations<'p>,
}

impl<'p> Explainer<'p> {
    pub(super) fn new(page: &'p CheckedPage<'p>, annotations: Annotations<'p>) -> Self {
        Self { page, annotations }
    }

    /// The finding of a leaf. Where nothing better is known, the schema's own words are the help.
    pub(super) fn explain(&self, leaf: &Leaf<'_>) -> Violation {
        let place = self.page.place(leaf.path);
        let owner = self.annotations.owner(&leaf.keyword);
        let mut finding = match &leaf.problem {
            Problem::Type(types) => self.wrong_type(&place, *types, &leaf.keyword),
            Problem::Allowed(values) => Self::not_allowed(&place, values),
            Problem::Choice(types, values) => Self::not_chosen(&place, *types, values),
            Problem::Missing(key) => self.missing(&place, key, &leaf.keyword),
            Problem::Unknown(keys) => {
                let message = format!("not allowed here: {}", describe::all(&describe::each_quoted(keys)));
                Violation::invalid(place.owner(), Vec::new(), message)
            }
            Problem::Tie(branches) => self.tie(&place, branches),
            Problem::Other(kind) => self.other(&place, kind, &leaf.keyword),
        };
        finding.path = place.path;
        if finding.kind == ViolationKind::InvalidValue {
            finding.gap = describe::owner(&finding.path).map(|_| describe::dotted(&finding.path, []).into());
        }
        if let Some(own) = Annotations::message(owner, keyword_of(&leaf.keyword)) {
            finding.help = Some(own);
        } else if finding.help.is_none() && finding.kind == ViolationKind::InvalidValue {
            finding.help = self.annotations.description(owner);
        }
        finding
    }

    fn wrong_type(&self, place: &ValuePlace<'_>, types: JsonTypeSet, keyword: &str) -> Violation {
        let wanted: Vec<&str> = describe::kinds(types);
        let wanted = describe::either(&wanted);
        let found = place.node.kind_name();
        let whole = place.node.as_scalar().is_some_and(|scalar| matches!(scalar.meaning, Meaning::Number(_)));
        let found = if whole && wanted == "an integer" { "a fractional number" } else { found };
        let message = if place.is_root() {
            format!("expected {wanted}, found {found}")
        } else {
            format!("expected {wanted} for {}, found {found}", place.name())
        };
        let mut finding = Violation::invalid(place.value(), Vec::new(), message);
        if let Some(advice) = self.retyped(place, types, keyword) {
            (finding.help, finding.fix) = (Some(advice.help), advice.fix);
        }
        finding
    }

    /// How a value of the wrong type could be written in the right one.
    fn retyped(&self, place: &ValuePlace<'_>, types: JsonTypeSet, keyword: &str) -> Option<Advice> {
        let Some(scalar) = place.node.as_scalar() else {
            let item = place.node.items().first().filter(|_| place.node.items().len() == 1)?.as_str()?;
            return types
                .contains(JsonType::String)
                .then(|| Advice::in_words(format!("use a single value: {}", describe::quoted(item))));
        };
        let text = &*scalar.text;
        if scalar.meaning == Meaning::Null {
            let required = self.is_required(place, keyword);
            return Some(Advice::in_words(if required {
                "add a value"
            } else {
                "add a value, or remove the key"
            }));
        }
        let quoted = matches!(scalar.style, ScalarNotation::SingleQuoted | ScalarNotation::DoubleQuoted);
        let number = types.contains(JsonType::Number) && text.parse::<f64>().is_ok()
            || types.contains(JsonType::Integer) && text.parse::<i64>().is_ok();
        let boolean = types.contains(JsonType::Boolean);
        if quoted && (number || (boolean && matches!(text, "true" | "false"))) {
            return Some(Advice::unquote(place, text));
        }
        if boolean && let Some(value) = describe::as_boolean(text) {
            return Some(Advice::in_words(format!("replace with `{value}`")));
        }
        if types.contains(JsonType::String) {
            return Some(Advice::quote(place, text));
        }
        let list = || Advice::in_words(format!("use a list: {}", place.in_brackets(text)));
        types.contains(JsonType::Array).then(list)
    }

    /// Whether the schema that holds the property of a keyword requires it.
    fn is_required(&self, place: &ValuePlace<'_>, keyword: &str) -> bool {
        let Some((owner, _)) = keyword.rsplit_once("/properties/") else { return false };
        let required = self.annotations.at(&format!("{owner}/required")).and_then(Value::as_array);
        let key = describe::owner(&place.path);
        required.into_iter().flatten().any(|name| name.as_str() == key)
    }

    fn not_allowed(place: &ValuePlace<'_>, values: &[&Value]) -> Violation {
        let mut allowed: Vec<&Value> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        allowed.extend(values.iter().copied().filter(|value| seen.insert(value.to_string())));
        let literals: Vec<String> = allowed.iter().map(|value| describe::literal(value)).collect();
        let choice = describe::either(&describe::each_quoted(&literals));
        let (message, advice) = match place.node.text().filter(|text| !text.is_empty()) {
            Some(text) => {
                let message = format!("{} is not a valid value for {}", describe::quoted(text), place.name());
                (message, Some(Self::meant(place, text, &allowed, &literals, &choice)))
            }
            None if place.node.is_collection() => {
                (format!("expected {choice} for {}, found {}", place.name(), place.node.kind_name()), None)
            }
            None => (format!("{} is empty", place.name()), Some(Advice::in_words(format!("use {choice}")))),
        };
        let mut finding = Violation::invalid(place.value(), Vec::new(), message);
        if let Some(advice) = advice {
            (finding.help, finding.fix) = (Some(advice.help), advice.fix);
        }
        finding
    }

    /// A value that is of none of some types, and none of some values.
    fn not_chosen(place: &ValuePlace<'_>, types: JsonTypeSet, values: &[&Value]) -> Violation {
        let mut finding = Self::not_allowed(place, values);
        let kinds = describe::kinds(types).into_iter().filter(|kind| *kind != "null");
        let kinds = kinds.map(|kind| if kind == "an integer" { "a whole number" } else { kind });
        let mut alternatives: Vec<String> = kinds.map(str::to_owned).collect();
        let is_near = finding.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
        if alternatives.is_empty() || is_near {
            return finding;
        }
        alternatives.extend(values.iter().map(|value| describe::quoted(&describe::literal(value))));
        alternatives.dedup();
        (finding.help, finding.fix) = (Some(format!("use {}", describe::either(&alternatives))), None);
        finding
    }

    /// The allowed value that a text was meant for, or which ones there are.
    fn meant(
        place: &ValuePlace<'_>,
        text: &str,
        allowed: &[&Value],
        literals: &[String],
        choice: &str,
    ) -> Advice {
        if let Some(index) = literals.iter().position(|literal| literal == text) {
            let is_text = allowed[index].is_string();
            return if is_text { Advice::quote(place, text) } else { Advice::unquote(place, text) };
        }
        let near = nearest(text, literals.iter().map(String::as_str));
        let of_text = |near: &str| allowed.iter().any(|value| value.as_str() == Some(near));
        let fix = near.filter(|near| of_text(near)).and_then(|near| place.retext(near));
        let help = match near {
            _ if literals.len() == 1 => format!("use {choice}"),
            Some(near) => format!("did you mean {}?", describe::quoted(near)),
            None => format!("expected {choice}"),
        };
        Advice { help, fix }
    }

    fn missing(&self, place: &ValuePlace<'_>, key: &str, keyword: &str) -> Violation {
        let kind = ViolationKind::MissingKey;
        if let Some(because) = dependent(self.annotations.owner(keyword), keyword, key, place.node) {
            let message = format!("{} requires the key {}", describe::quoted(because), describe::quoted(key));
            return Violation::new(kind, place.entry(because), Vec::new(), message);
        }
        let message = if place.is_root() {
            format!("missing key {}", describe::quoted(key))
        } else {
            format!("missing key {} in {}", describe::quoted(key), place.mapping_name())
        };
        let mut finding = Violation::new(kind, place.owner(), Vec::new(), message);
        finding.gap = Some(describe::dotted(&place.path, [key]).into());
        let help = self.annotations.missing(self.annotations.owner(keyword), key);
        finding.help = Some(help.unwrap_or_else(|| format!("add {}", describe::quoted(key))));
        finding
    }

    /// Several branches are equally near: one finding, with what each would have changed.
    fn tie(&self, place: &ValuePlace<'_>, branches: &[Vec<Leaf<'_>>]) -> Violation {
        let leaves: Vec<&Leaf<'_>> = branches.iter().flatten().collect();
        let missing: Vec<&str> = leaves
            .iter()
            .filter_map(|leaf| match leaf.problem {
                Problem::Missing(key) => Some(key),
                _ => None,
            })
            .collect();
        let apart = leaves.iter().any(|leaf| leaf.path != leaves[0].path);
        if missing.len() == leaves.len() && !apart {
            let keys = describe::either(&describe::each_quoted(&missing));
            let lacking = self.page.place(leaves[0].path);
            let message = if missing.len() == branches.len() {
                format!("missing key {keys}")
            } else {
                format!(
                    "{} is missing keys: {}",
                    lacking.mapping_name(),
                    describe::all(&describe::each_quoted(&missing))
                )
            };
            return Violation::new(ViolationKind::MissingKey, lacking.owner(), Vec::new(), message);
        }
        let constants = leaves.iter().all(|leaf| matches!(leaf.problem, Problem::Allowed(_)));
        let message = if constants && apart {
            format!("the values of {} are incompatible", place.name())
        } else {
            format!("{} does not match any of the allowed schemas", place.name())
        };
        let mut finding = Violation::invalid(place.value(), Vec::new(), message);
        for leaf in leaves.into_iter().take(describe::NAMED) {
            let part = self.explain(leaf);
            let words = match &leaf.problem {
                Problem::Allowed(values) if constants => goes_with(values),
                _ => part.message,
            };
            if !finding.related.iter().any(|(span, known)| *span == part.span && *known == words) {
                finding.related.push((part.span, words));
            }
        }
        finding
    }

    fn other(&self, place: &ValuePlace<'_>, kind: &Kind, keyword: &str) -> Violation {
        if let Some(limits::Sentence { span, message, help }) = limits::sentence(kind, place) {
            let mut finding = Violation::invalid(span, Vec::new(), message);
            finding.help = help;
            return finding;
        }
        let owner = self.annotations.owner(keyword);
        let name = place.name();
        let value = describe::subject(place.node);
        let invalid = |message: String| Violation::invalid(place.value(), Vec::new(), message);
        match kind {
            Kind::Pattern { pattern } => {
                // Where the schema says what is wrong in its own words, its pattern is only a means.
                let message = match Annotations::message(owner, "pattern") {
                    Some(_) if place.node.text() == Some("") => format!("empty value for {name}"),
                    Some(_) => format!("invalid value {value} for {name}"),
                    None => format!("{value} does not match the pattern for {name}"),
                };
                let mut finding = invalid(message);
                finding.help = Some(self.form(owner, pattern));
                finding
            }
            Kind::Format { format } => self.wrong_format(place, format, owner),
            Kind::UniqueItems => values::unique(place),
            Kind::Contains => self.contains(place, keyword),
            Kind::Not { schema } => values::negated(place, schema),
            Kind::FalseSchema => values::forbidden(place, keyword),
            Kind::AdditionalItems { .. } | Kind::UnevaluatedItems { .. } => {
                Violation::invalid(place.owner(), Vec::new(), format!("{name} has too many items"))
            }
            Kind::PropertyNames { error } => self.property_name(place, error),
            Kind::OneOfMultipleValid { .. } => {
                invalid(format!("{name} matches more than one schema, expected exactly one"))
            }
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                let mut finding = invalid(format!("{name} could not be checked"));
                finding.help = Some(String::from(
                    "simplify the pattern in the schema: it takes too many steps on this value",
                ));
                finding
            }
            Kind::ContentEncoding { content_encoding } => {
                invalid(format!("{value} is not valid {}", describe::cut(content_encoding)))
            }
            Kind::FromUtf8 { .. } => invalid(format!("{value} does not decode to UTF-8 text")),
            Kind::ContentMediaType { content_media_type } => {
                invalid(format!("{value} is not valid {}", describe::cut(content_media_type)))
            }
            Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => {
                invalid(format!("{name} does not match any of the allowed schemas"))
            }
            _ => invalid(format!("{name} does not match the schema")),
        }
    }

    /// What a pattern asks for, in the schema's own words where it has some.
    fn form(&self, owner: &Value, pattern: &str) -> String {
        let own = self.annotations.description(owner);
        let asked = own.unwrap_or_else(|| format!("must match {}", describe::quoted(pattern)));
        match self.annotations.example(owner) {
            Some(example) => format!("{asked}, such as {}", describe::quoted(&example)),
            None => asked,
        }
    }

    fn wrong_format(&self, place: &ValuePlace<'_>, format: &str, owner: &Value) -> Violation {
        let known = FORMATS.iter().find(|(name, ..)| *name == format);
        let noun = known.map_or(format, |(_, noun, _)| noun);
        let message = format!("{} is not a valid {noun}", describe::subject(place.node));
        let mut finding = Violation::invalid(place.value(), Vec::new(), message);
        let example =
            self.annotations.example(owner).or_else(|| known.map(|(.., example)| (*example).to_owned()));
        finding.help = example.map(|example| format!("use the format of {}", describe::quoted(&example)));
        finding
    }

    fn contains(&self, place: &ValuePlace<'_>, keyword: &str) -> Violation {
        let owner = self.annotations.owner(keyword);
        let item = owner.get("contains").unwrap_or(&Value::Null);
        let what = match item.get("const") {
            Some(value) => format!("the item {}", describe::quoted(&describe::literal(value))),
            None => String::from("matching items"),
        };
        let message = match (keyword_of(keyword), owner.get("minContains"), owner.get("maxContains")) {
            ("maxContains", _, Some(most)) => {
                format!("{} must contain {what} at most {most} times", place.name())
            }
            (_, Some(least), _) => format!("{} must contain {what} at least {least} times", place.name()),
            _ if item.get("const").is_some() => format!("{} is missing {what}", place.name()),
            _ => format!("{} has no item that matches `contains`", place.name()),
        };
        let mut finding = Violation::invalid(place.owner(), Vec::new(), message);
        finding.help = self.annotations.description(item);
        finding
    }

    fn property_name(&self, place: &ValuePlace<'_>, error: &ValidationError<'_>) -> Violation {
        let instance = error.instance();
        let key = instance.as_str().unwrap_or_default();
        let message = format!("{} is not a valid key name", describe::quoted(key));
        let mut finding = Violation::invalid(place.entry(key), Vec::new(), message);
        let owner = self.annotations.owner(error.schema_path().as_str());
        finding.help = match error.kind() {
            Kind::Enum { options } => {
                let names: Vec<&str> =
                    options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                Some(nearest(key, names.iter().copied()).map_or_else(
                    || format!("expected {}", describe::either(&describe::each_quoted(&names))),
                    |near| format!("did you mean {}?", describe::quoted(near)),
                ))
            }
            Kind::Pattern { pattern } => Some(self.form(owner, pattern)),
            Kind::MaxLength { limit } => Some(format!("use at most {}", quantity(*limit, "character"))),
            Kind::MinLength { limit } => Some(format!("use at least {}", quantity(*limit, "character"))),
            _ => self.annotations.description(owner),
        };
        finding
    }
}

/// The keyword that a schema pointer ends in, list indexes left out.
fn keyword_of(pointer: &str) -> &str {
    pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default()
}

/// The key on whose account another one is required.
fn dependent<'s>(owner: &'s Value, keyword: &str, missing: &str, mapping: &Node) -> Option<&'s str> {
    let keyword = keyword_of(keyword);
    if !matches!(keyword, "dependentRequired" | "dependencies") {
        return None;
    }
    let asks = |keys: &Value| keys.as_array().is_some_and(|keys| keys.iter().any(|key| key == missing));
    let dependencies = owner.get(keyword)?.as_object()?;
    let because = dependencies.iter().find(|(key, keys)| asks(keys) && mapping.entry(key).is_some());
    because.map(|(key, _)| key.as_str())
}

/// What a value would have to be for the rest to be right.
fn goes_with(values: &[&Value]) -> String {
    let literals: Vec<String> = values.iter().map(|value| describe::literal(value)).collect();
    format!("expected {}", describe::either(&describe::each_quoted(&literals)))
}
