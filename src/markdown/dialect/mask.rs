//! The text that the parser reads: islands are letters within a line, and spaces on lines of which they are the only
//! content; heads of containers are items of a list.

use super::cache::{line_end, line_start};
use super::overlay::{Head, Island, IslandKind, MaskForm};
use crate::markdown::fences::prefix;

/// How many lines above a line are looked at for the start of a block of HTML.
const LONGEST_HTML: usize = 200;

/// Masks islands, which are in source order and do not overlap, and says of each whether it has lines for itself.
pub(super) fn mask(source: &str, body: usize, islands: &mut [Island]) -> Vec<u8> {
    let mut text = source.as_bytes().to_vec();
    let mut rest = islands;
    while !rest.is_empty() {
        let (start, end, count) = group(&text, body, rest);
        let (these, after) = rest.split_at_mut(count);
        let place = place(&text, start, end, body, these);
        let marks = memchr::memchr_iter(b'>', &text[start..these[0].span.start as usize]).count();
        let shows_nothing =
            these.iter().all(|it| it.kind == IslandKind::Tag && text[it.span.range()].starts_with(b"{%"));
        let mut is_first_comment = place == Place::Text;
        for island in these.iter_mut() {
            island.is_block = place == Place::Lines;
            let range = island.span.range();
            let range_start = range.start;
            let is_comment = is_first_comment && island.kind == IslandKind::Comment;
            is_first_comment &= !is_comment;
            let begins_line = is_comment && prefix(&text[start..range.end]) == range.start - start;
            let bytes = &mut text[range];
            if begins_line {
                fill_before_text(bytes, marks);
            } else {
                fill(bytes, island.kind, place, marks);
            }
            if island.kind == IslandKind::Element
                && place == Place::Text
                && follows_url(&text, start, range_start)
            {
                text[range_start] = b' ';
            }
        }
        if place == Place::Text && shows_nothing {
            move_fence(&mut text[start..end]);
        }
        rest = after;
    }
    text
}

/// Whether a URL ends right before a tag, which the parser would read as its end: `https://quay.example<br />`.
fn follows_url(text: &[u8], line: usize, at: usize) -> bool {
    const LONGEST: usize = 1000;
    let before = &text[line.max(at.saturating_sub(LONGEST))..at];
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    memchr::memmem::find(word, b"://").is_some()
}

/// Where islands that share lines are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a line of text.
    Text,
    /// On separate lines.
    Lines,
    /// On separate lines in an HTML block, which a blank line would end.
    Html,
}

/// Moves a code fence that follows only tags, such as `{% endraw %}`, to the start of its line, where the parser takes it
/// for one.
fn move_fence(line: &mut [u8]) {
    let content = line.trim_ascii_end().len();
    let Some(&mark @ (b'`' | b'~')) = line[..content].last() else { return };
    let length = line[..content].iter().rev().take_while(|&&byte| byte == mark).count();
    let start = content - length;
    let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    let is_after_tags = indent < start && line[indent..start].iter().all(|byte| matches!(byte, b'x' | b' '));
    if length >= 3 && is_after_tags && start - indent >= length {
        line[start..content].fill(b' ');
        line[indent..indent + length].fill(mark);
        line[indent + length..start].fill(b' ');
    }
}

/// The lines that the first islands share, and how many islands these are.
fn group(text: &[u8], body: usize, islands: &[Island]) -> (usize, usize, usize) {
    let start = line_start(text, islands[0].span.start as usize, body);
    let mut end = line_end(text, islands[0].span.end as usize);
    let mut count = 1;
    while let Some(next) = islands.get(count).filter(|next| (next.span.start as usize) < end) {
        if next.span.end as usize > end {
            end = line_end(text, next.span.end as usize);
        }
        count += 1;
    }
    (start, end, count)
}

fn place(text: &[u8], start: usize, end: usize, body: usize, islands: &[Island]) -> Place {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let mut at = start;
    let mut is_alone = true;
    for island in islands {
        let gap = &text[at..island.span.start as usize];
        is_alone &= gap.iter().all(|byte| is_blank(byte) || *byte == b'>' && at == start);
        at = island.span.end as usize;
    }
    is_alone &= text[at..end].iter().all(is_blank);
    // What shows text is text in a line of its own, too.
    let shows = islands.iter().any(|island| island.kind.is_text());
    if !is_alone || shows {
        Place::Text
    } else if is_in_html(text, start, body) {
        Place::Html
    } else {
        Place::Lines
    }
}

/// Replaces the bytes of a comment that text follows: a comment of HTML would make a block of HTML of its line.
fn fill_before_text(bytes: &mut [u8], marks: usize) {
    fill(bytes, IslandKind::Tag, Place::Text, marks);
    if let Some(last) = bytes.last_mut().filter(|last| **last == b'x') {
        *last = b' ';
    }
}

