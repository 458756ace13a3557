//! Sites of VuePress.

use super::{check, configured, site, site_of};
use crate::{site::urls::SiteKind, text::SlugStyle};

const CONFIG: (&str, &str) = ("docs/.vuepress/config.js", "module.exports = { base: '/manual/' }");

#[test]
fn links_name_files_or_paths() {
    let pages = [
        "docs/README.md",
        "docs/guide/readme.md",
        "docs/guide/tides.md",
        "docs/moon/index.md",
        "docs/.vuepress/notes.md",
    ];
    let it = site(configured(&[CONFIG]), &pages, &["docs/.vuepress/public/map.pdf", "docs/guide/chart.png"]);
    check(
        &it,
        "docs/guide/tides.md",
        &[
            ("./", "docs/guide/readme.md Canonical"),
            ("README.md#low", "docs/guide/readme.md Source #low"),
            ("../moon/", "docs/moon/index.md Canonical"),
            ("../moon/README.md", "docs/moon/index.md Source"),
            ("/guide/tides.md", "docs/guide/tides.md Source"),
            ("/guide/tides.html", "docs/guide/tides.md Canonical"),
            ("/manual/guide/tides.html", "docs/guide/tides.md Canonical"),
            // The program in the page finds it.
            ("../guide/tides", "docs/guide/tides.md Canonical"),
            ("/map.pdf", "file docs/.vuepress/public/map.pdf"),
            ("chart.png", "file docs/guide/chart.png"),
            ("ebb.md", "no docs/guide/ebb.md"),
            ("/guide/tides/", "docs/guide/tides.md Canonical"),
            ("../quay/", "no /quay/"),
            ("../.vuepress/notes.md", "no docs/.vuepress/notes.md"),
        ],
    );
}

#[test]
fn pages_choose_their_paths() {
    let pages = [
        ("docs/tides.md", "---\npermalink: /ebb\n---\n"),
        ("docs/moon.md", "---\npermalink: /:year/:slug\n---\n"),
        ("docs/index.md", ""),
    ];
    let it = site_of(configured(&[CONFIG]), &pages[..2], &[], true);
    check(
        &it,
        "docs/tides.md",
        &[("/ebb/", "docs/tides.md Canonical"), ("tides.md", "docs/tides.md Source")],
    );
    let it = site_of(configured(&[CONFIG]), &[pages[0], pages[2]], &[], true);
    check(
        &it,
        "docs/index.md",
        &[
            ("/ebb", "docs/tides.md SlashMissing"),
            ("/tides.html", "docs/tides.md Canonical"),
            ("/tag/", "unknown /tag"),
            ("/quay.html", "no /quay.html"),
        ],
    );
    let made = ("docs/.vuepress/config.ts", "export default { plugins: [{ additionalPages: quays }] }");
    let it = site_of(configured(&[made]), &[pages[2]], &[], true);
    check(&it, "docs/index.md", &[("/quay.html", "unknown /quay.html")]);
}

#[test]
fn a_config_says_how_it_is_published() {
    let of = |files: &[(&str, &str)]| {
        let layout = configured(files);
        assert_eq!(layout.kind, Some(SiteKind::Vuepress));
        (layout.url.map_or_else(|| layout.base.unwrap_or_default().to_string(), String::from), layout.slugs)
    };
    let yaml = [(".vuepress/config.yml", "base: /manual/\nlang: de\n")];
    assert_eq!(of(&yaml), ("/manual".to_owned(), SlugStyle::Vitepress));
    let parts = [
        (".vuepress/config.ts", "export default { theme, markdown: { anchor: { slugify: own } } }"),
        (".vuepress/theme.ts", "export default hopeTheme({ hostname: 'https://harbour.example' })"),
    ];
    assert_eq!(of(&parts), ("https://harbour.example/".to_owned(), SlugStyle::Any));
    assert_eq!(of(&[(".vuepress/public/logo.svg", "")]), (String::new(), SlugStyle::Vitepress));
}
