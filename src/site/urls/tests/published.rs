//! What sites have that people publish: old versions, folders of languages, parts of pages, names of bundlers.

use super::*;
use crate::text::SlugStyle;

#[test]
fn a_jekyll_site_of_an_old_version_has_folders() {
    let config = ("_config.yml", "permalink: /:title\nmarkdown: redcarpet\n");
    let posts = [("_posts/2014-03-05-Low-Tide.md", "---\n---\n"), ("_posts/2014-03-06-Ebb.md", "---\n---\n")];
    let old = configured(&[config, ("Gemfile.lock", "    jekyll (2.5.3)\n")]);
    assert_eq!(old.slugs, SlugStyle::None);
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
            ("/tides.html", "no /tides.html, rather /tides/"),
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
    check(
        &it,
        "docs/_note.mdx",
        &[
            ("/tides.md", "docs/tides.md Source"),
            ("./ebb.md", "no docs/ebb.md"),
            ("moor", "unknown /moor"),
            ("../quays/north", "unknown /../quays/north"),
        ],
    );
    check(
        &it,
        "docs/tides.md",
        &[
            ("/docs/next/pier", "docs/pier/index.md Canonical"),
            ("/docs/1/tides", "unknown /docs"),
            ("/docs/3/tides", "no /docs/3/tides"),
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
        &[
            "content/docs/start/index.md",
            "content/docs/quay.md",
            "content/log/low-v2.0.md",
            "src/pages/index.md",
        ],
        &["src/pages/news.js"],
    );
    check(
        &it,
        "content/docs/quay.md",
        &[
            ("/start", "unknown /start"),
            ("/ebb", "no /ebb"),
            ("../../log/low-v2.0", "generated"),
            ("../../log/low-v3.0", "no log/low-v3.0"),
        ],
    );
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

#[test]
fn pages_of_a_jekyll_site_in_html_say_where_they_are() {
    let layout = configured(&[
        ("_config.yml", "collections:\n  harbours:\n    output: true\n    permalink: /:name\n"),
        ("_harbours/pilots.html", "---\npermalink: /port/pilots\nredirect_from: /old-pilots\n---\n"),
        ("ferries.html", "---\npermalink: /boats/index.html\n---\n"),
    ]);
    let others = ["_harbours/pilots.html", "_harbours/crane.html", "ferries.html"];
    let it = site_of(layout, &[("index.md", "---\n---\n")], &others, true);
    check(
        &it,
        "index.md",
        &[
            ("/port/pilots", "file _harbours/pilots.html"),
            ("/crane", "file _harbours/crane.html"),
            ("/boats/", "file ferries.html"),
            ("/port/quay", "no /port/quay"),
        ],
    );
}

#[test]
fn an_eleventy_site_has_templates_and_files_beside_its_pages() {
    let layout = configured(&[
        (".eleventy.js", "module.exports = c => ({ dir: { input: './src' } })"),
        ("src/port.njk", "---\npermalink: /harbour/port/\n---\n"),
    ]);
    let it = site_of(layout, &[("src/tides.md", "")], &["src/port.njk", "src/img/pier.png"], true);
    check(
        &it,
        "src/tides.md",
        &[
            ("/harbour/port/", "file src/port.njk"),
            ("/port/", "no /port/"),
            ("/img/pier.png", "unknown /img"),
        ],
    );
}

#[test]
fn a_plugin_of_an_astro_site_changes_links() {
    let plugin = "import { relink } from './plugins/relink.ts';\nexport default defineConfig({ markdown: { remarkPlugins: [relink] }, integrations: [starlight({})] })";
    let pages = [("src/content/docs/quay.md", ""), ("src/content/docs/tides.md", "")];
    let it = site_of(configured(&[("astro.config.mjs", plugin)]), &pages, &[], true);
    check(
        &it,
        "src/content/docs/quay.md",
        &[
            ("./tides.md", "src/content/docs/tides.md Source"),
            ("/tides/", "src/content/docs/tides.md Canonical"),
        ],
    );
}

#[test]
fn a_folder_of_a_plugin_is_not_that_of_a_vitepress_site() {
    let config = "export default defineConfig({ themeConfig: {}, pwa: { srcDir: 'sw' } })";
    let it = site(configured(&[(".vitepress/config.ts", config)]), &["quay.md", "tides.md"], &[]);
    check(&it, "quay.md", &[("/tides.md", "tides.md Source")]);
}

#[test]
fn ids_in_templates_are_known() {
    let layout = configured(&[
        ("config.toml", "base_url = 'https://harbour.example'\n"),
        ("templates/page.html", "<h2 id=\"comments\">Comments</h2>"),
        ("themes/quay/templates/base.html", "<nav id=menu>"),
    ]);
    let mut ids: Vec<_> = layout.template_ids.iter().map(|id| &**id).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["comments", "continue-reading", "menu"]);
}

#[test]
fn a_zola_site_has_the_files_of_a_page_in_each_language() {
    let config = "base_url = 'https://harbour.example'\nignored_content = ['*/README.md']\n[languages.fr]\n";
    let pages = [
        ("content/01-tides/index.fr.md", "+++\npath = 'fr/tides'\n+++\n"),
        ("content/02-quay/index.fr.md", "+++\npath = 'fr/quay'\n+++\n"),
        ("content/README.md", "# Pages\n"),
    ];
    let it = site_of(
        configured(&[("config.toml", config)]),
        &pages,
        &["content/01-tides/map.svg", "LICENSE"],
        true,
    );
    check(&it, "content/02-quay/index.fr.md", &[("../tides/map.svg", "file content/01-tides/map.svg")]);
    check(&it, "content/README.md", &[("../LICENSE", "file LICENSE")]);
}

#[test]
fn relative_links_of_the_first_page_of_docusaurus_count_from_its_folder() {
    let config = ("docusaurus.config.js", "export default {presets: [['classic', {docs: {}}]]}");
    let pages = [("docs/guide/intro.md", "---\nslug: /\n---\n"), ("docs/tides.md", "")];
    let it = site_of(configured(&[config]), &pages, &[], true);
    check(&it, "docs/guide/intro.md", &[("./tides", "docs/tides.md Canonical"), ("./quay", "no /docs/quay")]);
}

#[test]
fn a_post_of_jekyll_is_at_its_date_in_utc() {
    let pages = [
        ("_posts/2024-05-06-tides.md", "---\ndate: 2024-05-06 21:30:00 -03:00\n---\n"),
        ("index.md", "---\n---\n"),
    ];
    let at = |config| site_of(configured(&[("_config.yml", config)]), &pages, &[], true);
    let date = "permalink: /:year/:month/:day/:title\n";
    check(&at(date), "index.md", &[("/2024/05/07/tides", "_posts/2024-05-06-tides.md HtmlMissing")]);
    let named = format!("{date}timezone: America/Halifax\n");
    check(&at(&named), "index.md", &[("/2024/05/06/tides", "_posts/2024-05-06-tides.md HtmlMissing")]);
}

#[test]
fn a_plugin_of_a_vitepress_site_changes_its_pages() {
    let config = (".vitepress/config.ts", "export default {}");
    let plugin = "export const p = { transform(code, id) { if (id.endsWith('.md')) return code } }";
    let preprocessed = |plugin| configured(&[config, (".vitepress/plugins/types.ts", plugin)]).preprocessed;
    assert_eq!(preprocessed(plugin), Preprocessed::All);
    assert_eq!(preprocessed("export const p = {}"), Preprocessed::None);
}

#[test]
fn links_of_a_hugo_site_without_a_config_may_name_pages() {
    let layout =
        configured(&[("content/en/quay.md", ""), ("archetypes/default.md", ""), ("layouts/index.html", "")]);
    let it = site(layout, &["content/en/quay.md", "content/en/tides.md"], &[]);
    check(&it, "content/en/quay.md", &[("tides", "content/en/tides.md Canonical")]);
}

#[test]
fn the_site_map_of_a_vitepress_site_names_its_host() {
    let url = |config| configured(&[(".vitepress/config.ts", config)]).url.map(String::from);
    let with_base = "export default { base: '/docs/', sitemap: { hostname: 'https://quay.example' } }";
    assert_eq!(url(with_base).as_deref(), Some("https://quay.example/docs/"));
    let with_path = "export default { base: '/docs/', sitemap: { hostname: 'https://quay.example/docs/' } }";
    assert_eq!(url(with_path).as_deref(), Some("https://quay.example/docs/"));
}

#[test]
fn a_vitepress_config_may_have_parts() {
    let layout = configured(&[
        (".vitepress/config/index.ts", "export default defineConfig({ ...shared, locales: {} })"),
        (".vitepress/config/de.ts", "export const de = { lang: 'de' }"),
        (
            ".vitepress/config/shared.ts",
            "export const shared = { cleanUrls: true, sitemap: { hostname: 'https://quay.example' } }",
        ),
    ]);
    assert_eq!(layout.url.map(String::from).as_deref(), Some("https://quay.example/"));
    assert_eq!((layout.route_form, layout.languages.default), (crate::site::urls::RouteForm::Bare, None));
}

#[test]
fn engines_of_jekyll_have_options() {
    let engine = |config: &str| {
        let it = configured(&[("_config.yml", config)]);
        (it.makes_autolinks(), it.slugs)
    };
    assert_eq!(engine(""), (Some(false), SlugStyle::Kramdown));
    assert_eq!(engine("kramdown:\n  transliterated_header_ids: true\n"), (Some(false), SlugStyle::None));
    let redcarpet = "markdown: Redcarpet\nredcarpet:\n  extensions: [autolink]\n";
    assert_eq!(engine(redcarpet), (Some(true), SlugStyle::None));
    assert_eq!(engine("markdown: redcarpet\n"), (Some(false), SlugStyle::None));
}

#[test]
fn instructions_for_agents_name_paths_of_the_site() {
    let it = site(
        configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]),
        &["AGENTS.md", "README.md", "content/tides.md"],
        &[],
    );
    check(&it, "AGENTS.md", &[("/tides/", "content/tides.md Canonical"), ("/ebb/", "no ebb")]);
    check(&it, "README.md", &[("/tides/", "no tides")]);
}

