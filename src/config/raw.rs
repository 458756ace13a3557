//! The config file format. Editors show the field docs: `schemas/config.schema.json` is generated from these types and
//! from the rule declarations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::raw_custom::RawCustomRule;
use crate::{
    diagnostic::Severity,
    front_matter::dates::DateForm,
    markdown::DialectName,
    site::urls::{SiteKind, TrailingSlash},
    spelling::Sensitivity,
    text::SlugStyle,
};

/// copydesk configuration: a mapping of settings, such as `extends: recommended`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConfig {
    /// Schema for editors; ignored by copydesk.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Presets (`recommended`, `strict`, `markdownlint`, `minimal`) and config files to extend; later ones take
    /// precedence.
    pub extends: Option<OneOrMany>,
    /// Globs of the pages to check, relative to the directory of the config.
    pub files: Option<OneOrMany>,
    /// Globs of pages to exclude.
    pub exclude: Option<OneOrMany>,
    /// The published site.
    pub site: Option<RawSite>,
    /// Project words and spelling options.
    pub spelling: Option<RawSpelling>,
    /// Copies of remote JSON Schemas: files by URL, or directories by URLs that end with `/`.
    pub schema_urls: Ordered<String>,
    /// Groups of pages that share a front matter schema, by name.
    pub collections: Ordered<RawCollection>,
    /// Whether the collections of a CMS config at a usual place are used as well; on by default.
    pub cms: Option<bool>,
    /// Link settings.
    pub links: Option<RawLinks>,
    /// Rule levels and options, by rule id, alias or group.
    pub rules: Ordered<RuleSetting>,
    /// Rule settings for some of the pages; later ones take precedence.
    pub overrides: Option<Vec<RawOverride>>,
    /// Custom rules, by name: words to avoid or to replace, numbers of occurrences, capitalization.
    pub custom: Ordered<RawCustomRule>,
    /// Directories of Vale styles, such as `styles/House`, whose rules are used as they are.
    pub styles: Option<OneOrMany>,
    /// Baseline of accepted findings, relative to the directory of the config; used unless `--baseline` names another.
    pub baseline: Option<String>,
    /// Versions of copydesk that can use this config, such as `>=0.1, <2`.
    pub required_version: Option<String>,
}

/// The published site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSite {
    /// URL of the published site, such as `https://www.example.org`.
    pub url: Option<String>,
    /// Other URLs of the same site.
    pub aliases: Option<Vec<String>>,
    /// Site generator; detected from its config file by default.
    pub kind: Option<SiteKind>,
    /// Markdown dialects of the pages; the default depends on the site generator. One name or several: `[hugo, math]`.
    pub dialect: Option<RawDialect>,
    /// Content directories: paths of pages in them are paths on the site, as in `src/pages`.
    pub content: Option<OneOrMany>,
    /// Directories whose files are copied to the root of the site: with `static`, `/img/x.png` is
    /// `static/img/x.png`.
    #[serde(rename = "static")]
    pub statics: Option<OneOrMany>,
    /// Whether page URLs end with a slash.
    pub trailing_slash: Option<TrailingSlash>,
    /// How heading anchors are generated; `none` if headings have no anchors.
    pub slugs: Option<SlugStyle>,
    /// Web URLs of the repository in addition to its git remotes: `https://github.com/harbour/site`.
    pub repository: Option<OneOrMany>,
    /// Globs of paths on the site that its build creates, such as `/api/*`; `*` matches any characters.
    pub generated: Option<OneOrMany>,
}

/// Link settings.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLinks {
    /// URLs that have moved, from old to new, including everything below them.
    pub moved: Ordered<String>,
    /// Front matter keys that contain URLs or relative paths, such as `hero.image`, in addition to well-known ones
    /// such as
    /// `image` and `link`.
    pub keys: Option<Vec<String>>,
    /// Globs of URLs, as pages write them, that no rule about links reports; `*` matches any characters. Credentials in
    /// them are still reported.
    pub ignore: Option<OneOrMany>,
    /// Globs of URLs, as pages write them, and of files whose targets the build of the site creates; `*` matches any
    /// characters.
    pub generated: Option<OneOrMany>,
    /// URL parameters that contain secrets, in addition to well-known ones.
    pub secret_parameters: Option<Vec<String>>,
    /// URL parameters and hosts that look like credentials but are public.
    pub allow_credentials: Option<Vec<RawCredential>>,
}

/// A URL parameter or host that looks like a credential but is public.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCredential {
    /// Host, including its subdomains.
    pub host: Option<String>,
    /// URL parameter.
    pub parameter: Option<String>,
}

