use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::HeadingStyle,
    rule::{Fixable, Rule},
    rules::heading_space,
};

declare_rule! {
    /// More than one blank at the `#` of a heading that ends with `#`
    ///
    /// ## Why
    ///
    /// It looks like a slip, and searches for `# text` miss it. Readers of the page see no difference.
    ///
    /// ## Bad
    ///
    /// ```md
    /// #  Tides  #
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides #
    /// ```
    pub struct ExtraClosedHeadingSpace {}
    id = "extra-closed-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD021", "no-multiple-space-closed-atx"],
}

impl Rule for ExtraClosedHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings().filter(|heading| heading.style == HeadingStyle::AtxClosed) {
            heading_space::report(heading_space::behind_opening(doc, &heading), "behind the first `#`", sink);
            heading_space::report(heading_space::before_closing(&heading), "before the last `#`", sink);
        }
    }
}
