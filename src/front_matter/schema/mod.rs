//! JSON Schema for front matter: a schema is compiled once, and what it has against a page comes back as findings with
//! a place and words for the person who wrote the page.

mod annotation;
mod base;
mod branches;
mod budget;
mod bundle;
mod compile;
mod deprecated;
mod describe;
mod explain;
mod hints;
mod inspect;
mod keys;
mod keywords;
mod limits;
mod location;
mod map;
mod resources;
mod values;

use std::sync::LazyLock;

use jsonschema::Draft;
use serde_json::Value;

use super::FrontMatter;
use crate::data::{self, DataFormat, Mapping, Node, Segment, Tree};
use crate::fix::Fix;
use crate::text::Span;

use inspect::{EntryPart, SchemaDefect};

pub use bundle::REMOTE;
pub use hints::{Hints, KeyHint, ValueHint};
pub use keywords::vocabulary;

/// The key by which a page names its schema.
pub const OWN_KEY: &str = "$schema";

/// A schema, ready to check pages. Checking takes `&self` and may happen on many threads at once.
#[derive(Debug)]
pub struct Schema {
    compiled: LazyLock<Compiled, Box<dyn FnOnce() -> Compiled + Send>>,
    subject: Box<str>,
    remarks: Vec<Mistake>,
}

/// What a schema is once it is compiled.
#[derive(Debug)]
struct Compiled {
    validator: jsonschema::Validator,
    places: resources::ResourcePlaces,
    /// The schema with all files it refers to; places in it are JSON pointers.
    document: Value,
    has_deprecated: bool,
}

/// Something wrong in a schema, in the file of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The narrowest bytes that show it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

/// Something that a schema has against a page.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Violation {
    /// What sort of thing is wrong.
    pub kind: ViolationKind,
    /// The narrowest bytes that show it.
    pub span: Span,
    /// The mapping that lacks or should lack a key, or the value that does not fit.
    pub path: Vec<Segment>,
    /// What is wrong.
    pub message: String,
    /// Words for beside the underline.
    pub note: Option<String>,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// Other places that belong to it, with their words.
    pub related: Vec<(Span, String)>,
    /// What could be written instead, if that is known.
    pub fix: Option<Fix>,
    gap: Option<Box<str>>,
    absorbed: Option<Box<Violation>>,
}

/// The sorts of findings.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ViolationKind {
    /// A key that has to be there is not.
    MissingKey,
    /// A key that may not be there is.
    UnknownKey {
        /// The key as written.
        key: Box<str>,
        /// The key that was meant, if it is one that the mapping lacks.
        suggestion: Option<Box<str>>,
    },
    /// A value does not fit.
    InvalidValue,
    /// A key that the schema calls deprecated.
    DeprecatedKey,
}

impl Violation {
    fn new(kind: ViolationKind, span: Span, path: Vec<Segment>, message: String) -> Self {
        Self {
            kind,
            span,
            path,
            message,
            note: None,
            help: None,
            related: Vec::new(),
            fix: None,
            gap: None,
            absorbed: None,
        }
    }

    fn invalid(span: Span, path: Vec<Segment>, message: String) -> Self {
        Self::new(ViolationKind::InvalidValue, span, path, message)
    }

    /// For an unknown key that does not look like a slip for another, for a missing one, and for one whose value does not fit:
    /// its path with list indexes left out, such as `seo.path`. Where that is so on many pages, the schema is wrong and
    /// not the page.
    pub fn gap_key(&self) -> Option<&str> {
        self.gap.as_deref()
    }

    /// For an unknown key that is taken for a missing one just because each is the only one: what there is to say of
    /// the missing key, should the unknown one turn out to be a gap of the schema.
    pub fn absorbed(&self) -> Option<&Self> {
        self.absorbed.as_deref()
    }
}

