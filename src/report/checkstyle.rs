//! `checkstyle`: the XML of Checkstyle, which Jenkins, reviewdog and many editors read. Columns count code points.

use std::io::{self, BufWriter, Write};

use super::{
    Reporter,
    reported::{ReportedDiagnostic, reported},
    slashed,
    xml::escape,
};
use crate::run::Run;

pub(super) struct Checkstyle;

impl Reporter for Checkstyle {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<checkstyle version=\"4.3\">")?;
        for error in &run.errors {
            writeln!(out, "  <file name=\"{}\">", escape(&slashed(error.path())))?;
            let message = escape(&error.to_string());
            let source = "copydesk.tool-error";
            writeln!(
                out,
                "    <error line=\"1\" severity=\"error\" message=\"{message}\" source=\"{source}\"/>"
            )?;
            writeln!(out, "  </file>")?;
        }
        let mut open: Option<String> = None;
        for reported in reported(run) {
            if open.as_ref() != Some(&reported.path) {
                if open.is_some() {
                    writeln!(out, "  </file>")?;
                }
                writeln!(out, "  <file name=\"{}\">", escape(&reported.path))?;
                open = Some(reported.path.clone());
            }
            finding(&reported, &mut out)?;
        }
        if open.is_some() {
            writeln!(out, "  </file>")?;
        }
        writeln!(out, "</checkstyle>")?;
        out.flush()
    }
}

fn finding(reported: &ReportedDiagnostic<'_>, out: &mut impl Write) -> io::Result<()> {
    let (at, severity) = (reported.range.start, reported.diagnostic.severity.name());
    let message = escape(&reported.advice());
    write!(out, "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\"", at.line, at.column)?;
    writeln!(out, " message=\"{message}\" source=\"copydesk.{}\"/>", reported.diagnostic.rule.id)
}
