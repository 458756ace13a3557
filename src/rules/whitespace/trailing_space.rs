use std::collections::HashSet;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{LineKind, Node, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Blanks at the end of a line
    ///
    /// ## Why
    ///
    /// Nobody sees them, yet two of them break the line for readers. Exactly two are left alone, for they may be meant;
    /// so is code.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns␠
    /// at noon.␠␠␠
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns␠␠
    /// at noon.
    /// ```
    pub struct TrailingSpace {
        /// How many blanks break a line and are allowed; less than 2 allows none.
        #[serde(rename = "br_spaces")]
        br_spaces: u32 = 2,
        /// Whether code is looked at too.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = false,
        /// Whether the lines of lists may have blanks.
        #[serde(rename = "list_item_empty_lines")]
        list_item_empty_lines: bool = false,
        /// Whether blanks that break no line are reported even where they are as many as could.
        strict: bool = false,
    }
    id = "trailing-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD009", "no-trailing-spaces"],
}

impl Rule for TrailingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let allowed = if self.br_spaces < 2 { 0 } else { self.br_spaces };
        let mut exempt = None;
        let breaks: Vec<Span> = doc.ast.of(NodeKind::HardBreak).map(Node::span).collect();
        for line in doc.body_lines() {
            let place = doc.line(line);
            let Some(blanks) = trailing(doc.slice(place), place) else { continue };
            let mut in_list = || exempt.get_or_insert_with(|| lines_of_lists(doc)).contains(&line);
            if self.is_left_alone(doc.line_kind(line)) || self.list_item_empty_lines && in_list() {
                continue;
            }
            let count = doc.slice(blanks).chars().count() as u32;
            let breaks = breaks_line(&breaks, blanks.start);
            if count != allowed || self.strict && !breaks {
                let removal = if breaks || is_seen(doc, line, blanks) {
                    Applicability::Unsafe
                } else {
                    Applicability::Safe
                };
                let help = if breaks {
                    "to break the line here, end it with a backslash"
                } else {
                    "remove what nobody sees"
                };
                let (s, shown) =
                    if count == 1 { ("", "a blank".to_owned()) } else { ("s", format!("{count} blanks")) };
                sink.report(blanks, format!("{shown} at the end of this line")).help(help).fix(Fix::replace(
                    format!("remove the blank{s}"),
                    removal,
                    blanks,
                    "",
                ));
            }
        }
    }
}

impl TrailingSpace {
    fn is_left_alone(&self, kind: LineKind) -> bool {
        let in_code = kind.is(LineKind::CODE) && !kind.is(LineKind::FENCE);
        in_code && !self.code_blocks || kind.is(LineKind::COMMENT)
    }
}

/// The white space that ends a line, if any.
fn trailing(text: &str, line: Span) -> Option<Span> {
    // Nearly every line ends with a character that is seen.
    if text.bytes().next_back().is_none_or(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let kept = text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len() as u32;
    (kept < line.len()).then(|| Span::new(line.start + kept, line.end))
}

/// Whether readers may see that the blanks at the end of a line are gone: in code and HTML, where they are neither
/// spaces nor tabs, and behind a backslash, which then breaks the line.
fn is_seen(doc: &Document, line: u32, blanks: Span) -> bool {
    let kind = doc.line_kind(line);
    let in_block = kind.is(LineKind::CODE.or(LineKind::HTML)) && !kind.is(LineKind::FENCE);
    let is_escaped = doc.source[..blanks.start as usize].ends_with('\\');
    let is_text = doc.slice(blanks).bytes().any(|byte| !matches!(byte, b' ' | b'\t'));
    in_block || is_escaped || is_text || doc.ast.is_literal_at(blanks.start)
}

/// Whether the blanks at `at` are among those that break lines for readers.
fn breaks_line(breaks: &[Span], at: u32) -> bool {
    let next = breaks.partition_point(|it| it.end <= at);
    breaks.get(next).is_some_and(|it| it.start <= at)
}

/// The lines of lists in which blanks are allowed: all but those from the end of an item up to its last paragraph, and
/// those that begin the items of lists in lists, but for the first.
fn lines_of_lists(doc: &Document) -> HashSet<u32> {
    let lines = |span: Span| doc.lines.line_of(span.start)..=doc.lines.last_line_of(span);
    let mut exempt = HashSet::new();
    for list in doc.ast.lists() {
        exempt.extend(lines(list.span()));
        for item in list.items() {
            let next = item.node().next_sibling().map_or(list.span().end, |next| next.span().start);
            let (marker, mut below) = (*lines(item.span()).start(), doc.lines.line_of(next));
            let is_nested = list.node().parent().is_some_and(|it| it.kind() == NodeKind::Item);
            if is_nested && item.span().start > list.span().start {
                exempt.remove(&marker);
            }
            let blocks: Vec<_> = item.node().children().collect();
            for block in blocks.into_iter().rev() {
                let block_lines = lines(block.span());
                for blank in block_lines.end() + 1..below {
                    exempt.remove(&blank);
                }
                below = *block_lines.start();
                if block.kind() == NodeKind::Paragraph {
                    break;
                }
                if below > marker {
                    exempt.remove(&below);
                }
            }
        }
    }
    exempt
}
