//! Sites of a few names, asked for where links lead.

use std::{path::Path, sync::Arc};

use jiff::civil::date;

use super::*;
use crate::{
    diagnostic::Label,
    document::Document,
    site::generators::{Memory, detect},
    text::{Search, Span},
};

/// What lies around a site of a few names.
#[derive(Debug)]
struct Around {
    files: Vec<String>,
    is_complete: bool,
    folder: &'static str,
}

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        let item = |path: &String| Item { path: path.clone(), kind: ItemKind::File };
        let link = Item { path: "out".into(), kind: ItemKind::Link(Some("../secret".into())) };
        Inventory::new(self.files.iter().map(item).chain([link]).collect(), self.is_complete)
    }

    fn renames(&self) -> Vec<(String, String)> {
        vec![
            ("content/ebb.md".into(), "content/low.md".into()),
            ("content/low.md".into(), "content/tides.md".into()),
        ]
    }

    fn remotes(&self) -> Vec<String> {
        vec!["git@github.com:harbour/site.git".into()]
    }

    fn folder_in_repository(&self) -> String {
        self.folder.to_owned()
    }
}

/// A site of Markdown pages, each a path and its text, and of other files.
fn site_of(layout: Layout, pages: &[(&str, &str)], others: &[&str], is_complete: bool) -> Site {
    let files =
        pages.iter().map(|(path, _)| *path).chain(others.iter().copied()).map(str::to_owned).collect();
    let sites = Arc::new(Sites::of_one(layout));
    let page = |(path, text): &(&str, &str)| {
        Page::of(Document::parse(&Arc::from(Path::new(path)), *text, &[]), &sites)
    };
    let pages = pages.iter().map(page).collect();
    Site::new(pages, vec![], &[], date(2024, 6, 1))
        .with_urls(Urls::new(Arc::clone(&sites), Arc::new(Around { files, is_complete, folder: "" })))
}

fn site(layout: Layout, pages: &[&str], others: &[&str]) -> Site {
    let pages: Vec<_> = pages.iter().map(|path| (*path, "# Tides\n")).collect();
    site_of(layout, &pages, others, true)
}

fn layout(kind: SiteKind, url: &str) -> Layout {
    Layout { url: Url::parse(url).ok(), ..Layout::of_kind(Some(kind)) }
}

/// The layout of the site that these files give away.
fn configured(files: &[(&str, &str)]) -> Layout {
    let files = Memory::new(files);
    detect(&files, None).first().expect("a file gives it away").layout(&files)
}

/// Where a destination leads, in short.
fn short(site: &Site, target: &Target) -> String {
    let with = |text: &str, anchor: &Option<Box<str>>| {
        anchor.as_ref().map_or_else(|| text.to_owned(), |anchor| format!("{text} #{anchor}"))
    };
    let name = |found: &Found| match found {
        Found::Page(page) => site.pages[*page].path.display().to_string(),
        Found::File(path) => path.to_string(),
    };
    match target {
        Target::SamePage { anchor } => with("same page", anchor),
        Target::Page(it) => {
            with(&format!("{} {:?}", site.pages[it.page].path.display(), it.form), &it.anchor)
        }
        Target::File { path, anchor } => with(&format!("file {path}"), anchor),
        Target::Folder { path } => format!("folder {path}"),
        Target::Moved(moved) => format!("moved to {}", moved.to),
        Target::Missing(it) => {
            let twin = it.case_twin.as_ref().map_or_else(String::new, |twin| format!(", but {}", name(twin)));
            let form = it.better_form.as_ref().map_or_else(String::new, |form| format!(", rather {form}"));
            format!("no {}{twin}{form}", it.looked_for)
        }
        Target::NotVerified { root } => format!("unknown {root}"),
        Target::OwnSite(it) => format!("{:?} {}", it.host, short(site, &it.target)),
        Target::OwnRepository { path, target, .. } => {
            let target = target.as_ref().map_or_else(|| "?".to_owned(), |target| short(site, target));
            format!("repository {path}: {target}")
        }
        Target::External => "external".to_owned(),
        Target::Malformed(why) => format!("malformed {why:?}"),
        other => format!("{other:?}"),
    }
}

