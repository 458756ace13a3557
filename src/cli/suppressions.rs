//! What `check --add-suppressions` says.

use super::say;
use crate::{
    lint,
    report::sanitize,
    run::{Change, Run},
};

/// Says on standard error how many pages have comments now and what no comment can switch off.
pub(super) fn tell(run: &Run, changes: &[Change]) {
    if run.broken_config {
        return;
    }
    for finding in run.diagnostics.iter().filter(|it| lint::may_be_off(it.rule)) {
        let source = run.sources.get(&finding.primary.path);
        let at = source.lines.position(&source.text, finding.primary.span.fit(&source.text).start);
        let path = run.prefix.join(&finding.primary.path);
        say(&format!(
            "{}:{} {}: cannot be suppressed in place; put it in a baseline or turn it off in the config",
            sanitize(&path.display().to_string()),
            at.line,
            finding.rule
        ));
    }
    match changes.len() {
        0 => say("note: no comment was written"),
        1 => say("note: comments in 1 page"),
        count => say(&format!("note: comments in {count} pages")),
    }
}
