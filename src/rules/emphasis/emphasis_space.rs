use std::collections::HashMap;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{BareDelimiter, Node, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Emphasis that fails because of a blank
    ///
    /// ## Why
    ///
    /// An asterisk or an underscore with a blank behind it begins no emphasis, and with a blank before it ends none:
    /// readers see the marks. Where they are meant to, as in a sum, a backslash before them says so.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns ** at noon**.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns **at noon**, and 2 \* 6 hours later again.
    /// ```
    ///
    /// Marks that may well be meant are left alone: those in a sum, as in `2 * 3 * 4`, or at the end of a word, as in
    /// `tide* and quay*`.
    pub struct EmphasisSpace {
        /// Whether each pair of marks in plain text with a blank inside is reported, even where they may be meant.
        any_pair: bool = false,
    }
    id = "emphasis-space",
    fixable = Fixable::Sometimes,
    aliases = &["MD037", "no-space-in-emphasis"],
    markdownlint = &[("any-pair", true)],
}

/// The most marks that can begin emphasis.
const LONGEST: u32 = 3;

impl Rule for EmphasisSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // The first of a pair of equal delimiters in the same text, while its second is not met.
        let mut open: HashMap<(usize, u8, u32), Span> = HashMap::new();
        for BareDelimiter { span, marker, parent } in doc.ast.bare_delimiters(&doc.source) {
            let key = (parent, marker, span.len());
            if span.len() > LONGEST {
                continue;
            }
            let Some(first) = open.remove(&key) else {
                open.insert(key, span);
                continue;
            };
            let meant = is_meant(doc, first, span);
            let asked = self.any_pair && is_plain(doc, parent);
            if !meant && !asked {
                continue;
            }
            let sides = [(first, behind(doc, first), "behind"), (span, before(doc, span), "before")];
            let fix = meant.then(|| removal(sides.iter().filter_map(|(_, blanks, _)| *blanks)));
            for (delimiter, blanks, side) in sides {
                if let Some(blanks) = blanks {
                    let s = if blanks.len() == 1 { "" } else { "s" };
                    let message =
                        format!("blank{s} {side} `{}`, which makes no emphasis so", doc.slice(delimiter));
                    let found = sink.report(blanks, message);
                    found.help("remove it, or write a backslash before the mark").fixes.extend(fix.clone());
                }
            }
        }
    }
}

/// Whether a node, given by its number, is in no emphasis, link or image and is none.
fn is_plain(doc: &Document, node: usize) -> bool {
    let is_plain = |node: Node<'_>| {
        !matches!(node.kind(), NodeKind::Emphasis | NodeKind::Strong | NodeKind::Link | NodeKind::Image)
    };
    doc.ast.node(node).is_some_and(|node| is_plain(node) && node.ancestors().all(is_plain))
}

/// Whether two delimiters are certainly meant for emphasis: they are outside of words in one line, and only one has a
/// blank on its inside, or there are words in strong emphasis between them.
fn is_meant(doc: &Document, first: Span, second: Span) -> bool {
    let inside = doc.slice(Span::new(first.end, second.start));
    let in_one_line = doc.lines.line_of(first.start) == doc.lines.line_of(second.start);
    let is_outside = !doc.source[..first.start as usize].ends_with(char::is_alphanumeric)
        && !doc.source[second.end as usize..].starts_with(char::is_alphanumeric);
    let is_lopsided = inside.starts_with(char::is_whitespace) != inside.ends_with(char::is_whitespace);
    let is_strong = first.len() >= 2 && inside.trim_start().starts_with(char::is_alphabetic);
    is_outside && in_one_line && (is_lopsided || is_strong)
}

/// The blanks behind a delimiter, if a text follows them in its line.
fn behind(doc: &Document, delimiter: Span) -> Option<Span> {
    let line = doc.line(doc.lines.line_of(delimiter.start));
    let rest = doc.slice(Span::new(delimiter.end, line.end));
    let blanks = rest.len() - rest.trim_start().len();
    (blanks > 0 && blanks < rest.len()).then(|| Span::new(delimiter.end, delimiter.end + blanks as u32))
}

/// The blanks before a delimiter, if a text precedes them in its line.
fn before(doc: &Document, delimiter: Span) -> Option<Span> {
    let line = doc.line(doc.lines.line_of(delimiter.start));
    let rest = doc.slice(Span::new(line.start, delimiter.start));
    let blanks = rest.len() - rest.trim_end().len();
    (blanks > 0 && blanks < rest.len()).then(|| Span::new(delimiter.start - blanks as u32, delimiter.start))
}

fn removal(blanks: impl Iterator<Item = Span>) -> Fix {
    let edits = blanks.map(|span| Edit { span, content: String::new() }).collect();
    Fix::new("remove what is blank inside the marks", Applicability::Unsafe, edits)
}
