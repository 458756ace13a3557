use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Node, NodeKind, Typed},
    rule::{Fixable, Rule},
    text::{Span, invisible_characters, invisible_name, is_expected_here},
};

declare_rule! {
    /// Invisible character
    ///
    /// ## What it does
    ///
    /// Reports characters without a visible form, such as zero-width spaces and direction controls, and unusual
    /// spaces in places where Markdown requires a regular one, such as after `#` or a list marker. There is one
    /// finding per page for each character, at its first occurrence.
    ///
    /// Joiners in emoji and in scripts that need them, direction marks next to right-to-left text, soft hyphens,
    /// and no-break spaces in prose are accepted.
    ///
    /// ## Why is this bad?
    ///
    /// Zero-width characters usually come with copied text. They break searches, and code and URLs that are
    /// copied from the page. Direction controls can make a page show something other than what it contains. A
    /// no-break space after `#` or a list marker turns a heading or a list item into a paragraph.
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because the difference may
    /// be noticeable, for example in searches. A fix applies to all occurrences of the character on the page.
    ///
    /// ## References
    ///
    /// - [Unicode Technical Standard 55: Unicode Source Code Handling](https://www.unicode.org/reports/tr55/)
    pub struct InvisibleCharacter {}
    id = "invisible-character",
    fixable = Fixable::Always,
}

impl Rule for InvisibleCharacter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for (c, places) in invisible(doc) {
            let name = invisible_name(c).unwrap_or_default();
            let message =
                format!("invisible character: {name} (U+{:04X}){}", u32::from(c), more(places.len()));
            let is_break = matches!(c, '\u{2028}' | '\u{2029}');
            let (title, content) =
                if is_break { ("Replace with a space", " ") } else { ("Remove the character", "") };
            sink.report(places[0], message).fix(fix(&places, title, content));
        }
        let places = unusual_spaces(doc);
        if let Some(first) = places.first() {
            let more = more(places.len());
            sink.report(*first, format!("unusual space where Markdown requires a regular one{more}"))
                .fix(fix(&places, "Replace with a regular space", " "));
        }
    }
}

/// What begins the code of a color in the output of a terminal.
const ESCAPE: char = '\u{1B}';

/// The number of further occurrences.
fn more(count: usize) -> String {
    if count > 1 { format!(", and {} more on this page", count - 1) } else { String::new() }
}

/// Unsafe, because the difference may be noticeable, for example in searches.
fn fix(places: &[Span], title: &str, content: &str) -> Fix {
    let edits = places.iter().map(|&span| Edit { span, content: content.to_owned() }).collect();
    Fix::new(title, Applicability::Unsafe, edits)
}

/// The invisible characters that are not expected where they occur, with all their places, by first occurrence.
fn invisible(doc: &Document) -> Vec<(char, Vec<Span>)> {
    let mut characters: Vec<(char, Vec<Span>)> = Vec::new();
    if !doc.has_unusual(|c| invisible_name(c).is_some()) {
        return characters;
    }
    let body = doc.source.strip_prefix('\u{FEFF}').unwrap_or(&doc.source);
    let offset = doc.source.len() - body.len();
    let mut code = doc.ast.code_blocks().map(Typed::span).peekable();
    for (at, c) in invisible_characters(body) {
        let span = Span::from_range(at..at + c.len_utf8()).shift(offset as u32);
        while code.next_if(|block| block.end <= span.start).is_some() {}
        // The colors of a terminal, as highlighters read them.
        if c == ESCAPE && code.peek().is_some_and(|block| block.contains(span)) {
            continue;
        }
        let line = doc.line(doc.lines.line_of(span.start));
        let before =
            Span::new(line.start.max(span.start.saturating_sub(CONTEXT)), span.start).fit(&doc.source);
        let after = Span::new(span.end, line.end.max(span.end).min(span.end + CONTEXT)).fit(&doc.source);
        if is_expected_here(c, doc.slice(before), doc.slice(after)) {
            continue;
        }
        match characters.iter_mut().find(|(other, _)| *other == c) {
            Some((_, places)) => places.push(span),
            None => characters.push((c, vec![span])),
        }
    }
    characters
}

/// How much of a line, in bytes, is inspected on either side of a character. A line may be as long as the file and
/// full of such characters.
const CONTEXT: u32 = 200;

/// The unusual spaces in place of a regular one that would make a heading, a list item, a task or a blank line.
fn unusual_spaces(doc: &Document) -> Vec<Span> {
    let mut spaces = Vec::new();
    if !doc.has_unusual(is_unusual_space) {
        return spaces;
    }
    for text in doc.ast.of(NodeKind::Text).filter(|text| starts_line(*text)) {
        let line_end = doc.line(doc.lines.line_of(text.span().start)).end;
        let line = doc.slice(Span::new(text.span().start, line_end));
        let place = |range: std::ops::Range<usize>| Span::from_range(range).shift(text.span().start);
        if line.chars().all(is_unusual_space)
            && (text.next_sibling().is_some() || text.previous_sibling().is_some())
        {
            spaces.push(place(0..line.len()));
            continue;
        }
        let indent = line.len() - line.trim_start_matches(is_unusual_space).len();
        let marker = marker(&line[indent..], text.previous_sibling().is_none());
        let space = line[indent + marker..].chars().next().filter(|c| marker > 0 && is_unusual_space(*c));
        spaces.extend(space.map(|space| place(indent + marker..indent + marker + space.len_utf8())));
    }
    spaces
}

/// Whether a text starts a line of a paragraph.
fn starts_line(text: Node<'_>) -> bool {
    let in_paragraph = text.parent().is_some_and(|block| block.kind() == NodeKind::Paragraph);
    let before = text.previous_sibling().map(Node::kind);
    in_paragraph && matches!(before, None | Some(NodeKind::SoftBreak | NodeKind::HardBreak))
}

/// The length of the marker of a heading, a list item or a task at the start of a line. Numbers only count at the start
/// of a paragraph, because a line of prose may start with one as well.
fn marker(line: &str, starts_paragraph: bool) -> usize {
    let count = |is: fn(u8) -> bool| line.bytes().take_while(|&byte| is(byte)).count();
    let hashes = count(|byte| byte == b'#');
    if (1..=6).contains(&hashes) {
        return hashes;
    }
    if line.starts_with(['-', '+', '*', '[']) {
        return 1;
    }
    let digits = count(|byte| byte.is_ascii_digit());
    let is_number = starts_paragraph && (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']);
    if is_number { digits + 1 } else { 0 }
}

/// Spaces that Markdown does not treat as such: no-break, figure, thin, ideographic and similar spaces.
const fn is_unusual_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}
