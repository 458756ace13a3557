//! The pages of Pelican, whose first lines say where they appear.

use super::*;

const CONFIG: &str = "
PATH = 'content'
AUTHOR = 'Ann Quay'
ARTICLE_URL = 'log/{date:%Y}/{date:%b}/{slug}/'
ARTICLE_SAVE_AS = 'log/{date:%Y}/{date:%b}/{slug}/index.html'
CATEGORY_SAVE_AS = 'about/{slug}/index.html'
STATIC_PATHS = ['images', 'extra/robots.txt']
EXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}}
";

const PAGES: [(&str, &str); 7] = [
    ("content/tides.md", "Title: Ebb & Flow: a log\nDate: 2024-03-05\nTags: low water, moon\n\nx\n"),
    ("content/sea/2024-04-06-moon.md", "Title: Moon\nSlug: full-moon\n\nx\n"),
    ("content/sea/mond.md", "Title: Mond\nDate: 2024-05-06\nLang: de\nSlug: full-moon\n\nx\n"),
    ("content/pages/quay.md", "---\ntitle: The Quay\n---\n\nx\n"),
    ("content/ebb.md", "Title: Ebb\nDate: 2024-01-01\nStatus: draft\n\nx\n"),
    ("content/undated.md", "Title: Undated\n\nx\n"),
    ("content/own.md", "Title: Own\nDate: 2024-01-01\nsave_as: own/place.html\n\nx\n"),
];

#[test]
fn paths_follow_from_the_first_lines_of_pages() {
    let layout = configured(&[("pelicanconf.py", CONFIG), ("content/sea/mond.md", "")]);
    let it = site_of(layout, &PAGES, &["content/images/a.png", "content/extra/robots.txt"], true);
    check(
        &it,
        "content/tides.md",
        &[
            ("/log/2024/Apr/full-moon/", "content/sea/2024-04-06-moon.md Canonical"),
            ("../../Apr/full-moon/", "content/sea/2024-04-06-moon.md Canonical"),
            ("/log/2024/Apr/full-moon.html", "no /log/2024/Apr/full-moon.html"),
            ("/log/2024/Apr/moon/", "no /log/2024/Apr/moon/"),
            ("/full-moon-de.html", "content/sea/mond.md Canonical"),
            ("/pages/the-quay.html", "content/pages/quay.md Canonical"),
            ("/drafts/ebb.html", "content/ebb.md Canonical"),
            ("/own/place.html", "content/own.md Canonical"),
            ("{filename}/undated.md", "no content/undated.md"),
            ("{filename}sea/mond.md", "content/sea/mond.md Source"),
            ("sea/mond.md", "content/sea/mond.md RawSource"),
            ("/pages/quay.md", "no /pages/quay.md"),
            ("/images/a.png", "file content/images/a.png"),
            ("/images/A.png", "no /images/A.png"),
            ("/robots.txt", "file content/extra/robots.txt"),
            ("images/a.png", "no /log/2024/Mar/ebb-flow-a-log/images/a.png"),
        ],
    );
}

#[test]
fn terms_have_pages() {
    let layout = configured(&[("pelicanconf.py", CONFIG), ("content/sea/mond.md", "")]);
    let it = site_of(layout, &PAGES, &[], true);
    check(
        &it,
        "content/tides.md",
        &[
            ("/tag/low-water.html", "unknown /tag"),
            ("/tag/low-water2.html", "unknown /tag"),
            ("/tag/high-water.html", "no /tag/high-water.html"),
            ("/about/sea/", "unknown /about"),
            ("/about/misc/", "unknown /about"),
            ("/about/lake/", "no /about/lake/"),
            ("/author/ann-quay.html", "unknown /author"),
            ("/author/ann.html", "no /author/ann.html"),
            ("/archives.html", "unknown /archives"),
        ],
    );
}

#[test]
fn a_page_at_an_unknown_path_is_not_judged_from_there() {
    let layout = configured(&[("pelicanconf.py", "PATH = 'content'\nARTICLE_SAVE_AS = made()\n")]);
    let it = site_of(layout, &PAGES, &["content/images/a.png"], true);
    check(
        &it,
        "content/tides.md",
        &[
            ("../images/a.png", "unknown .."),
            ("../images/b.png", "no images/b.png"),
            ("/log/2024/Apr/full-moon/", "unknown /log/2024/Apr"),
        ],
    );
}
