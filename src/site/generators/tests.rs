//! Which generator some files give away, and what its config says.

use super::detect;
use crate::{discover::SiteFiles, site::urls::Layout};

/// What files give away: root, kind, URL, folders of pages and files, form, slugs.
fn seen(files: &[(&str, &str)]) -> Vec<String> {
    let files = SiteFiles::in_memory(files.iter().copied());
    let describe = |it: &Layout| {
        let content: Vec<String> = it.content.iter().map(|it| format!("{}→{}/", it.folder, it.at)).collect();
        let at = it.url.as_ref().map_or_else(|| it.base().to_owned(), ToString::to_string);
        format!(
            "{}: {} {at} {} | {} {:?} {}",
            it.root,
            it.kind.map_or("-", super::SiteKind::name),
            content.join(" "),
            it.statics.join(" "),
            it.route_form,
            it.slugs.name(),
        )
    };
    detect(&files, None).iter().map(|site| describe(&site.layout(&files))).collect()
}

#[test]
fn generators_are_known_by_their_config() {
    for (path, text, expected) in [
        ("gatsby-config.js", "", ": gatsby  src/pages→/ | static Slash none"),
        (
            "gatsby-config.ts",
            "// siteUrl: 'https://no.example'\nsiteUrl: `https://harbour.example`, plugins: ['gatsby-remark-autolink-headers']",
            ": gatsby https://harbour.example/ src/pages→/ | static Slash github",
        ),
        (
            "hugo.toml",
            "baseurl = 'https://harbour.example/tides/'\nstaticDir = ['static', 'more']\nuglyURLs = true\n",
            ": hugo https://harbour.example/tides/ content→/ | static more Html hugo",
        ),
        (
            "mkdocs-online.yml",
            "site_url: https://harbour.example\n",
            ": mkdocs https://harbour.example/ docs→/ | docs Slash mkdocs",
        ),
        ("config.yaml", "baseURL: /\ntheme: quay\n", ": hugo  content→/ | static Slash hugo"),
        ("config/_default/hugo.toml", "", ": hugo  content→/ | static Slash hugo"),
        (
            "site/hugo.yml",
            "contentDir: pages\nlanguages:\n  en: {}\n  fr: {contentDir: french}\n",
            "site: hugo  site/french→/fr/ site/pages→/ | site/static Slash hugo",
        ),
        (
            "_config.yml",
            "url: https://harbour.example\nbaseurl: /tides\npermalink: pretty\n",
            ": jekyll https://harbour.example/tides/ →/ |  Slash kramdown",
        ),
        ("docs/_config.yml", "", "docs: jekyll  docs→/ | docs Html kramdown"),
        (
            "mkdocs.yml",
            "site_url: https://harbour.example/\ndocs_dir: pages\nuse_directory_urls: false\n",
            ": mkdocs https://harbour.example/ pages→/ | pages Html mkdocs",
        ),
    ] {
        assert_eq!(seen(&[(path, text)]), [expected], "{path}: {text}");
    }
}

#[test]
fn generators_are_known_by_a_program_and_in_any_folder() {
    for (path, text, expected) in [
        ("mkdocs.yml", "nav: [\n", ": mkdocs  docs→/ | docs Slash mkdocs"),
        ("book.toml", "[book]\nsrc = 'text'\n", ": mdbook  text→/ | text Html mdbook"),
        (
            "website/docusaurus.config.mts",
            "url: 'https://harbour.example', baseUrl: '/tides/', trailingSlash: false,\n\
             presets: [['classic', { docs: { path: '../docs', routeBasePath: '/' }, blog: false }]]",
            "website: docusaurus https://harbour.example/tides/ docs→/ website/src/pages→/ | website/static Bare docusaurus",
        ),
        (
            "docusaurus.config.js",
            "presets: [['classic', { docs: { versions: { 2: { path: 'old' } } }, blog: false }]]",
            ": docusaurus  docs→/docs/ src/pages→/ | static Any docusaurus",
        ),
        (
            "astro.config.mjs",
            "export default { site: \"https://harbour.example\", base: '/t', trailingSlash: 'always' }",
            ": astro https://harbour.example/t/ src/pages→/ | public Slash github",
        ),
        (
            "docs/.vitepress/config/index.ts",
            "base: '/t/', cleanUrls: true, srcDir: './src'",
            "docs: vitepress /t docs/src→/ | docs/src/public Bare vitepress",
        ),
        (
            "packages/guide/book.toml",
            "",
            "packages/guide: mdbook  packages/guide/src→/ | packages/guide/src Html mdbook",
        ),
        ("eleventy.config.cjs", "return { dir: { input: 'src' } }", ": eleventy  src→/ |  Slash none"),
        (
            "zola.toml",
            "base_url = 'https://harbour.example'",
            ": zola https://harbour.example/ content→/ | static Slash zola",
        ),
        ("pelicanconf.py", "PATH = 'pages'\n", ": pelican  pages→/ |  Html mkdocs"),
        ("docs/conf.py", "extensions = ['myst_parser']\n", "docs: sphinx  docs→/ |  Html myst"),
    ] {
        assert_eq!(seen(&[(path, text)]), [expected], "{path}: {text}");
    }
}

#[test]
fn names_that_others_use_are_not_enough() {
    for (path, text) in [
        ("config.toml", "title = 'no site'"),
        ("config.yaml", "theme: dark"),
        ("conf.py", "x = 1"),
        ("README.md", ""),
    ] {
        assert_eq!(seen(&[(path, text)]), Vec::<String>::new(), "{path}: {text}");
    }
    let hexo = [
        ("_config.yml", "url: https://harbour.example"),
        ("package.json", "{\"dependencies\": {\"hexo\": \"8\"}}"),
    ];
    assert_eq!(seen(&hexo), [": hexo https://harbour.example/ source→/ | source Html hexo"]);
}

#[test]
fn a_project_may_have_several_sites() {
    let files = [
        ("docs/.vitepress/config.ts", "base: '/docs/'"),
        ("website/hugo.toml", "baseURL = 'https://harbour.example/'"),
        ("node_modules/x/book.toml", ""),
    ];
    let roots: Vec<String> =
        seen(&files).iter().map(|it| it.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(roots, ["docs: vitepress", "website: hugo"]);
}
