//! `removed-url`: URLs that a change takes away, in repositories made for the test.

use crate::since::{Repository, nothing};

const TIDES: &str = "---\ntitle: Tides\n---\n\nHigh water is at noon.\n";

/// The messages of the rule, as `path:line:column: text`.
fn removed(site: &Repository, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["--since", "HEAD", "--select", "removed-url"], arguments].concat();
    let output = site.run_in("", &arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| line.contains("[removed-url]")).map(str::to_owned).collect()
}

fn hugo(name: &str, files: &[(&str, &str)]) -> Option<Repository> {
    let config = ("hugo.toml", "baseURL = 'https://harbour.example/'\n");
    Repository::new(&format!("removed-url-{name}"), &[&[config], files].concat())
}

#[test]
fn a_page_that_is_renamed_needs_a_redirect() {
    let Some(site) = hugo("renamed", &[("content/posts/tides.md", TIDES)]) else { return };
    site.git(&["mv", "content/posts/tides.md", "content/posts/neap.md"]);
    let found = removed(&site, &[]);
    let message =
        "warning[removed-url]: URL changes from `/posts/tides/` to `/posts/neap/` without a redirect";
    assert_eq!(found, [format!("content/posts/neap.md:1:1: {message}")]);
    assert_eq!(removed(&site, &["--scope", "lines"]), found, "whichever lines the change touches");
    assert_eq!(site.found(&["--select", "removed-url"]), nothing(), "only a change takes something away");
    let aliased = TIDES.replace("title: Tides\n", "title: Tides\naliases: [/posts/tides/]\n");
    site.write("content/posts/neap.md", &aliased);
    assert_eq!(removed(&site, &[]), [""; 0]);
}

#[test]
fn a_page_that_is_removed_is_reported_at_its_old_path() {
    let draft = TIDES.replace("title", "draft: true\ntitle");
    let files = [("content/posts/tides.md", TIDES), ("content/posts/ebb.md", &draft)];
    let Some(site) = hugo("removed", &files) else { return };
    site.git(&["rm", "-q", "-r", "content/posts"]);
    let message = "warning[removed-url]: page at `/posts/tides/` is removed without a redirect";
    assert_eq!(removed(&site, &[]), [format!("content/posts/tides.md:1:1: {message}")], "a draft has no URL");
    assert_eq!(removed(&site, &["hugo.toml"]), [""; 0], "only what is asked for");
    for (file, text) in [
        ("static/_redirects", "/posts/tides /moon\n"),
        ("static/_redirects", "/posts/:name /moon/:name\n"),
        ("netlify.toml", "[[redirects]]\nfrom = \"/posts/*\"\nto = \"/moon/:splat\"\n"),
        ("static/.htaccess", "RedirectMatch 301 ^/posts/(.*)$ /moon/$1\n"),
        ("nginx.conf", "location = /posts/tides/ { return 301 /moon/; }\n"),
        ("copydesk.yaml", "links:\n  moved: {/posts/tides/: /moon/}\n"),
        ("copydesk.yaml", "links:\n  generated: [/posts/*]\n"),
        ("content/moon.md", "---\ntitle: Moon\nurl: /posts/tides/\n---\n"),
    ] {
        site.write(file, text);
        assert_eq!(removed(&site, &[]), [""; 0], "{file}: {text}");
        std::fs::remove_file(site.0.join(file)).expect("it was written");
    }
    site.write("content/log.md", "---\ntitle: Log\n---\n");
    site.write("copydesk.yaml", "overrides:\n  - files: content/**\n    rules: {removed-url: off}\n");
    assert_eq!(
        site.found(&["--since", "HEAD"]),
        nothing(),
        "the overrides of a page hold after it is removed"
    );
    site.write("copydesk.yaml", "");
    site.write("static/_redirects", "/posts/tides /404.html 404\n/* /:splat 404\n");
    assert_eq!(removed(&site, &[]).len(), 1, "neither an error nor a rule for all URLs");
}

