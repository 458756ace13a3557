//! Why the YAML parser stops before the end of a text.

use super::SyntaxError;

/// Why the parser did not reach the end.
pub(super) enum Stop {
    Error(SyntaxError),
    /// A colon right before a bracket.
    AdjacentColon {
        colon: usize,
        error: SyntaxError,
    },
    /// A line of a bracketed value begins with a tab instead of `indent` spaces.
    Tab {
        bracket: usize,
        indent: usize,
        error: SyntaxError,
    },
    /// A quoted value that goes on with less than `indent` spaces before it.
    Unindented {
        quote: usize,
        indent: usize,
        error: SyntaxError,
    },
}

impl From<SyntaxError> for Stop {
    fn from(error: SyntaxError) -> Self {
        Self::Error(error)
    }
}
