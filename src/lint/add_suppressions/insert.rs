//! Comments to be written: what they say, and the text that has them.

use std::collections::{BTreeMap, BTreeSet};

/// What to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// Where, in bytes of the page.
    pub at: u32,
    /// The rules to name.
    pub rules: BTreeSet<&'static str>,
    /// How they are named.
    pub form: RuleNaming,
}

/// How rules are named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleNaming {
    /// After the names of a comment that is there.
    Names,
    /// By a comment of its own.
    Comment {
        /// What the comment asks for. The order is that of comments at one place: one that speaks for the next line stands
        /// next to it.
        word: SuppressionWord,
        /// Whose comment it is.
        syntax: Syntax,
        /// What is before the comment: the indentation of its line, or the space that parts it from a line's text.
        before: String,
        /// What is after it: the line break of a line of its own.
        after: String,
    },
}

/// What a comment asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuppressionWord {
    Enable,
    Disable,
    DisableFile,
    DisableLine,
    DisableNextLine,
}

/// Whose comment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syntax {
    /// `<!-- … -->`
    Html,
    /// `{/* … */}`, of MDX.
    Mdx,
    /// `# …`, of YAML and TOML.
    Hash,
}

impl SuppressionWord {
    const fn name(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::DisableFile => "disable-file",
            Self::DisableLine => "disable-line",
            Self::DisableNextLine => "disable-next-line",
        }
    }
}

/// Why a text cannot be the reason in a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    /// There is none.
    #[error("reason must contain a word")]
    Empty,
    /// It would end the comment, or its line.
    #[error("reason must be a single line without `--`, `*/`, `<` or `>`")]
    Markup,
}

/// Why findings are suppressed: one line that is safe in any comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressionReason(String);

impl std::str::FromStr for SuppressionReason {
    type Err = ReasonError;

    fn from_str(text: &str) -> Result<Self, ReasonError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ReasonError::Empty);
        }
        if text.contains("--")
            || text.contains("*/")
            || text.contains(['<', '>'])
            || text.contains(char::is_control)
        {
            return Err(ReasonError::Markup);
        }
        Ok(Self(text.to_owned()))
    }
}

/// The page with insertions. Those that differ in nothing but their rules become one.
pub fn insert<'a>(
    source: &str,
    insertions: impl IntoIterator<Item = &'a Insertion>,
    reason: Option<&SuppressionReason>,
) -> String {
    let mut sorted: BTreeMap<(u32, &RuleNaming), BTreeSet<&str>> = BTreeMap::new();
    for insertion in insertions {
        sorted.entry((insertion.at, &insertion.form)).or_default().extend(&insertion.rules);
    }
    let mut text = String::with_capacity(source.len() + 64 * sorted.len());
    let mut done = 0;
    for ((at, form), rules) in sorted {
        text.push_str(&source[done..at as usize]);
        done = at as usize;
        form.write(&rules, reason, &mut text);
    }
    text.push_str(&source[done..]);
    text
}

impl RuleNaming {
    fn write(&self, rules: &BTreeSet<&str>, reason: Option<&SuppressionReason>, text: &mut String) {
        let Self::Comment { word, syntax, before, after } = self else {
            for rule in rules {
                text.push(' ');
                text.push_str(rule);
            }
            return;
        };
        let (open, close) = match syntax {
            Syntax::Html => ("<!-- ", " -->"),
            Syntax::Mdx => ("{/* ", " */}"),
            Syntax::Hash => ("# ", ""),
        };
        text.extend([before, open, "copydesk-", word.name()]);
        for rule in rules {
            text.push(' ');
            text.push_str(rule);
        }
        // What is enabled again needs no reason.
        if let Some(SuppressionReason(reason)) = reason.filter(|_| *word != SuppressionWord::Enable) {
            text.extend([" -- ", reason]);
        }
        text.extend([close, after]);
    }
}

#[cfg(test)]
mod tests {
    use super::{Insertion, ReasonError, RuleNaming, SuppressionReason, SuppressionWord, Syntax, insert};

    fn line(at: u32, word: SuppressionWord, rule: &'static str) -> Insertion {
        let form =
            RuleNaming::Comment { word, syntax: Syntax::Html, before: "> ".into(), after: "\n".into() };
        Insertion { at, rules: [rule].into(), form }
    }

    #[test]
    fn rules_of_one_place_share_a_comment() {
        let both = [line(2, SuppressionWord::Disable, "term"), line(2, SuppressionWord::Disable, "bare-url")];
        assert_eq!(insert("a\nb", &both, None), "a\n> <!-- copydesk-disable bare-url term -->\nb");
    }

    #[test]
    fn a_comment_about_the_next_line_stands_before_it() {
        let both =
            [line(0, SuppressionWord::DisableNextLine, "term"), line(0, SuppressionWord::Enable, "bare-url")];
        let reason: SuppressionReason = "until spring".parse().expect("it is one line");
        assert_eq!(
            insert("a", &both, Some(&reason)),
            "> <!-- copydesk-enable bare-url -->\n> <!-- copydesk-disable-next-line term -- until spring -->\na"
        );
    }

    #[test]
    fn a_reason_ends_no_comment() {
        for text in ["a --> b", "a\nb", "a -- b", "a */ b", "<b>", "\u{1b}[0m"] {
            assert_eq!(text.parse::<SuppressionReason>(), Err(ReasonError::Markup), "{text:?}");
        }
        assert_eq!(" ".parse::<SuppressionReason>(), Err(ReasonError::Empty));
    }
}
