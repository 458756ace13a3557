//! `markdown`: a table for the summary of a step or a comment on a change. Nothing in it is Markdown but its own:
//! names and texts of pages cannot make links, mentions, HTML or cells.

use std::{
    fmt::Write as _,
    io::{self, Write},
    sync::Arc,
};

use super::{
    RenderOptions, Reporter, WebRevision,
    reported::{ReportedDiagnostic, reported, web_page},
    sanitize,
    summary::Counts,
};
use crate::{diagnostic::Severity, run::Run, text::quantity};

/// Bytes of rows. A comment on GitHub may have 65,536 characters; what is left is for the words around the table.
const MOST: usize = 60_000;

pub(super) struct Markdown {
    revision: Option<Arc<WebRevision>>,
}

impl Markdown {
    pub(super) fn new(options: RenderOptions) -> Self {
        Self { revision: options.revision }
    }

    /// The URL of the lines of a finding.
    fn url(&self, run: &Run, reported: &ReportedDiagnostic<'_>) -> Option<String> {
        let lines = reported.range.start.line..=reported.range.last_line();
        self.revision.as_deref()?.url_of(&run.root.join(&reported.diagnostic.primary.path), lines)
    }
}

impl Reporter for Markdown {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut text = format!("### copydesk: {}\n", Counts::of(run));
        for error in &run.errors {
            push_fitting(&mut text, &format!("\n- ❌ {}", prose(&error.to_string())));
        }
        if !run.errors.is_empty() {
            text.push('\n');
        }
        let mut left = run.diagnostics.len() + run.unlisted.len();
        if !run.diagnostics.is_empty() {
            text.push_str("\n| | place | finding | rule |\n| --- | --- | --- | --- |\n");
            for reported in reported(run) {
                if !push_fitting(&mut text, &row(&reported, self.url(run, &reported).as_deref())) {
                    break;
                }
                left -= 1;
            }
        }
        if left > 0 {
            writeln!(text, "\n… and {}.", quantity(left, "more finding"))
                .expect("writing to a string cannot fail");
        }
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}

/// Adds a text where there is room for it, and says whether there was.
fn push_fitting(text: &mut String, more: &str) -> bool {
    let fits = text.len() + more.len() <= MOST;
    if fits {
        text.push_str(more);
    }
    fits
}

fn row(reported: &ReportedDiagnostic<'_>, url: Option<&str>) -> String {
    let at = reported.range.start;
    let place = linked(code(&format!("{}:{}:{}", reported.path, at.line, at.column)), url);
    let sign = match reported.diagnostic.severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Info => "💬 info",
    };
    let mut finding = prose(&reported.diagnostic.message);
    for line in reported.help() {
        write!(finding, "<br>{}", prose(line)).expect("writing to a string cannot fail");
    }
    let rule = reported.diagnostic.rule;
    let rule = linked(code(rule.id), web_page(rule).as_deref());
    format!("| {sign} | {place} | {finding} | {rule} |\n")
}

fn linked(text: String, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("[{text}]({url})"),
        None => text,
    }
}

/// A text with its code between backticks as code; a backtick without another is one.
fn prose(text: &str) -> String {
    let mut parts = text.split('`');
    let mut prose = plain(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        if let Some(after) = parts.next() {
            prose.push_str(&code(part));
            prose.push_str(&plain(after));
        } else {
            prose.push_str("&#96;");
            prose.push_str(&plain(part));
        }
    }
    prose
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", plain(text))
}

/// A text that is nothing but text. A character reference is never part of Markdown's syntax (CommonMark 0.31.2,
/// section 2.5), and no URL or e-mail address is found across one.
///
/// Mentions and numbers of issues are looked for later, in the text of the page; an element around their sign hides
/// them.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() * 2);
    for ch in sanitize::visible(text).chars() {
        match ch {
            '@' | '#' => {
                write!(plain, "<span>&#{};</span>", u32::from(ch)).expect("writing to a string cannot fail");
            }
            ' ' | ',' | ';' | '?' | '\'' | '"' | '(' | ')' | '-' => plain.push(ch),
            _ if ch.is_ascii_punctuation() => {
                write!(plain, "&#{};", u32::from(ch)).expect("writing to a string cannot fail");
            }
            _ => plain.push(ch),
        }
    }
    plain
}
