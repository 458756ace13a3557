use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// Fenced code block without a language
    ///
    /// ## What it does
    ///
    /// Reports fenced code blocks whose info string does not name a language. Optionally, it also reports languages
    /// that are not allowed, and info strings that contain more than the language.
    ///
    /// ## Why is this bad?
    ///
    /// The language enables syntax highlighting and says what the code is. Use `text` for plain text.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// ```
    /// tide --today
    /// ```
    /// ~~~
    ///
    /// ## Use instead
    ///
    /// ~~~md
    /// ```sh
    /// tide --today
    /// ```
    /// ~~~
    ///
    /// ## References
    ///
    /// - [CommonMark: Info strings](https://spec.commonmark.org/0.31.2/#info-string)
    pub struct MissingCodeLanguage {
        /// Allowed languages; empty allows any.
        #[serde(rename = "allowed_languages")]
        allowed_languages: Vec<String> = Vec::new(),
        /// Report info strings that contain more than the language.
        #[serde(rename = "language_only")]
        language_only: bool = false,
    }
    id = "missing-code-language",
    on = false,
    aliases = &["MD040", "fenced-code-language"],
}

impl Rule for MissingCodeLanguage {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for fence in doc.ast.code_blocks().filter_map(|block| block.fence) {
            let info = doc.slice(fence.info);
            let (language, rest) = info.split_at(info.find([' ', '\t']).unwrap_or(info.len()));
            let language_end = fence.info.start + language.len() as u32;
            if language.is_empty() {
                sink.report(fence.opening, "fenced code block has no language")
                    .help("add a language after the fence, such as `text`");
            } else if !self.allows(language) {
                let place = Span::new(fence.info.start, language_end);
                sink.report(place, format!("language `{language}` is not allowed"))
                    .help(format!("use one of: `{}`", self.allowed_languages.join("`, `")));
            }
            if self.language_only && !rest.is_empty() {
                let spaces = rest.len() - rest.trim_start().len();
                let place = Span::new(language_end + spaces as u32, fence.info.end);
                sink.report(place, "info string contains more than a language")
                    .help("remove everything after the language");
            }
        }
    }
}

impl MissingCodeLanguage {
    fn allows(&self, language: &str) -> bool {
        self.allowed_languages.is_empty() || self.allowed_languages.iter().any(|allowed| allowed == language)
    }
}
