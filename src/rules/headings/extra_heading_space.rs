use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::HeadingStyle,
    rule::{Fixable, Rule},
    rules::heading_space,
};

declare_rule! {
    /// More than one blank behind the `#` of a heading
    ///
    /// ## Why
    ///
    /// It looks like a slip, and searches for `# text` miss it. Readers of the page see no difference.
    ///
    /// ## Bad
    ///
    /// ```md
    /// #   Tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides
    /// ```
    pub struct ExtraHeadingSpace {}
    id = "extra-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD019", "no-multiple-space-atx"],
}

impl Rule for ExtraHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings().filter(|heading| heading.style == HeadingStyle::Atx) {
            heading_space::report(heading_space::behind_opening(doc, &heading), "behind the `#`", sink);
        }
    }
}
