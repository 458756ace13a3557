//! `full`: every finding in order, with excerpts, what to do about it, and what a fix would change.

use std::io::{self, BufWriter, Write};

use termcolor::{Ansi, Buffer, NoColor, WriteColor};

use super::{Color, RenderOptions, Reporter, closing::Closing, drawing::Drawing};
use crate::{diagnostic::Diagnostic, run::Run};

pub(super) struct Full {
    options: RenderOptions,
}

impl Full {
    pub(super) fn new(options: RenderOptions) -> Self {
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
    match options.color {
        Color::Never => write_to(run, findings, closing, options, &mut NoColor::new(&mut out))?,
        Color::Always => write_to(run, findings, closing, options, &mut Ansi::new(&mut out))?,
    }
    out.flush()
}

fn write_to(
    run: &Run,
    findings: &[Shown<'_>],
    closing: &Closing<'_>,
    options: &RenderOptions,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let mut buffer = match options.color {
        Color::Never => Buffer::no_color(),
        Color::Always => Buffer::ansi(),
    };
    for Shown { diagnostic, notes } in findings {
        buffer.clear();
        Drawing::new(run, diagnostic, options).with_notes(notes).write(&mut buffer, out)?;
    }
    closing.write(out)
}
