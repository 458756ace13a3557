use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Curly quotation marks in code
    ///
    /// ## What it does
    ///
    /// Reports curly quotation marks that delimit a string in a fenced code block with the language of a shell, a
    /// programming language or a data format. Those in comments, and inside other strings, are not reported.
    ///
    /// ## Why is this bad?
    ///
    /// Word processors replace straight quotation marks when text is typed or pasted. The code does not run, or the
    /// command gets the quotation marks as part of the value.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// ```sh
    /// tide --port “North Quay”
    /// ```
    /// ~~~
    ///
    /// ## Use instead
    ///
    /// ~~~md
    /// ```sh
    /// tide --port "North Quay"
    /// ```
    /// ~~~
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the string may contain straight quotation marks.
    pub struct CurlyQuotesInCode {}
    id = "curly-quotes-in-code",
    fixable = Fixable::Always,
}

/// Languages of commands, in which a string may follow a space.
const SHELLS: [&str; 8] =
    ["bash", "console", "powershell", "sh", "shell", "shell-session", "terminal", "zsh"];

/// Languages in which curly quotation marks delimit nothing.
const LANGUAGES: [&str; 24] = [
    "c",
    "cpp",
    "cs",
    "csharp",
    "dart",
    "elixir",
    "go",
    "groovy",
    "hcl",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "py",
    "python",
    "ruby",
    "rust",
    "sql",
    "swift",
    "terraform",
    "ts",
    "typescript",
];

impl Rule for CurlyQuotesInCode {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if !doc.has_unusual(|c| matches!(c, '“' | '”' | '‘' | '’')) {
            return;
        }
        for block in doc.ast.code_blocks() {
            let Some(fence) = block.fence else { continue };
            let info = doc.slice(fence.info);
            let language = info.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
            let language = language.unwrap_or_default().to_ascii_lowercase();
            let is_shell = SHELLS.contains(&&*language);
            if !is_shell && !LANGUAGES.contains(&&*language) {
                continue;
            }
            let place = if is_shell { Place::Shell } else { Place::Program };
            let code = doc.slice(block.content);
            if !code.contains('“') && !code.contains('‘') {
                continue;
            }
            for line in doc.ast.code_lines(&block) {
                if let Some(string) = quoted(doc.slice(*line), place) {
                    report(string.shift(line.start), sink, doc);
                }
            }
        }
    }
}

/// Where a string may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// After a space, as an argument of a command does.
    Shell,
    /// Only after an operator or an opening bracket.
    Program,
}

impl Place {
    /// What begins a comment there, or may.
    const fn comments(self) -> &'static [&'static str] {
        match self {
            Self::Shell => &["#"],
            Self::Program => &["#", "//", "--", "*"],
        }
    }
}

/// The first string of a line that curly quotation marks delimit, these included.
fn quoted(line: &str, place: Place) -> Option<Span> {
    let start = line.find(['“', '‘'])?;
    let (before, string) = line.split_at(start);
    let opening = string.chars().next()?;
    let closing = if opening == '“' { '”' } else { '’' };
    let end = string[opening.len_utf8()..].find(closing)? + opening.len_utf8() + closing.len_utf8();
    let is_plain = !before.contains(['"', '\'', '`', '<', '”', '’']);
    let trimmed = before.trim_end();
    // Compilers and other programs quote names like ‘this’ in what they print.
    let is_argument = place == Place::Shell && opening == '“' && before.ends_with(' ') && !trimmed.is_empty();
    let is_operand = trimmed.ends_with(['(', '=', ':', ',', '[', '{', '+']);
    let is_comment = place.comments().iter().any(|mark| trimmed.contains(mark));
    (is_plain && !is_comment && (is_argument || is_operand)).then(|| Span::from_range(start..start + end))
}

fn report(string: Span, sink: &mut Sink<'_>, doc: &Document) {
    let text = doc.slice(string);
    let length = '“'.len_utf8() as u32;
    let straight = if text.starts_with('“') { "\"" } else { "'" };
    let edits = [Span::new(string.start, string.start + length), Span::new(string.end - length, string.end)];
    let edits = edits.map(|span| Edit { span, content: straight.to_owned() });
    sink.report(string, "curly quotation marks in code").note("they do not delimit a string").fix(Fix::new(
        format!("Replace with `{straight}`"),
        Applicability::Unsafe,
        edits.into(),
    ));
}

#[cfg(test)]
mod tests {
    use super::{Place, quoted};

    #[test]
    fn strings_that_curly_quotes_delimit() {
        let found = |line, place| quoted(line, place).map(|span| span.of(line));
        assert_eq!(found("tide --port “North Quay” now", Place::Shell), Some("“North Quay”"));
        assert_eq!(found("let port = “North”;", Place::Program), Some("“North”"));
        assert_eq!(found("print(‘North’)", Place::Program), Some("‘North’"));
        for line in [
            "# the “North” quay",
            "tide \"the “North” quay\"",
            "“North” is the port",
            "Port is don’t “know”",
            "tide “North",
        ] {
            assert_eq!(found(line, Place::Shell), None, "{line}");
        }
        assert_eq!(found("The port “North” is open.", Place::Program), None);
    }
}
