//! Less usual options and folders of generators, checked with real builds.

use super::*;

#[test]
fn a_hugo_site_with_folders_and_terms_that_change_their_names() {
    let config = "[permalinks.term]\ntopics = '/t/:slug/'\n[taxonomies]\ntopic = 'topics'\n";
    let pages = [
        ("content/Slack Water/ebb.md", "---\ntopics: ['C#', High Tide]\n---\n"),
        ("content/log/quay.md", "---\ntitle: Old Quay\nurl: /was/:slug/\n---\n"),
        ("content/made/_index.md", ""),
    ];
    let files =
        [("hugo.toml", config), ("content/Slack Water/ebb.md", ""), ("content/made/_content.gotmpl", "")];
    let it = site_of(configured(&files), &pages, &["content/made/_content.gotmpl"], true);
    check(
        &it,
        "content/log/quay.md",
        &[
            ("/slack-water/", "unknown /slack-water"),
            ("/slack-water/ebb/", "content/Slack Water/ebb.md Canonical"),
            ("/slack-water/neap/", "no /slack-water/neap/"),
            // The placeholder loses what looks like an empty fragment.
            ("/t/c/", "unknown /t"),
            ("/t/high-tide/", "unknown /t"),
            ("/t/low-tide/", "no /t/low-tide/"),
            ("/was/old-quay/", "content/log/quay.md Canonical"),
            ("/log/quay/", "no /log/quay/"),
            // A program makes pages in this folder.
            ("/made/neap/", "unknown /made"),
        ],
    );
}

#[test]
fn a_hugo_site_with_signs_and_accents_in_names() {
    let pages =
        [("content/Ebb & Flow/it's 5%.md", "---\ntags: [Low & High]\n---\n"), ("content/größe.md", "")];
    let site_with = |config| site_of(configured(&[("hugo.toml", config)]), &pages, &[], true);
    check(
        &site_with("baseURL = 'https://harbour.example/'\n"),
        "content/größe.md",
        &[
            ("/ebb--flow/its-5/", "content/Ebb & Flow/it's 5%.md Canonical"),
            ("/tags/low--high/", "unknown /tags"),
            ("/größe/", "content/größe.md Canonical"),
        ],
    );
    let dropping = site_with("baseURL = 'https://harbour.example/'\nremovePathAccents = true\n");
    check(&dropping, "content/größe.md", &[("/große/", "content/größe.md Canonical")]);
}

#[test]
fn a_jekyll_site_in_a_time_zone() {
    let config = "timezone: Asia/Tokyo\npermalink: /:year/:month/:day/:title/\nunpublished: true\n";
    let pages = [
        ("_posts/2024-05-01-ebb.md", "---\ndate: 2024-05-01 23:00:00\n---\n"),
        ("_posts/2024-05-01-neap.md", "---\ndate: 2024-05-01\n---\n"),
        ("_posts/2024-05-02-draft.md", "---\npublished: false\n---\n"),
        ("index.md", "---\n---\n"),
    ];
    let it = site_of(configured(&[("_config.yml", config), ("Gemfile", "gem 'jekyll'")]), &pages, &[], true);
    check(
        &it,
        "index.md",
        &[
            ("/2024/05/02/ebb/", "_posts/2024-05-01-ebb.md Other"),
            ("/2024/05/04/ebb/", "no /2024/05/04/ebb/"),
            ("/2024/05/02/neap/", "no /2024/05/02/neap/"),
            ("/2024/05/02/draft/", "_posts/2024-05-02-draft.md Canonical"),
            // The folder of a post counts for nothing where no post is in it.
            ("{% post_url news/2024-05-01-neap %}", "_posts/2024-05-01-neap.md Source"),
        ],
    );
}

#[test]
fn a_jekyll_site_with_a_folder_of_collections() {
    let config = "collections_dir: shelf\nplugins: [jekyll-feed]\nfeed: {path: news.xml}\n\
                  collections: {boats: {output: true}}\n";
    let pages = [("shelf/_boats/dinghy.md", "---\n---\n"), ("index.md", "---\n---\n")];
    let it = site_of(configured(&[("_config.yml", config), ("Gemfile", "gem 'jekyll'")]), &pages, &[], true);
    check(
        &it,
        "index.md",
        &[
            ("{% link _boats/dinghy.md %}", "shelf/_boats/dinghy.md Source"),
            ("{% link _boats/raft.md %}", "no shelf/_boats/raft.md"),
            ("/news.xml", "unknown /news.xml"),
        ],
    );
}

