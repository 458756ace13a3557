//! Whatever a page holds: no rule fails on it, every label is in its text, and the same bytes give the same
//! findings.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::Layer,
    diagnostic::Diagnostic,
    fix::Applicability,
    internals::{
        front_matter::FrontMatter,
        lint,
        markdown::{Dialect, Rendering, View},
    },
};
use proptest::prelude::*;

/// The fixtures' pages, to be mutated.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let pages = crate::common::files(&crate::common::repo("fixtures"));
    let pages = pages.iter().filter(|path| path.extension().is_some_and(|it| it == "md"));
    let seeds: Vec<Vec<u8>> = pages.map(|path| fs::read(path).unwrap()).collect();
    assert!(seeds.len() > 100);
    seeds
});

/// The bytes of a page, shown as text where a test fails.
#[derive(Clone)]
struct Page(Vec<u8>);

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

/// Pieces that mean something to some part of the way.
const PIECES: &[&str] = &[
    "---\n",
    "---",
    "...\n",
    "+++\n",
    "{\n",
    "}\n",
    "\u{feff}",
    "\r\n",
    "\r",
    "\n",
    "\t",
    "  ",
    " ",
    "\0",
    "é",
    "漢",
    "👩‍👩‍👧",
    "\u{202e}",
    "title: ",
    "date: ",
    "updated: ",
    "tags: ",
    "- ",
    "a: ",
    "\"",
    "'",
    "#",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "|\n",
    ">\n",
    "2024-29-01",
    "2024-01-29",
    "0000-00-00",
    "9999-12-31T23:59:60Z",
    "no",
    "010",
    "12:30",
    "1_000",
    "$schema: builtin:blog-post\n",
    "title = \"a\"\n",
    "[[a]]\n",
    "\"a\": ",
    "# copydesk-disable-line ",
    "<!-- copydesk-disable-file -->",
    "<!-- copydesk-disable ",
    "<!-- copydesk-enable -->",
    "<!-- copydesk-",
    "-->",
    "invalid-date",
    "front-matter",
    " -- ",
    "```\n",
    "> ",
    "# Pier\n",
    "[a](b)",
    "![a][b]",
    "[b]: c\n",
    "<div>",
    "</div>",
    "| a | b |\n| - | - |\n",
    "#######",
];

fn made_of_pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}".prop_map(|text| text),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

fn front_matter_of_pieces() -> impl Strategy<Value = Vec<u8>> {
    (made_of_pieces(), prop::sample::select(&["---\n", "+++\n"][..]))
        .prop_map(|(middle, delimiter)| [delimiter.as_bytes(), &middle, b"\n", delimiter.as_bytes()].concat())
}

/// A fixture with some of its bytes cut out, doubled or replaced.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0_usize..12, prop::option::of(prop::sample::select(PIECES)));
    (any::<prop::sample::Index>(), prop::collection::vec(change, 1..5)).prop_map(|(seed, changes)| {
        let mut bytes = seed.get(&SEEDS).clone();
        for (at, length, piece) in changes {
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            let new = piece.map_or_else(|| bytes[start..end].repeat(2), |piece| piece.as_bytes().to_vec());
            bytes.splice(start..end, new);
        }
        bytes
    })
}

fn any_page() -> impl Strategy<Value = Page> {
    let bytes = prop_oneof![
        3 => mutated(),
        2 => made_of_pieces(),
        2 => front_matter_of_pieces(),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ];
    bytes.prop_map(Page)
}

/// Every rule on the page, those that are off by default too.
fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    crate::common::check_bytes(bytes, all_rules())
}

fn all_rules() -> Layer {
    copydesk::config::PRESETS
        .into_iter()
        .find(|preset| preset.name == "strict")
        .expect("there is such a preset")
        .layer()
}

fn check_labels(bytes: &[u8], diagnostic: &Diagnostic) -> Result<(), TestCaseError> {
    prop_assert_ne!(diagnostic.rule.id, "internal-error", "{}", diagnostic.message);
    let text = std::str::from_utf8(bytes);
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        prop_assert!(start <= end && end <= bytes.len(), "{:?}", diagnostic);
        if let Ok(text) = text {
            prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{:?}", diagnostic);
        }
    }
    prop_assert!(!diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'), "{:?}", diagnostic);
    prop_assert!(!diagnostic.message.contains(['\n', '\r']), "a message is one line: {:?}", diagnostic);
    Ok(())
}

proptest! {
    #![proptest_config(crate::common::cases(100))]

    #[test]
    fn comments_can_be_written_for_any_page(Page(bytes) in any_page()) {
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let path: Arc<Path> = Path::new("page.md").into();
        let source: Arc<str> = text.into();
        let check = |text: &Arc<str>| findings(text.as_bytes());
        let found = check(&source);
        let written = lint::add_suppressions((&path, Dialect::UNKNOWN), &source, &found, None, check);
        let rendering = |text: &str| Rendering::of(text, FrontMatter::parse(text).1, Dialect::UNKNOWN);
        prop_assert!(rendering(&source).equals(&rendering(&written), View::WithoutComments), "{}", written);
        prop_assert!(check(&written).len() <= found.len(), "{}", written);
    }

    #[test]
    fn no_fixes_undo_each_other(Page(bytes) in any_page()) {
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let path: Arc<Path> = Path::new("page.md").into();
        let source: Arc<str> = text.into();
        let check = |text: &Arc<str>| findings(text.as_bytes());
        let page = (&path, Dialect::UNKNOWN);
        let fixed = lint::fix_to_fixpoint(page, &source, &check(&source), Applicability::Unsafe, check);
        prop_assert!(!fixed.held.iter().any(|it| it.contains("undo each other")), "{:?}", fixed.held);
    }
}

proptest! {
    #![proptest_config(crate::common::cases(1_500))]

    #[test]
    fn no_rule_fails_and_every_label_lies_in_the_text(Page(bytes) in any_page()) {
        for diagnostic in findings(&bytes) {
            check_labels(&bytes, &diagnostic)?;
        }
    }

    #[test]
    fn the_same_bytes_give_the_same_findings(Page(bytes) in any_page()) {
        prop_assert_eq!(findings(&bytes), findings(&bytes));
    }

    #[test]
    fn a_comment_for_the_whole_file_leaves_only_findings_about_comments(Page(bytes) in any_page()) {
        // The comment has to be one: after whatever the page left open it would be text.
        let bytes = [&bytes[..], b"\n\n<!-- copydesk-disable-file -->\n"].concat();
        let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(()) };
        let path = std::sync::Arc::from(std::path::Path::new("page.md"));
        let document = copydesk::internals::document::Document::parse(&path, text, &[]);
        let is_whole = |it: &copydesk::internals::suppress::Directive| {
            it.kind == copydesk::internals::suppress::DirectiveKind::DisableFile && it.names.is_empty()
        };
        if !document.suppressions.directives.iter().any(is_whole) {
            return Ok(());
        }
        for diagnostic in findings(&bytes) {
            let lasting = diagnostic.rule.id.ends_with("-suppression") || diagnostic.rule.id == "invalid-config";
            prop_assert!(lasting, "{:?}", diagnostic);
        }
    }
}
