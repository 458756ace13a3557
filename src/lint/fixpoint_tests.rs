use std::{path::Path, sync::Arc};

use super::{Fixed, fix_to_fixpoint};
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Fix},
    markdown::Dialect,
    text::Span,
};

/// Replaces the first place of one text by another.
fn finding(
    rule: &'static str,
    text: &str,
    (from, to): (&str, &str),
    trust: Applicability,
) -> Option<Diagnostic> {
    let at = text.find(from)?;
    let span = Span::from_range(at..at + from.len());
    let mut finding = Diagnostic::new(
        crate::rules::find(rule).unwrap().meta,
        Severity::Warning,
        Label::new(&page(), span),
        "",
    );
    finding.fix(Fix::replace("", trust, span, to));
    Some(finding)
}

fn page() -> Arc<Path> {
    Path::new("page.md").into()
}

type Swap = (&'static str, &'static str, &'static str, Applicability);

fn fixed(source: &str, swaps: &[Swap]) -> Fixed {
    let check = |text: &Arc<str>| -> Vec<Diagnostic> {
        swaps.iter().filter_map(|&(rule, from, to, trust)| finding(rule, text, (from, to), trust)).collect()
    };
    let source = Arc::from(source);
    fix_to_fixpoint((&page(), Dialect::default()), &source, &check(&source), Applicability::Unsafe, check)
}

const SAFE: Applicability = Applicability::Safe;
const UNSAFE: Applicability = Applicability::Unsafe;

/// The text that is left, and what was held back.
fn outcome(source: &str, swaps: &[Swap]) -> (String, Vec<String>) {
    let fixed = fixed(source, swaps);
    (fixed.text.to_string(), fixed.held)
}

#[test]
fn rounds_go_on_until_nothing_is_left() {
    let fixed = fixed("a   b", &[("double-space", "  ", " ", SAFE)]);
    assert_eq!((&*fixed.text, fixed.fixed.values().sum::<usize>()), ("a b", 2));
    assert!(fixed.held.is_empty());
}

#[test]
fn a_fix_that_changes_what_readers_see_is_held_back_and_the_others_are_not() {
    let swaps = [("double-space", "pier", "quay", SAFE), ("trailing-space", "  x", " x", SAFE)];
    let (text, held) = outcome("the pier  x", &swaps);
    assert_eq!(text, "the pier x");
    assert_eq!(held, ["1 fix of `double-space` not applied: this would change the rendered page"]);
    let (text, held) = outcome("the pier", &[("double-space", "pier", "quay", UNSAFE)]);
    assert_eq!((text.as_str(), held.len()), ("the quay", 0));
}

#[test]
fn a_rule_may_change_what_it_declares_and_no_more() {
    let (text, held) = outcome("teh `teh`", &[("known-typo", "teh `", "the `", SAFE)]);
    assert_eq!((text.as_str(), held.len()), ("the `teh`", 0));
    let (_, held) = outcome("`teh`", &[("known-typo", "teh", "the", SAFE)]);
    assert_eq!(
        held,
        ["1 fix of `known-typo` not applied: this would change more of the rendered page than words"]
    );
    let (text, _) = outcome("[a](http://b.org)", &[("insecure-url", "http:", "https:", SAFE)]);
    assert_eq!(text, "[a](https://b.org)");
    let (_, held) = outcome("[a](http://b.org)", &[("insecure-url", "a]", "c]", SAFE)]);
    assert_eq!(
        held,
        ["1 fix of `insecure-url` not applied: this would change more of the rendered page than URLs"]
    );
    let (_, held) = outcome("[a] (b)\n\nc", &[("link-syntax", "\n\nc", " c", SAFE)]);
    assert_eq!(
        held,
        [
            "1 fix of `link-syntax` not applied: this would change more of the rendered page than the blocks they are in"
        ]
    );
}

#[test]
fn front_matter_stays_front_matter() {
    let page = "---\ntitle: teh pier\n---\n";
    assert_eq!(outcome(page, &[("known-typo", "teh", "the", SAFE)]).0, "---\ntitle: the pier\n---\n");
    for (to, trust, message) in [
        (
            "the: ",
            SAFE,
            "1 fix of `known-typo` not applied: this would change more of the rendered page than words",
        ),
        ("\"", UNSAFE, "1 fix of `known-typo` not applied: this would break the front matter"),
    ] {
        assert_eq!(
            outcome(page, &[("known-typo", "teh", to, trust)]),
            (page.to_owned(), vec![message.to_owned()])
        );
    }
    let (_, held) = outcome(page, &[("double-space", "pier", "quay", SAFE)]);
    assert_eq!(held, ["1 fix of `double-space` not applied: this would change the rendered page"]);
}

#[test]
fn fixes_that_undo_each_other_leave_the_page_as_it_was() {
    let swaps = [
        ("bullet-style", "*", "-", SAFE),
        ("list-indent", "-", "*", SAFE),
        ("known-typo", "teh", "the", SAFE),
    ];
    let (text, held) = outcome("* teh", &swaps);
    assert_eq!(text, "* teh");
    assert_eq!(held.len(), 1);
    assert!(held[0].ends_with("undo each other"), "{held:?}");
}

#[test]
fn a_long_page_is_bisected_less_often() {
    let words = ["ebb", "flow", "quay", "rope", "tide", "lamp", "mast"];
    let pairs: Vec<(String, String)> =
        words.iter().map(|word| (format!("{word}  x"), format!("{word} x"))).collect();
    let mut swaps: Vec<(&'static str, &str, &str, Applicability)> =
        pairs.iter().map(|(from, to)| ("double-space", &**from, &**to, SAFE)).collect();
    swaps.push(("double-space", "pier", "deck", SAFE));
    let line: String = pairs.iter().flat_map(|(from, _)| [&**from, " "]).collect();
    for (length, rejected) in [(10, "1 fix"), (600_000, "2 fixes")] {
        let source = format!("{line}pier\n\n```\n{}\n```\n", "x".repeat(length));
        let check = |text: &Arc<str>| -> Vec<Diagnostic> {
            let each = swaps.iter();
            each.filter_map(|&(rule, from, to, trust)| finding(rule, text, (from, to), trust)).collect()
        };
        let source = Arc::from(source);
        let fixed = fix_to_fixpoint((&page(), Dialect::default()), &source, &check(&source), SAFE, check);
        let held = format!("{rejected} of `double-space` not applied: this would change the rendered page");
        assert_eq!(fixed.held, [held], "{length}");
        assert!(fixed.text.starts_with("ebb x flow x quay x") && fixed.text.contains("pier"), "{length}");
    }
}
