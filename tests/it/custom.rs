//! Rules that a config defines, over pages of every kind.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::{Config, Layer},
    diagnostic::Diagnostic,
    fix::Fix,
    internals::{discover::SiteFiles, document::Document, lint, markdown::Dialect},
};
use proptest::prelude::*;

/// A config with one rule for words and one for patterns in each scope.
fn config() -> Config {
    let scopes = [
        "prose",
        "paragraph",
        "sentence",
        "heading",
        "heading.h2",
        "list",
        "table",
        "blockquote",
        "link",
        "alt",
        "page",
        "raw",
        "front-matter.title",
    ];
    let rules = scopes.map(|scope| {
        let name = scope.replace('.', "-");
        let words = "replace: { tow boat: two boats, é: e }, except: [tow boat quay], fix: safe";
        let lines = [
            format!("  words-{name}: {{ {words}, scope: {scope} }}\n"),
            format!("  pattern-{name}: {{ avoid: \"/[a-z]+ (?:tow|quay)/\", scope: {scope} }}\n"),
            format!("  count-{name}: {{ occurrence: {{ of: quay, max: 1 }}, scope: {scope} }}\n"),
            format!("  case-{name}: {{ capitalization: title, scope: {scope} }}\n"),
        ];
        lines.concat()
    });
    let text = format!("custom:\n{}", rules.concat());
    let files = SiteFiles::in_memory([("copydesk.yaml", text.as_str())]);
    let (config, mistakes) = Config::load(&files, Path::new("copydesk.yaml"), Layer::default());
    assert_eq!(mistakes, [], "the config is valid");
    config
}

fn found(config: &Config, text: &str) -> (Document, Vec<Diagnostic>) {
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    let settings = config.settings(std::slice::from_ref(&path)).remove(0);
    let document = Document::from_bytes(Dialect::UNKNOWN, &path, text.as_bytes(), &[]);
    let mut diagnostics = lint::check(&document, &settings);
    diagnostics.retain(|it| it.rule.group.id() == "custom");
    (document, diagnostics)
}

/// Pieces of pages.
fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "tow",
        " ",
        "boat",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "> ",
        "- ",
        "`",
        "```\n",
        "[",
        "](x)",
        "![",
        "*",
        "quay",
        "é",
        ". ",
        "The ",
        "| a | b |\n|---|---|\n| ",
        " |",
        "<code>",
        "</code>",
        "<b>",
        "&amp;",
        "\\",
        "\t",
        "\r\n",
        "https://a.example ",
        "日本",
    ]);
    let front =
        prop::sample::select(vec!["", "---\ntitle: \"tow boat\"\n---\n", "---\ntitle: [é, tow]\n---\n"]);
    (front, prop::collection::vec(piece, 0..40))
        .prop_map(|(front, pieces)| front.to_owned() + &pieces.concat())
}

proptest! {
    #![proptest_config(crate::common::cases(96))]

    #[test]
    fn places_are_in_the_page_and_fixes_replace_what_was_found(text in page()) {
        static CONFIG: LazyLock<Config> = LazyLock::new(config);
        let (document, found) = found(&CONFIG, &text);
        for diagnostic in &found {
            let span = diagnostic.primary.span;
            let shown = document.source.get(span.range());
            prop_assert!(diagnostic.rule.id != "internal-error" && shown.is_some(), "{diagnostic:?}");
            for edit in diagnostic.fixes.iter().flat_map(Fix::edits) {
                let shown = shown.unwrap_or_default().to_lowercase();
                let words: Vec<&str> = shown.split_whitespace().collect();
                prop_assert_eq!(edit.span, span);
                prop_assert!(words == ["tow", "boat"] || words == ["é"], "{:?}", words);
            }
        }
    }
}

#[test]
fn code_is_only_searched_as_raw_text() {
    let config = config();
    let text = "`tow boat` and <code>tow boat</code> at https://tow.example/é\n\n```\ntow boat\n```\n";
    let (_, found) = found(&config, text);
    let rules: Vec<&str> = found.iter().map(|it| it.rule.id).filter(|id| id.starts_with("words")).collect();
    assert_eq!(rules, ["words-raw"; 4]);
}

#[test]
fn a_match_over_lines_has_no_fix_and_an_exception_covers_its_words() {
    let config = config();
    let (document, found) = found(&config, "> The tow\n> boat and the tow boat quay, tow boat.\n");
    let words: Vec<_> = found.iter().filter(|it| it.rule.id == "words-prose").collect();
    let shown: Vec<_> =
        words.iter().map(|it| (document.slice(it.primary.span), it.fixes.len(), &*it.message)).collect();
    assert_eq!(
        shown,
        [
            ("tow\n> boat", 0, "replace `tow boat` with `two boats`"),
            ("tow boat", 1, "replace `tow boat` with `two boats`")
        ]
    );
}
