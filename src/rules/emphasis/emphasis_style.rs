use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::{
        consistent::Consistent,
        emphasis::delimiter_style::{self, EmphasisDelimiter},
    },
};

declare_rule! {
    /// Inconsistent emphasis style
    ///
    /// ## What it does
    ///
    /// Checks that all emphasis in a page uses the same delimiter, `*` or `_`.
    ///
    /// ## Why is this bad?
    ///
    /// Both delimiters render the same. A single one makes the source easier to read and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns *at noon*, not _at one_.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns *at noon*, not *at one*.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces the delimiters, and the rendered page stays the same. Where letters or
    /// other delimiters are adjacent or nested, the fix is unsafe, because the text could be parsed differently.
    ///
    /// ## References
    ///
    /// - [CommonMark: Emphasis and strong emphasis](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)
    pub struct EmphasisStyle {
        /// The delimiter; `consistent` uses that of the first emphasis in the page. `_` cannot delimit emphasis inside
        /// words, so
        /// `underscore` ignores it there.
        style: Consistent<EmphasisDelimiter> = Consistent::First,
    }
    id = "emphasis-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD049"],
}

impl Rule for EmphasisStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        delimiter_style::check(doc, NodeKind::Emphasis, self.style, sink);
    }
}
