use serde::Deserialize;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Heading, Typed},
    rule::{Fixable, Rule},
    rules::{blank_lines, counts},
};

/// How many blank lines: one number for all levels, or one for each of the six. -1 is any number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Lines {
    /// For headings of all levels.
    All(i32),
    /// For each level, from the first; 1 for those left out.
    ByLevel(Vec<i32>),
}

declare_rule! {
    /// A heading without a blank line above or below it
    ///
    /// ## Why
    ///
    /// Not every Markdown engine sees a heading that follows a paragraph without a blank line, and readers of the source
    /// look for the gap.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns at noon.
    /// ## Spring tides
    /// They are higher.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns at noon.
    ///
    /// ## Spring tides
    ///
    /// They are higher.
    /// ```
    pub struct HeadingBlankLines {
        /// Whether front matter counts as a text above the first heading.
        #[serde(rename = "include_front_matter")]
        include_front_matter: bool = false,
        /// How many blank lines are above a heading.
        #[serde(rename = "lines_above", deserialize_with = "lines")]
        lines_above: Lines = Lines::All(1),
        /// How many blank lines are below a heading.
        #[serde(rename = "lines_below", deserialize_with = "lines")]
        lines_below: Lines = Lines::All(1),
    }
    id = "heading-blank-lines",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD022", "blanks-around-headings"],
}

/// Reads numbers of lines of which none is larger than what a fix may write.
fn lines<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Lines, D::Error> {
    let lines = Lines::deserialize(deserializer)?;
    let largest = match &lines {
        Lines::All(lines) => *lines,
        Lines::ByLevel(lines) => lines.iter().copied().max().unwrap_or_default(),
    };
    if i64::from(largest) > i64::from(counts::MOST) { Err(counts::too_large(largest)) } else { Ok(lines) }
}

impl Lines {
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
            let wanted = self.lines_above.of(heading.level);
            let found = self.above(doc, heading, wanted);
            if found < wanted {
                let fix = blank_lines::above(doc, heading.node(), wanted - found);
                sink.report(heading.sign(), message(wanted, found, "above")).help(fix.title.clone()).fix(fix);
            }
            let wanted = self.lines_below.of(heading.level);
            let found = below(doc, heading, wanted);
            if found < wanted {
                let fix = blank_lines::below(doc, heading.node(), heading.span(), wanted - found);
                sink.report(heading.sign(), message(wanted, found, "below")).help(fix.title.clone()).fix(fix);
            }
        }
    }
}

impl HeadingBlankLines {
    /// How many of the lines above a heading are blank, up to `most`.
    fn above(&self, doc: &Document, heading: Typed<'_, Heading>, most: u32) -> u32 {
        let body = doc.body_lines().start;
        let line = doc.lines.line_of(heading.span().start);
        // What is above the page is blank, unless the front matter is asked to count.
        let top = if self.include_front_matter && doc.front_matter.is_some() { 0 } else { body };
        (0..most).find(|above| line > top + above && !doc.is_vacant(line - 1 - above)).unwrap_or(most)
    }
}

fn below(doc: &Document, heading: Typed<'_, Heading>, most: u32) -> u32 {
    let line = doc.lines.last_line_of(heading.span());
    (0..most).find(|below| !doc.is_vacant(line + 1 + below)).unwrap_or(most)
}

fn message(wanted: u32, found: u32, side: &str) -> String {
    match (wanted, found) {
        (1, _) => format!("no blank line {side} this heading"),
        (_, 0) => format!("no blank lines {side} this heading, which are to be {wanted}"),
        (_, 1) => format!("one blank line {side} this heading, not {wanted}"),
        _ => format!("{found} blank lines {side} this heading, not {wanted}"),
    }
}
