//! What builds of sites leave out, and what they make besides pages.

use super::*;

#[test]
fn a_page_that_is_a_folder_is_not_a_file() {
    let config = "baseURL = 'https://harbour.example/'\n";
    let it = site(configured(&[("hugo.toml", config)]), &["content/quay.md", "content/tides.md"], &[]);
    check(
        &it,
        "content/quay.md",
        &[
            ("/tides.html", "no /tides.html, rather /tides/"),
            ("/tides/index.html", "content/tides.md Html"),
            ("/tides", "content/tides.md SlashMissing"),
        ],
    );
}

#[test]
fn hugo_publishes_files_with_pages_that_are_folders() {
    let pages =
        ["content/pier/index.md", "content/pier/notes.md", "content/guide/quay.md", "content/tides.md"];
    let files = ["content/pier/map.png", "content/guide/map.png"];
    let it = site(configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]), &pages, &files);
    check(
        &it,
        "content/pier/index.md",
        &[("map.png", "file content/pier/map.png"), ("notes.md", "no content/pier/notes.md")],
    );
    check(
        &it,
        "content/guide/quay.md",
        &[("map.png", "no /guide/quay/map.png"), ("../map.png", "file content/guide/map.png")],
    );
    let own = "layouts/_default/_markup/render-image.html";
    let layout = configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n"), (own, "<img>")]);
    check(
        &site(layout, &pages, &files),
        "content/guide/quay.md",
        &[("map.png", "file content/guide/map.png")],
    );
}

#[test]
fn hugo_makes_what_config_and_templates_say() {
    let config = "baseURL = 'https://harbour.example/'\ndisableKinds = ['taxonomy', 'term']\n";
    let layout = configured(&[("hugo.toml", config), ("content/boats/ebb.md", "")]);
    let it = site(layout, &["content/boats/ebb.md", "content/tides.md"], &["static/map.png"]);
    check(
        &it,
        "content/tides.md",
        &[
            ("/boats/index.xml", "unknown /boats"),
            ("/boats/ebb/index.xml", "no /boats/ebb/index.xml"),
            ("/robots.txt", "no /robots.txt"),
            ("/404.html", "no /404.html"),
            ("/sitemap.xml", "unknown /sitemap.xml"),
            ("/tags/", "no /tags/"),
            ("/tags/ebb/", "no /tags/ebb/"),
        ],
    );
    let config = "baseURL = 'https://harbour.example/'\nenableRobotsTXT = true\n";
    let layout = configured(&[("hugo.toml", config), ("layouts/404.html", "<p>Lost</p>")]);
    let it = site(layout, &["content/tides.md"], &["static/map.png"]);
    check(&it, "content/tides.md", &[("/robots.txt", "unknown /robots.txt"), ("/404.html", "unknown /404")]);
}

#[test]
fn a_disabled_language_of_hugo_has_no_pages() {
    let config = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\ndisabled = true\n";
    let it = site(configured(&[("hugo.toml", config)]), &["content/tides.fr.md", "content/tides.md"], &[]);
    check(&it, "content/tides.md", &[("/fr/tides/", "no /fr/tides/"), ("/fr/ebb/", "no /fr/ebb/")]);
}

#[test]
fn hugo_shows_pages_in_languages_that_have_no_translation() {
    let config = "defaultContentLanguage: en\nlanguages: {en: {weight: 1}, fr: {weight: 2}}\nmodule:\n  mounts:\n  \
                  - {source: content/en, target: content}\n  - {source: content/fr, target: content, lang: fr}\n  \
                  - {source: content/en/docs, target: content/docs, lang: fr}\n  \
                  - {source: tmp/ports, target: content/ports}\n  \
                  - {source: tmp/tolls.md, target: content/tolls/_index.md}\n";
    let pages = [
        "content/en/docs/ebb.md",
        "content/en/docs/tides.md",
        "content/fr/docs/tides.md",
        "content/en/quay.md",
    ];
    let layout = configured(&[
        ("hugo.yaml", config),
        ("content/en/docs/ebb.md", ""),
        ("content/fr/docs/tides.md", ""),
        ("content/en/quay.md", ""),
    ]);
    let it = site(layout, &pages, &["content/en/docs/map.png"]);
    check(
        &it,
        "content/fr/docs/tides.md",
        &[
            ("/fr/docs/ebb/", "content/en/docs/ebb.md Other"),
            ("/docs/ebb/", "content/en/docs/ebb.md Canonical"),
            ("/fr/docs/tides/", "content/fr/docs/tides.md Canonical"),
            ("/fr/quay/", "no /fr/quay/"),
            ("/ports/north/", "unknown /ports"),
            ("/tolls/", "unknown /tolls"),
            ("/fr/docs/map.png", "file content/en/docs/map.png"),
        ],
    );
    let clashes = (0..it.pages.len()).map(|page| it.clashes(page).len()).sum::<usize>();
    assert_eq!(clashes, 0);
}

