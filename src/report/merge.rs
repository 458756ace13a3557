//! Reports of parts of a run, as one report of the whole.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::json_escape;
use crate::paths;

/// A format whose reports can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mergeable {
    /// `json`
    Json,
    /// `json-lines`
    JsonLines,
    /// `sarif`
    Sarif,
}

/// Why reports cannot be merged. The number of a report is its place among them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// A report is not in a format that can be merged.
    #[error("not a report in the format json, json-lines, sarif or baseline")]
    Unknown(usize),
    /// A report does not fit the first one.
    #[error("{what} differs from that of the first report")]
    Differs {
        /// Which report.
        report: usize,
        /// What of it.
        what: &'static str,
    },
    /// A report is incomplete.
    #[error("invalid report: `{what}` is missing or has the wrong type")]
    Invalid {
        /// Which report.
        report: usize,
        /// What of it.
        what: &'static str,
    },
}

impl MergeError {
    /// The place of the report among those to merge.
    pub const fn report(&self) -> usize {
        match self {
            Self::Unknown(report) | Self::Differs { report, .. } | Self::Invalid { report, .. } => *report,
        }
    }
}

impl Mergeable {
    /// The format of a report, if it is one that can be merged. A report without any line is one without findings.
    pub fn of(text: &str) -> Option<Self> {
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(it)) if it.contains_key("diagnostics") => Some(Self::Json),
            Ok(Value::Object(it)) if it.contains_key("runs") => Some(Self::Sarif),
            Ok(Value::Object(it)) if it.contains_key("fingerprint") => Some(Self::JsonLines),
            Ok(_) => None,
            Err(_) => text.lines().all(|line| key_of_line(line).is_some()).then_some(Self::JsonLines),
        }
    }

    /// Merges reports of the parts of one run. Findings are in the order of a run over the whole; what several
    /// parts report is there once.
    ///
    /// # Errors
    ///
    /// The first report that is not in this format, or that is not of the same run as the first one.
    pub fn merge(self, reports: &[&str]) -> Result<String, MergeError> {
        match self {
            Self::Json => json(&documents(reports)?),
            Self::Sarif => sarif(&documents(reports)?),
            Self::JsonLines => lines(reports),
        }
    }
}

fn documents(reports: &[&str]) -> Result<Vec<Value>, MergeError> {
    let parse =
        |(index, text): (usize, &&str)| serde_json::from_str(text).map_err(|_| MergeError::Unknown(index));
    reports.iter().enumerate().map(parse).collect()
}

/// A finding, the file that it is in, and the report that it comes from.
struct Finding<T> {
    file: PathBuf,
    report: usize,
    value: T,
}

/// Sorts findings by file. Those in one file come from one report, which has them in order, or are in several reports
/// because every part has them.
fn settle<T: ToString>(mut findings: Vec<Finding<T>>) -> Vec<Finding<T>> {
    findings.sort_by(|one, other| one.file.cmp(&other.file));
    let mut first_report: HashMap<&Path, usize> = HashMap::new();
    let mut shared: HashSet<&Path> = HashSet::new();
    for finding in &findings {
        if *first_report.entry(&finding.file).or_insert(finding.report) != finding.report {
            shared.insert(&finding.file);
        }
    }
    let shared: HashSet<PathBuf> = shared.into_iter().map(Path::to_owned).collect();
    let mut seen = HashSet::new();
    findings.retain(|it| !shared.contains(&it.file) || seen.insert(it.value.to_string()));
    findings
}

fn json(reports: &[Value]) -> Result<String, MergeError> {
    for what in ["schemaVersion", "tool", "root"] {
        same(reports, what, |report| &report[what])?;
    }
    let root = PathBuf::from(text(0, "root", &reports[0]["root"])?);
    let mut findings = Vec::new();
    let mut summary = Summary::default();
    let mut errors: Vec<Value> = Vec::new();
    for (report, document) in reports.iter().enumerate() {
        for value in list(report, "diagnostics", &document["diagnostics"])? {
            let file = text(report, "file", &value["file"])?;
            findings.push(Finding { file: paths::absolute(Path::new(file), &root), report, value });
        }
        for error in list(report, "toolErrors", &document["toolErrors"])? {
            if !errors.contains(error) {
                errors.push(error.clone());
            }
        }
        summary.add(report, &document["summary"])?;
    }
    let count = |findings: &[Finding<&Value>]| findings.iter().map(|it| tally(it.value)).collect::<Vec<_>>();
    let before = count(&findings);
    let findings = settle(findings);
    let after = count(&findings);
    summary.forget(&before, &after);
    let mut merged = reports[0].clone();
    merged["diagnostics"] = findings.into_iter().map(|it| it.value.clone()).collect();
    merged["toolErrors"] = errors.into();
    merged["summary"] = summary.value;
    Ok(rendered(std::iter::once(&merged)))
}

/// The numbers of the reports together.
#[derive(Default)]
struct Summary {
    value: Value,
}

impl Summary {
    fn add(&mut self, report: usize, summary: &Value) -> Result<(), MergeError> {
        let Value::Object(numbers) = summary else {
            return Err(MergeError::Invalid { report, what: "summary" });
        };
        if self.value.is_null() {
            self.value = summary.clone();
        } else {
            add(&mut self.value, numbers);
        }
        Ok(())
    }

    /// Takes findings off that are in several reports: what there was before they were removed, and after.
    fn forget(&mut self, before: &[Tally], after: &[Tally]) {
        for (key, place) in TALLIES {
            let count = |all: &[Tally]| all.iter().filter(|tally| tally.contains(&Some(key))).count() as u64;
            if let Some(number) = self.value.pointer_mut(place) {
                let left = number.as_u64().unwrap_or_default() + count(after);
                *number = left.saturating_sub(count(before)).into();
            }
        }
    }
}

