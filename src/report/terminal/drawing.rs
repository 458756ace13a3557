//! One finding, drawn for people: excerpts, the lines that a fix changes, and what to do.

use std::io::{self, Write};

use codespan_reporting::{
    diagnostic as drawn,
    files::Error,
    term::{self, Config, Renderer, WriteStyle},
};
use termcolor::{Buffer, WriteColor};

use super::{
    hyperlinks,
    snippet::{self, Snippet},
    style::{Paint, drawn_as},
};
use crate::{
    diagnostic::Diagnostic,
    fix::Applicability,
    report::{
        Hyperlinks, RenderOptions,
        fix_diff::{DiffRow, LineChange, Side},
        sanitize,
    },
    run::Run,
    text::quantity,
};

/// Width in columns without a terminal: what most viewers of logs show without scrolling.
const USUAL_WIDTH: usize = 140;

/// Cells that a note takes however narrow the terminal is.
const LEAST_NOTE: usize = 40;

/// What stopped codespan; a writer's error keeps its kind.
pub(super) fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// One finding, ready to be drawn.
pub(super) struct Drawing<'a> {
    diagnostic: &'a Diagnostic,
    run: &'a Run,
    links: Hyperlinks,
    /// Columns of the terminal.
    width: Option<usize>,
    severity: drawn::Severity,
    config: Config,
    snippet: Snippet,
    change: LineChange,
    /// Cells beside the line numbers.
    cells: usize,
    /// Notes below the others.
    notes: &'a [String],
}

impl<'a> Drawing<'a> {
    pub(super) fn new(run: &'a Run, diagnostic: &'a Diagnostic, options: &RenderOptions) -> Self {
        let width = options.width.unwrap_or(USUAL_WIDTH);
        let source = run.sources.get(&diagnostic.primary.path);
        let fix = diagnostic.fixes.first();
        let change =
            fix.map(|fix| LineChange::new(&source, fix, snippet::cells(width, 1, 0))).unwrap_or_default();
        let highest = change.rows.iter().map(|row| row.number).max().unwrap_or(1);
        let snippet = Snippet::new(run, diagnostic, width, highest);
        let cells = snippet::cells(width, snippet.digits, 0);
        let severity = drawn_as(diagnostic.severity);
        let config = Config {
            tab_width: sanitize::TAB,
            start_context_lines: snippet::NEIGHBOURS.0 as usize,
            end_context_lines: snippet::NEIGHBOURS.1 as usize,
            ..Config::default()
        };
        let links = options.links;
        Self {
            diagnostic,
            run,
            links,
            width: options.width,
            severity,
            config,
            snippet,
            change,
            cells,
            notes: &[],
        }
    }

    /// With these notes below the others.
    pub(super) fn with_notes(self, notes: &'a [String]) -> Self {
        Self { notes, ..self }
    }

    /// Writes it, and an empty line. `buffer` must be empty.
    pub(super) fn write(&self, buffer: &mut Buffer, out: &mut dyn WriteColor) -> io::Result<()> {
        self.draw_places(buffer).map_err(io_error)?;
        self.write_places(buffer.as_slice(), out)?;
        self.draw_rest(out).map_err(io_error)
    }

    /// The title and the places.
    fn draw_places(&self, out: &mut dyn WriteColor) -> Result<(), Error> {
        let Diagnostic { rule, severity, message, .. } = self.diagnostic;
        let drawing = drawn::Diagnostic::new(self.severity)
            .with_message(sanitize::visible(message))
            .with_labels(self.snippet.labels.clone());
        let title = format!("{}[{}]", severity.name(), self.links.to_rule(rule));
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
            match self.place_of(line) {
                Some((before, place, url)) => {
                    out.write_all(before)?;
                    hyperlinks::write(&url, place, out)?;
                    out.write_all(b"\n")?;
                }
                None => out.write_all(line)?,
            }
        }
        Ok(())
    }

    /// The name of a file and the place in it at the end of a line that codespan drew, what is before them, and the URL
    /// of the file. Such a line has the corner of a box; texts of files have a border before them.
    fn place_of<'b>(&self, line: &'b [u8]) -> Option<(&'b [u8], &'b [u8], String)> {
        if self.links == Hyperlinks::Never {
            return None;
        }
        let corner = self.config.chars.snippet_start.as_bytes();
        let start = line.windows(corner.len()).position(|part| part == corner)? + corner.len();
        let border = self.config.chars.source_border_left.to_string();
        if line[..start].windows(border.len()).any(|part| part == border.as_bytes()) {
            return None;
        }
        let (path, name) = self.snippet.names().find_map(|(path, name)| {
            let at = start + line[start..].windows(name.len()).position(|part| part == name.as_bytes())?;
            Some((path, at))
        })?;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Some((&line[..name], &line[name..], hyperlinks::file_url(&self.run.root.join(path))))
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
    fn row(&self, row: &DiffRow, paint: &mut Paint<'_>) -> io::Result<()> {
        paint.set_line_number()?;
        write!(paint, "{:>1$} ", row.number, self.snippet.digits)?;
        let sign = if row.side == Side::Removed { '-' } else { '+' };
        paint.set_side(row.side)?;
        let (before, changed, after) = row.shown(self.cells);
        write!(paint, "{sign} {before}")?;
        if !changed.is_empty() {
            paint.set_changed(row.side)?;
            write!(paint, "{changed}")?;
            paint.reset()?;
            paint.set_side(row.side)?;
        }
        write!(paint, "{after}")?;
        paint.reset()?;
        writeln!(paint)
    }

    fn notes(&self) -> Vec<String> {
        let fixes = &self.diagnostic.fixes;
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
        notes.extend(self.diagnostic.help_beside_fix().map(|help| note("help", help)));
        notes.extend(self.notes.iter().cloned());
        let Some(width) = self.width else { return notes };
        // A space, the border and a space before it.
        let cells = width.saturating_sub(self.snippet.digits + 3).max(LEAST_NOTE);
        notes.iter().map(|note| wrapped(note, cells)).collect()
    }
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

/// A note whose lines are broken at spaces to fit so many cells; what is longer than a line stays whole. Further lines
/// are indented as those of [`note`] are.
fn wrapped(note: &str, cells: usize) -> String {
    let indent = note.find(": ").map_or(0, |at| at + 2).min(cells / 2);
    let mut lines = Vec::new();
    for line in note.lines() {
        if line.chars().map(sanitize::cells).sum::<usize>() <= cells {
            lines.push(line.to_owned());
            continue;
        }
        let (mut current, mut used) = (String::new(), 0);
        for word in line.split_inclusive(' ') {
            let width: usize = word.trim_end().chars().map(sanitize::cells).sum();
            if used > indent && used + width > cells && !word.trim().is_empty() {
                lines.push(current.trim_end().to_owned());
                (current, used) = (" ".repeat(indent), indent);
                // A line that begins so would be a command to GitHub's runner.
                if word.starts_with("::") {
                    current.push('·');
                }
            }
            current.push_str(word);
            used += word.chars().map(sanitize::cells).sum::<usize>();
        }
        lines.push(current);
    }
    lines.join("\n")
}
