//! Hosts that links show to be the site's own.

use super::*;

/// A site in `src/pages/blog`, one of whose pages has these links.
fn linking(to: &[&str]) -> Site {
    let links = to.iter().map(|url| format!("[a link]({url})\n\n")).collect::<Vec<_>>().concat();
    let pages = [
        ("src/pages/blog/tides.md", &*links),
        ("src/pages/blog/moon.md", ""),
        ("src/pages/about/index.md", ""),
        ("src/pages/blog/ebb.md", "---\nmore: https://www.harbour.example/about/\n---\n"),
    ];
    site_of(Layout::of_kind(Some(SiteKind::Gatsby)), &pages, &[], true)
}

#[test]
fn a_host_with_pages_of_the_site_is_its_own() {
    let it = linking(&["https://harbour.example/blog/tides.html", "https://harbour.example/blog/moon/#low"]);
    check(
        &it,
        "src/pages/blog/moon.md",
        &[
            ("https://www.harbour.example/blog/ebb/", "Learned src/pages/blog/ebb.md Canonical"),
            ("http://harbour.example/blog/ebb.html", "Learned src/pages/blog/ebb.md Html"),
            ("https://harbour.example/blog/gone/", "Learned no /blog/gone/"),
            ("https://docs.harbour.example/blog/tides/", "external"),
            ("https://harbour.example:8080/blog/tides/", "external"),
        ],
    );
}

#[test]
fn pages_that_both_sites_have_by_chance_do_not_make_a_host_the_sites_own() {
    let at = |path: &str| format!("https://www.harbour.example{path}");
    let is_learned = |paths: &[&str]| {
        let urls: Vec<String> = paths.iter().map(|path| at(path)).collect();
        let it = linking(&urls.iter().map(String::as_str).collect::<Vec<_>>());
        matches!(it.resolve(&it.pages[0], &at("/blog/tides/")), Target::OwnSite(_))
    };
    assert!(is_learned(&["/blog/tides/", "/blog/moon/", "/prices/x"]));
    // The same page again, the home page and files say nothing.
    assert!(!is_learned(&["/blog/tides/", "/blog/tides#ebb", "/", "/about.pdf"]));
    assert!(!is_learned(&["/blog/tides/", "/blog/moon/", "/prices/x", "/prices/y", "/prices/z"]));
    let gone: Vec<String> = (0..7).map(|number| format!("/blog/gone-{number}/")).collect();
    let many: Vec<&str> = gone.iter().map(String::as_str).chain(["/blog/tides/", "/blog/moon/"]).collect();
    assert!(!is_learned(&many));
}
