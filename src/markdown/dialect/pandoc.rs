//! What pandoc reads differently from CommonMark: headings need a blank line above, metadata may be in the middle of a
//! page, and a line of dashes and spaces belongs to a table.

use super::cache::line_end;
use super::lines::{Lines, run_length};
use super::overlay::{Island, IslandKind, Patch};
use super::spared::begins_text;

/// How many lines of metadata are looked at for their end.
const LONGEST: usize = 200;

/// How many bytes the attributes of a definition may have.
const LONGEST_LIST: usize = 200;

impl Lines<'_> {
    /// Takes a heading directly below a paragraph, which is text, or metadata; gives where to go on.
    pub(super) fn pandoc(&mut self, line: usize, text: usize, end: usize) -> Option<usize> {
        if !self.dialect.is_pandoc() {
            return None;
        }
        match self.bytes[text..end].trim_ascii_end() {
            b"---" if line == text => self.metadata(line, end),
            dashes if has_columns(dashes) && self.is_in_table(line, end) => {
                self.found.push(Island::new(text, text + dashes.len(), IslandKind::Literal));
                // A letter in its place makes a paragraph of the table, and no code of its indented rows.
                self.letters.push(Patch { at: text as u32, text: "x" });
                Some(end + 1)
            }
            [b'[', .., b'}'] => {
                self.definition_attributes(text, end);
                None
            }
            [b'#', ..] if self.is_below_paragraph(line) => {
                let marks = run_length(self.bytes, text);
                self.found.push(Island::new(text, text + marks, IslandKind::Literal));
                Some(end + 1)
            }
            _ => None,
        }
    }

    /// Takes the list of attributes after a definition, `[tides]: tides.md {.wide}`.
    fn definition_attributes(&mut self, text: usize, end: usize) {
        let line = &self.bytes[text..end];
        let length = line.trim_ascii_end().len();
        let Some(open) = memchr::memmem::rfind(line, b" {").map(|at| at + 1) else { return };
        let has_label = memchr::memmem::find(&line[..open], b"]: ").is_some();
        if has_label && length - open <= LONGEST_LIST {
            self.found.push(Island::new(text + open, text + length, IslandKind::Attributes));
        }
    }

    /// Whether there is text in the line above a line or below it.
    fn is_in_table(&self, line: usize, end: usize) -> bool {
        let below = self.bytes.get(end + 1..).map_or(&[][..], |rest| &rest[..line_end(rest, 0)]);
        [self.line_above(line), below].iter().any(|it| !it.trim_ascii().is_empty())
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

/// Whether a line is that between the head and the rows of a simple table: a run of dashes for each column.
fn has_columns(line: &[u8]) -> bool {
    let mut runs = line.split(|byte| *byte == b' ').filter(|run| !run.is_empty());
    let is_run = |run: &[u8]| run.len() > 1 && run.iter().all(|byte| *byte == b'-');
    line.contains(&b' ') && runs.all(is_run)
}
