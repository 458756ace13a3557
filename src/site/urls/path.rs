//! Paths as text: percent escapes, `.` and `..`, keys to look them up by.

use std::{borrow::Cow, fmt::Write as _};

use percent_encoding::percent_decode_str;

use crate::text::PAGE_ENDINGS;

/// Decodes percent-encoding. `None` if the result is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

/// Percent-encodes the characters of a path that have a meaning in URLs or in Markdown, and no others: letters of any
/// script stay readable.
pub(crate) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' '
            | '%'
            | '?'
            | '#'
            | '<'
            | '>'
            | '('
            | ')'
            | '"'
            | '\\'
            | '['
            | ']'
            | '\u{0}'..='\u{1f}'
            | '\u{7f}' => {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{:02X}", u32::from(c));
            }
            c => encoded.push(c),
        }
    }
    encoded
}

/// A path from a folder on, `.` and `..` and empty parts resolved; both without a slash in front, the result without
/// one at either end. `None` where it leads out of the root.
pub(crate) fn join(folder: &str, path: &str) -> Option<String> {
    let mut joined: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                joined.pop()?;
            }
            part => joined.push(part),
        }
    }
    Some(joined.join("/"))
}

/// The same from a page's folder on the site, where browsers stop at the root (RFC 3986, section 5.2.4).
pub(crate) fn join_route(folder: &str, path: &str) -> String {
    let mut joined: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                joined.pop();
            }
            part => joined.push(part),
        }
    }
    format!("/{}", joined.join("/"))
}

/// The folder of a path; empty at the root.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The part of a name after its last dot, in lowercase; empty where there is none.
pub(crate) fn ending(path: &str) -> String {
    name(path).rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, end)| end).to_lowercase()
}

/// A name without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = name(path);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
}

/// The name of a page without the ending of its file.
pub(super) fn stem_of_page(name: &str) -> &str {
    if PAGE_ENDINGS.contains(&ending(name).as_str()) { stem(name) } else { name }
}

/// What a path on the site is found by: `/tides`, `/tides/`, `/tides.html` and `/tides/index.html` are one page.
/// Begins with `/` unless it is empty, the root.
pub(super) fn key(route: &str) -> &str {
    let route = route.trim_end_matches('/');
    let route = route.strip_suffix(".html").or_else(|| route.strip_suffix(".htm")).unwrap_or(route);
    route.strip_suffix("/index").unwrap_or(route)
}

/// Whether a file has a name of those that forges show: `README.md`, `CHANGELOG.md`, `README.zh-cn.md`.
pub(crate) fn is_for_forge(path: &str) -> bool {
    let stem = name(path).split(['.', '_', '-']).next().unwrap_or_default();
    stem.len() > 1 && stem.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What the path of a URL is looked up by, percent escapes resolved. A path may lack the slash in front.
pub(crate) fn key_of_address(address: &str) -> Option<Box<str>> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(Some(path), |(_, rest)| Some(rest.split_once('/')?.1))?;
    Some(key(&format!("/{}", decode(path)?.trim_start_matches('/'))).into())
}

/// The way from a folder to a path, both relative to the root.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once() {
        assert_eq!(decode("a%20b%2520").as_deref(), Some("a b%20"));
        assert_eq!(decode("100%.md").as_deref(), Some("100%.md"));
        assert_eq!(decode("%C3%A9").as_deref(), Some("é"));
        assert_eq!(decode("%FF"), None);
        assert_eq!(decode(&encode("a (b) 5%é?#.md")).as_deref(), Some("a (b) 5%é?#.md"));
    }

    #[test]
    fn paths_are_joined_below_the_root() {
        assert_eq!(join("a/b", "../c/./d.md").as_deref(), Some("a/c/d.md"));
        assert_eq!(join("a", "../.."), None);
        assert_eq!(join("a", "..").as_deref(), Some(""));
        assert_eq!(join_route("/a", "../../c/"), "/c");
    }

    #[test]
    fn forms_of_a_path_have_one_key() {
        for route in ["/tides", "/tides/", "/tides.html", "/tides/index.html", "/tides//"] {
            assert_eq!(key(route), "/tides", "{route}");
        }
        assert_eq!((key("/"), key("/index.html"), key("/reindex")), ("", "", "/reindex"));
    }

    #[test]
    fn the_way_to_a_neighbour_is_short() {
        assert_eq!(relative("a/b", "a/b/c.md"), "c.md");
        assert_eq!(relative("a/b", "a/d/c.md"), "../d/c.md");
        assert_eq!(relative("", "c.md"), "c.md");
        assert_eq!(relative("a", "a"), "../a");
    }

    #[test]
    fn a_dot_in_front_is_no_ending() {
        assert_eq!(
            (ending("a/.env"), ending("a.b/c"), ending("a/c.MD")),
            (String::new(), String::new(), "md".into())
        );
        assert_eq!((stem("a/c.tar.gz"), stem(".env")), ("c.tar", ".env"));
    }
}
