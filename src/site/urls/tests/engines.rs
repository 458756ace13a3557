//! Links as each generator reads them.

use super::*;

#[test]
fn a_gatsby_site() {
    let it = site(
        layout(SiteKind::Gatsby, "https://www.harbour.example"),
        &["README.md", "src/pages/blog/tides.md", "src/pages/blog/Moon.md", "src/pages/index.md"],
        &["static/img/a b.png", "src/pages/about.js", "src/pages/shop/[item].js", "src/pages/blog/map.png"],
    );
    assert_eq!(it.route(it.page_at("src/pages/blog/tides.md").unwrap()), Some("/blog/tides/"));
    assert_eq!(it.route(it.page_at("README.md").unwrap()), None);
    check(
        &it,
        "src/pages/blog/tides.md",
        &[
            ("/blog/tides/", "src/pages/blog/tides.md Canonical"),
            ("/blog/tides#low", "src/pages/blog/tides.md SlashMissing #low"),
            ("/blog/tides.html?x=1", "src/pages/blog/tides.md Html"),
            ("../tides/", "src/pages/blog/tides.md Canonical"),
            ("./Moon.md", "src/pages/blog/Moon.md RawSource"),
            ("/", "src/pages/index.md Canonical"),
            ("/blog/moon/", "no /blog/moon/, but src/pages/blog/Moon.md"),
            ("/blog/ebb.html", "no /blog/ebb.html"),
            ("opendev.example/harbour", "no /blog/tides/opendev.example/harbour"),
            ("/img/a%20b.png", "file static/img/a b.png"),
            ("/img/A b.png", "no /img/A b.png, but static/img/a b.png"),
            ("./map.png", "file src/pages/blog/map.png"),
            ("/about/", "file src/pages/about.js"),
            ("/shop/rope/", "unknown /shop"),
            ("/tags/ebb/", "unknown /tags"),
            ("/quay/rope/", "unknown /quay"),
            ("/feed.xml", "unknown /feed.xml"),
            ("http://harbour.example/blog/tides.html", "OtherName src/pages/blog/tides.md Html"),
            ("http://www.harbour.example/blog/tides/", "OtherScheme src/pages/blog/tides.md Canonical"),
            ("https://www.harbour.example/blog/ebb/", "Canonical no /blog/ebb/"),
            ("https://www.harbour.example", "Canonical src/pages/index.md Canonical"),
            ("https://www.harbour.example:8443/blog/", "external"),
            ("//ferry.example/x", "external"),
            ("#low", "same page #low"),
            ("../../../../../x.png", "OutsideRoot"),
            ("file:///etc/hosts", "FileSystem"),
            ("a\\b.md", "malformed Backslash"),
        ],
    );
    check(
        &it,
        "README.md",
        &[
            ("src/pages/blog/tides.md", "src/pages/blog/tides.md Source"),
            ("/static/img/a%20b.png", "file static/img/a b.png"),
            ("static/img", "folder static/img"),
            ("static/imgs", "no static/imgs"),
            ("out/key", "OutsideRoot"),
            ("../x.md", "OutsideRoot"),
        ],
    );
}

#[test]
fn a_hugo_site_with_configs_in_folders() {
    let mounts = "mounts:\n  - {source: content/en, target: content, lang: en}\n";
    let layout = configured(&[
        (
            "config/_default/config.toml",
            "baseURL = 'https://harbour.example/'\n[[module.imports]]\npath = 'quay'\n",
        ),
        ("config/_default/languages/languages.yaml", "en: {weight: 1}\n"),
        ("config/_default/module/module.yaml", mounts),
    ]);
    let it = site_of(layout, &[("content/en/tides.md", ""), ("content/en/quay.md", "")], &[], true);
    check(&it, "content/en/tides.md", &[("/quay/", "content/en/quay.md Canonical"), ("/gone/", "no /gone/")]);
}

