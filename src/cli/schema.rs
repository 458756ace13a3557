//! `copydesk schema`.

use std::io::{self, Write};

use clap::{Args, builder::PossibleValuesParser};

use crate::{
    baseline,
    config::{self, BUILTINS, Builtin},
    report,
};

/// Print a JSON Schema
#[derive(Debug, Args)]
pub(super) struct Command {
    /// `config` (copydesk.yaml), `report` (`--format json`), `baseline`, or a built-in schema of front matter
    #[arg(value_parser = PossibleValuesParser::new(names()))]
    what: String,
}

/// The schemas of copydesk's own files, then the built-in ones.
fn names() -> impl Iterator<Item = &'static str> {
    ["config", "report", "baseline"].into_iter().chain(BUILTINS.iter().map(|builtin| builtin.name))
}

impl Command {
    pub(super) fn run(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(builtin) = Builtin::named(&self.what) {
            return out.write_all(builtin.text.as_bytes());
        }
        let schema = match &*self.what {
            "report" => report::json_schema(),
            "baseline" => baseline::json_schema(),
            _ => config::json_schema(),
        };
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        writeln!(out)
    }
}
