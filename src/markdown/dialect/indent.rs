//! MDX and Eleventy have no indented code: what the parser takes for some is made the text of an item that is not there.

use comrak::{
    Arena,
    nodes::{Node, NodeValue},
};

use super::cache::line_end;
use super::loose_fence::{self, OpeningFence};
use super::mask::Bullet;
use super::overlay::{Head, MaskForm};
use super::{Dialect, Parts};
use crate::{
    markdown::{
        Excess,
        fences::{Fences, prefix, white},
    },
    text::Span,
};

/// How often a text is read: each time shows what is indented in what was code before.
const ROUNDS: usize = 6;

/// The columns that make code of a line.
const COLUMNS: usize = 4;

/// Masks lines that the parser would take for code. Adds a head for each block of them.
pub(super) fn outdent(text: &mut [u8], body: usize, dialect: Dialect, bullet: Bullet, heads: &mut Vec<Head>) {
    for _ in 0..ROUNDS {
        if !may_have_code(&text[body..]) {
            break;
        }
        let Code { places, fences } = code(text, body, bullet);
        // Other engines want a closing fence to be indented by fewer columns than code.
        let is_closed = dialect.parts.has(Parts::MDX) && loose_fence::close(&fences, text);
        if places.is_empty() && !is_closed {
            break;
        }
        for place in places {
            match place {
                Place::Item(at) => {
                    bullet.write(text, at);
                    heads.push(Head {
                        span: Span::from_range(at..at + 1),
                        title: None,
                        form: MaskForm::Indent,
                    });
                }
                Place::Tab(at) => text[at] = b' ',
            }
        }
    }
    heads.sort_by_key(|head| head.span.start);
}

/// Whether a text may have indented code. Most pages have four spaces in a row within fences alone, which are told from
/// others here where that is certain: to parse a page takes fifty times as long.
pub(super) fn may_have_code(text: &[u8]) -> bool {
    let mut fences = Fences::default();
    // Whether an element that the parser reads as a block may go on: up to the next blank line.
    let mut in_html = false;
    let mut at = 0;
    if !has_wide_gap(text) || memchr::memchr(b'\r', text).is_some() {
        return has_wide_gap(text);
    }
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        at = end + 1;
        let content = trimmed(line);
        if fences.is_open() {
            fences.takes(content);
            if !fences.is_open() && has_wide_gap(line) {
                return true;
            }
            continue;
        }
        if content.is_empty() {
            in_html = false;
            continue;
        }
        let before = prefix(line);
        let inner = &line[before..];
        in_html |= inner.starts_with(b"<");
        // In something else, what ends a block is not certain.
        let is_outer = before == 0 && !in_html && fences.takes(content);
        let is_inner = !is_outer && (inner.starts_with(b"```") || inner.starts_with(b"~~~"));
        if is_inner || begins_lasting_html(inner) || has_wide_gap(line) {
            return true;
        }
    }
    false
}

/// Whether HTML begins here that a blank line does not end (CommonMark 0.31.2, section 4.6).
fn begins_lasting_html(content: &[u8]) -> bool {
    const NAMES: [&[u8]; 4] = [b"script", b"pre", b"style", b"textarea"];
    let is_named = |rest: &[u8], name: &[u8]| {
        rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    content.strip_prefix(b"<").is_some_and(|rest| {
        matches!(rest.first(), Some(b'!' | b'?')) || NAMES.iter().any(|name| is_named(rest, name))
    })
}

/// A line without the spaces and tabs around its content.
fn trimmed(line: &[u8]) -> &[u8] {
    let rest = &line[white(line).len()..];
    let after = rest.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    &rest[..rest.len() - after]
}

/// Whether a text has a tab, or four spaces in a row.
fn has_wide_gap(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"    ").is_some() || memchr::memchr(b'\t', text).is_some()
}

/// What to change so that a block is not read as code.
enum Place {
    /// A space or tab before its first byte, from which on the text is that of an item.
    Item(usize),
    /// The only tab before its first byte.
    Tab(usize),
}