#[test]
fn a_hugo_site_with_a_config_for_each_language() {
    let layout = configured(&[
        ("config/_default/hugo.toml", "baseURL = 'https://harbour.example/'\n"),
        ("config/_default/languages.en.toml", "contentDir = 'content/en'\n"),
        ("config/_default/languages.fr.toml", "contentDir = 'content/fr'\n"),
        ("config/_default/menus.fr.toml", "[[main]]\n"),
    ]);
    let folders: Vec<_> = layout.languages.folders.iter().map(|(folder, tag)| (&**folder, &**tag)).collect();
    assert_eq!(folders, [("content/en", "en"), ("content/fr", "fr")]);
    let pages = [("content/en/tides.md", ""), ("content/en/quay.md", ""), ("content/fr/tides.md", "")];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "content/fr/tides.md",
        &[
            ("/quay/", "content/en/quay.md Canonical"),
            ("/fr/tides/", "content/fr/tides.md Canonical"),
            ("/en/tides/", "no /en/tides/"),
        ],
    );
}

#[test]
fn permalinks_of_hugo_move_sections_and_terms() {
    let config = "baseURL = 'https://harbour.example/'\n[permalinks]\ncategories = '/kinds/:slug/'\n\
                  [permalinks.section]\nlogs = '/journal/:sections[1:]/'\nnews = '/latest/'\n\
                  [permalinks.page]\nlogs = '/j/:slug/'\n[permalinks.term]\ntags = '/topics/:slug/'\n\
                  [permalinks.taxonomy]\ntags = '/topics/'\n";
    let layout = configured(&[("hugo.toml", config)]);
    let pages = [
        ("content/logs/_index.md", "---\ntitle: Logs\n---\n"),
        ("content/logs/spring/_index.md", "---\ntitle: Spring\n---\n"),
        ("content/logs/spring/ebb.md", "---\ntitle: Ebb\ntags: [Low Water]\ncategories: [Tide]\n---\n"),
        ("content/news/storm.md", "---\ntitle: Storm\n---\n"),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "content/news/storm.md",
        &[
            ("/journal/", "content/logs/_index.md Canonical"),
            ("/journal/spring/", "content/logs/spring/_index.md Canonical"),
            ("/logs/spring/", "no /logs/spring/"),
            ("/j/ebb/", "content/logs/spring/ebb.md Canonical"),
            ("/latest/", "unknown /latest"),
            ("/news/", "no /news/"),
            ("/topics/", "unknown /topics"),
            ("/topics/low-water/", "unknown /topics"),
            ("/topics/high-water/", "no /topics/high-water/"),
            ("/tags/low-water/", "no /tags/low-water/"),
            ("/kinds/tide/", "unknown /kinds"),
            ("/categories/", "unknown /categories"),
        ],
    );
}

#[test]
fn pages_of_hugo_in_other_markup_are_on_the_site() {
    let layout = configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]);
    let others = ["content/quay/wall.adoc", "content/log/ebb.org"];
    let it = site_of(layout, &[("content/quay/tides.md", "")], &others, true);
    check(
        &it,
        "content/quay/tides.md",
        &[
            ("/quay/wall/", "file content/quay/wall.adoc"),
            ("/quay/gone/", "no /quay/gone/"),
            // It may name its path itself.
            ("/log/neap/", "unknown /log"),
        ],
    );
}

