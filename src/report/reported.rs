//! What formats for programs need of a finding, worked out once.

use std::{borrow::Cow, path::Path, sync::Arc};

use super::{path_names::PathNames, sanitize, slashed};
use crate::{
    diagnostic::{Diagnostic, Label},
    fingerprint::Fingerprint,
    fix::{Applicability, Fix},
    rule::RuleMeta,
    run::Run,
    sources::SourceText,
    text::{Position, Span},
};

/// A finding with its file, its place and its names.
pub(super) struct ReportedDiagnostic<'a> {
    pub diagnostic: &'a Diagnostic,
    /// From the current folder, with `/` between its parts, as it is on disk: formats escape it as they must.
    pub path: String,
    pub source: Arc<SourceText>,
    pub range: Range,
    pub fingerprint: Fingerprint,
}

/// A half-open range, each end in every unit.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub start: Position,
    pub end: Position,
}

/// One range and the text for it.
pub(super) struct Replacement {
    pub span: Span,
    pub text: String,
}

/// The findings of a run, in order.
pub(super) fn reported(run: &Run) -> impl Iterator<Item = ReportedDiagnostic<'_>> {
    let mut names = PathNames::new(run, named);
    run.diagnostics.iter().zip(run.fingerprints()).map(move |(diagnostic, fingerprint)| {
        let source = run.sources.get(&diagnostic.primary.path);
        ReportedDiagnostic {
            diagnostic,
            path: names.get(&diagnostic.primary.path).to_owned(),
            range: Range::new(&source, diagnostic.primary.span),
            fingerprint,
            source,
        }
    })
}

/// The path of a label's file, from the current folder.
pub(super) fn path(run: &Run, label: &Label) -> String {
    named(run, &label.path)
}

/// A path from the current folder.
pub(super) fn named(run: &Run, path: &Path) -> String {
    slashed(&run.from_current(path))
}

/// The URL of a rule's page, where there is one that leads there from anywhere.
pub(super) fn web_page(rule: &RuleMeta) -> Option<String> {
    Some(rule.url()).filter(|url| url.starts_with("https://"))
}

/// The home of the project, where it has one.
pub(super) fn home() -> Option<&'static str> {
    Some(env!("CARGO_PKG_HOMEPAGE")).filter(|url| url.starts_with("https://"))
}

impl Range {
    pub(super) fn new(source: &SourceText, span: Span) -> Self {
        let span = span.fit(&source.text);
        let at = |offset| source.lines.position(&source.text, offset);
        Self { start: at(span.start), end: at(span.end) }
    }

    /// The last line that has something of the range: its line break alone does not make the next one part of it.
    pub(super) fn last_line(&self) -> u32 {
        let (start, end) = (self.start.line, self.end.line);
        if end > start && self.end.column == 1 { end - 1 } else { end }
    }
}

impl<'a> ReportedDiagnostic<'a> {
    /// What is wrong, in one line.
    pub(super) fn message(&self) -> String {
        sanitize::visible(&self.diagnostic.message)
    }

    /// The help, for formats that do not show the titles of fixes: without one, the title of the first fix.
    pub(super) fn help(&self) -> impl Iterator<Item = &'a str> {
        let title = self.diagnostic.fixes.first().map(|fix| &*fix.title);
        let help = self.diagnostic.help.as_deref().or(title);
        help.into_iter().flat_map(str::lines).filter(|line| !line.is_empty())
    }

    /// The message and, on separate lines, the help.
    pub(super) fn advice(&self) -> String {
        let mut advice = self.message();
        for line in self.help() {
            advice.push('\n');
            advice.push_str(&sanitize::visible(line));
        }
        advice
    }

    /// The fixes that a program may apply, the best first.
    pub(super) fn applicable(&self) -> impl Iterator<Item = &'a Fix> + use<'a> {
        self.diagnostic.fixes.iter().filter(|fix| fix.applicability > Applicability::DisplayOnly)
    }

    /// A fix as one replacement, for formats that know no others: the text between its edits is part of it.
    ///
    /// `None` where that text holds a secret, which must be shown by no report and damaged by no fix.
    pub(super) fn replacement(&self, fix: &Fix) -> Option<Replacement> {
        let edits = fix.edits();
        let span = edits.first()?.span.join(edits.last()?.span);
        let mut text = String::new();
        let mut at = span.start;
        for edit in edits {
            let between = Span::new(at, edit.span.start);
            if !between.is_empty() && self.source.hides(between) {
                return None;
            }
            text.push_str(self.source.text.get(between.range())?);
            text.push_str(&edit.content);
            at = edit.span.end;
        }
        Some(Replacement { span, text })
    }
}

/// A path as a relative reference (RFC 3986, section 4.2): whatever could mean something else is percent-encoded.
pub(super) fn uri(path: &str) -> Cow<'_, str> {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    if path.bytes().all(stays) {
        return Cow::Borrowed(path);
    }
    let mut uri = String::with_capacity(path.len() + 16);
    for byte in path.bytes() {
        if stays(byte) {
            uri.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    Cow::Owned(uri)
}
