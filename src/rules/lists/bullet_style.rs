use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{List, ListMarker, Node, NodeKind, Typed},
    rule::{Fixable, Rule},
    rules::consistent::Consistent,
    text::Span,
};

/// The marker of bullet lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum BulletMarker {
    /// `*`
    Asterisk,
    /// `+`
    Plus,
    /// `-`
    Dash,
    /// One for each level of nesting, different from that of the level above.
    Sublist,
}

declare_rule! {
    /// Inconsistent bullet list marker
    ///
    /// ## What it does
    ///
    /// Checks that the bullet lists of a page use the same marker, `-`, `*` or `+`.
    ///
    /// ## Why is this bad?
    ///
    /// All markers render the same. A single one makes the source easier to read and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// - Tides
    ///
    /// Harbours:
    ///
    /// * Quay
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// - Tides
    ///   - Spring tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces the markers of the whole list, and the rendered page stays the same. No fix
    /// is offered next to another list, because the two could become one.
    ///
    /// ## References
    ///
    /// - [CommonMark: Lists](https://spec.commonmark.org/0.31.2/#lists)
    pub struct BulletStyle {
        /// The list marker; `consistent` uses that of the first list in the page, `sublist` one for each level.
        style: Consistent<BulletMarker> = Consistent::First,
    }
    id = "bullet-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD004", "ul-style"],
}

impl Rule for BulletStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut style = self.style;
        let mut by_level: Vec<Option<u8>> = Vec::new();
        for list in doc.ast.lists() {
            let ListMarker::Bullet(actual) = list.marker else { continue };
            let expected = match style.or_first(BulletMarker::of(actual)) {
                BulletMarker::Asterisk => b'*',
                BulletMarker::Plus => b'+',
                BulletMarker::Dash => b'-',
                BulletMarker::Sublist => level_marker(list, actual, &mut by_level),
            };
            if actual != expected {
                report(doc, list, expected, sink);
            }
        }
    }
}

impl BulletMarker {
    const fn of(marker: u8) -> Self {
        match marker {
            b'*' => Self::Asterisk,
            b'+' => Self::Plus,
            _ => Self::Dash,
        }
    }
}

/// The marker for a level of nesting: that of its first list, unless the level above uses the same.
fn level_marker(list: Typed<'_, List>, marker: u8, by_level: &mut Vec<Option<u8>>) -> u8 {
    let level = list.node().ancestors().filter(|node| node.kind() == NodeKind::List).count();
    if by_level.len() <= level {
        by_level.resize(level + 1, None);
    }
    let above = level.checked_sub(1).and_then(|above| by_level[above]);
    *by_level[level].get_or_insert(if above == Some(marker) { other(marker) } else { marker })
}

const fn other(marker: u8) -> u8 {
    match marker {
        b'-' => b'+',
        b'+' => b'*',
        _ => b'-',
    }
}

/// Reports every item of a list. The fix changes them all, because a list with two kinds of markers is two lists; next
/// to another list, it could merge the two.
fn report(doc: &Document, list: Typed<'_, List>, expected: u8, sink: &mut Sink<'_>) {
    let markers: Vec<Span> =
        list.node().children().map(|item| Span::new(item.span().start, item.span().start + 1)).collect();
    let expected = char::from(expected).to_string();
    let edits = || markers.iter().map(|&span| Edit { span, content: expected.clone() }).collect();
    let is_list = |node: Option<Node<'_>>| node.is_some_and(|it| it.kind() == NodeKind::List);
    let could_merge = is_list(list.node().previous_sibling()) || is_list(list.node().next_sibling());
    for &marker in &markers {
        let message = format!("list marker is `{}`, expected `{expected}`", doc.slice(marker));
        let diagnostic = sink.report(marker, message);
        if could_merge {
            diagnostic.help(format!("use `{expected}`"));
        } else {
            let title = format!("Use `{expected}` for the whole list");
            diagnostic.fix(Fix::new(title, Applicability::Safe, edits()));
        }
    }
}