/// Replaces the bytes of an island. Line breaks, indentation, and as many block quote markers as precede its first line
/// stay in each of its lines.
fn fill(bytes: &mut [u8], kind: IslandKind, place: Place, marks: usize) {
    // In MDX a comment is a block of its own where it is alone; others leave an empty line.
    let is_comment = kind == IslandKind::Comment;
    let is_shown_as_comment = match place {
        Place::Html => true,
        Place::Text => is_comment,
        Place::Lines => is_comment && !matches!(bytes.get(1), Some(b'#' | b'%' | b':')),
    };
    // A list of attributes at the end of a line shows nothing.
    let is_empty = place == Place::Lines || kind == IslandKind::Attributes;
    let filler = if is_empty { b' ' } else { b'x' };
    let mut is_line_start = false;
    let mut seen = 0;
    for byte in bytes.iter_mut() {
        match *byte {
            b'\n' | b'\r' => (is_line_start, seen) = (true, 0),
            b' ' | b'\t' if is_line_start => {}
            b'>' if is_line_start && seen < marks => seen += 1,
            // A bar parts the cells of a table before the formula is read.
            b'|' if kind == IslandKind::Math && place == Place::Text => {}
            b' ' | b'|' if kind == IslandKind::Interpolation => {}
            _ => {
                is_line_start = false;
                *byte = filler;
            }
        }
    }
    let end = bytes.len();
    let has_break = |part: &[u8]| memchr::memchr2(b'\n', b'\r', part).is_some();
    if is_shown_as_comment
        && end >= "<!---->".len()
        && !has_break(&bytes[..4])
        && !has_break(&bytes[end - 3..])
    {
        bytes[..4].copy_from_slice(b"<!--");
        bytes[end - 3..].copy_from_slice(b"-->");
    }
}

/// What begins an item that no item of the page begins with, so that they make no list together.
#[derive(Clone, Copy)]
pub(super) struct Bullet(u8);

impl Bullet {
    /// One that begins no item of a text.
    pub(super) fn unused_in(bytes: &[u8]) -> Option<Self> {
        [b'+', b'*', b'-'].into_iter().find(|&bullet| !begins_item(bytes, bullet)).map(Self)
    }
}

/// Whether a line begins with a bullet, or with block quote or list markers and a bullet.
fn begins_item(bytes: &[u8], bullet: u8) -> bool {
    memchr::memchr_iter(bullet, bytes).any(|at| {
        let is_followed = matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
        let is_marker = |byte: &u8| byte.is_ascii_digit() || b" \t>.)+*-".contains(byte);
        let before = bytes[..at].iter().rev().take(LONGEST_PREFIX).find(|byte| !is_marker(byte));
        is_followed && before.is_none_or(|byte| *byte == b'\n')
    })
}

/// How many bytes before a bullet are looked at for the start of its line; more of them are taken for a prefix.
const LONGEST_PREFIX: usize = 64;

/// Masks heads as items; without a bullet there are none but those that are no items.
pub(super) fn mask_heads(text: &mut [u8], heads: &mut Vec<Head>, bullet: Option<Bullet>) {
    if bullet.is_none() {
        heads.retain(|head| head.form == MaskForm::Title);
    }
    for head in heads {
        let (start, end) = (head.span.start as usize, head.span.end as usize);
        let title = head.title.map_or(end..end, |title| title.start as usize..title.end as usize);
        match head.form {
            MaskForm::Bullet | MaskForm::Indent => {}
            MaskForm::Heading | MaskForm::Title => {
                text[start..title.start].fill(b' ');
                text[title.end..end].fill(b' ');
            }
            MaskForm::Empty(width) => {
                text[start..end].fill(b' ');
                text[start + usize::from(width)] = b'#';
            }
        }
        match (head.form, bullet) {
            (MaskForm::Title, _) => text[start] = b'#',
            (MaskForm::Heading, _) => text[start + 4] = b'#',
            _ => {}
        }
        if let Some(bullet) = bullet.filter(|_| head.form != MaskForm::Title) {
            bullet.write(text, start);
        }
    }
}

impl Bullet {
    /// Whether it is this character.
    pub(super) const fn is(self, bullet: u8) -> bool {
        self.0 == bullet
    }

    /// Writes it at a place.
    pub(super) fn write(self, text: &mut [u8], at: usize) {
        text[at] = self.0;
    }
}

/// Whether what follows a `<` is the name of a tag, and no URL.
fn begins_tag(tag: &[u8]) -> bool {
    let name = tag.strip_prefix(b"/").unwrap_or(tag);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    length > 0 && matches!(name.get(length), None | Some(b' ' | b'\t' | b'>' | b'/'))
}

/// Whether the line above a line belongs to a block of HTML.
fn is_in_html(text: &[u8], mut line: usize, body: usize) -> bool {
    for _ in 0..LONGEST_HTML {
        if line <= body {
            return false;
        }
        let above = line_start(text, line - 1, body);
        match text[above..line].trim_ascii() {
            [] => return false,
            [b'<', tag @ ..] if begins_tag(tag) => return true,
            _ => line = above,
        }
    }
    false
}
