//! Paths that are one letter away from one that exists, where something else of the site is unknown.

use super::*;

#[test]
fn a_page_beside_the_one_that_a_path_names_is_meant() {
    let config = "export default defineConfig({ integrations: [starlight({}), quay()] });";
    let pages = [
        "src/content/docs/index.md",
        "src/content/docs/plugin/harbour.md",
        "src/content/docs/plugin/tide-2.md",
    ];
    let it = site(configured(&[("astro.config.mjs", config)]), &pages, &[]);
    check(
        &it,
        "src/content/docs/index.md",
        &[
            ("/plugin/harbuor/", "no /plugin/harbuor/"),
            ("/plugin/harqour/", "no /plugin/harqour/"),
            ("/tide/harbuor/", "unknown /tide"),
        ],
    );
}

#[test]
fn a_file_beside_the_one_that_a_path_names_is_meant() {
    let hook = ("layouts/_default/_markup/render-link.html", "<a href=\"{{ partial \"quay\" . }}\">");
    let layout = configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n"), hook]);
    let it = site(layout, &["content/voyages/a.md", "content/voyages/timetable.md"], &[]);
    check(
        &it,
        "content/voyages/a.md",
        &[
            ("timetalbe.md", "no content/voyages/timetalbe.md"),
            ("timetables.md", "unknown /timetables.md"),
            ("tables.md", "unknown /tables.md"),
        ],
    );
}
