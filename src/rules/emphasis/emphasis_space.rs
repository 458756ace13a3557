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
    /// Space inside emphasis delimiters
    ///
    /// ## What it does
    ///
    /// Reports `*` and `_` that are meant as emphasis, and `~~` that is meant as strikethrough, but rendered literally
    /// because of a space next to them.
    ///
    /// Delimiters that may be meant literally are not reported: those in a formula, as in `2 * 3 * 4`, at the end of a
    /// word, as in `tide* and quay*`, or in a pattern of names, as in `*.md` or `quay_*`.
    ///
    /// ## Why is this bad?
    ///
    /// A delimiter followed by whitespace cannot open emphasis, and one preceded by whitespace cannot close
    /// it, so the delimiters are rendered literally. A literal delimiter can be escaped with a backslash.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns ** at noon**.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns **at noon**, and 2 \* 6 hours later again.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because the delimiters may be
    /// meant literally.
    ///
    /// ## References
    ///
    /// - [CommonMark: Emphasis and strong emphasis](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)
    /// - [GitHub Flavored Markdown: Strikethrough](https://github.github.com/gfm/#strikethrough-extension-)
    pub struct EmphasisSpace {
        /// Report every pair of delimiters in plain text with a space inside, even if they may be meant literally.
        any_pair: bool = false,
        /// Report strikethrough (`~~`) as well as emphasis.
        strikethrough: bool = true,
    }
    id = "emphasis-space",
    fixable = Fixable::Sometimes,
    aliases = &["MD037", "no-space-in-emphasis"],
    markdownlint = &[("any-pair", true), ("strikethrough", false)],
}

/// The longest run of delimiters that is considered.
const MAX_LENGTH: u32 = 3;

impl Rule for EmphasisSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // Delimiters that wait for their counterpart in the same text.
        let mut open: HashMap<(usize, u8, u32), Span> = HashMap::new();
        let marks = doc.bare_marks();
        let tildes = if self.strikethrough { &*marks.tildes } else { &[] };
        for &BareDelimiter { span, marker, parent } in marks.delimiters.iter().chain(tildes) {
            let key = (parent, marker, span.len());
            if span.len() > MAX_LENGTH {
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
            let sides = [(first, after(doc, first), "after"), (span, before(doc, span), "before")];
            let fix = meant.then(|| removal(sides.iter().filter_map(|(_, spaces, _)| *spaces)));
            for (delimiter, spaces, side) in sides {
                if let Some(spaces) = spaces {
                    let lost = if marker == b'~' { "strikethrough" } else { "emphasis" };
                    let message = format!("space {side} `{}` prevents {lost}", doc.slice(delimiter));
                    let diagnostic = sink.report(spaces, message);
                    diagnostic.help("remove the space, or escape the delimiter with a backslash");
                    diagnostic.fixes.extend(fix.clone());
                }
            }
        }
    }
}

/// Whether a node, given by its index, is not part of emphasis, a link or an image.
fn is_plain(doc: &Document, node: usize) -> bool {
    let is_plain = |node: Node<'_>| {
        !matches!(node.kind(), NodeKind::Emphasis | NodeKind::Strong | NodeKind::Link | NodeKind::Image)
    };
    doc.ast.node(node).is_some_and(|node| is_plain(node) && node.ancestors().all(is_plain))
}

/// Whether two delimiters are certainly meant as emphasis: they are on the same line and not inside words, and either
/// only one of them has a space on its inner side, or they are strong and enclose a word.
fn is_meant(doc: &Document, first: Span, second: Span) -> bool {
    let inside = doc.slice(Span::new(first.end, second.start));
    let in_one_line = doc.lines.line_of(first.start) == doc.lines.line_of(second.start);
    let is_outside = !doc.source[..first.start as usize].ends_with(char::is_alphanumeric)
        && !doc.source[second.end as usize..].starts_with(char::is_alphanumeric);
    let is_lopsided = inside.starts_with(char::is_whitespace) != inside.ends_with(char::is_whitespace);
    let is_strong = first.len() >= 2 && inside.trim_start().starts_with(char::is_alphabetic);
    let is_wildcard = is_wildcard(doc, first) || is_wildcard(doc, second);
    let is_bullet = is_bullet(doc, first) || is_bullet(doc, second);
    let is_other = is_wildcard || is_bullet || begins_nothing(doc, first) || is_factor(doc, second);
    is_outside && in_one_line && !is_other && (is_lopsided || is_strong)
}

