//! `json-lines`: one finding of `json` a line and nothing else.

use std::io::{self, BufWriter, Write};

use super::{Reporter, json, json_text};
use crate::run::Run;

pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for finding in json::findings(run) {
            json_text::write(&mut out, &finding)?;
            writeln!(out)?;
        }
        out.flush()
    }
}
