//! Rule documentation: the page of each rule and the index of all rules, generated from their declarations.

use std::fmt::Write as _;

use crate::{
    rule::{Fixable, RuleDef, RuleMeta},
    rules::RULES,
};

/// The heading of a page's last section, which follows the generated options.
const REFERENCES: &str = "## References\n";

/// The page of a rule, in Markdown.
pub fn page(def: &RuleDef) -> String {
    let meta = def.meta;
    let mut page = format!("# {}\n\n{}.\n\n", meta.id, meta.summary.trim());
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "Group: {} · Level: {} · Fix: {} · Since: {}",
        def.meta.group.id(),
        level(meta),
        fix(meta),
        meta.since
    );
    if !meta.aliases.is_empty() {
        let _ = write!(page, " · Aliases: {}", meta.aliases.join(", "));
    }
    page.push('\n');
    let docs = text(meta.docs);
    let (sections, references) = docs.split_once(REFERENCES).unwrap_or((&docs, ""));
    for section in [sections, &options(def), &self::references(meta, references)] {
        if !section.is_empty() {
            page.truncate(page.trim_end().len());
            let _ = write!(page, "\n\n{}\n", section.trim());
        }
    }
    page
}

/// The documentation as written in the declaration, without the space that a doc comment's lines begin with.
fn text(docs: &str) -> String {
    docs.lines().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
}

const fn level(meta: &RuleMeta) -> &'static str {
    use crate::diagnostic::Severity::{Error, Info, Warning};
    match (meta.on, meta.severity) {
        (true, severity) => severity.name(),
        (false, Error) => "off (error when enabled)",
        (false, Warning) => "off (warning when enabled)",
        (false, Info) => "off (info when enabled)",
    }
}

const fn fix(meta: &RuleMeta) -> &'static str {
    match meta.fixable {
        Fixable::Always => "always available",
        Fixable::Sometimes => "sometimes available",
        Fixable::Never => "not available",
    }
}

/// The options of a rule, from their schema.
fn options(def: &RuleDef) -> String {
    let schema = (def.schema)(&mut schemars::SchemaGenerator::default()).to_value();
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    let mut section = String::new();
    for (name, option) in properties.into_iter().flatten() {
        let description = option.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
        let default = option
            .get("default")
            .filter(|default| !default.is_null())
            .map_or(String::new(), |default| format!(" Default: `{}`.", plain(default)));
        let _ = writeln!(section, "- `{name}`: {description}{}{default}", values(option));
    }
    if section.is_empty() { section } else { format!("## Options\n\n{section}") }
}

/// A default value as it is written in YAML: names without quotation marks.
fn plain(value: &serde_json::Value) -> String {
    match value.as_str() {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => value.to_string(),
    }
}

/// The values that an option may have, if they are named.
fn values(option: &serde_json::Value) -> String {
    let styles = option.get("oneOf").and_then(serde_json::Value::as_array);
    let names = styles.into_iter().flatten().filter_map(|style| style.get("const")?.as_str());
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!(" One of {}.", names.join(", ")) }
}

/// The references of a rule: those that its declaration lists, and markdownlint's page.
fn references(meta: &RuleMeta, listed: &str) -> String {
    let mut section = listed.trim().to_owned();
    if let Some(number) = meta.number() {
        let page = number.to_ascii_lowercase();
        let url = format!("https://github.com/DavidAnson/markdownlint/blob/main/doc/{page}.md");
        let _ = write!(section, "\n- [markdownlint: {number}]({url})");
    }
    if section.is_empty() { section } else { format!("{REFERENCES}\n{}", section.trim()) }
}

/// The index of all rules by group, as docs/rules/README.md has it.
pub fn index() -> String {
    let mut index = String::from(INTRODUCTION);
    for group in RULES.chunk_by(|one, other| one.meta.group == other.meta.group) {
        let _ = writeln!(index, "\n## {}\n", group[0].meta.group.id());
        index.push_str("| Rule | Description | Level | Fix |\n| --- | --- | --- | --- |\n");
        for RuleDef { meta, .. } in group {
            let (id, summary) = (meta.id, meta.summary.trim());
            let level = if meta.on { meta.severity.name() } else { "off" };
            let fix = if meta.fixable == Fixable::Never { "–" } else { fix(meta) };
            let _ = writeln!(index, "| [{id}]({id}.md) | {summary} | {level} | {fix} |");
        }
    }
    index
}

const INTRODUCTION: &str = "\
# Rules

Each rule belongs to a group. Rules and groups are configured and suppressed by the names below; *Level* is the level in \
the `recommended` preset. `copydesk explain RULE` prints a rule's page in the terminal.
";
