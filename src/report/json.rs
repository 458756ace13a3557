//! `json`: everything that is known, for programs. The schema, `schemas/report.schema.json`, is made from these types.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde::{Serialize, Serializer};

use super::{Reporter, json_escape, path_names::PathNames, reported::named, slashed, summary::Counts};
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    fingerprint::Fingerprint,
    fix::{Applicability, Fix},
    run::{Error, Run},
    sources::SourceText,
    text::{self, Span},
};

pub(super) struct Json;

impl Reporter for Json {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::document(out, &Report::new(run))
    }
}

/// The schema of the report, as `schemas/report.schema.json` has it.
pub fn json_schema() -> serde_json::Value {
    // `uint32` and the like are not formats of JSON Schema; the minimum of 0 stays.
    let without_formats = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("format");
    });
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(without_formats);
    let generator = settings.into_generator();
    let mut schema = generator.into_root_schema_for::<Report<'_>>().to_value();
    schema["title"] = "copydesk report".into();
    schema
}

/// Report of `copydesk check`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    /// URL of this schema.
    #[serde(rename = "$schema")]
    schema: String,
    /// Incremented when a key is removed or changes its meaning. New keys may be added at any time.
    #[schemars(extend("const" = 1))]
    schema_version: u32,
    tool: Tool,
    /// Absolute path of the directory that files are relative to: the current directory.
    root: String,
    /// Findings, sorted by file and position.
    #[serde(serialize_with = "diagnostics")]
    #[schemars(with = "Vec<Finding<'a>>")]
    diagnostics: &'a Run,
    /// Errors that prevented files from being checked.
    tool_errors: Vec<ToolError>,
    summary: Summary,
}

/// Tool that created the report.
#[derive(Serialize, JsonSchema)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// File or directory that could not be checked.
#[derive(Serialize, JsonSchema)]
struct ToolError {
    path: String,
    message: String,
}

/// Numbers of files and findings.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Number of checked files.
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable: Fixable,
    /// Number of findings suppressed by comments, which are not listed.
    suppressed: usize,
    /// Number of findings in the baseline, which are not listed.
    baselined: usize,
    /// Number of findings counted above that are not listed because of `--max-diagnostics`.
    unlisted: usize,
}

/// Numbers of findings that have a fix, by the applicability of their best fix.
#[derive(Serialize, JsonSchema)]
struct Fixable {
    safe: usize,
    r#unsafe: usize,
}

/// A finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Diagnostic")]
pub struct Finding<'a> {
    /// Path relative to the root, with `/` as separator.
    pub file: String,
    /// Rule id.
    pub rule: &'static str,
    /// Group of the rule.
    pub group: &'static str,
    /// Aliases of the rule.
    pub aliases: &'static [&'static str],
    /// URL of the rule documentation.
    pub url: String,
    /// Severity under the config.
    pub severity: Severity,
    /// Description of the problem, on one line.
    pub message: &'a str,
    /// How to fix the problem.
    pub help: Option<&'a str>,
    /// 1-based.
    pub line: u32,
    /// 1-based, in code points.
    pub column: u32,
    /// 1-based.
    pub end_line: u32,
    /// 1-based, in code points; the column after the last character.
    pub end_column: u32,
    /// The narrowest range that shows the problem.
    pub range: JsonRange,
    /// Related locations.
    pub related: Vec<Related<'a>>,
    /// Possible fixes, best first.
    pub fixes: Vec<Change<'a>>,
    /// Always null: suppressed findings are counted, not listed.
    pub suppressed: (),
    /// Stable across runs, also when the flagged text moves within the file.
    #[schemars(extend("pattern" = "^[0-9a-f]{16}$"))]
    pub fingerprint: String,
}

/// A half-open range of a file.
#[derive(Serialize, JsonSchema)]
pub struct JsonRange {
    /// The first character.
    pub start: JsonPosition,
    /// After the last character.
    pub end: JsonPosition,
}

/// A position in a file, in several units.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JsonPosition {
    /// 1-based.
    pub line: u32,
    /// 1-based, in code points.
    pub column: u32,
    /// 1-based, in UTF-16 code units.
    pub utf16_column: u32,
    /// 1-based, in bytes of UTF-8.
    pub byte_column: u32,
    /// 0-based, in bytes from the start of the file.
    pub offset: u32,
}

