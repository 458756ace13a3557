//! Lines of facts whose texts are masked as they are written: a tree of them would take many times their memory.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

/// The key of a page's facts, below which texts are masked.
const FACTS: &str = "facts";

/// The line of a record, with the texts in its facts masked. Keys are ours, and what is before the facts is what they are
/// found by.
pub(super) fn masked_line(
    record: &impl Serialize,
    masked: &dyn Fn(&str) -> String,
) -> serde_json::Result<String> {
    let mut line = Vec::new();
    let formatter = Masking { masked, text: String::new(), is_key: false, depth: 0, in_facts: false };
    record.serialize(&mut Serializer::with_formatter(&mut line, formatter))?;
    Ok(String::from_utf8(line).expect("JSON is text"))
}

/// Writes compact JSON.
struct Masking<'a> {
    masked: &'a dyn Fn(&str) -> String,
    /// The text that is being written, without escapes.
    text: String,
    is_key: bool,
    /// How many objects are open.
    depth: usize,
    in_facts: bool,
}

impl Formatter for Masking<'_> {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.is_key = true;
        if first { Ok(()) } else { writer.write_all(b",") }
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.is_key = false;
        if self.depth == 1 {
            self.in_facts = self.text == FACTS;
        }
        Ok(())
    }

    fn begin_string<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.text.clear();
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        _writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        self.text.push_str(fragment);
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        _writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.text.push(match escape {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\u{8}',
            CharEscape::FormFeed => '\u{c}',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => char::from(byte),
        });
        Ok(())
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_key || !self.in_facts {
            return Ok(serde_json::to_writer(writer, &self.text)?);
        }
        Ok(serde_json::to_writer(writer, &(self.masked)(&self.text))?)
    }
}

#[cfg(test)]
mod tests {
    use super::masked_line;

    #[test]
    fn texts_of_facts_are_masked_and_nothing_else() {
        let record = serde_json::json!({
            "path": "tide.md",
            "facts": { "tide": ["tide \"\n\u{1}é", { "facts": "tide", "quay": "quay" }], "number": 1.5 },
            "end": null,
        });
        let line = masked_line(&record, &|text| text.replace("tide", "****")).expect("it can be written");
        let expected = record.to_string().replace("\"tide \\", "\"**** \\").replace(":\"tide\"", ":\"****\"");
        assert_eq!(line, expected);
    }
}
