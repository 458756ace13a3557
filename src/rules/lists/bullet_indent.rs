use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{List, Node, NodeData, NodeKind, Typed},
    rule::{Fixable, Rule},
    text::{Span, quantity},
};

declare_rule! {
    /// Unexpected bullet list indentation
    ///
    /// ## What it does
    ///
    /// Checks that bullet lists are indented by a fixed number of spaces for each level of nesting. Lists inside
    /// ordered lists are not checked, because their indentation depends on the width of the numbers.
    ///
    /// ## Why is this bad?
    ///
    /// Two spaces for each level are what the text of a bullet list item needs. Consistent indentation makes
    /// nesting easier to see.
    ///
    /// ## Example
    ///
    /// ```md
    /// - Tides
    ///     - Spring tides
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
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because the content of the item
    /// is not moved along and could become part of another block.
    ///
    /// ## References
    ///
    /// - [CommonMark: List items](https://spec.commonmark.org/0.31.2/#list-items)
    pub struct BulletIndent {
        /// Spaces for each level.
        #[serde(deserialize_with = "crate::rules::counts::count")]
        indent: u32 = 2,
        /// Spaces before lists of the first level if `start_indented` is set; defaults to `indent`.
        #[serde(rename = "start_indent", deserialize_with = "crate::rules::counts::optional_count")]
        start_indent: Option<u32> = None,
        /// Indent lists of the first level.
        #[serde(rename = "start_indented")]
        start_indented: bool = false,
    }
    id = "bullet-indent",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD007", "ul-indent"],
}

/// Indentation of the content of a footnote definition.
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
                // After the marker of an outer item, the text before this marker is not just spaces.
                let is_whitespace = !indentation.is_empty() && doc.slice(indentation).trim().is_empty();
                let place = if is_whitespace { indentation } else { item.marker };
                let spaces = quantity(indentation.len(), "space");
                let message = format!("list item is indented by {spaces}, expected {expected}");
                let diagnostic = sink.report(place, message);
                diagnostic.help("move the content of the item along with its marker");
                if is_whitespace || indentation.is_empty() {
                    let title = match expected {
                        0 => "Remove the indentation".to_owned(),
                        _ => format!("Indent by {}", quantity(expected, "space")),
                    };
                    let content = " ".repeat(expected as usize);
                    diagnostic.fix(Fix::replace(title, Applicability::Unsafe, indentation, content));
                }
            }
        }
    }
}

impl BulletIndent {
    /// The expected indentation of the items of a list, or `None` for a list that is not checked.
    fn expected(&self, list: Typed<'_, List>) -> Option<u32> {
        let nesting = nesting(list.node())?;
        let start = if self.start_indented { self.start_indent.unwrap_or(self.indent) } else { 0 };
        let in_footnote = list.node().ancestors().any(|node| node.kind() == NodeKind::FootnoteDefinition);
        let base = if in_footnote { FOOTNOTE_INDENT } else { 0 };
        Some(base.saturating_add(start).saturating_add(nesting.saturating_mul(self.indent)))
    }
}

/// The number of bullet lists around a list, up to the next block quote, or `None` if one of them is ordered.
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

/// The text before the marker of an item, from the last block quote marker on its line or from the start of the line.
fn indentation(doc: &Document, item: Node<'_>) -> Span {
    let start = item.quote_end(&doc.source, &doc.lines);
    Span::new(start, item.span().start)
}
