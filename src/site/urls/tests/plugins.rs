//! What plugins and names of files change about where pages are.

use super::*;

#[test]
fn a_hugo_site_without_languages_has_the_default_one_in_names() {
    let config = "baseURL = 'https://harbour.example/'\n";
    let pages = ["content/news/tides.en.md", "content/news/boats.md", "content/news/quay.nl.md"];
    let it = site(configured(&[("hugo.toml", config)]), &pages, &[]);
    check(
        &it,
        "content/news/boats.md",
        &[
            ("/news/tides/", "content/news/tides.en.md Canonical"),
            ("/news/quay.nl/", "content/news/quay.nl.md Canonical"),
            ("https://harbour.example/news/tide/", "Canonical no /news/tide/"),
        ],
    );
}

#[test]
fn a_reference_of_hugo_means_the_page_in_the_same_language() {
    let config = "baseURL = 'https://harbour.example/'\nlanguages: {en: {}, fr: {}}\n";
    let config = config.replace(" = ", ": ");
    let pages = [
        "content/docs/lights/index.md",
        "content/docs/lights/index.fr.md",
        "content/docs/tides.md",
        "content/docs/guide.fr.md",
        "content/docs/guide.md",
    ];
    let it = site(configured(&[("hugo.yaml", &config)]), &pages, &[]);
    check(
        &it,
        "content/docs/guide.fr.md",
        &[
            ("{{< ref \"lights#ebb\" >}}", "content/docs/lights/index.fr.md Source #ebb"),
            ("{{< ref \"docs/lights/index.md\" >}}", "content/docs/lights/index.fr.md Source"),
            ("{{< ref path=\"lights\" lang=\"en\" >}}", "content/docs/lights/index.md Source"),
            ("{{< ref \"tides\" >}}", "no content/docs/tides.fr.md"),
        ],
    );
    check(
        &it,
        "content/docs/guide.md",
        &[
            ("{{< ref \"lights\" >}}", "content/docs/lights/index.md Source"),
            ("{{< ref path=\"lights\" lang=\"fr\" >}}", "content/docs/lights/index.fr.md Source"),
        ],
    );
}

#[test]
fn eleventy_leaves_out_what_it_ignores() {
    let config = "module.exports = (cfg) => { cfg.ignores.add('./drafts/**'); };\n";
    let layout = configured(&[(".eleventy.js", config), (".eleventyignore", "README.md\nnotes/\n")]);
    let pages = ["README.md", "notes/ebb.md", "drafts/neap.md", "tides.md"];
    let it = site(layout, &pages, &["config/quay.txt"]);
    check(&it, "README.md", &[("/notes/ebb.md", "notes/ebb.md Source")]);
    let cases = [
        ("/notes/ebb/", "unknown /notes"),
        ("/drafts/neap/", "unknown /drafts"),
        ("/tides/", "tides.md Canonical"),
    ];
    check(&it, "tides.md", &cases);
}

#[test]
fn plugins_of_astro_make_pages_below_paths_of_their_own() {
    let config = "site: 'https://harbour.example', integrations: [starlight({\n\
                  plugins: [dashboard({ route: 'state' })], sidebar: [{ items: [logs({ base: 'log/all' })] }] })]";
    let content = "collections = { docs: docs({ loader: docsLoader() }), logs: logs([{ base: 'old/log' }]) }";
    let layout = configured(&[("astro.config.mjs", config), ("src/content.config.ts", content)]);
    let pages = ["src/content/docs/tides.md", "src/content/docs/old/quay.md"];
    let it = site(layout, &pages, &["public/x.png"]);
    check(
        &it,
        "src/content/docs/tides.md",
        &[
            ("/tides/", "src/content/docs/tides.md Canonical"),
            ("/state/", "unknown /state"),
            ("/old/log/2/", "unknown /old"),
            ("/old/ebb/", "no /old/ebb/"),
            ("/fr/404/", "unknown /fr"),
        ],
    );
}

