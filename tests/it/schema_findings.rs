//! Schemas against pages, as data: `schema_findings/*.cases` holds the cases, `*.findings` beside it what has to come
//! out. `UPDATE=1 cargo test --test it schema_findings` rewrites the latter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copydesk::internals::data::{self, DataFormat, Node};
use copydesk::internals::front_matter::FrontMatter;
use copydesk::internals::front_matter::schema::{Mistake, REMOTE, Schema, Violation, ViolationKind};
use copydesk::text::{LineIndex, Span};

/// A case: a title, a schema in YAML, and a page, unless the schema itself is what is tested.
struct Case<'t> {
    title: &'t str,
    schema: &'t str,
    page: Option<&'t str>,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    text.split("\n=== ").filter_map(case).collect()
}

fn case(text: &str) -> Option<Case<'_>> {
    let (title, rest) = text.trim_start_matches("=== ").split_once('\n')?;
    Some(match rest.split_once("--- page\n") {
        Some((schema, page)) => Case { title, schema, page: Some(page) },
        None => Case { title, schema: rest, page: None },
    })
}

fn node(text: &str) -> Node {
    let tree = data::parse(text, Span::new(0, text.len() as u32), DataFormat::Yaml);
    assert!(tree.errors.is_empty(), "{:?} in {text}", tree.errors);
    tree.root.expect("a schema is not empty")
}

/// The files that schemas of the cases refer to. Of the remote ones, those of one host have copies.
fn load(path: &str) -> Result<serde_json::Value, String> {
    let path = path.strip_prefix("https://copies.example/").unwrap_or(path);
    if path.contains("://") {
        return Err(String::from(REMOTE));
    }
    let file = folder().join("files").join(path);
    let text = fs::read_to_string(file).map_err(|_| String::from("there is no such file"))?;
    Ok(node(&text).to_json())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema_findings")
}

fn place(source: &str, span: Span) -> String {
    let lines = LineIndex::new(source);
    let (start, end) = (lines.position(source, span.start), lines.position(source, span.end));
    format!("{}:{}..{}:{}", start.line, start.column, end.line, end.column)
}

fn show_mistake(out: &mut String, source: &str, mistake: &Mistake) {
    let help = mistake.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
    let at = place(source, mistake.span);
    writeln!(out, "  schema {at} `{}` {}{help}", excerpt(source, mistake.span), mistake.message).unwrap();
}

fn show_finding(out: &mut String, source: &str, finding: &Violation) {
    let kind = match &finding.kind {
        ViolationKind::MissingKey => "missing",
        ViolationKind::UnknownKey { .. } => "unknown",
        ViolationKind::InvalidValue => "invalid",
        ViolationKind::DeprecatedKey => "deprecated",
    };
    let help = finding.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
    let at = place(source, finding.span);
    writeln!(out, "  {kind} {at} `{}` {}{help}", excerpt(source, finding.span), finding.message).unwrap();
    if let Some(gap) = finding.gap_key() {
        writeln!(out, "    gap {gap}").unwrap();
    }
    for (span, words) in &finding.related {
        writeln!(out, "    {} `{}` {words}", place(source, *span), excerpt(source, *span)).unwrap();
    }
}

fn excerpt(source: &str, span: Span) -> String {
    span.of(source).replace('\n', "⏎").chars().take(40).collect()
}

fn run(case: &Case<'_>) -> String {
    let mut out = format!("{}\n", case.title);
    let schema = match Schema::compile(&node(case.schema), &load) {
        Ok(schema) => schema,
        Err(mistakes) => {
            for mistake in &mistakes {
                show_mistake(&mut out, case.schema, mistake);
            }
            return out;
        }
    };
    for remark in schema.remarks() {
        show_mistake(&mut out, case.schema, remark);
    }
    let Some(page) = case.page else { return out + "  schema is well\n" };
    let (front_matter, _) = FrontMatter::parse(page);
    let findings = schema.findings(&front_matter.expect("a case has front matter"));
    for finding in &findings {
        show_finding(&mut out, page, finding);
    }
    if findings.is_empty() {
        out.push_str("  nothing\n");
    }
    out
}

#[test]
fn shipped_schemas_are_well() {
    for name in ["blog-post.schema.json", "author.schema.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
        let text = fs::read_to_string(path).unwrap();
        let schema = Schema::compile(&node(&text), &load);
        assert!(schema.is_ok(), "{name}: {:?}", schema.err());
    }
}

#[test]
fn every_case_gives_its_findings() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "cases"))
        .collect();
    files.sort();
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let cases = cases(&text);
        count += cases.len();
        let found: String = cases.iter().map(run).collect();
        let expected = file.with_extension("findings");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        } else {
            let expected = fs::read_to_string(&expected).unwrap_or_default();
            assert_eq!(found, expected, "{}", file.display());
        }
    }
    assert!(count >= 60, "only {count} cases");
}
