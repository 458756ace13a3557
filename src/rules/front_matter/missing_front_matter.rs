use crate::{
    data::DataFormat,
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Missing or unclosed front matter
    ///
    /// ## What it does
    ///
    /// Reports pages of a collection that have no front matter, and front matter without a closing delimiter. Pages
    /// outside all collections need no front matter.
    ///
    /// ## Why is this bad?
    ///
    /// The pages of a collection need their title, date and author. If the closing `---` is missing, the front matter
    /// is published as text.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    ///
    /// The ferry leaves at nine.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// ---
    ///
    /// The ferry leaves at nine.
    /// ```
    pub struct MissingFrontMatter {}
    id = "missing-front-matter",
    severity = Severity::Error,
}

impl Rule for MissingFrontMatter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        match (&doc.front_matter, &doc.collection) {
            (Some(front_matter), _) if front_matter.closing.is_none() => {
                let delimiter = match front_matter.tree.format {
                    DataFormat::Yaml => "---",
                    DataFormat::Toml => "+++",
                    DataFormat::Json | DataFormat::Jsonc => "}",
                };
                sink.report(front_matter.opening, "unclosed front matter")
                    .help(format!("add a closing `{delimiter}` line after the last key"));
            }
            (None, Some(collection)) if doc.damage.is_none() => {
                let first = doc.lines.line_span(&doc.source, 0);
                sink.report(Span::empty(first.start), "missing front matter").help(format!(
                    "start the page with front matter between `---` lines, as required in `{}`",
                    collection.name
                ));
            }
            _ => {}
        }
    }
}
