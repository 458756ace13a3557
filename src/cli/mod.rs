//! The command line: arguments to options, one struct a command, and what each command prints.

mod baseline;
mod batch;
mod cache;
mod check;
mod config;
mod config_file;
mod explain;
mod facts;
mod import;
mod init;
mod inputs;
mod links;
mod patch;
mod progress;
mod report;
mod reports;
mod rules;
mod schema;
mod selection;
#[cfg(feature = "server")]
mod server;
mod severities;
mod site_index;
mod suppressions;
mod terminal;
mod watch;
mod words;

use std::{
    io::{self, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand};

use crate::{
    paths,
    rules::names,
    secrets::Secrets,
    text::{guarded_json, nearest},
    vfs::EntryKind,
};

/// Lint Markdown sites: front matter, references, dates, links, spelling and Markdown style
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and report problems
    Check(Box<check::Check>),
    /// Manage the baseline of accepted findings
    Baseline(Box<baseline::BaselineCommand>),
    /// Manage the cache of page facts
    Cache(cache::CacheCommand),
    /// Write or join the facts that pages tell each other
    Facts(Box<facts::Command>),
    /// Merge reports
    Report(report::ReportCommand),
    /// Show the documentation of a rule, or why a word was flagged
    Explain(explain::Explain),
    /// List the rules
    Rules(rules::RulesArgs),
    /// List unknown words, or add words to the project dictionary
    Words(words::WordsArgs),
    /// Inspect and test the configuration
    Config(config::ConfigCommand),
    /// List external URLs, or add moved ones to the config
    Links(links::Links),
    /// Write a config for this site, with schemas inferred from its pages
    Init(init::Init),
    /// Convert a markdownlint config
    Import(import::Import),
    /// Serve an editor, over standard input and output
    #[cfg(feature = "server")]
    Server(server::ServerArgs),
    /// Print a JSON Schema
    Schema(schema::SchemaCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// How a command ends; the numbers are the exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing found that counts.
    Clean = 0,
    /// Findings at or above `--fail-on`.
    Findings = 1,
    /// Something kept the command from its work: usage, config, I/O.
    Failed = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// What keeps a command from doing its work.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// Output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Input cannot be read.
    #[error("cannot read {what}: {source}")]
    Input {
        /// What was to be read.
        what: String,
        /// Why.
        source: io::Error,
    },
    /// It was said why.
    #[error("invalid {0}")]
    Told(String),
    /// An argument makes no sense.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// Whether the output was closed by its reader.
    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl Cli {
    /// Runs the command. Errors go to standard error; a reader that has gone ends the output quietly.
    pub fn run(self) -> Outcome {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let outcome = self.command.run(&mut out).and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
        match outcome {
            Ok(outcome) => outcome,
            Err(error) if error.is_closed_pipe() => Outcome::Clean,
            Err(error) => {
                print_error(&error);
                Outcome::Failed
            }
        }
    }
}

impl Command {
    fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        match self {
            Self::Check(check) => return check.run(out),
            Self::Baseline(command) => return command.run(out),
            Self::Cache(command) => command.run(out)?,
            Self::Facts(command) => return command.run(out),
            Self::Report(command) => command.run(out)?,
            Self::Explain(explain) => explain.run(out)?,
            Self::Rules(list) => list.run(out)?,
            Self::Words(words) => words.run(out)?,
            Self::Config(config) => return config.run(out),
            Self::Links(links) => links.run(out)?,
            Self::Init(init) => return init.run(out),
            Self::Import(import) => return import.run(out),
            #[cfg(feature = "server")]
            Self::Server(server) => return Ok(server.run()),
            Self::Schema(schema) => schema.run(out)?,
            Self::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "copydesk", &mut script);
                out.write_all(&script)?;
            }
            Self::Man => clap_mangen::Man::new(Cli::command()).render(&mut *out)?,
        }
        Ok(Outcome::Clean)
    }
}

/// Says on standard error what went wrong. File names in it may hold anything.
fn print_error(error: &dyn std::fmt::Display) {
    print_note(&format!("error: {error}"));
}

/// Says something on standard error, which may quote a config or a name in it: without its secrets.
fn print_note(text: &str) {
    let shown = Secrets::default().mask(text);
    // If stderr is closed, the failure cannot be reported.
    let _ = writeln!(io::stderr(), "{}", crate::report::sanitize(&shown));
}

/// A name that no rule has, where the config defines rules of these names.
fn no_such_rule(name: &str, custom: &[&'static str]) -> Error {
    let meant = FAMILIAR.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours);
    Error::Usage(match meant.or_else(|| nearest(name, names().chain(custom.iter().copied()))) {
        Some(near) => format!("unknown rule `{name}`; did you mean `{near}`?"),
        None => format!("unknown rule `{name}`; run `copydesk rules` for a list of rules and groups"),
    })
}

/// What people call groups of rules: by other tools that do the same, and by other words.
const FAMILIAR: [(&str, &str); 11] = [
    ("typos", "spelling"),
    ("typo", "spelling"),
    ("codespell", "spelling"),
    ("cspell", "spelling"),
    ("spell", "spelling"),
    ("spellcheck", "spelling"),
    ("frontmatter", "front-matter"),
    ("metadata", "front-matter"),
    ("lychee", "links"),
    ("dead-links", "broken-link"),
    ("vale", "custom"),
];

/// The file that `--config` names.
fn named_config(file: PathBuf) -> Result<PathBuf, Error> {
    let what = match inputs::kind_at(&file) {
        Some(EntryKind::File) => return Ok(file),
        Some(_) => "is not a file",
        None => "not found",
    };
    Err(Error::Usage(format!("config file {what}: {}", file.display())))
}

fn current_folder() -> Result<PathBuf, Error> {
    std::env::current_dir().map_err(|source| Error::Input { what: "the current directory".into(), source })
}

/// The first path, or the current folder where there is none: its repository is the one that is meant.
fn first_path(paths: &[PathBuf], current: &Path) -> PathBuf {
    paths.first().map_or_else(|| current.to_owned(), |path| paths::absolute(path, current))
}

/// Writes a value as JSON on several lines, in which nothing is that a terminal or a log could act on.
fn print_json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", guarded_json(&serde_json::to_string_pretty(value)?))
}

/// Threads that a run may have. Each takes memory and time to start, whether or not there are pages for it.
const MAX_THREADS: usize = 256;

/// Makes the threads of a run, of which this one is the first, so that nothing has to go from thread to thread where there
/// is little to do.
fn set_threads(threads: Option<NonZeroUsize>) {
    let threads = threads.map_or(0, NonZeroUsize::get);
    // It fails only where a pool was made before; nothing made one.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
}

/// Reads the number of threads of a run.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let threads = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MAX_THREADS);
    threads.ok_or_else(|| format!("expected a whole number from 1 to {MAX_THREADS}"))
}
