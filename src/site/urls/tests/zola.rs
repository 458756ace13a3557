//! Sites of Zola.

use super::{check, configured, site_of};
use crate::text::SlugStyle;

#[test]
fn names_of_pages_are_slugged_and_those_of_folders_are_not() {
    let config =
        "base_url = 'https://harbour.example'\ntaxonomies = [{ name = 'Quay Walls' }]\n[languages.fr]\n";
    let pages = [
        ("content/_index.md", "+++\n+++\n"),
        ("content/Tide_Tables/_index.md", "+++\n+++\n"),
        ("content/Tide_Tables/Low_Tide.md", "+++\n+++\n"),
        ("content/Tide_Tables/2024-05-06_Ebb.fr.md", "+++\n+++\n"),
        ("content/log/2024-05-06-Neap/index.md", "+++\n+++\n"),
        ("content/log/spring.md", "+++\nslug = 'High Water'\n+++\n"),
        ("content/log/größe.md", "+++\n+++\n"),
        ("content/log/hidden.md", "+++\nrender = false\n+++\n"),
    ];
    let it = site_of(configured(&[("config.toml", config)]), &pages, &[], true);
    check(
        &it,
        "content/_index.md",
        &[
            ("/Tide_Tables/", "content/Tide_Tables/_index.md Canonical"),
            ("/tide-tables/", "no /tide-tables/"),
            ("/Tide_Tables/low-tide/", "content/Tide_Tables/Low_Tide.md Canonical"),
            ("/Tide_Tables/Low_Tide/", "no /Tide_Tables/Low_Tide/"),
            ("/fr/Tide_Tables/ebb/", "content/Tide_Tables/2024-05-06_Ebb.fr.md Canonical"),
            ("/log/neap/", "content/log/2024-05-06-Neap/index.md Canonical"),
            ("/log/high-water/", "content/log/spring.md Canonical"),
            ("/log/grosse/", "content/log/größe.md Canonical"),
            ("@/log/hidden.md", "no content/log/hidden.md"),
            ("/tags/", "no /tags/"),
        ],
    );
}

#[test]
fn the_config_says_how_names_and_anchors_are_made() {
    let layout = |options: &str| {
        configured(&[("config.toml", &*format!("base_url = 'https://harbour.example'\n{options}"))])
    };
    let slugs = |options: &str| layout(options).slugs;
    assert_eq!(slugs(""), SlugStyle::Zola);
    assert_eq!(slugs("[slugify]\nanchors = 'off'\n"), SlugStyle::ZolaSafe);
    assert_eq!(slugs("[markdown]\nrender_emoji = true\n"), SlugStyle::Any);
    assert_eq!(slugs("[slugify]\nanchors = 'safe'\n[markdown]\nsmart_punctuation = true\n"), SlugStyle::Any);
    let pages = [("content/_index.md", "+++\n+++\n"), ("content/2024-05-06-Low Tide.md", "+++\n+++\n")];
    let options = "[slugify]\npaths = 'safe'\npaths_keep_dates = true\n";
    let it = site_of(layout(options), &pages, &[], true);
    check(
        &it,
        "content/_index.md",
        &[("/2024-05-06-Low%20Tide/", "content/2024-05-06-Low Tide.md Canonical")],
    );
}
