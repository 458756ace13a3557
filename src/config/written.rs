//! The config as people write it. The field docs are what editors show; `schemas/config.schema.json` is made from
//! these types and from the rules' declarations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    diagnostic::Severity,
    front_matter::dates::DateForm,
    markdown::DialectName,
    site::urls::{SiteKind, TrailingSlash},
    spelling::Sensitivity,
    text::SlugStyle,
};

/// What is checked and how: settings by key, such as `extends: recommended`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Written {
    /// For editors; copydesk itself does not read it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// What to build on: presets (`recommended`, `strict`, `markdownlint`, `minimal`) and config files, the last one winning.
    pub extends: Option<OneOrMany>,
    /// The pages, as globs from the folder of the config.
    pub files: Option<OneOrMany>,
    /// Pages to leave out, as globs.
    pub exclude: Option<OneOrMany>,
    /// The site that the pages become.
    pub site: Option<WrittenSite>,
    /// The project's own words, and how strictly others are judged.
    pub spelling: Option<WrittenSpelling>,
    /// Parts of the site whose pages have the same front matter, by name.
    pub collections: Ordered<WrittenCollection>,
    /// What is known about links.
    pub links: Option<WrittenLinks>,
    /// Levels and options of rules, by id, alias or group.
    pub rules: Ordered<RuleSetting>,
    /// Other rules for some pages; later ones win.
    pub overrides: Option<Vec<WrittenOverride>>,
}

/// The site that the pages become.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenSite {
    /// Where the site is published, such as `https://www.example.org`.
    pub url: Option<String>,
    /// Other addresses of the same site.
    pub aliases: Option<Vec<String>>,
    /// What makes a site of the pages; without it, what its config file in the root gives away.
    pub kind: Option<SiteKind>,
    /// How the pages are written; without it, as the site's generator reads them. One name or several: `[hugo, math]`.
    pub dialect: Option<WrittenDialect>,
    /// Folders of the pages, whose paths there are their paths on the site: `src/pages`.
    pub content: Option<OneOrMany>,
    /// Folders whose files appear at the root of the site as they are: with `static`, `/img/x.png` is
    /// `static/img/x.png`.
    #[serde(rename = "static")]
    pub statics: Option<OneOrMany>,
    /// Whether paths of pages end with a slash.
    pub trailing_slash: Option<TrailingSlash>,
    /// Whose rules make the anchors of headings; `none` where headings have no anchors.
    pub slugs: Option<SlugStyle>,
    /// Where the repository can be looked at, besides its git remotes: `https://github.com/harbour/site`.
    pub repository: Option<OneOrMany>,
}

/// What is known about links.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenLinks {
    /// Addresses that moved, old: new. What is below an old address moved along.
    pub moved: Ordered<String>,
    /// Front matter keys that hold addresses, besides those whose names say so, such as `image` and `link`:
    /// `hero.picture`. Their values may be paths from the page on, too.
    pub keys: Option<Vec<String>>,
    /// Parameters of addresses that hold secrets, besides the usual ones.
    pub secret_parameters: Option<Vec<String>>,
    /// What looks like a secret in an address and is none.
    pub allow_credentials: Option<Vec<WrittenCredential>>,
}

/// What looks like a secret and is none: a parameter, or all of a host.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenCredential {
    /// The host and those below it.
    pub host: Option<String>,
    /// The parameter.
    pub parameter: Option<String>,
}

/// The project's own words, and how strictly others are judged.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenSpelling {
    /// Words that are right here: names, terms, jargon. One in lower case is right in any case.
    pub words: Vec<String>,
    /// A file with such words, one a line; `#` begins a comment. Without this key it is `.copydesk-words.txt`, if it
    /// is there.
    pub words_file: Option<String>,
    /// Names in their right form, each with the forms to flag.
    pub terms: Ordered<OneOrMany>,
    /// How sure a slip has to be to be reported: `strict`, `sensitive`, `off`.
    pub sensitivity: Option<Sensitivity>,
    /// The language of pages that do not name theirs, such as `en` or `pt-BR`.
    pub language: Option<String>,
    /// Front matter keys that hold prose, besides title, description, summary and the like.
    pub keys: Option<OneOrMany>,
}

/// Pages with the same front matter: `files`, and `schema` or `cms`, say which pages and what they hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenCollection {
    /// Which pages, as globs from the folder of the config.
    pub files: Option<OneOrMany>,
    /// Pages to leave out, as globs.
    pub exclude: Option<OneOrMany>,
    /// How these pages are written, if otherwise than the rest of the site.
    pub dialect: Option<WrittenDialect>,
    /// JSON Schema of the front matter: a path, `builtin:NAME`, or the schema itself.
    pub schema: Option<WrittenSchema>,
    /// A Decap or Netlify CMS config to take globs, schema and references from; its collection of the same name.
    pub cms: Option<String>,
    /// Route of a page, such as `/blog/{stem}/`.
    pub permalink: Option<String>,
    /// Keys whose values no two pages may share.
    pub unique: Option<Vec<String>>,
    /// Keys that hold dates.
    pub dates: Option<Ordered<Option<WrittenDate>>>,
    /// Keys that name records kept in data files or other pages.
    pub references: Ordered<WrittenReference>,
    /// Order of the top-level keys.
    pub key_order: Option<Vec<String>>,
}

