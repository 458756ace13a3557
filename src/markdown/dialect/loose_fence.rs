//! Fences of MDX, which close a block whatever they are indented by, and code in an element, which no indentation keeps
//! in it: the text that the parser reads has both at the column of the fence that opens.

use comrak::nodes::{Node, NodeValue};

use super::cache::{line_end, line_start};
use super::mask::Bullet;
use super::overlay::Overlay;
use crate::{
    markdown::{
        ast::Tables,
        fences::{TAB_STOP, columns, white},
    },
    text::Span,
};

/// The fence that opens a block of code.
pub(super) struct OpeningFence {
    /// The first byte below the line of the fence.
    below: usize,
    marker: u8,
    length: usize,
    /// The column at which the parser takes a line for one of the block.
    column: usize,
    /// The column at which the engine does: list items that only hide an indentation do not count.
    least: usize,
}

impl OpeningFence {
    /// The fence of a node, if it has one. `starts` are where the lines begin.
    pub(super) fn of(node: Node<'_>, text: &[u8], starts: &[usize], bullet: Bullet) -> Option<Self> {
        let ast = node.data();
        let NodeValue::CodeBlock(code) = &ast.value else { return None };
        if !code.fenced {
            return None;
        }
        let start = *starts.get(ast.sourcepos.start.line.checked_sub(1)?)?;
        let below = line_end(text, start) + 1;
        let (column, least) = least_columns(node, text, starts, bullet)?;
        (below < text.len()).then_some(Self {
            below,
            marker: code.fence_char,
            length: code.fence_length,
            column,
            least,
        })
    }

    /// Writes the lines of code and the fence below them, whose line is given, so that the parser takes them for that.
    /// Tells whether a line was changed.
    fn close(&self, text: &mut [u8], (start, end): (usize, usize)) -> bool {
        let mut is_changed = self.align(&mut text[start..end]);
        let mut at = self.below;
        while at < start {
            let end = line_end(text, at);
            is_changed |= self.widen(text, at, end);
            at = end + 1;
        }
        is_changed
    }

    /// The line of the fence that ends the block; the end of what was looked at, where there is none.
    fn closing_line(&self, text: &[u8]) -> Result<(usize, usize), usize> {
        let mut at = self.below;
        while at < text.len() {
            let end = line_end(text, at);
            let content = text[at..end].trim_ascii();
            if !content.is_empty() && columns(white(&text[at..end])) < self.least {
                break;
            }
            if content.len() >= self.length && content.iter().all(|byte| *byte == self.marker) {
                return Ok((at, end));
            }
            at = end + 1;
        }
        Err(at)
    }

    /// Brings the fence of a line to a column at which it closes the block: tabs widen what is before it, and marks
    /// fill what is too wide.
    fn align(&self, line: &mut [u8]) -> bool {
        let white = white(line).len();
        let at = columns(&line[..white]);
        if (self.column..self.column + TAB_STOP).contains(&at) {
            return false;
        }
        let stops = self.column.div_ceil(TAB_STOP);
        let (indent, _) = line.split_at_mut(white);
        if white >= self.column {
            let (before, marks) = indent.split_at_mut(self.column);
            before.fill(b' ');
            marks.fill(self.marker);
        } else if white >= stops {
            // Up to three spaces before a tab do not move its stop.
            let mut spare = white - stops;
            let mut rest = indent;
            for _ in 0..stops {
                let spaces = spare.min(TAB_STOP - 1);
                let (stop, after) = rest.split_at_mut(spaces + 1);
                stop[..spaces].fill(b' ');
                stop[spaces] = b'\t';
                spare -= spaces;
                rest = after;
            }
        } else {
            return false;
        }
        true
    }

    /// Makes the start of a line of code so wide that the line is in the block.
    fn widen(&self, text: &mut [u8], at: usize, end: usize) -> bool {
        let line = &mut text[at..end];
        if line.trim_ascii().is_empty() || columns(white(line)) >= self.column {
            return false;
        }
        let tabs = self.column.div_ceil(TAB_STOP).min(line.len());
        // Whole characters are written over.
        let is_inside = |byte: &&u8| **byte & 0xC0 == 0x80;
        let rest = line[tabs..].iter().take_while(is_inside).count();
        line[..tabs].fill(b'\t');
        line[tabs..tabs + rest].fill(b' ');
        true
    }
}

/// The columns that keep a line in the innermost list item around a node, and in the innermost of those that do not only
/// hide an indentation; nothing in a block quote.
fn least_columns(node: Node<'_>, text: &[u8], starts: &[usize], bullet: Bullet) -> Option<(usize, usize)> {
    let mut innermost = None;
    for around in node.ancestors().skip(1) {
        let ast = around.data();
        match &ast.value {
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) | NodeValue::Alert(_) => return None,
            NodeValue::Item(item) => {
                let start = *starts.get(ast.sourcepos.start.line.checked_sub(1)?)?;
                let before = text.get(start..start + ast.sourcepos.start.column.saturating_sub(1))?;
                let column = columns(before) + item.padding;
                let innermost = *innermost.get_or_insert(column);
                if !bullet.is(item.bullet_char) {
                    return Some((innermost, column));
                }
            }
            _ => {}
        }
    }
    Some((innermost.unwrap_or(0), 0))
}

/// Lets the blocks that begin with these fences, which are in source order, end where the engine ends them. Tells
/// whether anything was changed.
pub(super) fn close(openings: &[OpeningFence], text: &mut [u8]) -> bool {
    let mut is_changed = false;
    // The text up to here was looked at for a block before.
    let mut seen = 0;
    for fence in openings {
        if fence.below < seen {
            continue;
        }
        match fence.closing_line(text) {
            Ok(line) => {
                is_changed |= fence.close(text, line);
                seen = line.1;
            }
            Err(end) => seen = end,
        }
    }
    is_changed
}

/// Gives code and closing fences that the parser read with another start the places that they have in the source.
pub(super) fn restore(tables: &mut Tables, overlay: &Overlay, source: &str) {
    let (own, masked) = (source.as_bytes(), overlay.text().as_bytes());
    let is_hidden = |at: usize| {
        own[at] != masked[at] && !own[at].is_ascii_whitespace() && masked[at].is_ascii_whitespace()
    };
    for block in &mut tables.code_blocks {
        let Some(fence) = &mut block.fence else { continue };
        if let Some(closing) = &mut fence.closing {
            let run = closing.of(source).bytes().rev().take_while(|byte| *byte == fence.marker).count();
            // The end of a container that is masked as a fence is left as it is.
            closing.start = if run == 0 { closing.start } else { closing.end - run as u32 };
        }
        let opening = fence.opening.start as usize;
        let first = line_start(own, opening, 0);
        let column = (own[first..opening] != masked[first..opening]).then(|| columns(&own[first..opening]));
        let lines = &mut tables.code_lines[block.lines.0 as usize..block.lines.1 as usize];
        for line in lines.iter_mut() {
            while line.start > 0 && is_hidden(line.start as usize - 1) {
                line.start -= 1;
            }
            let Some(column) = column else { continue };
            // As much as the fence is indented by is no code.
            let start = line_start(own, line.start as usize, 0);
            let is_before =
                |at: usize| matches!(own[at], b' ' | b'\t') && columns(&own[start..=at]) <= column;
            while line.start < line.end && is_before(line.start as usize) {
                line.start += 1;
            }
        }
        if let Some(code) = lines.iter().copied().reduce(Span::join) {
            block.content = code;
        }
    }
}
