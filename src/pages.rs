//! The rules' pages: what `copydesk explain` prints and docs/rules/ holds, made from the declarations.

use std::fmt::Write as _;

use crate::{
    rule::{Fixable, RuleDef},
    rules::RULES,
};

/// The page of a rule, in Markdown.
pub fn page(def: &RuleDef) -> String {
    let meta = def.meta;
    let mut page = format!("# {}\n\n{}.\n\n", meta.id, meta.summary.trim());
    let level = if meta.on {
        meta.severity.name().to_owned()
    } else {
        format!("off, {} when on", meta.severity.name())
    };
    let fixable = match meta.fixable {
        Fixable::Always => "always",
        Fixable::Sometimes => "sometimes",
        Fixable::Never => "no",
    };
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "Group: {} · Level: {level} · Fixable: {fixable} · Since: {}",
        def.group.id(),
        meta.since
    );
    if !meta.aliases.is_empty() {
        let _ = write!(page, " · Also: {}", meta.aliases.join(", "));
    }
    page.push('\n');
    for line in meta.docs.lines() {
        page.push_str(line.strip_prefix(' ').unwrap_or(line));
        page.push('\n');
    }
    page.push_str(&options(def));
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The options of a rule, from their schema.
fn options(def: &RuleDef) -> String {
    let schema = (def.schema)(&mut schemars::SchemaGenerator::default()).to_value();
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    let mut section = String::new();
    for (name, option) in properties.into_iter().flatten() {
        let description = option.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
        let default =
            option.get("default").map_or(String::new(), |default| format!(" Default: `{default}`."));
        let _ = writeln!(section, "- `{name}`: {description}{default}");
    }
    if section.is_empty() { section } else { format!("\n## Options\n\n{section}") }
}

/// The table of all rules, as the README has it.
pub fn table() -> String {
    let mut table = String::from("| rule | finds | level |\n| --- | --- | --- |\n");
    for def in RULES {
        let level = if def.meta.on { def.meta.severity.name() } else { "off" };
        let (id, summary) = (def.meta.id, def.meta.summary.trim());
        let _ = writeln!(table, "| [{id}](docs/rules/{id}.md) | {summary} | {level} |");
    }
    table
}
