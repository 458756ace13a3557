//! `concise` on a terminal: a line per finding, then the numbers.

use std::io::{self, BufWriter, Write};

use super::{closing::Closing, colored};
use crate::{
    report::{Color, RenderOptions, Reporter, concise},
    run::Run,
};

pub(in crate::report) struct TotaledLines {
    color: Color,
}

impl TotaledLines {
    pub(in crate::report) fn new(options: &RenderOptions) -> Self {
        Self { color: options.color }
    }
}

impl Reporter for TotaledLines {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        concise::Concise.report(run, &mut out)?;
        if !run.diagnostics.is_empty() {
            writeln!(out)?;
        }
        Closing::of(run).with_advice().write(&mut *colored(self.color, &mut out))?;
        out.flush()
    }
}
