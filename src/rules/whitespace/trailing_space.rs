use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{LineKind, Node, NodeKind},
    rule::{Fixable, Rule},
    rules::whitespace::list_lines,
    text::Span,
};

declare_rule! {
    /// Trailing whitespace
    ///
    /// ## What it does
    ///
    /// Reports whitespace at the end of lines. Exactly two spaces, which may be meant as a hard line break, are
    /// accepted by default, and code blocks are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Trailing whitespace is invisible, yet two or more spaces insert a hard line break.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns␠
    /// at noon.␠␠␠
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns␠␠
    /// at noon.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` removes the whitespace, and the rendered page stays the same. Where the rendered
    /// page could change, such as in a hard line break, in code or in HTML, the fix is unsafe: `--fix` applies it
    /// only together with `--unsafe-fixes`.
    ///
    /// ## References
    ///
    /// - [CommonMark: Hard line breaks](https://spec.commonmark.org/0.31.2/#hard-line-breaks)
    pub struct TrailingSpace {
        /// Number of trailing spaces allowed for a hard line break; values below 2 allow none.
        #[serde(rename = "br_spaces")]
        br_spaces: u32 = 2,
        /// Also check code blocks.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = false,
        /// Allow trailing spaces in blank lines between list items.
        #[serde(rename = "list_item_empty_lines")]
        list_item_empty_lines: bool = false,
        /// Also report the allowed number of spaces where it does not make a hard line break.
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
        let hard_breaks: Vec<Span> = doc.ast.of(NodeKind::HardBreak).map(Node::span).collect();
        for line in doc.body_lines() {
            let line_span = doc.line(line);
            let Some(spaces) = trailing(doc.slice(line_span), line_span) else { continue };
            let mut in_list = || exempt.get_or_insert_with(|| list_lines::exempt(doc)).contains(&line);
            if self.is_ignored(doc.line_kind(line)) || self.list_item_empty_lines && in_list() {
                continue;
            }
            let count = doc.slice(spaces).chars().count() as u32;
            let is_break = is_hard_break(&hard_breaks, spaces.start);
            if count == allowed && (is_break || !self.strict) {
                continue;
            }
            let is_unsafe = is_break || is_rendered(doc, line, spaces);
            let applicability = if is_unsafe { Applicability::Unsafe } else { Applicability::Safe };
            let fix = Fix::replace("Remove trailing whitespace", applicability, spaces, "");
            let diagnostic = sink.report(spaces, "trailing whitespace").fix(fix);
            if is_break {
                diagnostic.help("for a hard line break, end the line with a backslash");
            }
        }
    }
}

impl TrailingSpace {
    fn is_ignored(&self, kind: LineKind) -> bool {
        let in_code = kind.is(LineKind::CODE) && !kind.is(LineKind::FENCE);
        in_code && !self.code_blocks || kind.is(LineKind::COMMENT)
    }
}

/// The whitespace at the end of a line, if any.
fn trailing(text: &str, line: Span) -> Option<Span> {
    // Fast path: nearly all lines end with a visible ASCII character.
    if text.bytes().next_back().is_none_or(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let kept = text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len() as u32;
    (kept < line.len()).then(|| Span::new(line.start + kept, line.end))
}

/// Whether removing trailing whitespace may change the rendered page: in code and HTML, for characters other than
/// spaces and tabs, and after a backslash, which would then make a hard line break.
fn is_rendered(doc: &Document, line: u32, spaces: Span) -> bool {
    let kind = doc.line_kind(line);
    let in_block = kind.is(LineKind::CODE.or(LineKind::HTML)) && !kind.is(LineKind::FENCE);
    let is_escaped = doc.source[..spaces.start as usize].ends_with('\\');
    let is_text = doc.slice(spaces).bytes().any(|byte| !matches!(byte, b' ' | b'\t'));
    in_block || is_escaped || is_text || doc.ast.is_literal_at(spaces.start)
}

/// Whether the whitespace at `at` is part of a hard line break.
fn is_hard_break(hard_breaks: &[Span], at: u32) -> bool {
    let next = hard_breaks.partition_point(|it| it.end <= at);
    hard_breaks.get(next).is_some_and(|it| it.start <= at)
}
