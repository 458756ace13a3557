//! Required headings: the syntax of the option, and matching the headings of a page against it.

use std::{borrow::Cow, fmt};

use crate::{
    rules::pattern::{Case, Pattern},
    text::Span,
};

/// An item of the required headings.
#[derive(Debug, Clone)]
pub enum Required {
    /// `*`
    Any,
    /// `+`
    Some,
    /// `?`
    One,
    /// `^`, `^^` and so on: start and end of a repetition, with the length of the marker.
    Loop(usize),
    /// `## text`
    Text(String),
    /// `%% pattern`: the level, the pattern as written, and the pattern compiled with and without regard to case.
    Pattern(u8, String, Box<(Pattern, Pattern)>),
}

/// A heading of a page.
pub(super) struct PageHeading<'a> {
    pub level: u8,
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// The first difference between the headings of a page and the required ones.
pub(super) enum Mismatch<'a> {
    /// The repetitions exceed the limit.
    Endless(Span),
    /// No heading is allowed here.
    Unexpected(Span),
    /// Another heading is required here.
    Other(Span, &'a Required),
    /// The page ends without a required heading.
    Missing(&'a Required),
}

/// How often repetitions may start over in a page.
const MAX_LOOPS: usize = 1000;

/// Compares the headings of a page with the required ones.
pub(super) fn first_mismatch<'a, 'h>(
    required: &'a [Required],
    headings: impl Iterator<Item = PageHeading<'h>>,
    case: Case,
) -> Option<Mismatch<'a>> {
    let mut cursor = Cursor { required, next: 0, loops: 0 };
    // Whether an item that allows several headings came last.
    let mut skips = false;
    for heading in headings {
        let matches = |it: Option<&Required>| it.is_some_and(|it| it.matches(&heading, case));
        let expected = cursor.expected(&matches);
        if cursor.loops > MAX_LOOPS {
            return Some(Mismatch::Endless(heading.span));
        }
        match expected {
            Some(Required::Any) => {
                if !matches(cursor.take_heading()) {
                    skips = true;
                    cursor.next -= 1;
                }
            }
            Some(Required::Some) => skips = true,
            Some(Required::One) => {}
            other if matches(other) => skips = false,
            _ if skips => cursor.next -= 1,
            Some(expected) => return Some(Mismatch::Other(heading.span, expected)),
            None => return Some(Mismatch::Unexpected(heading.span)),
        }
    }
    let rest = required.get(cursor.next..).unwrap_or_default();
    rest.iter().find(|it| !matches!(it, Required::Any | Required::Loop(_))).map(Mismatch::Missing)
}

/// A position in the list of required headings.
struct Cursor<'a> {
    required: &'a [Required],
    /// Index of the next item; it may be past the end.
    next: usize,
    loops: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self) -> Option<&'a Required> {
        self.next += 1;
        self.required.get(self.next - 1)
    }

    /// The next item that is not a loop marker.
    fn take_heading(&mut self) -> Option<&'a Required> {
        loop {
            match self.take() {
                Some(Required::Loop(_)) => {}
                other => return other,
            }
        }
    }

    /// The next item; at the end of a loop, the item after it if that matches, else the first one of the loop.
    fn expected(&mut self, matches: &impl Fn(Option<&Required>) -> bool) -> Option<&'a Required> {
        let expected = self.take();
        let Some(Required::Loop(marker)) = expected else { return expected };
        let here = self.next;
        let after = self.take_heading();
        if matches(after) {
            return after;
        }
        self.loops += 1;
        let is_start = |it: &Required| matches!(it, Required::Loop(other) if other == marker);
        let start = self.required[..here.saturating_sub(1)].iter().rposition(is_start);
        match start {
            Some(start) => {
                self.next = start + 1;
                self.take()
            }
            None => after,
        }
    }
}

impl Required {
    fn matches(&self, heading: &PageHeading<'_>, case: Case) -> bool {
        match self {
            Self::Text(text) => {
                let actual = format!("{} {}", hashes(heading.level), heading.text);
                match case {
                    Case::Kept => *text == actual,
                    Case::Ignored => text.to_lowercase() == actual.to_lowercase(),
                }
            }
            Self::Pattern(level, _, patterns) => {
                let pattern = if case == Case::Kept { &patterns.0 } else { &patterns.1 };
                *level == heading.level && pattern.is_match(&heading.text)
            }
            _ => false,
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "*" => return Ok(Self::Any),
            "+" => return Ok(Self::Some),
            "?" => return Ok(Self::One),
            _ if !text.is_empty() && text.bytes().all(|byte| byte == b'^') => {
                return Ok(Self::Loop(text.len()));
            }
            _ => {}
        }
        let invalid =
            || format!("invalid heading `{text}`: expected one such as `## Tides`, or `*`, `+`, `?` or `^`");
        let marker = text.chars().next().filter(|marker| matches!(marker, '#' | '%')).ok_or_else(invalid)?;
        let rest = text.trim_start_matches(marker);
        let level = text.len() - rest.len();
        if !(1..=6).contains(&level) || !rest.starts_with(char::is_whitespace) || rest.trim().is_empty() {
            return Err(invalid());
        }
        if marker == '#' {
            return Ok(Self::Text(text.to_owned()));
        }
        let pattern = rest.trim_start();
        let both = (Pattern::new(pattern, Case::Kept)?, Pattern::new(pattern, Case::Ignored)?);
        Ok(Self::Pattern(level as u8, pattern.to_owned(), Box::new(both)))
    }
}

fn hashes(level: u8) -> String {
    "#".repeat(usize::from(level))
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("`*`"),
            Self::Some => f.write_str("`+`"),
            Self::One => f.write_str("`?`"),
            Self::Loop(length) => write!(f, "`{}`", "^".repeat(*length)),
            Self::Text(text) => write!(f, "`{text}`"),
            Self::Pattern(level, text, _) => write!(f, "`{} {text}`", hashes(*level)),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Required {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Required {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RequiredHeading".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^(?:[*+?]|\^+|[#%]{1,6}\s+\S.*)$" })
    }

    fn inline_schema() -> bool {
        true
    }
}
