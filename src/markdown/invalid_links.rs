//! Typos around a pair of brackets: what makes text of what was meant to be a link.

use super::data::Link;
use super::dialect::{IslandKind, Overlay};
use super::references::{InvalidLink, InvalidLinkKind};
use super::scan::Scan;
use crate::text::Span;

/// A pair of brackets that is not a link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) open: usize,
    pub(super) close: usize,
    pub(super) is_image: bool,
}

impl Pair {
    pub(super) fn start(&self) -> usize {
        self.open - usize::from(self.is_image)
    }

    pub(super) fn text(&self) -> Span {
        Span::from_range(self.open + 1..self.close)
    }
}

/// How many bytes of a spoiled destination are looked at; one that goes on longer is taken for text.
const MAX_DESTINATION: usize = 2000;

/// The slip that a pair of brackets is part of.
pub(super) fn around(scan: &Scan<'_>, pair: Pair) -> Option<InvalidLink> {
    match scan.at(pair.close + 1) {
        b'(' => spoiled(scan, pair),
        b')' => bracketed(scan, pair),
        b' ' | b'\t' | b'\n' | b'\r' => apart(scan, pair),
        _ => None,
    }
}

/// Whether a template makes the destination before Markdown is read, as in `[text]({{< ref "page" >}})`, be it over
/// several lines.
pub(super) fn is_templated(scan: &Scan<'_>, pair: Pair, overlay: Option<&Overlay>) -> bool {
    if scan.at(pair.close + 1) != b'(' {
        return false;
    }
    let start = Span::new(pair.close as u32 + 2, pair.close as u32 + 3);
    let template = overlay.and_then(|overlay| overlay.island_at(start));
    if template.is_some_and(|template| template.span.of(scan.source).contains('\n')) {
        return true;
    }
    let rest = scan.bytes().get(pair.close + 2..).unwrap_or_default();
    let rest = &rest[..rest.len().min(MAX_DESTINATION)];
    let end = memchr::memchr3(b')', b'[', b'\n', rest).unwrap_or(rest.len());
    let opens = |mark: &[u8]| memchr::memmem::find(&rest[..end], mark).is_some();
    opens(b"{{") || opens(b"{%") || opens(b"<%")
}

/// `([https://example.org])`
fn bracketed(scan: &Scan<'_>, pair: Pair) -> Option<InvalidLink> {
    let text = pair.text();
    let is_url = is_address(text.of(scan.source)) && !has_space(text.of(scan.source));
    let before = pair.start().checked_sub(1)?;
    (is_url && scan.at(before) == b'(').then(|| InvalidLink {
        kind: InvalidLinkKind::BracketedUrl,
        span: Span::from_range(before..pair.close + 2),
        text,
        destination: text,
    })
}

/// `[text] (destination)`
fn apart(scan: &Scan<'_>, pair: Pair) -> Option<InvalidLink> {
    let open = scan.gap(pair.close + 1);
    let text = pair.text().of(scan.source);
    // `[1] (https://example.org)` names a source.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if scan.at(open) != b'(' || is_number {
        return None;
    }
    let end = word_end(scan, open + 1);
    let destination = Span::from_range(open + 1..end);
    (scan.at(end) == b')' && is_destination(destination.of(scan.source))).then(|| InvalidLink {
        kind: InvalidLinkKind::SpaceBeforeDestination,
        span: Span::from_range(pair.start()..end + 1),
        text: pair.text(),
        destination,
    })
}

/// `[text] ({{< ref "page" >}})`: a template makes the destination, and is not part of the text that is scanned.
pub(super) fn before_template(scan: &Scan<'_>, pair: Pair, overlay: &Overlay) -> Option<InvalidLink> {
    let open = scan.gap(pair.close + 1);
    if scan.at(open) != b'(' || open == pair.close + 1 {
        return None;
    }
    let start = open as u32 + 1;
    let template = overlay.island_at(Span::new(start, start + 1))?;
    let is_whole = template.span.start == start && scan.at(template.span.end as usize) == b')';
    // What `{{ … }}` shows is more often text than a URL.
    (is_whole && template.kind == IslandKind::Tag).then(|| InvalidLink {
        kind: InvalidLinkKind::SpaceBeforeDestination,
        span: Span::new(pair.start() as u32, template.span.end + 1),
        text: pair.text(),
        destination: template.span,
    })
}

/// `[text](…` that is not a link.
fn spoiled(scan: &Scan<'_>, pair: Pair) -> Option<InvalidLink> {
    let start = pair.close + 2;
    let slip = |kind, destination: Span, end| InvalidLink {
        kind,
        span: Span::from_range(pair.start()..end),
        text: pair.text(),
        destination,
    };
    let first = Span::from_range(start..word_end(scan, start));
    let Some(close) = closing(scan, start) else {
        let end = first.end as usize;
        return is_destination(first.of(scan.source)).then(|| slip(InvalidLinkKind::Unclosed, first, end));
    };
    let end = scan.trim_end(start, close);
    let inside = Span::from_range(scan.space(start).min(end)..end);
    let text = inside.of(scan.source);
    if !has_space(text) || is_call(scan, pair) && !is_destination(text) {
        return None;
    }
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let (head, tail) = (&text[..word], text[word..].trim_start());
    if tail.starts_with(['"', '\'', '“', '”']) {
        let first = Span::new(inside.start, inside.start + head.len() as u32);
        return Some(slip(InvalidLinkKind::Title, first, close + 1));
    }
    let is_broken = text.contains(['\n', '\r']) && !has_blank_in_line(scan, inside);
    let kind =
        if is_broken { InvalidLinkKind::BreakInDestination } else { InvalidLinkKind::SpaceInDestination };
    Some(slip(kind, inside, close + 1))
}

