use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Node, NodeKind},
    rule::{Fixable, Rule},
    text::{Needle, Span},
};

declare_rule! {
    /// Consecutive spaces between words
    ///
    /// ## What it does
    ///
    /// Reports two or more spaces between words. Two spaces after the end of a sentence are accepted unless
    /// `sentence_ends` is set, and tables are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Consecutive spaces are rendered as one. They often show where a word was removed, and they hide phrases from
    /// searches in the source.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide  turns at noon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.  Six hours later it turns again.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` applies them, and the rendered page stays the same. In headings they are unsafe: most
    /// generators make a hyphen of each space for the id.
    pub struct DoubleSpace {
        /// Also report consecutive spaces after the end of a sentence.
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
            let in_heading = text.ancestors().any(|node| node.kind() == NodeKind::Heading);
            let applicability = if in_heading { Applicability::Unsafe } else { Applicability::Safe };
            for spaces in runs {
                let before = &doc.source[..spaces.start as usize];
                if !self.sentence_ends && ends_sentence(before) {
                    continue;
                }
                let message = format!("{} consecutive spaces", spaces.len());
                sink.report(spaces, message).fix(Fix::replace(
                    "Replace with a single space",
                    applicability,
                    spaces,
                    " ",
                ));
            }
        }
    }
}

/// Whether a text is in a table, where spaces align the columns.
fn is_in_table(text: Node<'_>) -> bool {
    text.ancestors()
        .take_while(|node| node.kind() != NodeKind::Document)
        .any(|node| node.kind() == NodeKind::TableCell)
}

static TWO_SPACES: Needle = Needle::new("  ");

/// The runs of spaces in a text that are neither at the start nor at the end of their line.
fn runs(doc: &Document, text: Span) -> impl Iterator<Item = Span> + '_ {
    let source = &*doc.source;
    let mut at = text.start as usize;
    std::iter::from_fn(move || {
        loop {
            let start = at + TWO_SPACES.places(&source[at..text.end as usize]).next()?;
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

/// Whether a text ends with the end of a sentence, including closing quotation marks and brackets.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '*', '_', '`'])
        .ends_with(['.', '?', '!', ':', '…'])
}
