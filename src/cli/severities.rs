//! Severities on the command line.

use clap::{Args, ValueEnum};

use crate::diagnostic::Severity;

/// What `--severity` can be.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Least {
    Error,
    Warning,
    Info,
}

impl Least {
    pub(super) const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// What `--fail-on` can be.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

/// Which findings fail a run.
#[derive(Debug, Args)]
pub(super) struct Failing {
    /// Minimum severity that fails the run
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Exit with 0 despite findings, like `--fail-on never`
    #[arg(long, conflicts_with = "fail_on")]
    exit_zero: bool,
}

impl Failing {
    /// The least severity that fails a run.
    pub(super) const fn on(&self) -> FailOn {
        if self.exit_zero { FailOn::Never } else { self.fail_on }
    }
}

impl FailOn {
    /// The least severity that fails a run, if any does.
    pub(super) const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    pub(super) fn is_reached(self, severity: Severity) -> bool {
        self.severity().is_some_and(|least| severity >= least)
    }
}
