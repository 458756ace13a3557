//! `copydesk config show`.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

use super::{Error, Outcome, current_folder, named_config};
use crate::{
    config,
    discover::Project,
    paths::{absolute, relative},
    report::{Format, RenderOptions, reporter, sanitize},
    run,
};

/// Inspect the configuration
#[derive(Debug, Args)]
pub(super) struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show the settings that apply to a path, and where each of them comes from
    Show {
        /// Path of a page, which need not exist
        path: PathBuf,
        /// Use this config instead of the nearest one
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

impl Command {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let What::Show { path, config } = self.what;
        let current = current_folder()?;
        let full = absolute(&path, &current);
        let folder = full.parent().unwrap_or(&full);
        let project = match config {
            Some(file) => {
                let file = absolute(&named_config(file)?, &current);
                Project::with_config(&file, folder, || Project::of(folder))
            }
            None => Project::of(folder),
        };
        let path = relative(&project.root, &full);
        let (config, mistakes) = run::load_config(&project, &path);
        let run = run::Run::of_config(&project, &current, mistakes);
        if run.broken_config {
            let options = RenderOptions::default();
            reporter(Format::default(), options).report(&run, out)?;
            return Ok(Outcome::Failed);
        }
        for line in config::show(&config, &path, project.config.is_some(), &run.sources).lines() {
            writeln!(out, "{}", sanitize(line))?;
        }
        Ok(Outcome::Clean)
    }
}
