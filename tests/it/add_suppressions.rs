//! Do the comments of `--add-suppressions` switch off what is found, and nothing else?

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    config::{Layer, PRESETS},
    diagnostic::Diagnostic,
    internals::{
        data::DataFormat,
        front_matter::FrontMatter,
        lint,
        markdown::{Dialect, DialectName, Rendering, View},
    },
    run::{self, FileChange, Options, Run},
};

/// Whether no comment of a page can switch a finding off: it is about comments or about files that are not there, it lies
/// in a file that is not text or no page, or in front matter that has no comments or cannot be read.
fn is_hopeless(finding: &Diagnostic, folder: &Path) -> bool {
    let path = &finding.primary.path;
    let bytes = fs::read(folder.join(path)).expect("the file was checked");
    let Ok(text) = String::from_utf8(bytes) else { return true };
    let is_page = path.extension().is_some_and(|it| it == "md");
    let front_matter = FrontMatter::parse(&text).0;
    let without_comments = front_matter.is_some_and(|it| {
        let is_in = finding.primary.span.start < it.block.end;
        is_in && (it.tree.format == DataFormat::Json || !it.tree.errors.is_empty())
    });
    !is_page
        || without_comments
        || finding.rule.id.ends_with("-suppression")
        || finding.message.contains(" not verified: ")
}

fn suppress(folder: &Path) -> (Run, Vec<FileChange>) {
    let options = Options::on_disk(folder.to_owned(), crate::common::TODAY);
    run::suppress(&options, Some("it is known".parse().expect("it is one line")))
}

/// The folders that have a config and pages, each a site.
fn sites() -> Vec<PathBuf> {
    let groups =
        crate::common::entries(&crate::common::repo("fixtures")).into_iter().filter(|path| path.is_dir());
    let sites = groups.flat_map(|group| crate::common::entries(&group));
    sites.filter(|site| site.join("copydesk.yaml").is_file()).collect()
}

fn seen(text: &str, dialect: Dialect) -> (Rendering, Option<serde_json::Value>) {
    let (front_matter, body) = FrontMatter::parse(text);
    let value = front_matter.and_then(|it| it.tree.root.map(|root| root.to_json()));
    (Rendering::of(text, body, dialect), value)
}

fn assert_seen_alike(before: &str, after: &str) {
    assert_seen_alike_in(Dialect::UNKNOWN, before, after);
}

fn assert_seen_alike_in(dialect: Dialect, before: &str, after: &str) {
    let (one, two) = (seen(before, dialect), seen(after, dialect));
    assert!(one.0.equals(&two.0, View::WithoutComments), "{before}\n----\n{after}");
    assert_eq!(one.1, two.1, "{before}\n----\n{after}");
}

#[test]
fn every_fixture_is_clean_afterwards_and_reads_as_before() {
    let mut left = Vec::new();
    let mut pages = 0;
    for (index, site) in sites().into_iter().enumerate() {
        let folder = crate::common::clone(&site, &format!("add-suppressions/{index}"));
        let (run, changes) = suppress(&folder);
        assert!(run::write(&changes, &folder).is_empty(), "{}", site.display());
        for change in &changes {
            // Comments are written as the dialect of the page has them.
            let dialects = [
                ("mdx.md", DialectName::Mdx),
                ("mkdocs.md", DialectName::Mkdocs),
                ("containers.md", DialectName::Directives),
            ];
            let name = change.path.to_string_lossy();
            let named = dialects.into_iter().find(|(ending, _)| name.ends_with(ending));
            let dialect = named.map_or(Dialect::UNKNOWN, |(_, dialect)| Dialect::named([dialect]));
            assert_seen_alike_in(dialect, &change.before, &change.after);
        }
        pages += changes.len();
        let (again, more) = suppress(&folder);
        assert_eq!(more, [], "{}: a second time", site.display());
        assert_eq!(again.diagnostics, run.diagnostics, "{}", site.display());
        for finding in &again.diagnostics {
            // A fence that ends with the quote around it, with text right below; and one in an item, with text right above.
            let ends_fence = &*finding.primary.path == Path::new("bad-container-ends-fence.md")
                || finding.rule.id == "fence-blank-lines"
                    && &*finding.primary.path == Path::new("bad-mkdocs.md");
            // The head of a container is not a block.
            let is_head = finding.rule.id == "dialect-syntax";
            let has_no_place = ends_fence || is_head;
            if !has_no_place && !is_hopeless(finding, &folder) {
                left.push(format!("{}: {} {}", site.display(), finding.rule.id, finding.message));
            }
        }
    }
    assert!(pages > 100, "{pages} pages were changed");
    crate::common::assert_none(&left);
}

/// A page by itself, with every rule, after its comments.
fn silenced(text: &str, layer: &Layer) -> (Arc<str>, Vec<Diagnostic>) {
    let path: Arc<Path> = Path::new("page.md").into();
    let source: Arc<str> = text.into();
    let check = |text: &Arc<str>| crate::common::check_bytes(text.as_bytes(), layer.clone());
    let text = lint::add_suppressions((&path, Dialect::UNKNOWN), &source, &check(&source), None, check);
    let left = check(&text);
    (text, left)
}

fn only(rule: &str, text: &str) -> String {
    let (text, left) = silenced(text, &crate::common::only(rule));
    assert!(left.is_empty(), "{left:?}\n{text}");
    text.to_string()
}

