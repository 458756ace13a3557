use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::HeadingSyntax,
    rule::{Fixable, Rule},
    rules::headings::heading_space,
};

declare_rule! {
    /// Multiple spaces after ATX heading marker
    ///
    /// ## What it does
    ///
    /// Reports more than one space between the `#` marker of a heading and its text.
    ///
    /// ## Why is this bad?
    ///
    /// Extra spaces are usually a typo, and searches for `# text` miss the heading.
    ///
    /// ## Example
    ///
    /// ```md
    /// #   Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` applies them, and the rendered page stays the same.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    pub struct ExtraHeadingSpace {}
    id = "extra-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD019", "no-multiple-space-atx"],
}

impl Rule for ExtraHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings().filter(|heading| heading.style == HeadingSyntax::Atx) {
            heading_space::report(heading_space::after_opening(doc, &heading), "after `#`", sink);
        }
    }
}
