//! `junit`: each file a suite, each finding a case, as Jenkins' XSD has it. An error or a warning is a case that
//! failed; an info is one that passed and has something to say. Names hold no lines, so that a case keeps its history.

use std::io::{self, BufWriter, Write};

use super::{
    Reporter,
    reported::{ReportedDiagnostic, reported},
    slashed,
    xml::escape,
};
use crate::{
    diagnostic::Severity,
    run::{Error, Run},
};

pub(super) struct Junit;

impl Reporter for Junit {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let all: Vec<ReportedDiagnostic<'_>> = reported(run).collect();
        let (tests, errors) = (all.len() + run.errors.len(), run.errors.len());
        let failures = failures(&all);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        let numbers = format!("tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\"", tests.max(1));
        writeln!(out, "<testsuites name=\"copydesk\" {numbers}>")?;
        for error in &run.errors {
            trouble(error, &mut out)?;
        }
        for file in all.chunk_by(|one, next| one.path == next.path) {
            suite(file, &mut out)?;
        }
        if tests == 0 {
            // Readers of such reports take one without any case for a run that failed.
            writeln!(out, "  <testsuite name=\"copydesk\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
            writeln!(out, "    <testcase name=\"no findings\" classname=\"copydesk\"/>")?;
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")?;
        out.flush()
    }
}

fn failures(all: &[ReportedDiagnostic<'_>]) -> usize {
    all.iter().filter(|reported| reported.diagnostic.severity > Severity::Info).count()
}

/// The findings of one file, of which there is one at least.
fn suite(all: &[ReportedDiagnostic<'_>], out: &mut impl Write) -> io::Result<()> {
    let (name, tests, failures) = (escape(&all[0].path), all.len(), failures(all));
    writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    all.iter().try_for_each(|reported| case(reported, &name, out))?;
    writeln!(out, "  </testsuite>")
}

fn case(reported: &ReportedDiagnostic<'_>, path: &str, out: &mut impl Write) -> io::Result<()> {
    let (rule, message) = (reported.diagnostic.rule.id, escape(&reported.message()));
    let at = reported.range.start;
    let text = format!("{path}:{}:{}: {}", at.line, at.column, escape(&reported.advice()));
    writeln!(out, "    <testcase name=\"{rule}: {message}\" classname=\"{path}\">")?;
    match reported.diagnostic.severity {
        Severity::Info => writeln!(out, "      <system-out>{text}</system-out>")?,
        severity => {
            let kind = severity.name();
            writeln!(out, "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>")?;
        }
    }
    writeln!(out, "    </testcase>")
}

/// A file that could not be checked.
fn trouble(error: &Error, out: &mut impl Write) -> io::Result<()> {
    let (path, message) = (escape(&slashed(error.path())), escape(&error.to_string()));
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">")?;
    writeln!(out, "    <testcase name=\"copydesk\" classname=\"{path}\">")?;
    writeln!(out, "      <error type=\"error\" message=\"{message}\"/>")?;
    writeln!(out, "    </testcase>")?;
    writeln!(out, "  </testsuite>")
}
