//! `concise`: one line per finding, `path:line:column: severity[rule]: message`; columns count code points.
//!
//! On a terminal, the numbers follow; elsewhere nothing does, so that every line is a finding.
//!
//! A path that could be taken for something else is in quotes: `"C#/a.md":1:1: …`.

use std::io::{self, BufWriter, Write};

use super::{Reporter, path_names::PathNames, sanitize, shown_path};
use crate::{diagnostic::Diagnostic, run::Run};

pub(super) struct Concise;

impl Reporter for Concise {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut names = names(run);
        for diagnostic in &run.diagnostics {
            line(&mut names, diagnostic, &mut out)?;
        }
        out.flush()
    }
}

/// The names of files, as the lines begin with them.
pub(super) fn names(run: &Run) -> PathNames<'_> {
    PathNames::new(run, |run, path| quoted(shown_path(run, path)))
}

/// Writes the line of a finding.
pub(super) fn line(
    names: &mut PathNames<'_>,
    diagnostic: &Diagnostic,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let Diagnostic { rule, severity, message, primary, .. } = diagnostic;
    let source = names.run().sources.get(&primary.path);
    let span = primary.span.fit(&source.text);
    let at = source.lines.position(&source.text, span.start);
    let path = names.get(&primary.path);
    let message = sanitize::visible(message);
    writeln!(out, "{path}:{}:{}: {}[{}]: {message}", at.line, at.column, severity.name(), rule.id)
}

/// A path, in quotes if a reader of lines could take a part of it for something else: the end of the path, the place
/// or a finding, or, where the report ends up in a config, a section, a setting or a comment of that. In quotes, `\`
/// comes before `"` and `\`, as git quotes paths.
fn quoted(path: String) -> String {
    let is_odd = |ch: char| matches!(ch, ':' | '"' | '\\' | '=' | '#' | ';' | '[' | ']');
    let is_space = |ch: Option<char>| ch.is_some_and(char::is_whitespace);
    let is_plain = !path.contains(is_odd) && !is_space(path.chars().next()) && !is_space(path.chars().last());
    if is_plain {
        return path;
    }
    let mut quoted = String::with_capacity(path.len() + 2);
    quoted.push('"');
    for ch in path.chars() {
        if matches!(ch, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(ch);
    }
    quoted.push('"');
    quoted
}
