//! What is wrong with a text, in the words of those who write front matter.

use crate::text::Span;

/// A place where a text is not well formed, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SyntaxError {
    /// What kind of mistake it is, with what a fix needs to know.
    pub kind: SyntaxErrorKind,
    /// The narrowest bytes that show the mistake.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// A related place with its own words, such as where an unclosed quote began.
    pub related: Option<(Span, String)>,
}

/// The mistakes that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// `: ` inside a plain value, as in `title: Foo: bar`; `value` is what needs quotes.
    UnquotedColon {
        /// The whole value.
        value: Span,
    },
    /// A value begins with a character that YAML keeps for itself; `value` is what needs quotes.
    ReservedCharacter {
        /// The whole value.
        value: Span,
    },
    /// `*name` without a `&name`, often meant as emphasis; `value` is what needs quotes.
    UnknownAlias {
        /// The whole value.
        value: Span,
    },
    /// Text after a closing quote, as in `'don't'`.
    TextAfterQuote,
    /// A quote that is never closed.
    UnclosedQuote,
    /// A bracket that is never closed.
    UnclosedBracket,
    /// A bracket that closes nothing, or another kind of bracket.
    StrayBracket,
    /// A tab where only spaces may indent.
    Tab,
    /// A line that begins in the wrong column.
    Indentation,
    /// `key:value` without a space after the colon.
    MissingSpace,
    /// A line that should be `key: value` and has no colon.
    MissingColon,
    /// A left-over of a merge, such as `<<<<<<< HEAD`.
    ConflictMarker,
    /// A second document.
    SeveralDocuments,
    /// `&a [*a]`: a value that contains itself.
    AliasCycle,
    /// Nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// Aliases that would copy more than [`MAX_COPIED`](super::MAX_COPIED).
    TooLarge,
    /// TOML: more tables than the length of the text makes likely.
    TooManyTables,
    /// More values in TOML or YAML than a text of its length is likely to have.
    TooManyValues,
    /// TOML: text without quotes.
    UnquotedText,
    /// JSON: something that only JavaScript allows, such as a comment or a comma before the closing bracket.
    NotJson,
    /// Anything else.
    Other,
}

impl SyntaxErrorKind {
    /// The value that would be right in quotes.
    pub const fn value_to_quote(self) -> Option<Span> {
        match self {
            Self::UnquotedColon { value }
            | Self::ReservedCharacter { value }
            | Self::UnknownAlias { value } => Some(value),
            _ => None,
        }
    }

    /// An error whose words depend on nothing but its kind.
    pub(super) fn at(self, span: Span) -> SyntaxError {
        let (message, help) = match self {
            Self::SeveralDocuments => {
                ("multiple documents in one file", Some("remove the `---`, or split the file"))
            }
            Self::AliasCycle => ("alias refers to a value that contains it", None),
            Self::TooDeep => ("value is nested too deeply", None),
            Self::TooLarge => {
                ("aliases expand to too much text", Some("replace the aliases with their values"))
            }
            Self::TooManyTables => ("too many tables for the length of the text", None),
            Self::TooManyValues => ("too many values for the length of the text", None),
            _ => ("invalid syntax", None),
        };
        SyntaxError::new(self, span, message).maybe_help(help)
    }
}

impl SyntaxError {
    pub(super) fn new(kind: SyntaxErrorKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), help: None, related: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(super) fn related(self, span: Span, message: impl Into<String>) -> Self {
        Self { related: Some((span, message.into())), ..self }
    }

    fn maybe_help(self, help: Option<&str>) -> Self {
        Self { help: help.map(str::to_owned), ..self }
    }
}
