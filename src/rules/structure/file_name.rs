use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::Rule,
    rules::pattern::{Case, Pattern},
    text::Span,
};

declare_rule! {
    /// File name in another style
    ///
    /// ## What it does
    ///
    /// Reports pages whose file name, without its extension, does not match a pattern. By default, it consists
    /// of lowercase letters, digits and hyphens. Names in uppercase, such as `README`, and names that start with `_` or
    /// `.` are accepted.
    ///
    /// ## Why is this bad?
    ///
    /// The name of the file usually becomes the URL of the page. Spaces and uppercase letters in URLs cause broken links.
    ///
    /// ## Example
    ///
    /// ```text
    /// Low Tide.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// low-tide.md
    /// ```
    pub struct FileName {
        /// Regular expression that the name must match.
        pattern: Pattern = Pattern::new(KEBAB_CASE, Case::Kept).expect("the default pattern is valid"),
    }
    id = "file-name",
    on = false,
}

/// Words in lowercase with hyphens between them; extensions such as that of a language may follow.
const KEBAB_CASE: &str = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-zA-Z0-9-]+)*$";

impl Rule for FileName {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(name) = doc.path.file_stem().and_then(|stem| stem.to_str()) else { return };
        let is_usual = name.starts_with(['_', '.']) || !name.chars().any(char::is_lowercase);
        if !is_usual && !self.pattern.is_match(name) {
            sink.report(Span::empty(0), format!("file name `{name}` does not match the required style"))
                .help("use lowercase letters, digits and hyphens, or set `pattern`");
        }
    }
}