#[test]
fn front_matter_that_decides_on_the_url_counts() {
    let Some(site) = hugo("keys", &[("content/posts/tides.md", TIDES)]) else { return };
    for (lines, place, what) in [
        ("slug: neap", "3:7", "URL changes from `/posts/tides/` to `/posts/neap/` without a redirect"),
        ("url: /neap/", "3:6", "URL changes from `/posts/tides/` to `/neap/` without a redirect"),
        ("draft: true", "3:8", "page at `/posts/tides/` is no longer published"),
    ] {
        site.write("content/posts/tides.md", &TIDES.replace("Tides\n", &format!("Tides\n{lines}\n")));
        let expected = format!("content/posts/tides.md:{place}: warning[removed-url]: {what}");
        assert_eq!(removed(&site, &[]), [expected]);
    }
    site.write("content/posts/tides.md", &TIDES.replace("Tides", "Tides of the year"));
    assert_eq!(removed(&site, &[]), [""; 0], "the title does not decide");
}

#[test]
fn a_config_that_moves_many_pages_is_reported_once() {
    let files = [("content/posts/tides.md", TIDES), ("content/posts/ebb.md", TIDES)];
    let Some(site) = hugo("config", &files) else { return };
    site.write(
        "hugo.toml",
        "baseURL = 'https://harbour.example/'\n[permalinks]\nposts = '/news/:filename/'\n",
    );
    let message = "2 URLs of pages change without a redirect: `/posts/ebb/` is now `/news/ebb/`";
    assert_eq!(removed(&site, &[]), [format!("hugo.toml:1:1: warning[removed-url]: {message}")]);
}

#[test]
fn a_date_in_the_url_counts() {
    let files = [
        ("_config.yml", "title: Harbour\nplugins: [jekyll-redirect-from]\n"),
        ("_posts/2024-03-05-tides.md", TIDES),
        ("_drafts/moon.md", "---\ntitle: Moon\n---\n\nThe moon makes the tides, and the harbour knows it.\n"),
    ];
    let Some(site) = Repository::new("removed-url-jekyll", &files) else { return };
    site.git(&["mv", "_posts/2024-03-05-tides.md", "_posts/2024-03-06-tides.md"]);
    site.git(&["rm", "-q", "_drafts/moon.md"]);
    let found = removed(&site, &[]);
    let message = "URL changes from `/2024/03/05/tides.html` to `/2024/03/06/tides.html` without a redirect";
    assert_eq!(found, [format!("_posts/2024-03-06-tides.md:1:1: warning[removed-url]: {message}")]);
    let redirected = TIDES.replace("title", "redirect_from: /2024/03/05/tides.html\ntitle");
    site.write("_posts/2024-03-06-tides.md", &redirected);
    assert_eq!(removed(&site, &[]), [""; 0]);
}

#[test]
fn redirects_of_generators_count() {
    for (name, config, page, redirect) in [
        (
            "mkdocs",
            ("mkdocs.yml", "site_name: Harbour\n"),
            "docs/tides.md",
            "site_name: Harbour\nplugins:\n  - redirects:\n      redirect_maps:\n        tides.md: moon.md\n",
        ),
        (
            "docusaurus",
            ("docusaurus.config.js", "module.exports = {title: 'Harbour'};\n"),
            "docs/tides.md",
            "module.exports = {plugins: [['@docusaurus/plugin-client-redirects', {createRedirects(path) { return old(path); }}]]};\n",
        ),
        (
            "astro",
            ("astro.config.mjs", "export default {};\n"),
            "src/pages/tides.md",
            "export default {redirects: {'/tides': '/moon'}};\n",
        ),
    ] {
        let files = [config, (page, TIDES)];
        let Some(site) = Repository::new(&format!("removed-url-{name}"), &files) else { return };
        site.git(&["rm", "-q", page]);
        assert_eq!(removed(&site, &[]).len(), 1, "{name}");
        site.write(config.0, redirect);
        assert_eq!(removed(&site, &[]), [""; 0], "{name}");
    }
}

#[test]
fn a_heading_that_is_renamed_takes_its_anchor_along() {
    let page = "# Tides\n\n## Neap\n\nLow.\n\n## Spring\n\nHigh.\n";
    let Some(site) = hugo("anchors", &[("content/tides.md", page)]) else { return };
    site.write("content/tides.md", &page.replace("## Spring", "## Spring tide"));
    let message = "info[removed-url]: 1 anchor removed from this page: `#spring`";
    assert_eq!(removed(&site, &[]), [format!("content/tides.md:7:4: {message}")]);
    site.write("content/tides.md", &page.replace("## Spring", "## Spring tide {#spring}"));
    assert_eq!(removed(&site, &[]), [""; 0], "the anchor is still there");
}
