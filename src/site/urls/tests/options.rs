//! What the configs of generators change in the paths of pages, checked with real builds.

use super::*;
use crate::text::SlugStyle;

#[test]
fn a_hugo_site_with_its_default_language_in_a_folder() {
    let config = "defaultContentLanguage = 'en'\ndefaultContentLanguageInSubdir = true\n\
                  [pagination]\npath = 'seite'\n[languages.en]\n[languages.fr]\n";
    let layout = configured(&[("hugo.toml", config), ("layouts/list.html", "{{ .Paginate .Pages }}")]);
    let pages = [
        ("content/tides.md", ""),
        ("content/news/ebb.md", "---\naliases: [/old/]\n---\n"),
        ("content/news/neap.fr.md", "---\naliases: [/vieux/]\n---\n"),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "content/tides.md",
        &[
            ("/en/tides/", "content/tides.md Canonical"),
            ("/tides.html", "content/tides.md Canonical"),
            ("/Tides/", "content/tides.md Canonical"),
            ("/en/quay/", "no /en/quay/"),
            ("/fr/tides/", "no /fr/tides/"),
            ("/fr/news/neap/", "content/news/neap.fr.md Canonical"),
            ("/fr/vieux/", "moved to /fr/news/neap/"),
            ("/en/old/", "moved to /en/news/ebb/"),
            // Hugo makes the first pages of languages and sections.
            ("/fr/", "unknown /fr"),
            ("/en/news/", "unknown /en"),
            ("/en/news/seite/2/", "unknown /en"),
            ("/en/news/page/2/", "no /en/news/page/2/"),
        ],
    );
}

#[test]
fn a_hugo_site_that_keeps_case_and_passes_on_values() {
    let config = "disablePathToLower = true\n[permalinks]\nguide = '/book/:sections[1:]/:filename/'\n";
    let passed_on = "---\ncascade:\n- target: {path: /shore/p**}\n  draft: true\n---\n";
    let pages = [
        ("content/guide/a/Neap.md", ""),
        ("content/guide/b/_index.md", ""),
        ("content/guide/b/Ebb.md", ""),
        ("content/shore/_index.md", passed_on),
        ("content/shore/pier.md", ""),
        ("content/shore/quay.md", ""),
        ("content/lock.md", "---\npublished: false\n---\n"),
        ("content/sluice.md", "---\npublished: false\ndraft: false\n---\n"),
        ("content/Moon Tide.md", ""),
    ];
    let it = site_of(configured(&[("hugo.toml", config)]), &pages, &[], true);
    check(
        &it,
        "content/Moon Tide.md",
        &[
            ("/Moon-Tide/", "content/Moon Tide.md Canonical"),
            ("/book/Neap/", "content/guide/a/Neap.md Canonical"),
            ("/book/b/Ebb/", "content/guide/b/Ebb.md Canonical"),
            ("/shore/quay/", "content/shore/quay.md Canonical"),
            ("/shore/pier/", "no /shore/pier/"),
            ("/lock/", "no /lock/"),
            ("/sluice/", "content/sluice.md Canonical"),
            ("/shore/page/2/", "unknown /shore"),
        ],
    );
}

#[test]
fn a_hugo_site_with_redirects_in_a_template() {
    let redirects = "{{ $latest := site.Params.latest }}\n/docs/latest /docs/{{ $latest }}/\n";
    let files =
        [("hugo.toml", "baseURL = 'https://harbour.example/'\n"), ("layouts/index.redirects", redirects)];
    let it = site_of(configured(&files), &[("content/docs/ebb.md", "")], &[], true);
    check(
        &it,
        "content/docs/ebb.md",
        &[("/docs/latest", "unknown /docs"), ("/docs/oldest", "no /docs/oldest")],
    );
}

