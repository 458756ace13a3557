use std::collections::HashMap;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Engine, List, Node, NodeData, NodeKind, Typed},
    rule::{Fixable, Rule},
    text::{Span, quantity},
};

declare_rule! {
    /// Unexpected bullet list indentation
    ///
    /// ## What it does
    ///
    /// Checks that bullet lists are indented by a fixed number of spaces for each level of nesting. Lists inside
    /// ordered lists are not checked, because their indentation depends on the width of the numbers. In the indented
    /// body of a container, such as an admonition, the indentation of the body does not count.
    ///
    /// ## Why is this bad?
    ///
    /// Two spaces for each level are what the text of a bullet list item needs. Consistent indentation makes
    /// nesting easier to see. Python-Markdown, the parser of MkDocs, needs four spaces.
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
        /// Spaces for each level; defaults to 2, and to 4 in the dialect `mkdocs`.
        #[serde(deserialize_with = "crate::rules::counts::optional_count")]
        indent: Option<u32> = None,
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

/// Spaces for each level, unless the config says otherwise.
const INDENT: u32 = 2;

/// The same in Python-Markdown, which takes a list that is indented by less for a part of the outer one.
const PYTHON_MARKDOWN_INDENT: u32 = 4;

/// Indentation of the content of a footnote definition.
const FOOTNOTE_INDENT: u32 = 4;

impl Rule for BulletIndent {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut bodies = HashMap::new();
        for list in doc.ast.lists().filter(|list| !list.is_ordered()) {
            let Some(expected) = self.expected(doc, list, &mut bodies) else { continue };
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
    /// The expected indentation of the items of a list, or `None` for a list that is not checked. `bodies` keeps the
    /// indentation of the bodies of containers, which may have many lists.
    fn expected(
        &self,
        doc: &Document,
        list: Typed<'_, List>,
        bodies: &mut HashMap<usize, u32>,
    ) -> Option<u32> {
        let (nesting, container) = nesting(list.node())?;
        let indent = self.indent.unwrap_or(match doc.dialect.engine() {
            Engine::PythonMarkdown => PYTHON_MARKDOWN_INDENT,
            Engine::CommonMark | Engine::Kramdown => INDENT,
        });
        let start = if self.start_indented { self.start_indent.unwrap_or(indent) } else { 0 };
        let in_footnote = list.node().ancestors().any(|node| node.kind() == NodeKind::FootnoteDefinition);
        let base = match container {
            Some(container) => {
                *bodies.entry(container.index()).or_insert_with(|| body_indentation(doc, container))
            }
            None if in_footnote => FOOTNOTE_INDENT,
            None => 0,
        };
        Some(base.saturating_add(start).saturating_add(nesting.saturating_mul(indent)))
    }
}

/// The number of bullet lists around a list, up to the next block quote or container, and that container; `None` if one
/// of the lists is ordered.
fn nesting(list: Node<'_>) -> Option<(u32, Option<Node<'_>>)> {
    let mut nesting = 0;
    for node in list.ancestors() {
        match node.data() {
            NodeData::List(outer) if outer.is_ordered() => return None,
            NodeData::List(_) => nesting += 1,
            _ if matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert) => break,
            _ if node.kind() == NodeKind::Container => return Some((nesting, Some(node))),
            _ => {}
        }
    }
    Some((nesting, None))
}

/// The least indentation of a block on a line below the head of a container.
fn body_indentation(doc: &Document, container: Node<'_>) -> u32 {
    let head = doc.lines.line_of(container.span().start);
    let body = container.children().filter(|block| doc.lines.line_of(block.span().start) > head);
    body.map(|block| indentation(doc, block).len()).min().unwrap_or(0)
}

/// The text before the marker of an item, from the last block quote marker on its line or from the start of the line.
fn indentation(doc: &Document, item: Node<'_>) -> Span {
    let start = item.quote_end(&doc.source, &doc.lines);
    Span::new(start, item.span().start)
}