#[test]
fn a_style_sheet_is_made_of_its_source() {
    let it = site(configured(&[("_config.yml", "title: Harbour\n")]), &["index.md"], &["assets/main.scss"]);
    check(
        &it,
        "index.md",
        &[("/assets/main.css", "generated"), ("/assets/other.css", "no /assets/other.css")],
    );
    let it = site(configured(&[("mkdocs.yml", "site_name: Harbour\n")]), &["docs/index.md"], &[]);
    check(&it, "docs/index.md", &[("sitemap.xml", "unknown /sitemap.xml"), ("map.xml", "no docs/map.xml")]);
}

#[test]
fn jekyll_leaves_files_where_they_are() {
    let config = ("_config.yml", "permalink: pretty\nplugins: []\n");
    let pages = [("about.md", "---\n---\n"), ("index.md", "---\n---\n")];
    let it = site_of(configured(&[config]), &pages, &["map.png"], true);
    check(&it, "about.md", &[("map.png", "no /about/map.png"), ("../map.png", "file map.png")]);
    let plugin = ("_plugins/copies.rb", "# copies files\n");
    let it = site_of(configured(&[config, plugin]), &pages, &["map.png"], true);
    check(&it, "about.md", &[("map.png", "file map.png")]);
}

#[test]
fn vitepress_adds_the_base_to_paths_in_markdown() {
    let config = "export default { base: '/manual/' }";
    let pages = ["docs/guide/index.md", "docs/guide/quay.md", "docs/index.md"];
    let it = site(configured(&[("docs/.vitepress/config.ts", config)]), &pages, &[]);
    check(
        &it,
        "docs/index.md",
        &[
            ("/guide/quay", "docs/guide/quay.md Canonical"),
            ("/manual/guide/quay", "no docs/manual/guide/quay.md"),
            ("/guide/", "docs/guide/index.md Canonical"),
            ("/guide", "no docs/guide.md"),
        ],
    );
    // What is written in HTML goes out as it is.
    let html = site_of(
        configured(&[("docs/.vitepress/config.ts", config)]),
        &[("docs/guide/quay.md", ""), ("docs/index.md", "<a href=\"/manual/guide/quay.html\">Quay</a>\n")],
        &[],
        true,
    );
    let from = &html.pages[html.page_at("docs/index.md").expect("the page is there")];
    let leads: Vec<_> = html.leads(from).map(|(_, target)| short(&html, target)).collect();
    assert_eq!(leads, ["docs/guide/quay.md Canonical"]);
}

#[test]
fn hexo_has_categories_in_paths() {
    let config = "permalink: :category/:title/\ndefault_category: log\n";
    let layout = configured(&[
        ("_config.yml", config),
        ("source/_posts/ebb.md", ""),
        ("themes/x/layout/index.ejs", ""),
    ]);
    let pages = [
        ("source/_drafts/neap.md", "---\n---\n"),
        ("source/_posts/crew.md", "---\ncategories: [Été, Far Ports]\n---\n"),
        ("source/_posts/ebb.md", "---\ncategories: Low Water\n---\n"),
        ("source/_posts/tides.md", "---\n---\n"),
        ("source/quay.md", "---\ntags: [Slack Water]\n---\n"),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "source/quay.md",
        &[
            ("/log/tides/", "source/_posts/tides.md Canonical"),
            ("/Low-Water/ebb/", "source/_posts/ebb.md Canonical"),
            ("/Ete/Far-Ports/crew/", "source/_posts/crew.md Canonical"),
            ("/log/neap/", "no /log/neap/"),
            ("/tags/far/", "no /tags/far/"),
            ("/tags/slack-water/", "unknown /tags"),
            ("/ebb/", "no /ebb/"),
        ],
    );
}

