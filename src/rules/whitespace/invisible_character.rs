use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Node, NodeKind},
    rule::{Fixable, Rule},
    text::{Span, invisible_characters, invisible_name, is_at_home, unusual_characters},
};

declare_rule! {
    /// A character that nobody sees
    ///
    /// ## Why
    ///
    /// Zero-width characters come along with copied text. They break searches, and code and addresses that readers copy in
    /// turn. Characters that turn the direction of text can make a page show something other than it says. And a no-break
    /// space behind a `#` or a bullet makes a paragraph of what looks like a heading or an item.
    ///
    /// Joiners within emoji and within scripts that need them, and marks of direction beside text from right to left, are
    /// left alone, and so are soft hyphens and the no-break spaces of prose.
    ///
    /// There is one finding in a page for each such character, at the first of them. No example: they would not show here.
    pub struct InvisibleCharacter {}
    id = "invisible-character",
    fixable = Fixable::Always,
}

impl Rule for InvisibleCharacter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for (c, places) in invisible(doc) {
            let name = invisible_name(c).unwrap_or_default();
            let found =
                sink.report(places[0], format!("{name} (U+{:04X}){}", u32::from(c), more(places.len())));
            let is_break = matches!(c, '\u{2028}' | '\u{2029}');
            let (title, content) = if is_break { ("write a blank instead", " ") } else { ("remove it", "") };
            found.help(title).fix(fix(&places, title, content));
        }
        let places = false_blanks(doc);
        if let Some(first) = places.first() {
            sink.report(
                *first,
                format!("a blank of another kind where Markdown needs a plain one{}", more(places.len())),
            )
            .help("write a plain blank")
            .fix(fix(&places, "write a plain blank", " "));
        }
    }
}

/// How many more there are in the page.
fn more(count: usize) -> String {
    if count > 1 { format!(", and {} more in this page", count - 1) } else { String::new() }
}

/// Readers may see the difference, if only when they search.
fn fix(places: &[Span], title: &str, content: &str) -> Fix {
    let edits = places.iter().map(|&span| Edit { span, content: content.to_owned() }).collect();
    Fix::new(title, Applicability::Unsafe, edits)
}

/// The invisible characters that are not at home where they stand, with their places, by their first place.
fn invisible(doc: &Document) -> Vec<(char, Vec<Span>)> {
    let mut found: Vec<(char, Vec<Span>)> = Vec::new();
    let body = doc.source.strip_prefix('\u{FEFF}').unwrap_or(&doc.source);
    let offset = doc.source.len() - body.len();
    for (at, c) in invisible_characters(body) {
        let span = Span::from_range(at..at + c.len_utf8()).shift(offset as u32);
        let line = doc.line(doc.lines.line_of(span.start));
        let before = Span::new(line.start.max(span.start.saturating_sub(NEAR)), span.start).fit(&doc.source);
        let after = Span::new(span.end, line.end.max(span.end).min(span.end + NEAR)).fit(&doc.source);
        if is_at_home(c, doc.slice(before), doc.slice(after)) {
            continue;
        }
        match found.iter_mut().find(|(other, _)| *other == c) {
            Some((_, places)) => places.push(span),
            None => found.push((c, vec![span])),
        }
    }
    found
}

/// How much of a line, in bytes, tells on either side whether a character is at home. A line can be as long as the
/// file, and be full of them.
const NEAR: u32 = 200;

/// The blanks that are no blanks for Markdown, where one would make a heading, an item, a task or a blank line.
fn false_blanks(doc: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    if !unusual_characters(&doc.source).any(|(_, c)| is_false_blank(c)) {
        return found;
    }
    for text in doc.ast.of(NodeKind::Text).filter(|text| begins_line(*text)) {
        let line_end = doc.line(doc.lines.line_of(text.span().start)).end;
        let line = doc.slice(Span::new(text.span().start, line_end));
        let place = |range: std::ops::Range<usize>| Span::from_range(range).shift(text.span().start);
        if line.chars().all(is_false_blank)
            && (text.next_sibling().is_some() || text.previous_sibling().is_some())
        {
            found.push(place(0..line.len()));
            continue;
        }
        let indent = line.len() - line.trim_start_matches(is_false_blank).len();
        let marker = marker(&line[indent..], text.previous_sibling().is_none());
        let blank = line[indent + marker..].chars().next().filter(|c| marker > 0 && is_false_blank(*c));
        found.extend(blank.map(|blank| place(indent + marker..indent + marker + blank.len_utf8())));
    }
    found
}

/// Whether a text is the first thing in a line of a paragraph.
fn begins_line(text: Node<'_>) -> bool {
    let in_paragraph = text.parent().is_some_and(|block| block.kind() == NodeKind::Paragraph);
    let before = text.previous_sibling().map(Node::kind);
    in_paragraph && matches!(before, None | Some(NodeKind::SoftBreak | NodeKind::HardBreak))
}

/// The length of the marker of a heading, an item or a task that begins a line. A number begins a line of prose as well,
/// unless it begins a paragraph.
fn marker(line: &str, begins_paragraph: bool) -> usize {
    let count = |is: fn(u8) -> bool| line.bytes().take_while(|&byte| is(byte)).count();
    let hashes = count(|byte| byte == b'#');
    if (1..=6).contains(&hashes) {
        return hashes;
    }
    if line.starts_with(['-', '+', '*', '[']) {
        return 1;
    }
    let digits = count(|byte| byte.is_ascii_digit());
    let is_number = begins_paragraph && (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']);
    if is_number { digits + 1 } else { 0 }
}

/// Blanks that are none for Markdown: no-break, figure, thin and ideographic spaces and their kin.
const fn is_false_blank(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}
