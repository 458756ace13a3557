//! How configs say that anchors are made.

use super::*;
use crate::text::SlugStyle;

fn slugs(path: &str, config: &str) -> SlugStyle {
    configured(&[(path, config)]).slugs
}

#[test]
fn markdown_it_makes_anchors_of_the_whole_text_unless_told_otherwise() {
    let config = |options: &str| {
        let text = format!(
            "import markdownItAnchor from 'markdown-it-anchor';\nexport default (config) => {{\n\
             config.amendLibrary('md', (md) => md.use(markdownItAnchor, {{ {options} }}));\n}};\n"
        );
        slugs("eleventy.config.js", &text)
    };
    assert_eq!(config("level: 2"), SlugStyle::MarkdownItAnchor);
    assert_eq!(config("slugify: (text) => harbour(text)"), SlugStyle::Any);
}

#[test]
fn other_engines_have_options_as_well() {
    let hugo =
        |kind: &str| slugs("hugo.toml", &format!("[markup.goldmark.parser]\nautoHeadingIDType = '{kind}'\n"));
    assert_eq!(
        ["github", "github-ascii", "blackfriday"].map(hugo),
        [SlugStyle::Hugo, SlugStyle::HugoAscii, SlugStyle::HugoBlackfriday]
    );
    let vitepress = |options: &str| {
        slugs(
            ".vitepress/config.ts",
            &format!("export default {{ markdown: {{ anchor: {{ {options} }} }} }}"),
        )
    };
    assert_eq!(vitepress("permalink: false"), SlugStyle::Vitepress);
    assert_eq!(vitepress("slugify: (text) => text"), SlugStyle::None);
    let hexo = |options: &str| {
        configured(&[("_config.yml", options), ("package.json", "{\"dependencies\": {\"hexo\": \"8\"}}")])
            .slugs
    };
    assert_eq!(hexo("marked:\n  modifyAnchors: 0\n"), SlugStyle::Hexo);
    assert_eq!(hexo("marked:\n  modifyAnchors: 1\n"), SlugStyle::None);
    let gatsby = |options: &str| {
        let plugin = format!("{{ resolve: `gatsby-remark-autolink-headers`, options: {{ {options} }} }}");
        slugs("gatsby-config.js", &format!("module.exports = {{ plugins: [{plugin}] }}"))
    };
    assert_eq!(gatsby("maintainCase: false"), SlugStyle::Github);
    assert_eq!(gatsby("maintainCase: true"), SlugStyle::None);
}

#[test]
fn a_target_of_sphinx_has_one_name_on_all_pages() {
    let config = "extensions = ['myst_parser']\nmyst_heading_anchors = 2\n";
    let pages = [("index.md", "# Tides\n"), ("quay.md", "(North Pier)=\n## Pier\n")];
    let label = |config: &str, others: &[&str]| {
        let layout = configured(&[("conf.py", config)]);
        assert_eq!(layout.slugs, SlugStyle::Myst);
        let it = site_of(layout, &pages, others, true);
        ["north-pier", "pier"].map(|name| it.is_label(&it.pages[0], name))
    };
    assert_eq!(label(config, &[]), [true, false]);
    assert_eq!(label(config, &["api.rst"]), [true, true]);
    assert_eq!(label(&format!("{config}intersphinx_mapping = {{}}\n"), &[]), [true, true]);
    assert_eq!(label(&config.replace("['", "['sphinx.ext.autodoc', '"), &[]), [true, true]);
    assert_eq!(slugs("conf.py", &format!("{config}myst_heading_slug_func = harbour\n")), SlugStyle::None);
}
