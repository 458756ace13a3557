//! `copydesk schema`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use crate::{baseline, config, report};

/// Print a JSON Schema
#[derive(Debug, Args)]
pub(super) struct Command {
    /// Which schema to print
    #[arg(value_enum)]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// `copydesk.yaml`
    Config,
    /// Report of `--format json`
    Report,
    /// Baseline file
    Baseline,
}

impl Command {
    pub(super) fn run(&self, out: &mut dyn Write) -> io::Result<()> {
        let schema = match self.what {
            What::Config => config::json_schema(),
            What::Report => report::json_schema(),
            What::Baseline => baseline::json_schema(),
        };
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        writeln!(out)
    }
}
