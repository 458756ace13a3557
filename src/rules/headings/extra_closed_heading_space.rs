use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::HeadingSyntax,
    rule::{Fixable, Rule},
    rules::headings::heading_space,
};

declare_rule! {
    /// Multiple spaces inside closed ATX heading
    ///
    /// ## What it does
    ///
    /// Reports more than one space between the `#` markers and the text of a heading that ends with `#`.
    ///
    /// ## Why is this bad?
    ///
    /// Extra spaces are usually a typo, and searches for `# text` miss the heading.
    ///
    /// ## Example
    ///
    /// ```md
    /// #  Tides  #
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides #
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` applies them, and the rendered page stays the same.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    pub struct ExtraClosedHeadingSpace {}
    id = "extra-closed-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD021", "no-multiple-space-closed-atx"],
}

impl Rule for ExtraClosedHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings().filter(|heading| heading.style == HeadingSyntax::AtxClosed) {
            heading_space::report(heading_space::after_opening(doc, &heading), "after opening `#`", sink);
            heading_space::report(heading_space::before_closing(&heading), "before closing `#`", sink);
        }
    }
}