#[test]
fn a_page_in_mdx_may_be_named_as_one_in_markdown() {
    let it = site(Layout::of_kind(None), &["docs/index.md", "docs/tides.mdx"], &[]);
    check(&it, "docs/index.md", &[("./tides.md", "generated"), ("./ebb.md", "no docs/ebb.md")]);
    let known = site(layout(SiteKind::Plain, ""), &["docs/index.md", "docs/tides.mdx"], &[]);
    check(&known, "docs/index.md", &[("./tides.md", "no docs/tides.md")]);
}

#[test]
fn themes_of_hugo_have_static_files() {
    let config = ("hugo.toml", "baseURL = 'https://harbour.example/'\ntheme = 'quay'\n");
    let theme = ("themes/quay/static/img/pier.png", "");
    let it = site(configured(&[config, theme]), &["content/tides.md"], &[theme.0, "static/ebb.png"]);
    check(
        &it,
        "content/tides.md",
        &[("/img/pier.png", "file themes/quay/static/img/pier.png"), ("/img/mole.png", "no /img/mole.png")],
    );
}

#[test]
fn a_jekyll_site_that_is_built_from_a_copy() {
    let config = ("_config.yml", "source: .tmp/src\n");
    let it = site(
        configured(&[config, ("src/tides.md", "---\n---\n"), ("src/index.md", "---\n---\n")]),
        &["src/index.md", "src/tides.md"],
        &[],
    );
    check(&it, "src/index.md", &[("/tides.html", "src/tides.md Canonical"), ("/ebb.html", "no /ebb.html")]);
}

