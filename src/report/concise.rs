//! `concise`: one line a finding, `path:line:column: severity[rule]: message`; columns count code points.

use std::io::{self, BufWriter, Write};

use super::{Reporter, marks, shown_path};
use crate::{diagnostic::Diagnostic, run::Run};

pub(super) struct Concise;

impl Reporter for Concise {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for diagnostic in &run.diagnostics {
            line(run, diagnostic, &mut out)?;
        }
        out.flush()
    }
}

fn line(run: &Run, diagnostic: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
    let Diagnostic { rule, severity, message, primary, .. } = diagnostic;
    let source = run.sources.get(&primary.path);
    let span = primary.span.fit(&source.text);
    let at = source.lines.position(&source.text, span.start);
    let path = shown_path(run, &primary.path);
    let message = marks::visible(message);
    writeln!(out, "{path}:{}:{}: {}[{rule}]: {message}", at.line, at.column, severity.name())
}
