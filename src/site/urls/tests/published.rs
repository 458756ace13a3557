//! What sites have that people publish: old versions, folders of languages, parts of pages, names of bundlers.

use super::*;

#[test]
fn a_jekyll_site_of_an_old_version_has_folders() {
    let config = ("_config.yml", "permalink: /:title\nmarkdown: redcarpet\n");
    let posts = [("_posts/2014-03-05-Low-Tide.md", "---\n---\n"), ("_posts/2014-03-06-Ebb.md", "---\n---\n")];
    let old = configured(&[config, ("Gemfile.lock", "    jekyll (2.5.3)\n")]);
    assert_eq!(old.slugs, crate::text::SlugStyle::None);
    let it = site_of(old, &posts, &[], true);
    check(
        &it,
        "_posts/2014-03-06-Ebb.md",
        &[
            ("/Low-Tide/", "_posts/2014-03-05-Low-Tide.md Canonical"),
            ("/low-tide/", "no /low-tide/, but _posts/2014-03-05-Low-Tide.md"),
        ],
    );
    let new = site_of(configured(&[config, ("Gemfile.lock", "    jekyll (4.4.1)\n")]), &posts, &[], true);
    check(
        &new,
        "_posts/2014-03-06-Ebb.md",
        &[("/Low-Tide", "_posts/2014-03-05-Low-Tide.md HtmlMissing"), ("/Low-Tide/", "no /Low-Tide/")],
    );
}

#[test]
fn documents_of_a_jekyll_collection_have_dates_in_their_names() {
    let config = "collections:\n  voyages:\n    output: true\ndefaults:\n- scope: {type: voyages}\n  values: {permalink: /:year/:month/:title/}\n";
    let it = site_of(
        configured(&[("_config.yml", config)]),
        &[("_voyages/2024-05-06-1.2.0-tides.md", "---\n---\n"), ("index.md", "---\n---\n")],
        &[],
        true,
    );
    check(&it, "index.md", &[("/2024/05/1.2.0-tides/", "_voyages/2024-05-06-1.2.0-tides.md Canonical")]);
}

#[test]
fn a_hugo_site_with_files_in_one_section() {
    let config = "baseURL = 'https://harbour.example/'\n[uglyURLs]\nnews = true\n[permalinks]\nnews = '/:year/:slug/'\n";
    let pages = [
        ("content/news/ebb.md", "---\ndate: 2024-05-06\ntitle: Ebb - a report\n---\n"),
        ("content/tides.md", ""),
    ];
    let it = site_of(configured(&[("hugo.toml", config)]), &pages, &[], true);
    check(
        &it,
        "content/tides.md",
        &[
            ("/2024/ebb-a-report.html", "content/news/ebb.md Canonical"),
            ("/tides.html", "content/tides.md Html"),
        ],
    );
}

#[test]
fn paths_from_the_root_lead_to_a_page_in_the_same_language() {
    let layout = configured(&[
        ("config/_default/hugo.toml", "baseURL = 'https://harbour.example/'\n"),
        ("config/_default/languages.en.toml", "contentDir = 'content/en'\n"),
        ("config/_default/languages.fr.toml", "contentDir = 'content/fr'\n"),
    ]);
    let pages = [
        ("content/en/quay.md", "[Tides](/tides/)\n"),
        ("content/en/tides.md", ""),
        ("content/fr/quay.md", "[Marées](/tides/)\n"),
        ("content/fr/tides.md", ""),
    ];
    let it = site_of(layout, &pages, &[], true);
    let leads = |from: &str| {
        let from = &it.pages[it.page_at(from).expect("the page is there")];
        it.leads(from).map(|(_, target)| short(&it, target)).collect::<Vec<_>>()
    };
    assert_eq!(leads("content/en/quay.md"), ["content/en/tides.md Canonical"]);
    assert_eq!(leads("content/fr/quay.md"), ["content/fr/tides.md Canonical"]);
}

