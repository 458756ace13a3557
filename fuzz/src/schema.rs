//! What a schema has to say about front matter.

use copydesk::{
    internals::{
        data::{self, DataFormat},
        front_matter::{FrontMatter, schema::Schema},
    },
    text::Span,
};

use crate::{parts, require_span};

/// Mistakes are in the schema, findings in the page.
///
/// The first part of the input is a schema, the others are pages; front matter may do without delimiters.
pub fn run(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let text = parts.next().unwrap_or_default();
    let format = if text.trim_start().starts_with('{') { DataFormat::Json } else { DataFormat::Yaml };
    let tree = data::parse(&text, Span::new(0, text.len() as u32), format);
    let Some(root) = tree.root.filter(|_| tree.errors.is_empty()) else { return };
    match Schema::compile(&root, &|_| Err("does not exist".to_owned())) {
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "a refusal has a reason");
            mistakes.iter().for_each(|mistake| require_span(mistake.span, &text, mistake));
        }
        Ok(schema) => parts.take(4).for_each(|page| require_findings(&schema, &page)),
    }
}

fn require_findings(schema: &Schema, page: &str) {
    let page = match FrontMatter::parse(page) {
        (None, _) => format!("---\n{page}\n---\n"),
        _ => page.to_owned(),
    };
    let Some(front_matter) = FrontMatter::parse(&page).0 else { return };
    for finding in schema.findings(&front_matter) {
        require_span(finding.span, &page, &finding);
        finding.related.iter().for_each(|(span, _)| require_span(*span, &page, &finding));
        assert!(!finding.message.is_empty() && !finding.message.contains(['\n', '\r']), "{finding:?}");
    }
}
