//! Parameters of URLs, of connection strings and of JSON in URLs, and their values.

use std::ops::Range;

use super::{
    SecretPlace,
    decode::Decoded,
    names::{self, Bare, Certainty, LONGEST_NAME},
    reader::WordReader,
    url::ends_url,
    values,
};

/// A parameter whose name says that its value may be a secret.
pub(super) struct Parameter {
    /// As it is meant.
    pub name: String,
    certainty: Certainty,
    pub place: SecretPlace,
    /// How often its equals sign is percent-encoded.
    pub level: usize,
    /// Where its value begins.
    pub value: usize,
    /// Whether it is a pair of a connection string, which a semicolon ends.
    is_pair: bool,
}

/// The parameter whose equals sign is at a place.
pub(super) fn parameter(reader: &WordReader<'_>, equals: usize) -> Option<Parameter> {
    let word = &reader.word;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.[]+".contains(&byte) || !byte.is_ascii();
    let level = word.level(equals);
    let least = equals.saturating_sub(LONGEST_NAME);
    let start = (least..equals).rev().find(|at| !is_name(word.bytes[*at])).map_or(least, |at| at + 1);
    let bare = bare(reader, &word.bytes[start..equals])?;
    if is_of_download(&word.bytes[..start], bare.as_bytes()) {
        return None;
    }
    let host = || reader.url_at(level).map_or("", |url| &*url.host);
    let certainty = certainty(reader, &bare, host())?;
    let is_known = !matches!(certainty, Certainty::Vague | Certainty::Code | Certainty::Signature);
    let before = start.checked_sub(1).map(|at| word.bytes[at]);
    let is_pair =
        before == Some(b';') && reader.url_at(level).is_none() && has_pair_before(&word.bytes[..start]);
    let place = match before {
        Some(b'?' | b'&' | b'#') => SecretPlace::Url,
        Some(b';' | b',' | b'/' | b'!' | b'|' | b'~') if reader.url_at(level).is_some() => SecretPlace::Url,
        Some(b';') if is_known && is_pair => SecretPlace::Url,
        None if continues_url(reader) => SecretPlace::Url,
        _ if is_known => SecretPlace::Text,
        _ => return None,
    };
    let name = word.text(start..equals).into_owned();
    Some(Parameter { name, certainty, place, level, value: equals + 1, is_pair })
}

/// The member of a JSON object whose colon is at a place: `"name":"value"`.
pub(super) fn member(reader: &WordReader<'_>, colon: usize) -> Option<Parameter> {
    let word = &reader.word;
    let end = colon.checked_sub(1).filter(|at| matches!(word.bytes[*at], b'"' | b'\''))?;
    let least = end.saturating_sub(LONGEST_NAME);
    let start = (least..end).rev().find(|at| word.bytes[*at] == word.bytes[end])? + 1;
    let bare = bare(reader, &word.bytes[start..end])?;
    let level = word.level(colon);
    let url = reader.url_at(level);
    let certainty = certainty(reader, &bare, url.map_or("", |url| &url.host))?;
    let is_query = url.is_some() || reader.has_query;
    let place = if is_query { SecretPlace::Url } else { SecretPlace::Text };
    let name = word.text(start..end).into_owned();
    Some(Parameter { name, certainty, place, level, value: colon + 2, is_pair: false })
}

/// A name in the form in which it is compared; `None` for one that no secret has.
fn bare(reader: &WordReader<'_>, name: &[u8]) -> Option<Bare> {
    let may_be_known = !reader.secrets.names.is_empty() || names::may_be_known(name);
    if may_be_known { Bare::new(name) } else { None }
}

fn certainty(reader: &WordReader<'_>, bare: &Bare, host: &str) -> Option<Certainty> {
    let name = bare.as_bytes();
    if reader.secrets.names.iter().any(|own| own.as_bytes() == name) {
        return Some(Certainty::Password);
    }
    names::certainty_at(host, name).or_else(|| names::certainty(name))
}

/// Whether there is a pair of a connection string before a semicolon: `AccountName=harbour;`.
fn has_pair_before(before: &[u8]) -> bool {
    let pair = before.len().saturating_sub(LONGEST_NAME * 4);
    before[pair..].contains(&b'=')
}

/// Whether the word continues a URL of the line before, which ends in `?` or `&`, as in a folded scalar of YAML.
fn continues_url(reader: &WordReader<'_>) -> bool {
    let end = reader.word.word().start;
    let before = &reader.text.as_bytes()[end.saturating_sub(256)..end];
    let before = before.trim_ascii_end();
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    (before.ends_with(b"?") || before.ends_with(b"&")) && memchr::memmem::find(word, b"//").is_some()
}

