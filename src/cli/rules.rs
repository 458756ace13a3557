//! `copydesk rules`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::{
    rule::{Fixable, RuleDef, RuleMeta},
    rules::RULES,
};

/// List the rules
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

impl RulesArgs {
    pub(super) fn run(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            ListFormat::Text => list(out),
            ListFormat::Json => {
                let rules: Vec<_> = RULES.iter().map(describe).collect();
                super::print_json(&rules, out)
            }
        }
    }
}

/// The rules of each group: level, whether there are fixes, what they report, and their aliases.
fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = RULES.iter().map(|def| def.meta.id.len()).max().unwrap_or_default();
    for (index, group) in RULES.chunk_by(|one, other| one.meta.group == other.meta.group).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}:", group[0].meta.group.id())?;
        for def in group {
            let RuleMeta { id, summary, aliases, .. } = def.meta;
            let fixable = match def.meta.fixable {
                Fixable::Always => "fix",
                Fixable::Sometimes => "fix?",
                Fixable::Never => "",
            };
            let aliases =
                if aliases.is_empty() { String::new() } else { format!(" ({})", aliases.join(", ")) };
            writeln!(out, "  {id:width$}  {:7}  {fixable:4}  {}{aliases}", level(def), summary.trim())?;
        }
    }
    writeln!(
        out,
        "\nfix: every finding has a fix; fix?: some have. `copydesk explain RULE` shows the documentation."
    )
}

fn level(def: &RuleDef) -> &'static str {
    if def.meta.on { def.meta.severity.name() } else { "off" }
}

fn describe(def: &RuleDef) -> serde_json::Value {
    let mut generator = schemars::SchemaGenerator::default();
    let options = (def.schema)(&mut generator).to_value();
    json!({
        "id": def.meta.id,
        "group": def.meta.group.id(),
        "summary": def.meta.summary.trim(),
        "level": level(def),
        "severity": def.meta.severity,
        "fixable": match def.meta.fixable {
            Fixable::Always => "always",
            Fixable::Sometimes => "sometimes",
            Fixable::Never => "never",
        },
        "aliases": def.meta.aliases,
        "since": def.meta.since,
        "url": def.meta.url(),
        "options": options.get("properties").cloned().unwrap_or_else(|| json!({})),
    })
}
