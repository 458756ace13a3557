//! JSON that can be printed anywhere: what a terminal or a log could act on is escaped.

use std::io::{self, Write};

use serde::Serialize;

use super::{json_text::JsonText, sanitize};
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
    let mut out = Guarded { out, waiting: Vec::with_capacity(ENOUGH) };
    for value in values {
        value.serialize(&mut JsonText(&mut out)).map_err(io::Error::from)?;
        out.waiting.push(b'\n');
        out.pass_if_enough()?;
    }
    out.pass()?;
    out.out.flush()
}

/// Takes JSON in the compact form and writes it with `\u` escapes for the characters that [`sanitize::visible`] would
/// mark, and for the `[` of the `##[` that GitHub's runner takes for a command wherever in a line of a log it stands. Only
/// strings have any of them, and hardly any, so much is looked at together.
pub(super) struct Guarded<W> {
    out: W,
    /// What was not looked at yet.
    waiting: Vec<u8>,
}

/// Bytes that are looked at together.
const ENOUGH: usize = 1 << 16;

impl<W: Write> Guarded<W> {
    /// What is written next; JSON is added to its end.
    pub(super) fn text(&mut self) -> &mut Vec<u8> {
        &mut self.waiting
    }

    /// Writes what is waiting, if that is worth it. No string may be open.
    pub(super) fn pass_if_enough(&mut self) -> io::Result<()> {
        if self.waiting.len() >= ENOUGH { self.pass() } else { Ok(()) }
    }

    #[cold]
    fn pass(&mut self) -> io::Result<()> {
        write_guarded(&mut self.out, &self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

/// Writes JSON in which all strings are whole.
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
    use crate::text::guarded_json;

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
                let texts = vec![vec!["x".repeat(shift) + &unit.repeat(7)]; 3 * ENOUGH / unit.len() / 7];
                let mut out = Vec::new();
                document(&mut out, &texts).expect("memory can be written");
                let json = String::from_utf8(out).expect("JSON is text");
                assert!(!json.contains("##[") && !json.contains('\u{202e}') && !json.contains('\u{7f}'));
                let read: Vec<Vec<String>> = serde_json::from_str(&json).expect("it is JSON");
                assert_eq!(read, texts);
            }
        }
    }

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        enum Kind {
            UnitCase,
            Newtype(u8),
            Tuple(i64, char),
            Members { first: Option<()>, second: f32 },
        }
        let all: String = ('\0'..'\u{100}').collect();
        let parts = (0..40).map(|start| &all[start..40 + start / 2]);
        let texts: Vec<&str> = parts.chain([&*all]).collect();
        let numbers = [0, 7, 10, 99_999_999, 100_000_000, 1_234_567_890, u64::MAX];
        let numbers = serde_json::json!({ "a": numbers, "b": {}, "c\"": [i64::MIN, -1, 0.5, 1e300] });
        let members = Kind::Members { first: None, second: 0.1 };
        let kinds = [Kind::UnitCase, Kind::Newtype(255), Kind::Tuple(-9, '\u{1}'), members];
        let value = (texts, numbers, kinds, true, Some("x"), ());
        let mut out = Vec::new();
        document(&mut out, &value).expect("memory can be written");
        let expected = guarded_json(&serde_json::to_string(&value).expect("it is JSON")).into_owned() + "\n";
        assert_eq!(String::from_utf8(out).expect("JSON is text"), expected);
    }

    #[test]
    fn values_have_their_lines() {
        let mut out = Vec::new();
        lines(&mut out, ["##", "[ebb"].into_iter()).expect("memory can be written");
        assert_eq!(out, b"\"##\"\n\"[ebb\"\n");
    }
}
