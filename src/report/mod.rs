//! Findings as text: one file per format, one line per format in [`FORMATS`].

use std::{
    fmt, io,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::{diagnostic::Severity, run::Run};

mod checkstyle;
mod concise;
mod eslint;
mod excerpt;
mod fix_diff;
mod github;
mod gitlab;
mod html;
mod json;
mod json_escape;
mod json_lines;
mod junit;
mod markdown;
mod merge;
mod path_names;
mod rdjson;
mod reported;
mod sanitize;
mod sarif;
mod summary;
#[cfg(feature = "cli")]
mod terminal;
mod xml;

pub use json::{Change, Finding, JsonEdit, JsonPosition, JsonRange, Related, findings, json_schema};
pub use json_lines::{BatchPage, batch_error, batch_findings};
pub use merge::{MergeError, Mergeable};

/// Writes what a run found. A reporter is given everything, sorted.
pub trait Reporter {
    /// Writes the whole report; `out` need not be buffered.
    ///
    /// # Errors
    ///
    /// Those of `out`, with their kind: a closed pipe stays [`io::ErrorKind::BrokenPipe`].
    fn report(&self, run: &Run, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Whether a report may hold colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// Plain text.
    #[default]
    Never,
    /// ANSI escape sequences (ECMA-48, "Select Graphic Rendition").
    Always,
}

/// Whether a report may hold hyperlinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hyperlinks {
    /// Text alone.
    #[default]
    Never,
    /// OSC 8 sequences (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
    Always,
}

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// A program, a log or a file: everything is written, in order.
    #[default]
    Log,
    /// A person at a terminal.
    Terminal,
}

/// What a report has to know of the place that it is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderOptions {
    /// Whether it may hold colours.
    pub color: Color,
    /// Columns of the terminal; `None` where the report goes to a file or a pipe.
    pub width: Option<usize>,
    /// Whether it may hold hyperlinks.
    pub links: Hyperlinks,
    /// Who reads it.
    pub audience: Audience,
    /// Findings that `overview` draws at most; `None` for its own limit.
    pub max_excerpts: Option<usize>,
    /// `overview` counts milder findings without drawing them.
    pub least_shown: Severity,
    /// Where the checked revision can be read on the web.
    pub revision: Option<Arc<WebRevision>>,
}

/// A revision of a repository on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebRevision {
    /// The absolute path of its working tree.
    pub root: PathBuf,
    /// The URL that the paths of its files follow, without a slash at the end.
    pub url: String,
}

impl WebRevision {
    /// The URL of lines of a file, by its absolute path; `None` if the file is not in the repository.
    fn url_of(&self, path: &Path, lines: RangeInclusive<u32>) -> Option<String> {
        let path = encoded(path.strip_prefix(&self.root).ok()?);
        let (first, last) = (lines.start(), lines.end());
        let lines = if last > first { format!("L{first}-L{last}") } else { format!("L{first}") };
        // Without `plain=1`, the rendered page is shown, which has no lines.
        Some(format!("{}/{path}?plain=1#{lines}", self.url))
    }
}

impl Default for RenderOptions {
    /// A plain text in a file or a pipe.
    fn default() -> Self {
        Self {
            color: Color::Never,
            width: None,
            links: Hyperlinks::Never,
            audience: Audience::Log,
            max_excerpts: None,
            least_shown: Severity::Warning,
            revision: None,
        }
    }
}

/// A format by name.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    summary: &'static str,
    make: fn(RenderOptions) -> Box<dyn Reporter>,
}