#[test]
fn a_docusaurus_site_with_parts_of_pages_and_old_versions() {
    let layout = configured(&[
        ("docusaurus.config.js", "export default {trailingSlash: false, presets: [['classic', {docs: {}}]]}"),
        ("versions.json", "[\"2\"]"),
        ("versioned_docs/version-1/tides.md", ""),
        ("versioned_docs/version-2/tides.md", ""),
    ]);
    let generator = layout.generator.clone().expect("it is Docusaurus");
    assert_eq!(generator.other_folders(), ["versioned_docs/version-1"]);
    let pages = [
        ("docs/_note.mdx", ""),
        ("docs/pier/index.md", "---\nid: index\n---\n"),
        ("docs/tides.md", ""),
        ("versioned_docs/version-2/tides.md", ""),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(&it, "docs/_note.mdx", &[("/tides.md", "docs/tides.md Source"), ("./ebb.md", "no docs/ebb.md")]);
    check(
        &it,
        "docs/tides.md",
        &[
            ("/docs/next/pier", "docs/pier/index.md Canonical"),
            ("/docs/next/tides.html", "docs/tides.md Canonical"),
            ("@harbour/pier.png", "unknown /@"),
            ("~/assets/pier.png", "unknown /~"),
        ],
    );
}

#[test]
fn a_plugin_of_docusaurus_is_there_instead_of_the_preset() {
    let config = "export default {url: 'https://harbour.example', baseUrl: '/docs/', plugins: [['@docusaurus/plugin-content-docs', {id: 'default', path: 'pages', routeBasePath: '/'}]]}";
    let it = site(configured(&[("docusaurus.config.ts", config)]), &["pages/tides.md", "pages/quay.md"], &[]);
    assert_eq!(it.route(it.page_at("pages/tides.md").unwrap()), Some("/tides"));
}

#[test]
fn a_sphinx_site_has_html() {
    let it = site(
        configured(&[("docs/conf.py", "extensions = ['myst_parser']\n")]),
        &["docs/index.md", "docs/tides.md"],
        &[],
    );
    check(
        &it,
        "docs/index.md",
        &[("/tides.html", "docs/tides.md Canonical"), ("/api/pier.html", "unknown /api/pier.html")],
    );
}

#[test]
fn a_readme_in_a_folder_of_pages_is_read_on_the_forge() {
    let it = site(
        configured(&[(".eleventy.js", "module.exports = {}")]),
        &["README.md", "LICENSE.md", "tides.md"],
        &["_data/pier.json"],
    );
    check(
        &it,
        "README.md",
        &[
            ("LICENSE.md", "LICENSE.md Source"),
            ("_data", "folder _data"),
            ("_data/quay.json", "no _data/quay.json"),
        ],
    );
    check(&it, "tides.md", &[("LICENSE.md", "LICENSE.md RawSource")]);
}

#[test]
fn programs_of_a_gatsby_site_publish_what_is_in_other_folders() {
    let it = site(
        layout(SiteKind::Gatsby, "https://www.harbour.example"),
        &["content/docs/start/index.md", "content/docs/quay.md", "src/pages/index.md"],
        &["src/pages/news.js"],
    );
    check(&it, "content/docs/quay.md", &[("/start", "unknown /start"), ("/ebb", "no /ebb")]);
}

#[test]
fn a_hexo_site_has_the_files_of_its_theme() {
    let layout =
        configured(&[("_config.yml", "theme: quay\nsource_dir: src\n"), ("package.json", "{\"hexo\": {}}")]);
    let it = site(layout, &["src/tides.md"], &["themes/quay/source/js/pier.js"]);
    check(&it, "src/tides.md", &[("/js/pier.js", "file themes/quay/source/js/pier.js")]);
}

#[test]
fn a_folder_may_be_named_like_a_host() {
    let it = site_of(
        Layout::of_kind(None),
        &[("README.md", "[a](harbour.com) [b](ferry.com)\n")],
        &["harbour.com/index.html"],
        true,
    );
    let leads: Vec<_> = it.leads(&it.pages[0]).map(|(_, target)| short(&it, target)).collect();
    assert_eq!(leads, ["file harbour.com/index.html"]);
}
