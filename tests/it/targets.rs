//! Which URLs a page has, and where they are.

use std::{path::Path, sync::Arc};

use copydesk::internals::{
    document::{Damage, Document},
    links::{AddressKind, TargetKind},
};

const PAGE: &str = "\u{FEFF}---
title: The é quay /not/one
image: '/img/quay.png'
social:
  og_image: https://quay.example/og.png
  permalink: /quay/
links: [https://quay.example/a, /b, plain]
text: >
  See <a
  href=\"https://quay.example/html\">there</a> <img src=\"/relative.png\">
---

[é](</a b\\_c> \"title\") ![alt](/img/a.png) [ref][label] <https://quay.example/auto> www.quay.example

[label]: /defined&amp;more 'x'

> <img srcset=\"/one.png 1x, /two.png 2x\" src='/three.png'>

[![inner](/inner.png)](/outer) `https://quay.example/code` <!-- https://quay.example/comment -->
";

fn page(source: &str) -> Document {
    Document::parse(&Arc::from(Path::new("page.md")), source, &[])
}

#[test]
fn every_address_is_found_in_source_order() {
    let page = page(PAGE);
    let found: Vec<_> = page.targets().iter().map(|it| (it.kind, &*it.url, page.slice(it.span))).collect();
    let same = |kind, text| (kind, text, text);
    assert_eq!(
        found,
        [
            same(TargetKind::FrontMatter, "/img/quay.png"),
            same(TargetKind::FrontMatter, "https://quay.example/og.png"),
            same(TargetKind::FrontMatter, "https://quay.example/a"),
            same(TargetKind::FrontMatter, "/b"),
            same(TargetKind::Html, "https://quay.example/html"),
            (TargetKind::Link, "/a b_c", "/a b\\_c"),
            same(TargetKind::Image, "/img/a.png"),
            same(TargetKind::Autolink, "https://quay.example/auto"),
            (TargetKind::Bare, "http://www.quay.example", "www.quay.example"),
            (TargetKind::Definition, "/defined&more", "/defined&amp;more"),
            same(TargetKind::HtmlMedia, "/one.png"),
            same(TargetKind::HtmlMedia, "/two.png"),
            same(TargetKind::HtmlMedia, "/three.png"),
            same(TargetKind::Image, "/inner.png"),
            same(TargetKind::Link, "/outer"),
        ]
    );
}

#[test]
fn a_target_knows_what_it_belongs_to() {
    let page = page(PAGE);
    let of = |kind| page.targets().iter().find(|it| it.kind == kind).expect("there is one");
    let link = of(TargetKind::Link);
    assert_eq!(page.slice(link.owner), "[é](</a b\\_c> \"title\")");
    assert_eq!(link.text.map(|text| page.slice(text)), Some("é"));
    assert_eq!(page.slice(of(TargetKind::FrontMatter).owner), "'/img/quay.png'");
    assert_eq!(page.slice(of(TargetKind::Definition).owner), "[label]: /defined&amp;more 'x'");
    assert_eq!(
        (of(TargetKind::Html).address, of(TargetKind::Image).address),
        (AddressKind::Web, AddressKind::Relative)
    );
}

#[test]
fn parts_are_places_where_the_text_is_as_it_is_meant() {
    let page = page(PAGE);
    let of = |kind| page.targets().iter().find(|it| it.kind == kind).expect("there is one");
    let part = |kind, range| page.slice(of(kind).part(range));
    assert_eq!(part(TargetKind::Autolink, 8..20), "quay.example");
    assert_eq!(part(TargetKind::Link, 0..2), "/a b\\_c");
}

#[test]
fn a_file_that_is_no_text_has_none() {
    let page = Document::damaged(&Arc::from(Path::new("page.md")), "[a](/b)", Damage::NotUtf8(vec![]));
    assert!(page.targets().is_empty());
}

#[test]
fn hostile_pages_are_no_trouble() {
    for unit in [
        "[a](/b?utm_a=1) ",
        "<a href=\"",
        "[a]: /b\n",
        "![",
        "https://a.example/%\n",
        "<img srcset='/a, /b'>",
    ] {
        let text = unit.repeat(5_000);
        for target in page(&text).targets() {
            assert!(target.owner.contains(target.span), "{unit}: {target:?}");
        }
        let quoted = text.replace('\'', "''").replace('\n', " ");
        let front = format!("---\nimage: '{quoted}'\ntext: |\n  {quoted}\n---\n");
        assert!(page(&front).targets().len() <= 5_000 * 2);
    }
}
