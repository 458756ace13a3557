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
use crate::{markdown::Excess, text::Span};

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

/// Whether a text may have indented code.
pub(super) fn may_have_code(text: &[u8]) -> bool {
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
