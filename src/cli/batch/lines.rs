//! The lines of a stream, read ahead of their use into bounded memory.

use std::{
    collections::VecDeque,
    io::{self, BufRead, BufReader, Read},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use memchr::memchr;

/// The longest line, in bytes: a text of the longest page with an escape for half of its characters.
pub(super) const MAX_LINE: usize = 96 * 1024 * 1024;

/// Bytes that are read ahead, beyond which only a line that is longer by itself is.
const MAX_AHEAD: usize = 16 * 1024 * 1024;

/// Lines that are read ahead and taken at once.
const MAX_LINES: usize = 256;

/// Bytes of one read.
const CHUNK: usize = 256 * 1024;

/// A line without its line break.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) enum InputLine {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It is longer than [`MAX_LINE`].
    TooLong,
}

/// Lines that a thread of its own reads.
pub(in crate::cli) struct InputLines(Arc<Queue>);

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    lines: VecDeque<InputLine>,
    bytes: usize,
    end: Option<io::Result<()>>,
}

impl InputLines {
    /// Begins to read. The thread ends with the stream, and waits while no lines are taken.
    pub(in crate::cli) fn of(stream: impl Read + Send + 'static) -> Self {
        let queue = Arc::<Queue>::default();
        let filled = Arc::clone(&queue);
        thread::spawn(move || {
            let mut stream = BufReader::with_capacity(CHUNK, stream);
            let end = loop {
                match read_line(&mut stream) {
                    Ok(Some(line)) => filled.push(line),
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            filled.state().end = Some(end);
            filled.changed.notify_all();
        });
        Self(queue)
    }

    /// The lines that were read meanwhile, at least one; `None` at the end. Waits for the first of them only.
    ///
    /// # Errors
    ///
    /// That of the stream, after the lines before it.
    pub(in crate::cli) fn take(&self) -> io::Result<Option<Vec<InputLine>>> {
        let Queue { changed, .. } = &*self.0;
        let is_waiting = |state: &mut State| state.lines.is_empty() && state.end.is_none();
        let mut state =
            changed.wait_while(self.0.state(), is_waiting).unwrap_or_else(PoisonError::into_inner);
        if state.lines.is_empty() {
            return state.end.take().unwrap_or(Ok(())).map(|()| None);
        }
        state.bytes = 0;
        let lines = state.lines.drain(..).collect();
        changed.notify_all();
        Ok(Some(lines))
    }
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a line as soon as there is room.
    fn push(&self, line: InputLine) {
        let len = match &line {
            InputLine::Bytes(bytes) => bytes.len(),
            InputLine::TooLong => 0,
        };
        let is_full = |state: &mut State| {
            state.lines.len() >= MAX_LINES || (state.bytes + len > MAX_AHEAD && !state.lines.is_empty())
        };
        let mut state =
            self.changed.wait_while(self.state(), is_full).unwrap_or_else(PoisonError::into_inner);
        state.bytes += len;
        state.lines.push_back(line);
        drop(state);
        self.changed.notify_all();
    }
}

/// The next line; `None` at the end. A line that is too long is skipped without being kept.
fn read_line(stream: &mut impl BufRead) -> io::Result<Option<InputLine>> {
    let (mut bytes, mut is_too_long, mut is_any) = (Vec::new(), false, false);
    loop {
        let chunk = match stream.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr(b'\n', chunk);
        let part = &chunk[..end.unwrap_or(chunk.len())];
        is_any |= !chunk.is_empty();
        is_too_long |= bytes.len() + part.len() > MAX_LINE;
        if is_too_long {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(part);
        }
        let is_end = end.is_some() || chunk.is_empty();
        let used = part.len() + usize::from(end.is_some());
        stream.consume(used);
        if is_end {
            let line = if is_too_long { InputLine::TooLong } else { InputLine::Bytes(bytes) };
            return Ok(is_any.then_some(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read, repeat};

    use super::{InputLine, InputLines, MAX_LINE, read_line};

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let long = repeat(b'x').take(MAX_LINE as u64 + 1).chain(&b"\nafter"[..]);
        let mut stream = BufReader::with_capacity(1 << 20, long);
        let mut next = || read_line(&mut stream).expect("memory can be read");
        assert_eq!(next(), Some(InputLine::TooLong));
        assert_eq!(next(), Some(InputLine::Bytes(b"after".to_vec())));
        assert_eq!(next(), None);
    }

    #[test]
    fn all_lines_arrive_in_order() {
        let numbers: Vec<String> = (0..5_000).map(|number| number.to_string()).collect();
        let text = numbers.join("\n") + "\n";
        let lines = InputLines::of(std::io::Cursor::new(text.clone().into_bytes()));
        let mut arrived = String::new();
        while let Some(lines) = lines.take().expect("memory can be read") {
            for line in lines {
                let InputLine::Bytes(bytes) = line else { panic!("no line is long") };
                arrived.push_str(std::str::from_utf8(&bytes).expect("it is ASCII"));
                arrived.push('\n');
            }
        }
        assert_eq!(arrived, text);
    }
}
