//! What has an id in MyST besides headings, and what may make more.
//!
//! Source: builds with MyST-Parser 5.2 and Sphinx 9.0.

use super::{
    anchors::{Anchor, AnchorKind},
    ast::Ast,
    dialect::LITERAL_IN_MYST,
    node_kind::NodeKind,
};
use crate::text::{Span, docutils_id};

/// Directives that make no ids but those of their content and their options.
const PLAIN: [&str; 38] = [
    "admonition",
    "attention",
    "card",
    "caution",
    "code",
    "code-block",
    "contents",
    "csv-table",
    "danger",
    "deprecated",
    "dropdown",
    "epigraph",
    "error",
    "figure",
    "grid",
    "grid-item",
    "grid-item-card",
    "highlight",
    "hint",
    "image",
    "important",
    "list-table",
    "literalinclude",
    "margin",
    "math",
    "mermaid",
    "note",
    "only",
    "rubric",
    "seealso",
    "sidebar",
    "tab-item",
    "tab-set",
    "table",
    "tip",
    "toctree",
    "topic",
    "warning",
];

/// Names of places: targets such as `(low-tide)=`, the names of directives, and the labels of equations.
pub(super) fn targets(source: &str) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    if ![")=", "name:", "label:", "$$ ("].iter().any(|mark| source.contains(mark)) {
        return anchors;
    }
    for line in source.lines() {
        let Some(name) = name_in(line) else { continue };
        let start = name.as_ptr() as usize - source.as_ptr() as usize;
        let span = Span::from_range(start..start + name.len());
        let id = docutils_id(name);
        let of_equation = format!("equation-{id}");
        for id in [name, &id, &of_equation] {
            anchors.push(Anchor { id: id.into(), span, kind: AnchorKind::Explicit });
        }
    }
    anchors
}

/// The name that a line gives a place.
fn name_in(line: &str) -> Option<&str> {
    let line = line.trim();
    let target = || line.strip_prefix('(')?.strip_suffix(")=");
    let option = || {
        let line = line.strip_prefix(':').unwrap_or(line);
        let value = line.strip_prefix("name:").or_else(|| line.strip_prefix("label:"))?;
        Some(value.trim().trim_matches(['"', '\'']))
    };
    let equation = || line.strip_prefix("$$")?.strip_suffix(')')?.trim_start().strip_prefix('(');
    target().or_else(option).or_else(equation).filter(|name| !name.is_empty())
}

/// Whether a directive may make ids of its own: it takes in another file, documents a program, or has headings in what
/// looks like code.
pub(super) fn has_other_ids(ast: &Ast, source: &str) -> bool {
    if !source.contains(":{") && !source.contains("`{") && !source.contains("~{") {
        return false;
    }
    let is_other = |line: &str| {
        directive(line).is_some_and(|name| !PLAIN.contains(&name) && !name.starts_with("version"))
    };
    source.lines().any(is_other)
        || ast.of(NodeKind::CodeBlock).any(|block| {
            let text = block.span().of(source);
            let is_read = |name: &str| !LITERAL_IN_MYST.contains(&name);
            text.contains("\n#") && text.lines().next().and_then(directive).is_some_and(is_read)
        })
}

/// The name of the directive that a line opens.
fn directive(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.trim_start_matches([':', '`', '~']);
    let name = rest.strip_prefix('{')?.split('}').next()?;
    (line.len() >= rest.len() + 3).then_some(name)
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use crate::{document::Document, text::SlugStyle};

    fn anchors(page: &str) -> crate::markdown::Anchors {
        Document::parse(&Arc::from(Path::new("a.md")), page, &[]).anchors(SlugStyle::Myst)
    }

    #[test]
    fn places_have_names_and_headings_two_ids() {
        let anchors = anchors(
            "# Harbour\n\n## Low_tide: 2 & 3\n\n(North Pier)=\n## Größe\n\n## Own {#own}\n\n{#quay}\nText [here]{#spot}.\n\n\
             ```{figure} x.png\n:name: chart\n```\n\n$$\nx\n$$ (ebb)\n",
        );
        for id in [
            "low_tide-2--3",
            "low-tide-2-3",
            "North Pier",
            "north-pier",
            "größe",
            "grosze",
            "own-own",
            "quay",
            "spot",
            "chart",
            "ebb",
        ] {
            assert!(anchors.contains(id), "{id}");
        }
        assert!(!anchors.contains("own") && !anchors.contains("mast") && !anchors.is_open(|_| false));
    }

    #[test]
    fn directives_of_programs_may_make_more() {
        for (page, is_open) in [
            ("```{automodule} harbour\n```\n", true),
            (":::{include} tides.md\n:::\n", true),
            ("```{note}\n## Inside\n```\n", true),
            ("```{code-block} sh\n# comment\n```\n", false),
            (":::{note}\nLow.\n:::\n", false),
            ("```{versionadded} 2.0\n```\n", false),
        ] {
            assert_eq!(anchors(page).is_open(|_| false), is_open, "{page}");
        }
    }
}