/// A schema by name, or as it is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum WrittenSchema {
    /// A path relative to the config, or `builtin:NAME`.
    Name(String),
    /// The schema itself.
    Inline(AnyMapping),
}

/// A mapping of any keys; what it says is read from the tree, where it has places.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AnyMapping {}

/// What a date must be like, such as `{ form: date-time, not-after: today+30d }`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenDate {
    /// The form; without it, the one that most pages use.
    pub form: Option<DateForm>,
    /// The latest plausible day: `2030-01-01`, `today`, `today+30d`.
    pub not_after: Option<String>,
    /// The earliest plausible day.
    pub not_before: Option<String>,
    /// Whether to compare it with the days on which git says that pages were added; takes as long as `git log`.
    pub history: bool,
}

/// Records that a key names: `files` or `data`, and how they are written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenReference {
    /// Pages that are the records, as globs.
    pub files: Option<OneOrMany>,
    /// A JSON, YAML or TOML file that holds the records.
    pub data: Option<String>,
    /// JSON pointer to the records in `data`; without it, the whole file.
    pub items: Option<String>,
    /// The key of a page, or the field of an item in `data`, that names the record; without it, the file's name
    /// or the item itself.
    pub key: Option<String>,
    /// What may stand between several names in one text.
    pub list_separator: Option<OneOrMany>,
    /// Keys of the id, in pages and data, when pages write an id and a label.
    pub id: Option<OneOrMany>,
    /// Which of the keys in `id` pages should use.
    pub prefer: Option<String>,
    /// Key of the label: in the pages, and in the data where it is another.
    pub label: Option<LabelKey>,
}

/// A label's key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LabelKey {
    /// The same in pages and data.
    Same(String),
    /// Key in the pages: key in the data.
    Differs(#[schemars(extend("minProperties" = 1, "maxProperties" = 1))] BTreeMap<String, String>),
}

/// A level, or a level with options.
#[derive(Debug, Clone)]
pub enum RuleSetting {
    /// `true` and `false` stand for `on` and `off`.
    Switch(bool),
    /// A level alone.
    Level(Level),
    /// Options, with or without a level.
    Options {
        /// The level.
        level: Option<Level>,
        /// The rule's own options.
        options: serde_json::Map<String, serde_json::Value>,
    },
    /// Anything else: a mistake, whose words and place are a matter of the config that holds it.
    Unclear,
}

impl<'de> Deserialize<'de> for RuleSetting {
    /// Some rules have an option `level` themselves, the level of a heading: so a number is an option, and `severity`
    /// says the same as `level`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match serde_json::Value::deserialize(deserializer)? {
            Value::Bool(on) => Self::Switch(on),
            Value::String(text) => text.parse().map_or(Self::Unclear, Self::Level),
            Value::Object(mut options) => {
                let mut level = None;
                for key in ["level", "severity"] {
                    if options.get(key).is_none_or(Value::is_number) {
                        continue;
                    }
                    let Some(said) =
                        options.shift_remove(key).and_then(|said| serde_json::from_value(said).ok())
                    else {
                        return Ok(Self::Unclear);
                    };
                    level = Some(said);
                }
                Self::Options { level, options }
            }
            _ => Self::Unclear,
        })
    }
}

/// How loud a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not run.
    Off,
    /// Run at the rule's own level.
    On,
    /// Run, reported as info.
    Info,
    /// Run, reported as a warning.
    Warning,
    /// Run, reported as an error.
    Error,
}

impl Level {
    /// The names, as written.
    pub const NAMES: [&str; 5] = ["off", "on", "info", "warning", "error"];

    /// The severity it asks for, where it asks for one.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off | Self::On => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl std::str::FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_value(text.into())
            .map_err(|_| format!("`{text}` is no level; there are {}", Self::NAMES.join(", ")))
    }
}

/// Other rules for some pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenOverride {
    /// Which pages, as globs from the folder of the config.
    pub files: OneOrMany,
    /// Pages to leave out, as globs.
    pub exclude: Option<OneOrMany>,
    /// How these pages are written, if otherwise than the rest of the site.
    pub dialect: Option<WrittenDialect>,
    /// Levels and options of rules, by id, alias or group.
    pub rules: Ordered<RuleSetting>,
}

/// The name of a dialect or several: their parts together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum WrittenDialect {
    /// One.
    One(DialectName),
    /// Several.
    Many(Vec<DialectName>),
}

impl WrittenDialect {
    /// The names.
    pub fn names(&self) -> impl Iterator<Item = DialectName> {
        let names = match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        };
        names.iter().copied()
    }
}

/// One text or a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(vec![])
    }
}

impl OneOrMany {
    /// The texts.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// In one piece, so that findings speak of the key and not of one of its forms.
impl JsonSchema for OneOrMany {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

/// A mapping whose order counts.
#[derive(Debug, Clone)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<T> Ordered<T> {
    /// The entries, as written.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Ordered::default())
            }
        }

        deserializer.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("MappingOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let values = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": ["object", "null"], "additionalProperties": values })
    }
}
