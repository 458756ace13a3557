//! Are the spans of the tree exact? On the examples of the specifications in four forms, on examples of our own, and
//! on mutations of both.

mod examples;
mod invariants;
mod oracle;

use copydesk::internals::markdown::{Ast, parse};
use copydesk::text::LineIndex;
use proptest::prelude::*;

fn tree(source: &str) -> Ast {
    parse(source, 0, &LineIndex::new(source))
}

#[test]
fn spans_hold_their_invariants_in_every_form() {
    let mut failures = Vec::new();
    for (form, source) in examples::all_forms() {
        for failure in invariants::check(&tree(&source), &source) {
            failures.push(format!("{form}: {failure}\n{source:?}"));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn facts_about_links_lie_where_they_should_in_every_form() {
    let mut failures = Vec::new();
    for (form, source) in examples::all_forms() {
        let found = invariants::check_facts(&tree(&source), &source);
        failures.extend(found.into_iter().map(|it| format!("{form}: {it}\n{source:?}")));
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn an_independent_parser_sees_the_same() {
    let mut differences = Vec::new();
    for (form, source) in examples::all_forms() {
        if oracle::is_known_difference(&source) {
            continue;
        }
        for difference in oracle::compare(&tree(&source), &source) {
            differences.push(format!("{form}: {difference}\n{source:?}"));
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n\n"));
}

/// Pieces that mean something in Markdown, to be put anywhere.
const PIECES: [&str; 46] = [
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "    ",
    "\t",
    "> ",
    ">",
    "- ",
    "1. ",
    "# ",
    "```\n",
    "~~~",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "<",
    ">",
    "\\",
    "\\|",
    "|",
    "|-|\n",
    "&amp;",
    "&#0;",
    "\0",
    "[a]: /b\n",
    "[^1]",
    "é",
    "\u{FEFF}",
    "---\n",
    "- [ ] ",
    "(",
    "<a b='",
    "<img src=c",
    " {#d}",
    "[e](f g",
    "(h)[i]",
];

proptest! {
    #![proptest_config(crate::common::cases(1_500))]

    #[test]
    fn mutated_examples_stay_in_bounds(
        example in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, 0..PIECES.len()), 1..6),
    ) {
        let examples = examples::plain();
        let mut source = examples[example.index(examples.len())].clone();
        for (place, removed, piece) in edits {
            let places: Vec<usize> = source.char_indices().map(|(i, _)| i).chain([source.len()]).collect();
            let at = place.index(places.len());
            let end = places[(at + removed).min(places.len() - 1)];
            source.replace_range(places[at]..end, PIECES[piece]);
        }
        let mut failures = invariants::check_bounds(&tree(&source), &source);
        failures.extend(invariants::check_facts(&tree(&source), &source));
        prop_assert!(failures.is_empty(), "{failures:?}\n{source:?}");
    }
}
