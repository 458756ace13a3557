use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Node, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Two blanks between words
    ///
    /// ## Why
    ///
    /// Nobody sees them on the page. They show where a word was taken out, and hide words from those who search the source.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide  turns at noon.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns at noon.  Six hours later it turns again.
    /// ```
    pub struct DoubleSpace {
        /// Whether two blanks behind the end of a sentence are reported, too.
        sentence_ends: bool = false,
    }
    id = "double-space",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Always,
}

impl Rule for DoubleSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for text in doc.ast.of(NodeKind::Text) {
            let mut runs = runs(doc, text.span()).peekable();
            if runs.peek().is_none() || is_in_table(text) {
                continue;
            }
            for blanks in runs {
                let before = &doc.source[..blanks.start as usize];
                if !self.sentence_ends && ends_sentence(before) {
                    continue;
                }
                sink.report(blanks, format!("{} blanks between words", blanks.len()))
                    .help("one is enough")
                    .fix(Fix::replace("leave one blank", Applicability::Safe, blanks, " "));
            }
        }
    }
}

/// In a table blanks put what is in a column below each other.
fn is_in_table(text: Node<'_>) -> bool {
    text.ancestors()
        .take_while(|node| node.kind() != NodeKind::Document)
        .any(|node| node.kind() == NodeKind::TableCell)
}

/// The runs of blanks in a text that stand between other things in their line.
fn runs(doc: &Document, text: Span) -> impl Iterator<Item = Span> + '_ {
    let source = &*doc.source;
    let mut at = text.start as usize;
    std::iter::from_fn(move || {
        loop {
            let rest = &source.as_bytes()[at..text.end as usize];
            let start = at + rest.windows(2).position(|pair| pair == b"  ")?;
            let tail = &source[start..];
            let end = start + tail.len() - tail.trim_start_matches(' ').len();
            at = end.min(text.end as usize);
            let is_within = !source[..start].ends_with(['\n', '\r', '\t'])
                && !source[end..].starts_with(['\n', '\r', '\t'])
                && start > 0
                && end < source.len();
            if is_within {
                return Some(Span::from_range(start..end));
            }
        }
    })
}

/// Whether a text ends with the end of a sentence, closing quotation marks and brackets included.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '*', '_', '`'])
        .ends_with(['.', '?', '!', ':', '…'])
}
