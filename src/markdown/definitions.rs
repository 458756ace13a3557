//! Link reference definitions. The parser drops them and nothing else: what no leaf block covers, and the heads of
//! paragraphs that begin with a bracket, hold exactly them.

use comrak::nodes::NodeValue;

use super::data::{Definition, Destination};
use super::links::written;
use super::normalize_label;
use super::scan::Scan;
use crate::text::Span;

/// Every definition in a stretch that no leaf block covers.
pub(super) fn in_gap(scan: &Scan<'_>, start: usize, found: &mut Vec<Definition>) {
    let mut at = start;
    loop {
        while matches!(scan.at(at), b' ' | b'\t' | b'\n' | b'\r' | b'>') {
            at += 1;
        }
        if at >= scan.end {
            return;
        }
        at = if let Some(definition) = definition(scan, at) {
            let end = definition.span.end as usize;
            found.push(definition);
            end
        } else {
            let rest = &scan.bytes()[at..];
            memchr::memchr2(b'\n', b'\r', rest).map_or(scan.end, |i| at + i)
        };
    }
}

/// The definitions that a paragraph begins with, and where its text begins after them.
pub(super) fn at_head(scan: &Scan<'_>, start: usize, found: &mut Vec<Definition>) -> usize {
    let mut at = start;
    while let Some(definition) = definition(scan, at) {
        let end = definition.span.end as usize;
        found.push(definition);
        at = scan.gap(end);
    }
    at
}

/// The definition whose label begins here (CommonMark 0.31.2, section 4.7).
fn definition(scan: &Scan<'_>, at: usize) -> Option<Definition> {
    let label = scan.label(at)?;
    if scan.space(label.start) >= label.end || scan.at(label.end + 1) != b':' {
        return None;
    }
    let start = scan.gap(label.end + 2);
    let (inside, after) = scan.destination(start)?;
    if after == start {
        return None;
    }
    let title = title(scan, after);
    let end = match &title {
        Some(title) => title.end as usize + 1,
        None if ends_line(scan, after) => after,
        None => return None,
    };
    let destination = written(start, inside);
    let label = Span::from_range(label);
    Some(Definition {
        span: Span::from_range(at..end),
        label,
        normalized: normalize_label(label.of(scan.source)).into(),
        url: resolve(destination, scan.source),
        destination,
        title,
    })
}

/// The title after a destination, if nothing but spaces follow it in its line.
fn title(scan: &Scan<'_>, after: usize) -> Option<Span> {
    let start = scan.gap(after);
    if start == after {
        return None;
    }
    let inside = scan.title(start)?;
    if ends_line(scan, inside.end + 1) {
        return Some(Span::from_range(inside));
    }
    // Some engines take all up to the last quotation mark; the parser decides whether it is a definition.
    let quote = scan.at(start);
    let rest = &scan.bytes()[start..scan.end];
    let line = rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())].trim_ascii_end();
    (matches!(quote, b'"' | b'\'') && line.len() > 2 && line.ends_with(&[quote]))
        .then(|| Span::from_range(start + 1..start + line.len() - 1))
}

fn ends_line(scan: &Scan<'_>, at: usize) -> bool {
    let at = scan.blanks(at);
    at >= scan.end || scan.line_break(at).is_some()
}

/// Where a destination leads: the parser is asked what a link with it leads to, so that escapes and entities mean
/// the same in definitions and in links.
fn resolve(destination: Destination, source: &str) -> Box<str> {
    let written = destination.span.of(source);
    if !written.contains(['\\', '&', '\0']) {
        return written.into();
    }
    let link = if destination.angle_brackets { format!("[](<{written}>)") } else { format!("[]({written})") };
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &link, &comrak::Options::default());
    let url = root.descendants().find_map(|node| match &node.data().value {
        NodeValue::Link(link) => Some(link.url.as_str().into()),
        _ => None,
    });
    url.unwrap_or_else(|| written.into())
}