#[test]
fn a_blog_of_mkdocs_with_paths_of_its_own() {
    let config = "plugins:\n- blog:\n    blog_dir: news\n    post_url_format: '{date}/{slug}'\n    \
                  post_url_date_format: yyyy/MM\n";
    let pages = [
        ("docs/index.md", ""),
        ("docs/news/index.md", ""),
        ("docs/news/posts/ebb.md", "---\ndate: 2024-03-05\nslug: low\n---\n"),
    ];
    let it = site_of(configured(&[("mkdocs.yml", config)]), &pages, &[], true);
    check(
        &it,
        "docs/index.md",
        &[
            ("/news/2024/03/low/", "docs/news/posts/ebb.md Canonical"),
            ("/news/2024/03/05/low/", "no /news/2024/03/05/low/"),
            ("/news/archive/2024/", "unknown /news"),
        ],
    );
    let slugs =
        |toc: &str| configured(&[("mkdocs.yml", &format!("markdown_extensions:\n- toc:\n{toc}"))]).slugs;
    assert_eq!(slugs("    permalink: true\n"), SlugStyle::Mkdocs);
    assert_eq!(slugs("    separator: _\n"), SlugStyle::MkdocsUnderscore);
    assert_eq!(slugs("    separator: '.'\n"), SlugStyle::None);
    let function = "!!python/object/apply:pymdownx.slugs.slugify";
    assert_eq!(slugs(&format!("    slugify: {function} {{kwds: {{case: lower}}}}\n")), SlugStyle::Pymdownx);
    assert_eq!(slugs(&format!("    slugify: {function}\n")), SlugStyle::None);
}

#[test]
fn a_docusaurus_site_with_options() {
    let config = "export default { trailingSlash: false, presets: [['classic', {\n\
                  docs: { sidebarPath: './sidebars.js', exclude: ['**/parts/**'], numberPrefixParser: false },\n\
                  blog: { archiveBasePath: 'all', tagsBasePath: 'topics', pageBasePath: 'seite' } }]] }";
    let sidebars = "export default { main: [{ type: 'category', label: 'Low & High', \
                    link: { type: 'generated-index' }, items: ['ebb'] }] }";
    let layout = configured(&[("docusaurus.config.js", config), ("sidebars.js", sidebars)]);
    let pages = [
        ("docs/ebb.md", ""),
        ("docs/01-quay.md", ""),
        ("docs/_neap.md", ""),
        ("docs/parts/rope.md", ""),
        ("blog/2024-03-05-moon.md", "---\ntags: [Spring Tide]\n---\n"),
    ];
    let it = site_of(layout, &pages, &[], true);
    check(
        &it,
        "docs/ebb.md",
        &[
            ("/docs/01-quay", "docs/01-quay.md Canonical"),
            ("/docs/quay", "no /docs/quay"),
            ("/docs/_neap", "docs/_neap.md Canonical"),
            ("/docs/parts/rope", "no /docs/parts/rope"),
            ("/docs/category/low--high", "unknown /docs"),
            ("/docs/category/neap", "no /docs/category/neap"),
            ("/blog/all.html", "unknown /blog"),
            ("/blog/archive", "no /blog/archive"),
            ("/blog/topics/spring-tide", "unknown /blog"),
            ("/blog/topics/neap", "no /blog/topics/neap"),
            ("/blog/seite/2", "unknown /blog"),
        ],
    );
}

#[test]
fn a_docusaurus_site_whose_build_stops_at_broken_links() {
    let answers = |config: &str, links: &[(&str, &str)]| {
        let layout = configured(&[("docusaurus.config.js", config)]);
        let pages = [("docs/ebb.md", ""), ("docs/low/neap.md", ""), ("docs/low.md", "")];
        check(&site_of(layout, &pages, &[], true), "docs/ebb.md", links);
    };
    let with = |rest: &str| format!("export default {{ presets: [['classic', {{}}]], {rest} }}");
    answers(
        &with(""),
        &[
            ("/guide/ebb", "no /guide/ebb"),
            ("/search", "no /search"),
            // With dots in front, only the folder of the page is looked in.
            ("./neap.md", "no docs/neap.md"),
            ("low/neap.md", "docs/low/neap.md Source"),
        ],
    );
    let unknown: &[(&str, &str)] = &[("/guide/ebb", "unknown /guide")];
    answers(&with("onBrokenLinks: 'warn'"), unknown);
    answers(&with("themes: ['search-local']"), &[("/search", "unknown /search")]);
    answers(&with("plugins: ['./plugins/guide.js']"), unknown);
    answers(&with("plugins: [['docusaurus-plugin-openapi', {}]]"), unknown);
    answers("export default { presets: [['redocusaurus', {}], ['classic', {}]] }", unknown);
}

