//! What the formats for programs hold: the right places in each unit, the right fixes, and nothing that a page made up.

use std::sync::Arc;

use copydesk::{
    diagnostic::Severity,
    fix::{Applicability, Edit, Fix},
    report::{Format, RenderOptions, WebRevision, reporter},
    run::Run,
    text::Span,
};
use serde_json::{Value, json};

mod forgery;
mod html;

use crate::{
    common::assert_snapshot,
    report::cases::{self, Case},
};

fn rendered(run: &Run, format: &str) -> String {
    let format: Format = format.parse().expect("the format exists");
    let mut out = Vec::new();
    reporter(format, RenderOptions::default()).report(run, &mut out).expect("writing to memory works");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn parsed(run: &Run, format: &str) -> Value {
    serde_json::from_str(&rendered(run, format)).expect("the report is JSON")
}

/// Snapshots of a format for the runs that show what it can say.
fn assert_shape(format: &str) {
    let runs = [
        ("nothing", cases::nothing()),
        ("simple", cases::simple()),
        ("two-files", cases::two_files()),
        ("elsewhere", cases::elsewhere()),
    ];
    for (name, run) in runs {
        let mut text = rendered(&run, format);
        if let Ok(mut value) = serde_json::from_str::<Value>(&text) {
            if let Some(rules) = value.pointer_mut("/runs/0/tool/driver/rules") {
                // The rules' own pages, which are looked at elsewhere.
                *rules = json!(rules.as_array().map(Vec::len));
            }
            text = serde_json::to_string_pretty(&value).expect("a value is JSON");
        }
        assert_snapshot(&format!("tests/it/formats/snapshots/{format}-{name}.snap"), &text);
    }
}

/// One finding after characters that no two units count alike, on the second line of a file with a byte order mark.
fn units() -> Run {
    let mut case = Case::new(&[("a.md", "\u{feff}one\n’ é 𝒳 teh end\n")]);
    let teh = case.span("a.md", "teh", 0);
    case.find("a.md", "teh", 0).fix(Fix::replace("write `the`", Applicability::Safe, teh, "the"));
    case.run()
}

/// Columns of `teh` above: 1-based, the end after its last character.
const CODE_POINTS: (u32, u32) = (7, 10);
const UTF16: (u32, u32) = (8, 11);
const BYTES: (u32, u32) = (13, 16);

/// A run whose one fix has edits with text between them.
fn two_edits() -> Run {
    let mut case = Case::new(&[("a.md", "\u{feff}𝒳 one\n𝒳 two three\n")]);
    let (one, two) = (case.span("a.md", "one", 0), case.span("a.md", "two", 0));
    let edits = |content: &str| {
        let edit = |span| Edit { span, content: content.to_owned() };
        vec![edit(one), edit(Span::empty(two.end))]
    };
    case.find("a.md", "three", 0)
        .fix(Fix::new("show it", Applicability::DisplayOnly, edits("?")))
        .fix(Fix::new("write 1", Applicability::Unsafe, edits("1")))
        .fix(Fix::new("write 2", Applicability::Safe, edits("2")));
    case.run()
}

#[test]
fn sarif() {
    assert_shape("sarif");
    let log = parsed(&units(), "sarif");
    let scan = &log["runs"][0];
    assert_eq!(scan["columnKind"], "utf16CodeUnits");
    let place = &scan["results"][0]["locations"][0]["physicalLocation"];
    let region = json!({ "startLine": 2, "startColumn": UTF16.0, "endLine": 2, "endColumn": UTF16.1 });
    assert_eq!(place["region"], region);
    assert_eq!(place["artifactLocation"]["uri"], "a.md");
    let change = &scan["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "the");
}

#[test]
fn sarif_describes_the_rules_that_found_something() {
    let mut run = cases::simple();
    run.diagnostics[1].rule = crate::common::rule("bare-url");
    let log = parsed(&run, "sarif");
    let scan = &log["runs"][0];
    let rules = scan["tool"]["driver"]["rules"].as_array().expect("there are rules");
    for result in scan["results"].as_array().expect("there are results") {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        for part in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[part]["text"].as_str().is_some_and(|text| text.len() > 5), "{part} of {rule}");
        }
        let is_absolute = |uri: &Value| uri.as_str().is_some_and(|uri| uri.starts_with("https://"));
        assert!(rule.get("helpUri").is_none_or(is_absolute), "{rule}");
    }
    assert_eq!(rules.len(), 2);
}

#[test]
fn sarif_lists_the_fixes_that_can_be_applied_edit_by_edit() {
    let log = parsed(&two_edits(), "sarif");
    let fixes = log["runs"][0]["results"][0]["fixes"].as_array().expect("there are fixes").clone();
    let titles: Vec<&Value> = fixes.iter().map(|fix| &fix["description"]["text"]).collect();
    assert_eq!(titles, ["write 1", "write 2"]);
    let edits = fixes[0]["artifactChanges"][0]["replacements"].as_array().expect("there are edits");
    assert_eq!(edits.len(), 2);
}

