//! Colours: what each part of a report looks like where they are asked for.

use std::io;

use codespan_reporting::{
    diagnostic::{LabelStyle, Severity},
    term::WriteStyle,
};
use termcolor::{Color, ColorSpec, WriteColor};

use crate::report::fix_diff::Side;

/// A writer that knows the parts of a report.
pub(super) struct Paint<'a> {
    out: &'a mut dyn WriteColor,
    title: String,
    /// Whether codespan is writing its own word for the severity, which is not ours.
    muted: bool,
}

impl<'a> Paint<'a> {
    /// A writer for one finding, which begins with `title` instead of codespan's word for the severity.
    pub(super) fn new(out: &'a mut dyn WriteColor, title: String) -> Self {
        Self { out, title, muted: false }
    }

    /// From here on: a line that a fix removes or adds.
    pub(super) fn set_side(&mut self, side: Side) -> io::Result<()> {
        self.color(color_of_side(side))
    }

    /// From here on: the part of such a line that is not in its counterpart.
    pub(super) fn set_changed(&mut self, side: Side) -> io::Result<()> {
        let mut spec = ColorSpec::new();
        self.out.set_color(spec.set_fg(Some(color_of_side(side))).set_bold(true).set_underline(true))
    }

    fn color(&mut self, color: Color) -> io::Result<()> {
        self.out.set_color(ColorSpec::new().set_fg(Some(color)))
    }
}

impl io::Write for Paint<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.muted { Ok(bytes.len()) } else { self.out.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Paint<'_> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.out.set_color(color_of(severity).set_bold(true))?;
        self.out.write_all(self.title.as_bytes())?;
        self.muted = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.muted = false;
        self.out.set_color(ColorSpec::new().set_bold(true))
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.color(Color::Cyan)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.color(Color::Cyan)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.color(Color::Cyan)
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        match style {
            LabelStyle::Primary => self.out.set_color(&color_of(severity)),
            LabelStyle::Secondary => self.color(Color::Cyan),
        }
    }

    fn reset(&mut self) -> io::Result<()> {
        self.out.reset()
    }
}

/// The color of a severity. Blue is bright: the usual one is hard to read on black.
fn color_of(severity: Severity) -> ColorSpec {
    let mut spec = ColorSpec::new();
    match severity {
        Severity::Bug | Severity::Error => spec.set_fg(Some(Color::Red)),
        Severity::Warning => spec.set_fg(Some(Color::Yellow)),
        Severity::Note | Severity::Help => spec.set_fg(Some(Color::Blue)).set_intense(true),
    };
    spec
}

const fn color_of_side(side: Side) -> Color {
    match side {
        Side::Removed => Color::Red,
        Side::Added => Color::Green,
    }
}

/// The color of findings of a severity.
pub(super) fn severity_color(severity: crate::diagnostic::Severity) -> ColorSpec {
    color_of(drawn_as(severity))
}

/// The severity that codespan draws a finding with.
pub(super) const fn drawn_as(severity: crate::diagnostic::Severity) -> Severity {
    match severity {
        crate::diagnostic::Severity::Error => Severity::Error,
        crate::diagnostic::Severity::Warning => Severity::Warning,
        crate::diagnostic::Severity::Info => Severity::Note,
    }
}