#[test]
fn a_hugo_site_below_a_path() {
    let config = "baseURL = 'https://harbour.example/site/'\n[permalinks]\nnews = '/:year/:slugorfilename/'\n\
                  [languages.en]\n[languages.fr]\n";
    let layout = configured(&[("hugo.toml", config)]);
    let pages = [
        ("content/_index.md", ""),
        ("content/news/Ebb Tide.md", "---\ntitle: Ebb\ndate: 2024-03-04\naliases: [/old-ebb/, older]\n---\n"),
        ("content/docs/moon/index.md", ""),
        ("content/docs/sun.fr.md", ""),
        ("content/docs/own.md", "---\nurl: /special/\n---\n"),
        ("content/docs/slugged.md", "---\nslug: neap\n---\n"),
    ];
    let it = site_of(layout, &pages, &["content/docs/moon/map.png", "static/a.pdf"], true);
    check(
        &it,
        "content/docs/moon/index.md",
        &[
            ("/site/2024/ebb-tide/", "content/news/Ebb Tide.md Canonical"),
            ("/2024/ebb-tide/", "content/news/Ebb Tide.md Canonical"),
            ("/old-ebb", "moved to /site/2024/ebb-tide/"),
            ("/2024/older/", "moved to /site/2024/ebb-tide/"),
            ("map.png", "file content/docs/moon/map.png"),
            ("/docs/moon/map.png", "file content/docs/moon/map.png"),
            ("../sun/", "no /docs/sun/"),
            ("/fr/docs/sun/", "content/docs/sun.fr.md Canonical"),
            ("/special/", "content/docs/own.md Canonical"),
            ("/docs/neap/", "content/docs/slugged.md Canonical"),
            ("/docs/neaps/", "no /docs/neaps/"),
            ("/a.pdf", "file static/a.pdf"),
            ("/b.pdf", "no /b.pdf"),
            ("https://harbour.example/site/special", "Canonical content/docs/own.md SlashMissing"),
            ("https://harbour.example/other/", "external"),
            ("../../../../elsewhere/", "unknown .."),
            ("{{< ref x >}}", "no content/docs/moon/x.md"),
            ("{{< ref \"sun.fr.md#low\" >}}", "content/docs/sun.fr.md Source #low"),
            ("{{< relref \"own.md#low\" >}}", "content/docs/own.md Source #low"),
            ("{{< ref \"/docs/own\" >}}", "content/docs/own.md Source"),
            ("{{< ref \"/Docs/Own\" >}}", "content/docs/own.md Source"),
            ("{{< figure \"own.md\" >}}", "Template"),
        ],
    );
}

#[test]
fn a_jekyll_site_with_relative_links_in_collections() {
    let pages = [
        ("_posts/2024-05-06-low-tide.md", "---\n---\n"),
        ("_quays/north.md", "---\n---\n"),
        ("about.md", "---\n---\n"),
    ];
    let config = "permalink: pretty\ncollections: {quays: {output: true}}\n";
    let gems = ("Gemfile", "gem 'jekyll'\ngem 'jekyll-relative-links'\n");
    let links = ["../about.md", "/_posts/2024-05-06-low-tide.md"];
    let found = |option: &str| {
        let config = format!("{config}{option}");
        let it = site_of(configured(&[("_config.yml", &config), gems]), &pages, &[], true);
        let from = &it.pages[it.page_at("_quays/north.md").expect("it is there")];
        links.map(|link| short(&it, &it.resolve(from, link)))
    };
    let files = ["about.md Source", "_posts/2024-05-06-low-tide.md Source"].map(str::to_owned);
    assert_eq!(found("relative_links: {collections: true}\n"), files);
    assert_ne!(found("relative_links: {collections: true, enabled: false}\n"), files);
    assert_ne!(found(""), files);
}

#[test]
fn a_jekyll_site_with_a_collection_of_pages() {
    let config = "collections: {pages: {output: true, permalink: '/:path/'}}\n";
    let pages = [
        ("_pages/tides.md", "---\n---\n"),
        ("_pages/quays/north.md", "---\n---\n"),
        ("about.md", "---\n---\n"),
    ];
    let it = site_of(configured(&[("_config.yml", config)]), &pages, &[], true);
    check(
        &it,
        "about.md",
        &[
            ("/tides/", "_pages/tides.md Canonical"),
            ("/quays/north/", "_pages/quays/north.md Canonical"),
            ("/about.html", "about.md Canonical"),
        ],
    );
}