fn check(site: &Site, from: &str, cases: &[(&str, &str)]) {
    let from = &site.pages[site.page_at(from).expect("the page is there")];
    for (destination, expected) in cases {
        assert_eq!(short(site, &site.resolve(from, destination)), *expected, "{destination}");
    }
}

#[test]
fn a_gatsby_site() {
    let it = site(
        layout(SiteKind::Gatsby, "https://www.harbour.example"),
        &["README.md", "src/pages/blog/tides.md", "src/pages/blog/Moon.md", "src/pages/index.md"],
        &["static/img/a b.png", "src/pages/about.js", "src/pages/shop/[item].js", "src/pages/blog/map.png"],
    );
    assert_eq!(it.route(it.page_at("src/pages/blog/tides.md").unwrap()), Some("/blog/tides/"));
    assert_eq!(it.route(it.page_at("README.md").unwrap()), None);
    check(
        &it,
        "src/pages/blog/tides.md",
        &[
            ("/blog/tides/", "src/pages/blog/tides.md Canonical"),
            ("/blog/tides#low", "src/pages/blog/tides.md SlashMissing #low"),
            ("/blog/tides.html?x=1", "src/pages/blog/tides.md Html"),
            ("../tides/", "src/pages/blog/tides.md Canonical"),
            ("./Moon.md", "src/pages/blog/Moon.md RawSource"),
            ("/", "src/pages/index.md Canonical"),
            ("/blog/moon/", "no /blog/moon/, but src/pages/blog/Moon.md"),
            ("/blog/ebb.html", "no /blog/ebb.html, rather /blog/ebb/"),
            ("opendev.example/harbour", "no /blog/tides/opendev.example/harbour"),
            ("/img/a%20b.png", "file static/img/a b.png"),
            ("/img/A b.png", "no /img/A b.png, but static/img/a b.png"),
            ("./map.png", "file src/pages/blog/map.png"),
            ("/about/", "file src/pages/about.js"),
            ("/shop/rope/", "unknown /shop"),
            ("/tags/ebb/", "unknown /tags"),
            ("/quay/rope/", "unknown /quay"),
            ("/feed.xml", "unknown /feed.xml"),
            ("http://harbour.example/blog/tides.html", "OtherName src/pages/blog/tides.md Html"),
            ("http://www.harbour.example/blog/tides/", "OtherScheme src/pages/blog/tides.md Canonical"),
            ("https://www.harbour.example/blog/ebb/", "Canonical no /blog/ebb/"),
            ("https://www.harbour.example", "Canonical src/pages/index.md Canonical"),
            ("https://www.harbour.example:8443/blog/", "external"),
            ("//ferry.example/x", "external"),
            ("#low", "same page #low"),
            ("../../../../../x.png", "OutsideRoot"),
            ("file:///etc/hosts", "FileSystem"),
            ("a\\b.md", "malformed Backslash"),
        ],
    );
    check(
        &it,
        "README.md",
        &[
            ("src/pages/blog/tides.md", "src/pages/blog/tides.md Source"),
            ("/static/img/a%20b.png", "file static/img/a b.png"),
            ("static/img", "folder static/img"),
            ("static/imgs", "no static/imgs"),
            ("out/key", "OutsideRoot"),
            ("../x.md", "OutsideRoot"),
        ],
    );
}