/// The code that the parser reads and the engine does not, or not like this.
#[derive(Default)]
struct Code {
    /// What to change for each block of indented code.
    places: Vec<Place>,
    /// The fences that open a block.
    fences: Vec<OpeningFence>,
}

fn code(text: &[u8], body: usize, bullet: Bullet) -> Code {
    let markdown = std::str::from_utf8(&text[body..]).ok().filter(|markdown| Excess::of(markdown).is_none());
    let Some(markdown) = markdown else { return Code::default() };
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, super::super::options_for(markdown));
    let starts: Vec<usize> = std::iter::once(body)
        .chain(memchr::memchr_iter(b'\n', &text[body..]).map(|at| body + at + 1))
        .collect();
    let mut code = Code::default();
    for node in root.descendants() {
        code.places.extend(indented(node, text, &starts));
        code.fences.extend(OpeningFence::of(node, text, &starts, bullet));
    }
    code
}

/// What to change so that a node is not read as indented code. `starts` are where the lines begin.
fn indented(node: Node<'_>, text: &[u8], starts: &[usize]) -> Option<Place> {
    let ast = node.data();
    let is_indented = matches!(&ast.value, NodeValue::CodeBlock(code) if !code.fenced);
    let line = *starts.get(ast.sourcepos.start.line.saturating_sub(1)).filter(|_| is_indented)?;
    let end = line_end(text, line);
    let from = (line + ast.sourcepos.start.column.saturating_sub(1)).min(end);
    let first = from + text[from..end].iter().position(|byte| !byte.is_ascii_whitespace())?;
    if text[..first].ends_with(b"\t") {
        let before = first.checked_sub(2).filter(|&at| at >= line && matches!(text[at], b' ' | b'\t'));
        return Some(before.map_or(Place::Tab(first - 1), Place::Item));
    }
    let at = first.checked_sub(COLUMNS).filter(|&at| at >= line)?;
    text[at..first].iter().all(|byte| *byte == b' ').then_some(Place::Item(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::mask::Bullet, code, loose_fence, may_have_code};

    #[test]
    fn spaces_in_outer_fences_are_no_indented_code() {
        for text in [
            "Tides:\n```js\n    high()\n```\n",
            "~~~\n    high()\n```\n    low()\n~~~~  \nEbb\n",
            "<Tide>\n\n```\n    high()\n```\n\n</Tide>\n",
            "```\n    never closed\n",
        ] {
            assert!(!may_have_code(text.as_bytes()), "{text}");
        }
        for text in [
            "    high()\n",
            "```\n```\n    high()\n",
            "<div>\n```\n    high()\n```\n",
            "<pre>\n\n```\n\n</pre>\n\n    high()\n",
            "- Tides\n  ```\n      high()\n  ```\n",
            "```\nhigh()\n    ```\n",
            ">     high()\n",
        ] {
            assert!(may_have_code(text.as_bytes()), "{text}");
        }
    }

    const LINES: [&str; 22] = [
        "",
        "",
        "tide",
        "```",
        "````",
        "~~~",
        "```js",
        "  ```",
        "    ```",
        "    tide",
        "  tide",
        "- tide",
        "1. tide",
        "> tide",
        "> ```",
        "<Tide>",
        "<div>",
        "<pre>",
        "</pre>",
        "<!-- tide",
        "-->",
        "| a | b |",
    ];

    proptest! {
        #[test]
        fn no_code_is_passed_over(lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..24)) {
            let mut text = lines.join("\n").into_bytes();
            if !may_have_code(&text) && let Some(bullet) = Bullet::unused_in(&text) {
                let code = code(&text, 0, bullet);
                prop_assert!(code.places.is_empty(), "{lines:?}");
                prop_assert!(!loose_fence::close(&code.fences, &mut text), "{lines:?}");
            }
        }
    }
}
