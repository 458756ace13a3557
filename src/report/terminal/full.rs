//! `full`: every finding in order, with excerpts, what to do about it, and what a fix would change.

use std::io::{self, BufWriter, Write};

use termcolor::Buffer;

use super::{closing::Closing, colored, drawing::Drawing};
use crate::{
    diagnostic::Diagnostic,
    report::{Color, RenderOptions, Reporter, concise},
    run::Run,
};

/// Findings of a file that are drawn. The others are one line each, as in `concise`: drawings of a long line are many times
/// as long as the line.
const MAX_DRAWN: usize = 1_000;

pub(in crate::report) struct Full {
    options: RenderOptions,
}

impl Full {
    pub(in crate::report) fn new(options: RenderOptions) -> Self {
        Self { options }
    }
}

impl Reporter for Full {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<Shown<'_>> = run.diagnostics.iter().map(Shown::alone).collect();
        write(run, &findings, &Closing::of(run), &self.options, out)
    }
}

/// A finding that is drawn.
pub(super) struct Shown<'a> {
    pub diagnostic: &'a Diagnostic,
    /// What is said below it of equal findings.
    pub notes: Vec<String>,
}

impl<'a> Shown<'a> {
    fn alone(diagnostic: &'a Diagnostic) -> Self {
        Self { diagnostic, notes: vec![] }
    }
}

/// Draws findings and what closes the report.
pub(super) fn write(
    run: &Run,
    findings: &[Shown<'_>],
    closing: &Closing<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let out = &mut *colored(options.color, &mut out);
    let mut buffer = match options.color {
        Color::Never => Buffer::no_color(),
        Color::Always => Buffer::ansi(),
    };
    let mut names = concise::names(run);
    for file in findings.chunk_by(|one, next| one.diagnostic.primary.path == next.diagnostic.primary.path) {
        let (drawn, listed) = file.split_at(file.len().min(MAX_DRAWN));
        for Shown { diagnostic, notes } in drawn {
            buffer.clear();
            Drawing::new(run, diagnostic, options).with_notes(notes).write(&mut buffer, out)?;
        }
        for Shown { diagnostic, notes } in listed {
            concise::line(&mut names, diagnostic, out)?;
            notes.iter().try_for_each(|note| writeln!(out, "  = {note}"))?;
        }
        if !listed.is_empty() {
            writeln!(out)?;
        }
    }
    closing.write(out)?;
    out.flush()
}