#[test]
fn sites_whose_configs_name_their_lists() {
    let config = "tag_dir: topics\narchive_dir: all\n";
    let sign = ("package.json", "{\"dependencies\": {\"hexo\": \"*\"}}");
    let pages =
        [("source/_posts/ebb.md", "---\ndate: 2024-03-05\ntags: [Moon]\n---\n"), ("source/quay.md", "")];
    let it = site_of(configured(&[("_config.yml", config), sign]), &pages, &[], true);
    check(
        &it,
        "source/quay.md",
        &[
            ("/all/", "unknown /all"),
            ("/topics/moon/", "unknown /topics"),
            ("/topics/sun/", "no /topics/sun/"),
            ("/archives/", "no /archives/"),
        ],
    );
    let config = "permalink: pretty\ncollections: {quays: {output: true}}\n";
    let pages = [("_quays/north.md", "---\n---\n"), ("about.md", "---\n---\n")];
    let it = site_of(configured(&[("_config.yml", config)]), &pages, &[], true);
    check(&it, "about.md", &[("/quays/north/", "_quays/north.md Canonical")]);
}

#[test]
fn an_eleventy_site_with_permalinks_in_programs() {
    let config = ("eleventy.config.js", "export default { dir: { input: 'src' } }");
    let pages = [
        ("src/index.md", ""),
        ("src/posts/2024-03-05-ebb.md", ""),
        ("src/list/all.md", "---\npermalink: \"/list/{% if page %}x/{% endif %}\"\n---\n"),
        ("src/drafts/neap.md", ""),
    ];
    let posts = ("src/posts/posts.11tydata.js", "export default { permalink: '/news/{{ page.fileSlug }}/' }");
    let drafts = ("src/drafts/drafts.11tydata.js", "export default { permalink: false }");
    let it = site_of(configured(&[config, posts, drafts]), &pages, &[], true);
    check(
        &it,
        "src/index.md",
        &[
            ("/news/ebb/", "src/posts/2024-03-05-ebb.md Canonical"),
            ("/posts/2024-03-05-ebb/", "no /posts/2024-03-05-ebb/"),
            ("/list/x/", "unknown /list"),
            ("/quay/", "no /quay/"),
        ],
    );
    // A program may put the pages of a folder anywhere.
    let other = ("src/posts/posts.11tydata.js", "export default { permalink: (data) => data.x }");
    let it = site_of(configured(&[config, other]), &pages, &[], true);
    check(&it, "src/index.md", &[("/quay/", "unknown /quay")]);
}

#[test]
fn a_hugo_site_with_redirects_in_a_loop() {
    let redirects = "{{ range slice \"quays\" }}\n{{ . | printf \"/%-9s\" }} /docs/{{ . }}\n{{ end }}\n";
    let files = [("hugo.toml", "theme = 'harbour'\n"), ("layouts/index.redirects", redirects)];
    let it = site(configured(&files), &["content/_index.md"], &[]);
    check(&it, "content/_index.md", &[("/quays", "unknown /quays"), ("/tides", "no /tides")]);
}

#[test]
fn languages_of_a_hugo_site_have_folders_by_mounts() {
    let config = "languages: {en: {}, fr: {}}\n";
    let module = "mounts:\n\
        - {source: content/en, target: content}\n\
        - {source: content/fr, target: content, sites: {matrix: {languages: [fr]}}}\n\
        - {source: content/en/docs, target: content/docs, sites: {matrix: {languages: [fr]}}}\n";
    let pages = [
        ("content/en/docs/tides.md", ""),
        ("content/en/news/moon/index.md", ""),
        ("content/fr/news/moon/index.md", ""),
    ];
    let files = [("config/_default/hugo.yaml", config), ("config/_default/module-source.yaml", module)];
    let it = site_of(configured(&files), &pages, &["content/en/news/moon/low.png"], true);
    check(
        &it,
        "content/fr/news/moon/index.md",
        &[
            // What a page brings along is shared by its translations.
            ("low.png", "file content/en/news/moon/low.png"),
            ("high.png", "no content/fr/news/moon/high.png"),
            ("/docs/tides/", "content/en/docs/tides.md Canonical"),
            ("/fr/news/moon/", "content/fr/news/moon/index.md Canonical"),
        ],
    );
}