/// Every format. Those for people, which come first, are a part of the program: feature `cli`.
pub static FORMATS: &[Format] = &[
    #[cfg(feature = "cli")]
    Format::AUTO,
    #[cfg(feature = "cli")]
    Format {
        name: "full",
        summary: "source excerpts with underlines",
        make: |options| Box::new(terminal::Full::new(options)),
    },
    #[cfg(feature = "cli")]
    Format {
        name: "overview",
        summary: "most severe findings, equal ones collapsed, and a table of rules",
        make: |options| Box::new(terminal::Overview::new(options)),
    },
    Format::CONCISE,
    #[cfg(feature = "cli")]
    Format::STATISTICS,
    Format { name: "json", summary: "complete machine-readable report", make: |_| Box::new(json::Json) },
    Format {
        name: "json-lines",
        summary: "one JSON object per finding and line",
        make: |_| Box::new(json_lines::JsonLines),
    },
    Format { name: "sarif", summary: "SARIF 2.1.0, for code scanning", make: |_| Box::new(sarif::Sarif) },
    Format { name: "github", summary: "GitHub Actions annotations", make: |_| Box::new(github::Github) },
    Format { name: "gitlab", summary: "GitLab code quality report", make: |_| Box::new(gitlab::Gitlab) },
    Format { name: "rdjson", summary: "reviewdog diagnostics", make: |_| Box::new(rdjson::Rdjson) },
    Format {
        name: "rdjsonl",
        summary: "reviewdog diagnostics, one per line",
        make: |_| Box::new(rdjson::Rdjsonl),
    },
    Format { name: "eslint", summary: "ESLint JSON", make: |_| Box::new(eslint::Eslint) },
    Format { name: "checkstyle", summary: "Checkstyle XML", make: |_| Box::new(checkstyle::Checkstyle) },
    Format { name: "junit", summary: "JUnit XML", make: |_| Box::new(junit::Junit) },
    Format {
        name: "markdown",
        summary: "table for a comment or job summary",
        make: |options| Box::new(markdown::Markdown::new(options)),
    },
    Format {
        name: "html",
        summary: "web page with the findings and what is around them",
        make: |options| Box::new(html::Html::new(options)),
    },
];

#[cfg(feature = "cli")]
fn concise(options: &RenderOptions) -> Box<dyn Reporter> {
    match options.audience {
        Audience::Terminal => Box::new(terminal::TotaledLines::new(options)),
        Audience::Log => Box::new(concise::Concise),
    }
}

#[cfg(not(feature = "cli"))]
fn concise(_: &RenderOptions) -> Box<dyn Reporter> {
    Box::new(concise::Concise)
}

#[cfg(feature = "cli")]
impl Format {
    /// The usual one.
    pub const AUTO: Self = Self {
        name: "auto",
        summary: "`overview` on a terminal, otherwise `full`",
        make: |options| match options.audience {
            Audience::Terminal => Box::new(terminal::Overview::new(options)),
            Audience::Log => Box::new(terminal::Full::new(options)),
        },
    };

    /// The table of rules alone.
    pub const STATISTICS: Self = Self {
        name: "statistics",
        summary: "table of the rules and their numbers of findings",
        make: |options| Box::new(terminal::Statistics::new(&options)),
    };
}

impl Format {
    /// A line for each finding.
    pub const CONCISE: Self =
        Self { name: "concise", summary: "one finding per line", make: |options| concise(&options) };

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is, for the help of the command line.
    pub const fn summary(self) -> &'static str {
        self.summary
    }

    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|format| format.name)
    }
}

#[cfg(feature = "cli")]
impl Default for Format {
    fn default() -> Self {
        Self::AUTO
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

/// A name that is no format's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format `{0}`")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let reported = FORMATS.iter().find(|format| format.name == name);
        reported.copied().ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// The reporter of a format. Whatever the format, secrets in URLs are masked.
pub fn reporter(format: Format, options: RenderOptions) -> Box<dyn Reporter> {
    Box::new(MaskSecrets((format.make)(options)))
}

/// The one way to a report: a format is only ever given what may be shown.
struct MaskSecrets(Box<dyn Reporter>);

impl Reporter for MaskSecrets {
    fn report(&self, run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
        self.0.report(&run.shown(), out)
    }
}

/// A text as a terminal may show it: control and invisible characters as marks.
pub fn sanitize(text: &str) -> String {
    sanitize::visible(text)
}

/// A path as reports have it: `/` between its parts on every system, U+FFFD for what is not Unicode.
fn slashed(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        shown.into_owned()
    } else {
        shown.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// What stays in the path of a URL.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path as part of a URL: nothing in it can end the URL or what is around it.
fn encoded(path: &Path) -> String {
    percent_encode(slashed(path).as_bytes(), KEPT).to_string()
}

/// A path of the run as people see it: from the current folder, without anything that could drive a terminal, or
/// that a runner of scripts could take for a command (`::error::` at the start of a line, on GitHub).
fn shown_path(run: &Run, path: &Path) -> String {
    let path = sanitize::visible(&slashed(&run.from_current(path)));
    if path.trim_start().starts_with(':') { format!("./{path}") } else { path }
}
