//! What addresses give away and no report may repeat: passwords, tokens and signatures in their user part, query and
//! fragment. Every text of a source that is shown passes [`Secrets::mask`].

use std::{borrow::Cow, ops::Range};

mod values;

use values::Certainty;

/// The secrets that are known by the names of their parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    /// Names besides the usual ones, in the form that names are compared in.
    names: Vec<Box<str>>,
}

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What makes it one.
    pub kind: SecretKind,
    /// The bytes of the value.
    pub value: Range<usize>,
}

/// What makes a value a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretKind {
    /// It stands behind the colon of `user:password@host`.
    Password,
    /// It stands alone before the `@` of `token@host`.
    User,
    /// The name of its parameter, as it is meant.
    Parameter(Box<str>),
}

/// Bytes that the name of a parameter may have; what is longer is no name.
const LONGEST_NAME: usize = 64;

/// Bytes that are looked at for the `@` behind a user part.
const LONGEST_USER: usize = 512;

impl Secrets {
    /// Secrets with more names of parameters than the usual ones. Case, hyphens and underscores do not count.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let bare = names.into_iter().map(values::bare).filter(|name| !name.is_empty());
        let mut names: Vec<Box<str>> = bare.map(String::into_boxed_str).collect();
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// The secrets of a text, in order and apart from each other. Takes time in proportion to the text.
    ///
    /// The text may be anything that has addresses in it: Markdown, HTML, YAML, a message. Values that are surely no
    /// secret, such as `YOUR_TOKEN`, are left out.
    pub fn find(&self, text: &str) -> Vec<Secret> {
        if memchr::memchr3(b'=', b'%', b'@', text.as_bytes()).is_none() {
            return vec![];
        }
        let mut found = users(text);
        found.extend(self.parameters(text));
        found.sort_by_key(|secret| (secret.value.start, secret.value.end));
        // What looks like a user part may lie in a value.
        found.dedup_by(|next, kept| next.value.start < kept.value.end);
        found
    }

    /// The text with a mark for every character of its secrets. Lengths and places stay as they are, in bytes, code
    /// points and UTF-16 code units.
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len());
        let mut done = 0;
        for Secret { value, .. } in found {
            shown.push_str(&text[done..value.start]);
            push_marks(&mut shown, &text[value.clone()]);
            done = value.end;
        }
        shown.push_str(&text[done..]);
        Cow::Owned(shown)
    }

    fn parameters(&self, text: &str) -> Vec<Secret> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = memchr::memchr2(b'=', b'%', &text.as_bytes()[at..]) {
            let equals = at + next;
            at = equals + 1;
            let Some(parameter) = Parameter::at(text, equals) else { continue };
            let Some(certainty) = self.certainty(&parameter.name) else { continue };
            let value = parameter.value(text);
            at = value.end.max(at);
            if values::is_secret(&text[value.clone()], certainty) {
                found.push(Secret { kind: SecretKind::Parameter(parameter.name.into()), value });
            }
        }
        found
    }

    fn certainty(&self, name: &str) -> Option<Certainty> {
        let name = values::bare(name);
        let own = self.names.iter().any(|own| **own == *name);
        if own { Some(Certainty::Password) } else { values::certainty(&name) }
    }
}

/// Adds a mark for each character of a text: one that takes as much room in every encoding.
pub fn push_marks(shown: &mut String, text: &str) {
    shown.extend(text.chars().map(|c| match c.len_utf8() {
        1 => '*',
        2 => '×',
        3 => '•',
        _ => '🔒',
    }));
}

/// A parameter in a text, up to its value.
struct Parameter {
    /// Escapes of Markdown taken off.
    name: String,
    /// Where the value begins.
    start: usize,
    /// Whether the `=` is percent-encoded, as in an address that is the parameter of another.
    is_encoded: bool,
}

impl Parameter {
    /// The parameter whose equals sign, plain or percent-encoded, stands here.
    fn at(text: &str, equals: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_encoded = bytes[equals] == b'%';
        if is_encoded && !is_escape(&bytes[equals..], b"3D") {
            return None;
        }
        let start = equals + if is_encoded { 3 } else { 1 };
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~[]\\%+".contains(byte);
        let before = &bytes[..equals];
        let length = before.iter().rev().take(LONGEST_NAME + 1).take_while(|byte| is_name(byte)).count();
        let mut name = equals - length;
        let separators = [&b"3F"[..], b"26", b"23"];
        let encoded =
            (name..equals).rev().find(|&at| separators.iter().any(|it| is_escape(&bytes[at..], it)));
        if let Some(separator) = encoded {
            name = separator + 3;
        } else if length > LONGEST_NAME || name.checked_sub(1).is_some_and(|at| !b"?&#;".contains(&bytes[at]))
        {
            return None;
        }
        let name = text.get(name..equals)?.replace('\\', "");
        (!name.is_empty()).then_some(Self { name, start, is_encoded })
    }

