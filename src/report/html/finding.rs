//! One finding: what is wrong, the paragraph around it, what a fix changes, and related places.

use std::{
    collections::HashMap,
    io::{self, Write},
    ops::RangeInclusive,
    path::Path,
};

use super::prose;
use crate::{
    diagnostic::Label,
    fix::{Applicability, Fix},
    report::{
        WebRevision,
        excerpt::Excerpt,
        fix_diff::{LineChange, Side},
        reported::{Range, ReportedDiagnostic, path, web_page},
        xml::escape,
    },
    run::Run,
    sources::SourceText,
    text::Span,
};

/// Characters of a line that are shown; more than most paragraphs have.
const MAX_LINE: usize = 900;

/// Lines of a paragraph that are shown on each side.
const AROUND: u32 = 4;

/// Lines of front matter that are shown on each side.
const AROUND_KEY: u32 = 1;

/// Lines that are shown of a finding that has many.
const MAX_LINES: u32 = 12;

/// Related places that are listed.
const MAX_RELATED: usize = 10;

/// Writes a finding. `body` is the line after the front matter; `None` leaves the text around the finding out.
pub(super) fn write(
    run: &Run,
    reported: &ReportedDiagnostic<'_>,
    body: Option<u32>,
    ids: &HashMap<&Path, String>,
    revision: Option<&WebRevision>,
    out: &mut impl Write,
) -> io::Result<()> {
    let diagnostic = reported.diagnostic;
    let (severity, rule) = (diagnostic.severity.name(), diagnostic.rule);
    writeln!(
        out,
        "<article class=\"finding {severity}\" data-severity=\"{severity}\" data-rule=\"{}\" tabindex=\"-1\">",
        escape(rule.id)
    )?;
    let message = prose(&reported.message());
    writeln!(out, "<h3><span class=\"severity\">{severity}</span> {message}</h3>")?;
    if let Some(body) = body {
        lines(reported, body, out)?;
    }
    if let Some(note) = &diagnostic.primary.message {
        writeln!(out, "<p>{}</p>", prose(note))?;
    }
    if let Some(fix) = diagnostic.fixes.first() {
        let kind = match fix.applicability {
            Applicability::Safe => "Fix",
            Applicability::Unsafe => "Suggested fix",
            Applicability::DisplayOnly => "Suggestion",
        };
        writeln!(out, "<p>{kind}: {}</p>", prose(&fix.title))?;
        if body.is_some() {
            change(&reported.source, fix, out)?;
        }
    }
    for line in diagnostic.help_beside_fix().into_iter().flat_map(str::lines).filter(|line| !line.is_empty())
    {
        writeln!(out, "<p>{}</p>", prose(line))?;
    }
    related(run, &diagnostic.secondary, ids, revision, out)?;
    let name = escape(rule.id);
    let rule = match web_page(rule) {
        Some(url) => format!("<a href=\"{}\">{name}</a>", escape(&url)),
        None => name,
    };
    let at = reported.range.start;
    let place = format!("line {}, column {}", at.line, at.column);
    let place = match url(run, &diagnostic.primary, &reported.range, revision) {
        Some(url) => format!("<a href=\"{}\">{place}</a>", escape(&url)),
        None => place,
    };
    writeln!(out, "<p class=\"place\">{rule} · {place}</p>\n</article>")
}

/// The paragraph around a finding, with its place marked.
fn lines(reported: &ReportedDiagnostic<'_>, body: u32, out: &mut impl Write) -> io::Result<()> {
    let source = &reported.source;
    let span = reported.diagnostic.primary.span.fit(&source.text);
    let first = reported.range.start.line - 1;
    let last = (reported.range.last_line() - 1).max(first);
    let shown = paragraph(source, first..=last, body);
    writeln!(out, "<div class=\"text\">")?;
    for line in shown.clone().take(MAX_LINES as usize) {
        row(&(line + 1).to_string(), "line", &marked(source, line, span), out)?;
    }
    if shown.count() > MAX_LINES as usize {
        row("", "line", "…", out)?;
    }
    writeln!(out, "</div>")
}

fn row(number: &str, class: &str, html: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<span class=\"number\">{number}</span><span class=\"{class}\">{html}</span>")
}