#[test]
fn eleventy_makes_feeds_from_templates() {
    let layout = |config: &str| {
        configured(&[(".eleventy.js", config), ("news.njk", "---\npermalink: /news.xml\n---\n")])
    };
    let none =
        site(layout("module.exports = (it) => it.addPassthroughCopy('img')"), &["tides.md"], &["news.njk"]);
    check(
        &none,
        "tides.md",
        &[("/news.xml", "file news.njk"), ("/feed.xml", "no /feed.xml"), ("/404.html", "no /404.html")],
    );
    let plugin = site(layout("c.addPlugin(feedPlugin, {})"), &["tides.md"], &["news.njk"]);
    check(&plugin, "tides.md", &[("/feed.xml", "unknown /feed.xml")]);
}

#[test]
fn the_first_chapter_of_a_book_is_its_first_page() {
    let summary = "# Summary\n\n[Preface](preface.md)\n\n- [Tides](tides.md)\n";
    let layout = configured(&[("book.toml", "[book]\ntitle = 'Harbour'\n"), ("src/SUMMARY.md", summary)]);
    let it = site(layout, &["src/preface.md", "src/tides.md"], &[]);
    check(
        &it,
        "src/tides.md",
        &[("index.html", "src/preface.md Other"), ("tides.html", "src/tides.md Canonical")],
    );
}

#[test]
fn a_program_may_know_pages_without_the_numbers_that_put_them_in_order() {
    let pages =
        ["content/10-quays/20-tides.md", "content/10-quays/30-ebb.md", "content/log/2024-05-06-neap.md"];
    let it = site(Layout::of_kind(None), &pages, &[]);
    check(
        &it,
        "content/10-quays/30-ebb.md",
        &[
            ("tides", "generated"),
            ("../quays", "generated"),
            ("neap", "generated"),
            ("moon", "no content/10-quays/moon"),
        ],
    );
}

#[test]
fn versions_that_a_docusaurus_site_has_put_aside_are_none_of_its_pages() {
    let layout = configured(&[
        ("docusaurus.config.js", "export default {presets: [['classic', {docs: {}}]]}"),
        ("versions.json", "[\"2\"]"),
        ("versioned_docs/version-2/tides.md", ""),
        ("old_versions/version-1/tides.md", ""),
    ]);
    let generator = layout.generator.clone().expect("it is Docusaurus");
    assert_eq!(generator.other_folders(), ["old_versions"]);
}

#[test]
fn hugo_publishes_files_where_their_page_is() {
    let pages =
        [("content/news/night-boat/index.md", "---\nslug: ferry\n---\n"), ("content/tides.md", "# Tides\n")];
    let files = ["content/news/night-boat/map.png", "content/news/night-boat/images/quay.png"];
    let it =
        site_of(configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]), &pages, &files, true);
    check(
        &it,
        "content/tides.md",
        &[
            ("/news/ferry/map.png", "file content/news/night-boat/map.png"),
            ("/news/ferry/images/quay.png", "file content/news/night-boat/images/quay.png"),
        ],
    );
}