/// The numbers of a summary in which a finding counts: by severity, and by its best fix.
type Tally = [Option<&'static str>; 2];

/// Severities and applicabilities, and where their numbers are in a summary.
const TALLIES: [(&str, &str); 5] = [
    ("error", "/errors"),
    ("warning", "/warnings"),
    ("info", "/infos"),
    ("safe", "/fixable/safe"),
    ("unsafe", "/fixable/unsafe"),
];

fn tally(finding: &Value) -> Tally {
    let known = |value: &Value| {
        let text = value.as_str()?;
        TALLIES.iter().map(|(key, _)| *key).find(|key| *key == text)
    };
    let fixes = || finding["fixes"].as_array().into_iter().flatten();
    let has = |applicability: &str| fixes().any(|fix| fix["applicability"] == applicability);
    let best = ["safe", "unsafe"].into_iter().find(|applicability| has(applicability));
    [known(&finding["severity"]), best]
}

fn add(sum: &mut Value, numbers: &Map<String, Value>) {
    for (key, value) in numbers {
        if let Value::Object(inner) = value {
            add(&mut sum[key], inner);
        } else {
            let number = |value: &Value| value.as_u64().unwrap_or_default();
            sum[key] = (number(&sum[key]) + number(value)).into();
        }
    }
}

fn sarif(reports: &[Value]) -> Result<String, MergeError> {
    let driver = |report: &'_ Value| report.pointer("/runs/0/tool/driver").cloned().unwrap_or_default();
    let drivers: Vec<Value> = reports.iter().map(driver).collect();
    same(&drivers, "name", |driver| &driver["name"])?;
    same(&drivers, "semanticVersion", |driver| &driver["semanticVersion"])?;
    let (mut findings, mut notifications, mut is_successful) = (Vec::new(), Vec::<Value>::new(), true);
    let mut rules: HashMap<&str, &Value> = HashMap::new();
    for (report, document) in reports.iter().enumerate() {
        for value in list(report, "results", document.pointer("/runs/0/results").unwrap_or(&Value::Null))? {
            let uri = value.pointer("/locations/0/physicalLocation/artifactLocation/uri");
            let uri = text(report, "uri", uri.unwrap_or(&Value::Null))?;
            let file = PathBuf::from(&*percent_decode_str(uri).decode_utf8_lossy());
            findings.push(Finding { file, report, value });
        }
        let invocation = document.pointer("/runs/0/invocations/0").unwrap_or(&Value::Null);
        is_successful &= invocation["executionSuccessful"] == true;
        let errors = invocation["toolExecutionNotifications"].as_array().into_iter().flatten();
        for error in errors {
            if !notifications.contains(error) {
                notifications.push(error.clone());
            }
        }
        for rule in list(report, "rules", &drivers[report]["rules"])? {
            rules.entry(rule["id"].as_str().unwrap_or_default()).or_insert(rule);
        }
    }
    let (results, used) = with_indexes(settle(findings), &rules);
    let mut merged = reports[0].clone();
    let run = &mut merged["runs"][0];
    run["tool"]["driver"]["rules"] = used;
    run["invocations"][0]["executionSuccessful"] = is_successful.into();
    run["invocations"][0]["toolExecutionNotifications"] = notifications.into();
    run["results"] = results;
    Ok(rendered(std::iter::once(&merged)))
}

/// The results with the places of their rules among those that they use, and these rules.
fn with_indexes(findings: Vec<Finding<&Value>>, rules: &HashMap<&str, &Value>) -> (Value, Value) {
    let (mut used, mut places): (Vec<Value>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let mut results = Vec::new();
    for Finding { value, .. } in findings {
        let mut result = value.clone();
        let id = result["ruleId"].as_str().unwrap_or_default();
        if let Some(rule) = rules.get(id) {
            let place = *places.entry(id.to_owned()).or_insert_with(|| {
                used.push((*rule).clone());
                used.len() - 1
            });
            if let Some(index) = result.get_mut("ruleIndex") {
                *index = place.into();
            }
        }
        results.push(result);
    }
    (results.into(), used.into())
}

fn lines(reports: &[&str]) -> Result<String, MergeError> {
    let mut findings = Vec::new();
    for (report, text) in reports.iter().enumerate() {
        for line in text.lines() {
            let file = key_of_line(line).ok_or(MergeError::Unknown(report))?;
            findings.push(Finding { file, report, value: line });
        }
    }
    Ok(settle(findings).into_iter().flat_map(|it| [it.value, "\n"]).collect())
}

/// The file of a finding in a report of lines; `None` where the line is not a finding.
fn key_of_line(line: &str) -> Option<PathBuf> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("fingerprint")?;
    Some(PathBuf::from(value["file"].as_str()?))
}

fn same<'a>(
    reports: &'a [Value],
    what: &'static str,
    of: impl Fn(&'a Value) -> &'a Value,
) -> Result<(), MergeError> {
    match reports.iter().position(|report| of(report) != of(&reports[0])) {
        Some(report) => Err(MergeError::Differs { report, what }),
        None => Ok(()),
    }
}

fn list<'a>(
    report: usize,
    what: &'static str,
    value: &'a Value,
) -> Result<impl Iterator<Item = &'a Value>, MergeError> {
    value.as_array().map(|list| list.iter()).ok_or(MergeError::Invalid { report, what })
}

fn text<'a>(report: usize, what: &'static str, value: &'a Value) -> Result<&'a str, MergeError> {
    value.as_str().ok_or(MergeError::Invalid { report, what })
}

fn rendered<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    let mut out = Vec::new();
    json_escape::lines(&mut out, values).expect("memory can be written");
    String::from_utf8(out).expect("JSON is text")
}
