//! `sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS), as GitHub code scanning reads it. Columns
//! count UTF-16 code units.
//!
//! The types hold the twentieth part of the format that is used here; `serde-sarif` has all of it, as generated
//! builders over owned strings that would have to be filled in for every finding.

use std::{
    borrow::Cow,
    collections::HashMap,
    io::{self, Write},
};

use serde::{Serialize, Serializer};

use super::{
    Reporter, json_escape,
    reported::{self, ReportedDiagnostic, reported, uri},
    sanitize,
};
use crate::{
    diagnostic::{Label, Severity},
    fix,
    rule::RuleDef,
    rule_docs, rules,
    run::{Error, Run},
    sources::SourceText,
    text::Span,
};

pub(super) struct Sarif;

impl Reporter for Sarif {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::document(out, &Log::new(run))
    }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Scan<'a>; 1],
}

/// A `run` (section 3.14).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scan<'a> {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

/// A `toolComponent` (section 3.19).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Descriptor>,
}

/// A `reportingDescriptor` (section 3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text<'static>,
    full_description: Text<'static>,
    default_configuration: Configuration,
    help: Page,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    properties: Properties,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Page {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<'static>,
}

/// The findings of a run, written one by one.
struct Results<'a> {
    run: &'a Run,
    /// Where each rule is in `rules`.
    index: HashMap<&'static str, usize>,
}

/// A `result` (section 3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "copydesk/v1")]
    copydesk: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    physical: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

/// A `region` (section 3.30): lines and columns are 1-based, the end column is after the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Text<'a>,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    /// Not a message: the very text.
    inserted_content: Text<'a>,
}

impl<'a> Log<'a> {
    fn new(run: &'a Run) -> Self {
        let mut used: Vec<&'static RuleDef> = Vec::new();
        let mut index = HashMap::new();
        for diagnostic in &run.diagnostics {
            let id = diagnostic.rule.id;
            if let (false, Some(rule)) = (index.contains_key(id), rules::find(id)) {
                index.insert(id, used.len());
                used.push(rule);
            }
        }
        let driver = Driver {
            name: env!("CARGO_PKG_NAME"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: reported::home(),
            rules: used.into_iter().map(Descriptor::new).collect(),
        };
        let scan = Scan {
            tool: Tool { driver },
            invocations: [Invocation::new(run)],
            column_kind: "utf16CodeUnits",
            results: Results { run, index },
        };
        Self { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [scan] }
    }
}

impl Descriptor {
    fn new(rule: &'static RuleDef) -> Self {
        let meta = rule.meta;
        let summary = meta.summary.trim();
        let page = rule_docs::page(rule);
        Self {
            id: meta.id,
            short_description: Text::message(&format!("{summary}.")),
            full_description: Text::message(&reason(meta.docs).unwrap_or_else(|| format!("{summary}."))),
            default_configuration: Configuration { enabled: meta.on, level: level(meta.severity) },
            help: Page { text: page.clone(), markdown: page },
            help_uri: reported::web_page(meta),
            properties: Properties { tags: [meta.group.id()] },
        }
    }
}

/// The first paragraph of a rule's page, in one line.
fn reason(docs: &str) -> Option<String> {
    let paragraph =
        docs.split("\n\n").map(str::trim).find(|part| !part.is_empty() && !part.starts_with('#'))?;
    Some(paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

impl<'a> Text<'a> {
    /// A message in one line. What would be an embedded link (section 3.11.6) is no more than its characters.
    fn message(text: &str) -> Self {
        let text = text.lines().map(sanitize::visible).collect::<Vec<_>>().join("\n");
        Text { text: Cow::Owned(text.replace("](", "\\](")) }
    }

    fn verbatim(text: &'a str) -> Self {
        Text { text: Cow::Borrowed(text) }
    }
}

impl Invocation {
    fn new(run: &Run) -> Self {
        let notify = |error: &Error| Notification {
            level: "error",
            message: Text::message(&sanitize::visible(&error.to_string())),
        };
        Self {
            execution_successful: run.errors.is_empty() && !run.broken_config,
            tool_execution_notifications: run.errors.iter().map(notify).collect(),
        }
    }
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(reported(self.run).map(|reported| Finding::new(self, &reported)))
    }
}

impl<'a> Finding<'a> {
    fn new(results: &Results<'a>, reported: &ReportedDiagnostic<'a>) -> Self {
        let diagnostic = reported.diagnostic;
        let place = |label: &'a Label, id| Location::new(results.run, label, id);
        let related = diagnostic.secondary.iter().enumerate();
        Self {
            rule_id: diagnostic.rule.id,
            rule_index: results.index.get(diagnostic.rule.id).copied(),
            level: level(diagnostic.severity),
            message: Text::message(&reported.advice()),
            locations: [place(&diagnostic.primary, None)],
            related_locations: related.map(|(at, label)| place(label, Some(at + 1))).collect(),
            partial_fingerprints: Fingerprint { copydesk: reported.fingerprint.to_string() },
            fixes: reported.applicable().map(|fix| Fix::new(reported, fix)).collect(),
        }
    }
}

impl Location<'_> {
    fn new(run: &Run, label: &Label, id: Option<usize>) -> Self {
        let source = run.sources.get(&label.path);
        let physical = Physical {
            artifact_location: Artifact::new(&reported::path(run, label)),
            region: Region::new(&source, label.span),
        };
        let message = label.message.as_deref().map(|text| Text::message(&sanitize::visible(text)));
        Self { id, physical, message }
    }
}

impl Artifact {
    fn new(path: &str) -> Self {
        Self { uri: uri(path).into_owned() }
    }
}

impl Region {
    fn new(source: &SourceText, span: Span) -> Self {
        let reported::Range { start, end } = reported::Range::new(source, span);
        Self {
            start_line: start.line,
            start_column: start.utf16_column,
            end_line: end.line,
            end_column: end.utf16_column,
        }
    }
}

impl<'a> Fix<'a> {
    fn new(reported: &ReportedDiagnostic<'_>, fix: &'a fix::Fix) -> Self {
        let replacements = fix.edits().iter().map(|edit| Replacement {
            deleted_region: Region::new(&reported.source, edit.span),
            inserted_content: Text::verbatim(&edit.content),
        });
        let change =
            Change { artifact_location: Artifact::new(&reported.path), replacements: replacements.collect() };
        Self { description: Text::message(&sanitize::visible(&fix.title)), artifact_changes: [change] }
    }
}

/// The word for a severity (section 3.27.10).
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
