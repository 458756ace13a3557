//! The text of a new `copydesk.yaml`.

use std::fmt::Write as _;

use super::{
    Proposal,
    records::{LearnedReference, RecordPlace},
};
use crate::{data::yaml_scalar, front_matter::dates::DateForm, text::quantity};

/// A config that builds on presets, with these collections, whose schemas are `NAME.schema.json` in a folder, relative to
/// the config. `notes` are sentences about the site, for comments.
pub fn config_text(presets: &str, proposals: &[Proposal], notes: &[String], schemas: &str) -> String {
    let mut out = format!(
        "# Settings of copydesk for this site. `copydesk schema config` describes every key.\n\
         extends: {presets}\n"
    );
    for note in notes {
        let _ = write!(out, "\n# {}\n", on_one_line(note));
    }
    if proposals.is_empty() {
        return out;
    }
    out.push_str("\n# Pages with the same kind of front matter.\ncollections:\n");
    for proposal in proposals {
        collection(&mut out, proposal, schemas);
    }
    out
}

/// A text for a comment. The name of a folder in it may contain line breaks, after which a comment ends.
pub fn on_one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), "\u{fffd}")
}

fn collection(out: &mut String, proposal: &Proposal, schemas: &str) {
    let Proposal { name, files, exclude, pages, dates, unique, references, .. } = proposal;
    // Writing to a String cannot fail.
    let _ = writeln!(out, "  # {}.", quantity(*pages, "page"));
    let _ = writeln!(out, "  {}:", yaml_scalar(name));
    let _ = writeln!(out, "    files: {}", yaml_scalar(files));
    match &**exclude {
        [] => {}
        [one] => drop(writeln!(out, "    exclude: {}", yaml_scalar(one))),
        many => drop(writeln!(out, "    exclude: [{}]", list(many))),
    }
    let _ = writeln!(out, "    schema: {}", yaml_scalar(&format!("{schemas}/{name}.schema.json")));
    if !unique.is_empty() {
        let _ = writeln!(out, "    unique: [{}]", list(unique));
    }
    if !dates.is_empty() {
        out.push_str("    dates:\n");
        for (key, form) in dates {
            let form = form.map_or(String::new(), |form| format!(" form: {} ", form_name(form)));
            let _ = writeln!(out, "      {}: {{{form}}}", yaml_scalar(key));
        }
    }
    if !references.is_empty() {
        out.push_str("    references:\n");
        for (key, reference) in references {
            let (all, known) = reference.seen;
            let _ = writeln!(out, "      # {known} of {all} values are known.");
            let _ = writeln!(out, "      {}: {{ {} }}", yaml_scalar(key), fields(reference));
        }
    }
}

/// The settings of a reference, as the inside of a flow mapping.
fn fields(reference: &LearnedReference) -> String {
    let mut fields = Vec::new();
    match &reference.place {
        RecordPlace::Data { path, items } => {
            fields.push(format!("data: {}", yaml_scalar(path)));
            if !items.is_empty() {
                fields.push(format!("items: {}", yaml_scalar(items)));
            }
        }
        RecordPlace::Pages { files } => fields.push(format!("files: {}", yaml_scalar(files))),
    }
    if let Some(field) = &reference.field {
        fields.push(format!("key: {}", yaml_scalar(field)));
    }
    if !reference.ids.is_empty() {
        fields.push(format!("id: [{}]", list(&reference.ids)));
    }
    if let Some((label, field)) = &reference.label {
        fields.push(format!("label: {{ {}: {} }}", yaml_scalar(label), yaml_scalar(field)));
    }
    fields.join(", ")
}

const fn form_name(form: DateForm) -> &'static str {
    match form {
        DateForm::Date => "date",
        DateForm::DateTime => "date-time",
        DateForm::LocalDateTime => "local-date-time",
    }
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| yaml_scalar(item)).collect::<Vec<_>>().join(", ")
}