#[test]
fn the_repository_on_its_forge() {
    let it = site(Layout::of_kind(Some(SiteKind::Plain)), &["README.md", "docs/a.md"], &["docs/img/x.png"]);
    check(
        &it,
        "README.md",
        &[
            (
                "https://github.com/harbour/site/blob/main/docs/a.md#low",
                "repository docs/a.md: docs/a.md Source #low",
            ),
            ("https://github.com/harbour/site/blob/main/docs/b.md", "repository docs/b.md: no docs/b.md"),
            (
                "https://github.com/harbour/site/blob/main/docs/A.md",
                "repository docs/A.md: no docs/A.md, but docs/a.md",
            ),
            ("https://github.com/harbour/site/tree/v1/docs/b.md", "repository docs/b.md: ?"),
            ("https://github.com/harbour/site/issues/1", "external"),
            ("https://github.com/ferry/site/blob/main/docs/b.md", "external"),
            ("docs/", "folder docs"),
            ("docs/a", "no docs/a"),
            ("/docs/a.md", "docs/a.md Source"),
            ("docs/img/", "folder docs/img"),
        ],
    );
}

#[test]
fn a_hugo_site_below_a_path() {
    let config = "baseURL = 'https://harbour.example/site/'\n[permalinks]\nnews = '/:year/:slugorfilename/'\n\
                  [languages.en]\n[languages.fr]\n";
    let layout = configured(&[("hugo.toml", config)]);
    let pages = [
        ("content/_index.md", ""),
        ("content/news/Ebb Tide.md", "---\ntitle: Ebb\ndate: 2024-03-04\naliases: [/old-ebb/, older]\n---\n"),
        ("content/docs/moon/index.md", ""),
        ("content/docs/sun.fr.md", ""),
        ("content/docs/own.md", "---\nurl: /special/\n---\n"),
        ("content/docs/slugged.md", "---\nslug: neap\n---\n"),
    ];
    let it = site_of(layout, &pages, &["content/docs/moon/map.png", "static/a.pdf"], true);
    check(
        &it,
        "content/docs/moon/index.md",
        &[
            ("/site/2024/ebb-tide/", "content/news/Ebb Tide.md Canonical"),
            ("/2024/ebb-tide/", "content/news/Ebb Tide.md Canonical"),
            ("/old-ebb", "moved to /site/2024/ebb-tide/"),
            ("/2024/older/", "moved to /site/2024/ebb-tide/"),
            ("map.png", "file content/docs/moon/map.png"),
            ("/docs/moon/map.png", "file content/docs/moon/map.png"),
            ("../sun/", "no /docs/sun/"),
            ("/fr/docs/sun/", "content/docs/sun.fr.md Canonical"),
            ("/special/", "content/docs/own.md Canonical"),
            ("/docs/neap/", "content/docs/slugged.md Canonical"),
            ("/docs/neaps/", "no /docs/neaps/"),
            ("/a.pdf", "file static/a.pdf"),
            ("/b.pdf", "no /b.pdf"),
            ("https://harbour.example/site/special", "Canonical content/docs/own.md SlashMissing"),
            ("https://harbour.example/other/", "external"),
            ("../../../../elsewhere/", "unknown .."),
            ("{{< ref x >}}", "Template"),
        ],
    );
}

#[test]
fn a_jekyll_site() {
    let pages = [
        ("index.md", ""),
        ("news/_posts/2024-05-06-Low-Tide.md", "---\ncategories: [ebb]\nredirect_from: /low/\n---\n"),
        ("_drafts/spring.md", ""),
        ("_quays/north.md", "---\n---\n"),
        ("about.md", "---\npermalink: /about-us/\n---\n"),
        ("contact.md", ""),
        ("_includes/note.md", ""),
    ];
    let config = "url: https://harbour.example\ncollections: {quays: {output: true}}\n";
    let it = site_of(configured(&[("_config.yml", config)]), &pages, &["assets/x.png"], true);
    check(
        &it,
        "index.md",
        &[
            ("/news/ebb/2024/05/06/Low-Tide.html", "news/_posts/2024-05-06-Low-Tide.md Canonical"),
            ("/low/", "moved to /news/ebb/2024/05/06/Low-Tide.html"),
            ("/quays/north.html", "_quays/north.md Canonical"),
            ("/about-us/", "about.md Canonical"),
            ("contact.md", "contact.md Source"),
            ("/contact", "contact.md SlashExtra"),
            ("/contact.html", "contact.md Canonical"),
            ("/assets/x.png", "file assets/x.png"),
            ("/assets/y.png", "no /assets/y.png"),
            ("/tide/note.html", "unknown /tide"),
        ],
    );
}