#[test]
fn a_comment_stands_where_it_breaks_nothing() {
    for (before, after) in [
        ("Two  blanks\n", "<!-- copydesk-disable-next-line double-space -->\nTwo  blanks\n"),
        ("One\ntwo  blanks\n", "One\ntwo  blanks <!-- copydesk-disable-line double-space -->\n"),
        (
            "One\ntwo  blanks\\\nthree\n",
            "One\ntwo  blanks <!-- copydesk-disable-line double-space -->\\\nthree\n",
        ),
        (
            "# Two  blanks\n\nAnd  more\n",
            "<!-- copydesk-disable-next-line double-space -->\n# Two  blanks\n\n<!-- copydesk-disable-next-line double-space -->\nAnd  more\n",
        ),
        ("One  two\n=======\n", "<!-- copydesk-disable-next-line double-space -->\nOne  two\n=======\n"),
        ("- a\n- b  c\n", "- a\n- b  c <!-- copydesk-disable-line double-space -->\n"),
        ("- a\n\n  b  c\n", "- a\n\n  <!-- copydesk-disable-next-line double-space -->\n  b  c\n"),
        ("> a\n>\n> b  c\n", "> a\n>\n> <!-- copydesk-disable-next-line double-space -->\n> b  c\n"),
        ("> a\nb  c\n", "> a\nb  c <!-- copydesk-disable-line double-space -->\n"),
        ("a\r\nb  c\r\n", "a\r\nb  c <!-- copydesk-disable-line double-space -->\r\n"),
        ("\u{feff}a  b\r\n", "\u{feff}<!-- copydesk-disable-next-line double-space -->\r\na  b\r\n"),
    ] {
        assert_eq!(only("double-space", before), after);
    }
}

#[test]
fn a_row_has_its_comment_in_the_last_cell() {
    let page = "| Log |\n| --- |\n| http://tern.example/ |\n";
    let after = "| Log |\n| --- |\n| http://tern.example/ <!-- copydesk-disable-line bare-url --> |\n";
    assert_eq!(only("bare-url", page), after);
}

#[test]
fn what_no_line_can_say_is_said_around_the_block() {
    let page = "Look:\n\n```sh\n$ ls\n$ pwd\n```\n";
    let after = only("shell-prompt", page);
    assert_eq!(
        after,
        "Look:\n\n<!-- copydesk-disable shell-prompt -->\n```sh\n$ ls\n$ pwd\n```\n<!-- copydesk-enable shell-prompt -->\n"
    );
    let gap = "# Quay\n\n\n\nText\n";
    assert_eq!(
        only("multiple-blank-lines", gap),
        "<!-- copydesk-disable multiple-blank-lines -->\n# Quay\n\n\n\n<!-- copydesk-enable multiple-blank-lines -->\nText\n"
    );
}

#[test]
fn a_comment_that_is_there_names_more() {
    let page = "Two  blanks and http://tern.example/ here <!-- copydesk-disable-line bare-url -- known -->\n";
    assert_eq!(
        only("double-space", page),
        "Two  blanks and http://tern.example/ here <!-- copydesk-disable-line bare-url double-space -- known -->\n"
    );
}

#[test]
fn values_of_front_matter_stay_what_they_are() {
    let only = |text: &str| only("ambiguous-scalar", text);
    assert_eq!(only("---\na: no\n---\n"), "---\na: no # copydesk-disable-line ambiguous-scalar\n---\n");
    assert_eq!(
        only("---\nnote: |\n  # no comment\na: no # why\n---\n"),
        "---\nnote: |\n  # no comment\n# copydesk-disable-next-line ambiguous-scalar\na: no # why\n---\n"
    );
}

#[test]
fn what_has_no_place_is_left() {
    let page = "{\"country\": \"no\",\n \"title\": \"Two  blanks\"}\n\nA  b\n";
    let (text, left) = silenced(page, &crate::common::only("duplicate-key"));
    assert_eq!((&*text, left), (page, vec![]));
    let json = "{\"a\": 1, \"a\": 2}\n\n# Quay\n";
    let (text, left) = silenced(json, &crate::common::only("duplicate-key"));
    assert_eq!((&*text, left.len()), (json, 1));
}

#[test]
fn many_findings_of_a_rule_all_have_comments() {
    let page = "The office is at http://harbour-office.org/.\n\n".repeat(1_200);
    let folder = crate::common::sandbox::site(
        "many-suppressions",
        &[("copydesk.yaml", "rules: {}\n"), ("page.md", &page)],
    );
    let (_, changes) = suppress(&folder);
    let [change] = changes.as_slice() else { panic!("one page changes") };
    assert_eq!(change.after.matches("insecure-url").count(), 1_200);
}

#[test]
fn all_rules_together_read_as_before() {
    let strict = PRESETS.iter().find(|it| it.name == "strict").expect("it is one of them").layer();
    let pages = crate::common::files(&crate::common::repo("fixtures"));
    let pages = pages.iter().filter(|path| path.file_name().is_some_and(|it| it == "bad.md"));
    let (mut found, mut left) = (0, 0);
    for path in pages {
        let Ok(text) = fs::read_to_string(path) else { continue };
        found += crate::common::check_text(&text, strict.clone()).len();
        let (after, rest) = silenced(&text, &strict);
        assert_seen_alike(&text, &after);
        left += rest.len();
        let (again, _) = silenced(&after, &strict);
        assert_eq!(again, after, "{}: a second time", path.display());
    }
    assert!(found > 500 && left * 10 < found, "{left} of {found} are left");
}