/// Whether the brackets follow a word or are empty, as in `handlers[name](one, two)`: that is seldom meant as a link.
fn is_call(scan: &Scan<'_>, pair: Pair) -> bool {
    let follows = pair.open > 0 && scan.at(pair.open - 1).is_ascii_alphanumeric();
    !pair.is_image && (follows || scan.space(pair.open + 1) >= pair.close)
}

/// Whether some line has spaces between words.
fn has_blank_in_line(scan: &Scan<'_>, inside: Span) -> bool {
    let within = Scan { end: inside.end as usize, ..*scan };
    let mut at = inside.start as usize;
    while at < within.end {
        let end = (at..within.end).find(|&p| within.at(p).is_ascii_whitespace()).unwrap_or(within.end);
        let behind = within.white(end);
        if behind < within.end && within.line_break(behind).is_none() {
            return true;
        }
        at = within.space(end);
    }
    false
}

/// The parenthesis that closes the one before `start`, within two lines and before the next bracket.
fn closing(scan: &Scan<'_>, start: usize) -> Option<usize> {
    let (mut at, mut depth, mut breaks) = (start, 0, 0);
    while at < scan.end && at - start <= MAX_DESTINATION {
        match scan.at(at) {
            b'\\' if scan.at(at + 1).is_ascii_punctuation() => at += 1,
            b'[' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'\n' if breaks == 1 => return None,
            b'\n' => breaks += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the word ends that begins here: at white space, a parenthesis that it does not open, or a bracket.
fn word_end(scan: &Scan<'_>, start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < scan.end && at - start <= MAX_DESTINATION {
        match scan.at(at) {
            b'[' | b']' => break,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    while !scan.source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn has_space(text: &str) -> bool {
    text.contains(char::is_whitespace)
}

/// A URL with its scheme, or one that is known without.
fn is_address(text: &str) -> bool {
    let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && (rest.starts_with("//") || scheme.eq_ignore_ascii_case("mailto")) || text.starts_with("www.")
}

/// Whether a word is hardly anything but the destination of a link: a URL, a path, an anchor or the name of a
/// page or an image.
pub fn is_destination(word: &str) -> bool {
    const EXTENSIONS: [&str; 11] =
        [".md", ".mdx", ".markdown", ".html", ".htm", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg"];
    let path = word.split(['#', '?']).next().unwrap_or_default();
    // `#12` names something numbered, which many hosts make a link of.
    let is_anchor = word.strip_prefix('#').is_some_and(|id| id.contains(|c: char| !c.is_ascii_digit()));
    let is_path = ["/", "./", "../"].iter().any(|start| word.len() > start.len() && word.starts_with(start));
    is_address(word) || is_anchor || is_path || EXTENSIONS.iter().any(|end| path.ends_with(end))
}

/// `(text)[destination]`, whose second part begins at `at`. `stop` remembers the closing bracket or line end that was
/// found last, so that it is not looked for again and again.
pub(super) fn reversed(scan: &Scan<'_>, at: usize, stop: &mut usize) -> Option<InvalidLink> {
    let bytes = scan.bytes();
    let open = bytes[..at - 1].iter().rposition(|byte| matches!(byte, b'(' | b')' | b'\n' | b'\r'))?;
    let text = Span::from_range(open + 1..at - 1);
    let is_escaped = |end: usize| bytes[end - 1] == b'\\';
    if bytes[open] != b'(' || open > 0 && is_escaped(open) || text.is_empty() || is_escaped(at - 1) {
        return None;
    }
    if *stop <= at {
        *stop = memchr::memchr3(b']', b'\n', b'\r', &bytes[at + 1..]).map_or(scan.end, |i| at + 1 + i);
    }
    let close = *stop;
    let destination = Span::from_range(at + 1..close.max(at + 1));
    let is_closed = scan.at(close) == b']' && scan.at(close + 1) != b'(';
    if !is_closed || destination.is_empty() || scan.at(at + 1) == b'^' || is_escaped(close) {
        return None;
    }
    let whole = Span::from_range(open..close + 1);
    Some(InvalidLink { kind: InvalidLinkKind::Reversed, span: whole, text, destination })
}

/// `[ text ](destination)`
pub(super) fn space_around_text(scan: &Scan<'_>, whole: Span, link: &Link) -> Option<InvalidLink> {
    let text = link.text.of(scan.source);
    let is_spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    (is_spaced && !text.trim().is_empty()).then(|| InvalidLink {
        kind: InvalidLinkKind::SpaceAroundText,
        span: whole,
        text: link.text,
        destination: link.destination.map_or(link.label.unwrap_or(Span::empty(whole.end)), |it| it.span),
    })
}