#[test]
fn a_sphinx_site() {
    let config = "extensions = ['myst_parser']\nexclude_patterns = ['**/parts', 'old/*']\n";
    let pages = [
        ("docs/index.md", ""),
        ("docs/ebb.md", ""),
        ("docs/parts/rope.md", ""),
        ("docs/moon/parts/rope.md", ""),
        ("docs/old/quay.md", ""),
    ];
    let it = site_of(configured(&[("docs/conf.py", config)]), &pages, &[], true);
    check(
        &it,
        "docs/index.md",
        &[
            ("ebb/", "docs/ebb.md Canonical"),
            ("parts/rope.md", "docs/parts/rope.md Source"),
            ("moon/parts/rope.md", "no docs/moon/parts/rope.md"),
            ("old/quay.md", "no docs/old/quay.md"),
            ("harbour.Pier", "unknown /harbour.Pier"),
            ("neap.md", "no docs/neap.md"),
            ("../blog/", "unknown /../blog/"),
            ("{doc}/ebb", "docs/ebb.md Source"),
            ("{doc}neap", "no docs/neap.md"),
            ("{doc}api/quay", "Template"),
            ("console.html", "no docs/console.html"),
        ],
    );
    let config = format!("{config}def setup(app):\n    write(app.outdir)\n");
    let it = site_of(configured(&[("docs/conf.py", &config)]), &pages, &[], true);
    check(&it, "docs/index.md", &[("console.html", "unknown /console.html"), ("neap.md", "no docs/neap.md")]);
}

#[test]
fn a_page_that_is_no_part_of_the_site() {
    let config = ("hugo.toml", "baseURL = 'https://harbour.example'\n");
    let pages = [("content/_index.md", ""), ("old/guide/rope.md", ""), ("old/guide/README.md", "")];
    let it = site_of(configured(&[config]), &pages, &["old/img/rope/knot.png"], true);
    // Whatever takes it to the site takes the links with it.
    check(
        &it,
        "old/guide/rope.md",
        &[
            ("../../img/rope/knot.png", "unknown .."),
            ("../../img/rope/splice.png", "no img/rope/splice.png"),
            ("knot.png", "no old/guide/knot.png"),
        ],
    );
    check(&it, "old/guide/README.md", &[("../../img/rope/knot.png", "no img/rope/knot.png")]);
}

#[test]
fn names_with_languages() {
    let pages = [("content/ebb.en.md", ""), ("content/flood.en.md", ""), ("content/ebb.md", "")];
    let it = site_of(configured(&[("gatsby-config.js", "module.exports = {}")]), &pages, &[], true);
    check(&it, "content/ebb.en.md", &[("flood.md", "generated"), ("neap.md", "no content/neap.md")]);
    check(&it, "content/ebb.md", &[("flood.md", "no content/flood.md")]);
}

#[test]
fn old_paths_that_a_plugin_fills_in() {
    let pages = [("index.md", ""), ("logs/ebb.md", "---\nredirect_from: ['/logs/:title', '/ebb']\n---\n")];
    let it = site_of(configured(&[("_config.yml", "title: Harbour\n")]), &pages, &["_posts/x.md"], true);
    check(&it, "index.md", &[("/logs/low-tide", "unknown /logs"), ("/ebb", "moved to /logs/ebb.html")]);
}

#[test]
fn an_astro_site_that_imports_its_redirects() {
    let redirects = ("redirects.js", "export default { '/old-ebb': '/ebb/' };");
    let config =
        |redirects: &str| format!("import redirects from './redirects.js';\nexport default {redirects}");
    let spread = config("{ redirects: { ...redirects, '/old-quay': '/ebb/' } }");
    let pages = [("src/pages/ebb.md", "")];
    let it = site_of(configured(&[("astro.config.mjs", &spread), redirects]), &pages, &[], true);
    check(
        &it,
        "src/pages/ebb.md",
        &[("/old-ebb", "moved to /ebb/"), ("/old-quay/", "moved to /ebb/"), ("/neap/", "no /neap/")],
    );
    let made = "export default { redirects: await listed() }";
    let it = site_of(configured(&[("astro.config.mjs", made)]), &pages, &[], true);
    check(&it, "src/pages/ebb.md", &[("/neap/", "unknown /neap")]);
}
