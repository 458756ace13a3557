//! The compact form of JSON as `serde_json` writes it, for reports of many findings: the names of fields and all texts
//! are looked at eight bytes at a time.

use std::{
    fmt::Display,
    io::{self, Write},
};

use serde::{Serialize, Serializer, ser};

use super::json_escape::Guarded;

/// Writes one value to a [`Guarded`] output.
pub(super) struct JsonText<'o, W>(pub &'o mut Guarded<W>);

/// Why a value could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum JsonError {
    #[error(transparent)]
    Output(#[from] io::Error),
    #[error("{0}")]
    Value(String),
}

impl ser::Error for JsonError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }
}

impl From<JsonError> for io::Error {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Output(error) => error,
            JsonError::Value(message) => Self::other(message),
        }
    }
}

impl<W: Write> JsonText<'_, W> {
    fn push(&mut self, json: &[u8]) {
        self.0.text().extend_from_slice(json);
    }

    fn string(&mut self, text: &str) {
        let out = self.0.text();
        out.reserve(text.len() + 2);
        out.push(b'"');
        push_escaped(out, text.as_bytes());
        out.push(b'"');
    }

    fn number(&mut self, is_negative: bool, number: u64) {
        if is_negative {
            self.push(b"-");
        }
        let out = self.0.text();
        if number >= BEYOND_EIGHT_DIGITS {
            return out.extend_from_slice(number.to_string().as_bytes());
        }
        // The last digit is put in first, so that it comes to be the highest byte.
        let (mut digits, mut count, mut rest) = (0, 0, number);
        while count == 0 || rest > 0 {
            digits = (digits << 8) | (u64::from(b'0') + rest % 10);
            rest /= 10;
            count += 1;
        }
        let len = out.len();
        out.extend_from_slice(&digits.to_le_bytes());
        out.truncate(len + count);
    }

    /// The name of a member that the code gives: it needs no escapes.
    fn name(&mut self, is_first: bool, name: &'static str) {
        debug_assert!(is_plain(name.as_bytes()), "{name} needs escapes");
        self.push(if is_first { b"\"" } else { b",\"" });
        self.push(name.as_bytes());
        self.push(b"\":");
    }
}

/// The least number of nine digits.
const BEYOND_EIGHT_DIGITS: u64 = 100_000_000;

/// Adds what is between the quotes of a string.
fn push_escaped(out: &mut Vec<u8>, mut text: &[u8]) {
    if is_plain(text) {
        // As nearly all are.
        return out.extend_from_slice(text);
    }
    loop {
        let plain = plain_start(text);
        out.extend_from_slice(&text[..plain]);
        let Some(&special) = text.get(plain) else { return };
        let short = match special {
            b'"' | b'\\' => special,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0C => b'f',
            _ => b'u',
        };
        out.extend_from_slice(&[b'\\', short]);
        if short == b'u' {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            let digits = [special >> 4, special & 0xF].map(|digit| HEX[usize::from(digit)]);
            out.extend_from_slice(&[b'0', b'0', digits[0], digits[1]]);
        }
        text = &text[plain + 1..];
    }
}

/// Whether all bytes of a text stand for themselves in a string.
fn is_plain(text: &[u8]) -> bool {
    let is_plain = |eight: &[u8; 8]| special(u64::from_le_bytes(*eight)) == 0;
    match text.last_chunk() {
        // The last eight may be looked at twice.
        Some(last) => text.as_chunks().0.iter().all(is_plain) && is_plain(last),
        None => !text.iter().copied().any(is_special),
    }
}

/// How many bytes a text begins with that stand for themselves in a string.
fn plain_start(text: &[u8]) -> usize {
    text.iter().copied().position(is_special).unwrap_or(text.len())
}

const fn is_special(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\')
}

/// Marks the first of eight bytes that does not stand for itself in a string; 0 where all do.
const fn special(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x80 * EACH;
    // What is subtracted is borrowed from bytes after the first that is too small.
    let control = bytes.wrapping_sub(EACH * b' ' as u64) & !bytes;
    let quote = bytes ^ (EACH * b'"' as u64);
    let backslash = bytes ^ (EACH * b'\\' as u64);
    let quote = quote.wrapping_sub(EACH) & !quote;
    let backslash = backslash.wrapping_sub(EACH) & !backslash;
    (control | quote | backslash) & HIGHEST
}

/// An array or an object that is being written.
pub(super) struct Compound<'a, 'o, W> {
    json: &'a mut JsonText<'o, W>,
    is_first: bool,
    end: &'static str,
}

