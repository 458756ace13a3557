//! The comments of dialects, which no reader sees: `{/* … */}`, `{# … #}`,
//! `{% comment %}…{% endcomment %}`, `%% … %%`, `% …`, `{::comment}…{:/}`.

use super::super::ast::Ast;
use super::lines::Lines;
use super::overlay::{Island, IslandKind};
use crate::text::Span;

impl Ast {
    /// The comments of the dialect in source order, each with the place of its text.
    pub fn dialect_comments<'a>(&'a self, source: &'a str) -> impl Iterator<Item = (Span, Span)> + 'a {
        let islands =
            self.overlay().into_iter().flat_map(|overlay| overlay.islands.iter().chain(&overlay.guarded));
        let comments = islands.filter(|island| island.kind == IslandKind::Comment);
        comments.filter_map(|island| Some((island.span, text(island.span, source)?)))
    }
}

impl Lines<'_> {
    /// A line that is a comment in MyST: `% text`.
    pub(super) fn line_comment(&mut self, text: usize, stop: usize) -> bool {
        let is_comment = self.dialect.is_myst() && self.bytes[text..stop].starts_with(b"%");
        if is_comment {
            self.found.push(Island::new(text, stop, IslandKind::Comment));
        }
        is_comment
    }
}

/// The text of a comment.
fn text(comment: Span, source: &str) -> Option<Span> {
    let written = comment.of(source);
    let inner = if let Some(inner) = written.strip_prefix("{#") {
        inner.strip_suffix("#}")?.trim_matches('-')
    } else if let Some(inner) = written.strip_prefix("%%") {
        inner.strip_suffix("%%")?
    } else if let Some(inner) = written.strip_prefix('%') {
        inner
    } else if let Some(inner) = written.strip_prefix("{::comment}") {
        &inner[..inner.rfind("{:/")?]
    } else if written.starts_with("{%") {
        tag_text(written)?
    } else {
        let inner = written.strip_prefix('{')?.strip_suffix('}')?.trim();
        inner.strip_prefix("/*")?.strip_suffix("*/")?
    };
    let start = inner.as_ptr() as usize - written.as_ptr() as usize;
    Some(Span::new(comment.start + start as u32, comment.start + (start + inner.len()) as u32))
}

/// The text between `{% comment %}` and `{% endcomment %}`, or in `{% # … %}`.
fn tag_text(written: &str) -> Option<&str> {
    let inside = written.strip_prefix("{%")?.strip_suffix("%}")?;
    let inside = inside.trim_matches('-').trim();
    match inside.strip_prefix('#') {
        Some(text) => Some(text),
        None => Some(&inside[inside.find("%}")? + 2..inside.rfind("{%")?]),
    }
}
