//! `full`: excerpts with the places underlined, what to do about it, and what a fix would change.

use std::io::{self, BufWriter, Write};

use codespan_reporting::{
    diagnostic as drawn,
    files::Error,
    term::{self, Config, Renderer, WriteStyle},
};
use termcolor::{Ansi, Buffer, NoColor, WriteColor};

use super::{
    Color, RenderOptions, Reporter,
    fix_diff::{Change, Row, Side},
    sanitize,
    snippet::{self, Snippet},
    style::Paint,
    summary::Counts,
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    fix::{Applicability, Fix},
    run::Run,
    text::quantity,
};

/// Columns where there is no terminal: what most viewers of logs show without scrolling.
const USUAL_WIDTH: usize = 140;

pub(super) struct Full {
    color: Color,
    width: usize,
}

impl Full {
    pub(super) fn new(options: RenderOptions) -> Self {
        Self { color: options.color, width: options.width.unwrap_or(USUAL_WIDTH) }
    }
}

impl Reporter for Full {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        match self.color {
            Color::Never => self.findings(run, &mut NoColor::new(&mut out))?,
            Color::Always => self.findings(run, &mut Ansi::new(&mut out))?,
        }
        writeln!(out, "{}", Counts::of(run))?;
        out.flush()
    }
}

impl Full {
    fn findings(&self, run: &Run, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut buffer = match self.color {
            Color::Never => Buffer::no_color(),
            Color::Always => Buffer::ansi(),
        };
        for diagnostic in &run.diagnostics {
            buffer.clear();
            let finding = Finding::new(run, diagnostic, self.width);
            finding.draw_places(&mut buffer).map_err(io_error)?;
            finding.write_places(buffer.as_slice(), out)?;
            finding.draw_rest(out).map_err(io_error)?;
        }
        Ok(())
    }
}

/// What stopped codespan; a writer's error keeps its kind.
fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// One finding, ready to be drawn.
struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    severity: drawn::Severity,
    config: Config,
    snippet: Snippet,
    change: Change,
    /// Cells beside the line numbers.
    cells: usize,
}

impl<'a> Finding<'a> {
    fn new(run: &Run, diagnostic: &'a Diagnostic, width: usize) -> Self {
        let source = run.sources.get(&diagnostic.primary.path);
        let fix = diagnostic.fixes.first();
        let change =
            fix.map(|fix| Change::new(&source, fix, snippet::cells(width, 1, 0))).unwrap_or_default();
        let highest = change.rows.iter().map(|row| row.number).max().unwrap_or(1);
        let snippet = Snippet::new(run, diagnostic, width, highest);
        let cells = snippet::cells(width, snippet.digits, 0);
        let severity = match diagnostic.severity {
            Severity::Error => drawn::Severity::Error,
            Severity::Warning => drawn::Severity::Warning,
            Severity::Info => drawn::Severity::Note,
        };
        let config = Config {
            tab_width: sanitize::TAB,
            start_context_lines: snippet::NEIGHBOURS.0 as usize,
            end_context_lines: snippet::NEIGHBOURS.1 as usize,
            ..Config::default()
        };
        Self { diagnostic, severity, config, snippet, change, cells }
    }

    /// The title and the places.
    fn draw_places(&self, out: &mut dyn WriteColor) -> Result<(), Error> {
        let Diagnostic { rule, severity, message, .. } = self.diagnostic;
        let drawing = drawn::Diagnostic::new(self.severity)
            .with_message(sanitize::visible(message))
            .with_labels(self.snippet.labels.clone());
        let title = format!("{}[{}]", severity.name(), rule.id);
        term::emit_to_write_style(&mut Paint::new(out, title), &self.config, &self.snippet, &drawing)
    }

    /// Writes what codespan drew, in the gutter of the whole.
    fn write_places(&self, drawing: &[u8], out: &mut dyn WriteColor) -> io::Result<()> {
        // codespan closes with an empty line; here something may follow.
        let drawing = drawing.strip_suffix(b"\n").unwrap_or(drawing);
        // Its gutter is as wide as the numbers it knows of; a change may have higher ones.
        let missing = self.snippet.digits - self.snippet.drawn_digits;
        for (at, line) in drawing.split_inclusive(|&byte| byte == b'\n').enumerate() {
            if at > 0 {
                write!(out, "{:missing$}", "")?;
            }
            out.write_all(line)?;
        }
        Ok(())
    }

    /// What a fix would change, what to do, and an empty line.
    fn draw_rest(&self, out: &mut dyn WriteColor) -> Result<(), Error> {
        let digits = self.snippet.digits;
        let mut paint = Paint::new(out, String::new());
        if !self.change.rows.is_empty() {
            self.border(&mut paint)?;
            self.change.rows.iter().try_for_each(|row| self.row(row, &mut paint))?;
            if self.change.is_cut {
                writeln!(paint, "{:>1$} …", "", self.snippet.digits)?;
            }
        }
        let notes = self.notes();
        if !notes.is_empty() {
            self.border(&mut paint)?;
        }
        let mut renderer = Renderer::new(&mut paint, &self.config);
        for note in notes {
            renderer.render_snippet_note(digits, &note)?;
        }
        renderer.render_empty()
    }

    fn border(&self, paint: &mut Paint<'_>) -> Result<(), Error> {
        Renderer::new(paint, &self.config).render_snippet_empty(self.snippet.digits, self.severity, 0, &[])
    }

    /// A line that goes or comes.
    fn row(&self, row: &Row, paint: &mut Paint<'_>) -> io::Result<()> {
        paint.set_line_number()?;
        write!(paint, "{:>1$} ", row.number, self.snippet.digits)?;
        let sign = match row.side {
            Side::Removed => {
                paint.set_removed()?;
                '-'
            }
            Side::Added => {
                paint.set_added()?;
                '+'
            }
        };
        write!(paint, "{sign} {}", row.shown(self.cells))?;
        paint.reset()?;
        writeln!(paint)
    }

    fn notes(&self) -> Vec<String> {
        let Diagnostic { help, fixes, .. } = self.diagnostic;
        let mut notes = Vec::new();
        if self.snippet.left_out > 0 {
            notes.push(format!("and {}", quantity(self.snippet.left_out, "more place")));
        }
        if let Some(fix) = fixes.first() {
            let kind = match fix.applicability {
                Applicability::Safe => "fix (with --fix)",
                Applicability::Unsafe => "fix (with --unsafe-fixes)",
                Applicability::DisplayOnly => "suggestion (not applied by --fix)",
            };
            notes.push(note(kind, &fix.title));
        }
        let new_help = help.as_deref().filter(|help| !fixes.first().is_some_and(|fix| repeats(help, fix)));
        notes.extend(new_help.map(|help| note("help", help)));
        notes
    }
}

/// Whether the help says the same as the fix's title.
fn repeats(help: &str, fix: &Fix) -> bool {
    help.eq_ignore_ascii_case(&fix.title)
}

/// A note of a kind; its further lines are below the first.
fn note(kind: &str, text: &str) -> String {
    let indent = " ".repeat(kind.len() + ": ".len());
    let mut note = format!("{kind}: ");
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            note.push('\n');
        }
        if at > 0 && !line.is_empty() {
            note.push_str(&indent);
        }
        if at > 0 && line.trim_start().starts_with("::") {
            // Nothing is before it, and GitHub's runner would take it for a command.
            note.push('·');
        }
        note.push_str(&sanitize::visible(line));
    }
    note
}
