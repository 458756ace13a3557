use crate::{
    data::{DataFormat, Node},
    declare_rule,
    diagnostic::{Diagnostic, Label, Severity, Sink},
    fix::{Applicability, Fix},
    front_matter::{Reference, ReferenceForm, rewrite::retext},
    rule::{Fixable, Rule},
    rules::front_matter::references::{self, KnownReference},
    site::{Page, Record, Records, Site},
    text::Span,
};

declare_rule! {
    /// Label and id refer to different records
    ///
    /// ## What it does
    ///
    /// Reports references whose label and id belong to different records, and references in which one of the two is
    /// unknown or missing. The records come from the data file that `references` in the config, or a relation widget
    /// of a CMS config, names.
    ///
    /// ## Why is this bad?
    ///
    /// Visitors see the label, but the site sorts by the id. A post that was copied from another often keeps the
    /// other's id, and is then listed in the wrong place.
    ///
    /// ## Example
    ///
    /// With a data file that lists "News" as `category-n1` and "Guides" as `category-g2`:
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-n1
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-g2
    /// ```
    ///
    /// ## Fix safety
    ///
    /// All fixes are unsafe: only the author knows whether the label or the id is correct.
    pub struct CategoryMismatch {}
    id = "category-mismatch",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
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

fn check(item: &Node, format: DataFormat, reference: &Reference, records: &Records, sink: &mut Sink<'_>) {
    let noun = &reference.noun;
    let known = KnownReference::of(item, reference, records);
    match known {
        KnownReference { id: Some(id), label: Some(label), by_id: Some(by_id), by_label: Some(by_label) } => {
            // Records may share a label or an id; a lookup gives the first of them.
            if by_id.label_text() != by_label.label_text() && by_id.id_text() != by_label.id_text() {
                let message = format!("{noun} label and id refer to different records");
                let diagnostic = sink.report(id.span, message);
                different_records(diagnostic, label.span, by_id, by_label);
                let new_id = by_label.id.as_ref().and_then(|right| replace(id, format, &right.text));
                let new_label = by_id.label.as_ref().and_then(|right| replace(label, format, &right.text));
                diagnostic.fixes.extend(new_id.into_iter().chain(new_label));
            }
        }
        KnownReference { id: Some(id), label: Some(label), by_id: Some(by_id), by_label: None } => {
            let Some(right) = &by_id.label else { return };
            let text = references::short(label.text().unwrap_or_default());
            sink.report(label.span, format!("{noun} label `{text}` does not match its id"))
                .label(id.span, format!("id of \"{}\"", right.text))
                .fix_or_help(replace(label, format, &right.text), format!("use \"{}\"", right.text))
                .secondary
                .extend(by_id.place("defined here"));
        }
        KnownReference { id: Some(id), label: Some(label), by_id: None, by_label: Some(by_label) } => {
            let Some(right) = &by_label.id else { return };
            let text = references::short(id.text().unwrap_or_default());
            sink.report(id.span, format!("unknown {noun} id `{text}`"))
                .label(label.span, format!("expected id `{}` for this label", right.text))
                .fix_or_help(replace(id, format, &right.text), format!("use `{}`", right.text))
                .secondary
                .extend(by_label.place("defined here"));
        }
        KnownReference { id: None, label, by_label, .. } => {
            without_id(item, label, by_label, reference, sink);
        }
        KnownReference { .. } => {}
    }
}

/// Replaces a label or an id. Only the author knows which of the two is correct.
fn replace(node: &Node, format: DataFormat, text: &str) -> Option<Fix> {
    let new = retext(node, format, text)?;
    Some(Fix::replace(format!("Replace with `{text}`"), Applicability::Unsafe, node.span, new))
}

/// Explains a label of one record with the id of another.
fn different_records(diagnostic: &mut Diagnostic, label: Span, by_id: &Record, by_label: &Record) {
    let (Some(label_of_id), Some(id_of_label)) = (&by_id.label, &by_label.id) else { return };
    let label_text = by_label.label.as_ref().map_or("", |label| &label.text);
    diagnostic
        .note(format!("id of \"{}\"", label_of_id.text))
        .label(label, format!("expected id `{}` for this label", id_of_label.text))
        .help(format!("change the id to `{}`, or the label to \"{}\"", id_of_label.text, label_of_id.text));
    let id = Label::with_message(&by_id.path, label_of_id.span, "label of this id");
    diagnostic.also(id).secondary.extend(by_label.place(format!("id of \"{label_text}\"")));
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
        sink.report(first.key.span, format!("{noun} has neither a label nor an id"))
            .help(format!("add `{label_key}` and `{key}`"));
        return;
    }
    // An unknown label without an id is an unknown reference.
    let Some((record, id)) = by_label.and_then(|record| Some((record, record.id.as_ref()?))) else { return };
    let key = preferred_id_key.as_ref().or(id_keys.first()).map_or("id", |key| key);
    let text = label.and_then(Node::text).unwrap_or_default();
    sink.report(first.key.span, format!("{noun} \"{}\" has no id", references::short(text)))
        .help(format!("add `{key}: {}`", id.text))
        .secondary
        .extend(record.place("defined here"));
}
