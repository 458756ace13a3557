//! Files that `pymdownx.snippets` puts in: `--8<-- "file"`, or a block with a file on each line.
//!
//! Source: `pymdownx.snippets` of pymdown-extensions 13.1.2, whose markers have any number of dashes.

use super::cache::line_end;
use super::lines::Lines;
use super::overlay::{Island, IslandKind};
use super::{Parts, Template};

impl Lines<'_> {
    /// Reads a snippet whose line has its content between `text` and `stop`; gives where the lines after it begin.
    pub(super) fn snippet(&mut self, text: usize, stop: usize) -> Option<usize> {
        let content = &self.bytes[text..stop];
        let length = if self.dialect.parts.has(Parts::SNIPPETS) { marker(content) } else { None };
        let is_code = self.dialect.template == Template::Vue && content.starts_with(b"<<<");
        if length.is_none() && !is_code {
            return None;
        }
        let is_block = length == Some(content.len());
        let stop = if is_block { self.block_end(stop).unwrap_or(stop) } else { stop };
        self.found.push(Island::new(text, stop, IslandKind::Snippet));
        Some(line_end(self.bytes, stop) + 1)
    }

    /// The end of the marker that closes a block; `stop` is in the line of the one that opens it. The next marker closes
    /// it, so only one block of a page is searched to the end of the page for nothing.
    fn block_end(&self, stop: usize) -> Option<usize> {
        let mut at = line_end(self.bytes, stop) + 1;
        while at < self.bytes.len() {
            let end = line_end(self.bytes, at);
            let line = self.bytes[at..end].trim_ascii_end();
            let content = line.trim_ascii_start();
            if marker(content) == Some(content.len()) {
                return Some(at + line.len());
            }
            at = end + 1;
        }
        None
    }
}

/// The length of the marker that a line begins with.
fn marker(line: &[u8]) -> Option<usize> {
    let dashes = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b'-').count();
    let before = dashes(line);
    let after = dashes(line[before..].strip_prefix(b"8<")?);
    (before > 0 && after > 0).then_some(before + 2 + after)
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn markers_have_dashes_on_both_sides() {
        for (line, expected) in [
            ("--8<-- \"tides.md\"", Some(6)),
            ("-8<---", Some(6)),
            ("8<--", None),
            ("--8<", None),
            ("---", None),
        ] {
            assert_eq!(marker(line.as_bytes()), expected, "{line}");
        }
    }
}