#[test]
fn sites_of_documentation() {
    let it = site(
        layout(SiteKind::Mkdocs, "https://harbour.example/docs/"),
        &["docs/index.md", "docs/guide/tides.md", "docs/guide/README.md"],
        &["docs/img/x.png"],
    );
    check(
        &it,
        "docs/guide/tides.md",
        &[
            ("README.md#low", "docs/guide/README.md Source #low"),
            ("../../img/x.png", "file docs/img/x.png"),
            ("../img/x.png", "file docs/img/x.png"),
            ("../", "docs/guide/README.md Canonical"),
            ("moon.md", "no docs/guide/moon.md"),
            ("/guide/tides.md", "no /guide/tides.md"),
        ],
    );
    let it = site(
        Layout::of_kind(Some(SiteKind::Mdbook)),
        &["src/SUMMARY.md", "src/README.md", "src/a/tides.md"],
        &["src/img/x.png"],
    );
    check(
        &it,
        "src/a/tides.md",
        &[
            ("../index.html", "src/README.md Canonical"),
            ("tides.html", "src/a/tides.md Canonical"),
            ("../img/x.png", "file src/img/x.png"),
            ("../../std/index.html", "unknown .."),
            ("moon.html", "no /a/moon.html"),
        ],
    );
    let it = site(
        Layout::of_kind(Some(SiteKind::Vitepress)),
        &["index.md", "guide/tides.md"],
        &["public/logo.svg", ".vitepress/config.ts"],
    );
    check(
        &it,
        "guide/tides.md",
        &[
            ("./tides", "guide/tides.md Canonical"),
            ("/guide/tides.html", "guide/tides.md Canonical"),
            ("/guide/tides.md", "guide/tides.md Source"),
            ("/logo.svg", "file public/logo.svg"),
            ("/guide/moon", "no /guide/moon"),
        ],
    );
}

#[test]
fn a_docusaurus_site() {
    let pages = [
        ("docs/01-intro.md", ""),
        ("docs/02-guide/1. tides.md", ""),
        ("docs/02-guide/guide.md", ""),
        ("docs/own.md", "---\nslug: /neap\n---\n"),
        ("docs/named.md", "---\nid: ebb\n---\n"),
        ("blog/2024-05-06-moon.md", ""),
        ("blog/2024-05-07-sun/index.md", ""),
    ];
    let it = site_of(
        layout(SiteKind::Docusaurus, "https://harbour.example"),
        &pages,
        &["src/pages/shop.tsx"],
        true,
    );
    check(
        &it,
        "docs/01-intro.md",
        &[
            ("/docs/intro", "docs/01-intro.md Canonical"),
            ("./02-guide/1. tides.md", "docs/02-guide/1. tides.md Source"),
            ("/docs/guide/tides/", "docs/02-guide/1. tides.md Canonical"),
            ("/docs/guide", "docs/02-guide/guide.md Canonical"),
            ("/docs/neap", "docs/own.md Canonical"),
            ("/docs/ebb.html", "docs/named.md Html"),
            ("/blog/2024/05/06/moon", "blog/2024-05-06-moon.md Canonical"),
            ("/blog/2024/05/07/sun/", "blog/2024-05-07-sun/index.md Canonical"),
            ("/shop", "file src/pages/shop.tsx"),
            ("@site/docs/01-intro.md", "docs/01-intro.md Source"),
            ("@site/docs/intro.md", "no docs/intro.md"),
            ("/docs/quay", "no /docs/quay"),
        ],
    );
}

