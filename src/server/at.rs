//! What is at a place of a page.

use crate::{
    data::{Node, Segment},
    document::Document,
    links,
    markdown::{Definition, Heading, NodeData, NodeKind, Typed},
    suppress::RuleName,
    text::Span,
};

/// A place in front matter.
pub(super) struct FrontMatterPlace<'d> {
    /// The path of the value.
    pub(super) path: Vec<Segment>,
    /// The bytes of the key or the value, whichever is there.
    pub(super) span: Span,
    /// The value.
    pub(super) value: &'d Node,
}

/// The key or value at an offset of front matter.
pub(super) fn entry_at(document: &Document, offset: u32) -> Option<FrontMatterPlace<'_>> {
    let front_matter = document.front_matter.as_ref()?;
    entry_in(front_matter.tree.root.as_ref()?, offset)
}

/// The key or value at an offset of a tree: the innermost one.
pub(super) fn entry_in(root: &Node, offset: u32) -> Option<FrontMatterPlace<'_>> {
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    let (mut node, mut path) = (root, Vec::new());
    let mut found = None;
    loop {
        let entry = node.entries().iter().find(|entry| holds(entry.key.span) || holds(entry.value.span));
        if let Some(entry) = entry {
            path.push(Segment::key(entry.key.text()?));
            if holds(entry.key.span) {
                return Some(FrontMatterPlace { path, span: entry.key.span, value: &entry.value });
            }
            node = &entry.value;
        } else if let Some(index) = node.items().iter().position(|item| holds(item.span)) {
            path.push(Segment::Index(index));
            node = &node.items()[index];
        } else {
            return found;
        }
        found = Some(FrontMatterPlace { path: path.clone(), span: node.span, value: node });
    }
}

/// The URL whose link, image, definition or value an offset is in: the innermost one.
pub(super) fn target_at(document: &Document, offset: u32) -> Option<&links::UrlTarget> {
    let holds = |target: &&links::UrlTarget| target.owner.start <= offset && offset <= target.owner.end;
    document.targets().iter().filter(holds).min_by_key(|target| target.owner.len())
}

/// The definition that a reference at an offset reads.
pub(super) fn definition_at(document: &Document, offset: u32) -> Option<(&Definition, Span)> {
    let nodes = document.ast.of(NodeKind::Link).chain(document.ast.of(NodeKind::Image));
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    let references = nodes.filter(|node| holds(node.span())).filter_map(|node| match node.data() {
        NodeData::Link(link) => {
            Some((document.ast.definition(link.label?.of(&document.source))?, node.span()))
        }
        _ => None,
    });
    references.min_by_key(|(_, span)| span.len())
}

/// The heading at an offset.
pub(super) fn heading_at(document: &Document, offset: u32) -> Option<Typed<'_, Heading>> {
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    document.ast.headings().find(|heading| holds(heading.span()))
}

/// The rule that a comment names at an offset.
pub(super) fn name_at(document: &Document, offset: u32) -> Option<&RuleName> {
    let names = document.suppressions.directives.iter().flat_map(|directive| &directive.names);
    names.into_iter().find(|name| name.span.start <= offset && offset <= name.span.end)
}
