use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    rules::consistent::Consistent,
    text::Span,
};

/// The letter of a checked task list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum TaskMarker {
    /// `[x]`
    Lowercase,
    /// `[X]`
    Uppercase,
}

declare_rule! {
    /// Inconsistent task list item marker
    ///
    /// ## What it does
    ///
    /// Checks that the checked task list items of a page use the same letter, `[x]` or `[X]`.
    ///
    /// ## Why is this bad?
    ///
    /// Both render the same. A single one makes finished tasks easier to count and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// - [x] Check the tide table
    /// - [X] Book the pier
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// - [x] Check the tide table
    /// - [x] Book the pier
    /// - [ ] Paint the boat
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces the letter, and the rendered page stays the same.
    ///
    /// ## References
    ///
    /// - [GFM: Task list items](https://github.github.com/gfm/#task-list-items-extension-)
    pub struct TaskMarkerStyle {
        /// The letter; `consistent` uses that of the first checked item in the page.
        style: Consistent<TaskMarker> = Consistent::First,
    }
    id = "task-marker-style",
    on = false,
    fixable = Fixable::Always,
}

impl Rule for TaskMarkerStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut style = self.style;
        for task in doc.ast.items().filter_map(|item| item.task.filter(|task| task.done)) {
            let actual = match doc.slice(task.span) {
                "[x]" => TaskMarker::Lowercase,
                "[X]" => TaskMarker::Uppercase,
                _ => continue,
            };
            let expected = style.or_first(actual);
            if actual == expected {
                continue;
            }
            let letter = match expected {
                TaskMarker::Lowercase => "x",
                TaskMarker::Uppercase => "X",
            };
            let span = Span::new(task.span.start + 1, task.span.end - 1);
            let message =
                format!("task list item marker is `{}`, expected `[{letter}]`", doc.slice(task.span));
            sink.report(task.span, message).fix(Fix::replace(
                format!("Use `[{letter}]`"),
                Applicability::Safe,
                span,
                letter,
            ));
        }
    }
}
