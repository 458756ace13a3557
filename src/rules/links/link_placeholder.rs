use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    links::is_placeholder,
    markdown::SlipKind,
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// A destination that was to be filled in later
    ///
    /// ## Why
    ///
    /// `TODO`, `url` or `ADD LINK TO THE POST` in place of an address is a note to oneself that gets published: at best
    /// the link leads to a page that does not exist.
    ///
    /// What counts, in any case and with `-`, `_` or blanks between the words: `todo`, `tbd`, `tba`, `tbc`, `fixme`,
    /// `xxx`, `url`, `link`, `placeholder`, `insert`, `add`, and phrases such as `add link here`, `your url`,
    /// `example link`, `link to come`, `todo: the post`; a scheme without an address as in `https://`; dots and question
    /// marks alone. Own words can be added. An empty destination and `#` belong to `empty-link`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The [tide table](TODO) and the [rules](ADD LINK TO THE RULES) are out.
    /// ```
    ///
    /// ```md
    /// The [tide table][tides] is out.
    ///
    /// [tides]: https://
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The [tide table](/tides/todo-list/) and the [rules](rules.md) are out.
    /// ```
    pub struct LinkPlaceholder {
        /// Destinations of your own that are to be filled in, compared as a whole and in any case.
        destinations: Vec<String> = Vec::new(),
    }
    id = "link-placeholder",
    severity = Severity::Error,
}

impl Rule for LinkPlaceholder {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for span in destinations(doc) {
            let text = doc.slice(span).trim();
            let is_own = self.destinations.iter().any(|own| own.to_lowercase() == text.to_lowercase());
            if is_own || is_placeholder(text) {
                sink.report(span, "this destination was to be filled in later")
                    .help("write where the link leads, or leave only its text");
            }
        }
    }
}

/// Every destination that is written in the page, those of links that blanks spoiled and of HTML included.
fn destinations(doc: &Document) -> impl Iterator<Item = Span> {
    let links = doc.ast.links().chain(doc.ast.images());
    let written = links.filter_map(|link| link.destination.map(|it| it.span));
    let defined = doc.ast.definitions().iter().map(|it| it.destination.span);
    let slips = doc.link_facts().slips.iter();
    let spoiled = slips.filter(|slip| slip.kind == SlipKind::SpaceInDestination).map(|slip| slip.destination);
    let html = doc.html_tags().iter().flat_map(|tag| tag.targets(&doc.source)).map(|target| target.span);
    written.chain(defined).chain(spoiled).chain(html)
}
