//! Formulas. Their content is TeX.

use super::lines::{Lines, run_length};
use super::overlay::{Island, IslandKind};
use super::{Math, Parts};

/// How many bytes a formula in a line may have: without its end in that distance, it is none.
const LONGEST: usize = 400;

impl Lines<'_> {
    fn push_math(&mut self, start: usize, end: usize) {
        self.found.push(Island::new(start, end, IslandKind::Math));
    }

    /// A formula or an environment of TeX on separate lines; returns the start of the line after it.
    pub(super) fn math_block(&mut self, text: usize, end: usize) -> Option<usize> {
        let rest = &self.bytes[text..end];
        let (close, length) = if self.dialect.math != Math::None && rest.starts_with(b"$$") {
            (self.math_fence(text, end)?, 2)
        } else if self.dialect.parts.has(Parts::TEX) && rest.starts_with(b"\\[") {
            let limit = self.blank.at(text);
            (self.bracket_end.at(text).filter(|close| close + 2 <= limit)?, 2)
        } else if self.dialect.is_pandoc() && rest.starts_with(b"\\begin{") {
            self.environment_end(text)?
        } else {
            return None;
        };
        // Several blocks may have this end: the rest of its line is only read as far as that is blank.
        let after = &self.bytes[close + length..];
        let space = after.iter().position(|byte| *byte == b'\n' || !byte.is_ascii_whitespace());
        let space = space.unwrap_or(after.len());
        if after.get(space).is_some_and(|byte| *byte != b'\n') {
            return None;
        }
        let stop = close + length + space;
        self.push_math(text, close + length);
        Some(stop + 1)
    }

    /// Where the last `\end{…}` is before the next blank line, and its length.
    fn environment_end(&mut self, text: usize) -> Option<(usize, usize)> {
        let limit = self.blank.at(text);
        let known = self.environment_end.filter(|(_, until)| *until == limit);
        let (last, _) = *self.environment_end.insert(known.unwrap_or_else(|| {
            let rest = &self.bytes[text..limit];
            let last = memchr::memmem::rfind(rest, b"\\end{")
                .and_then(|last| Some((text + last, memchr::memchr(b'}', &rest[last..])? + 1)));
            (last, limit)
        }));
        last.filter(|(last, _)| *last >= text)
    }

    /// Where the `$$` is that ends the block that begins at `text`: the next one, over blank lines where the opening
    /// is alone on its line.
    fn math_fence(&mut self, text: usize, end: usize) -> Option<usize> {
        let is_fence = self.bytes[text + 2..end].trim_ascii().is_empty();
        let close = self.double_dollar.at(text + 2)?;
        (is_fence || close < self.blank.at(text)).then_some(close)
    }

    /// `\(x\)` or `\[x\]` in a line; gives where it ends.
    pub(super) fn tex(&mut self, open: usize, end: usize) -> Option<usize> {
        if !self.dialect.parts.has(Parts::TEX) {
            return None;
        }
        let close = match self.bytes.get(open + 1)? {
            b'(' => b"\\)",
            b'[' => b"\\]",
            _ => return None,
        };
        let limit = end.min(open + LONGEST);
        let stop = open + 2 + memchr::memmem::find(self.bytes.get(open + 2..limit)?, close)? + close.len();
        self.push_math(open, stop);
        Some(stop)
    }

    /// A formula between dollars in a line; gives where to go on.
    pub(super) fn dollars(&mut self, open: usize, end: usize) -> usize {
        let run = run_length(self.bytes, open);
        let content = open + run;
        if !self.opens(open, run, end) {
            return content;
        }
        let limit = end.min(open + LONGEST);
        let mut at = content;
        while let Some(close) = self.bytes.get(at..limit).and_then(|rest| memchr::memchr2(b'$', b'\\', rest))
        {
            let close = at + close;
            if self.bytes[close] == b'\\' && self.dialect.math != Math::Markdownlint {
                at = close + 2;
                continue;
            }
            let length = if self.bytes[close] == b'$' { run_length(self.bytes, close) } else { 1 };
            let is_closed = self.bytes[close] == b'$' && length == run && self.closes(close, run);
            if is_closed && self.is_formula(content..close, run) {
                self.push_math(open, close + run);
                return close + run;
            }
            // A `$` within a formula is none of GitHub's.
            if self.bytes[close] == b'$' && self.dialect.math != Math::Markdownlint {
                break;
            }
            at = close + length;
        }
        content
    }

    /// Whether dollars may begin a formula.
    fn opens(&self, open: usize, run: usize, end: usize) -> bool {
        let next = if open + run < end { self.bytes[open + run] } else { b' ' };
        let before = open.checked_sub(1).map_or(b' ', |at| self.bytes[at]);
        let is_single = run == 1 && !before.is_ascii_alphanumeric() && !next.is_ascii_whitespace();
        match self.dialect.math {
            Math::None => false,
            Math::Blocks => is_single,
            Math::Kramdown => run == 2 || is_single,
            Math::Markdownlint => true,
            Math::Dollars => is_single || run == 2 && !before.is_ascii_alphanumeric(),
        }
    }

    /// Whether dollars may end a formula that is not empty.
    fn closes(&self, close: usize, run: usize) -> bool {
        let after = self.bytes.get(close + run).copied().unwrap_or(b' ');
        self.dialect.math == Math::Markdownlint
            || run == 2
            || !self.bytes[close - 1].is_ascii_whitespace() && !after.is_ascii_alphanumeric()
    }

    /// Whether what is between dollars is a formula. Where the generator knows of none between single ones, a script in
    /// the page may: then it has to look like TeX, and holds no link.
    fn is_formula(&self, content: std::ops::Range<usize>, run: usize) -> bool {
        let is_certain = run > 1 || !matches!(self.dialect.math, Math::Blocks | Math::Kramdown);
        let content = &self.bytes[content];
        let has = |marks: &[u8]| content.iter().any(|byte| marks.contains(byte));
        is_certain || has(b"\\^_=[{") && !has(b"`<") && memchr::memmem::find(content, b"](").is_none()
    }
}
