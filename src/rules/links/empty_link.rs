use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    markdown::{Definition, DialectName, Link},
    rule::Rule,
};

declare_rule! {
    /// Link without text or destination
    ///
    /// ## What it does
    ///
    /// Reports links whose destination is empty or `#`, and links without text. The latter are accepted where the engine
    /// fills in the title of the target, as MyST does.
    ///
    /// ## Why is this bad?
    ///
    /// `[text]()` opens the current page and `[text](#)` jumps to its top, which is rarely intended. A link without
    /// text is invisible.
    ///
    /// ## Example
    ///
    /// ```md
    /// Read the [tide table]() and the [harbour rules](#).
    /// ```
    ///
    /// ```md
    /// [](https://harbour.example/tides)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Read the [tide table](tides.md) and the [harbour rules](#rules).
    ///
    /// [![The pier](pier.jpg)](pier.html)
    ///
    /// ## Rules
    /// ```
    pub struct EmptyLink {
        /// Also report links without text, which markdownlint does not.
        text: bool = true,
    }
    id = "empty-link",
    severity = Severity::Error,
    aliases = &["MD042", "no-empty-links"],
    markdownlint = &[("text", false)],
}

impl Rule for EmptyLink {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // In the summary of mdBook, chapters without a destination are drafts.
        let has_drafts = doc.dialect.has(DialectName::Mdbook) && doc.path.ends_with("SUMMARY.md");
        for link in doc.ast.links() {
            let definition = link.label.and_then(|label| doc.ast.definition(doc.slice(label)));
            if has_no_destination(&link, definition) {
                if has_drafts {
                    continue;
                }
                let diagnostic = sink.report(link.span(), "empty link destination");
                if let Some(definition) = definition {
                    diagnostic.label(definition.destination.span, "destination defined here");
                }
                diagnostic.help("add a destination, or remove the link");
            } else if self.text
                && link.text.is_empty()
                && !doc.dialect.fills_link_texts()
                && !link.title.as_deref().is_some_and(|title| title.starts_with(INCLUDE))
            {
                sink.report(link.span(), "link has no text").help("add text between the brackets");
            }
        }
    }
}

/// What the title of a link begins with for which Docsify puts in the file.
const INCLUDE: &str = ":include";

/// A definition with an empty destination (`<>`) may be intended; `#` is not.
fn has_no_destination(link: &Link, definition: Option<&Definition>) -> bool {
    match definition {
        Some(definition) => &*definition.url == "#",
        None => matches!(link.url.trim(), "" | "#"),
    }
}
