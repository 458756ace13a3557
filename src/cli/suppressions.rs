//! What `check --add-suppressions` says.

use super::print_note;
use crate::{
    report::sanitize,
    run::{FileChange, Run},
    text::quantity,
};

/// Says on standard error how many pages have comments now and what no comment can switch off.
pub(super) fn print_summary(run: &Run, changes: &[FileChange]) {
    if run.broken_config {
        return;
    }
    for finding in run.diagnostics.iter().filter(|it| it.rule.suppressible) {
        let source = run.sources.get(&finding.primary.path);
        let at = source.lines.position(&source.text, finding.primary.span.fit(&source.text).start);
        let path = run.from_current(&finding.primary.path);
        print_note(&format!(
            "{}:{} {}: cannot be suppressed with a comment; use a baseline or turn the rule off in the config",
            sanitize(&path.display().to_string()),
            at.line,
            finding.rule.id
        ));
    }
    match changes.len() {
        0 => print_note("note: no suppressions added"),
        count => print_note(&format!("note: added suppressions to {}", quantity(count, "page"))),
    }
}