/// Project words and spelling options.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSpelling {
    /// Words to accept, such as names and jargon. Lowercase words match case-insensitively.
    pub words: Vec<String>,
    /// File with more words, one per line; `#` starts a comment. Defaults to `.copydesk-words.txt` if that file exists.
    pub words_file: Option<String>,
    /// Terms with their correct spelling, each with the spellings to flag.
    pub terms: Ordered<OneOrMany>,
    /// How confident a typo must be to be reported: `strict`, `sensitive` or `off`.
    pub sensitivity: Option<Sensitivity>,
    /// Whether to accept the words of other spell checkers' configs (cspell, typos, codespell) and to respect their
    /// comments, such as `<!-- cspell:ignore WORD -->`. Defaults to `true`.
    pub directives: Option<bool>,
    /// Language of pages that do not specify one, in their front matter or path, such as `en` or `pt-BR`.
    pub language: Option<String>,
    /// Front matter keys that contain prose, in addition to well-known ones such as `title`, `description` and
    /// `summary`.
    pub keys: Option<OneOrMany>,
}

/// A group of pages that share a front matter schema: `files` selects the pages, `schema` or `cms` describes them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCollection {
    /// Globs of the pages, relative to the directory of the config. Those that end in `.json`, `.yml`, `.yaml` or `.toml`
    /// name data files, which are checked against the schema.
    pub files: Option<OneOrMany>,
    /// Globs of pages to exclude.
    pub exclude: Option<OneOrMany>,
    /// Markdown dialects of these pages, instead of those of the site.
    pub dialect: Option<RawDialect>,
    /// JSON Schema of the front matter: a path, `builtin:NAME`, or an inline schema.
    pub schema: Option<RawSchema>,
    /// Decap CMS or Netlify CMS config whose collection of the same name provides globs, schema and references.
    pub cms: Option<String>,
    /// URL path of a page, such as `/blog/{stem}/`.
    pub permalink: Option<String>,
    /// Keys whose values must be unique across the pages.
    pub unique: Option<Vec<String>>,
    /// Keys that contain dates.
    pub dates: Option<Ordered<Option<RawDate>>>,
    /// Keys that refer to records in data files or other pages.
    pub references: Ordered<RawReference>,
    /// Expected order of the top-level keys.
    pub key_order: Option<Vec<String>>,
}

/// Schema reference or inline schema.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawSchema {
    /// Path relative to the config, or `builtin:NAME`.
    Name(String),
    /// Inline schema.
    Inline(AnyMapping),
}

/// A mapping with any keys.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct AnyMapping {}

/// Constraints on a date, such as `{ form: date-time, not-after: today+30d }`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDate {
    /// Date format; defaults to the one that most pages use.
    pub form: Option<DateForm>,
    /// Latest allowed date: `2030-01-01`, `today`, `today+30d`.
    pub not_after: Option<String>,
    /// Earliest allowed date.
    pub not_before: Option<String>,
    /// Also compare with the dates on which pages were added to git; takes as long as `git log`.
    pub history: bool,
}

/// Records that a key refers to: either `files` or `data`, and how pages refer to them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawReference {
    /// Globs of the pages that are the records.
    pub files: Option<OneOrMany>,
    /// JSON, YAML or TOML file that contains the records.
    pub data: Option<String>,
    /// JSON pointer to the records in `data`; defaults to the whole file.
    pub items: Option<String>,
    /// Key of a page, or field of an item in `data`, that identifies the record; defaults to the file name or the item
    /// itself.
    pub key: Option<String>,
    /// Separators between several names in one string.
    pub list_separator: Option<OneOrMany>,
    /// Keys of the id, in pages and data, if pages specify an id and a label.
    pub id: Option<OneOrMany>,
    /// Preferred key in `id`.
    pub prefer: Option<String>,
    /// Key of the label: in the pages, and in the data if it differs.
    pub label: Option<LabelKey>,
}

/// Key of a label.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LabelKey {
    /// Same key in pages and data.
    Same(String),
    /// Key in the pages: key in the data.
    Differs(#[schemars(extend("minProperties" = 1, "maxProperties" = 1))] BTreeMap<String, String>),
}

/// Level of a rule, or its level and options.
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

/// Level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Do not run the rule.
    Off,
    /// Run the rule at its default level.
    On,
    /// Report findings as info.
    Info,
    /// Report findings as warnings.
    Warning,
    /// Report findings as errors.
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
            .map_err(|_| format!("invalid level `{text}`; possible values: {}", Self::NAMES.join(", ")))
    }
}

/// Rule settings for some of the pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOverride {
    /// Globs of the pages, relative to the directory of the config; all pages if it is missing and `when` is set.
    pub files: Option<OneOrMany>,
    /// Front matter that the pages must have, such as `draft: true`; a list of values means any of them.
    pub when: Option<AnyMapping>,
    /// Globs of pages to exclude.
    pub exclude: Option<OneOrMany>,
    /// Markdown dialects of these pages, instead of those of the site.
    pub dialect: Option<RawDialect>,
    /// Rule levels and options, by rule id, alias or group.
    pub rules: Ordered<RuleSetting>,
}

/// The name of a dialect or several: their parts together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawDialect {
    /// One.
    One(DialectName),
    /// Several.
    Many(Vec<DialectName>),
}

impl RawDialect {
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
