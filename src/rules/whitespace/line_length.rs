use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{LineKind, Node, NodeKind},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// A line is too long
    ///
    /// ## Why
    ///
    /// Some editors and reviews show long lines badly, and a change to one word is shown as a change of the whole
    /// paragraph. A word or an address that begins within the limit may go beyond it, and so may a line that is just a
    /// link.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns at noon, and the harbour master shuts the gate a quarter of an hour before that.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns at noon, and the harbour master shuts the gate a quarter of an
    /// hour before that.
    /// ```
    pub struct LineLength {
        /// The limit in code; that of other lines without it.
        #[serde(rename = "code_block_line_length")]
        code_block_line_length: Option<u32> = None,
        /// Whether code is looked at.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = true,
        /// The limit in headings; that of other lines without it.
        #[serde(rename = "heading_line_length")]
        heading_line_length: Option<u32> = None,
        /// Whether headings are looked at.
        headings: bool = true,
        /// The limit, in UTF-16 code units. 0 is no limit.
        #[serde(rename = "line_length")]
        line_length: u32 = 80,
        /// Whether lines are reported that go beyond the limit with a word that begins within it, unless there is no
        /// place to break them.
        stern: bool = false,
        /// Whether every line beyond the limit is reported.
        strict: bool = false,
        /// Whether tables are looked at.
        tables: bool = true,
    }
    id = "line-length",
    on = false,
    aliases = &["MD013"],
}

impl Rule for LineLength {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut lines_of_links = None;
        for line in doc.body_lines() {
            let place = doc.line(line);
            let Some(limit) = self.limit(doc.line_kind(line)).filter(|&limit| place.len() > limit) else {
                continue;
            };
            let text = doc.slice(place);
            if !self.is_too_long(text, limit) {
                continue;
            }
            let links = lines_of_links.get_or_insert_with(|| lines_of_links_alone(doc));
            if !self.strict && links.binary_search(&line).is_ok() {
                continue;
            }
            let beyond = Span::new(place.start + offset_of(text, limit), place.end);
            let length = units(text);
            sink.report(beyond, format!("this line is {length} characters long, not {limit} at most"))
                .help("break it before that");
        }
    }
}

impl LineLength {
    /// The limit for a line, if there is one.
    fn limit(&self, kind: LineKind) -> Option<u32> {
        let (in_code, in_heading) = (kind.is(LineKind::CODE), kind.is(LineKind::HEADING));
        let is_exempt = in_code && !self.code_blocks
            || in_heading && !self.headings
            || kind.is(LineKind::TABLE) && !self.tables
            || kind.is(LineKind::DEFINITION);
        let limit = match (in_code, in_heading) {
            (true, _) => self.code_block_line_length,
            (_, true) => self.heading_line_length,
            _ => None,
        };
        Some(limit.unwrap_or(self.line_length)).filter(|&limit| limit > 0 && !is_exempt)
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

/// Whether there is a place to break a line behind the marks that it begins with.
fn can_be_wrapped(text: &str) -> bool {
    let behind_marks = text.trim_start_matches(|c: char| c == '#' || c == '>' || c.is_whitespace());
    let marks = &text[..text.len() - behind_marks.len()];
    let begins_word = marks.is_empty() || marks.ends_with(char::is_whitespace);
    let rest = if begins_word { behind_marks } else { text };
    rest.contains(char::is_whitespace)
}

/// The length of a text in UTF-16 code units.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The byte at which so many UTF-16 code units of a text are over.
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

/// The lines that have a link and no text of a paragraph beside it, in order.
fn lines_of_links_alone(doc: &Document) -> Vec<u32> {
    let lines = |node: Node<'_>| doc.lines.line_of(node.span().start)..=doc.lines.last_line_of(node.span());
    let both = doc.ast.of(NodeKind::Link).chain(doc.ast.of(NodeKind::Image));
    let mut linked: Vec<u32> = both.flat_map(lines).collect();
    linked.sort_unstable();
    linked.dedup();
    let is_in_paragraph = |node: &Node<'_>| node.parent().is_some_and(|it| it.kind() == NodeKind::Paragraph);
    let texts: Vec<u32> = doc.ast.of(NodeKind::Text).filter(is_in_paragraph).flat_map(lines).collect();
    linked.retain(|line| texts.binary_search(line).is_err());
    linked
}