/// The lines around some, up to blank ones.
fn paragraph(source: &SourceText, lines: RangeInclusive<u32>, body: u32) -> RangeInclusive<u32> {
    let text = |line: u32| source.lines.line_span(&source.text, line).of(&source.text);
    let is_text = |line: &u32| !text(*line).trim().is_empty();
    let (first, last) = (*lines.start(), *lines.end());
    let around = if first < body { AROUND_KEY } else { AROUND };
    let above = (first.saturating_sub(around)..first).rev().take_while(is_text).last().unwrap_or(first);
    let end = source.lines.line_count().min(last + around + 1);
    let below = (last + 1..end).take_while(is_text).last().unwrap_or(last);
    above..=below
}

/// A line with the part of the span that is in it marked.
fn marked(source: &SourceText, line: u32, span: Span) -> String {
    let whole = source.lines.line_span(&source.text, line);
    let text = whole.of(&source.text);
    let touches = span.start <= whole.end && span.end >= whole.start;
    let (from, to) = (span.start.clamp(whole.start, whole.end), span.end.clamp(whole.start, whole.end));
    let range = (from - whole.start) as usize..(to.max(from) - whole.start) as usize;
    let excerpt = Excerpt::new(text, std::slice::from_ref(&range), MAX_LINE);
    let shown = |part: &str| escape(&part.replace('\t', "    "));
    let is_inside = touches && (from < to || span.is_empty() || span.start == whole.end);
    if !is_inside {
        return shown(&excerpt.text);
    }
    let (start, end) = (excerpt.at(range.start), excerpt.at(range.end).max(excerpt.at(range.start)));
    let (before, rest) = excerpt.text.split_at(start);
    let (inside, after) = rest.split_at(end - start);
    let mark = if inside.is_empty() {
        "<mark class=\"gap\"></mark>".to_owned()
    } else {
        format!("<mark>{}</mark>", shown(inside))
    };
    format!("{}{mark}{}", shown(before), shown(after))
}

/// What a fix changes.
fn change(source: &SourceText, fix: &Fix, out: &mut impl Write) -> io::Result<()> {
    let change = LineChange::new(source, fix, MAX_LINE);
    if change.rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "<div class=\"change\">")?;
    for line in &change.rows {
        let (before, changed, after) = line.shown(MAX_LINE);
        let (sign, class, tag) = match line.side {
            Side::Removed => ("−", "line removed", "del"),
            Side::Added => ("+", "line added", "ins"),
        };
        let changed =
            if changed.is_empty() { String::new() } else { format!("<{tag}>{}</{tag}>", escape(&changed)) };
        row(sign, class, &format!("{}{changed}{}", escape(&before), escape(&after)), out)?;
    }
    if change.is_cut {
        row("", "line", "…", out)?;
    }
    writeln!(out, "</div>")
}

/// Other places that explain the finding, with links to them.
fn related(
    run: &Run,
    labels: &[Label],
    ids: &HashMap<&Path, String>,
    revision: Option<&WebRevision>,
    out: &mut impl Write,
) -> io::Result<()> {
    if labels.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul class=\"related\">")?;
    for label in labels.iter().take(MAX_RELATED) {
        let source = run.sources.get(&label.path);
        let range = Range::new(&source, label.span);
        let place = escape(&format!("{}:{}", path(run, label), range.start.line));
        let page = ids.get(&*label.path).map(|id| format!("#{id}"));
        let place = match url(run, label, &range, revision).or(page) {
            Some(url) => format!("<a href=\"{}\">{place}</a>", escape(&url)),
            None => place,
        };
        let message =
            label.message.as_deref().map_or(String::new(), |message| format!(": {}", prose(message)));
        let line = source.lines.line_span(&source.text, range.start.line - 1).of(&source.text).trim();
        let excerpt = Excerpt::new(line, &[], MAX_LINE / 4).text.replace('\t', " ");
        writeln!(out, "<li>{place}{message} <code>{}</code></li>", escape(&excerpt))?;
    }
    if labels.len() > MAX_RELATED {
        writeln!(out, "<li>and {} more</li>", labels.len() - MAX_RELATED)?;
    }
    writeln!(out, "</ul>")
}

/// Where a place can be read on the web.
fn url(run: &Run, label: &Label, range: &Range, revision: Option<&WebRevision>) -> Option<String> {
    revision?.url_of(&run.root.join(&label.path), range.start.line..=range.last_line())
}
