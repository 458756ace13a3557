//! The lines of a file of facts, as they are written and read.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};

use crate::site::PageFacts;

/// The version of the records. It is incremented whenever one of them changes.
pub(super) const VERSION: u32 = 1;

/// The program that wrote the records: what pages say depends on how it reads them.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The kinds of records, in the order in which a file has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// [`Header`].
    Facts,
    /// [`SiteRecord`].
    Site,
    /// [`ConfigRecord`].
    Config,
    /// [`FilesRecord`].
    Files,
    /// [`PageRecord`].
    Page,
    /// [`EndRecord`].
    End,
}

/// What tells a record from all others, and its place in a file: by kind, then by site, then by path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct RecordKey {
    record: Kind,
    #[serde(default)]
    root: String,
    #[serde(default)]
    path: String,
}

impl RecordKey {
    pub(super) const fn kind(&self) -> Kind {
        self.record
    }

    pub(super) fn root(&self) -> &str {
        &self.root
    }
}

/// First line: what the file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Header {
    #[schemars(extend("const" = "facts"))]
    pub(super) record: Kind,
    /// Incremented when a record changes.
    #[schemars(extend("const" = 1))]
    pub(super) schema_version: u32,
    /// Version of copydesk that wrote the file. No other version reads it.
    pub(super) copydesk: String,
    pub(super) config: ConfigOrigin,
}

/// Which config the facts follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ConfigOrigin {
    /// The nearest one of each site.
    Discovered,
    /// That of `--config`.
    Given,
    /// None, by `--no-config`.
    None,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SiteRecord {
    #[schemars(extend("const" = "site"))]
    pub(super) record: Kind,
    /// Its folder, relative to the directory in which `copydesk facts` ran, with `/` between the parts; empty for that
    /// directory itself.
    pub(super) root: String,
    /// Its config file, relative to `root`.
    pub(super) config: Option<String>,
    /// Whether the words of pages are among their facts: they are where spelling is checked.
    pub(super) words: bool,
    /// Hash of the options, of the texts that the config was read from, and of the list of pages.
    pub(super) digest: String,
    pub(super) shards: Shards,
}

/// The parts of the pages that a file has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Shards {
    /// How many there are.
    pub(super) count: u32,
    /// Those that are here, counted from 1, in order.
    pub(super) present: Vec<u32>,
}

impl Shards {
    /// The same; once all are there, they are the whole.
    pub(super) fn settled(self) -> Self {
        if self.is_whole() { Self { count: 1, present: vec![1] } } else { self }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.missing().next().is_none()
    }

    /// Those that are not here.
    pub(super) fn missing(&self) -> impl Iterator<Item = u32> {
        (1..=self.count).filter(|number| self.present.binary_search(number).is_err())
    }
}

/// A file or folder that the config was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ConfigRecord<'a> {
    #[schemars(extend("const" = "config"))]
    pub(super) record: Kind,
    /// Root of its site.
    pub(super) root: String,
    /// Its path, relative to `root`.
    pub(super) path: String,
    /// The text of a file: of a config, a schema, a data file, a word list, a config of the site's generator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Cow<'a, str>>,
    /// Why it could not be read as a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<Cow<'a, str>>,
    /// What is in a folder, with a `/` after the names of folders.
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    pub(super) names: Cow<'a, [String]>,
}

/// The files of a site. Paths are relative to its root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FilesRecord {
    #[schemars(extend("const" = "files"))]
    pub(super) record: Kind,
    /// Root of the site.
    pub(super) root: String,
    /// Files that ignore files leave in.
    pub(super) listed: Vec<String>,
    /// Those of them that are hidden: a part of the path begins with a dot.
    pub(super) hidden: Vec<String>,
    /// Symbolic links, which are not followed.
    pub(super) links: Vec<String>,
    /// All possible targets of links.
    pub(super) inventory: InventoryRecord,
    /// Files that were renamed, the latest first: old path, new path.
    pub(super) renames: Vec<(String, String)>,
    /// URLs of the repository's remotes.
    pub(super) remotes: Vec<String>,
    /// Folder of the site in its repository.
    pub(super) folder: String,
    /// Text of each `.gitignore`, and of `.gitmodules`, by path relative to the repository.
    pub(super) gitignore: BTreeMap<String, String>,
}

/// All possible targets of links.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct InventoryRecord {
    /// Files.
    pub(super) files: Vec<String>,
    /// Symbolic links, and the path that each has as its text, if it is known.
    pub(super) links: BTreeMap<String, Option<String>>,
    /// Other repositories.
    pub(super) repositories: Vec<String>,
    /// Whether files that are missing from a partial checkout are among them.
    pub(super) complete: bool,
}

/// A page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PageRecord<F> {
    #[schemars(extend("const" = "page"))]
    pub(super) record: Kind,
    /// Root of its site.
    pub(super) root: String,
    /// Its path, relative to `root`.
    pub(super) path: String,
    /// XXH3 (128 bits) of its content, in hexadecimal.
    pub(super) hash: String,
    /// Lines of its text and the lengths of its characters: runs of characters of one byte (`a`) to four bytes (`d`), LF
    /// (`n`) and CR (`r`), each after its length.
    pub(super) shape: String,
    /// Number of its collection in the config, from 0.
    pub(super) collection: Option<u32>,
    /// Day on which git has it first, if a rule asks for that.
    pub(super) added: Option<String>,
    /// What it says, as the version of copydesk that wrote the file has it.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub(super) facts: F,
}

/// Last line: that the file is whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EndRecord {
    #[schemars(extend("const" = "end"))]
    pub(super) record: Kind,
    /// Number of lines before it.
    pub(super) lines: u64,
}

impl EndRecord {
    /// The record after some lines.
    pub(super) const fn after(lines: u64) -> Self {
        Self { record: Kind::End, lines }
    }

    /// Whether it may be the line with this number.
    pub(super) fn check(&self, number: u64) -> Result<(), String> {
        let is_whole = self.lines.checked_add(1) == Some(number);
        if is_whole { Ok(()) } else { Err("incomplete: records are missing before this one".to_owned()) }
    }
}

/// A writer that counts lines.
pub(super) struct Counted<W> {
    pub(super) out: W,
    pub(super) lines: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = self.out.write(bytes)?;
        self.lines += memchr::memchr_iter(b'\n', &bytes[..len]).count() as u64;
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A line of a file of facts.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is made")]
enum AnyRecord {
    Header(Header),
    Site(SiteRecord),
    Config(ConfigRecord<'static>),
    Files(FilesRecord),
    Page(Box<PageRecord<PageFacts>>),
    End(EndRecord),
}

/// The JSON Schema of a line of a file of facts.
pub fn json_schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<AnyRecord>().to_value();
    schema["title"] = "copydesk facts".into();
    schema
}