#[test]
fn a_plugin_of_jekyll_resolves_links_in_pages_alone() {
    let config = "plugins: [jekyll-relative-links]\n";
    let pages = [
        ("_posts/2024-05-01-ebb.md", "---\n---\n[x](/tides.md)\n"),
        ("index.md", "---\n---\n[x](/tides.md)\n"),
        ("tides.md", "---\n---\n"),
    ];
    let it = site_of(configured(&[("_config.yml", config), ("Gemfile", "gem 'jekyll'")]), &pages, &[], true);
    let there = |from: &str| {
        let page = &it.pages[it.page_at(from).expect("the page is there")];
        it.leads(page).map(|(_, target)| short(&it, target)).collect::<Vec<_>>()
    };
    // In whichever order they are looked at.
    assert_eq!(there("_posts/2024-05-01-ebb.md"), ["no /tides.md"]);
    assert_eq!(there("index.md"), ["tides.md Source"]);
}

#[test]
fn docusaurus_takes_folders_and_tags_by_their_whole_names() {
    let config = "export default {url: 'https://harbour.example', baseUrl: '/', \
                  presets: [['classic', {docs: {}, blog: {}}]]};\n";
    let tags = "sea:\n  label: Sea\n  permalink: /water\n";
    let files = [("docusaurus.config.js", config), ("blog/tags.yml", tags)];
    let pages = [
        ("docs/01-tides/tides.md", ""),
        ("docs/02-boats/02-boats.md", ""),
        ("blog/2024-05-01/index.md", "---\ntags: [sea]\n---\n"),
    ];
    let it = site_of(configured(&files), &pages, &["blog/tags.yml"], true);
    check(
        &it,
        "docs/01-tides/tides.md",
        &[
            ("/docs/tides/tides", "docs/01-tides/tides.md Canonical"),
            ("/docs/boats/", "docs/02-boats/02-boats.md Canonical"),
            ("/blog/2024/05/01/index", "blog/2024-05-01/index.md Canonical"),
            ("/blog/tags/water", "unknown /blog"),
            ("/blog/tags/shore", "no /blog/tags/shore"),
        ],
    );
}

#[test]
fn pages_for_what_is_not_found_and_files_of_other_formats_are_published() {
    let book = "[output.html]\ninput-404 = 'lost.md'\n";
    let files = [("book.toml", book), ("src/SUMMARY.md", "- [Tides](tides.md)\n")];
    let it = site_of(configured(&files), &[("src/tides.md", ""), ("src/lost.md", "")], &[], true);
    check(&it, "src/tides.md", &[("lost.md", "src/lost.md Source"), ("lost.html", "src/lost.md Canonical")]);

    let config = "module.exports = (cfg) => { cfg.setTemplateFormats(['md', 'css']); };\n";
    let files = [(".eleventy.js", config), ("ebb.css", ""), ("ebb.txt", "")];
    let it = site_of(configured(&files), &[("index.md", "")], &["ebb.css", "ebb.txt"], true);
    check(&it, "index.md", &[("ebb.css", "file ebb.css"), ("ebb.txt", "no /ebb.txt")]);
}

#[test]
fn eleventy_reads_a_function_that_makes_a_string_alone() {
    let plain = "module.exports = { permalink: (data) => `/b/${data.page.fileSlug}/`, tags: 'x' };\n";
    let other = "export default { permalink: ({ title }) => `/n/${slugify(title)}/` };\n";
    let files = [(".eleventy.js", ""), ("blog/blog.11tydata.js", plain), ("notes/notes.11tydata.mjs", other)];
    let computed = "---\nname: quay\neleventyComputed:\n  permalink: /c/{{ name }}/\n---\n";
    let listing = "---\npagination: {data: boats, size: 1}\n---\n";
    let pages = [
        ("blog/2024-05-01-ebb.md", ""),
        ("notes/neap.md", ""),
        ("pier.md", computed),
        ("boats.md", listing),
        ("index.md", ""),
    ];
    let others = ["blog/blog.11tydata.js", "notes/notes.11tydata.mjs"];
    let it = site_of(configured(&files), &pages, &others, true);
    check(
        &it,
        "index.md",
        &[
            ("/b/ebb/", "blog/2024-05-01-ebb.md Canonical"),
            ("/b/neap/", "no /b/neap/"),
            ("/blog/2024-05-01-ebb/", "no /blog/2024-05-01-ebb/"),
            ("/n/low-tide/", "unknown /n"),
            ("/c/quay/", "pier.md Canonical"),
            ("/pier/", "no /pier/"),
            ("boats/1/", "unknown /boats"),
            ("/boats/", "boats.md Canonical"),
            ("boats/ebb/", "no /boats/ebb/"),
        ],
    );
}

