//! Sites of Docsify, of Mintlify, of GitBook, and of generators in folders of folders.

use std::sync::Arc;

use super::{check, configured, known, site, site_around};
use crate::site::urls::{SiteKind, Surroundings};

#[test]
fn a_docsify_site_reads_paths_from_its_root() {
    let config = "<script>window.$docsify = { alias: { '.*?/news': 'https://harbour.example/n.md', \
                  '/fr/(.*)': 'https://fr.harbour.example/$1' } }</script>";
    let pages =
        ["docs/README.md", "docs/tides.md", "docs/moon/README.md", "docs/moon/low.md", "docs/_sidebar.md"];
    let it = site(configured(&[("docs/index.html", config)]), &pages, &["docs/map.png", "docs/moon/low.png"]);
    check(
        &it,
        "docs/moon/low.md",
        &[
            ("tides.md", "docs/tides.md Source"),
            ("tides", "docs/tides.md Canonical"),
            ("/tides?id=low", "docs/tides.md Canonical"),
            ("moon/", "docs/moon/README.md Canonical"),
            ("low.md", "docs/moon/low.md Source"),
            ("low.png", "file docs/moon/low.png"),
            ("/map.png", "file docs/map.png"),
            ("news", "unknown /news"),
            ("/fr/tides", "unknown /fr/tides"),
            ("ebb.md", "no docs/ebb.md"),
            ("/ebb", "no docs/ebb.md"),
        ],
    );
    check(&it, "docs/_sidebar.md", &[("tides.md", "docs/tides.md Source")]);
}

#[test]
fn a_mintlify_site_has_redirects_elsewhere() {
    let config = "{\"$schema\": \"https://mintlify.com/docs.json\", \"navigation\": {}, \
                  \"redirects\": {\"$ref\": \"./redirects.json\"}}";
    let redirects = "[{\"source\": \"/ebb\", \"destination\": \"/tides/low\"}, \
                     {\"source\": \"/old/:slug*\", \"destination\": \"/:slug*\"}]";
    let layout = configured(&[("docs/docs.json", config), ("docs/redirects.json", redirects)]);
    assert_eq!(layout.kind, Some(SiteKind::Mintlify));
    let pages = ["docs/index.mdx", "docs/tides/low.mdx", "docs/README.md", "docs/snippets/note.mdx"];
    let it = site(layout, &pages, &["docs/images/map.png"]);
    check(
        &it,
        "docs/index.mdx",
        &[
            ("/tides/low", "docs/tides/low.mdx Canonical"),
            ("/images/map.png", "file docs/images/map.png"),
            ("/ebb", "moved to /tides/low"),
            ("/old/ebb", "unknown /old"),
            ("/neap", "no /neap"),
            ("/README", "no docs/README.md"),
        ],
    );
}

#[test]
fn gitbook_reads_links_as_files() {
    let layout = configured(&[(".gitbook.yaml", "root: ./manual/\n")]);
    assert_eq!(layout.kind, Some(SiteKind::Gitbook));
    let pages = ["manual/README.md", "manual/SUMMARY.md", "manual/tides/low.md"];
    let it = site(layout, &pages, &["manual/.gitbook/assets/old pier.png"]);
    check(
        &it,
        "manual/README.md",
        &[
            ("tides/low.md", "manual/tides/low.md Source"),
            ("tides/high.md", "no manual/tides/high.md"),
            (".gitbook/assets/old%20pier.png", "file manual/.gitbook/assets/old pier.png"),
            ("tides/neap", "unknown /tides/neap"),
            ("/neap", "unknown /neap"),
            ("broken-reference", "no manual/broken-reference"),
        ],
    );
    check(&it, "manual/tides/low.md", &[("../README.md", "manual/README.md Source")]);
}

#[test]
fn a_folder_of_gitbook_shows_its_site() {
    let files = [("SUMMARY.md", "* [Tides](tides.md)"), (".gitbook/assets/pier.png", "")];
    let files = crate::discover::SiteFiles::in_memory(files);
    let found = crate::site::generators::detect(&files, None);
    assert_eq!(found.iter().map(|it| it.engine.kind).collect::<Vec<_>>(), [SiteKind::Gitbook]);
}

#[test]
fn what_others_name_docs_json_is_no_site() {
    let files = [("docs.json", "{\"navigation\": []}"), ("index.html", "<p>The quay</p>")];
    let files = crate::discover::SiteFiles::in_memory(files);
    assert!(crate::site::generators::detect(&files, None).is_empty());
}

#[test]
fn pages_may_be_in_a_folder_of_a_package() {
    let layout = configured(&[("packages/manual/docs/.vuepress/config.js", "module.exports = {}")]);
    assert_eq!((layout.kind, &*layout.root), (Some(SiteKind::Vuepress), "packages/manual/docs"));
}

#[test]
fn sites_of_fumadocs_have_anchors_of_their_own() {
    let package = ("docs/package.json", "{\"dependencies\": {\"fumadocs-core\": \"15\"}}");
    let layout = configured(&[package, ("docs/next.config.mjs", "export default {}")]);
    assert_eq!((layout.kind, layout.slugs), (Some(SiteKind::Next), crate::text::SlugStyle::None));
}

#[test]
fn a_missing_file_in_a_folder_that_github_pages_has() {
    let config = ("eleventy.config.js", "config.addPassthroughCopy({'assets/img': 'img'})");
    let mut layout = configured(&[config]);
    layout.is_on_github_pages = true;
    let files = ["index.md", "tides.md", "assets/img/pier.png"].map(str::to_owned);
    let around = Arc::new(Surroundings::known(known(&files, true, "")));
    let it = site_around(layout, &[("index.md", ""), ("tides.md", "")], around);
    check(
        &it,
        "tides.md",
        &[
            ("/img/pier.png", "file assets/img/pier.png"),
            ("/img/mole.png", "no /img/mole.png"),
            ("/charts/mole.png", "unknown /charts"),
        ],
    );
}