impl<W: Write> Compound<'_, '_, W> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.json.push(b",");
        }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.separate();
        value.serialize(&mut *self.json)
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), JsonError> {
        self.json.name(std::mem::take(&mut self.is_first), name);
        value.serialize(&mut *self.json)
    }

    /// Here all strings are whole, so that the output may take what there is.
    fn finish(self) -> Result<(), JsonError> {
        self.json.push(self.end.as_bytes());
        Ok(self.json.0.pass_if_enough()?)
    }
}

impl<'a, 'o, W: Write> JsonText<'o, W> {
    fn open(&'a mut self, start: &str, end: &'static str) -> Compound<'a, 'o, W> {
        self.push(start.as_bytes());
        Compound { json: self, is_first: true, end }
    }

    /// An array or an object of an enum, as the only member of an object.
    fn open_variant(
        &'a mut self,
        variant: &'static str,
        start: &str,
        end: &'static str,
    ) -> Compound<'a, 'o, W> {
        self.push(b"{");
        self.name(true, variant);
        self.open(start, end)
    }
}

macro_rules! numbers {
    ($($name:ident($number:ident: $type:ty) => $is_negative:expr, $absolute:expr;)*) => {
        $(fn $name(self, $number: $type) -> Result<(), JsonError> {
            self.number($is_negative, $absolute);
            Ok(())
        })*
    };
}

impl<'a, 'o, W: Write> Serializer for &'a mut JsonText<'o, W> {
    type Ok = ();
    type Error = JsonError;
    type SerializeSeq = Compound<'a, 'o, W>;
    type SerializeTuple = Compound<'a, 'o, W>;
    type SerializeTupleStruct = Compound<'a, 'o, W>;
    type SerializeTupleVariant = Compound<'a, 'o, W>;
    type SerializeMap = Compound<'a, 'o, W>;
    type SerializeStruct = Compound<'a, 'o, W>;
    type SerializeStructVariant = Compound<'a, 'o, W>;

    numbers! {
        serialize_u8(it: u8) => false, it.into();
        serialize_u16(it: u16) => false, it.into();
        serialize_u32(it: u32) => false, it.into();
        serialize_u64(it: u64) => false, it;
        serialize_i8(it: i8) => it < 0, it.unsigned_abs().into();
        serialize_i16(it: i16) => it < 0, it.unsigned_abs().into();
        serialize_i32(it: i32) => it < 0, it.unsigned_abs().into();
        serialize_i64(it: i64) => it < 0, it.unsigned_abs();
    }

    fn serialize_bool(self, is_true: bool) -> Result<(), JsonError> {
        self.push(if is_true { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), JsonError> {
        serde_json::to_writer(self.0.text(), &number).map_err(ser::Error::custom)
    }

    fn serialize_f64(self, number: f64) -> Result<(), JsonError> {
        serde_json::to_writer(self.0.text(), &number).map_err(ser::Error::custom)
    }

    fn serialize_char(self, character: char) -> Result<(), JsonError> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), JsonError> {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), JsonError> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), JsonError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), JsonError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), JsonError> {
        self.push(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), JsonError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), JsonError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), JsonError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), JsonError> {
        let mut object = self.open("{", "}");
        object.entry(variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, JsonError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, JsonError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeSeq, JsonError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, JsonError> {
        Ok(self.open_variant(variant, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, JsonError> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, JsonError> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, JsonError> {
        Ok(self.open_variant(variant, "{", "}}"))
    }
}

/// The traits of arrays, which are all the same.
macro_rules! arrays {
    ($($of:ident::$add:ident,)*) => {
        $(impl<W: Write> ser::$of for Compound<'_, '_, W> {
            type Ok = ();
            type Error = JsonError;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
                self.element(value)
            }

            fn end(self) -> Result<(), JsonError> {
                self.finish()
            }
        })*
    };
}

arrays! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// The traits of objects with known members.
macro_rules! objects {
    ($($of:ident,)*) => {
        $(impl<W: Write> ser::$of for Compound<'_, '_, W> {
            type Ok = ();
            type Error = JsonError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), JsonError> {
                self.entry(key, value)
            }

            fn end(self) -> Result<(), JsonError> {
                self.finish()
            }
        })*
    };
}

objects! { SerializeStruct, SerializeStructVariant, }

impl<W: Write> ser::SerializeMap for Compound<'_, '_, W> {
    type Ok = ();
    type Error = JsonError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), JsonError> {
        let start = self.json.0.text().len();
        self.element(key)?;
        debug_assert!(self.json.0.text()[start..].ends_with(b"\""), "keys of reports are strings");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.json.push(b":");
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), JsonError> {
        self.finish()
    }
}