#[test]
fn sarif_has_relative_uris_and_no_links_in_messages() {
    let mut case = Case::new(&[("a b/é%#?:.md", "[x](https://example.org)\n")]);
    case.find("a b/é%#?:.md", "[x](https://example.org)", 0);
    let log = parsed(&case.run(), "sarif");
    let result = &log["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "a%20b/%C3%A9%25%23%3F%3A.md");
    assert_eq!(result["message"]["text"], "`[x\\](https://example.org)` is not right");
}

/// The one line of `github` for a run with one finding.
fn annotation(run: &Run) -> String {
    let text = rendered(run, "github");
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end().to_owned()
}

#[test]
fn github() {
    assert_shape("github");
    let (column, end) = CODE_POINTS;
    assert_eq!(
        annotation(&units()),
        format!(
            "::warning file=a.md,line=2,endLine=2,col={column},endColumn={end},title=copydesk invalid-value::`teh` is not right%0Awrite `the`"
        )
    );
}

#[test]
fn github_has_columns_where_the_range_is_in_one_line() {
    let mut case = Case::new(&[("a.md", "one\ntwo\nthree\n")]);
    case.find("a.md", "two\nthree", 0).message = "over lines".into();
    assert!(annotation(&case.run()).contains("file=a.md,line=2,endLine=3,title="));
    let mut case = Case::new(&[("a.md", "one\ntwo\nthree\n")]);
    case.find("a.md", "two\n", 0).message = "a line".into();
    assert!(annotation(&case.run()).contains("file=a.md,line=2,endLine=2,title="));
}

#[test]
fn github_shows_the_worst_and_says_how_many_are_left() {
    let mut case = Case::new(&[("a.md", "one\n")]);
    for (severity, count) in [(Severity::Info, 12), (Severity::Warning, 13), (Severity::Error, 14)] {
        for _ in 0..count {
            case.find("a.md", "one", 0).severity = severity;
        }
    }
    let text = rendered(&case.run(), "github");
    let commands: Vec<&str> = text.lines().filter_map(|line| line.split([' ', ':']).nth(2)).collect();
    assert_eq!(commands, [["error"; 10], ["warning"; 10], ["notice"; 10]].concat());
    let closing = "::notice title=copydesk::10 more findings: GitHub shows at most 10 annotations per level";
    assert_eq!(text.lines().last(), Some(closing));
}

#[test]
fn github_escapes_what_ends_a_property_or_a_command() {
    let mut case = Case::new(&[("a,b:c%0A\n::error.md", "one\n")]);
    let found = case.find("a,b:c%0A\n::error.md", "one", 0);
    found.message = "100%0A\n::error::x".into();
    found.help = Some("do this\nand that".into());
    assert_eq!(
        annotation(&case.run()),
        "::warning file=a%2Cb%3Ac%250A%0A%3A%3Aerror.md,line=1,endLine=1,col=1,endColumn=4,title=copydesk invalid-value::100%250A␊::error::x%0Ado this%0Aand that"
    );
}

#[test]
fn gitlab() {
    assert_shape("gitlab");
    let (column, end) = CODE_POINTS;
    let positions = json!({ "begin": { "line": 2, "column": column }, "end": { "line": 2, "column": end } });
    assert_eq!(parsed(&units(), "gitlab")[0]["location"]["positions"], positions);
}

#[test]
fn gitlab_knows_findings_by_what_does_not_move() {
    let entries = |text: &str| {
        let mut case = Case::new(&[("a.md", text)]);
        case.find("a.md", "teh", 0);
        case.find("a.md", "teh", 1);
        let report = parsed(&case.run(), "gitlab");
        let entries = report.as_array().expect("it is a list").iter();
        let entry = |entry: &Value| {
            (entry["fingerprint"].clone(), entry["location"]["positions"]["begin"]["line"].clone())
        };
        entries.map(entry).unzip::<Value, Value, Vec<_>, Vec<_>>()
    };
    let (before, lines) = entries("teh one\nand teh other\n");
    let (after, moved) = entries("A line above.\n\nteh one\nand teh other\n");
    assert_eq!(before, after);
    assert_ne!(before[0], before[1]);
    assert_ne!(lines, moved);
}

#[test]
fn rdjson() {
    assert_shape("rdjson");
    let (column, end) = BYTES;
    let range = json!({ "start": { "line": 2, "column": column }, "end": { "line": 2, "column": end } });
    let report = parsed(&units(), "rdjson");
    let found = &report["diagnostics"][0];
    assert_eq!(found["location"], json!({ "path": "a.md", "range": range }));
    assert_eq!(found["suggestions"], json!([{ "range": range, "text": "the" }]));
}

#[test]
fn rdjson_suggests_one_range_for_a_fix_of_many_edits() {
    let range = json!({ "start": { "line": 1, "column": 9 }, "end": { "line": 2, "column": 9 } });
    let report = parsed(&two_edits(), "rdjson");
    let texts = ["1\n𝒳 two1", "2\n𝒳 two2"].map(|text| json!({ "range": range, "text": text }));
    assert_eq!(report["diagnostics"][0]["suggestions"], json!(texts));
}

#[test]
fn rdjsonl_has_the_findings_of_rdjson() {
    for run in [cases::simple(), cases::elsewhere(), cases::nothing()] {
        let mut report = parsed(&run, "rdjson");
        let source = report["source"].clone();
        let found = report["diagnostics"].as_array_mut().expect("it is a list");
        let lines = rendered(&run, "rdjsonl");
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
        for found in found.iter_mut() {
            found["source"] = source.clone();
        }
        assert_eq!(&lines, found);
    }
}

#[test]
fn eslint() {
    assert_shape("eslint");
    let report = parsed(&units(), "eslint");
    let message = &report[0]["messages"][0];
    assert_eq!(report[0]["filePath"], "/site/a.md");
    assert_eq!([&message["line"], &message["endLine"]], [2, 2]);
    assert_eq!([&message["column"], &message["endColumn"]], [UTF16.0, UTF16.1]);
    assert_eq!(report[0]["fixableWarningCount"], 1);
}

#[test]
fn eslint_ranges_are_those_of_a_javascript_string() {
    for (run, fixed) in [(units(), "one\n’ é 𝒳 the end\n"), (two_edits(), "𝒳 2\n𝒳 two2 three\n")]
    {
        let source = run.sources.get(&run.diagnostics[0].primary.path);
        let text: Vec<u16> = source.text.trim_start_matches('\u{feff}').encode_utf16().collect();
        let fix = &parsed(&run, "eslint")[0]["messages"][0]["fix"];
        let at = |end: usize| fix["range"][end].as_u64().expect("an offset") as usize;
        let new: Vec<u16> = fix["text"].as_str().expect("a text").encode_utf16().collect();
        let all = [&text[..at(0)], &new, &text[at(1)..]].concat();
        assert_eq!(String::from_utf16(&all).expect("it is text"), fixed);
    }
    let unsafe_fix = &parsed(&two_edits(), "eslint")[0]["messages"][0]["suggestions"];
    assert_eq!(unsafe_fix[0]["desc"], "write 1");
    assert_eq!(unsafe_fix.as_array().map(Vec::len), Some(1));
}

#[test]
fn eslint_has_a_byte_order_mark_before_the_text() {
    let mut case = Case::new(&[("a.md", "\u{feff}one\n")]);
    let mark = case.span("a.md", "\u{feff}", 0);
    case.find("a.md", "\u{feff}", 0).fix(Fix::replace("take it out", Applicability::Safe, mark, ""));
    case.find("a.md", "one", 0);
    let report = parsed(&case.run(), "eslint");
    assert_eq!(report[0]["messages"][0]["fix"], json!({ "range": [-1, 0], "text": "" }));
    assert_eq!(report[0]["messages"][1]["column"], 1);
}

#[test]
fn checkstyle() {
    assert_shape("checkstyle");
    let place = format!("<error line=\"2\" column=\"{}\" severity=\"warning\"", CODE_POINTS.0);
    assert!(rendered(&units(), "checkstyle").contains(&place));
}

#[test]
fn junit() {
    assert_shape("junit");
    let place = format!("a.md:2:{}: ", CODE_POINTS.0);
    assert!(rendered(&units(), "junit").contains(&place));
}

#[test]
fn markdown() {
    assert_shape("markdown");
    let place = format!("<code>a&#46;md&#58;2&#58;{}</code>", CODE_POINTS.0);
    assert!(rendered(&units(), "markdown").contains(&place));
}

#[test]
fn markdown_links_to_lines_of_the_revision() {
    let words = "a (b) [c](d) & é.md";
    let mut case = Case::new(&[(words, "one\ntwo\n")]);
    case.find(words, "two", 0);
    let run = case.run();
    let revision = |root: &str| RenderOptions {
        revision: Some(Arc::new(WebRevision { root: root.into(), url: "https://example.org/blob/1".into() })),
        ..RenderOptions::default()
    };
    let rendered = |options| {
        let mut out = Vec::new();
        let format = "markdown".parse::<Format>().expect("the format exists");
        reporter(format, options).report(&run, &mut out).expect("writing to memory works");
        String::from_utf8(out).expect("reports are UTF-8")
    };
    let url = "(https://example.org/blob/1/a%20%28b%29%20%5Bc%5D%28d%29%20%26%20%C3%A9.md?plain=1#L2)";
    assert!(rendered(revision("/site")).contains(url), "{}", rendered(revision("/site")));
    assert!(!rendered(revision("/elsewhere")).contains("blob"), "a file outside the repository has no URL");
}

#[test]
fn markdown_fits_a_comment() {
    let mut case = Case::new(&[("a.md", "one\n")]);
    for _ in 0..2000 {
        case.find("a.md", "one", 0);
    }
    let text = rendered(&case.run(), "markdown");
    let rows = text.lines().filter(|line| line.contains("warning |")).count();
    assert!((100..2000).contains(&rows), "{rows}");
    assert!(text.len() < 65_536);
    assert!(text.ends_with(&format!("\n… and {} more findings.\n", 2000 - rows)), "{text}");
}
