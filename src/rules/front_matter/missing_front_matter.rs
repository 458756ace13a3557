use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    text::Span,
    yaml::Format,
};

declare_rule! {
    /// A page has no front matter, or a block that never ends
    ///
    /// ## Why
    ///
    /// The pages of a collection need their title, date and author from the block at the top. A block whose closing
    /// `---` is missing is shown to readers as text. Pages outside every collection may do without a block.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    ///
    /// The ferry leaves at nine.
    /// ```
    ///
    /// ## Good
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
                    Format::Yaml => "---",
                    Format::Toml => "+++",
                    Format::Json | Format::Jsonc => "}",
                };
                sink.report(front_matter.opening, "the front matter that begins here never ends")
                    .help(format!("write `{delimiter}` on a line of its own below the last key"));
            }
            (None, Some(collection)) if doc.damage.is_none() => {
                let first = doc.lines.line_span(&doc.source, 0);
                sink.report(Span::empty(first.start), "the page has no front matter").help(format!(
                    "the pages of `{}` begin on their first line with a block between two lines `---`",
                    collection.name
                ));
            }
            _ => {}
        }
    }
}
