//! Components of MDC, as Nuxt Content has them: `::name` is a container (see `fenced_container`); here are the data
//! below it, between lines of `---`, and attributes in braces after a component, a link or a span.

use super::Parts;
use super::cache::line_end;
use super::lines::Lines;
use super::overlay::{Island, IslandKind};

/// How many lines of data a component may have.
const MAX_LINES: usize = 200;

impl Lines<'_> {
    /// Takes the data of a component, from their first line on; gives where the line after them begins.
    pub(super) fn component_data(&mut self, line: usize, text: usize, stop: usize) -> Option<usize> {
        let is_data = self.dialect.parts.has(Parts::MDC) && &self.bytes[text..stop] == b"---";
        let above = is_data.then(|| self.line_above(line).trim_ascii())?;
        let name = above.strip_prefix(b"::")?;
        name.iter().find(|byte| **byte != b':').filter(|byte| byte.is_ascii_alphabetic())?;
        let mut at = line_end(self.bytes, stop) + 1;
        for _ in 0..MAX_LINES {
            let end = line_end(self.bytes, at.min(self.bytes.len()));
            let content = self.bytes.get(at..end)?.trim_ascii();
            if content == b"---" {
                self.found.push(Island::new(text, end, IslandKind::Module));
                return Some(end + 1);
            }
            at = end + 1;
        }
        None
    }

    /// The end of the attributes that begin with the brace at `open`, after what they belong to.
    pub(super) fn component_attributes(&mut self, open: usize, end: usize) -> Option<usize> {
        let before = open.checked_sub(1).map(|before| self.bytes[before])?;
        let belongs = before.is_ascii_alphanumeric() || b"])-_*`".contains(&before);
        let close = self.brace_end.at(open).filter(|&close| belongs && close < end)? + 1;
        self.found.push(Island::new(open, close, IslandKind::Attributes));
        Some(close)
    }
}
