//! Messages over a pair of streams, as the base protocol frames them. What cannot be read is reported and does not end
//! the connection, as long as it is clear where the next message begins.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

use crate::document::MAX_LEN;

/// The longest message that is read, in bytes: a page of the greatest length, in which JSON escapes every character.
const MAX_MESSAGE: u64 = 8 * MAX_LEN;

/// The longest header that is read, in bytes.
const MAX_HEADER: u64 = 8 * 1024;

/// What was read.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// The reply to something that is not a message.
    Malformed(Value),
}

/// Reads the next message; `None` at the end of the stream.
///
/// # Errors
///
/// If the stream cannot be read, or where the next message begins is not clear.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if length > MAX_MESSAGE {
        let skipped = io::copy(&mut input.take(length), &mut io::sink())?;
        let reply =
            error_reply(ErrorCode::InvalidRequest, &format!("message of {skipped} bytes is too long"));
        return Ok(Some(Incoming::Malformed(reply)));
    }
    // A length that is promised and not kept costs no memory.
    let mut bytes = Vec::new();
    if input.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(match serde_json::from_slice::<Value>(&bytes) {
            Ok(_) => error_reply(ErrorCode::InvalidRequest, "not a message of JSON-RPC 2.0"),
            Err(_) => error_reply(ErrorCode::ParseError, &error.to_string()),
        }),
    }))
}

/// Reads a header, and returns the length that it announces.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut length = None;
    let mut header = input.take(MAX_HEADER);
    loop {
        let mut line = Vec::new();
        if header.read_until(b'\n', &mut line)? == 0 {
            return if header.limit() == 0 { Err(invalid("header is too long")) } else { Ok(None) };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| invalid("header has no Content-Length"));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("Content-Length")
        {
            length = Some(value.trim().parse().map_err(|_| invalid("Content-Length is not a number"))?);
        }
    }
}

/// The reply to a message whose id is not known.
fn error_reply(code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code as i32, "message": message } })
}

/// Writes messages.
pub(super) struct Outbox {
    output: Box<dyn Write + Send>,
    /// Why a message could not be written. The client is gone then, and no other message is tried.
    failure: Option<io::Error>,
}

impl Outbox {
    /// Writes to a stream.
    pub(super) fn new(output: Box<dyn Write + Send>) -> Self {
        Self { output, failure: None }
    }

    /// Writes a message.
    pub(super) fn send(&mut self, message: impl Into<Message>) {
        if self.failure.is_none() {
            self.failure = message.into().write(&mut self.output).err();
        }
    }

    /// Writes the reply to something that is not a message.
    pub(super) fn send_raw(&mut self, reply: &Value) {
        if self.failure.is_none() {
            let text = reply.to_string();
            let written = write!(self.output, "Content-Length: {}\r\n\r\n{text}", text.len());
            self.failure = written.and_then(|()| self.output.flush()).err();
        }
    }

    /// Whether the client is gone.
    pub(super) const fn is_closed(&self) -> bool {
        self.failure.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Incoming, read};

    fn messages(stream: &[u8]) -> Vec<String> {
        let mut input = stream;
        let mut seen = Vec::new();
        loop {
            match read(&mut input) {
                Ok(Some(Incoming::Message(message))) => seen.push(format!("{message:?}")),
                Ok(Some(Incoming::Malformed(reply))) => seen.push(reply["error"]["code"].to_string()),
                Ok(None) => return seen,
                Err(error) => {
                    seen.push(error.to_string());
                    return seen;
                }
            }
        }
    }

    #[test]
    fn what_is_not_a_message_is_answered_and_the_next_one_is_read() {
        let stream = b"Content-Length: 4\r\n\r\n{no}content-length:2\r\nContent-Type: x\r\n\r\n[]Content-Length: 33\r\n\r\n\
            {\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let seen = messages(stream);
        assert_eq!(seen[..2], ["-32700", "-32600"]);
        assert!(seen[2].contains("exit"), "{seen:?}");
    }

    #[test]
    fn a_header_that_says_nothing_ends_the_connection() {
        assert_eq!(messages(b"Content-Length: many\r\n\r\n"), ["Content-Length is not a number"]);
        assert_eq!(messages(b"\r\n"), ["header has no Content-Length"]);
        assert_eq!(messages(&[b'x'; 9000]), ["header is too long"]);
    }

    #[test]
    fn a_promised_length_is_not_reserved() {
        assert!(messages(b"Content-Length: 200000000\r\n\r\n{}").is_empty());
        assert_eq!(messages(b"Content-Length: 18446744073709551615\r\n\r\n{}"), ["-32600"]);
    }
}
