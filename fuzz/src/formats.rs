//! What each format asks of a report.

use std::{collections::BTreeSet, path::Path};

use copydesk::run::Run;
use serde_json::Value;

/// Nothing drives a terminal, and nothing is a command to the runner of a workflow but what `github` says.
pub fn require_harmless(format: &str, text: &str) {
    let bad = text.chars().find(|&c| c != '\n' && (c.is_control() || is_unseen(c)));
    assert_eq!(bad, None, "{format}: {text}");
    assert!(!text.contains("##["), "{format}: {text}");
    for line in text.lines() {
        let is_command = line.trim_start().starts_with("::");
        let known = ["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command));
        assert!(if format == "github" { known } else { !is_command }, "{format}: {line}");
    }
}

const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

/// The report is well formed and has every finding.
pub fn require_format(format: &str, text: &str, run: &Run) {
    let count = run.diagnostics.len();
    match format {
        "json" => require_places(&json(text)["diagnostics"], run),
        "json-lines" => require_places(&Value::Array(text.lines().map(json).collect()), run),
        "sarif" => assert_eq!(length(&json(text)["runs"][0]["results"]), count),
        "rdjson" => assert_eq!(length(&json(text)["diagnostics"]), count),
        "rdjsonl" => assert_eq!(text.lines().map(json).count(), count),
        "gitlab" => {
            let list = json(text);
            let list = list.as_array().expect("it is a list");
            let prints: BTreeSet<&str> = list.iter().filter_map(|it| it["fingerprint"].as_str()).collect();
            assert_eq!(
                (list.len(), prints.len()),
                (count, count),
                "fingerprints tell findings apart: {text}"
            );
        }
        "eslint" => {
            let files = json(text);
            let files = files.as_array().expect("it is a list");
            assert_eq!(files.iter().map(|file| length(&file["messages"])).sum::<usize>(), count);
        }
        "checkstyle" => assert_eq!(elements(text, "error"), count),
        "junit" => assert_eq!(elements(text, "testcase"), count.max(1)),
        "html" => require_elements(text),
        "concise" => assert!(text.lines().count() >= count, "{text}"),
        _ => {}
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn length(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

fn elements(text: &str, name: &str) -> usize {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    document.descendants().filter(|node| node.has_tag_name(name)).count()
}

/// The elements of a page that a report makes.
const OWN: [&str; 22] = [
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "h1", "h2", "div", "p", "nav", "ul", "li",
    "a", "span", "b", "mark", "code", "main", "pre", "br",
];

fn require_elements(text: &str) {
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("a tag is never closed: {tag}"));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        assert!(OWN.contains(&name), "<{tag}> is none of ours");
        match (tag.starts_with('/'), name) {
            (_, "!DOCTYPE" | "meta" | "br") => {}
            (true, _) => assert_eq!(open.pop(), Some(name), "{text}"),
            (false, _) => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// Lines and columns of all findings are those that one gets by counting.
fn require_places(found: &Value, run: &Run) {
    let found = found.as_array().expect("it is a list");
    assert_eq!(found.len(), run.diagnostics.len());
    for (found, diagnostic) in found.iter().zip(&run.diagnostics) {
        require_range(&found["range"], &diagnostic.primary.path, run);
        let related = found["related"].as_array().expect("it is a list");
        for (related, label) in related.iter().zip(&diagnostic.secondary) {
            require_range(&related["range"], &label.path, run);
        }
        let fixes = found["fixes"].as_array().expect("it is a list");
        for edit in fixes.iter().flat_map(|fix| fix["edits"].as_array().expect("it is a list")) {
            require_range(&edit["range"], &diagnostic.primary.path, run);
        }
        for (flat, place) in [("line", "/start/line"), ("endColumn", "/end/column")] {
            assert_eq!(Some(&found[flat]), found["range"].pointer(place));
        }
    }
}

fn require_range(range: &Value, path: &Path, run: &Run) {
    let source = run.sources.get(path);
    for end in ["start", "end"] {
        let number = |key: &str| range[end][key].as_u64().expect("it is a number") as usize;
        let offset = number("offset");
        let before = source.text.get(..offset).unwrap_or_else(|| panic!("{offset} is within a character"));
        // The line feed of a break belongs to the line that its carriage return ends.
        let within_break = before.ends_with('\r') && source.text[offset..].starts_with('\n');
        let whole = if within_break { &before[..offset - 1] } else { before };
        let breaks = whole.replace("\r\n", "\n").replace('\r', "\n");
        let line = &before[whole.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
        assert_eq!(number("line"), breaks.matches('\n').count() + 1, "{range}");
        assert_eq!(number("column"), line.chars().count() + 1, "{range}");
        assert_eq!(number("utf16Column"), line.encode_utf16().count() + 1, "{range}");
        assert_eq!(number("byteColumn"), line.len() + 1, "{range}");
    }
}