#[test]
fn parts_of_a_site_that_make_no_anchors_are_known() {
    let plain = |files: &[(&str, &str)]| {
        let layout = configured(files);
        let mut names: Vec<_> = layout.plain_parts.iter().map(|name| &**name).collect();
        names.sort_unstable();
        names.join(" ")
    };
    let hugo = [
        ("hugo.toml", "baseURL = 'https://harbour.example'\n"),
        ("layouts/shortcodes/note.html", "<aside>{{ .Inner }}</aside>"),
        ("layouts/_shortcodes/tides/row.de.html", "<p>{{ .Get 0 }}</p>"),
        ("layouts/shortcodes/pier.html", "<h2 id={{ .Get 0 }}>Pier</h2>"),
        ("layouts/partials/quay.html", "<p>Quay</p>"),
        ("themes/gull/layouts/shortcodes/log.html", "<p>Log</p>"),
        ("themes/gull/layouts/shortcodes/log.md", "## Log"),
    ];
    assert_eq!(plain(&hugo), "note tides/row");
    let jekyll = [
        ("_config.yml", "url: https://harbour.example\n"),
        ("_includes/note.html", "<aside>{{ include.text }}</aside>"),
        ("_includes/quay/steps.md", "## Steps"),
        ("_includes/quay/map.html", "<img src=map.svg>"),
    ];
    assert_eq!(plain(&jekyll), "note.html quay/map.html");
}
