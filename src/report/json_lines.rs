//! `json-lines`: one finding of `json` a line and nothing else.

use std::io::{self, Write};

use super::{Reporter, json, json_escape};
use crate::run::Run;

pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::lines(out, json::findings(run))
    }
}
