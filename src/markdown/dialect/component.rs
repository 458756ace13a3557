//! Components of Vue that begin a line, such as `<Badge />`: the blocks of HTML that begin with them end at a blank line,
//! whatever follows the tag; but text after a component that ends in its line is a paragraph.

use super::Template;
use super::lines::Lines;
use super::overlay::{Island, IslandKind, Patch};

/// Tags that begin such a block in CommonMark.
const OPENING: &str = "<p ";
const CLOSING: &str = "</p ";

impl Lines<'_> {
    /// Takes a component at the start of a line.
    pub(super) fn component(&mut self, line: usize, text: usize, end: usize) {
        let is_wanted =
            self.dialect.template == Template::Vue && self.bytes[line..text].iter().all(|byte| *byte == b' ');
        let Some(rest) = self.bytes[text..end].strip_prefix(b"<").filter(|_| is_wanted) else { return };
        let patch = if rest.starts_with(b"/") { CLOSING } else { OPENING };
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let length = name.iter().take_while(|byte| is_part(byte)).count();
        let is_component = name.first().is_some_and(u8::is_ascii_uppercase)
            || name.first().is_some_and(u8::is_ascii_lowercase) && name[..length].contains(&b'-');
        let is_whole = matches!(name.get(length), None | Some(b' ' | b'\t' | b'\r' | b'>' | b'/'));
        if !is_component || !is_whole || length < 2 {
            return;
        }
        let stop = self.component_end(text, &name[..length], end);
        if let Some(stop) = stop.filter(|&stop| !self.bytes[stop..end].trim_ascii().is_empty()) {
            self.found.push(Island::new(text, stop, IslandKind::Element));
        } else {
            self.patches.push(Patch { at: text as u32, text: patch });
        }
    }

    /// Where a component ends that does so in its line: after `/>`, or after its closing tag.
    fn component_end(&self, text: usize, name: &[u8], end: usize) -> Option<usize> {
        let stop = self.tag_end(text).filter(|&stop| stop <= end)?;
        if self.bytes[..stop].ends_with(b"/>") {
            return Some(stop);
        }
        let closing = [b"</", name, b">"].concat();
        let close = memchr::memmem::find(&self.bytes[stop..end], &closing)?;
        Some(stop + close + closing.len())
    }
}
