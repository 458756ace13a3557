//! `generator-value`: front matter that a generator rejects, on a page of each.

use std::path::Path;

use copydesk::{Workspace, run::Options};

/// The messages about one page of a site with this config.
fn found(config: (&str, &str), page: &str, front_matter: &str) -> Vec<String> {
    let text = format!("{front_matter}\n\nHigh water is at noon.\n");
    let files = [config, (page, text.as_str())];
    let workspace =
        Workspace::open(Options::in_memory(Path::new("/site"), files, jiff::civil::date(2024, 6, 1)));
    let findings = workspace.check_page(&Path::new("/site").join(page)).expect("it is a page");
    let of_rule = findings.iter().filter(|it| it.rule.id == "generator-value");
    of_rule.map(|it| it.message.clone()).collect()
}

#[test]
fn eleventy_stops_at_paths_without_an_ending_and_at_dates_in_other_forms() {
    let found = |line: &str| {
        found(("eleventy.config.js", "export default {}\n"), "tides.md", &format!("---\n{line}\n---")).len()
    };
    for line in [
        "permalink: /tides",
        "date: 2024-04-08 14:31",
        "date: 2024-04-08 14:31:00 +0200",
        "date: 08/04/2024",
        "date: someday",
    ] {
        assert_eq!(found(line), 1, "{line}");
    }
    for line in [
        "permalink: /tides/",
        "permalink: tides.html",
        "permalink: false",
        "permalink: \"/{{ title | slugify }}\"",
        "date: 2024-04-08",
        "date: 2024-04-08 14:31:00",
        "date: 2024-04-08 14:31:00 +02:00",
        "date: 2024-04",
        "date: git Last Modified",
        "date: created",
        "tags: [a, b]",
    ] {
        assert_eq!(found(line), 0, "{line}");
    }
}

#[test]
fn zola_stops_at_values_of_another_type() {
    let found = |line: &str| {
        let config = ("config.toml", "base_url = 'https://harbour.example'\n");
        found(config, "content/tides.md", &format!("+++\n{line}\n+++")).len()
    };
    for line in ["draft = 'no'", "title = 5", "weight = 'first'", "aliases = '/tide/'", "authors = [1]"] {
        assert_eq!(found(line), 1, "{line}");
    }
    for line in ["draft = false", "title = '5'", "weight = 1", "aliases = ['/tide/']", "date = 2024-04-08"] {
        assert_eq!(found(line), 0, "{line}");
    }
}

#[test]
fn hugo_reads_dates_and_takes_published_for_one_or_for_no_draft() {
    let found = |line: &str| {
        let config = ("hugo.toml", "baseURL = 'https://harbour.example/'\n");
        found(config, "content/tides.md", &format!("---\n{line}\n---")).len()
    };
    assert_eq!(found("published: someday soon"), 1);
    assert_eq!(found("date: 2024/04/08"), 1);
    for line in ["published: true", "published: false", "published: 2024-04-08"] {
        assert_eq!(found(line), 0, "{line}");
    }
}
