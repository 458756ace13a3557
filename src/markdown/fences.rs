//! Fences of code, as far as the lines show them, for what is decided before the page is parsed.

/// The length of the whitespace, block quote markers and list markers at the start of a line.
pub(super) fn prefix(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        while matches!(line.get(at), Some(b' ' | b'\t' | b'>')) {
            at += 1;
        }
        let digits = line[at..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        let mark = at + digits;
        let is_item = match line.get(mark) {
            Some(b'-' | b'*' | b'+') => digits == 0,
            Some(b'.' | b')') => digits > 0,
            _ => false,
        };
        if !is_item || !matches!(line.get(mark + 1), Some(b' ' | b'\t')) {
            return at;
        }
        at = mark + 1;
    }
}

/// Whether the line at hand is in a fenced block of code.
#[derive(Default)]
pub(super) struct Fences {
    open: Option<Opening>,
}

/// The fence that is open.
#[derive(Clone, Copy)]
struct Opening {
    marker: u8,
    length: usize,
    /// How many block quotes it is in.
    quotes: usize,
    /// The columns that a line needs at least to be in the same list item or container.
    indent: usize,
}

impl Fences {
    /// Whether a block is open, so that the next line is code or ends it.
    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The character of the fence that opened the block, and how many of them, if a block is open.
    pub(super) fn opening(&self) -> Option<(u8, usize)> {
        self.open.map(|opening| (opening.marker, opening.length))
    }

    /// The character of the fence that opened the block, if nothing but another fence, which begins with three of them,
    /// or the end of the text ends it.
    pub(super) fn surely_open(&self) -> Option<u8> {
        self.open.filter(|opening| opening.quotes == 0 && opening.indent == 0).map(|opening| opening.marker)
    }

    /// Takes a line, without its prefix and trailing whitespace; returns whether it is a fence or between two.
    pub(super) fn takes(&mut self, content: &[u8]) -> bool {
        self.takes_after(&[], content)
    }

    /// The same for a line of which the prefix is known: what is less indented than the item or container of a fence, or
    /// not in its block quotes, ends the block without a fence.
    pub(super) fn takes_after(&mut self, prefix: &[u8], content: &[u8]) -> bool {
        let Some(&first) = content.first() else { return self.open.is_some() };
        let quotes: usize = prefix.iter().map(|byte| usize::from(*byte == b'>')).sum();
        let outside = |it: &Opening| quotes < it.quotes || quotes == 0 && columns(white(prefix)) < it.indent;
        if self.open.as_ref().is_some_and(outside) {
            self.open = None;
        }
        let run = content.iter().take_while(|&&byte| byte == first).count();
        match self.open {
            Some(Opening { marker, length, .. }) => {
                if first == marker && run >= length && run == content.len() {
                    self.open = None;
                }
                true
            }
            None if matches!(first, b'`' | b'~') && run >= 3 => {
                let opens = first == b'~' || memchr::memchr(b'`', &content[run..]).is_none();
                let has_marker = prefix.iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
                let indent =
                    if has_marker { prefix.len() } else { columns(white(prefix)).saturating_sub(SLACK) };
                let indent = if quotes > 0 { 0 } else { indent };
                self.open = opens.then_some(Opening { marker: first, length: run, quotes, indent });
                opens
            }
            None => false,
        }
    }
}

/// By how many columns a fence may be indented in what it is in.
const SLACK: usize = 3;

/// The columns from one tab stop to the next (CommonMark 0.31.2, section 2.2).
pub(super) const TAB_STOP: usize = 4;

/// The whitespace at the start of a line.
pub(super) fn white(line: &[u8]) -> &[u8] {
    &line[..line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()]
}

/// The columns of what is before something on its line: whitespace and markers.
pub(super) fn columns(before: &[u8]) -> usize {
    let next_stop = |column: usize| column / TAB_STOP * TAB_STOP + TAB_STOP;
    before.iter().fold(0, |column, byte| if *byte == b'\t' { next_stop(column) } else { column + 1 })
}
