//! `statistics`: the table of rules alone.

use std::io::{self, BufWriter, Write};

use termcolor::{Ansi, NoColor};

use super::{Color, RenderOptions, Reporter, closing::Closing};
use crate::run::Run;

pub(super) struct Statistics {
    color: Color,
}

impl Statistics {
    pub(super) fn new(options: &RenderOptions) -> Self {
        Self { color: options.color }
    }
}

impl Reporter for Statistics {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        match self.color {
            Color::Never => Closing::of(run).write_statistics(&mut NoColor::new(&mut out))?,
            Color::Always => Closing::of(run).write_statistics(&mut Ansi::new(&mut out))?,
        }
        out.flush()
    }
}
