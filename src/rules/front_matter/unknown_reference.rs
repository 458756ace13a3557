use std::ops::Range;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::{Reference, ReferenceForm},
    rule::Rule,
    rules::references::{self, Known},
    site::{Page, Records, Site},
    yaml::Node,
};

declare_rule! {
    /// A value names a record that does not exist
    ///
    /// ## Why
    ///
    /// An author without a page, a category that the registry does not list: the link leads nowhere, or the post is
    /// missing from every list. Which keys refer to what is said by `references:` in the config or by the relation
    /// widgets of a CMS config.
    ///
    /// With the authors Mira Holt and Jon Aske in the collection of authors:
    ///
    /// ## Bad
    ///
    /// ```yaml
    /// author: Mira Hold
    /// ```
    ///
    /// ## Good
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
        references::each(page, site, |reference, records, root| match &reference.form {
            ReferenceForm::Value { separators, .. } => {
                for text in references::texts(reference, root) {
                    check_text(text, separators, reference, records, sink);
                }
            }
            ReferenceForm::Record { .. } => {
                for item in reference.items(root) {
                    check_record(item, reference, records, sink);
                }
            }
        });
    }
}

/// Checks a text that is one name or several.
fn check_text(
    node: &Node,
    separators: &[Box<str>],
    reference: &Reference,
    records: &Records,
    sink: &mut Sink<'_>,
) {
    let Some(text) = node.text().filter(|text| !text.trim().is_empty()) else { return };
    if records.by_id(text.trim()).is_some() {
        return;
    }
    let parts = references::split(text, separators);
    let unknown: Vec<_> =
        parts.iter().filter(|part| records.by_id(&text[(*part).clone()]).is_none()).cloned().collect();
    // With no name known, the whole text is more likely one name that looks like a list.
    let whole = unknown.len() == parts.len();
    let place = |part: Range<usize>| (&text[part.clone()], node.part_span(part).unwrap_or(node.span));
    let names = if whole { vec![(text.trim(), node.span)] } else { unknown.into_iter().map(place).collect() };
    for (name, span) in names {
        let found =
            sink.report(span, format!("there is no {} `{}`", reference.noun, references::short(name)));
        match records.nearest_id(name).and_then(|near| Some((near, near.id.as_ref()?))) {
            Some((near, id)) => {
                found.help(format!("did you mean `{}`?", id.text));
                found.secondary.extend(near.place("this is the nearest"));
            }
            None => {
                found.help(references::where_records_are(reference, records));
            }
        }
    }
}

/// Checks a record whose id and label are both unknown; with one of them known, `category-mismatch` has its say.
fn check_record(item: &Node, reference: &Reference, records: &Records, sink: &mut Sink<'_>) {
    let known = Known::of(item, reference, records);
    let Some(written) = known.id.or(known.label) else { return };
    if known.by_id.is_some() || known.by_label.is_some() {
        return;
    }
    let text = written.text().unwrap_or_default();
    let found =
        sink.report(written.span, format!("there is no {} `{}`", reference.noun, references::short(text)));
    if let (Some(_), Some(label)) = (known.id, known.label) {
        found.label(label.span, "nor is there one with this label");
    }
    // Ids are often alike where labels are not, so they are compared only where there is no label.
    let near = match known.label {
        Some(label) => label.text().and_then(|label| records.nearest_label(label)),
        None => records.nearest_id(text),
    };
    match near.and_then(|near| Some((near, near.id.as_ref()?))) {
        Some((near, id)) => {
            let label = near.label.as_ref().map_or(String::new(), |label| format!(", \"{}\"", label.text));
            found.help(format!("did you mean `{}`{label}?", id.text));
            found.secondary.extend(near.place("this is the nearest"));
        }
        None => {
            found.help(references::where_records_are(reference, records));
        }
    }
}
