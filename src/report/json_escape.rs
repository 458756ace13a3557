//! JSON that can be printed anywhere: what a terminal or a log could act on is escaped.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::Serializer;

use super::sanitize;
use crate::text::guarded_json;

/// Writes a report that is one value, in one line with its break. `out` need not be buffered.
///
/// # Errors
///
/// Those of `out`, with their kind.
pub(super) fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    lines(out, std::iter::once(value))
}

/// Writes a report that is one value a line. `out` need not be buffered.
///
/// # Errors
///
/// Those of `out`, with their kind.
pub(super) fn lines<T: Serialize>(out: &mut dyn Write, values: impl Iterator<Item = T>) -> io::Result<()> {
    let mut out = Guarded { out: BufWriter::new(out), waiting: Vec::with_capacity(ENOUGH), enough: ENOUGH };
    for value in values {
        value.serialize(&mut Serializer::new(&mut out)).map_err(io::Error::from)?;
        out.end_line()?;
    }
    out.out.flush()
}

/// Takes JSON in the compact form and writes it with `\u` escapes for the characters that [`sanitize::visible`] would
/// mark, and for the `[` of the `##[` that GitHub's runner takes for a command wherever in a line of a log it stands. Only
/// strings have any of them, and hardly any, so much is looked at together.
struct Guarded<W> {
    out: W,
    /// What was not looked at yet.
    waiting: Vec<u8>,
    /// How many bytes of that are worth a look.
    enough: usize,
}

/// Bytes that are looked at together.
const ENOUGH: usize = 1 << 16;

impl<W: Write> Guarded<W> {
    /// Writes what is waiting, up to a place that is in no character and in no `##[`.
    #[cold]
    fn pass(&mut self) -> io::Result<()> {
        let is_joint = |byte: &u8| byte.is_ascii() && *byte != b'#';
        let end = self.waiting.iter().rposition(is_joint).map_or(0, |at| at + 1);
        write_guarded(&mut self.out, &self.waiting[..end])?;
        self.waiting.drain(..end);
        self.enough = ENOUGH + 2 * self.waiting.len();
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        write_guarded(&mut self.out, &self.waiting)?;
        self.waiting.clear();
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Write for Guarded<W> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.write_all(json)?;
        Ok(json.len())
    }

    #[inline]
    fn write_all(&mut self, json: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(json);
        if self.waiting.len() >= self.enough { self.pass() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a part of a line of JSON.
fn write_guarded(out: &mut impl Write, json: &[u8]) -> io::Result<()> {
    if sanitize::are_cells(json) && memchr::memmem::find(json, b"##[").is_none() {
        return out.write_all(json);
    }
    let text = std::str::from_utf8(json).map_err(io::Error::other)?;
    out.write_all(guarded_json(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{ENOUGH, document, lines};

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        document(&mut out, &text).expect("memory can be written");
        let json = String::from_utf8(out).expect("JSON is text");
        json.strip_suffix('\n').expect("it is a line").to_owned()
    }

    #[test]
    fn what_is_escaped_means_the_same() {
        let text = "a\u{1b}[2J\u{9b}m \u{202e}x\u{e0041}\u{7f} ###[error] 日 \"\\\n";
        let json = written(text);
        assert!(!json.contains(|ch: char| ch.is_control() || ch == '\u{202e}' || ch > '\u{ffff}'), "{json}");
        assert!(!json.contains("##["), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }

    #[test]
    fn nothing_is_overlooked_where_parts_meet() {
        for unit in ["##[", "日\u{202e}", "#", "日", "\u{7f}a"] {
            for shift in 0..unit.len() {
                let text = "x".repeat(shift) + &unit.repeat(3 * ENOUGH / unit.len());
                let json = written(&text);
                assert!(!json.contains("##[") && !json.contains('\u{202e}') && !json.contains('\u{7f}'));
                assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
            }
        }
    }

    #[test]
    fn values_have_their_lines() {
        let mut out = Vec::new();
        lines(&mut out, ["##", "[ebb"].into_iter()).expect("memory can be written");
        assert_eq!(out, b"\"##\"\n\"[ebb\"\n");
    }
}
