//! JSON that can be printed anywhere: what a terminal or a log could act on is escaped.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

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
    let mut out = BufWriter::new(out);
    for value in values {
        write(&mut out, &value)?;
        writeln!(out)?;
    }
    out.flush()
}

fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Guarded)).map_err(io::Error::from)
}

/// The compact form, guarded.
struct Guarded;

impl Formatter for Guarded {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if sanitize::is_plain(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        out.write_all(guarded_json(fragment).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn what_is_escaped_means_the_same() {
        let text = "a\u{1b}[2J\u{9b}m \u{202e}x\u{e0041}\u{7f} ###[error] 日 \"\\\n";
        let mut out = Vec::new();
        write(&mut out, &text).expect("memory can be written");
        let json = String::from_utf8(out).expect("JSON is text");
        assert!(!json.contains(|ch: char| ch.is_control() || ch == '\u{202e}' || ch > '\u{ffff}'), "{json}");
        assert!(!json.contains("##["), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }
}
