//! What reports look like, whatever the texts hold.

use copydesk::{
    report::{Color, Format, RenderOptions, json_schema, reporter},
    run::Run,
};
use serde_json::Value;
use unicode_width::UnicodeWidthChar;

use crate::common::assert_snapshot;

pub mod cases;
mod hostile;
mod overview;

const SCHEMA: &str = "schemas/report.schema.json";

fn rendered(run: &Run, format: &str, options: RenderOptions) -> String {
    let format: Format = format.parse().expect("the format exists");
    let mut out = Vec::new();
    reporter(format, options).report(run, &mut out).expect("writing to memory works");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn at(width: usize) -> RenderOptions {
    RenderOptions { width: Some(width), ..RenderOptions::default() }
}

/// All runs of the tests, by name.
fn all() -> Vec<(&'static str, Run)> {
    vec![
        ("nothing", cases::nothing()),
        ("simple", cases::simple()),
        ("two-files", cases::two_files()),
        ("long-line", cases::long_line()),
        ("wide", cases::wide_characters()),
        ("lines", cases::labels_over_lines()),
        ("end", cases::end_of_file()),
        ("hostile", cases::hostile()),
        ("fixes", cases::fixes()),
        ("many", cases::many_places()),
        ("elsewhere", cases::elsewhere()),
    ]
}

fn assert_text(name: &str, text: &str) {
    assert_snapshot(&format!("tests/it/report/snapshots/{name}.snap"), text);
}

#[test]
fn full() {
    for (name, run) in all() {
        let piped = RenderOptions::default();
        for (width, options) in [("80", at(80)), ("120", at(120)), ("piped", piped)] {
            assert_text(&format!("full-{name}-{width}"), &rendered(&run, "full", options));
        }
    }
}

#[test]
fn excerpts_fit_the_terminal() {
    for (name, run) in all() {
        for width in [40, 80, 120] {
            let text = rendered(&run, "full", at(width));
            let (findings, _summary) = text.trim_end().rsplit_once('\n').unwrap_or_default();
            let is_excerpt = |line: &&str| line.trim_start().starts_with(|ch: char| ch.is_ascii_digit());
            for line in findings.lines().filter(is_excerpt) {
                let cells: usize = line.chars().filter_map(UnicodeWidthChar::width).sum();
                assert!(cells <= width, "{name} at {width}: {line}");
            }
        }
    }
}

#[test]
fn colours_come_when_asked_for_and_change_nothing_else() {
    for (name, run) in all() {
        let coloured = RenderOptions { color: Color::Always, width: Some(80), ..RenderOptions::default() };
        let text = rendered(&run, "full", coloured);
        let plain = rendered(&run, "full", at(80));
        assert_eq!(hostile::without_colours(&text), plain, "{name}");
        assert_eq!(text != plain, !run.diagnostics.is_empty(), "{name}");
    }
}

#[test]
fn concise() {
    for (name, run) in all() {
        assert_text(&format!("concise-{name}"), &rendered(&run, "concise", at(80)));
    }
}

#[test]
fn json_keeps_its_shape() {
    for (name, run) in [("nothing", cases::nothing()), ("two-files", cases::two_files())] {
        assert_text(&format!("json-{name}"), &pretty(&rendered(&run, "json", at(80))));
    }
    let mut run = cases::fixes();
    run.diagnostics.truncate(1);
    assert_text("json-fix", &pretty(&rendered(&run, "json", at(80))));
    assert_text("json-elsewhere", &pretty(&rendered(&cases::elsewhere(), "json", at(80))));
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("the report is JSON");
    serde_json::to_string_pretty(&value).expect("a value is JSON")
}

#[test]
fn json_is_what_its_schema_says() {
    let schema = serde_json::from_str(&std::fs::read_to_string(SCHEMA).expect("the schema is there"));
    let validator = jsonschema::validator_for(&schema.expect("it is JSON")).expect("it is a schema");
    for (name, run) in all() {
        let report = serde_json::from_str(&rendered(&run, "json", at(80))).expect("the report is JSON");
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn every_key_is_required_by_the_schema() {
    let report: Value = serde_json::from_str(&rendered(&cases::fixes(), "json", at(80))).expect("it is JSON");
    let schema = json_schema();
    let required = |object: &Value| {
        let keys = object["required"].as_array().expect("keys are required");
        keys.iter().map(|key| key.as_str().expect("a key").to_owned()).collect::<Vec<_>>()
    };
    let keys = |object: &Value| object.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(required(&schema), keys(&report));
    assert_eq!(required(&schema["$defs"]["Diagnostic"]), keys(&report["diagnostics"][0]));
}

#[test]
fn the_schema_file_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&json_schema()).expect("a value is JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SCHEMA, &schema).expect("the schema can be written");
    }
    let written = std::fs::read_to_string(SCHEMA).unwrap_or_default();
    assert_eq!(written, schema, "run `UPDATE=1 cargo test`");
}

#[test]
fn json_lines_are_the_findings_of_json() {
    for (name, run) in all() {
        let report: Value = serde_json::from_str(&rendered(&run, "json", at(80))).expect("it is JSON");
        let lines = rendered(&run, "json-lines", at(80));
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
        assert_eq!(report["diagnostics"], Value::Array(lines), "{name}");
    }
}

#[test]
fn formats_are_found_by_name() {
    for name in Format::names() {
        assert_eq!(name.parse::<Format>().expect("a name is a format").name(), name);
    }
    assert_eq!(Format::default().name(), "auto");
    assert_eq!("fancy".parse::<Format>().expect_err("no such name").to_string(), "unknown format `fancy`");
}

#[test]
fn a_closed_pipe_stays_a_closed_pipe() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut run = cases::simple();
    run.diagnostics = std::iter::repeat_n(run.diagnostics, 100).flatten().collect();
    for name in Format::names() {
        let format = name.parse().expect("a name is a format");
        let error = reporter(format, at(80)).report(&run, &mut Closed).expect_err("nothing can be written");
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{name}");
    }
}
