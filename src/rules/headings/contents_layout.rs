//! Writes a table of contents as its first entries of each depth are written.

use crate::{
    document::Document,
    markdown::{Node, NodeKind, TableOfContents},
    text::Span,
};

/// How the items of each depth are written: as the first of that depth.
pub(super) struct ContentsLayout(Vec<Depth>);

struct Depth {
    /// Before the marker.
    indentation: String,
    /// The marker, or what follows the number in it.
    marker: String,
    is_numbered: bool,
    /// Between the marker and the link.
    gap: String,
}

impl ContentsLayout {
    pub(super) fn of(doc: &Document, table: &TableOfContents<'_>) -> Self {
        let mut depths: Vec<Depth> = Vec::new();
        for entry in &table.entries {
            let is_list = |node: &Node<'_>| node.kind() == NodeKind::List;
            let depth = entry.item.ancestors().filter(is_list).count() - 1;
            if depth == depths.len() {
                let line = doc.line(doc.lines.line_of(entry.link.start));
                let before = doc.slice(Span::new(line.start, entry.link.start));
                depths.push(Depth::of(before));
            }
        }
        Self(depths)
    }

    pub(super) fn line(&self, depth: usize, number: usize, link: &str) -> String {
        let last = &self.0[depth.min(self.0.len() - 1)];
        let deeper = " ".repeat(depth.saturating_sub(self.0.len() - 1) * last.width());
        let number = if last.is_numbered { number.to_string() } else { String::new() };
        format!("{}{deeper}{number}{}{}{link}", last.indentation, last.marker, last.gap)
    }
}

impl Depth {
    /// Reads what is before the link of an item.
    fn of(before: &str) -> Self {
        let rest = before.trim_start();
        let indentation = before[..before.len() - rest.len()].to_owned();
        let marker = rest.trim_end();
        let gap = rest[marker.len()..].to_owned();
        let bullet = marker.trim_start_matches(|c: char| c.is_ascii_digit());
        Self { indentation, marker: bullet.to_owned(), is_numbered: bullet.len() < marker.len(), gap }
    }

    /// The columns to the link of an item with a number of one digit.
    fn width(&self) -> usize {
        usize::from(self.is_numbered) + self.marker.len() + self.gap.len()
    }
}

/// A text as that of a link.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
