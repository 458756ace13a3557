//! Info strings that make text of a code fence in kramdown and in the superfences extension of `PyMdown`.

use super::{Dialect, Engine, Parts};

impl Dialect {
    /// Whether a code fence of backticks or tildes, followed by an info string, is a fence for the engine.
    #[must_use]
    pub fn has_fence_with(self, marker: char, info: &str) -> bool {
        let info = info.trim();
        match self.engine() {
            Engine::CommonMark => true,
            Engine::Kramdown => marker == '~' || !info.contains([' ', '\t']) || is_preprocessed(info),
            Engine::PythonMarkdown => self.parts.has(Parts::RELAXED_FENCES) || has_options(info),
        }
    }

    /// The dialect in which templates are not evaluated in code fences.
    #[must_use]
    pub const fn with_plain_fences(self) -> Self {
        Self { parts: self.parts.with(Parts::PLAIN_FENCES), ..self }
    }

    /// Whether templates are not evaluated in code fences.
    #[must_use]
    pub const fn has_plain_fences(self) -> bool {
        self.parts.has(Parts::PLAIN_FENCES)
    }

    /// The dialect with code fences that may have any text after them.
    #[must_use]
    pub const fn with_relaxed_fences(self) -> Self {
        Self { parts: self.parts.with(Parts::RELAXED_FENCES), ..self }
    }
}

/// Programs that run the code of pages and remove their own word before a generator reads the page.
const PREPROCESSORS: [&str; 2] = ["mdoc", "tut"];

/// Whether an info string has the word of such a program after the language: `scala mdoc:fail`.
fn is_preprocessed(info: &str) -> bool {
    let mut words = info.split_whitespace().skip(1);
    let first = words.next().and_then(|word| word.split(':').next());
    first.is_some_and(|word| PREPROCESSORS.contains(&word)) && words.next().is_none()
}

/// Whether an info string is a language and options, or a language and attributes in braces.
fn has_options(info: &str) -> bool {
    let is_language = |c: char| c.is_alphanumeric() || "_#.+-".contains(c);
    let after_language = info.trim_start_matches(is_language);
    let has_language = after_language.is_empty() || after_language.starts_with([' ', '\t']);
    let mut rest = if has_language { after_language } else { info };
    if rest.trim_start().starts_with('{') {
        return rest.ends_with('}');
    }
    while !rest.is_empty() {
        let option = rest.trim_start();
        if option.len() == rest.len() && rest.len() < info.len() {
            return false;
        }
        let after_key = option.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if after_key.len() == option.len() {
            return false;
        }
        rest = match after_key.strip_prefix('=').map(after_string) {
            None => after_key,
            Some(Some(after)) => after,
            Some(None) => return false,
        };
    }
    true
}

/// What follows the string that a text begins with.
fn after_string(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote).map(|(_, after)| after)
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, DialectName};

    #[test]
    fn fences_are_text_after_what_the_engine_does_not_read() {
        let mkdocs = Dialect::named([DialectName::Mkdocs]);
        for info in ["", "py", "c++ title=\"a b\" linenums=\"1\"", "{.py .a}", "py {.a b=\"c\"}", "title='a'"]
        {
            assert!(mkdocs.has_fence_with('`', info), "{info}");
        }
        for info in ["py a=b", "py,a", "py{.a}", "{ .py", "py a=\"b\" {.c}", "py \"a\"", "py {.a} b"] {
            assert!(!mkdocs.has_fence_with('`', info), "{info}");
            assert!(mkdocs.with_relaxed_fences().has_fence_with('`', info), "{info}");
            assert!(Dialect::UNKNOWN.has_fence_with('`', info), "{info}");
        }
        let kramdown = Dialect::named([DialectName::Kramdown]);
        assert!(kramdown.has_fence_with('~', "js a") && kramdown.has_fence_with('`', "js"));
        assert!(!kramdown.has_fence_with('`', "js a") && kramdown.has_fence_with('`', "scala mdoc:fail"));
    }
}
