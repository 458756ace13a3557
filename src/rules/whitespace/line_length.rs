use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{LineKind, Node, NodeKind},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Line too long
    ///
    /// ## What it does
    ///
    /// Reports lines that are longer than a limit. By default, a word or URL that starts within the limit may
    /// exceed it, and so may a line that consists of a link or an image.
    ///
    /// ## Why is this bad?
    ///
    /// Some editors and review tools show long lines badly, and a change of one word shows up as a change of the
    /// whole paragraph.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon, and the harbour master shuts the gate a quarter of an hour before that.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon, and the harbour master shuts the gate a quarter of an
    /// hour before that.
    /// ```
    pub struct LineLength {
        /// Limit in code blocks; defaults to `line_length`.
        #[serde(rename = "code_block_line_length")]
        code_limit: Option<u32> = None,
        /// Check code blocks.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = true,
        /// Limit in headings; defaults to `line_length`.
        #[serde(rename = "heading_line_length")]
        heading_limit: Option<u32> = None,
        /// Check headings.
        headings: bool = true,
        /// Limit in UTF-16 code units; 0 disables it.
        #[serde(rename = "line_length")]
        default_limit: u32 = 80,
        /// Also report lines that exceed the limit with a word that starts within it, if they can be wrapped at all.
        stern: bool = false,
        /// Report every line that exceeds the limit.
        strict: bool = false,
        /// Check tables.
        tables: bool = true,
    }
    id = "line-length",
    on = false,
    aliases = &["MD013"],
}

impl Rule for LineLength {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut link_lines = None;
        for line in doc.body_lines() {
            let place = doc.line(line);
            let Some(limit) = self.limit(doc.line_kind(line)).filter(|&limit| place.len() > limit) else {
                continue;
            };
            let text = doc.slice(place);
            if !self.is_too_long(text, limit) {
                continue;
            }
            let lines = link_lines.get_or_insert_with(|| link_only_lines(doc));
            if !self.strict && lines.binary_search(&line).is_ok() {
                continue;
            }
            let beyond = Span::new(place.start + offset_of(text, limit), place.end);
            let length = units(text);
            sink.report(beyond, format!("line too long ({length} > {limit} characters)"))
                .help("wrap the line before the limit");
        }
    }
}

impl LineLength {
    /// The limit for a line, if it is checked.
    fn limit(&self, kind: LineKind) -> Option<u32> {
        let (in_code, in_heading) = (kind.is(LineKind::CODE), kind.is(LineKind::HEADING));
        let is_exempt = in_code && !self.code_blocks
            || in_heading && !self.headings
            || kind.is(LineKind::TABLE) && !self.tables
            || kind.is(LineKind::DEFINITION);
        let limit = match (in_code, in_heading) {
            (true, _) => self.code_limit,
            (_, true) => self.heading_limit,
            _ => None,
        };
        Some(limit.unwrap_or(self.default_limit)).filter(|&limit| limit > 0 && !is_exempt)
    }

    fn is_too_long(&self, text: &str, limit: u32) -> bool {
        let (limit, all) = (limit as usize, units(text));
        if self.strict {
            return all > limit;
        }
        if self.stern {
            return all > limit && can_be_wrapped(text);
        }
        // The last word counts as one character.
        let last_word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        all - units(last_word) + 1 > limit
    }
}

/// Whether a line contains whitespace after the markers at its start, where it can be wrapped.
fn can_be_wrapped(text: &str) -> bool {
    let after_markers = text.trim_start_matches(|c: char| c == '#' || c == '>' || c.is_whitespace());
    let markers = &text[..text.len() - after_markers.len()];
    let starts_word = markers.is_empty() || markers.ends_with(char::is_whitespace);
    let rest = if starts_word { after_markers } else { text };
    rest.contains(char::is_whitespace)
}

/// The length of a text in UTF-16 code units.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The byte offset after a number of UTF-16 code units.
fn offset_of(text: &str, units: u32) -> u32 {
    if text.is_ascii() {
        return units.min(text.len() as u32);
    }
    let mut left = units as usize;
    let end = text.char_indices().find(|(_, c)| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        !fits
    });
    end.map_or(text.len(), |(at, _)| at) as u32
}

/// The lines that contain a link or an image but no other text of a paragraph, in order.
fn link_only_lines(doc: &Document) -> Vec<u32> {
    let lines = |node: Node<'_>| doc.lines.line_of(node.span().start)..=doc.lines.last_line_of(node.span());
    let both = doc.ast.of(NodeKind::Link).chain(doc.ast.of(NodeKind::Image));
    let mut linked: Vec<u32> = both.flat_map(lines).collect();
    linked.sort_unstable();
    linked.dedup();
    let is_in_paragraph = |node: &Node<'_>| node.parent().is_some_and(|it| it.kind() == NodeKind::Paragraph);
    let mut has_text = vec![false; doc.lines.line_count() as usize];
    for text in doc.ast.of(NodeKind::Text).filter(is_in_paragraph) {
        let lines = lines(text);
        has_text[*lines.start() as usize..=*lines.end() as usize].fill(true);
    }
    linked.retain(|line| !has_text[*line as usize]);
    linked
}
