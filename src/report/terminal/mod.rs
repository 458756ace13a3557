//! Reports for people: excerpts with underlines, colours, a table of rules. The program has them; the library alone does
//! not, nor the crates that draw them.

use std::io::Write;

use termcolor::{Ansi, NoColor, WriteColor};

use super::Color;

mod closing;
mod drawing;
mod full;
mod hyperlinks;
mod lines;
mod overview;
mod snippet;
mod statistics;
mod style;
mod underline;

pub(super) use full::Full;
pub(super) use lines::TotaledLines;
pub(super) use overview::Overview;
pub(super) use statistics::Statistics;

/// A writer that passes colours on if the report may hold them.
fn colored<'a>(color: Color, out: &'a mut dyn Write) -> Box<dyn WriteColor + 'a> {
    match color {
        Color::Never => Box::new(NoColor::new(out)),
        Color::Always => Box::new(Ansi::new(out)),
    }
}