    /// The bytes of the value: up to what can be in no address, or to punctuation of the text around.
    fn value(&self, text: &str) -> Range<usize> {
        let bytes = &text.as_bytes()[self.start..];
        let mut depth = 0_u32;
        let mut end = bytes.len();
        for (at, byte) in bytes.iter().enumerate() {
            let goes_on = || {
                bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || b"%-+=/~".contains(next))
            };
            let ends = match byte {
                b'"' | b'<' | b'>' | b'`' | b'#' => !is_reference(bytes, at),
                b'&' => !is_reference(bytes, at + 1),
                b'%' if self.is_encoded => [b"26", b"23"].iter().any(|it| is_escape(&bytes[at..], *it)),
                b'(' | b'[' => {
                    depth += 1;
                    false
                }
                b')' | b']' if depth > 0 => {
                    depth -= 1;
                    false
                }
                b')' | b']' | b'\'' => !goes_on(),
                _ => byte.is_ascii_whitespace() || byte.is_ascii_control(),
            };
            if ends {
                end = at;
                break;
            }
        }
        let value = &text[self.start..self.start + end];
        let kept = value.trim_end_matches(['}', '.', ',', ';', ':', '!', '?', '|', '\\', '\'']).len();
        self.start..self.start + kept
    }
}

/// Whether these bytes begin with a percent escape, its digits in capitals or not.
fn is_escape(bytes: &[u8], digits: &[u8]) -> bool {
    bytes.first() == Some(&b'%') && bytes.get(1..3).is_some_and(|found| found.eq_ignore_ascii_case(digits))
}

/// Whether the `#` at this place is that of `&#99;`, a character of the text, and not of `&#38;`, an ampersand.
fn is_reference(bytes: &[u8], hash: usize) -> bool {
    let is_one = bytes.get(hash) == Some(&b'#') && hash.checked_sub(1).is_some_and(|at| bytes[at] == b'&');
    let digits = |rest: &[u8]| rest.iter().take(8).position(|&byte| byte == b';');
    let number = is_one.then(|| bytes.get(hash + 1..)).flatten();
    number.is_some_and(|rest| {
        digits(rest).is_some_and(|end| {
            end > 0
                && rest[..end].iter().all(u8::is_ascii_alphanumeric)
                && !matches!(&rest[..end], b"38" | b"x26" | b"X26")
        })
    })
}

/// The secrets before the `@` of hosts.
fn users(text: &str) -> Vec<Secret> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"://").filter_map(|at| user(text, at + b"://".len())).collect()
}

/// The secret in the user part that begins here.
fn user(text: &str, start: usize) -> Option<Secret> {
    let bytes = &text.as_bytes()[start..];
    let bytes = &bytes[..bytes.len().min(LONGEST_USER)];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"<>`".contains(byte);
    let word = &bytes[..bytes.iter().position(ends).unwrap_or(bytes.len())];
    let authority = word.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(word.len());
    let colon = memchr::memchr(b':', &word[..authority]);
    // A password may have a slash in it that should have been encoded; then what is behind the colon is no port.
    let is_port = |colon: usize| word[colon + 1..authority].iter().all(u8::is_ascii_digit);
    let at = memchr::memrchr(b'@', &word[..authority])
        .or_else(|| colon.filter(|&colon| !is_port(colon)).and_then(|_| memchr::memchr(b'@', word)))?;
    let host = text.get(start + at + 1..).unwrap_or_default();
    if ["example.com", "example.org", "example.net"].iter().any(|it| host.starts_with(it)) {
        return None;
    }
    let (kind, from) = match colon.filter(|&colon| colon < at) {
        Some(colon) => (SecretKind::Password, colon + 1),
        None => (SecretKind::User, 0),
    };
    let certainty = if kind == SecretKind::Password { Certainty::Password } else { Certainty::Perhaps };
    let value = start + from..start + at;
    values::is_secret(text.get(value.clone())?, certainty).then_some(Secret { kind, value })
}

#[cfg(test)]
mod tests;