/// Whether a delimiter is nothing that text in emphasis begins with: the end of a name such as `quay.*` and `0.12._`, an
/// item of a list such as `[_, 2, _]`, or a blank to fill in.
fn begins_nothing(doc: &Document, delimiter: Span) -> bool {
    let marker = doc.slice(delimiter);
    let before = &doc.source[..delimiter.start as usize];
    let name = before.strip_suffix(['.', '-']).unwrap_or_default();
    let is_item = doc.source[delimiter.end as usize..].starts_with([',', ';', ')', ']']);
    marker == "___" || marker.len() == 1 && (name.ends_with(char::is_alphanumeric) || is_item)
}

/// Whether a delimiter is a sign of multiplication between a space and a number: `4 TB * 2`.
fn is_factor(doc: &Document, delimiter: Span) -> bool {
    let after = doc.source[delimiter.end as usize..].trim_start_matches(' ');
    doc.slice(delimiter) == "*" && after.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a delimiter stands for any characters in a name or a path: `*_tide`, `quay_*`, `logs/*`, `*.md`.
fn is_wildcard(doc: &Document, delimiter: Span) -> bool {
    let mut after = doc.source[delimiter.end as usize..].chars();
    let (next, then) = (after.next(), after.next());
    let before = doc.source[..delimiter.start as usize].chars().next_back();
    let joins = |c: Option<char>| matches!(c, Some('_' | '/'));
    let is_suffix = next == Some('.') && then.is_some_and(char::is_alphanumeric);
    doc.slice(delimiter) == "*" && (joins(before) || joins(next) || is_suffix)
}

/// Whether a delimiter is the bullet of a list that is made by hand, in a cell of a table or after `<br>`: `<br>* Tides`.
fn is_bullet(doc: &Document, delimiter: Span) -> bool {
    let before = doc.source[..delimiter.start as usize].trim_end_matches([' ', '\t']);
    let is_first =
        before.ends_with('|') || ["<br>", "<br/>", "<br />"].iter().any(|tag| before.ends_with(tag));
    let is_before_text = doc.source[delimiter.end as usize..].starts_with([' ', '\t']);
    doc.slice(delimiter) == "*" && is_first && is_before_text
}

/// The spaces after a delimiter, if text follows on the same line.
fn after(doc: &Document, delimiter: Span) -> Option<Span> {
    let line = doc.line(doc.lines.line_of(delimiter.start));
    let rest = doc.slice(Span::new(delimiter.end, line.end));
    let spaces = rest.len() - rest.trim_start().len();
    (spaces > 0 && spaces < rest.len()).then(|| Span::new(delimiter.end, delimiter.end + spaces as u32))
}

/// The spaces before a delimiter, if text precedes them on the same line.
fn before(doc: &Document, delimiter: Span) -> Option<Span> {
    let line = doc.line(doc.lines.line_of(delimiter.start));
    let rest = doc.slice(Span::new(line.start, delimiter.start));
    let spaces = rest.len() - rest.trim_end().len();
    (spaces > 0 && spaces < rest.len()).then(|| Span::new(delimiter.start - spaces as u32, delimiter.start))
}

fn removal(spaces: impl Iterator<Item = Span>) -> Fix {
    let edits = spaces.map(|span| Edit { span, content: String::new() }).collect();
    Fix::new("Remove the space inside the delimiters", Applicability::Unsafe, edits)
}
