//! Findings that are known and accepted: a file of them, one per line, that a run is held against.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    config::mistake,
    data::{self, DataFormat, Node},
    diagnostic::{Diagnostic, Label, Recurrence, stands_for_others},
    front_matter::schema::{Schema, Violation},
    report::sanitize,
    run::Run,
    text::Span,
};

/// The default file name of a baseline.
pub const FILE_NAME: &str = "copydesk-baseline.json";

/// The version that is read and written.
const VERSION: u32 = 1;

/// Known findings of a project. Paths and fingerprints are seen from the root of the project that the file is in, so
/// that they hold wherever a run begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// What it knows. A file that copydesk writes has them sorted; in one that was merged they may be anyhow.
    pub entries: Vec<BaselineEntry>,
}

/// An accepted finding. Each entry hides at most one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// Path relative to the project root, with `/` as separator.
    pub file: String,
    /// Rule id.
    pub rule: String,
    /// Hash of rule, file and flagged text; independent of line numbers.
    #[schemars(extend("pattern" = "^[0-9a-f]{16}$"))]
    pub fingerprint: String,
    /// Message of the finding; informational.
    pub message: String,
}

/// Baseline of accepted findings.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "fields that are only accepted, and described in the schema")]
struct BaselineFile {
    /// Schema for editors.
    #[serde(rename = "$schema")]
    schema: Option<String>,
    /// Version of the file format.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// Accepted findings.
    findings: Vec<BaselineEntry>,
}

/// The schema of a baseline, as `schemas/baseline.schema.json` has it.
pub fn json_schema() -> serde_json::Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<BaselineFile>().to_value();
    schema["title"] = "copydesk baseline".into();
    if let Some(version) = schema["properties"]["version"].as_object_mut() {
        version.remove("format");
    }
    schema
}

impl Baseline {
    /// Reads a baseline. `path` is what its file is called.
    ///
    /// # Errors
    ///
    /// What is wrong with it, each at its place.
    pub fn parse(path: &Arc<Path>, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let tree = data::parse(text, Span::new(start, text.len() as u32), DataFormat::Json);
        let at = |span: Span| Label::new(path, span);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for error in &tree.errors {
            let mut diagnostic = mistake(at(error.span), &error.message);
            diagnostic.explain(error.help.as_deref(), &error.related);
            diagnostics.push(diagnostic);
        }
        match &tree.root {
            Some(root) if diagnostics.is_empty() => match root.deserialize::<BaselineFile>() {
                Ok(written) if written.version == VERSION => return Ok(Self { entries: written.findings }),
                Ok(_) => diagnostics.push(version(root, &at)),
                Err(error) => {
                    diagnostics.extend(against_schema(root).into_iter().map(|it| from_schema(it, &at)));
                    if diagnostics.is_empty() {
                        diagnostics.push(mistake(at(error.span), error.message));
                    }
                }
            },
            None if diagnostics.is_empty() => {
                diagnostics.push(mistake(at(Span::empty(start)), "baseline is empty"));
            }
            _ => {}
        }
        if let Some(first) = diagnostics.first_mut() {
            first
                .help
                .get_or_insert_with(|| "run `copydesk baseline create` to create a baseline".to_owned());
        }
        Err(diagnostics)
    }

    /// All that a run found and that may be accepted, as it may be shown. `root` is the folder, absolute, that paths
    /// are to be seen from.
    pub fn of(run: &Run, root: &Path) -> Self {
        let both = run.diagnostics.iter().zip(run.fingerprints_from(root));
        let entry =
            |(diagnostic, fingerprint): (&Diagnostic, crate::fingerprint::Fingerprint)| BaselineEntry {
                file: slashed(&run.path_from(root, &diagnostic.primary.path)),
                rule: diagnostic.rule.id.to_owned(),
                fingerprint: fingerprint.to_string(),
                message: sanitize(&run.sources.shown_message(diagnostic)),
            };
        let entries = both.filter(|(it, _)| it.rule.suppressible).map(entry).collect();
        Self { entries }
    }

    /// Takes out of a run what the baseline knows, but for secrets on lines that a change touches. Gives, for each
    /// entry, whether it hides a finding.
    pub fn hide(&self, run: &mut Run, root: &Path) -> Vec<bool> {
        let mut waiting: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, entry) in self.entries.iter().enumerate().rev() {
            waiting.entry(&entry.fingerprint).or_default().push(index);
        }
        let mut used = vec![false; self.entries.len()];
        // Which of these findings are kept follows from the length of the file.
        let cut: HashSet<(&str, &str)> = self
            .entries
            .iter()
            .filter(|entry| stands_for_others(&entry.message))
            .map(|entry| (&*entry.rule, &*entry.file))
            .collect();
        let fingerprints = run.fingerprints_from(root);
        for (diagnostic, fingerprint) in std::mem::take(&mut run.diagnostics).into_iter().zip(fingerprints) {
            let known = waiting.get_mut(fingerprint.to_string().as_str());
            let may_be_known = diagnostic.rule.suppressible
                && !(diagnostic.rule.recurrence == Recurrence::EqualAndUntouched
                    && run.is_on_touched_line(&diagnostic));
            let entry = known.filter(|_| may_be_known).and_then(Vec::pop);
            let is_cut = || {
                let file = slashed(&run.path_from(root, &diagnostic.primary.path));
                diagnostic.rule.recurrence != Recurrence::EqualAndUntouched
                    && diagnostic.rule.suppressible
                    && cut.contains(&(diagnostic.rule.id, &*file))
            };
            let is_known = entry.is_some() || !cut.is_empty() && is_cut();
            if let Some(entry) = entry {
                used[entry] = true;
            }
            if is_known { &mut run.baselined } else { &mut run.diagnostics }.push(diagnostic);
        }
        used
    }

    /// The file's content: sorted, one finding a line, so that merges seldom conflict.
    pub fn to_json(&self) -> String {
        let mut entries: Vec<&BaselineEntry> = self.entries.iter().collect();
        entries.sort_unstable();
        let mut text = String::from("{\n");
        let home = env!("CARGO_PKG_HOMEPAGE");
        if !home.is_empty() {
            text.extend(["  \"$schema\": \"", home, "/schemas/baseline.schema.json\",\n"]);
        }
        text.extend(["  \"version\": ", &VERSION.to_string(), ",\n  \"findings\": ["]);
        for (index, entry) in entries.into_iter().enumerate() {
            text.push_str(if index == 0 { "\n    " } else { ",\n    " });
            text.push_str(&json!(entry).to_string());
        }
        text.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        text
    }
}

/// A path with `/` between its parts on every system.
fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// What the schema has against a file that cannot be read as a baseline.
fn against_schema(root: &Node) -> Vec<Violation> {
    let schema = Schema::from_json(json_schema()).expect("a test compiles the schema");
    schema.with_subject("the baseline").check(root, Span::empty(root.span.start))
}

fn from_schema(finding: Violation, at: &impl Fn(Span) -> Label) -> Diagnostic {
    let mut diagnostic = mistake(at(finding.span), finding.message);
    diagnostic.primary.message = finding.note;
    diagnostic.explain(finding.help.as_deref(), &finding.related);
    diagnostic
}

fn version(root: &Node, at: &impl Fn(Span) -> Label) -> Diagnostic {
    let place = root.get("version").map_or(root.span, |node| node.span);
    let mut diagnostic = mistake(at(place), format!("unsupported baseline version, expected {VERSION}"));
    diagnostic.help("the file was written by another version of copydesk");
    diagnostic
}
