//! What the part of a URL after its `#` asks for.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What the part of a URL after the `#` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fragment<'a> {
    /// The top of the page: nothing, or `top` (HTML, section 7.4.6.4).
    Top,
    /// Lines of a file, as `L10` or `L10C2-L12C4` on the pages of a code host.
    Lines,
    /// Words of the page, `:~:text=…`.
    Text,
    /// A place with this id: percent-encoding resolved, and words of the page left out.
    Id(Cow<'a, str>),
}

impl<'a> Fragment<'a> {
    /// Reads a fragment, with or without its `#`.
    pub fn parse(fragment: &'a str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        match fragment.split_once(":~:") {
            Some(("", _)) => Self::Text,
            Some((id, _)) => Self::plain(id),
            None => Self::plain(fragment),
        }
    }

    fn plain(fragment: &'a str) -> Self {
        if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") {
            return Self::Top;
        }
        if is_lines(fragment) { Self::Lines } else { Self::Id(percent_decode(fragment)) }
    }
}

/// `L10`, `L10-L12`, `L10-12` or `L10C1-L12C3`.
fn is_lines(fragment: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let place = |text: &str| match text.split_once('C') {
        Some((line, column)) => number(line) && number(column),
        None => number(text),
    };
    let Some(places) = fragment.strip_prefix('L') else { return false };
    match places.split_once('-') {
        Some((from, to)) => place(from) && place(to.strip_prefix('L').unwrap_or(to)),
        None => place(places),
    }
}

/// Decodes percent-encoding. A text that would not be UTF-8 stays as it is.
fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}
