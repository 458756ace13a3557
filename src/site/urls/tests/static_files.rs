//! Files that are published beside pages, and pages that are made of files which look like such.

use super::*;

#[test]
fn files_of_jekyll_collections_are_where_their_documents_are() {
    let config = "permalink: pretty\nplugins: []\ncollections:\n  logs:\n    output: true\n    permalink: /log/:path/\n  maps:\n    output: true\n  crew:\n    output: false\n";
    let files = [
        ("_config.yml", config),
        ("about.html", "---\ntitle: About\n---\n"),
        ("plain.html", "<p>Tides</p>\n"),
    ];
    let others =
        ["_logs/a.png", "_maps/b/c.png", "_crew/d.png", "about.html", "plain.html", "_layouts/page.html"];
    let it = site_of(
        configured(&files),
        &[("index.md", "---\n---\n"), ("_logs/ebb.md", "---\n---\n")],
        &others,
        true,
    );
    check(
        &it,
        "index.md",
        &[
            ("/log/a.png", "file _logs/a.png"),
            ("/maps/b/c.png", "file _maps/b/c.png"),
            ("/logs/a.png", "no /logs/a.png"),
            ("/crew/d.png", "no /crew/d.png"),
            ("/about/", "file about.html"),
            ("/plain.html", "file plain.html"),
            ("/tags/ebb/", "no /tags/ebb/"),
        ],
    );
}

#[test]
fn jekyll_may_have_plugins_that_only_the_gemfile_names() {
    let files = [("_config.yml", "plugins: []\n"), ("Gemfile", "gem \"jekyll\"\ngem \"jekyll-archives\"\n")];
    let it = site_of(configured(&files), &[("index.md", "---\n---\n")], &[], true);
    check(&it, "index.md", &[("/tags/ebb/", "unknown /tags")]);
}

#[test]
fn eleventy_keeps_the_folders_of_files_that_a_pattern_names() {
    let config = "module.exports = function (config) {
  config.addPassthroughCopy('pages/**/*.png');
  return { dir: { input: 'pages' }, pathPrefix: '/pier/' };
};
";
    let pages = [("pages/index.md", "# Tides\n"), ("pages/log/ebb.md", "# Ebb\n")];
    let it = site_of(configured(&[(".eleventy.js", config)]), &pages, &["pages/log/a.png"], true);
    check(
        &it,
        "pages/log/ebb.md",
        &[
            ("../a.png", "file pages/log/a.png"),
            ("a.png", "no /log/ebb/a.png"),
            ("/log/a.png", "file pages/log/a.png"),
            ("/pier/", "pages/index.md Canonical"),
        ],
    );
}

#[test]
fn programs_of_an_eleventy_site_may_put_files_beside_pages() {
    let config =
        "const images = require('./images.js');\nmodule.exports = (config) => config.addPlugin(images);\n";
    let it =
        site_of(configured(&[(".eleventy.js", config)]), &[("log/ebb.md", "# Ebb\n")], &["log/a.png"], true);
    check(&it, "log/ebb.md", &[("a.png", "file log/a.png")]);
}

#[test]
fn folders_of_languages_in_mkdocs_have_files() {
    let config = "site_name: Pier\nplugins:\n  - i18n:\n      docs_structure: folder\n      languages:\n        - {locale: en, default: true}\n        - {locale: de}\n";
    let pages = [("docs/en/index.md", "# Tides\n"), ("docs/de/index.md", "# Gezeiten\n")];
    let others = ["docs/en/a.png", "docs/de/b.png"];
    let it = site_of(configured(&[("mkdocs.yml", config)]), &pages, &others, true);
    check(
        &it,
        "docs/de/index.md",
        &[
            ("/a.png", "file docs/en/a.png"),
            ("/de/a.png", "file docs/en/a.png"),
            ("/de/b.png", "file docs/de/b.png"),
            ("/b.png", "no /b.png"),
        ],
    );
}

#[test]
fn a_page_of_mkdocs_finds_what_is_built_in_its_language() {
    let lead = |options: &str, from: &str, link: &str| {
        let config = format!(
            "site_name: Pier\nplugins:\n  - i18n:\n      docs_structure: folder\n{options}      languages:\n        - {{locale: en, default: true}}\n        - {{locale: de}}\n"
        );
        let pages = [("docs/de/ebb.md", ""), ("docs/en/quay/a.md", ""), ("docs/en/tides.md", "")];
        let it = site_of(configured(&[("mkdocs.yml", &*config)]), &pages, &["docs/map.png"], true);
        let from =
            it.pages.iter().find(|page| page.path.to_string_lossy() == from).expect("the page is there");
        short(&it, &it.resolve(from, link))
    };
    let alone = "      fallback_to_default: false\n";
    assert_eq!(lead("", "docs/en/quay/a.md", "../en/tides.md"), "docs/en/tides.md Source");
    assert_eq!(lead(alone, "docs/en/quay/a.md", "../tides.md"), "docs/en/tides.md Source");
    assert_eq!(lead("", "docs/de/ebb.md", "../en/tides.md"), "docs/en/tides.md Source");
    assert_eq!(lead("", "docs/de/ebb.md", "tides.md"), "docs/en/tides.md Source");
    for (options, from, link) in [
        ("", "docs/en/tides.md", "../de/ebb.md"),
        (alone, "docs/de/ebb.md", "../en/tides.md"),
        (alone, "docs/de/ebb.md", "tides.md"),
    ] {
        assert!(lead(options, from, link).starts_with("no "), "{from} {link}");
    }
}

#[test]
fn the_base_of_a_book_may_be_in_front_of_a_file() {
    let files = [
        ("book.toml", "[output.html]\nsite-url = \"/pier/\"\n"),
        ("src/SUMMARY.md", "- [Tides](tides.md)\n- [Ebb](log/ebb.md)\n"),
    ];
    let it = site(configured(&files), &["src/tides.md", "src/log/ebb.md"], &[]);
    check(
        &it,
        "src/log/ebb.md",
        &[
            ("/pier/tides.md", "src/tides.md Source"),
            ("/pier/index.md", "src/tides.md Source"),
            ("/pier/gone.md", "no src/gone.md"),
        ],
    );
}

#[test]
fn hexo_makes_the_files_of_its_packages() {
    let config = ("_config.yml", "url: https://harbour.example\n");
    let page = [("source/_posts/ebb.md", "---\ntitle: Ebb\ndate: 2024-01-01\ntags: [moon]\n---\n")];
    let packages = "{\"dependencies\": {\"hexo\": \"8\", \"hexo-generator-feed\": \"4\"}}";
    let it = site_of(configured(&[config, ("package.json", packages)]), &page, &[], true);
    check(
        &it,
        "source/_posts/ebb.md",
        &[
            ("/atom.xml", "unknown /atom.xml"),
            ("/sitemap.xml", "no /sitemap.xml"),
            ("/tags/moon/index.html", "unknown /tags"),
            ("/2024/01/01/ebb.html", "no /2024/01/01/ebb.html"),
        ],
    );
}
