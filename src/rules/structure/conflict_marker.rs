use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    markdown::LineKind,
    rule::Rule,
    text::{ConflictMarker, Span, conflict_markers},
};

declare_rule! {
    /// Merge conflict marker
    ///
    /// ## What it does
    ///
    /// Reports the markers of unresolved merge conflicts outside of code blocks.
    ///
    /// ## Why is this bad?
    ///
    /// Both versions of the text are published, and the markers are rendered as headings and block quotes.
    ///
    /// ## Example
    ///
    /// ```md
    /// <<<<<<< HEAD
    /// The ferry leaves at nine.
    /// =======
    /// The ferry leaves at ten.
    /// >>>>>>> winter
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The ferry leaves at ten.
    /// ```
    ///
    /// ## References
    ///
    /// - [Git: How conflicts are presented](https://git-scm.com/docs/git-merge#_how_conflicts_are_presented)
    pub struct ConflictMarkerRule {}
    id = "conflict-marker",
    severity = Severity::Error,
}

impl Rule for ConflictMarkerRule {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let body = doc.ast.root().span();
        let mut is_open = false;
        for (marker, range) in conflict_markers(doc.slice(body)) {
            let span = Span::from_range(range).shift(body.start);
            let line = doc.lines.line_of(span.start);
            if doc.line_kind(line).is(LineKind::CODE) && !is_open {
                continue;
            }
            let is_marker = match marker {
                ConflictMarker::Ours => true,
                // `=======` alone underlines a heading.
                ConflictMarker::Base | ConflictMarker::Separator => is_open,
                // In a block quote in a block quote, and so on, the lines around it are quotes as well.
                ConflictMarker::Theirs => {
                    is_open || !doc.slice(doc.line(line.saturating_sub(1))).starts_with('>')
                }
            };
            is_open = is_marker && marker != ConflictMarker::Theirs;
            if is_marker {
                sink.report(span, "unresolved merge conflict marker")
                    .help("resolve the conflict and remove the markers");
            }
        }
    }
}
