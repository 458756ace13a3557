//! The pages that roles of MyST name: `` {doc}`tides` `` and `` {doc}`The tides <guide/tides>` ``.

use super::targets::{TargetKind, UrlTarget};
use crate::{
    markdown::{Ast, Node, NodeKind},
    text::Span,
};

/// The role whose content is the name of a page.
pub const ROLE: &str = "{doc}";

/// The pages that the roles of a page name, in source order. A URL is the role and the name.
pub(super) fn targets(source: &str, ast: &Ast) -> Vec<UrlTarget> {
    let code = ast.of(NodeKind::Code).map(Node::span);
    let roles = code.filter(|span| source[..span.start as usize].ends_with(ROLE));
    let named = roles.filter_map(|span| {
        let written = span.of(source).trim_matches('`');
        let inner = written.trim_end().strip_suffix('>').and_then(|text| text.rsplit_once('<'));
        let name = inner.map_or(written, |(_, name)| name).trim();
        // A colon is after the name of another project.
        let is_name = !name.is_empty() && !name.starts_with('!') && !name.contains([':', '\n']);
        let from = name.as_ptr() as usize - source.as_ptr() as usize;
        let place = Span::from_range(from..from + name.len());
        let owner = Span::new(span.start - ROLE.len() as u32, span.end);
        is_name.then(|| UrlTarget::new(TargetKind::Link, format!("{ROLE}{name}"), place, owner, source))
    });
    named.collect()
}
