//! What a page knows of its links, as rules ask for it: places in the file as it is on disk, found once.

use std::{path::Path, sync::Arc};

use copydesk::{
    internals::{
        document::{Damage, Document},
        markdown::{AnchorKind, InvalidLinkKind},
    },
    text::SlugStyle,
};

/// A page after a byte order mark and front matter that looks like links itself.
const PAGE: &str = "\u{FEFF}---\ntitle: '[a][b] (c)[d] <a id=e>'\n---\n\n# Küste\n\n<p id=\"mole\">é [Kai][kai]</p> (See)[/see]\n";

fn page(source: &str) -> Document {
    Document::parse(&Arc::from(Path::new("page.md")), source, &[])
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let page = page(PAGE);
    let facts = page.link_facts();
    let undefined: Vec<_> = facts.undefined.iter().map(|it| page.slice(it.span)).collect();
    assert_eq!(undefined, [""; 0], "a line that begins with `<p>` is HTML, and front matter is no Markdown");
    let tags: Vec<_> = page.html_tags().iter().map(|tag| page.slice(tag.span)).collect();
    assert_eq!(tags, ["<p id=\"mole\">", "</p>"]);
    let anchors = page.anchors(SlugStyle::Github);
    let places: Vec<_> = anchors.iter().map(|it| (it.kind, &*it.id, page.slice(it.span))).collect();
    assert_eq!(places, [(AnchorKind::Heading, "küste", "Küste"), (AnchorKind::HtmlId, "mole", "mole")]);
}

#[test]
fn text_between_tags_of_a_line_is_text() {
    let page = page(&PAGE.replace("<p id", "Ä <i id").replace("</p>", "</i>"));
    let facts = page.link_facts();
    let undefined: Vec<_> = facts.undefined.iter().map(|it| page.slice(it.span)).collect();
    assert_eq!(undefined, ["[Kai][kai]"]);
    let slips: Vec<_> = facts.slips.iter().map(|it| (it.kind, page.slice(it.destination))).collect();
    assert_eq!(slips, [(InvalidLinkKind::Reversed, "/see")]);
}

#[test]
fn facts_are_found_once() {
    let page = page(PAGE);
    assert!(std::ptr::eq(page.link_facts(), page.link_facts()));
    assert!(std::ptr::eq(page.html_tags(), page.html_tags()));
}

#[test]
fn nothing_is_known_of_a_file_that_is_no_text() {
    let page = Document::damaged(&Arc::from(Path::new("page.md")), "[a][b]", Damage::NotUtf8(vec![]));
    assert!(page.link_facts().undefined.is_empty() && page.html_tags().is_empty());
    assert_eq!(page.anchors(SlugStyle::Github).iter().len(), 0);
}