impl Schema {
    /// Compiles a schema from the tree of its own file.
    ///
    /// `loader` reads the file that a `$ref` names: it gets the path as written, relative to the schema's folder, and
    /// answers with the file's value or the reason why there is none. It has to refuse what is outside the site. It
    /// is also asked for URLs, and answers [`REMOTE`] unless it has a copy.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the schema and in the files it refers to, in the order of the schema.
    pub fn compile(
        root: &Node,
        loader: &dyn Fn(&str) -> Result<Value, String>,
    ) -> Result<Self, Vec<Mistake>> {
        let (compiled, remarks) =
            Compiled::of(root.to_json(), loader, None).map_err(|defects| mistakes(root, defects))?;
        Ok(Self { remarks: mistakes(root, remarks), ..Self::from(compiled) })
    }

    /// Compiles a schema that no file holds. It may not refer to files.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the schema; the spans say nothing.
    pub fn from_json(value: Value) -> Result<Self, Vec<Mistake>> {
        Compiled::alone(value, None).map(Self::from)
    }

    /// A schema that this program made or has within it: with keywords that all drafts have in common, and references to
    /// nothing but itself. It is compiled when it is first used, and the meta-schema of an older draft, which is
    /// much smaller, says whether it is valid.
    ///
    /// # Errors
    ///
    /// Where it is so large that compiling it may fail: everything that is wrong in the schema. The spans say nothing.
    /// Anything else that is wrong makes it a schema that takes everything.
    pub fn derived(value: Value) -> Result<Self, Vec<Mistake>> {
        let compile = |value| Compiled::alone(value, Some(Draft::Draft7));
        if inspect::may_be_too_large(&value) {
            return compile(value).map(Self::from);
        }
        let later = move || compile(value).unwrap_or_else(|_| Compiled::anything());
        Ok(Self::with(LazyLock::new(Box::new(later))))
    }

    /// Whether a regular expression may be the `pattern` of a schema.
    pub fn takes_pattern(pattern: &str) -> bool {
        compile::is_regex(pattern)
    }

    fn with(compiled: LazyLock<Compiled, Box<dyn FnOnce() -> Compiled + Send>>) -> Self {
        Self { compiled, subject: "this page".into(), remarks: vec![] }
    }

    /// Keywords and formats in it that have no effect, in the order of the schema.
    pub fn remarks(&self) -> &[Mistake] {
        &self.remarks
    }

    /// What messages call the thing that is checked; "this page" unless told.
    pub fn with_subject(mut self, subject: &str) -> Self {
        self.subject = subject.into();
        self
    }

    /// What the schema has against a page's front matter, in source order. Keys that may be in a part which could
    /// not be read are not called missing.
    pub fn findings(&self, front_matter: &FrontMatter) -> Vec<Violation> {
        let tree = &front_matter.tree;
        let empty = Node {
            span: Span::empty(front_matter.content.start),
            tag: None,
            value: data::Value::Mapping(Mapping::default()),
        };
        let root = tree.root.as_ref().filter(|root| !root.is_null()).unwrap_or(&empty);
        self.findings_of(tree, root, front_matter.delimiter(), &self.subject)
    }

    /// What the schema has against a data file, in source order. Keys that may be in a part which could not be read are
    /// not called missing.
    pub fn findings_in(&self, tree: &Tree) -> Vec<Violation> {
        let Some(root) = &tree.root else { return vec![] };
        self.findings_of(tree, root, Span::empty(root.span.start), "this file")
    }

    /// What the schema has against the root of a tree.
    fn findings_of(&self, tree: &Tree, root: &Node, anchor: Span, subject: &str) -> Vec<Violation> {
        let without = self.without_own_key(root);
        let root = without.as_ref().unwrap_or(root);
        let mut findings = self.map(root, anchor, tree.format, subject);
        if !tree.is_complete() {
            findings.retain(|finding| finding.kind != ViolationKind::MissingKey);
        }
        findings
    }

