use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::emphasis_marker::{self, Style},
};

declare_rule! {
    /// Strong emphasis is written with other marks than elsewhere
    ///
    /// ## Why
    ///
    /// `**` and `__` look the same to readers of the page. One of them is easier to search for than two.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tide turns **at noon**, not __at one__.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tide turns **at noon**, not **at one**.
    /// ```
    pub struct StrongStyle {
        /// The marks. `consistent` takes those of the page's first strong emphasis. Within words there is none with `__`, so
        /// `underscore` leaves it alone there.
        style: Style = Style::Consistent,
    }
    id = "strong-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD050"],
}

impl Rule for StrongStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        emphasis_marker::check(doc, NodeKind::Strong, self.style, sink);
    }
}
