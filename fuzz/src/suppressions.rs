//! Comments that switch rules off.

use std::collections::HashMap;

use copydesk::{
    diagnostic::Diagnostic,
    internals::{
        lint,
        site::Extent,
        suppress::{Directive, DirectiveKind},
    },
    rules,
};

use crate::{
    desk::{Looked, STRICT},
    parts, require_sound, text,
};

const COMMENTS: [&str; 12] = [
    "copydesk-disable",
    "copydesk-enable",
    "copydesk-disable-line",
    "copydesk-disable-next-line",
    "copydesk-disable-file",
    "copydesk-disable-lines",
    "markdownlint-disable",
    "markdownlint-enable",
    "markdownlint-capture",
    "markdownlint-restore",
    "markdownlint-disable-line",
    "markdownlint-disable-next-line",
];

const NAMES: [&str; 14] = [
    "",
    "possible-typo",
    "spelling",
    "trailing-space",
    "MD009",
    "no-trailing-spaces",
    "whitespace",
    "bare-url",
    "MD034",
    "links",
    "bare-url -- it is meant to be one",
    "no-such-rule",
    "bare-url, possible-typo",
    "MD041",
];

/// Every finding is kept or suppressed, once, and just those are suppressed that a comment speaks of.
///
/// The first part of the input is a page. The second says what comments are put in it: three bytes for each, its line,
/// what it does, and its names.
pub fn run(bytes: &[u8]) {
    let page = parts(bytes).next().unwrap_or_default();
    let orders = bytes.splitn(2, |byte| *byte == 0xFF).nth(1).unwrap_or_default();
    let page = with_comments(&page, orders);
    let looked = STRICT.look(page.as_bytes());
    let applied = lint::finish(&looked.page, Extent::Whole, looked.diagnostics.clone(), &looked.settings);
    let mut left = counted(&looked.diagnostics);
    for diagnostics in applied.kept.iter().chain(&applied.suppressed) {
        require_sound(diagnostics, |path| match *path == *looked.page.path {
            true => Some(looked.source.clone()),
            false => STRICT.other(path),
        });
        match left.get_mut(&key(diagnostics)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => assert!(diagnostics.rule.id.ends_with("-suppression"), "nobody found that: {diagnostics:?}"),
        }
    }
    left.retain(|_, count| *count > 0);
    assert!(left.is_empty(), "neither kept nor suppressed: {left:?}");
    if looked.page.suppressions.markdownlint.is_empty() {
        require_reasons(&looked, &applied.suppressed);
    }
}

fn with_comments(page: &str, orders: &[u8]) -> String {
    let mut lines: Vec<String> = page.split('\n').map(str::to_owned).collect();
    for order in orders.chunks_exact(3).take(40) {
        let line = usize::from(order[0]) % lines.len();
        let comment = COMMENTS[usize::from(order[1]) % COMMENTS.len()];
        let names = NAMES[usize::from(order[2]) % NAMES.len()];
        let comment = format!("<!-- {comment} {names} -->");
        if order[0] >= 128 {
            lines.insert(line, comment);
        } else {
            lines[line].push_str(&comment);
        }
    }
    text(lines.join("\n").as_bytes()).into_owned()
}

fn key(diagnostics: &Diagnostic) -> String {
    format!("{diagnostics:?}")
}

fn counted(diagnostics: &[Diagnostic]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    diagnostics.iter().for_each(|it| *counts.entry(key(it)).or_default() += 1);
    counts
}

/// Asks every comment about every finding, one by one.
fn require_reasons(looked: &Looked, suppressed: &[Diagnostic]) {
    let is_about_page = |diagnostics: &&Diagnostic| {
        diagnostics.primary.path == looked.page.path && diagnostics.rule.id != "invalid-config"
    };
    let directives = &looked.page.suppressions.directives;
    let expected: Vec<Diagnostic> = looked
        .diagnostics
        .iter()
        .filter(is_about_page)
        .filter(|it| is_off(it, directives))
        .cloned()
        .collect();
    assert_eq!(counted(&expected), counted(suppressed), "{directives:?}");
}

fn is_off(diagnostics: &Diagnostic, directives: &[Directive]) -> bool {
    let at = diagnostics.primary.span.start;
    let rule = rules::find(diagnostics.rule.id).expect("a finding has a rule");
    let mut is_region_off = false;
    let mut is_line_off = false;
    for directive in directives {
        let is_meant =
            directive.names.is_empty() || directive.names.iter().any(|it| rule.meta.answers_to(&it.text));
        if !is_meant || at < directive.scope.start || at >= directive.scope.end {
            continue;
        }
        match directive.kind {
            DirectiveKind::Disable => is_region_off = true,
            DirectiveKind::Enable => is_region_off = false,
            DirectiveKind::DisableLine | DirectiveKind::DisableNextLine | DirectiveKind::DisableFile => {
                is_line_off = true;
            }
            DirectiveKind::Unknown(..) => {}
        }
    }
    is_region_off || is_line_off
}
