//! Sites of a few names, asked for where links lead.

mod absent;
mod bases;
mod builds;
mod engines;
mod hosted;
mod misspelled;
mod mkdocs;
mod options;
mod own_host;
mod pelican;
mod plugins;
mod published;
mod slugs;
mod static_files;
mod variants;
mod vuepress;
mod zola;

use std::{path::Path, sync::Arc};

use jiff::civil::date;

use super::*;
use crate::{
    diagnostic::Label,
    discover::{IgnoredByGit, SiteFiles},
    document::Document,
    site::generators::detect,
    text::Span,
    vfs::{InventoryItem, ItemKind},
};

/// What is around a site of a few names.
fn around(files: &[String], is_complete: bool, folder: &str) -> Arc<Surroundings> {
    let remotes = vec!["git@github.com:harbour/site.git".into()];
    Arc::new(Surroundings::known(KnownSurroundings { remotes, ..known(files, is_complete, folder) }))
}

/// What is known there in a folder that is not in git.
fn known(files: &[String], is_complete: bool, folder: &str) -> KnownSurroundings {
    let item = |path: &String| InventoryItem { path: path.clone(), kind: ItemKind::File };
    let link = InventoryItem { path: "out".into(), kind: ItemKind::Link(Some("../secret".into())) };
    KnownSurroundings {
        inventory: Inventory::new(files.iter().map(item).chain([link]).collect(), is_complete),
        ignored: IgnoredByGit::known([], Path::new("")),
        renames: vec![
            ("content/ebb.md".into(), "content/low.md".into()),
            ("content/low.md".into(), "content/tides.md".into()),
        ],
        remotes: vec![],
        folder: folder.to_owned(),
    }
}

/// A site of Markdown pages, each a path and its text, and of other files.
fn site_of(layout: Layout, pages: &[(&str, &str)], others: &[&str], is_complete: bool) -> Site {
    let files: Vec<String> =
        pages.iter().map(|(path, _)| *path).chain(others.iter().copied()).map(str::to_owned).collect();
    site_around(layout, pages, around(&files, is_complete, ""))
}

/// A site of Markdown pages with what is around it.
fn site_around(layout: Layout, pages: &[(&str, &str)], around: Arc<Surroundings>) -> Site {
    let sites = Arc::new(Sites::of_one(layout));
    let page = |(path, text): &(&str, &str)| {
        Page::of(Document::parse(&Arc::from(Path::new(path)), *text, &[]), &sites)
    };
    let pages = pages.iter().map(page).collect();
    Site::new(pages, vec![], &[], date(2024, 6, 1)).with_urls(Urls::new(Arc::clone(&sites), around))
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
    let files = SiteFiles::in_memory(files.iter().copied());
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
        Target::Generated => "generated".to_owned(),
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
            ("../main/docs/a.md", "docs/a.md Source"),
            ("../main/docs/b.md", "OutsideRoot"),
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
        let it = Site::new(vec![page], vec![], &[], date(2024, 6, 1))
            .with_urls(Urls::new(sites(kind), around(&files, true, "site")));
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
    assert_eq!(missing.evidence, MissingEvidence::Disk);
}

#[test]
fn moves_stand_in_for_what_is_missing() {
    let mut layout = layout(SiteKind::Hugo, "https://harbour.example");
    let place = Label::new(&Arc::from(Path::new("copydesk.yaml")), Span::empty(0));
    layout.moves.add(Move {
        from: "/old".into(),
        to: "/tides/".into(),
        reach: Reach::Below,
        place,
        is_weak: false,
        is_redirect: true,
    });
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
        let mut suggestions = LinkSuggestions::new(&it, from);
        let suggestions = suggestions.get(&missing);
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
