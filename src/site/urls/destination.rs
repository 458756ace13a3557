//! What a link's destination is, before anybody looks for it.

use std::borrow::Cow;

use url::Url;

use super::path::decode;
use crate::{links::is_filled_in, site::generators::Start};

/// A destination taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ParsedDestination<'a> {
    /// Nothing, or nothing but spaces.
    Empty,
    /// A place on the page that has the link.
    Fragment(Option<Box<str>>),
    /// A path in the site.
    Path(LocalPath<'a>),
    /// `http:`, `https:` or `//host`.
    Web(Url),
    /// `mailto:`
    Email,
    /// `file:`, or a path of some computer's file system.
    FileSystem,
    /// Any other scheme.
    OtherScheme(Box<str>),
    /// Something that the generator fills in.
    Template,
    /// Nothing that leads anywhere.
    Malformed(Malformed),
}

/// Why a destination leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// A backslash is where browsers expect a slash.
    Backslash,
    /// A line break or a tab, which browsers drop.
    ControlCharacter,
    /// The percent escapes of a path are no UTF-8.
    Encoding,
    /// A path longer than any file system and nearly any server takes.
    TooLong,
    /// A URL without a host, with a bad one, or with a bad port.
    Address(url::ParseError),
}

/// A path, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocalPath<'a> {
    /// The path without `/` in front, escapes resolved.
    pub(super) path: Cow<'a, str>,
    /// Where it begins.
    pub(super) start: Start,
    /// What is after `#`.
    pub(super) fragment: Option<Box<str>>,
}

/// The longest path that is looked for, in bytes.
pub(super) const MAX_PATH: usize = 4096;

impl<'a> ParsedDestination<'a> {
    /// Reads a destination: Markdown's escapes and entities resolved, percent escapes not.
    pub(super) fn parse(text: &'a str) -> Self {
        let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
        if text.is_empty() {
            return Self::Empty;
        }
        if is_filled_in(text) {
            return Self::Template;
        }
        if let Some(fragment) = text.strip_prefix('#') {
            return Self::Fragment(anchor(fragment));
        }
        if text.contains(['\n', '\r', '\t']) {
            return Self::Malformed(Malformed::ControlCharacter);
        }
        if text.starts_with("//") {
            return Self::web(&format!("https:{text}"));
        }
        match scheme(text) {
            Some(scheme) => Self::with_scheme(text, scheme),
            None => Self::path(text),
        }
    }

    fn with_scheme(text: &'a str, scheme: &str) -> Self {
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Self::web(text),
            "mailto" => Self::Email,
            "file" => Self::FileSystem,
            // `C:\` and `C:/`
            drive if drive.len() == 1 => Self::FileSystem,
            "pathname" => Self::path(text["pathname:".len()..].trim_start_matches("//")),
            other => Self::OtherScheme(other.into()),
        }
    }

    fn web(text: &str) -> Self {
        match Url::parse(text) {
            Ok(url) => Self::Web(url),
            Err(error) => Self::Malformed(Malformed::Address(error)),
        }
    }

    fn path(text: &'a str) -> Self {
        let (text, fragment) = text.split_once('#').map_or((text, None), |(path, it)| (path, anchor(it)));
        let path = text.split_once('?').map_or(text, |(path, _)| path);
        if path.is_empty() {
            return Self::Fragment(fragment);
        }
        if path.len() > MAX_PATH {
            return Self::Malformed(Malformed::TooLong);
        }
        if path.contains('\\') {
            // `\\host\share` is a path of a file system, `a\b.md` one that was meant for the site.
            let is_share = path.starts_with("\\\\");
            return if is_share { Self::FileSystem } else { Self::Malformed(Malformed::Backslash) };
        }
        if path.starts_with("~/") {
            return Self::FileSystem;
        }
        let (path, start) = if let Some(path) = path.strip_prefix("@site/") {
            (path, Start::Sources)
        } else if let Some(path) = path.strip_prefix("@/") {
            (path, Start::Content)
        } else if path.starts_with('/') {
            (path.trim_start_matches('/'), Start::Site)
        } else {
            (path, Start::Page)
        };
        match decode(path) {
            Some(path) => Self::Path(LocalPath { path, start, fragment }),
            None => Self::Malformed(Malformed::Encoding),
        }
    }
}

/// The scheme in front of a colon (RFC 3986, section 3.1), unless it is a host with a port.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))?;
    let (scheme, rest) = text.split_at(end);
    let rest = rest.strip_prefix(':')?;
    let is_host =
        (scheme.contains('.') || scheme == "localhost") && rest.starts_with(|c: char| c.is_ascii_digit());
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_host).then_some(scheme)
}

/// A fragment as it names an anchor: escapes resolved, without a text directive (`#part:~:text=…`).
pub(super) fn anchor(fragment: &str) -> Option<Box<str>> {
    let anchor = fragment.split_once(":~:").map_or(fragment, |(anchor, _)| anchor);
    let anchor = decode(anchor).unwrap_or(Cow::Borrowed(anchor));
    (!anchor.is_empty()).then(|| anchor.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> (String, Start, Option<String>) {
        match ParsedDestination::parse(text) {
            ParsedDestination::Path(local) => {
                (local.path.into(), local.start, local.fragment.map(String::from))
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn paths_are_taken_apart() {
        assert_eq!(path("a%20b.md?x=1#top"), ("a b.md".into(), Start::Page, Some("top".into())));
        assert_eq!(path("/img/a.png"), ("img/a.png".into(), Start::Site, None));
        assert_eq!(path("@site/docs/a.md"), ("docs/a.md".into(), Start::Sources, None));
        assert_eq!(path("@/a.md#b"), ("a.md".into(), Start::Content, Some("b".into())));
        assert_eq!(path("pathname:///a.pdf"), ("a.pdf".into(), Start::Site, None));
        assert_eq!(path("a.md#:~:text=low%20tide"), ("a.md".into(), Start::Page, None));
        assert_eq!(path("harbour.example:80/x").0, "harbour.example:80/x");
        assert_eq!(path("./a:b.md").0, "./a:b.md");
    }

    #[test]
    fn what_is_no_path_is_told_apart() {
        let kinds = [
            ("", ParsedDestination::Empty),
            ("#a%20b", ParsedDestination::Fragment(Some("a b".into()))),
            ("?page=2", ParsedDestination::Fragment(None)),
            ("mailto:office@harbour.example", ParsedDestination::Email),
            ("file:///etc/hosts", ParsedDestination::FileSystem),
            ("C:\\tides.md", ParsedDestination::FileSystem),
            ("\\\\host\\share", ParsedDestination::FileSystem),
            ("tel:+44", ParsedDestination::OtherScheme("tel".into())),
            ("{{ site.url }}/x", ParsedDestination::Template),
            ("a\\b.md", ParsedDestination::Malformed(Malformed::Backslash)),
            ("a\nb.md", ParsedDestination::Malformed(Malformed::ControlCharacter)),
            ("%FF.md", ParsedDestination::Malformed(Malformed::Encoding)),
            ("https://", ParsedDestination::Malformed(Malformed::Address(url::ParseError::EmptyHost))),
        ];
        for (text, expected) in kinds {
            assert_eq!(ParsedDestination::parse(text), expected, "{text}");
        }
        assert!(matches!(ParsedDestination::parse("//harbour.example/x"), ParsedDestination::Web(_)));
    }
}
