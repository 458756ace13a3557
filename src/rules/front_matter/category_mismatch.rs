use crate::{
    declare_rule,
    diagnostic::{Diagnostic, Label, Severity, Sink},
    fix::{Applicability, Fix},
    front_matter::{Reference, ReferenceForm, rewrite::retext},
    rule::Rule,
    rules::references::{self, Known},
    site::{Page, Record, Records, Site},
    text::Span,
    yaml::{Format, Node},
};

declare_rule! {
    /// A label and an id that do not belong together
    ///
    /// ## Why
    ///
    /// Readers see the label, the site sorts by the id. A post copied from another one often keeps the other's id, and
    /// then it is listed where nobody looks for it. The pairs are those of the data file that `references:` in the
    /// config, or a file-relation widget of a CMS config, names.
    ///
    /// With a registry that lists "News" as `category-n1` and "Guides" as `category-g2`:
    ///
    /// ## Bad
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-n1
    /// ```
    ///
    /// ## Good
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-g2
    /// ```
    pub struct CategoryMismatch {}
    id = "category-mismatch",
    severity = Severity::Error,
}

impl Rule for CategoryMismatch {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(format) = page.tree().map(|tree| tree.format) else { return };
        references::each(page, site, |reference, records, root| {
            for item in reference.items(root) {
                check(item, format, reference, records, sink);
            }
        });
    }
}

fn check(item: &Node, format: Format, reference: &Reference, records: &Records, sink: &mut Sink<'_>) {
    let noun = &reference.noun;
    let known = Known::of(item, reference, records);
    match known {
        Known { id: Some(id), label: Some(label), by_id: Some(by_id), by_label: Some(by_label) } => {
            // Records may share a label or an id, and the first of them is the one that was found.
            if by_id.label_text() != by_label.label_text() && by_id.id_text() != by_label.id_text() {
                let message = format!("the {noun}'s label and id do not belong together");
                let found = sink.report(id.span, message);
                different_records(found, label.span, by_id, by_label);
                found.fixes.extend(by_label.id.as_ref().and_then(|right| write(id, format, &right.text)));
                found.fixes.extend(by_id.label.as_ref().and_then(|right| write(label, format, &right.text)));
            }
        }
        Known { id: Some(id), label: Some(label), by_id: Some(by_id), by_label: None } => {
            let Some(right) = &by_id.label else { return };
            let text = references::short(label.text().unwrap_or_default());
            let found = sink.report(label.span, format!("`{text}` is not the label of this {noun}"));
            found.label(id.span, format!("this id belongs to \"{}\"", right.text));
            found.help(format!("write \"{}\"", right.text));
            found.fixes.extend(write(label, format, &right.text));
            found.secondary.extend(by_id.place("the record"));
        }
        Known { id: Some(id), label: Some(label), by_id: None, by_label: Some(by_label) } => {
            let Some(right) = &by_label.id else { return };
            let text = references::short(id.text().unwrap_or_default());
            let found = sink.report(id.span, format!("no {noun} has the id `{text}`"));
            found.label(label.span, format!("this label has the id `{}`", right.text));
            found.help(format!("write `{}`", right.text));
            found.fixes.extend(write(id, format, &right.text));
            found.secondary.extend(by_label.place("the record"));
        }
        Known { id: None, label, by_label, .. } => without_id(item, label, by_label, reference, sink),
        Known { .. } => {}
    }
}

/// Another label or id in the place of one: which of the two is right, only the author knows.
fn write(node: &Node, format: Format, text: &str) -> Option<Fix> {
    let new = retext(node, format, text)?;
    Some(Fix::replace(format!("write `{text}`"), Applicability::Unsafe, node.span, new))
}

/// Explains a label of one record with the id of another.
fn different_records(found: &mut Diagnostic, label: Span, by_id: &Record, by_label: &Record) {
    let (Some(label_of_id), Some(id_of_label)) = (&by_id.label, &by_label.id) else { return };
    let label_text = by_label.label.as_ref().map_or("", |label| &label.text);
    found
        .note(format!("this id belongs to \"{}\"", label_of_id.text))
        .label(label, format!("this label has the id `{}`", id_of_label.text))
        .help(format!("write `{}`, or the label \"{}\"", id_of_label.text, label_of_id.text));
    let id = Label::with_message(&by_id.path, label_of_id.span, "the id is registered for this label");
    found.also(id).secondary.extend(by_label.place(format!("\"{label_text}\" is registered with this id")));
}

/// Reports a record that is known by its label alone, or has neither label nor id.
fn without_id(
    item: &Node,
    label: Option<&Node>,
    by_label: Option<&Record>,
    reference: &Reference,
    sink: &mut Sink<'_>,
) {
    let ReferenceForm::Record { id_keys, preferred_id_key, label_key, .. } = &reference.form else { return };
    let Some(first) = item.entries().first() else { return };
    let noun = &reference.noun;
    if label.is_none() {
        let key = preferred_id_key.as_ref().or(id_keys.first()).map_or("id", |key| key);
        sink.report(first.key.span, format!("this {noun} has neither label nor id"))
            .help(format!("give it a `{label_key}` and its `{key}`"));
        return;
    }
    // An unknown label without an id is an unknown reference.
    let Some((record, id)) = by_label.and_then(|record| Some((record, record.id.as_ref()?))) else { return };
    let key = preferred_id_key.as_ref().or(id_keys.first()).map_or("id", |key| key);
    let text = label.and_then(Node::text).unwrap_or_default();
    let found = sink.report(first.key.span, format!("the {noun} \"{}\" has no id", references::short(text)));
    found.help(format!("add `{key}: {}`", id.text));
    found.secondary.extend(record.place("the record"));
}
