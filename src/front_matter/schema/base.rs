//! What references of a schema are relative to (RFC 3986, section 5): the path of its file, or a URL.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
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
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// What must be encoded in a fragment that is a JSON pointer: more than RFC 3986, section 3.5, requires.
const NOT_IN_FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'~')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'$')
    .remove(b':');

/// Percent-encodes a JSON pointer for use as a fragment.
pub(super) fn encoded(pointer: &str) -> String {
    utf8_percent_encode(pointer, NOT_IN_FRAGMENT).to_string()
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
