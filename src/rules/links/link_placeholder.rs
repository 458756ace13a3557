use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    links::is_placeholder,
    markdown::InvalidLinkKind,
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Placeholder link
    ///
    /// ## What it does
    ///
    /// Reports link destinations that are placeholders: `todo`, `tbd`, `tba`, `tbc`, `fixme`, `xxx`, `url`, `link`,
    /// `placeholder`, `insert`, `add`, and phrases such as `add link here`, `your url`, `example link`, `link to come`
    /// and `todo: the post`, regardless of case and of whether the words are separated by spaces, `-` or `_`; a scheme
    /// without a host, such as `https://`; and destinations that consist of dots or question marks. The option
    /// `destinations` adds more.
    ///
    /// Empty destinations and `#` are reported by `empty-link`.
    ///
    /// ## Why is this bad?
    ///
    /// A placeholder is a note to the author. Once published, the link points to a page that does not exist.
    ///
    /// ## Example
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
    /// ## Use instead
    ///
    /// ```md
    /// The [tide table](/tides/todo-list/) and the [rules](rules.md) are out.
    /// ```
    pub struct LinkPlaceholder {
        /// Additional placeholder destinations (exact, case-insensitive match).
        destinations: Vec<String> = Vec::new(),
    }
    id = "link-placeholder",
    severity = Severity::Error,
}

impl Rule for LinkPlaceholder {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for span in destinations(doc) {
            let text = doc.slice(span).trim();
            let is_listed = self.destinations.iter().any(|it| it.to_lowercase() == text.to_lowercase());
            if is_listed || is_placeholder(text) {
                sink.report(span, "placeholder link destination")
                    .help("add the real destination, or remove the link");
            }
        }
    }
}

/// Every link destination in the page, including those with unescaped spaces and those in HTML.
fn destinations(doc: &Document) -> impl Iterator<Item = Span> {
    let links = doc.ast.links().chain(doc.ast.images());
    let written = links.filter_map(|link| link.destination.map(|it| it.span));
    let defined = doc.ast.definitions().iter().map(|it| it.destination.span);
    let slips = doc.link_facts().slips.iter();
    let with_spaces =
        slips.filter(|slip| slip.kind == InvalidLinkKind::SpaceInDestination).map(|slip| slip.destination);
    let html = doc.html_tags().iter().flat_map(|tag| tag.targets(&doc.source)).map(|target| target.span);
    written.chain(defined).chain(with_spaces).chain(html)
}
