use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::emphasis_marker::{self, Style},
};

declare_rule! {
    /// Emphasis is written with other marks than elsewhere
    ///
    /// ## Why
    ///
    /// `*` and `_` look the same to readers of the page. One of them is easier to search for than two.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns *at noon*, not _at one_.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns *at noon*, not *at one*.
    /// ```
    pub struct EmphasisStyle {
        /// The marks. `consistent` takes those of the page's first emphasis. Within words there is no emphasis with `_`, so
        /// `underscore` leaves it alone there.
        style: Style = Style::Consistent,
    }
    id = "emphasis-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD049"],
}

impl Rule for EmphasisStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        emphasis_marker::check(doc, NodeKind::Emphasis, self.style, sink);
    }
}
