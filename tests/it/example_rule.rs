//! The rule that CONTRIBUTING.md shows.

use copydesk::{declare_rule, diagnostic::Sink, internals::document::Document, rule::Rule};

declare_rule! {
    /// Empty title
    ///
    /// ## What it does
    /// …
    /// ## Why is this bad?
    /// …
    /// ## Example
    /// …
    /// ## Use instead
    /// …
    pub struct EmptyTitle {}
    id = "empty-title",
}

impl Rule for EmptyTitle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(root) = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref()) else { return };
        if let Some(title) = root.entry("title").filter(|entry| entry.value.text() == Some("")) {
            sink.report(title.key.span, "title is empty").help("add a title");
        }
    }
}

impl copydesk::rule::Listed for EmptyTitle {
    const GROUP: copydesk::rule::Group = copydesk::rule::Group::FrontMatter;
}

/// What the rule finds in a text.
fn titles(text: &str) -> Vec<String> {
    let path = std::path::Path::new("page.md").into();
    let page = Document::parse(&path, text, &[]);
    let mut diagnostics = Vec::new();
    let meta = &<EmptyTitle as copydesk::rule::Declared>::META;
    EmptyTitle {}.check(&page, &mut Sink::new(meta, meta.severity, &path, &mut diagnostics));
    diagnostics.into_iter().map(|it| it.primary.span.of(text).to_owned()).collect()
}

#[test]
fn the_rule_in_contributing_finds_empty_titles() {
    assert_eq!(titles("---\ntitle: ''\n---\n"), ["title"]);
    assert!(titles("---\ntitle: Harbour news\n---\n").is_empty());
}

#[test]
fn contributing_shows_this_rule() {
    let guide = std::fs::read_to_string(crate::common::repo("CONTRIBUTING.md")).expect("the guide is text");
    let block = guide.split("```rust\n").nth(1).and_then(|rest| rest.split("   ```").next());
    let shown =
        block.expect("the guide shows a rule").lines().map(|line| line.strip_prefix("   ").unwrap_or(line));
    let shown = shown.collect::<Vec<_>>().join("\n").replace("crate::", "copydesk::");
    let shown = shown.replace(" document::", " internals::document::");
    assert!(
        include_str!("example_rule.rs").contains(&shown),
        "CONTRIBUTING.md and this file differ:\n{shown}"
    );
}