#[test]
fn layouts_of_eleventy_have_permalinks() {
    let layout = configured(&[
        ("eleventy.config.js", "module.exports = {}"),
        (
            "_includes/log.html",
            "---\npermalink: \"/log/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/\"\n---\n",
        ),
        ("feed.njk", "---json\n{\"permalink\": \"/log/feed.xml\"}\n---\n"),
    ]);
    let pages = [
        ("log/2024-05-06-ebb.md", "---\nlayout: log.html\n---\n"),
        ("log/2024-05-07-flood.md", "---\nlayout: log\ndate: 2024-06-01\n---\n"),
        ("tides.md", "---\nlayout: page\n---\n"),
    ];
    let it = site_of(layout, &pages, &["feed.njk", "_includes/log.html"], true);
    check(
        &it,
        "tides.md",
        &[
            ("/log/2024/05/ebb/", "log/2024-05-06-ebb.md Canonical"),
            ("/log/2024/06/flood/", "log/2024-05-07-flood.md Canonical"),
            ("/log/2024/05/flood/", "no /log/2024/05/flood/"),
            ("/log/feed.xml", "file feed.njk"),
            ("/tides/", "tides.md Canonical"),
        ],
    );
}

#[test]
fn options_make_links_of_bare_urls() {
    for (files, expected) in [
        (("eleventy.config.js", "c.setLibrary('md', MarkdownIt({ html: true, linkify: true }))"), true),
        (("eleventy.config.js", "c.setLibrary('md', MarkdownIt({ html: true }))"), false),
        (
            ("mkdocs.yml", "markdown_extensions:\n  - pymdownx.magiclink:\n      repo_url_shortener: true\n"),
            true,
        ),
        (("mkdocs.yml", "markdown_extensions: [toc]\n"), false),
        (
            ("conf.py", "extensions = ['myst_parser']\nmyst_enable_extensions = ['linkify', 'deflist']\n"),
            true,
        ),
        (("conf.py", "extensions = ['myst_parser']\nmyst_enable_extensions = ['deflist']\n"), false),
    ] {
        assert_eq!(configured(&[files]).makes_autolinks(), Some(expected), "{files:?}");
    }
}

#[test]
fn plugins_of_a_jekyll_site_make_pages_that_they_name() {
    let config =
        ("_config.yml", "defaults: [{scope: {type: posts}, values: {permalink: '/blog/:title/'}}]\n");
    let pages = [("_posts/2024-05-06-ebb.md", "---\n---\n"), ("quays/index.md", "---\n---\n")];
    let maker =
        "class Quays < Generator\n  page = PageWithoutAFile.new(site, site.source, 'quays', name)\nend\n";
    let found = |plugin: &str| {
        let it = site_of(configured(&[config, ("_plugins/quays.rb", plugin)]), &pages, &[], true);
        let from = &it.pages[it.page_at("quays/index.md").expect("the page is there")];
        let short = |path: &str| short(&it, &it.resolve(from, path));
        ["/quays/north.html", "/blog/flood/", "/blog/page2/"].map(short).join(", ")
    };
    assert_eq!(found(maker), "unknown /quays, no /blog/flood/, unknown /blog");
    let filter = "module Tides\n  def quays(text) = text.upcase\nend\n";
    assert_eq!(found(filter), "no /quays/north.html, no /blog/flood/, no /blog/page2/");
}

#[test]
fn pages_of_hugo_in_html_have_front_matter() {
    let page = ("content/log/ebb.html", "---\nurl: 2019/09/ebb.html\n---\n<p>Ebb</p>\n");
    let it =
        site(configured(&[("hugo.toml", "title = 'Log'\n"), page]), &["content/log/tides.md"], &[page.0]);
    check(
        &it,
        "content/log/tides.md",
        &[("/2019/09/ebb.html", "file content/log/ebb.html"), ("/log/ebb/", "no /log/ebb/")],
    );
}

#[test]
fn hugo_takes_pages_of_modules_from_its_folder_for_them() {
    let imports = "imports:\n  - path: harbour.example/quay\n    mounts:\n      - {source: docs, target: content/quay}\n";
    let page = ("_vendor/harbour.example/quay/docs/pier.md", "# Pier\n");
    let config = ("config/_default/hugo.toml", "baseURL = 'https://harbour.example/'\n");
    let layout = configured(&[config, ("config/_default/module.yaml", imports), page]);
    let it = site_of(layout, &[("content/tides.md", ""), page], &[], true);
    let pier = "_vendor/harbour.example/quay/docs/pier.md Canonical";
    check(&it, "content/tides.md", &[("/quay/pier/", pier), ("/quay/gone/", "no /quay/gone/")]);
}
