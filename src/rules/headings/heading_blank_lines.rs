use serde::Deserialize;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Heading, Typed},
    rule::{Fixable, Rule},
    rules::{blank_lines, counts},
};

/// Number of blank lines: one for all heading levels, or one for each level. -1 allows any number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum BlankLineCounts {
    /// For all levels.
    All(i32),
    /// For each level, starting with level 1; missing levels default to 1.
    ByLevel(Vec<i32>),
}

declare_rule! {
    /// Heading not surrounded by blank lines
    ///
    /// ## What it does
    ///
    /// Reports headings without a blank line above or below, or with fewer blank lines than configured.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers do not recognize a heading directly after a paragraph, and blank lines make the source
    /// easier to read.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon.
    /// ## Spring tides
    /// They are higher.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.
    ///
    /// ## Spring tides
    ///
    /// They are higher.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` adds the missing blank lines, and the rendered page stays the same. In list items,
    /// where a blank line makes the list loose, and where a blank line could end a block quote or become part of an
    /// unclosed block, the fix is unsafe: `--fix` applies it only together with `--unsafe-fixes`.
    pub struct HeadingBlankLines {
        /// Also require blank lines between the front matter and the first heading.
        #[serde(rename = "include_front_matter")]
        include_front_matter: bool = false,
        /// Number of blank lines above a heading: one for all levels, or a list with one for each level. -1 allows any
        /// number.
        #[serde(rename = "lines_above", deserialize_with = "lines")]
        lines_above: BlankLineCounts = BlankLineCounts::All(1),
        /// Number of blank lines below a heading: one for all levels, or a list with one for each level. -1 allows any
        /// number.
        #[serde(rename = "lines_below", deserialize_with = "lines")]
        lines_below: BlankLineCounts = BlankLineCounts::All(1),
    }
    id = "heading-blank-lines",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD022", "blanks-around-headings"],
}

/// Reads numbers of lines of which none is larger than what a fix may write.
fn lines<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BlankLineCounts, D::Error> {
    let lines = BlankLineCounts::deserialize(deserializer)?;
    let largest = match &lines {
        BlankLineCounts::All(lines) => *lines,
        BlankLineCounts::ByLevel(lines) => lines.iter().copied().max().unwrap_or_default(),
    };
    if i64::from(largest) > i64::from(counts::MOST) { Err(counts::too_large(largest)) } else { Ok(lines) }
}

impl BlankLineCounts {
    fn of(&self, level: u8) -> u32 {
        let lines = match self {
            Self::All(lines) => *lines,
            Self::ByLevel(lines) => lines.get(usize::from(level) - 1).copied().unwrap_or(1),
        };
        u32::try_from(lines).unwrap_or(0)
    }
}

impl Rule for HeadingBlankLines {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings() {
            let expected = self.lines_above.of(heading.level);
            let actual = self.above(doc, heading, expected);
            if actual < expected && sink.has_room(heading.sign()) {
                let fix = blank_lines::above(doc, heading.node(), expected - actual);
                sink.report(heading.sign(), message(expected, actual, "above")).fix(fix);
            }
            let expected = self.lines_below.of(heading.level);
            let actual = below(doc, heading, expected);
            if actual < expected && sink.has_room(heading.sign()) {
                let fix = blank_lines::below(doc, heading.node(), heading.span(), expected - actual);
                sink.report(heading.sign(), message(expected, actual, "below")).fix(fix);
            }
        }
    }
}

impl HeadingBlankLines {
    /// The number of blank lines above a heading, up to `max`.
    fn above(&self, doc: &Document, heading: Typed<'_, Heading>, max: u32) -> u32 {
        let body = doc.body_lines().start;
        let line = doc.lines.line_of(heading.span().start);
        // The start of the page counts as blank, unless front matter is included.
        let top = if self.include_front_matter && doc.front_matter.is_some() { 0 } else { body };
        (0..max).find(|above| line > top + above && !doc.is_vacant(line - 1 - above)).unwrap_or(max)
    }
}

/// The number of blank lines below a heading, up to `max`.
fn below(doc: &Document, heading: Typed<'_, Heading>, max: u32) -> u32 {
    let line = doc.lines.last_line_of(heading.span());
    (0..max).find(|below| !doc.is_vacant(line + 1 + below)).unwrap_or(max)
}

fn message(expected: u32, actual: u32, side: &str) -> String {
    if expected == 1 {
        return format!("missing blank line {side} heading");
    }
    format!("expected {expected} blank lines {side} heading, found {actual}")
}
