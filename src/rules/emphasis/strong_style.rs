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
    /// Inconsistent strong emphasis style
    ///
    /// ## What it does
    ///
    /// Checks that all strong emphasis in a page uses the same delimiter, `**` or `__`.
    ///
    /// ## Why is this bad?
    ///
    /// Both delimiters render the same. A single one makes the source easier to read and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns **at noon**, not __at one__.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns **at noon**, not **at one**.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces the delimiters, and the rendered page stays the same. Where letters or
    /// other delimiters are adjacent or nested, the fix is unsafe, because the text could be parsed differently. So it is
    /// for a single word in lower case such as `__slots__`, which may be a name in Python without its backticks.
    ///
    /// ## References
    ///
    /// - [CommonMark: Emphasis and strong emphasis](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)
    pub struct StrongStyle {
        /// The delimiter; `consistent` uses that of the first strong emphasis in the page. `__` cannot delimit strong
        /// emphasis inside words, so
        /// `underscore` ignores it there.
        style: Consistent<EmphasisDelimiter> = Consistent::First,
    }
    id = "strong-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD050"],
}

impl Rule for StrongStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        delimiter_style::check(doc, NodeKind::Strong, self.style, sink);
    }
}