#[test]
fn a_site_of_which_nothing_is_known() {
    let it =
        site(Layout::of_kind(None), &["docs/tides.md", "docs/moon/index.md", "blog/a.md"], &["docs/x.png"]);
    check(
        &it,
        "docs/tides.md",
        &[
            ("moon", "docs/moon/index.md Source"),
            ("./tides", "docs/tides.md Source"),
            ("tides.html", "docs/tides.md Source"),
            ("../tides/", "docs/tides.md Canonical"),
            ("/docs/tides", "docs/tides.md Canonical"),
            ("/learn/tides", "unknown /learn"),
            ("/img/x.png", "unknown /img"),
            ("y.png", "no docs/y.png"),
            ("sun.md", "no docs/sun.md"),
            ("sun.html", "unknown /docs/sun.html"),
        ],
    );
}

#[test]
fn a_folder_that_may_have_been_left_out_is_not_missed() {
    let pages = [("docs/tides.md", "")];
    let it = site_of(Layout::of_kind(None), &pages, &["docs/img/x.png"], false);
    check(
        &it,
        "docs/tides.md",
        &[
            ("img/y.png", "no docs/img/y.png"),
            ("pdf/y.pdf", "unknown docs/pdf"),
            ("sun/y.md", "no docs/sun/y.md"),
        ],
    );
    let it = site_of(Layout::of_kind(None), &pages, &["docs/img/x.png"], true);
    check(&it, "docs/tides.md", &[("pdf/y.pdf", "no docs/pdf/y.pdf")]);
}

#[test]
fn a_page_may_choose_a_path_without_a_slash() {
    let pages = [("src/pages/tides.md", "---\npath: /tides\n---\n"), ("src/pages/moon.md", "")];
    let it = site_of(layout(SiteKind::Gatsby, "https://harbour.example"), &pages, &[], true);
    let forms = [("/tides", "Canonical"), ("/tides/", "Canonical")];
    let forms = forms.map(|(path, form)| (path, format!("src/pages/tides.md {form}")));
    for (path, expected) in &forms {
        check(&it, "src/pages/moon.md", &[(path, expected)]);
    }
    check(&it, "src/pages/tides.md", &[("/moon", "src/pages/moon.md SlashMissing")]);
}

#[test]
fn what_lies_beside_the_site_in_its_repository_is_not_looked_at() {
    let files = vec!["tides.md".to_owned()];
    let sites = |kind| Arc::new(Sites::of_one(Layout::of_kind(kind)));
    for (kind, expected) in [(None, "unknown .."), (Some(SiteKind::Jekyll), "OutsideRoot")] {
        let document = Document::parse(&Arc::from(Path::new("tides.md")), "# Tides\n", &[]);
        let page = Page::of(document, &sites(kind));
        let around = Around { files: files.clone(), is_complete: true, folder: "site" };
        let it = Site::new(vec![page], vec![], &[], date(2024, 6, 1))
            .with_urls(Urls::new(sites(kind), Arc::new(around)));
        check(&it, "tides.md", &[("../plan.pdf", expected), ("../../plan.pdf", "OutsideRoot")]);
    }
}

#[test]
fn a_partial_checkout_says_less() {
    let pages = [("src/pages/blog/tides.md", "")];
    let kind = || layout(SiteKind::Gatsby, "https://harbour.example");
    let it = site_of(kind(), &pages, &[], true);
    check(&it, "src/pages/blog/tides.md", &[("/img/x.png", "unknown static")]);
    let it = site_of(kind(), &pages, &["static/img/y.png"], false);
    check(
        &it,
        "src/pages/blog/tides.md",
        &[("/img/x.png", "no /img/x.png"), ("/pdf/x.pdf", "unknown static/pdf")],
    );
    let Target::Missing(missing) = it.resolve(&it.pages[0], "/blog/moon/") else {
        panic!("nothing lies there")
    };
    assert_eq!(missing.evidence, Evidence::Disk);
}

