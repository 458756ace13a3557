use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// A fenced code block does not say which language it is in
    ///
    /// ## Why
    ///
    /// The name behind the fence lets the site colour the code, and tells readers what they look at. For what is in no
    /// language there is `text`.
    ///
    /// ## Bad
    ///
    /// ~~~md
    /// ```
    /// tide --today
    /// ```
    /// ~~~
    ///
    /// ## Good
    ///
    /// ~~~md
    /// ```sh
    /// tide --today
    /// ```
    /// ~~~
    pub struct MissingCodeLanguage {
        /// The languages that there are; any if there is none in the list.
        #[serde(rename = "allowed_languages")]
        allowed_languages: Vec<String> = Vec::new(),
        /// Whether nothing but the language may stand behind a fence.
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
                sink.report(fence.opening, "this code block does not say which language it is in")
                    .help("write the language behind the fence, or `text`");
            } else if !self.allows(language) {
                let place = Span::new(fence.info.start, language_end);
                sink.report(place, format!("`{language}` is none of the languages that are allowed"))
                    .help(format!("write one of these: {}", self.allowed_languages.join(", ")));
            }
            if self.language_only && !rest.is_empty() {
                let blanks = rest.len() - rest.trim_start().len();
                let place = Span::new(language_end + blanks as u32, fence.info.end);
                sink.report(place, "more than the language behind this fence")
                    .help("write the language alone");
            }
        }
    }
}

impl MissingCodeLanguage {
    fn allows(&self, language: &str) -> bool {
        self.allowed_languages.is_empty() || self.allowed_languages.iter().any(|allowed| allowed == language)
    }
}