/// A related location.
#[derive(Serialize, JsonSchema)]
pub struct Related<'a> {
    /// What is there; can be empty.
    pub message: &'a str,
    /// Path relative to the root, with `/` as separator.
    pub file: String,
    /// Range of the location.
    pub range: JsonRange,
}

/// A fix; its edits must be applied together.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
pub struct Change<'a> {
    /// Description of the change.
    pub title: &'a str,
    /// Whether it can be applied automatically.
    pub applicability: Applicability,
    /// Sorted by position; edits do not overlap.
    pub edits: Vec<JsonEdit<'a>>,
}

/// New text for a range.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JsonEdit<'a> {
    /// Path relative to the root, with `/` as separator.
    pub file: String,
    /// Range to replace; empty for an insertion.
    pub range: JsonRange,
    /// What to write there.
    pub new_text: &'a str,
}

impl<'a> Report<'a> {
    fn new(run: &'a Run) -> Self {
        let home = env!("CARGO_PKG_HOMEPAGE");
        let slash = if home.is_empty() { "" } else { "/" };
        Self {
            schema: format!("{home}{slash}schemas/report.schema.json"),
            schema_version: 1,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            root: slashed(&run.current),
            diagnostics: run,
            tool_errors: run.errors.iter().map(ToolError::new).collect(),
            summary: Summary::new(&Counts::of(run)),
        }
    }
}

/// Writes the findings one by one, so that a hundred thousand need not be held at once.
fn diagnostics<S: Serializer>(run: &Run, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings(run))
}

/// The findings of a run as `json` has them, in order. Secrets are masked only in a [run that may be shown](Run::shown).
pub fn findings(run: &Run) -> impl Iterator<Item = Finding<'_>> {
    let both = run.diagnostics.iter().zip(run.fingerprints());
    let mut names = PathNames::new(run, named);
    both.map(move |(diagnostic, fingerprint)| Finding::new(&mut names, diagnostic, fingerprint))
}

impl<'a> Finding<'a> {
    fn new(names: &mut PathNames<'_>, diagnostic: &'a Diagnostic, fingerprint: Fingerprint) -> Self {
        let source = names.run().sources.get(&diagnostic.primary.path);
        let file = names.get(&diagnostic.primary.path).to_owned();
        let range = JsonRange::new(&source, diagnostic.primary.span);
        let rule = diagnostic.rule;
        Self {
            rule: rule.id,
            group: rule.group.id(),
            aliases: rule.aliases,
            url: rule.url(),
            severity: diagnostic.severity,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            line: range.start.line,
            column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
            range,
            related: diagnostic.secondary.iter().map(|label| Related::new(names, label)).collect(),
            fixes: diagnostic.fixes.iter().map(|fix| Change::new(&source, &file, fix)).collect(),
            suppressed: (),
            fingerprint: fingerprint.to_string(),
            file,
        }
    }
}

impl JsonRange {
    fn new(source: &SourceText, span: Span) -> Self {
        let [start, end] = source.lines.positions(&source.text, span.fit(&source.text));
        Self { start: start.into(), end: end.into() }
    }
}

impl From<text::Position> for JsonPosition {
    fn from(place: text::Position) -> Self {
        let text::Position { line, column, utf16_column, byte_column, offset } = place;
        Self { line, column, utf16_column, byte_column, offset }
    }
}

impl<'a> Related<'a> {
    fn new(names: &mut PathNames<'_>, label: &'a Label) -> Self {
        let range = JsonRange::new(&names.run().sources.get(&label.path), label.span);
        let file = names.get(&label.path).to_owned();
        Self { message: label.message.as_deref().unwrap_or_default(), file, range }
    }
}

impl<'a> Change<'a> {
    fn new(source: &SourceText, file: &str, fix: &'a Fix) -> Self {
        let edits = fix.edits().iter().map(|edit| JsonEdit {
            file: file.to_owned(),
            range: JsonRange::new(source, edit.span),
            new_text: &edit.content,
        });
        Self { title: &fix.title, applicability: fix.applicability, edits: edits.collect() }
    }
}

impl ToolError {
    fn new(error: &Error) -> Self {
        Self { path: slashed(error.path()), message: error.to_string() }
    }
}

impl Summary {
    fn new(counts: &Counts) -> Self {
        let &Counts { files, errors, warnings, infos, suppressed, baselined, unlisted, .. } = counts;
        let fixable = Fixable { safe: counts.safe, r#unsafe: counts.r#unsafe };
        Self { files, errors, warnings, infos, fixable, suppressed, baselined, unlisted }
    }
}