#[test]
fn pelican_publishes_files_that_pages_name_and_archives() {
    let config = "PATH = 'content'\nMONTH_ARCHIVE_SAVE_AS = '{date:%Y}/{date:%m}/index.html'\n";
    let pages = [("content/ebb.md", "Title: Ebb\nDate: 2024-05-01\n\n![x]({static}/maps/a.png)\n")];
    let it = site_of(configured(&[("pelicanconf.py", config)]), &pages, &["content/maps/a.png"], true);
    check(
        &it,
        "content/ebb.md",
        &[("/maps/a.png", "unknown /maps"), ("/maps/b.png", "no /maps/b.png"), ("/2024/05", "unknown /2024")],
    );
}

#[test]
fn mkdocs_takes_the_language_of_a_file_from_its_name() {
    let config = "site_name: x\nplugins:\n  - i18n:\n      docs_structure: suffix\n      languages:\n      \
                  - {locale: en, default: true}\n      - {locale: fr}\n";
    let files = ["docs/img/map.fr.png"];
    let it = site_of(configured(&[("mkdocs.yml", config)]), &[("docs/index.md", "")], &files, true);
    check(
        &it,
        "docs/index.md",
        &[("/fr/img/map.png", "unknown /fr"), ("/fr/img/ebb.png", "no /fr/img/ebb.png")],
    );
}

#[test]
fn hexo_makes_one_part_of_what_does_not_fit_the_names_of_posts() {
    let config = "new_post_name: :year-:month-:day-:title.md\npermalink: posts/:title/\n\
                  index_generator: {path: log}\n";
    let files = [("_config.yml", config), ("package.json", "{\"dependencies\": {\"hexo\": \"8\"}}")];
    let pages = [("source/_posts/old/Low Ebb.md", ""), ("source/_posts/2024-05-01-neap.md", "")];
    let it = site_of(configured(&files), &pages, &[], true);
    check(
        &it,
        "source/_posts/2024-05-01-neap.md",
        &[
            ("/posts/old-Low-Ebb/", "source/_posts/old/Low Ebb.md Canonical"),
            ("/posts/neap/", "source/_posts/2024-05-01-neap.md Canonical"),
            ("../../log/", "unknown /log"),
            ("../../log/page/2/", "unknown /log"),
            ("../../logs/", "no /logs/"),
        ],
    );
}

#[test]
fn astro_finds_the_definition_of_a_collection_by_its_name() {
    let content = "const quays = defineCollection({ loader: glob({ pattern: '*.md', base: './notes' }) });\n\
                   const boats = defineCollection({ loader: glob({ pattern: '*.md', base: './fleet', \
                   generateId: ({ entry }) => `old-${entry}` }) });\n\
                   export const collections = { quays, boats };\n";
    let page = |name: &str| format!("const all = await getCollection('{name}');\nparams: {{ id: it.id }}\n");
    let (quays, boats) = (page("quays"), page("boats"));
    let files = [
        ("astro.config.mjs", "export default {};\n"),
        ("src/content.config.ts", content),
        ("src/pages/quays/[id].astro", &*quays),
        ("src/pages/boats/[id].astro", &*boats),
    ];
    let pages = [("notes/north.md", ""), ("fleet/dinghy.md", ""), ("src/pages/index.md", "")];
    let others = ["src/pages/quays/[id].astro", "src/pages/boats/[id].astro"];
    let it = site_of(configured(&files), &pages, &others, true);
    check(
        &it,
        "src/pages/index.md",
        &[
            ("/quays/north/", "notes/north.md Canonical"),
            ("/quays/south/", "no /quays/south/"),
            ("/boats/old-dinghy/", "unknown /boats"),
        ],
    );
}
