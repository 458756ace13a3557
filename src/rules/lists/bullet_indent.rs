use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{List, Node, NodeData, NodeKind, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// A list is not indented by the usual number of blanks
    ///
    /// ## Why
    ///
    /// Two blanks a level are what the text of an item needs, and all that is needed. Lists in numbered lists are indented
    /// by what the numbers need, so they are not looked at.
    ///
    /// ## Bad
    ///
    /// ```md
    /// - Tides
    ///     - Spring tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// - Tides
    ///   - Spring tides
    /// ```
    pub struct BulletIndent {
        /// Blanks for each level.
        #[serde(deserialize_with = "crate::rules::counts::count")]
        indent: u32 = 2,
        /// Blanks before lists of the first level, with `start_indented`; as many as `indent` without it.
        #[serde(rename = "start_indent", deserialize_with = "crate::rules::counts::optional_count")]
        start_indent: Option<u32> = None,
        /// Whether lists of the first level are indented.
        #[serde(rename = "start_indented")]
        start_indented: bool = false,
    }
    id = "bullet-indent",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD007", "ul-indent"],
}

/// Columns by which everything in a footnote's definition is indented.
const FOOTNOTE_INDENT: u32 = 4;

impl Rule for BulletIndent {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for list in doc.ast.lists().filter(|list| !list.is_ordered()) {
            let Some(expected) = self.expected(list) else { continue };
            for item in list.items() {
                let indentation = indentation(doc, item.node());
                if indentation.len() == expected {
                    continue;
                }
                // Behind the marker of an item around it there is more than blanks.
                let is_blank = !indentation.is_empty() && doc.slice(indentation).trim().is_empty();
                let place = if is_blank { indentation } else { item.marker };
                let message = format!("this item is indented by {}, not by {expected}", indentation.len());
                let found = sink.report(place, message);
                found
                    .help(format!("indent it by {expected}, and what belongs to it by as much more or less"));
                if is_blank || indentation.is_empty() {
                    let title = format!("indent it by {expected}");
                    let blanks = " ".repeat(expected as usize);
                    found.fix(Fix::replace(title, Applicability::Unsafe, indentation, blanks));
                }
            }
        }
    }
}

impl BulletIndent {
    /// The blanks that a list's items are to have before them; nothing where that is not ours to say.
    fn expected(&self, list: Typed<'_, List>) -> Option<u32> {
        let nesting = nesting(list.node())?;
        let start = if self.start_indented { self.start_indent.unwrap_or(self.indent) } else { 0 };
        let in_footnote = list.node().ancestors().any(|node| node.kind() == NodeKind::FootnoteDefinition);
        let base = if in_footnote { FOOTNOTE_INDENT } else { 0 };
        Some(base.saturating_add(start).saturating_add(nesting.saturating_mul(self.indent)))
    }
}

/// In how many lists with bullets a list is, up to the next quote; nothing where a numbered list is among them.
fn nesting(list: Node<'_>) -> Option<u32> {
    let mut nesting = 0;
    for node in list.ancestors() {
        match node.data() {
            NodeData::List(outer) if outer.is_ordered() => return None,
            NodeData::List(_) => nesting += 1,
            _ if matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert) => break,
            _ => {}
        }
    }
    Some(nesting)
}

/// The blanks before an item's marker: those from the last mark of a quote in its line on, or from the line's start.
fn indentation(doc: &Document, item: Node<'_>) -> Span {
    let start = item.quote_end(&doc.source, &doc.lines);
    Span::new(start, item.span().start)
}
