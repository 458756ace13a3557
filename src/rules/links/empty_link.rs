use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    markdown::{Definition, Link},
    rule::Rule,
};

declare_rule! {
    /// A link leads nowhere, or has no text
    ///
    /// ## Why
    ///
    /// `[text]()` opens the page that the reader is on, and `[text](#)` jumps to its top: the destination was to be
    /// filled in later. A link without a text is there, but nobody can see it.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Read the [tide table]() and the [harbour rules](#).
    /// ```
    ///
    /// ```md
    /// [](https://harbour.example/tides)
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Read the [tide table](tides.md) and the [harbour rules](#rules).
    ///
    /// [![The pier](pier.jpg)](pier.html)
    ///
    /// ## Rules
    /// ```
    pub struct EmptyLink {
        /// Whether links without a text are reported too. markdownlint leaves them alone.
        text: bool = true,
    }
    id = "empty-link",
    severity = Severity::Error,
    aliases = &["MD042", "no-empty-links"],
    markdownlint = &[("text", false)],
}

impl Rule for EmptyLink {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for link in doc.ast.links() {
            let definition = link.label.and_then(|label| doc.ast.definition(doc.slice(label)));
            if leads_nowhere(&link, definition) {
                let found = sink.report(link.span(), "this link leads nowhere");
                if let Some(definition) = definition {
                    found.label(definition.destination.span, "this is where it leads");
                }
                found.help("write where it leads, or leave only its text");
            } else if self.text && link.text.is_empty() {
                sink.report(link.span(), "this link has no text, so nobody can see it")
                    .help("write a text between the brackets");
            }
        }
    }
}

/// A definition without a destination is a definition all the same, and the page's top is a destination only by chance.
fn leads_nowhere(link: &Link, definition: Option<&Definition>) -> bool {
    match definition {
        Some(definition) => &*definition.url == "#",
        None => matches!(link.url.trim(), "" | "#"),
    }
}
