//! Texts of whole pages after an action.

use std::{collections::HashMap, sync::Arc};

use crate::{diagnostic::Diagnostic, fix::Applicability, lint, rules, server::page::PageView};

/// Times that a page is looked at again: fixes may make others possible.
const MAX_PASSES: usize = 10;

/// The page with all safe fixes, as `check --fix` writes it.
pub(super) fn fixed(page: &PageView<'_>) -> Arc<str> {
    passes(page, |_| true)
}

/// The page with the safe fixes of a rule.
pub(super) fn fixed_of_rule(page: &PageView<'_>, rule: &str) -> Arc<str> {
    passes(page, |finding| finding.rule.id == rule)
}

fn passes(page: &PageView<'_>, is_meant: impl Fn(&Diagnostic) -> bool) -> Arc<str> {
    let mut seen = vec![Arc::clone(&page.open.text)];
    for _ in 0..MAX_PASSES {
        let text = &seen[seen.len() - 1];
        let fixed = page.index.fix((&page.path, text), &page.files, Applicability::Safe, &is_meant).text;
        if fixed == *text {
            return fixed;
        }
        if seen.contains(&fixed) {
            return Arc::clone(&seen[0]);
        }
        seen.push(fixed);
    }
    seen.pop().expect("the first text is among them")
}

/// What a finding is counted by: its rule and message, without digits, which may count lines.
fn key(finding: &Diagnostic) -> (&'static str, String) {
    (finding.rule.id, finding.message.chars().filter(|c| !c.is_ascii_digit()).collect())
}

/// The page with a comment that hides the nth of its findings, if there is a place for one.
pub(super) fn suppressed(page: &PageView<'_>, findings: &[Diagnostic], nth: usize) -> Arc<str> {
    let mut others: HashMap<_, usize> = HashMap::new();
    for (_, finding) in findings.iter().enumerate().filter(|(at, _)| *at != nth) {
        *others.entry(key(finding)).or_default() += 1;
    }
    // The other findings may stay.
    let check = |text: &Arc<str>| {
        let mut left = others.clone();
        let mut found = page.index.check(&page.path, text, &page.files);
        found.retain(|finding| match left.get_mut(&key(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        found
    };
    let dialect = page.index.config().dialect_for(&page.path);
    let wanted = std::slice::from_ref(&findings[nth]);
    lint::add_suppressions((&page.path, dialect), &page.open.text, wanted, None, check)
}

/// The page with a comment that switches a rule off in all of it, if there is a place for one.
pub(super) fn suppressed_in_file(page: &PageView<'_>, rule: &str) -> Arc<str> {
    let text = &page.open.text;
    let Some(def) = rules::find(rule) else { return Arc::clone(text) };
    let dialect = page.index.config().dialect_for(&page.path);
    lint::suppress_in_file((&page.path, dialect), text, def.meta.id)
}
