//! `statistics`: the table of rules alone.

use std::io::{self, BufWriter, Write};

use super::{closing::Closing, colored};
use crate::{
    report::{Color, RenderOptions, Reporter},
    run::Run,
};

pub(in crate::report) struct Statistics {
    color: Color,
}

impl Statistics {
    pub(in crate::report) fn new(options: &RenderOptions) -> Self {
        Self { color: options.color }
    }
}

impl Reporter for Statistics {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        Closing::of(run).write_statistics(&mut *colored(self.color, &mut out))?;
        out.flush()
    }
}
