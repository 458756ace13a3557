//! Where generators find front matter.

use std::path::Path;

use copydesk::{Workspace, run::Options};

/// The messages about the front matter of one page of a site with this config.
fn found(config: (&str, &str), page: &str, text: &str) -> Vec<String> {
    let files = [config, (page, text)];
    let workspace =
        Workspace::open(Options::in_memory(Path::new("/site"), files, jiff::civil::date(2024, 6, 1)));
    let findings = workspace.check_page(&Path::new("/site").join(page)).expect("it is a page");
    let of_rules = findings.iter().filter(|it| it.rule.id.ends_with("front-matter"));
    of_rules.map(|it| format!("{}: {}", it.rule.id, it.message)).collect()
}

const HUGO: (&str, &str) = ("hugo.toml", "baseURL = 'https://harbour.example/'\n");
const JEKYLL: (&str, &str) = ("_config.yml", "url: https://harbour.example\n");

#[test]
fn blank_lines_come_first_where_the_generator_skips_them() {
    let page = "\n \n---\ntitle: Low tide\n---\n\nText.\n";
    assert_eq!(found(HUGO, "content/tides.md", page), [""; 0]);
    let message = "misplaced-front-matter: front matter is not at the start of the page";
    assert_eq!(found(JEKYLL, "_posts/2024-01-29-tides.md", page), [message]);
    assert_eq!(found(("README.md", "# Quay\n"), "tides.md", page), [message]);
}

#[test]
fn values_of_metadata_without_delimiters_are_no_text() {
    let page =
        "Title: Low tide\nLicense: https://harbour.example/license\n\nSee https://harbour.example/times\n";
    let lines = |config: (&str, &str), path: &str| {
        let files = [config, (path, page)];
        let options = Options::in_memory(Path::new("/site"), files, jiff::civil::date(2024, 6, 1));
        let findings =
            Workspace::open(options).check_page(&Path::new("/site").join(path)).expect("it is a page");
        findings.iter().filter(|it| it.rule.id == "bare-url").count()
    };
    assert_eq!(lines(("pelicanconf.py", "PATH = 'content'\n"), "content/tides.md"), 1);
    assert_eq!(lines(HUGO, "content/tides.md"), 2);
}

#[test]
fn a_longer_line_of_hyphens_ends_it_unless_the_generator_needs_three() {
    let page = "---\ntitle: Low tide\n--------\n\nText.\n\n---\n\nMore.\n";
    assert_eq!(found(HUGO, "content/tides.md", page), [""; 0]);
    let message = "misplaced-front-matter: invalid front matter delimiter";
    assert_eq!(found(JEKYLL, "_posts/2024-01-29-tides.md", page), [message]);
    assert_eq!(found(("README.md", "# Quay\n"), "tides.md", page), [""; 0]);
}
