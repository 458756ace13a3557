//! `copydesk config show`.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

use super::{Error, Outcome, current_folder, named_config};
use crate::{
    config::{self, Example},
    discover::Project,
    paths::{absolute, relative},
    report::{Format, RenderOptions, reporter, sanitize},
    run::{self, Run},
    text::quantity,
    vfs::Disk,
};

/// Inspect and test the configuration
#[derive(Debug, Args)]
pub(super) struct ConfigCommand {
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
    /// Check the `bad` and `good` examples of custom rules
    Test {
        /// Use this config instead of the nearest one
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

impl ConfigCommand {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let (path, config) = match &self.what {
            What::Show { path, config } => (absolute(path, &current), config),
            What::Test { config } => (current.join("page.md"), config),
        };
        let folder = path.parent().unwrap_or(&path);
        let project = match config {
            Some(file) => {
                let file = absolute(&named_config(file.clone())?, &current);
                Project::with_config(&file, folder, || Project::of(&Disk, folder))
            }
            None => Project::of(&Disk, folder),
        };
        let path = relative(&project.root, &path);
        let (config, mistakes) = run::load_config(&project, &path);
        let run = Run::of_config(&project, &current, mistakes);
        if run.broken_config {
            reporter(Format::default(), RenderOptions::default()).report(&run, out)?;
            return Ok(Outcome::Failed);
        }
        if let What::Test { .. } = self.what {
            return test(config.examples(), run, out);
        }
        for line in config::show(&config, &path, project.config.is_some(), &run.sources).lines() {
            writeln!(out, "{}", sanitize(line))?;
        }
        Ok(Outcome::Clean)
    }
}

/// Checks examples, and reports those that do not do what they should.
fn test(examples: &[Example], mut run: Run, out: &mut dyn Write) -> Result<Outcome, Error> {
    run.diagnostics.extend(examples.iter().filter_map(Example::failure));
    let (all, failed) = (examples.len(), run.diagnostics.len());
    if failed > 0 {
        reporter(Format::default(), RenderOptions::default()).report(&run, out)?;
        return Ok(Outcome::Findings);
    }
    match all {
        0 => writeln!(out, "no examples: add `bad` and `good` to custom rules")?,
        _ => writeln!(out, "{} passed", quantity(all, "example"))?,
    }
    Ok(Outcome::Clean)
}
