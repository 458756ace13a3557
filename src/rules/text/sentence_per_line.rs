use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Head, Node, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Several sentences on one line
    ///
    /// ## What it does
    ///
    /// Reports sentences in paragraphs that start on the line on which another one ends.
    ///
    /// ## Why is this bad?
    ///
    /// With one sentence per line, a change of a sentence changes one line, so that reviews and translations show what
    /// changed. The rendered page is the same.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon. The ferry waits.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.
    /// The ferry of Dr. Holt waits, e.g. at the pier.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` applies them, and the rendered page stays the same.
    pub struct SentencePerLine {
        /// Words before a period that do not end a sentence, in addition to the usual abbreviations.
        abbreviations: Vec<String> = vec![],
    }
    id = "sentence-per-line",
    on = false,
    fixable = Fixable::Always,
}

/// Abbreviations that are followed by a name or go on in the same sentence.
const ABBREVIATIONS: [&str; 22] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "fig", "vs", "cf", "approx", "ca", "inc", "ltd", "jr", "sr",
    "vol", "ed", "eq", "sec", "resp", "viz",
];

impl Rule for SentencePerLine {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let in_paragraph = |node: &Node<'_>| {
            node.ancestors()
                .find(|it| !it.kind().is_inline())
                .is_some_and(|it| it.kind() == NodeKind::Paragraph)
                && !node.ancestors().any(|it| matches!(it.kind(), NodeKind::Link | NodeKind::Image))
        };
        for text in doc.ast.of(NodeKind::Text) {
            let gaps = gaps(doc, text.span());
            if gaps.is_empty() || !in_paragraph(&text) {
                continue;
            }
            let block = text.ancestors().find(|it| !it.kind().is_inline()).map_or(0, |it| it.span().start);
            for gap in gaps {
                if self.ends_sentence(&doc.source[..gap.start as usize])
                    && starts_sentence(&doc.source[gap.end as usize..])
                {
                    let line_break = format!("{}{}", doc.line_break(), prefix(doc, block, gap.start));
                    sink.report(gap, "sentence does not start on a new line").fix(Fix::replace(
                        "Start a new line",
                        Applicability::Safe,
                        gap,
                        line_break,
                    ));
                }
            }
        }
    }
}

/// The spaces after the end of a sentence in a text.
fn gaps(doc: &Document, text: Span) -> Vec<Span> {
    let source = doc.slice(text);
    let (mut gaps, mut done) = (Vec::new(), 0);
    for at in memchr::memchr3_iter(b'.', b'!', b'?', source.as_bytes()) {
        if at < done {
            // In a run of them, all have the same end.
            continue;
        }
        let rest = source[at + 1..].trim_start_matches(['"', '\'', ')', '”', '’', '.', '!', '?']);
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let start = source.len() - rest.len();
        done = start;
        if spaces > 0 {
            gaps.push(Span::from_range(start..start + spaces).shift(text.start));
        }
    }
    gaps
}

/// Whether a text begins with a capital, possibly in quotes or markup, on the same line.
fn starts_sentence(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '\'', '“', '‘', '*', '_', '[', '`', '(']);
    text.starts_with(char::is_uppercase)
}

/// What a new line of a block begins with: the indentation and the block quote markers of the line at a place.
fn prefix(doc: &Document, block: u32, at: u32) -> String {
    let line = doc.line(doc.lines.line_of(at));
    let text = doc.slice(line);
    let length = if block > line.start {
        (block - line.start) as usize
    } else {
        text.len() - text.trim_start_matches([' ', '\t', '>']).len()
    };
    let mut prefix: String =
        text[..length].chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
    let marker = line.start + text[..length].trim_end().len() as u32;
    let head = doc.ast.overlay().and_then(|overlay| overlay.head_at(marker.checked_sub(1)?));
    if head.is_some_and(Head::is_definition) {
        prefix.extend(std::iter::repeat_n(' ', DEFINITION_INDENT.saturating_sub(length)));
    }
    prefix
}

/// The columns by which Python-Markdown wants the lines of a definition to be indented; others take them as well.
const DEFINITION_INDENT: usize = 4;

impl SentencePerLine {
    /// Whether a text ends with the end of a sentence rather than with an abbreviation or an initial.
    fn ends_sentence(&self, text: &str) -> bool {
        let text = text.trim_end_matches(['"', '\'', ')', '”', '’']);
        let Some(before) = text.strip_suffix('.') else { return text.ends_with(['!', '?']) };
        let word = before.rsplit([' ', '\n', '(', '*', '_', '"', '“']).next().unwrap_or_default();
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_short = word.chars().count() < 2 || word.contains('.') || is_number;
        let lower = word.to_lowercase();
        let is_abbreviation = ABBREVIATIONS.contains(&&*lower)
            || self.abbreviations.iter().any(|it| it.trim_end_matches('.').eq_ignore_ascii_case(word));
        !is_short && !is_abbreviation
    }
}
