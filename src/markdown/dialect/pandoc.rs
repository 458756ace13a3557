//! What pandoc reads differently from CommonMark: headings need a blank line above, and metadata may be in the middle of a
//! page.

use super::cache::line_end;
use super::lines::{Lines, run_length};
use super::overlay::{Island, IslandKind};
use super::spared::begins_text;

/// How many lines of metadata are looked at for their end.
const LONGEST: usize = 200;

impl Lines<'_> {
    /// Takes a heading directly below a paragraph, which is text, or metadata; gives where to go on.
    pub(super) fn pandoc(&mut self, line: usize, text: usize, end: usize) -> Option<usize> {
        if !self.dialect.is_pandoc() {
            return None;
        }
        match self.bytes[text..end].trim_ascii_end() {
            b"---" if line == text => self.metadata(line, end),
            [b'#', ..] if self.is_below_paragraph(line) => {
                let marks = run_length(self.bytes, text);
                self.found.push(Island::new(text, text + marks, IslandKind::Literal));
                Some(end + 1)
            }
            _ => None,
        }
    }

    /// Whether a line without indentation that begins no block is above another one.
    fn is_below_paragraph(&self, line: usize) -> bool {
        let above = self.line_above(line);
        begins_text(above.trim_ascii_end()) && above[0].is_ascii_alphanumeric()
    }

    /// The end of a block of YAML between `---` and `---` or `...`, below a blank line.
    fn metadata(&mut self, line: usize, end: usize) -> Option<usize> {
        if !self.line_above(line).trim_ascii().is_empty() {
            return None;
        }
        let mut at = end + 1;
        for number in 0..LONGEST {
            let content =
                self.bytes.get(at..line_end(self.bytes, at.min(self.bytes.len())))?.trim_ascii_end();
            if number > 0 && matches!(content, b"---" | b"...") {
                self.found.push(Island::new(line, at + content.len(), IslandKind::Comment));
                return Some(line_end(self.bytes, at) + 1);
            }
            let key = content
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
                .count();
            if number == 0 && (key == 0 || content.get(key) != Some(&b':')) {
                return None;
            }
            at += self.bytes[at..].iter().position(|byte| *byte == b'\n')? + 1;
        }
        None
    }
}
