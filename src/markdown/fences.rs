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
    /// Character and length of the fence that is open.
    open: Option<(u8, usize)>,
}

impl Fences {
    /// Whether a block is open, so that the next line is code or ends it.
    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a line, without its prefix and trailing whitespace; returns whether it is a fence or between two.
    pub(super) fn takes(&mut self, content: &[u8]) -> bool {
        let Some(&first) = content.first() else { return self.open.is_some() };
        let run = content.iter().take_while(|&&byte| byte == first).count();
        match self.open {
            Some((marker, length)) => {
                if first == marker && run >= length && run == content.len() {
                    self.open = None;
                }
                true
            }
            None if matches!(first, b'`' | b'~') && run >= 3 => {
                let opens = first == b'~' || memchr::memchr(b'`', &content[run..]).is_none();
                self.open = opens.then_some((first, run));
                opens
            }
            None => false,
        }
    }
}
