//! What the config says of links that cannot or need not be checked.

use crate::common::sandbox::{copydesk, site};

const PAGE: &str = "# Ferries\n\nSee the [guide](../guide/moorings.md#deep), the [map](/map.pdf#harbour), [the quay](/quay/),\na [draft](http://localhost:4000/x) and a [key](http://localhost:4000/x?token=h7Gq2kP0wZ9sLm4T).\n";

/// The rules and texts of the findings, sorted.
fn findings(name: &str, config: &str) -> Vec<String> {
    let folder = site(
        name,
        &[
            ("copydesk.yaml", config),
            ("hugo.toml", "baseURL = 'https://www.harbour.example/'\n"),
            ("content/blog/ferries.md", PAGE),
            ("static/logo.svg", "<svg/>"),
        ],
    );
    let arguments = ["check", "--format", "json-lines", "--select", "broken-link,local-url,url-credential"];
    let (_, out, err) = copydesk(&folder, &arguments);
    let lines =
        out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("lines are JSON"));
    let mut found: Vec<String> = lines
        .map(|it| {
            format!(
                "{} {}",
                it["rule"].as_str().unwrap_or_default(),
                it["message"].as_str().unwrap_or_default()
            )
        })
        .collect();
    found.sort();
    assert_eq!(err, "", "{found:?}");
    found
}

const CREDENTIAL: &str = "url-credential URL contains a secret in `token`";

#[test]
fn a_link_to_what_the_build_creates_is_not_broken() {
    let broken = |name: &str, config: &str| -> Vec<String> {
        let all = findings(name, config).into_iter();
        all.filter_map(|it| Some(it.strip_prefix("broken-link ")?.to_owned())).collect()
    };
    let [map, guide, quay] = [
        "file `/map.pdf` not found on this site",
        "file `content/guide/moorings.md` not found",
        "page `/quay/` not found on this site",
    ];
    assert_eq!(broken("exceptions-none", ""), [map, guide, quay]);
    assert_eq!(broken("exceptions-site", "site:\n  generated: [/quay/*, '*.pdf']\n"), [guide]);
    assert_eq!(broken("exceptions-file", "links:\n  generated: content/guide/*\n"), [map, quay]);
    assert_eq!(broken("exceptions-written", "links:\n  generated: ../guide/*\n"), [map, quay]);
}

#[test]
fn an_ignored_link_is_not_judged_but_for_its_secrets() {
    let all = findings("exceptions-ignore", "links:\n  ignore: ['/*', '..*', 'http://localhost*']\n");
    assert_eq!(all, [CREDENTIAL]);
    let some = findings("exceptions-ignore-one", "links:\n  ignore: http://localhost*\n");
    assert_eq!(some.len(), 4, "{some:#?}");
}

#[test]
fn an_invalid_glob_is_reported_at_its_place() {
    let folder =
        site("exceptions-bad", &[("copydesk.yaml", "links:\n  ignore: [/a, '/[b']\n"), ("a.md", "# A\n")]);
    let (code, out, _) = copydesk(&folder, &["check", "--format", "concise"]);
    assert_eq!(code, Some(2), "{out}");
    assert!(
        out.contains("copydesk.yaml:2:16: error[invalid-config]: invalid glob `/[b`: unclosed `[`"),
        "{out}"
    );
}
