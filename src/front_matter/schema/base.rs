//! What references of a schema are relative to (RFC 3986, section 5): the path of its file, or a URL.

use url::Url;

/// The identity of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// A file, relative to the directory of the schema that was asked for.
    Path(String),
    /// A URL, from an `$id` or from the map of remote schemas.
    Url(Url),
}

impl Base {
    /// The identity that a reference without its fragment names from here.
    pub(super) fn join(&self, reference: &str) -> Self {
        if let Ok(url) = Url::parse(reference) {
            return Self::Url(url);
        }
        match self {
            Self::Url(url) => {
                url.join(reference).map_or_else(|_| Self::Path(reference.to_owned()), Self::Url)
            }
            Self::Path(_) if reference.starts_with("//") => {
                Url::parse(&format!("https:{reference}")).map_or_else(|_| self.clone(), Self::Url)
            }
            Self::Path(path) => Self::Path(join(path, &decoded(reference))),
        }
    }
}

/// Whether a reference has a scheme (RFC 3986, section 3.1) or names a host.
pub(super) fn is_remote(reference: &str) -> bool {
    reference.starts_with("//") || Url::parse(reference).is_ok()
}

/// A path relative to the folder of `from`, without `.` and `..` where they can be resolved.
fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/').filter(|part| !part.is_empty()));
        if !from.ends_with('/') {
            parts.pop();
        }
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut joined = parts.join("/");
    if path.ends_with('/') && !joined.is_empty() {
        joined.push('/');
    }
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}

/// Percent-decoding (RFC 3986, section 2.1); what is not well formed stays as it is.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// Percent-encoding of everything that a fragment may not hold as it is (RFC 3986, section 3.5).
pub(super) fn encoded(pointer: &str) -> String {
    let mut encoded = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/~-._$:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, is_remote, join};

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        assert_eq!(join("", "./tag.json"), "tag.json");
        assert_eq!(join("parts/tag.json", "../date.json"), "date.json");
        assert_eq!(join("parts/tag.json", "date.json"), "parts/date.json");
        assert_eq!(join("", "../../up.json"), "../../up.json");
    }

    #[test]
    fn a_fragment_survives_its_encoding() {
        assert_eq!(encoded("/$defs/a b"), "/$defs/a%20b");
        assert_eq!(decoded(&encoded("/é/%/~1")), "/é/%/~1");
        assert_eq!(decoded("%zz%"), "%zz%");
    }

    #[test]
    fn only_addresses_with_a_scheme_or_a_host_are_remote() {
        assert!(is_remote("https://example.com/a.json") && is_remote("//example.com/a.json"));
        assert!(!is_remote("a.json") && !is_remote("../a.json"));
    }
}
