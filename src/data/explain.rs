//! The YAML parser's errors in the words of those who write front matter.

use std::ops::Range;

use granit_parser::{ErrorKind, StructureStyle};

use super::error::{SyntaxError, SyntaxErrorKind};
use super::scene::{Scene, deepest_last_key};
use super::{ScalarNotation, Value};
use crate::text::ConflictMarker;

const QUOTE_IT: &str = "quote the value";

/// Puts the parser's error at the byte `at` into a writer's words.
pub(super) fn explain(kind: &ErrorKind, at: usize, scene: &Scene<'_>) -> SyntaxError {
    scene
        .conflict_marker(at)
        .or_else(|| scene.unclosed_quote(kind, at))
        .or_else(|| scene.tab(kind, at))
        .or_else(|| scene.unclosed_bracket(kind, at))
        .or_else(|| scene.value(kind, at))
        .or_else(|| scene.line(kind, at))
        .unwrap_or_else(|| scene.token(kind, at))
}

/// Whether an error is that of a tab where the parser wants spaces.
pub(super) const fn is_about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabInBlockIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::UnexpectedCharacter { character: '\t' }
    )
}

impl Scene<'_> {
    fn conflict_marker(&self, at: usize) -> Option<SyntaxError> {
        let from = self.excerpt.line_start(self.cursor.min(at));
        let mut line = self.line_at(from);
        while line.end < self.excerpt.text.len() && ConflictMarker::of(self.text(line.clone())).is_none() {
            if line.start > at {
                return None;
            }
            line = self.line_at(self.excerpt.next_line(line.end)?);
        }
        ConflictMarker::of(self.text(line.clone())).is_some().then(|| {
            let message = "unresolved merge conflict marker";
            self.error(SyntaxErrorKind::ConflictMarker, line, message)
                .help("resolve the conflict and remove the markers")
        })
    }

    /// A quote that is never closed, or closed only by the next value's opening quote.
    fn unclosed_quote(&self, kind: &ErrorKind, at: usize) -> Option<SyntaxError> {
        let quote = self.opening_quote(at)?;
        let first_line = self.rest_of_line(quote);
        let same_line = at <= self.excerpt.line_end(quote);
        let unclosed = match kind {
            ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar => true,
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                !same_line
            }
            _ => false,
        };
        if unclosed {
            let mark = self.text(quote..quote + 1);
            let error = self.error(SyntaxErrorKind::UnclosedQuote, first_line, "missing closing quote");
            let help = format!("add a closing `{mark}`, or indent the continuation lines");
            return Some(error.help(help));
        }
        matches!(
            kind,
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar
        )
        .then(|| self.text_after_quote(quote, at))
    }

    /// The quote that opens the value being read.
    pub(super) fn opening_quote(&self, at: usize) -> Option<usize> {
        let mut quote = self.cursor;
        loop {
            quote = self.excerpt.skip_properties(quote);
            match self.excerpt.byte(quote).filter(|_| quote <= at)? {
                b'\'' | b'"' => return Some(quote),
                b':' | b'-' | b'?' | b',' | b'[' | b'{' => quote += 1,
                _ => return None,
            }
        }
    }

    fn text_after_quote(&self, quote: usize, at: usize) -> SyntaxError {
        let quoted = quote..quote + self.text(quote..at).trim_end().len();
        let help = if self.excerpt.byte(quote) == Some(b'\'') {
            "escape the apostrophe as `''`, or use double quotes"
        } else {
            "escape the quotation mark as `\\\"`, or use single quotes"
        };
        self.error(
            SyntaxErrorKind::TextAfterQuote,
            self.rest_of_line(at),
            "unexpected text after closing quote",
        )
        .help(help)
        .related(self.excerpt.span(quoted), "string ends here")
    }

    fn tab(&self, kind: &ErrorKind, at: usize) -> Option<SyntaxError> {
        if !is_about_tabs(kind) {
            return None;
        }
        // The parser may name the start of a value whose second line has the tab.
        let mut line = self.excerpt.line_start(at);
        loop {
            let blanks = self.text(line..self.line_at(line).start.max(line));
            if let Some(tab) = blanks.find('\t') {
                let error = self.error(
                    SyntaxErrorKind::Tab,
                    line + tab..line + blanks.len(),
                    "tab used for indentation",
                );
                return Some(error.help("indent with spaces: YAML does not allow tabs here"));
            }
            line = self.excerpt.next_line(line)?;
        }
    }

    fn unclosed_bracket(&self, kind: &ErrorKind, at: usize) -> Option<SyntaxError> {
        let flow = self
            .open
            .iter()
            .rev()
            .find(|frame| frame.style == StructureStyle::Flow && self.bracket(frame.start).is_some());
        let start = match (kind, flow) {
            (ErrorKind::UnclosedFlowCollection { .. }, _) => at,
            (ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::BlockEntryInFlowCollection, _)
            | (_, None) => {
                return None;
            }
            (_, Some(frame))
                if at > self.excerpt.line_end(frame.start) || at >= self.excerpt.text.trim_end().len() =>
            {
                frame.start
            }
            _ => return None,
        };
        let bracket = self.bracket(start)?;
        let message = format!("unclosed `{bracket}`");
        let closing = if bracket == '[' { ']' } else { '}' };
        let error = self.error(SyntaxErrorKind::UnclosedBracket, start..start + 1, message);
        Some(error.help(format!("add a closing `{closing}`, or quote the value if it is a string")))
    }

    /// Values that need quotes.
    fn value(&self, kind: &ErrorKind, at: usize) -> Option<SyntaxError> {
        match kind {
            ErrorKind::MappingValueNotAllowed | ErrorKind::ExpectedFlowMappingSeparator => {
                self.unquoted_colon(at)
            }
            ErrorKind::UnknownAnchor => {
                let value = self.value_from(at);
                let alias = at..self.excerpt.token_end(at).min(value.end).max(at + 1);
                let name = self.text(alias.start + 1..alias.end);
                let message = format!("undefined alias `*{name}`");
                let kind = SyntaxErrorKind::UnknownAlias { value: self.excerpt.span(value) };
                Some(self.error(kind, alias, message).help(format!("{QUOTE_IT} if it is a string")))
            }
            ErrorKind::UnexpectedCharacter { character: '@' | '`' | '%' }
            | ErrorKind::MissingAnchorOrAliasName
            | ErrorKind::MissingTagUri => Some(self.reserved(at)),
            ErrorKind::ExpectedDocumentStart
            | ErrorKind::InvalidDirectiveName
            | ErrorKind::MissingDirectiveName
                if self.excerpt.byte(self.line_at(at).start) == Some(b'%') =>
            {
                Some(self.reserved(self.line_at(at).start))
            }
            _ => (self.excerpt.byte(at) == Some(b',')).then(|| self.reserved(at)),
        }
    }

    fn reserved(&self, at: usize) -> SyntaxError {
        let value = self.value_from(at);
        let first = self.char_at(at);
        let message = match self.text(first.clone()) {
            "`" => "a backtick is reserved and cannot start a plain value".to_owned(),
            mark => format!("`{mark}` is reserved and cannot start a plain value"),
        };
        let kind = SyntaxErrorKind::ReservedCharacter { value: self.excerpt.span(value) };
        self.error(kind, first, message).help(QUOTE_IT)
    }

    /// A plain value from its start: to the end of its line, and of the deeper lines below; inside brackets to the
    /// next comma or bracket.
    fn value_from(&self, start: usize) -> Range<usize> {
        let line = self.rest_of_line(start);
        if self.open.last().is_some_and(|frame| frame.style == StructureStyle::Flow) {
            let text = self.text(line.clone());
            let end = text.find([',', ']', '}']).unwrap_or(text.len());
            return start..start + text[..end].trim_end().len();
        }
        let indent = self.last_key().map_or(0, |key| self.column(self.excerpt.range(key.span).start));
        let mut end = line.end;
        let mut at = self.excerpt.line_end(start);
        while let Some(next) = self.excerpt.next_line(at).filter(|_| end == at) {
            let below = self.line_at(next);
            if below.is_empty()
                || below.start - next <= indent
                || self.excerpt.byte(below.start) == Some(b'#')
            {
                break;
            }
            end = self.rest_of_line(below.start).end;
            at = self.excerpt.line_end(next);
        }
        start..end
    }

    /// A second colon after a key: in the value, or because the line should be elsewhere.
    fn unquoted_colon(&self, at: usize) -> Option<SyntaxError> {
        let last = self.last_value()?;
        let range = self.excerpt.range(last.span);
        if self.open.is_empty() {
            return Some(self.not_a_key(range.start));
        }
        let Value::Scalar(scalar) = &last.value else { return self.text_after_bracket(range, at) };
        match scalar.style {
            ScalarNotation::Plain if range.is_empty() => None,
            ScalarNotation::Plain => {
                let line = self.line_at(at);
                if line.start > range.start && is_word(self.text(line.start..at)) {
                    return Some(self.misplaced_line(at));
                }
                let value = self.value_from(range.start);
                let kind = SyntaxErrorKind::UnquotedColon { value: self.excerpt.span(value) };
                let colon = self.char_at(at);
                Some(self.error(kind, colon, "unquoted value contains `: `").help(QUOTE_IT))
            }
            ScalarNotation::SingleQuoted | ScalarNotation::DoubleQuoted
                if at <= self.excerpt.line_end(range.end) =>
            {
                Some(self.text_after_quote(range.start, at))
            }
            _ => Some(self.misplaced_line(at)),
        }
    }

    /// `[Label](url)` and `{{ macro }}` begin as a list and a mapping do.
    fn text_after_bracket(&self, collection: Range<usize>, at: usize) -> Option<SyntaxError> {
        let bracket = self.bracket(collection.start)?;
        if at > self.excerpt.line_end(collection.start) {
            return None;
        }
        let value = collection.start..self.rest_of_line(at).end;
        let what = if bracket == '[' { "list" } else { "mapping" };
        let message =
            format!("unexpected text after a {what}: `{bracket}` at the start of a value opens one");
        let kind = SyntaxErrorKind::ReservedCharacter { value: self.excerpt.span(value) };
        let error =
            self.error(kind, self.rest_of_line(at), message).help(format!("{QUOTE_IT} if it is a string"));
        Some(error.related(self.excerpt.span(collection), format!("{what} ends here")))
    }

    /// Lines that begin in the wrong column or are no `key: value`.
    fn line(&self, kind: &ErrorKind, at: usize) -> Option<SyntaxError> {
        match kind {
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => Some(self.not_a_key(at)),
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::InvalidBlockScalarIndent
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::ExpectedDocumentStart => {
                let after = self.last_value().map(|node| self.excerpt.range(node.span));
                let bracket = after.filter(|range| !range.is_empty() && range.end <= at);
                let after_bracket = bracket.and_then(|range| self.text_after_bracket(range, at));
                Some(after_bracket.unwrap_or_else(|| self.misplaced_line(at)))
            }
            ErrorKind::BlockSequenceEntryNotAllowed => {
                let line = self.line_at(at);
                if self.text(line.start..at).is_empty() {
                    return Some(self.misplaced_line(at));
                }
                let error =
                    self.error(SyntaxErrorKind::Other, at..at + 1, "list item on the same line as its key");
                Some(error.help("put each item on its own line, or quote the value if it is a string"))
            }
            _ => None,
        }
    }

    /// A line without a colon, or with one that lacks its space.
    fn not_a_key(&self, at: usize) -> SyntaxError {
        let line = self.line_at(at);
        let text = self.text(line.clone());
        let colon =
            text.find(':').filter(|&colon| is_word(&text[..colon]) && !text[colon..].starts_with("://"));
        if let Some(colon) = colon {
            let colon = line.start + colon;
            let error =
                self.error(SyntaxErrorKind::MissingSpace, colon..colon + 1, "missing space after `:`");
            return error.help("use `key: value`");
        }
        self.error(SyntaxErrorKind::MissingColon, line, "expected `key: value`")
            .help("add a colon, or indent the line if it continues the value above")
    }

    fn misplaced_line(&self, at: usize) -> SyntaxError {
        let line = self.line_at(at);
        let wrong = |message: String| {
            self.error(SyntaxErrorKind::Indentation, self.rest_of_line(line.start), message)
        };
        let Some(key) = self.last_key() else {
            return wrong("indentation does not match any previous line".to_owned())
                .help("align it with the first line");
        };
        let name = key.text().unwrap_or("the key");
        let deeper = self.column(line.start) > self.column(self.excerpt.range(key.span).start);
        let filled = self.last_value().is_some_and(|value| !value.is_collection() && !value.span.is_empty());
        let error = if deeper && filled {
            wrong(format!("unexpected nested content: `{name}` already has a value"))
                .help(format!("align the line with `{name}`"))
        } else {
            wrong("indentation does not match any previous line".to_owned())
                .help("align it with the other keys or items of its level")
        };
        error.related(deepest_last_key(self.last_value()).unwrap_or(key).span, "previous key")
    }

    /// What is wrong with a single token.
    fn token(&self, kind: &ErrorKind, at: usize) -> SyntaxError {
        let here = self.char_at(at);
        let other = |message: &str| self.error(SyntaxErrorKind::Other, here.clone(), message);
        match kind {
            ErrorKind::MisplacedFlowCollectionEnd => {
                let message = format!("unmatched `{}`", self.text(here.clone()));
                self.error(SyntaxErrorKind::StrayBracket, here, message)
                    .help(format!("remove it, or {QUOTE_IT}"))
            }
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
                let message = format!("mismatched brackets: `{open}` closed by `{close}`");
                self.error(SyntaxErrorKind::StrayBracket, here, message)
            }
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate => self
                .error(SyntaxErrorKind::Other, self.escape(at), "invalid escape sequence")
                .help("escape the backslash as `\\\\`, or use single quotes"),
            ErrorKind::RecursionLimitExceeded => SyntaxErrorKind::TooDeep.at(self.excerpt.span(here)),
            ErrorKind::CommentNotSeparated => other("missing space before `#`"),
            ErrorKind::CommentInterceptedScalar => other("comment inside a multi-line string"),
            ErrorKind::BlockEntryInFlowCollection => other("use commas, not dashes, inside `[ ]`"),
            ErrorKind::InvalidBlockScalarHeader => other("invalid block scalar header"),
            ErrorKind::UndeclaredTagHandle => other("undeclared tag handle"),
            ErrorKind::FlowMappingValueAdjacentCollection => other("missing space after `:`"),
            ErrorKind::InvalidColonPlacement => other("unexpected `:`"),
            ErrorKind::BomInsideDocument => {
                other("byte order mark (U+FEFF) inside the document").help("remove it, or quote the value")
            }
            ErrorKind::UnexpectedCharacter { character } => {
                other(&format!("unexpected character U+{:04X}", u32::from(*character)))
            }
            _ => other(&format!("invalid YAML: {}", plain_words(&kind.to_string()))),
        }
    }

    /// The first escape after `at` that YAML does not know (YAML 1.2.2, section 5.7).
    fn escape(&self, at: usize) -> Range<usize> {
        let line = self.text(at..self.excerpt.text.len());
        let mut chars = line.char_indices();
        while let Some((i, c)) = chars.next() {
            if c != '\\' {
                continue;
            }
            let Some((j, escaped)) = chars.next() else { break };
            let digits = match escaped {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let behind = line[j + escaped.len_utf8()..].bytes();
            let hex = behind.take(digits).take_while(u8::is_ascii_hexdigit).count();
            if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) || hex < digits {
                return at + i..at + j + escaped.len_utf8() + hex;
            }
        }
        self.char_at(at)
    }
}

/// The parser's message without the step it was at.
fn plain_words(message: &str) -> String {
    let message = message
        .split_once(", ")
        .filter(|(step, _)| step.starts_with("while "))
        .map_or(message, |(_, rest)| rest);
    message.replace("EOF", "end of file").replace("eof", "end of file").to_lowercase()
}

/// Whether a text is one word, as keys are.
fn is_word(text: &str) -> bool {
    let text = text.trim_start_matches("- ");
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-.$/".contains(c))
}
