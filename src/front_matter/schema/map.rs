//! From validation errors to findings.

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::annotation::Annotations;
use super::branches::{BranchResolver, Leaf, Problem};
use super::budget;
use super::explain::Explainer;
use super::keys::UnknownKeys;
use super::location::CheckedPage;
use super::resources::ResourcePlaces;
use super::{Violation, ViolationKind, describe};
use crate::data::{Meaning, Node};

/// Maximum number of findings on one page.
const MAX_FINDINGS: usize = 100;

/// Errors that are read for one page.
const MAX_ERRORS: usize = 1_000;

/// What a validator has against a page, in source order.
pub(super) fn findings(
    validator: &Validator,
    places: &ResourcePlaces,
    document: &Value,
    page: &CheckedPage<'_>,
) -> Vec<Violation> {
    let json = page.root.to_json();
    budget::within(&json, || against(validator, places, document, page, &json)).unwrap_or_else(|| {
        let mut finding =
            Violation::invalid(page.anchor, Vec::new(), format!("{} could not be checked", page.subject));
        finding.help = Some(String::from("simplify the schema or the value: the check takes too many steps"));
        vec![finding]
    })
}

fn against(
    validator: &Validator,
    places: &ResourcePlaces,
    document: &Value,
    page: &CheckedPage<'_>,
    json: &Value,
) -> Vec<Violation> {
    if validator.is_valid(json) {
        return Vec::new();
    }
    budget::start_errors(json);
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(json).take(MAX_ERRORS).collect();
    let excused = |path: &str, kind: &Kind| is_toml_date(page, path, kind);
    let mut resolver = BranchResolver::new(places, &excused);
    let leaves: Vec<Leaf<'_>> = errors.iter().flat_map(|error| resolver.leaves(error)).collect();
    let annotations = Annotations::new(document);
    let explainer = Explainer::new(page, annotations);
    let keys = UnknownKeys::pair(page, annotations, &leaves);
    let mut findings = Vec::new();
    for leaf in leaves.iter().filter(|leaf| !keys.absorbs(leaf)) {
        if findings.len() > MAX_FINDINGS {
            break;
        }
        match leaf.problem {
            Problem::Unknown(_) => {
                let unknown = keys.unknown(page, leaf).take(MAX_FINDINGS);
                findings.extend(unknown.map(|finding| with_absorbed(finding, leaf, &leaves, &explainer)));
            }
            _ => findings.push(with_condition(explainer.explain(leaf), page, annotations, leaf)),
        }
    }
    findings.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    findings.dedup_by(|a, b| a.span == b.span && a.message == b.message);
    findings.truncate(MAX_FINDINGS);
    findings
}

/// Keeps with an unknown key that is only guessed to be a missing one what would be said of the missing one alone.
fn with_absorbed(
    mut finding: Violation,
    leaf: &Leaf<'_>,
    leaves: &[Leaf<'_>],
    explainer: &Explainer<'_>,
) -> Violation {
    if let ViolationKind::UnknownKey { suggestion: Some(key), .. } = &finding.kind
        && finding.gap.is_some()
    {
        let is_absorbed = |other: &&Leaf<'_>| {
            other.path == leaf.path && matches!(other.problem, Problem::Missing(it) if *it == **key)
        };
        finding.absorbed = leaves.iter().find(is_absorbed).map(|leaf| Box::new(explainer.explain(leaf)));
    }
    finding
}

/// Whether an error is about the text of a date that TOML itself knows for one.
fn is_toml_date(page: &CheckedPage<'_>, path: &str, kind: &Kind) -> bool {
    let Kind::Format { format } = kind else { return false };
    let is_date = |node: &Node| node.as_scalar().is_some_and(|scalar| scalar.meaning == Meaning::DateTime);
    matches!(format.as_str(), "date" | "date-time" | "time") && is_date(page.place(path).node)
}

/// Shows the value that made a condition of the schema apply.
fn with_condition(
    mut finding: Violation,
    page: &CheckedPage<'_>,
    annotations: Annotations<'_>,
    leaf: &Leaf<'_>,
) -> Violation {
    if let Some((key, wanted)) = annotations.condition(&leaf.keyword)
        && let Some(entry) = page.place(leaf.path).node.entry(key)
        && entry.value.text() == Some(describe::literal(wanted).as_str())
        && !entry.value.span.is_empty()
    {
        let because =
            format!("required because {} is {}", describe::quoted(key), describe::subject(&entry.value));
        finding.related.push((entry.value.span, because));
    }
    finding
}
