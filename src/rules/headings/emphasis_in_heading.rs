use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::NodeKind,
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Emphasis in a heading
    ///
    /// ## What it does
    ///
    /// Reports strong emphasis in headings and, with `emphasis: true`, emphasis as well.
    ///
    /// ## Why is this bad?
    ///
    /// The style of the site decides how headings look. Markup in some of them makes these differ from the others, and
    /// some generators show it in tables of contents and titles.
    ///
    /// ## Example
    ///
    /// ```md
    /// ## **Tides** of the bay
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ## Tides of the bay
    ///
    /// ## The voyage of the *Petrel*
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: the heading looks different, and with some generators it has another anchor.
    pub struct EmphasisInHeading {
        /// Also report emphasis, which titles of works and names of ships need.
        emphasis: bool = false,
    }
    id = "emphasis-in-heading",
    on = false,
    fixable = Fixable::Always,
}

impl Rule for EmphasisInHeading {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings() {
            for node in heading.node().descendants() {
                let name = match node.kind() {
                    NodeKind::Strong => "strong emphasis",
                    NodeKind::Emphasis if self.emphasis => "emphasis",
                    _ => continue,
                };
                let Some(delimiters) = node.delimiters() else { continue };
                sink.report(node.span(), format!("{name} in a heading")).fix(Fix::new(
                    format!("Remove the {name}"),
                    Applicability::Unsafe,
                    delimiters.map(|span| Edit { span, content: String::new() }).into(),
                ));
            }
        }
    }
}