    /// The page without the key by which it names a schema, where the schema does not know that key: else it would be an
    /// unknown one.
    fn without_own_key(&self, root: &Node) -> Option<Node> {
        root.entry(OWN_KEY).filter(|_| !self.property_names().contains(&OWN_KEY))?;
        let mut root = root.clone();
        if let data::Value::Mapping(mapping) = &mut root.value {
            mapping.entries.retain(|entry| entry.key.as_str() != Some(OWN_KEY));
        }
        Some(root)
    }

    /// What the schema has against a YAML tree, in source order. A key that is missing at the root is reported at
    /// `anchor`.
    pub fn check(&self, root: &Node, anchor: Span) -> Vec<Violation> {
        self.map(root, anchor, DataFormat::Yaml, &self.subject)
    }

    fn map(&self, root: &Node, anchor: Span, format: DataFormat, subject: &str) -> Vec<Violation> {
        let page = location::CheckedPage { root, anchor, format, subject };
        let Compiled { validator, places, document, has_deprecated } = &*self.compiled;
        let mut findings = map::findings(validator, places, document, &page);
        if *has_deprecated {
            findings.extend(deprecated::findings(document, root));
        }
        findings
    }

    /// The keys that the schema knows at the root, in its order.
    pub fn property_names(&self) -> Vec<&str> {
        let document = &self.compiled.document;
        annotation::Annotations::new(document).properties(document)
    }
}

impl From<Compiled> for Schema {
    fn from(compiled: Compiled) -> Self {
        Self::with(LazyLock::new(Box::new(|| compiled)))
    }
}

impl Compiled {
    /// A schema that takes everything.
    fn anything() -> Self {
        Self::alone(Value::Bool(true), None).expect("`true` is a schema")
    }

    /// Compiles a schema that may not refer to files.
    fn alone(value: Value, draft: Option<Draft>) -> Result<Self, Vec<Mistake>> {
        Self::of(value, &|_| Err(String::from("this schema cannot refer to files")), draft)
            .map(|(compiled, _)| compiled)
            .map_err(|defects| {
                defects.into_iter().map(|defect| defect.into_mistake(Span::default())).collect()
            })
    }

    /// The schema, and what has no effect in it. Without a draft, the schema names its own.
    fn of(
        value: Value,
        loader: bundle::Loader<'_>,
        draft: Option<Draft>,
    ) -> Result<(Self, Vec<SchemaDefect>), Vec<SchemaDefect>> {
        let mut bundle = bundle::bundle(value, loader);
        if !bundle.defects.is_empty() {
            return Err(bundle.defects);
        }
        let (validator, places) = compile::build(&mut bundle, draft).map_err(|defect| vec![defect])?;
        let has_deprecated = deprecated::has_any(&bundle.value);
        Ok((Self { validator, places, document: bundle.value, has_deprecated }, bundle.remarks))
    }
}

impl SchemaDefect {
    fn into_mistake(self, span: Span) -> Mistake {
        Mistake { span, message: self.message, help: self.help }
    }
}

/// Mistakes with their places in the schema's own tree, in its order.
fn mistakes(root: &Node, defects: impl IntoIterator<Item = SchemaDefect>) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = defects.into_iter().map(|defect| mistake(root, defect)).collect();
    mistakes.sort_by_key(|mistake| mistake.span);
    mistakes.dedup();
    mistakes
}

/// Finds the place of a mistake in the schema's own tree.
fn mistake(root: &Node, defect: SchemaDefect) -> Mistake {
    let path = root.pointer(&defect.pointer).unwrap_or_default();
    let key = root.entry_at(&path).map(|entry| entry.key.span);
    let owned = matches!(path.last(), Some(Segment::Key(_)));
    let value = root.at(&path).map(|node| (node.span, node.is_collection() || node.span.is_empty()));
    let span = match (defect.part, key.filter(|_| owned), value) {
        (EntryPart::Key, Some(key), _) | (EntryPart::Value, Some(key), None | Some((_, true))) => key,
        (_, _, Some((value, false))) => value,
        (_, _, Some((value, true))) => location::head(root.at(&path), value),
        (_, None, None) => root.span,
    };
    defect.into_mistake(span)
}