/// The bytes of the word that are the parameter's value, which ends at `end` at the latest, where it is a secret.
pub(super) fn secret_value(word: &Decoded<'_>, parameter: &Parameter, end: usize) -> Option<Range<usize>> {
    let start = parameter.value;
    if word.get(start) == Some(b'=') || is_of_emulator(word, parameter) {
        return None;
    }
    let most = end.min(start + LONGEST_JUDGED);
    let ends = |at: &usize| is_soft_end(word, *at) || parameter.is_pair && word.bytes[*at] == b';';
    let soft = (start..most).find(ends).unwrap_or(most);
    let soft = trimmed(&word.bytes, start, soft);
    let value = word.text(start..soft);
    // The value is judged up to where it may end, and hidden up to where it must, so that no rest of it is left.
    let certainty = if parameter.place == SecretPlace::Url { parameter.certainty } else { Certainty::Vague };
    let is_name = value.trim().eq_ignore_ascii_case(&parameter.name);
    let is_secret = !is_name && values::is_secret(value.trim(), certainty);
    is_secret.then(|| start..trimmed(&word.bytes, start, end).max(soft))
}

/// Whether a parameter is that of a download URL of Firebase Storage, `/v0/b/BUCKET/o/FILE?alt=media&token=`, which a page
/// that shows the file has to name. Its host may be that of another service before it.
fn is_of_download(before: &[u8], name: &[u8]) -> bool {
    const LONGEST: usize = 1024;
    let path = before.strip_suffix(b"?alt=media&").filter(|_| name == b"token").unwrap_or_default();
    memchr::memmem::find(&path[path.len().saturating_sub(LONGEST)..], b"/v0/b/").is_some()
}

/// Whether a connection string is that of the storage emulator of Azure, whose account and key its manual publishes.
fn is_of_emulator(word: &Decoded<'_>, parameter: &Parameter) -> bool {
    let account = b"AccountName=devstoreaccount1;";
    let before = &word.bytes[parameter.value.saturating_sub(LONGEST_NAME * 4)..parameter.value];
    parameter.is_pair && memchr::memmem::find(before, account).is_some()
}

/// Bytes of a value that say whether it is a secret.
const LONGEST_JUDGED: usize = 128;

/// The end of a value without the punctuation of the text after it.
fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    let value = &bytes[start..end];
    if value.ends_with(b"...") {
        return end;
    }
    let is_punctuation = |byte: &&u8| b"}.,;:!?|\\'*".contains(byte);
    end - value.iter().rev().take_while(is_punctuation).count()
}

/// Where a value ends at the latest: at the end of the parameter, or of the URL in its text.
pub(super) fn hard_end(word: &Decoded<'_>, parameter: &Parameter) -> usize {
    let mut open = 0;
    let ends = |at: &usize| {
        if word.level(*at) > parameter.level {
            return false;
        }
        match word.bytes[*at] {
            b'&' | b'#' => true,
            b';' | b',' => begins_pair(&word.bytes[at + 1..]),
            b'"' | b'<' | b'>' if !word.is_plain(*at) && parameter.level == 0 => false,
            _ => ends_url(word, *at, &mut open),
        }
    };
    (parameter.value..word.len()).find(ends).unwrap_or(word.len())
}

/// Whether a name and an equals sign come next.
fn begins_pair(rest: &[u8]) -> bool {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let length = rest.iter().take(LONGEST_NAME).take_while(is_name).count();
    length > 0 && rest.get(length) == Some(&b'=')
}

/// Whether the text around a URL may begin here, although the value may also go on.
fn is_soft_end(word: &Decoded<'_>, at: usize) -> bool {
    match word.bytes[at] {
        b'"' | b'<' | b'>' | b'\\' => word.level(at) == 0,
        // Punctuation of Chinese and Japanese: U+3000 to U+303F, U+FF00 to U+FF3F.
        0xE3 => word.get(at + 1) == Some(0x80),
        0xEF => word.get(at + 1) == Some(0xBC),
        _ => false,
    }
}

/// The value of a parameter that ends its word: in a scalar that goes on in the next line, after a line ending in an
/// attribute. Only what a machine made is one.
pub(super) fn value_in_next_word(reader: &WordReader<'_>, parameter: &Parameter) -> Option<Range<usize>> {
    let start = reader.word.word().end;
    let value = word_after(reader.text, start)?;
    let is_secret = parameter.place == SecretPlace::Url
        && values::is_secret(&reader.text[value.clone()], Certainty::Vague);
    is_secret.then_some(value)
}

/// Bytes between a name and a value in the next word.
pub(super) const LONGEST_GAP: usize = 64;

/// Bytes of a value in the next word that are looked at.
const LONGEST_VALUE: usize = 512;

/// The next word after a place, without quotes, brackets and punctuation around it.
pub(super) fn word_after(text: &str, start: usize) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[start..];
    let gap = bytes.iter().take(LONGEST_GAP).take_while(|byte| byte.is_ascii_whitespace()).count();
    let is_value = |byte: &&u8| byte.is_ascii_graphic() && !b"\"'<>`&#()[]{},".contains(byte);
    let quotes = bytes[gap..].iter().take_while(|byte| b"\"'`".contains(byte)).take(2).count();
    let from = gap + quotes;
    let length = bytes[from..].iter().take(LONGEST_VALUE).take_while(is_value).count();
    (gap > 0 && length > 0).then_some(start + from..start + from + length)
}