#[test]
fn an_astro_site_with_languages_in_a_file_and_redirects_from_a_function() {
    let config = "import languages from './languages.json';\nimport locales from './locales.json';\n\
                  site: 'https://harbour.example', integrations: [starlight({ locales })],\n\
                  redirects: { ...translated('/old/quay', '/pier') }";
    let locales = r#"{"root": {"lang": "en"}, "fr": {"lang": "fr"}}"#;
    let layout = configured(&[("astro.config.mjs", config), ("locales.json", locales)]);
    let pages = ["src/content/docs/tides.md", "src/content/docs/fr/index.md", "src/content/docs/old/a.md"];
    let it = site(layout, &pages, &["public/x.png"]);
    check(
        &it,
        "src/content/docs/fr/index.md",
        &[
            ("/fr/tides/", "src/content/docs/tides.md Other"),
            ("/old/quay/", "unknown /old"),
            ("/fr/old/quay/", "unknown /fr"),
            ("/old/ebb/", "no /old/ebb/"),
        ],
    );
}

#[test]
fn plugins_make_feeds_and_texts() {
    let it = site(configured(&[("mkdocs.yml", "site_name: Harbour\n")]), &["docs/blog/index.md"], &[]);
    check(&it, "docs/blog/index.md", &[("./feed_rss_created.xml", "unknown /./feed_rss_created.xml")]);
    let it = site(configured(&[(".vitepress/config.ts", "")]), &["tides.md"], &["public/x.png"]);
    check(&it, "tides.md", &[("/llms-full.txt", "unknown /llms-full.txt"), ("/y.txt", "no /y.txt")]);
}

#[test]
fn the_index_of_a_folder_is_at_the_folder() {
    let config = "collections:\n  guides:\n    output: true\n    permalink: /:path.html\n";
    let pages = [("_guides/quay/index.md", "---\ntitle: Quay\n---\n"), ("tides.md", "---\n---\n")];
    let it = site_of(configured(&[("_config.yml", config)]), &pages, &[], true);
    check(&it, "tides.md", &[("/quay/", "_guides/quay/index.md Canonical")]);
}

#[test]
fn a_quarto_site() {
    let config = "project: {type: website}\nwebsite: {site-url: https://harbour.example}\n";
    let layout = configured(&[("_quarto.yml", config)]);
    let pages = ["docs/tides.md", "docs/parts/_ebb.md", "index.md", "README.md"];
    let it = site(layout, &pages, &["docs/quay.qmd"]);
    check(
        &it,
        "docs/tides.md",
        &[
            ("quay.qmd", "file docs/quay.qmd"),
            ("/docs/quay.qmd", "file docs/quay.qmd"),
            ("pier.qmd", "no docs/pier.qmd"),
            ("/index.md", "index.md Source"),
            ("https://harbour.example/docs/tides.html", "Canonical docs/tides.md Canonical"),
        ],
    );
    check(&it, "docs/parts/_ebb.md", &[("quay.qmd", "unknown /quay.qmd"), ("_", "unknown /_")]);
    check(&it, "README.md", &[("docs/tides.md", "docs/tides.md Source")]);
}

#[test]
fn a_part_is_not_the_page_of_its_name_that_takes_it_in() {
    let pages = [
        ("docs/boats/tides.md", "<!-- @include: tides.md -->\n"),
        ("docs/parts/tides.md", "![Ebb](ebb.svg)\n"),
        ("docs/index.md", ""),
    ];
    let config = "site_name: Harbour\nexclude_docs: parts/\n";
    let it = site_of(configured(&[("mkdocs.yml", config)]), &pages, &["docs/boats/ebb.svg"], true);
    let part = &it.pages[it.page_at("docs/parts/tides.md").expect("it is there")];
    let leads: Vec<_> = it.leads(part).map(|(_, leads)| short(&it, leads)).collect();
    assert_eq!(leads, ["file docs/boats/ebb.svg"]);
}
