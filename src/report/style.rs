//! Colours: what each part of a report looks like where they are asked for.

use std::io;

use codespan_reporting::{
    diagnostic::{LabelStyle, Severity},
    term::WriteStyle,
};
use termcolor::{Color, ColorSpec, WriteColor};

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

    /// From here on: text that a fix takes away.
    pub(super) fn set_removed(&mut self) -> io::Result<()> {
        self.color(Color::Red)
    }

    /// From here on: text that a fix brings.
    pub(super) fn set_added(&mut self) -> io::Result<()> {
        self.color(Color::Green)
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
        self.out.set_color(ColorSpec::new().set_bold(true).set_fg(Some(color_of(severity))))?;
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
        self.color(match style {
            LabelStyle::Primary => color_of(severity),
            LabelStyle::Secondary => Color::Cyan,
        })
    }

    fn reset(&mut self) -> io::Result<()> {
        self.out.reset()
    }
}

const fn color_of(severity: Severity) -> Color {
    match severity {
        Severity::Bug | Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Note | Severity::Help => Color::Blue,
    }
}
