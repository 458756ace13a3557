use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::{Slip, SlipKind, Span},
};

declare_rule! {
    /// Misspelled language of a code block
    ///
    /// ## What it does
    ///
    /// Reports languages of fenced code blocks that differ in one letter from a widely known one: two letters are
    /// swapped, or a letter is missing or added.
    ///
    /// ## Why is this bad?
    ///
    /// The code is not highlighted, and tools that run or check examples pass over it.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// ```javscript
    /// tide.rise();
    /// ```
    /// ~~~
    ///
    /// ## Use instead
    ///
    /// ~~~md
    /// ```javascript
    /// tide.rise();
    /// ```
    /// ~~~
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: a plugin of the site may know the language.
    pub struct UnknownCodeLanguage {}
    id = "unknown-code-language",
    fixable = Fixable::Always,
}

/// Widely known languages that no other known one is a slip away from.
const KNOWN: [&str; 40] = [
    "bash",
    "clojure",
    "console",
    "csharp",
    "dart",
    "dockerfile",
    "elixir",
    "erlang",
    "fortran",
    "golang",
    "graphql",
    "groovy",
    "haskell",
    "html",
    "java",
    "javascript",
    "json",
    "julia",
    "kotlin",
    "latex",
    "makefile",
    "markdown",
    "matlab",
    "mermaid",
    "nginx",
    "objective-c",
    "perl",
    "plaintext",
    "powershell",
    "python",
    "ruby",
    "rust",
    "scala",
    "shell",
    "solidity",
    "swift",
    "terraform",
    "toml",
    "typescript",
    "yaml",
];

/// In a shorter name only swapped letters are a slip.
const SHORTEST: usize = 5;

impl Rule for UnknownCodeLanguage {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for fence in doc.ast.code_blocks().filter_map(|block| block.fence) {
            let info = doc.slice(fence.info);
            let is_part = |c: char| c.is_ascii_alphabetic() || c == '-';
            let end = info.find(|c: char| !is_part(c)).unwrap_or(info.len());
            let ends = info[end..].is_empty() || info[end..].starts_with([' ', '\t', ',', '{']);
            let language = &info[..end];
            let Some(meant) = meant(language).filter(|_| ends) else { continue };
            let place = Span::new(fence.info.start, fence.info.start + end as u32);
            let title = format!("Replace with `{meant}`");
            sink.report(place, format!("unknown code language `{language}`"))
                .help(format!("did you mean `{meant}`?"))
                .fix(Fix::replace(title, Applicability::Unsafe, place, meant));
        }
    }
}

/// The known language that is meant by a misspelled one.
fn meant(language: &str) -> Option<&'static str> {
    let small = language.to_ascii_lowercase();
    if small.len() < 4 || KNOWN.contains(&&*small) {
        return None;
    }
    KNOWN.into_iter().find(|known| {
        let slip = Slip::between(&small, known);
        slip.is_some_and(|slip| {
            slip.at > 0
                && match slip.kind {
                    SlipKind::Swapped => true,
                    SlipKind::Missing | SlipKind::Extra => known.len() >= SHORTEST,
                    SlipKind::Other => false,
                }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, meant};

    #[test]
    fn languages_are_a_slip_away() {
        for (written, language) in [
            ("javscript", "javascript"),
            ("pyhton", "python"),
            ("Elxir", "elixir"),
            ("jsno", "json"),
            ("swif", "swift"),
            ("shelll", "shell"),
        ] {
            assert_eq!(meant(written), Some(language), "{written}");
        }
        for language in ["ipython", "jsonc", "closure", "jso", "fsharp", "vb", "rst", "base", "node", "perl"]
        {
            assert_eq!(meant(language), None, "{language}");
        }
    }

    #[test]
    fn known_languages_are_in_order() {
        assert!(KNOWN.is_sorted());
    }
}
