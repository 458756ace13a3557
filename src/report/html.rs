//! `html`: one page that needs nothing else and shows each file with its findings marked in the text, as a copy editor
//! would, for people who do not live in a terminal. Columns count code points.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
};

use super::{
    Reporter,
    reported::{ReportedDiagnostic, reported, web_page},
    summary::Counts,
    xml::escape,
};
use crate::{
    diagnostic::Severity,
    run::Run,
    sources::SourceText,
    text::{Span, quantity},
};

/// Lines up to which a file is shown whole.
const WHOLE: u32 = 1500;

/// Lines that are shown around those with findings, where a file is not shown whole.
const AROUND: u32 = 3;

pub(super) struct Html;

impl Reporter for Html {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let all: Vec<ReportedDiagnostic<'_>> = reported(run).collect();
        let files: Vec<&[ReportedDiagnostic<'_>]> = all.chunk_by(|one, next| one.path == next.path).collect();
        head(run, &files, &mut out)?;
        for (number, file) in files.iter().enumerate() {
            sheet(number, file, &mut out)?;
        }
        writeln!(out, "</body>\n</html>")?;
        out.flush()
    }
}

/// Everything above the first file. The page may load nothing and run nothing, whatever should get into it.
fn head(run: &Run, files: &[&[ReportedDiagnostic<'_>]], out: &mut impl Write) -> io::Result<()> {
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>copydesk</title>\n<style>\n{}</style>\n</head>\n<body>", include_str!("html.css"))?;
    writeln!(out, "<h1>{}</h1>", Counts::of(run))?;
    for error in &run.errors {
        let message = escape(&error.to_string());
        writeln!(out, "<div class=\"note error\"><p>{message}</p></div>")?;
    }
    if files.is_empty() {
        return Ok(());
    }
    writeln!(out, "<nav>\n<ul>")?;
    for (number, file) in files.iter().enumerate() {
        let (path, count) = (escape(&file[0].path), quantity(file.len(), "finding"));
        writeln!(out, "<li><a href=\"#file-{number}\">{path}</a>: {count}</li>")?;
    }
    writeln!(out, "</ul>\n</nav>")
}

/// One file with its findings, of which there is one at least.
fn sheet(number: usize, all: &[ReportedDiagnostic<'_>], out: &mut impl Write) -> io::Result<()> {
    let source = &all[0].source;
    let mut notes: BTreeMap<u32, Vec<&ReportedDiagnostic<'_>>> = BTreeMap::new();
    for reported in all {
        notes.entry(reported.range.start.line - 1).or_default().push(reported);
    }
    let mut marks = Marks::new(source, all);
    let lines = source.lines.line_count();
    writeln!(out, "<h2 id=\"file-{number}\">{}</h2>\n<div class=\"sheet\">", escape(&all[0].path))?;
    let mut last = None;
    for line in 0..lines {
        let near = line.saturating_sub(AROUND)..=line + AROUND;
        if lines > WHOLE && notes.range(near).next().is_none() {
            continue;
        }
        if last.is_some_and(|last| last + 1 < line) {
            writeln!(out, "<div class=\"cut\">…</div>")?;
        }
        last = Some(line);
        let text = marks.line(source.lines.line_span(&source.text, line));
        let number = format!("<span class=\"number\">{}</span>", line + 1);
        writeln!(out, "<div class=\"line\">{number}<span class=\"text\">{text}</span></div>")?;
        notes.get(&line).into_iter().flatten().try_for_each(|reported| note(reported, out))?;
    }
    writeln!(out, "</div>")
}

/// What is wrong in a line, what to do, and the rule.
fn note(reported: &ReportedDiagnostic<'_>, out: &mut impl Write) -> io::Result<()> {
    let severity = reported.diagnostic.severity.name();
    write!(out, "<div class=\"note {severity}\"><p><b>{severity}</b>: {}</p>", escape(&reported.message()))?;
    for line in reported.help() {
        write!(out, "<p>{}</p>", escape(line))?;
    }
    for label in &reported.diagnostic.secondary {
        let Some(message) = &label.message else { continue };
        write!(out, "<p>{}</p>", escape(message))?;
    }
    let (rule, column) = (reported.diagnostic.rule.id, reported.range.start.column);
    let rule = match web_page(reported.diagnostic.rule) {
        Some(url) => format!("<a href=\"{}\">{rule}</a>", escape(&url)),
        None => rule.to_owned(),
    };
    writeln!(out, "<p class=\"rule\">{rule}, column {column}</p></div>")
}

/// The places of a file's findings, as one goes through its text.
struct Marks<'a> {
    source: &'a SourceText,
    events: Vec<Event>,
    /// The first event that was not passed.
    next: usize,
    /// How many places of each severity are open.
    open: [usize; 3],
}

struct Event {
    offset: u32,
    kind: Kind,
    severity: Severity,
}

/// What happens to a place. Those at one offset are in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    End,
    /// A place without any character that could be marked.
    Gap,
    Begin,
}

impl<'a> Marks<'a> {
    fn new(source: &'a SourceText, all: &[ReportedDiagnostic<'_>]) -> Self {
        let mut events = Vec::with_capacity(all.len() * 2);
        for reported in all {
            let severity = reported.diagnostic.severity;
            let span = reported.diagnostic.primary.span.fit(&source.text);
            let mut push = |offset, kind| events.push(Event { offset, kind, severity });
            if span.of(&source.text).trim_matches(['\r', '\n']).is_empty() {
                push(span.start, Kind::Gap);
            } else {
                push(span.start, Kind::Begin);
                push(span.end, Kind::End);
            }
        }
        events.sort_by_key(|event| (event.offset, event.kind));
        Self { source, events, next: 0, open: [0; 3] }
    }

    /// The next line that is shown, with what is in it marked.
    fn line(&mut self, line: Span) -> String {
        let mut html = String::new();
        let mut from = line.start;
        while let Some(&Event { offset, kind, severity }) =
            self.events.get(self.next).filter(|event| event.offset <= line.end)
        {
            let to = offset.max(line.start);
            self.part(Span::new(from, to), &mut html);
            from = to;
            self.next += 1;
            match kind {
                Kind::Begin => self.open[severity as usize] += 1,
                Kind::End => self.open[severity as usize] -= 1,
                Kind::Gap if offset >= line.start => {
                    html.extend(["<mark class=\"", severity.name(), " gap\"></mark>"]);
                }
                Kind::Gap => {}
            }
        }
        self.part(Span::new(from, line.end), &mut html);
        html
    }

    /// A part of a line in which no place begins or ends: it has the mark of the worst that is open.
    fn part(&self, span: Span, html: &mut String) {
        if span.is_empty() {
            return;
        }
        let text = escape(span.of(&self.source.text));
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        match severities.into_iter().find(|severity| self.open[*severity as usize] > 0) {
            Some(severity) => {
                html.extend(["<mark class=\"", severity.name(), "\">", &text, "</mark>"]);
            }
            None => html.push_str(&text),
        }
    }
}