#[test]
fn a_jekyll_site() {
    let pages = [
        ("index.md", ""),
        (
            "news/_posts/2024-05-06-Low-Tide.md",
            "---\ncategories: [ebb]\nredirect_from: [/low/, log/low/]\n---\n",
        ),
        ("_drafts/spring.md", ""),
        ("_quays/north.md", "---\n---\n"),
        ("about.md", "---\npermalink: /about-us/\n---\n"),
        ("contact.md", ""),
        ("_includes/note.md", ""),
    ];
    let config = "url: https://harbour.example\ncollections: {quays: {output: true}}\n";
    let it = site_of(configured(&[("_config.yml", config)]), &pages, &["assets/x.png"], true);
    check(
        &it,
        "index.md",
        &[
            ("/news/ebb/2024/05/06/Low-Tide.html", "news/_posts/2024-05-06-Low-Tide.md Canonical"),
            ("/low/", "moved to /news/ebb/2024/05/06/Low-Tide.html"),
            ("/log/low/", "moved to /news/ebb/2024/05/06/Low-Tide.html"),
            ("/quays/north.html", "_quays/north.md Canonical"),
            ("/about-us/", "about.md Canonical"),
            ("contact.md", "contact.md Source"),
            ("/contact", "contact.md HtmlMissing"),
            ("/contact.html", "contact.md Canonical"),
            ("/assets/x.png", "file assets/x.png"),
            ("/assets/y.png", "no /assets/y.png"),
            ("/tide/note.html", "unknown /tide"),
            ("{{ site.baseurl }}/about-us/#quay", "about.md Canonical #quay"),
            ("{{ '/quays/south.html' | relative_url }}", "no /quays/south.html"),
            ("{{ page.previous }}", "Template"),
        ],
    );
}

#[test]
fn sites_of_documentation() {
    let it = site(
        layout(SiteKind::Mkdocs, "https://harbour.example/docs/"),
        &["docs/index.md", "docs/guide/tides.md", "docs/guide/README.md"],
        &["docs/img/x.png"],
    );
    check(
        &it,
        "docs/guide/tides.md",
        &[
            ("README.md#low", "docs/guide/README.md Source #low"),
            ("../../img/x.png", "file docs/img/x.png"),
            ("../img/x.png", "file docs/img/x.png"),
            ("../", "docs/guide/README.md Canonical"),
            ("moon.md", "no docs/guide/moon.md"),
            ("/guide/tides.md", "no /guide/tides.md"),
        ],
    );
    let it = site(
        Layout::of_kind(Some(SiteKind::Mdbook)),
        &["src/SUMMARY.md", "src/README.md", "src/a/tides.md"],
        &["src/img/x.png"],
    );
    check(
        &it,
        "src/a/tides.md",
        &[
            ("../index.html", "src/README.md Canonical"),
            ("tides.html", "src/a/tides.md Canonical"),
            ("../img/x.png", "file src/img/x.png"),
            ("../../std/index.html", "unknown .."),
            ("moon.html", "no /a/moon.html"),
        ],
    );
    let it = site(
        Layout::of_kind(Some(SiteKind::Vitepress)),
        &["index.md", "guide/tides.md"],
        &["public/logo.svg", ".vitepress/config.ts"],
    );
    check(
        &it,
        "guide/tides.md",
        &[
            ("./tides", "guide/tides.md Canonical"),
            ("/guide/tides.html", "guide/tides.md Canonical"),
            ("/guide/tides.md", "guide/tides.md Source"),
            ("/logo.svg", "file public/logo.svg"),
            ("/guide/moon", "no /guide/moon"),
        ],
    );
}