#[test]
fn moves_stand_in_for_what_is_missing() {
    let mut layout = layout(SiteKind::Hugo, "https://harbour.example");
    let place = Label::new(&Arc::from(Path::new("copydesk.yaml")), Span::empty(0));
    layout.moves.add(Move { from: "/old".into(), to: "/tides/".into(), reach: Reach::Below, place });
    let it = site(layout, &["content/tides.md"], &[]);
    check(
        &it,
        "content/tides.md",
        &[("/old/", "moved to /tides/"), ("https://harbour.example/old", "Canonical moved to /tides/")],
    );
}

#[test]
fn suggestions_come_in_the_form_of_the_link() {
    let it = site(
        layout(SiteKind::Hugo, "https://harbour.example/site/"),
        &["content/tides.md", "content/news/moon-rise.md", "content/part-1.md"],
        &["static/img/Quay Map.png"],
    );
    let from = &it.pages[it.page_at("content/tides.md").unwrap()];
    for (destination, expected) in [
        ("/tide/#low", vec![(Reason::Similar, "/site/tides/#low")]),
        ("/Tides/", vec![(Reason::Case, "/site/tides/")]),
        ("/moon-rise/", vec![(Reason::SameName, "/site/news/moon-rise/")]),
        ("/ebb/", vec![(Reason::Renamed, "/site/tides/")]),
        ("/part-2/", vec![]),
        ("/img/quay%20map.png", vec![(Reason::Case, "/site/img/Quay%20Map.png")]),
        ("news/moon-rize.md", vec![(Reason::Similar, "news/moon-rise.md")]),
        ("low.md", vec![(Reason::Renamed, "tides.md")]),
    ] {
        let Target::Missing(missing) = it.resolve(from, destination) else {
            panic!("{destination} is there")
        };
        let suggestions = it.suggestions(from, &missing, &mut Search::in_file_of(0));
        let seen: Vec<_> = suggestions.iter().map(|it| (it.reason, it.destination.as_str())).collect();
        assert_eq!(seen, expected, "{destination}");
    }
}

#[test]
fn long_and_deep_destinations_take_time_in_proportion() {
    let it = site(layout(SiteKind::Hugo, "https://harbour.example"), &["content/tides.md"], &[]);
    let deep = "a/".repeat(200_000);
    let up = "../".repeat(200_000);
    for destination in
        [&deep, &up, &format!("/{deep}"), &"%41".repeat(200_000), &format!("https://harbour.example/{deep}")]
    {
        let target = it.resolve(&it.pages[0], destination);
        assert!(!matches!(target, Target::Page(_)), "{target:?}");
    }
}

#[test]
fn leads_are_those_of_each_address_by_itself() {
    let text = "[a](/moon/#full) [b](/moon/#new) [c](/moon) [d](moon.md#new) [e](/ebb/#low) [f](/ebb/#high)\n\
                [g](https://www.harbour.example/moon/) [h](https://ferry.example/moon/) [i](#here) [j](TODO)\n\
                [k](https://github.com/harbour/site/blob/main/content/moon.md) [l](mailto:a@b.example)\n";
    let it = site_of(
        layout(SiteKind::Mkdocs, "https://www.harbour.example"),
        &[("docs/tides.md", text), ("docs/moon.md", "# Moon\n"), ("README.md", text)],
        &[],
        true,
    );
    for page in &it.pages {
        let leads: Vec<_> = it.leads(page).map(|(target, leads)| (&*target.url, short(&it, leads))).collect();
        let alone =
            page.targets.iter().map(|target| (&*target.url, short(&it, &it.resolve(page, &target.url))));
        let is_lead = |(url, lead): &(&str, String)| {
            !matches!(lead.as_str(), "external" | "Email") && !url.starts_with('#') && *url != "TODO"
        };
        assert_eq!(leads, alone.filter(is_lead).collect::<Vec<_>>(), "{}", page.path.display());
    }
}
