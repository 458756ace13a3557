//! Paths that plugins and engines change before browsers see them, checked with real builds.

use super::*;

#[test]
fn a_base_that_is_put_in_front_is_not_written() {
    let plugin = "import { EleventyHtmlBasePlugin } from '@11ty/eleventy';\nexport default (config) => {\n\
                  config.addPlugin(EleventyHtmlBasePlugin);\n  return { pathPrefix: '/harbour/' };\n};\n";
    let it = site(configured(&[("eleventy.config.js", plugin)]), &["index.md", "tides.md"], &[]);
    check(
        &it,
        "index.md",
        &[
            ("/tides/", "tides.md Canonical"),
            ("/harbour/tides/", "no /harbour/tides/"),
            ("/harbour/", "index.md Canonical"),
        ],
    );
    let next = [
        ("next.config.mjs", "export default withNextra({ basePath: '/harbour' })"),
        ("package.json", "{\"dependencies\": {\"nextra\": \"4\"}}"),
    ];
    let it = site(configured(&next), &["content/index.mdx", "content/tides.mdx"], &[]);
    check(
        &it,
        "content/index.mdx",
        &[("/tides", "content/tides.mdx Canonical"), ("/harbour/tides", "no /harbour/tides")],
    );
}

#[test]
fn each_locale_of_docusaurus_has_files_and_redirects() {
    let config = "export default { i18n: { defaultLocale: 'en', locales: ['en', 'fr'] }, presets: [['classic', {}]],\n\
                  plugins: [['@docusaurus/plugin-client-redirects', { redirects: [{ from: '/ebb', to: '/docs/tides' }] }]] };";
    let it = site(configured(&[("docusaurus.config.js", config)]), &["docs/tides.md"], &["static/map.pdf"]);
    check(
        &it,
        "docs/tides.md",
        &[
            ("/fr/map.pdf", "file static/map.pdf"),
            ("/map.pdf", "file static/map.pdf"),
            ("/ebb", "moved to /docs/tides"),
            ("/fr/ebb", "moved to /fr/docs/tides"),
            ("/fr/", "unknown /fr"),
        ],
    );
}

#[test]
fn jekyll_resolves_links_to_all_files() {
    let config = "permalink: pretty\nplugins: [jekyll-relative-links]\n";
    let it = site_of(
        configured(&[("_config.yml", config)]),
        &[("guide/tides.md", "---\ntitle: Tides\n---\n"), ("quay.md", "---\ntitle: Quay\n---\n")],
        &["map.pdf", "_layouts/page.html"],
        true,
    );
    check(
        &it,
        "guide/tides.md",
        &[
            ("../map.pdf", "file map.pdf"),
            ("../quay.md", "quay.md Source"),
            ("../mast.pdf", "no mast.pdf"),
            ("../_layouts/page.html", "no /guide/_layouts/page.html"),
        ],
    );
}

#[test]
fn hugo_has_lists_as_files_of_folders_and_bundles_as_files() {
    let layout = || configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\nuglyURLs = true\n")]);
    let pages = [("content/news/ebb/index.md", "---\ntags: [sea]\n---\n"), ("content/about.md", "")];
    let it = site_of(layout(), &pages, &[], true);
    assert_eq!(it.route(it.page_at(pages[0].0).unwrap()), Some("/news/ebb.html"));
    check(
        &it,
        "content/about.md",
        &[
            ("/tags/index.html", "unknown /tags"),
            ("/tags/sea.html", "unknown /tags"),
            ("/tags/mast.html", "no /tags/mast.html"),
        ],
    );
}

#[test]
fn hugo_finds_sections_and_lists_in_several_languages() {
    let config =
        "[languages.en]\nweight = 1\ncontentDir = 'content/en'\n[languages.fr]\ncontentDir = 'content/fr'\n";
    let pages = [
        ("content/en/news/_index.md", ""),
        ("content/en/news/ebb.md", "---\ntags: [sea]\n---\n"),
        ("content/en/about.md", ""),
        ("content/fr/about.md", ""),
    ];
    let it = site_of(configured(&[("hugo.toml", config)]), &pages, &[], true);
    check(
        &it,
        "content/en/about.md",
        &[
            ("news/index.md", "content/en/news/_index.md Source"),
            ("../news/ebb.md", "content/en/news/ebb.md Source"),
            ("tags/sea", "unknown /tags/sea"),
            ("news/mast.md", "no content/en/news/mast.md"),
        ],
    );
}

#[test]
fn redirects_of_a_book_do_not_tell_of_a_host() {
    let redirects = "[output.html.redirect]\n'/ebb.html' = 'tides.html'\n";
    let summary = ("src/SUMMARY.md", "- [Tides](tides.md)\n- [Quay](quay.md)\n");
    let layout = configured(&[("book.toml", redirects), summary]);
    let it = site(layout, &["src/quay.md", "src/tides.md"], &[]);
    check(&it, "src/quay.md", &[("ebb.html", "moved to /tides.html"), ("tides/", "no /tides/")]);
}

#[test]
fn nuxt_makes_paths_of_names() {
    let it = site(
        configured(&[("nuxt.config.ts", "export default {}"), ("content.config.ts", "")]),
        &["content/1.guide/2.Low Tide.md", "content/1.guide/index.md", "content/v1.2.md", "content/größe.md"],
        &[],
    );
    let route = |path: &str| it.route(it.page_at(path).unwrap());
    assert_eq!(route("content/1.guide/2.Low Tide.md"), Some("/guide/low-tide"));
    assert_eq!(route("content/1.guide/index.md"), Some("/guide/"));
    assert_eq!(route("content/v1.2.md"), Some("/v1.2"));
    check(&it, "content/v1.2.md", &[("/guide/low-tide", "content/1.guide/2.Low Tide.md Canonical")]);
}
