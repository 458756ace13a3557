//! Sites of MkDocs.

use super::{check, configured, short, site, site_of};
use crate::site::{
    Site,
    urls::{Preprocessed, SiteKind},
};

#[test]
fn mkdocs_publishes_the_files_of_the_theme_of_the_site() {
    let config = "theme:\n  name: material\n  custom_dir: quay\n";
    let it = site_of(
        configured(&[("mkdocs.yml", config), ("quay/partials/home.html", "")]),
        &[("docs/boats/ebb.md", ""), ("docs/index.md", "")],
        &["quay/assets/img/pier.png", "quay/partials/home.html"],
        true,
    );
    check(
        &it,
        "docs/boats/ebb.md",
        &[
            ("../assets/img/pier.png", "file quay/assets/img/pier.png"),
            ("/assets/img/pier.png", "file quay/assets/img/pier.png"),
            ("../assets/img/mole.png", "no docs/assets/img/mole.png"),
        ],
    );
}

#[test]
fn a_mkdocs_site_without_its_theme_is_put_together_elsewhere() {
    let config = "site_name: Harbour\ntheme:\n  name: material\n  custom_dir: theme/\n";
    let site = |theme: &str| {
        let layout = configured(&[("mkdocs.yml", config), (theme, "<p>Quay</p>")]);
        site(layout, &["docs/index.md", "docs/quay.md"], &["map.png", theme])
    };
    let links = ["../map.png", "tides.md", "quay.md"];
    let leads = |site: &Site| {
        let from = &site.pages[0];
        links.map(|link| short(site, &site.resolve(from, link)))
    };
    let there = leads(&site("theme/main.html"));
    assert!(there[0].starts_with("no ") && there[1].starts_with("no "), "{there:?}");
    let elsewhere = leads(&site("other/main.html"));
    assert!(elsewhere.iter().all(|lead| !lead.starts_with("no ")), "{elsewhere:?}");
    assert_eq!(there[2], elsewhere[2]);
}

#[test]
fn zensical_has_the_settings_of_mkdocs_in_a_table() {
    let config = "[project]\nsite_url = 'https://harbour.example/'\ndocs_dir = 'pages'\n[project.plugins.mkdocstrings]\n";
    let layout = configured(&[("zensical.toml", config)]);
    assert_eq!((layout.kind, layout.preprocessed), (Some(SiteKind::Mkdocs), Preprocessed::All));
    assert_eq!(layout.content, [crate::site::urls::Mount::new("pages", "")]);
}
