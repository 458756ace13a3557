use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{List, ListMarker, NodeKind, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

/// The bullets that lists are to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// That of the page's first list.
    Consistent,
    /// `*`
    Asterisk,
    /// `+`
    Plus,
    /// `-`
    Dash,
    /// One for each level of nesting, which differs from that of the level above.
    Sublist,
}

declare_rule! {
    /// A list has another bullet than the others
    ///
    /// ## Why
    ///
    /// `-`, `*` and `+` look the same to readers of the page. One of them is easier to search for than three.
    ///
    /// ## Bad
    ///
    /// ```md
    /// - Tides
    ///
    /// Harbours:
    ///
    /// * Quay
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// - Tides
    ///   - Spring tides
    /// ```
    pub struct BulletStyle {
        /// The bullet. `consistent` takes that of the page's first list, `sublist` one for each level.
        style: Style = Style::Consistent,
    }
    id = "bullet-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD004", "ul-style"],
}

impl Rule for BulletStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut expected = self.style.bullet();
        let mut by_level: Vec<Option<u8>> = Vec::new();
        for list in doc.ast.lists() {
            let ListMarker::Bullet(bullet) = list.marker else { continue };
            let wanted = if self.style == Style::Sublist {
                level_bullet(list, bullet, &mut by_level)
            } else {
                *expected.get_or_insert(bullet)
            };
            if bullet != wanted {
                report(doc, list, wanted, sink);
            }
        }
    }
}

impl Style {
    const fn bullet(self) -> Option<u8> {
        match self {
            Self::Consistent | Self::Sublist => None,
            Self::Asterisk => Some(b'*'),
            Self::Plus => Some(b'+'),
            Self::Dash => Some(b'-'),
        }
    }
}

/// The bullet of a level of nesting: that of its first list, unless the level above has it.
fn level_bullet(list: Typed<'_, List>, bullet: u8, by_level: &mut Vec<Option<u8>>) -> u8 {
    let level = list.node().ancestors().filter(|node| node.kind() == NodeKind::List).count();
    if by_level.len() <= level {
        by_level.resize(level + 1, None);
    }
    let above = level.checked_sub(1).and_then(|above| by_level[above]);
    *by_level[level].get_or_insert(if above == Some(bullet) { other(bullet) } else { bullet })
}

const fn other(bullet: u8) -> u8 {
    match bullet {
        b'-' => b'+',
        b'+' => b'*',
        _ => b'-',
    }
}

/// Reports every item of a list. The fix changes them all, for a list with two bullets is two lists; beside another
/// list it could make one of two.
fn report(doc: &Document, list: Typed<'_, List>, wanted: u8, sink: &mut Sink<'_>) {
    let markers: Vec<Span> =
        list.node().children().map(|item| Span::new(item.span().start, item.span().start + 1)).collect();
    let wanted = char::from(wanted).to_string();
    let edits = || markers.iter().map(|&span| Edit { span, content: wanted.clone() }).collect();
    let is_beside =
        |node: Option<crate::markdown::Node<'_>>| node.is_some_and(|it| it.kind() == NodeKind::List);
    let merges = is_beside(list.node().previous_sibling()) || is_beside(list.node().next_sibling());
    for &marker in &markers {
        let found = sink.report(marker, format!("the bullet `{}`, not `{wanted}`", doc.slice(marker)));
        found.help(format!("write `{wanted}`"));
        if !merges {
            found.fix(Fix::new(format!("write `{wanted}` for the whole list"), Applicability::Safe, edits()));
        }
    }
}
