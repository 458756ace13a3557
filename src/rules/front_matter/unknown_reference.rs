use std::ops::Range;

use crate::{
    data::Node,
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::{Reference, ReferenceForm, split_names},
    rule::Rule,
    rules::front_matter::references::{self, KnownReference},
    site::{Page, Records, Site},
    text::{Search, Span},
};

declare_rule! {
    /// Reference to an unknown record
    ///
    /// ## What it does
    ///
    /// Reports references to records that do not exist, such as an author without a page or a category that the data
    /// file does not list. References are declared with `references` in the config, or by the relation widgets of a
    /// CMS config.
    ///
    /// ## Why is this bad?
    ///
    /// The link to the record is broken, or the page is missing from every list.
    ///
    /// ## Example
    ///
    /// With the authors Mira Holt and Jon Aske in the collection of authors:
    ///
    /// ```yaml
    /// author: Mira Hold
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// author: Mira Holt
    /// ```
    pub struct UnknownReference {}
    id = "unknown-reference",
    severity = Severity::Error,
}

impl Rule for UnknownReference {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut search = Search::in_file_of(page.len as usize);
        references::each(page, site, |reference, records, root| match &reference.form {
            ReferenceForm::Value { separators, .. } => {
                for text in references::texts(reference, root) {
                    let names = unknown(text, separators, records);
                    report_names(names, reference, records, &mut search, sink);
                }
            }
            ReferenceForm::Record { .. } => {
                for item in reference.items(root) {
                    check_record(item, reference, records, &mut search, sink);
                }
            }
        });
    }
}

/// The unknown names in a value that contains one name or several, with their places.
fn unknown<'a>(node: &'a Node, separators: &[Box<str>], records: &Records) -> Vec<(&'a str, Span)> {
    let Some(text) = node.text().filter(|text| !text.trim().is_empty()) else { return Vec::new() };
    if records.by_id(text.trim()).is_some() {
        return Vec::new();
    }
    let parts = split_names(text, separators, |_| false);
    let unknown: Vec<_> =
        parts.iter().filter(|part| records.by_id(&text[(*part).clone()]).is_none()).cloned().collect();
    // If no name is known, the value is more likely a single name that contains a separator.
    let whole = unknown.len() == parts.len();
    let place = |part: Range<usize>| (&text[part.clone()], node.part_span(part).unwrap_or(node.span));
    if whole { vec![(text.trim(), node.span)] } else { unknown.into_iter().map(place).collect() }
}

/// Reports unknown names.
fn report_names(
    names: Vec<(&str, Span)>,
    reference: &Reference,
    records: &Records,
    search: &mut Search,
    sink: &mut Sink<'_>,
) {
    for (name, span) in names {
        let message = format!("unknown {} `{}`", reference.noun, references::short(name));
        let diagnostic = sink.report(span, message);
        match records.nearest_id(name, search).and_then(|near| Some((near, near.id.as_ref()?))) {
            Some((near, id)) => {
                diagnostic.help(format!("did you mean `{}`?", id.text));
                diagnostic.secondary.extend(near.place("most similar entry"));
            }
            None => {
                diagnostic.help(references::known_records(reference, records));
            }
        }
    }
}

/// Checks a record whose id and label are both unknown. If one of them is known, `category-mismatch` reports it.
fn check_record(
    item: &Node,
    reference: &Reference,
    records: &Records,
    search: &mut Search,
    sink: &mut Sink<'_>,
) {
    let known = KnownReference::of(item, reference, records);
    let Some(written) = known.id.or(known.label) else { return };
    if known.by_id.is_some() || known.by_label.is_some() {
        return;
    }
    let text = written.text().unwrap_or_default();
    let diagnostic =
        sink.report(written.span, format!("unknown {} `{}`", reference.noun, references::short(text)));
    if let (Some(_), Some(label)) = (known.id, known.label) {
        diagnostic.label(label.span, "unknown label");
    }
    // Ids of different records are often similar, so they are compared only if there is no label.
    let near = match known.label {
        Some(label) => label.text().and_then(|label| records.nearest_label(label, search)),
        None => records.nearest_id(text, search),
    };
    match near.and_then(|near| Some((near, near.id.as_ref()?))) {
        Some((near, id)) => {
            let label = near.label.as_ref().map_or(String::new(), |label| format!(", \"{}\"", label.text));
            diagnostic.help(format!("did you mean `{}`{label}?", id.text));
            diagnostic.secondary.extend(near.place("most similar entry"));
        }
        None => {
            diagnostic.help(references::known_records(reference, records));
        }
    }
}