#[test]
fn a_docusaurus_site() {
    let pages = [
        ("docs/01-intro.md", ""),
        ("docs/02-guide/1. tides.md", ""),
        ("docs/02-guide/02-guide.md", ""),
        ("docs/own.md", "---\nslug: /neap\n---\n"),
        ("docs/named.md", "---\nid: ebb\n---\n"),
        ("blog/2024-05-06-moon.md", ""),
        ("blog/2024-05-07-sun/index.md", ""),
    ];
    let it = site_of(
        layout(SiteKind::Docusaurus, "https://harbour.example"),
        &pages,
        &["src/pages/shop.tsx"],
        true,
    );
    check(
        &it,
        "docs/01-intro.md",
        &[
            ("/docs/intro", "docs/01-intro.md Canonical"),
            ("./02-guide/1. tides.md", "docs/02-guide/1. tides.md Source"),
            ("/docs/guide/tides/", "docs/02-guide/1. tides.md Canonical"),
            ("/docs/guide", "docs/02-guide/02-guide.md Canonical"),
            ("/docs/neap", "docs/own.md Canonical"),
            ("/docs/ebb.html", "docs/named.md Html"),
            ("/blog/2024/05/06/moon", "blog/2024-05-06-moon.md Canonical"),
            ("/blog/2024/05/07/sun/", "blog/2024-05-07-sun/index.md Canonical"),
            ("/shop", "file src/pages/shop.tsx"),
            ("@site/docs/01-intro.md", "docs/01-intro.md Source"),
            ("@site/docs/intro.md", "no docs/intro.md"),
            ("/docs/quay", "no /docs/quay"),
        ],
    );
}

#[test]
fn hugo_may_fetch_pages_that_git_ignores() {
    let pages = [("content/log/ebb.md", "# Ebb\n")];
    let files = vec!["content/log/ebb.md".to_owned()];
    let ignored = IgnoredByGit::known([(Path::new(".gitignore"), "/content/docs\n")], Path::new(""));
    let around = Arc::new(Surroundings::known(KnownSurroundings { ignored, ..known(&files, true, "") }));
    let it = site_around(configured(&[("hugo.toml", "title = 'Harbour'\n")]), &pages, around);
    check(
        &it,
        "content/log/ebb.md",
        &[
            ("{{< relref \"docs/tides#low\" >}}", "generated"),
            ("{{< relref \"maps/tides#low\" >}}", "no content/log/maps/tides.md"),
        ],
    );
}

#[test]
fn franklin_gives_folders_of_files_another_name() {
    let files = [("config.md", "+++\nauthor = \"Mira\"\n+++\n"), ("_layout/head.html", "<p>\n")];
    let pages = [
        ("config.md", "+++\nauthor = \"Mira\"\n+++\n"),
        ("index.md", "# Harbour\n"),
        ("log/ebb.md", "# Ebb\n"),
    ];
    let it = site_of(configured(&files), &pages, &["_assets/pier.png", "map.png"], true);
    check(
        &it,
        "index.md",
        &[
            ("/log/ebb/", "log/ebb.md Canonical"),
            ("/assets/pier.png", "unknown /assets"),
            ("/assets/quay.png", "no /assets/quay.png"),
            ("/map.png", "file map.png"),
            ("/log/flood/", "no /log/flood/"),
        ],
    );
}

#[test]
fn a_book_may_have_others_beside_it() {
    let layout = configured(&[("doc/book.toml", "[book]\n")]);
    let pages = [
        ("doc/src/SUMMARY.md", "# Summary\n"),
        ("doc/src/log/ebb.md", "# Ebb\n"),
        ("doc/plan.md", "# Plan\n"),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "doc/src/log/ebb.md",
        &[
            ("../../maps/low.md", "unknown .."),
            ("../low.md", "no doc/src/low.md"),
            ("../../plans.md", "no doc/plans.md"),
        ],
    );
}

#[test]
fn pages_with_numbers_may_be_among_others() {
    let pages = [("docs/10-start/20-pier.md", "# Pier\n"), ("docs/tides.md", "# Tides\n")];
    let it = site_of(Layout::of_kind(None), &pages, &[], true);
    check(&it, "docs/10-start/20-pier.md", &[("../quay", "generated"), ("../quay.md", "no docs/quay.md")]);
    check(&it, "docs/tides.md", &[("quay", "no docs/quay")]);
}
