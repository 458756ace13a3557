//! `copydesk rules`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::{
    rule::{Fixable, RuleDef},
    rules::RULES,
};

/// List the rules
#[derive(Debug, Args)]
pub(super) struct List {
    /// Output format
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

impl List {
    pub(super) fn run(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            ListFormat::Text => {
                let width = RULES.iter().map(|def| def.meta.id.len()).max().unwrap_or_default();
                RULES.iter().try_for_each(|def| {
                    writeln!(out, "{:width$}  {:7}  {}", def.meta.id, level(def), def.meta.summary.trim())
                })
            }
            ListFormat::Json => {
                let rules: Vec<_> = RULES.iter().map(describe).collect();
                serde_json::to_writer_pretty(&mut *out, &rules)?;
                writeln!(out)
            }
        }
    }
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
