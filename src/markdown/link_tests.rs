//! What the tree knows of links beyond their nodes: brackets that are none, HTML, anchors, definitions.

use comrak::ResolvedReference;
use comrak::options::BrokenLinkReference;
use std::sync::Arc;

use super::{Anchors, Ast, InvalidLinkKind, LinkFacts, LinkKind, TagForm, Typed, parse};
use crate::text::{LineIndex, Search, SlugStyle, Span};

fn tree(source: &str) -> Ast {
    parse(source, 0, &LineIndex::new(source))
}

fn facts(source: &str) -> LinkFacts {
    LinkFacts::of(&tree(source), source)
}

/// Kind, all of it, and label of every undefined reference.
fn undefined(source: &str) -> Vec<(LinkKind, &str, &str)> {
    let facts = facts(source);
    let parts = facts.undefined.iter().map(|it| (it.kind, it.span.of(source), it.label.of(source)));
    parts.collect()
}

/// Kind, all of it, text and destination of every slip.
fn slips(source: &str) -> Vec<(InvalidLinkKind, &str, &str, &str)> {
    let facts = facts(source);
    let parts = facts
        .slips
        .iter()
        .map(|it| (it.kind, it.span.of(source), it.text.of(source), it.destination.of(source)));
    parts.collect()
}

fn anchors(source: &str, style: SlugStyle) -> Vec<String> {
    let ast = tree(source);
    let anchors = Anchors::of(&ast, source, &ast.html_tags(source), style);
    anchors
        .iter()
        .map(|anchor| format!("{:?} {} {}", anchor.kind, anchor.id, anchor.span.of(source)))
        .collect()
}

mod references {
    use super::*;
    use LinkKind::{Collapsed, Full, Shortcut};

    #[test]
    fn each_form_is_told() {
        let source = "See [the *quay*][pier], [dock][] and [berth]; ![a map][chart].\n\n[other]: /o\n";
        let found = [
            (Full, "[the *quay*][pier]", "pier"),
            (Collapsed, "[dock][]", "dock"),
            (Shortcut, "[berth]", "berth"),
            (Full, "![a map][chart]", "chart"),
        ];
        assert_eq!(undefined(source), found);
        let images: Vec<_> = facts(source).undefined.iter().map(|it| it.is_image).collect();
        assert_eq!(images, [false, false, false, true]);
        assert_eq!(facts(source).undefined[0].text.of(source), "the *quay*");
    }

    #[test]
    fn what_is_defined_is_none() {
        let source = "[a][b] [b][] [b] ![a][B]\n\n[b]: /u\n";
        assert_eq!(undefined(source), []);
        // A label after brackets keeps them from being a reference of their own.
        assert_eq!(undefined("[a][b][c]\n\n[c]: /u\n"), [(Shortcut, "[a]", "a")]);
    }

    #[test]
    fn boxes_footnotes_alerts_code_and_comments_are_none() {
        let source = "- [ ] a\n- [x] b\n- c [ ] [x] [^1] [^1][]\n\n> [!NOTE]\n> d [!TIP]\n\n`[e][f]` <!-- [g][h] --> \\[i] &#91;j]\n\n```\n[k][l]\n```\n\n    [m][n]\n\n<div>[o][p]</div>\n";
        assert_eq!(undefined(source), []);
    }

    #[test]
    fn brackets_in_brackets_are_no_label() {
        assert_eq!(undefined("[[page]]"), [(Shortcut, "[page]", "page")]);
        assert_eq!(undefined("[a [b] c][d]"), [(Shortcut, "[b]", "b"), (Full, "[a [b] c][d]", "d")]);
        assert_eq!(undefined("[a [b](/u) c][d]"), [(Shortcut, "[d]", "d")]);
        assert_eq!(undefined("[![a](/i)][d]"), [(Full, "[![a](/i)][d]", "d")]);
    }

    #[test]
    fn labels_may_go_over_lines() {
        let source = "> - [a\n>   b][c\n>   d] é\n";
        assert_eq!(undefined(source), [(Full, "[a\n>   b][c\n>   d]", "c\n>   d")]);
    }

    #[test]
    fn the_parser_would_make_links_of_them() {
        let pieces =
            ["[", "]", "[]", "a", "b ", "!", "\\", "*", "`", "[c]", "(d)", "[^e]", "\n", "<i>", "&amp;"];
        let mut seed = 7_u64;
        for _ in 0..5000 {
            let mut source = String::from("x");
            for _ in 0..9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                source.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let facts = facts(&source);
            // Resolved, a reference can take the bracket of a link that is one.
            let links: Vec<_> = tree(&source).links().map(Typed::span).collect();
            for reference in resolved(&source) {
                // Where the text is empty or looks like a footnote, the parser may begin elsewhere.
                let known = facts.undefined.iter().any(|it| it.span.overlaps(reference))
                    || facts.slips.iter().any(|slip| slip.span.overlaps(reference))
                    || links.iter().any(|link| link.overlaps(reference));
                assert!(known, "{:?} of {source:?} is not in {facts:?}", reference.of(&source));
            }
        }
    }

    /// The references that the parser would take for links if every label were defined.
    fn resolved(source: &str) -> Vec<Span> {
        let mut options = super::super::OPTIONS.clone();
        options.parse.broken_link_callback = Some(Arc::new(|_: BrokenLinkReference<'_>| {
            Some(ResolvedReference { url: "resolved:".to_owned(), title: String::new() })
        }));
        let arena = comrak::Arena::new();
        let root = comrak::parse_document(&arena, source, &options);
        let lines = LineIndex::new(source);
        let (records, tables, definitions) = super::super::lower::Lowering::new(source, 0, &lines).run(root);
        let ast = super::super::ast::Ast::new(records, tables, definitions, false, None);
        let found = ast.links().chain(ast.images()).filter(|link| &*link.url == "resolved:");
        // With a label from elsewhere the parser does not mind brackets in it.
        let label =
            |text: &str| !matches!(text.trim(), "x" | "X" | "") && !text.contains(['!', '^', '[', ']']);
        found.filter(|link| link.label.is_some_and(|it| label(it.of(source)))).map(Typed::span).collect()
    }
}

mod slips {
    use super::*;
    use InvalidLinkKind::{
        BracketedUrl, BreakInDestination, Reversed, SpaceAroundText, SpaceBeforeDestination,
        SpaceInDestination, Title, Unclosed,
    };

    #[test]
    fn each_kind_is_told() {
        let cases = [
            ("see [a] (https://a.example/b)", SpaceBeforeDestination, "[a] (https://a.example/b)", "a"),
            ("see [a]\n(/b/c.md) d", SpaceBeforeDestination, "[a]\n(/b/c.md)", "a"),
            ("see [a](b c.md).", SpaceInDestination, "[a](b c.md)", "a"),
            ("![](my map.png)", SpaceInDestination, "![](my map.png)", ""),
            ("see [a](TO BE (SOON) ADDED)", SpaceInDestination, "[a](TO BE (SOON) ADDED)", "a"),
            ("> [a](https://b\n> .example/c) d", BreakInDestination, "[a](https://b\n> .example/c)", "a"),
            ("see [a](/b \"c) d", Title, "[a](/b \"c)", "a"),
            ("see [a](/b “c”) d", Title, "[a](/b “c”)", "a"),
            ("see [a](https://b.example/c and d", Unclosed, "[a](https://b.example/c", "a"),
            ("see ([https://b.example])", BracketedUrl, "([https://b.example])", "https://b.example"),
            ("see (a b)[https://c.example/d] e", Reversed, "(a b)[https://c.example/d]", "a b"),
            ("see (https://a.example/b)[c d]", Reversed, "(https://a.example/b)[c d]", "https://a.example/b"),
            ("see [ a](/b)", SpaceAroundText, "[ a](/b)", " a"),
        ];
        for (source, kind, span, text) in cases {
            let found: Vec<_> = slips(source).into_iter().map(|(k, s, t, _)| (k, s, t)).collect();
            assert_eq!(found, [(kind, span, text)], "{source:?}");
            assert_eq!(undefined(source), [], "{source:?}");
        }
    }

    #[test]
    fn destinations_are_told() {
        let source = "[a](https://b\n.example/c) [d](e f) [g](/h \"i) (j)[k]\n";
        let found: Vec<_> = slips(source).into_iter().map(|(_, _, _, destination)| destination).collect();
        assert_eq!(found, ["https://b\n.example/c", "e f", "/h", "k"]);
    }

    #[test]
    fn what_is_meant_as_text_is_none() {
        for source in [
            "[a](<b c>) [d](/e \"f\") [g](h(i)j)",
            "call[name](one, two) and empty[](x y)",
            "a [note] (which is long) and [1] (https://b.example) and [fix] (#12)",
            "`[a] (https://b.example/c)` <!-- (a)[b] --> `(`a)[b]",
            "see [a](which stands open",
            "[a]({{< ref \"b.md\" >}}), [c]({{ site.url }}/d), ![e]({% link f.png %})",
            "\\(a)[b] (a\\)[b] (a)[b\\] (a)[^1] (a)[b](c) ()[b] (a)[]",
            "    (a)[b]\n",
            "<div>\n(a)[b]\n</div>",
        ] {
            let found: Vec<_> = slips(source).into_iter().filter(|it| it.0 != SpaceAroundText).collect();
            assert_eq!(found, [], "{source:?}");
        }
        assert_eq!(undefined("[a]({{< ref \"b.md\" >}})"), []);
    }

    #[test]
    fn a_reversed_link_with_a_label_that_is_defined_is_one_still() {
        let source = "(a)[b]\n\n[b]: /u\n";
        assert_eq!(slips(source), [(Reversed, "(a)[b]", "a", "b")]);
    }

    #[test]
    fn a_slip_knows_the_link_that_is_left_of_it() {
        let source = "[a] (https://b.example/c), [d](https://e\nf/g) and https://h.example\n";
        let (ast, facts) = (tree(source), facts(source));
        let behind: Vec<_> = ast
            .links()
            .map(|link| (link.span().of(source), facts.invalid_link_after(link.span()).map(|slip| slip.kind)))
            .collect();
        let expected = [
            ("https://b.example/c", Some(SpaceBeforeDestination)),
            ("https://e", Some(BreakInDestination)),
            ("https://h.example", None),
        ];
        assert_eq!(behind, expected);
    }
}

mod html {
    use super::*;

    /// Name, attribute and value of every attribute, with the value as it is written.
    fn attributes(source: &str) -> Vec<String> {
        let tags = tree(source).html_tags(source);
        let all = tags.iter().flat_map(|tag| tag.attributes.iter().map(move |it| (tag, it)));
        all.map(|(tag, it)| format!("{} {}={} ({})", tag.name, it.name, it.value, it.span.of(source)))
            .collect()
    }

    #[test]
    fn tags_have_their_parts() {
        let source = "a <A HREF=\"/b?c&amp;d\" hidden data-x = y>e</a> <br/> <https://f.example>\n";
        assert_eq!(attributes(source), ["a href=/b?c&d (/b?c&amp;d)", "a hidden= ()", "a data-x=y (y)"]);
        let tags = tree(source).html_tags(source);
        let forms: Vec<_> = tags.iter().map(|tag| (tag.form, tag.span.of(source))).collect();
        let expected = [
            (TagForm::Opening, "<A HREF=\"/b?c&amp;d\" hidden data-x = y>"),
            (TagForm::Closing, "</a>"),
            (TagForm::SelfClosing, "<br/>"),
        ];
        assert_eq!(forms, expected);
    }

    #[test]
    fn a_tag_may_go_over_lines() {
        let source = "> <img\n>   src='a\n> b'\n>   alt=c>\n\nd <i\n  id=e>\n";
        assert_eq!(attributes(source), ["img src=a\nb (a\n> b)", "img alt=c (c)", "i id=e (e)"]);
    }

    #[test]
    fn what_is_no_markup_has_no_tags() {
        for source in [
            "<!-- <a href=b> -->\n",
            "a <!-- <a href=b> --> c\n",
            "<script>\n'<a href=b>'\n</script>\n",
            "<style>\n<a href=b>\n</style>\n",
            "<pre><code>\n<a href=b>\n</code></pre>\n",
            "a <code>b</code> `<a href=b>`\n",
            "```\n<a href=b>\n```\n",
            "<div>\n1 < 2 and <https://a.example/?href=b>\n</div>\n",
        ] {
            assert_eq!(attributes(source), [""; 0], "{source:?}");
        }
        assert_eq!(attributes("<script>\n<a href=b>\n</script><a href=c>\n"), ["a href=c (c)"]);
    }

    #[test]
    fn every_candidate_of_a_set_is_a_target() {
        let source = "<img src=' a.png ' srcset=\"b.png 1x, c,d.png 2x,e.png\">\n<a href=f>\n";
        let tags = tree(source).html_tags(source);
        let targets = tags.iter().flat_map(|tag| tag.targets(source));
        let parts: Vec<_> =
            targets.map(|it| (it.attribute.to_owned(), it.url.into_owned(), it.span.of(source))).collect();
        let found: Vec<_> = parts.iter().map(|(name, url, span)| (&**name, &**url, *span)).collect();
        let expected = [
            ("src", "a.png", "a.png"),
            ("srcset", "b.png", "b.png"),
            ("srcset", "c,d.png", "c,d.png"),
            ("srcset", "e.png", "e.png"),
            ("href", "f", "f"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_set_with_something_else_than_descriptors_is_one_target() {
        let source = "<source srcset=\" old quay (1).png \"><source srcset='a.png 2x, low tide.png'>\n";
        let tags = tree(source).html_tags(source);
        let urls = tags.iter().flat_map(|tag| tag.targets(source)).map(|it| it.url.into_owned());
        assert_eq!(urls.collect::<Vec<_>>(), ["old quay (1).png", "a.png 2x, low tide.png"]);
    }

    #[test]
    fn a_tag_that_nothing_ends_reaches_to_the_end_of_its_block() {
        let source = "<div id=a\n\nb\n";
        let tags = tree(source).html_tags(source);
        assert_eq!(tags.iter().map(|tag| tag.span.of(source)).collect::<Vec<_>>(), ["<div id=a"]);
    }
}

mod places {
    use super::*;
    use crate::markdown::Fragment;

    #[test]
    fn headings_tags_and_footnotes_are_anchors() {
        let source = "# The *quay* [log](/l) `x`\n\n<a name=\"pier\"></a><p id='dock'>\n\n## The quay log x\n\nAt[^sea].\n\n[^sea]: b\n";
        let found = anchors(source, SlugStyle::Github);
        let expected = [
            "Heading the-quay-log-x The *quay* [log](/l) `x`",
            "HtmlName pier pier",
            "HtmlId dock dock",
            "Heading the-quay-log-x-1 The quay log x",
            "Footnote user-content-fnref-sea sea",
            "Footnote user-content-fn-sea sea",
        ];
        assert_eq!(found, expected);
        assert_eq!(anchors("# a\n\n<i id=b>\n", SlugStyle::None), ["HtmlId b b"]);
    }

    #[test]
    fn forges_count_headings_in_html() {
        let source = "<h1 align=center>The <b>quay</b> &amp; log</h1>\n\n<table><tr><td><h4><code>pier</code></h4></td></tr></table>\n\n## Pier\n";
        let found = anchors(source, SlugStyle::Github);
        let expected = [
            "Heading the-quay--log The <b>quay</b> &amp; log",
            "Heading pier <code>pier</code>",
            "Heading pier-1 Pier",
        ];
        assert_eq!(found, expected);
        assert_eq!(anchors(source, SlugStyle::Hugo).len(), 1);
    }

    #[test]
    fn authors_choose_anchors_where_the_engine_lets_them() {
        let source = "# Sea wall {#wall}\n\n# Sea wall {: #sea .wide}\n\n# Sea wall\n";
        let chosen = ["Explicit wall wall", "Explicit sea sea", "Heading sea-wall Sea wall"];
        for style in [SlugStyle::Hugo, SlugStyle::Mkdocs, SlugStyle::Vitepress] {
            assert_eq!(anchors(source, style), chosen, "{style:?}");
        }
        let plain = anchors(source, SlugStyle::Github);
        assert_eq!(plain[..2], ["Heading sea-wall-wall Sea wall {#wall}", "Explicit wall wall"]);
        assert_eq!(anchors("# A {/* #b */}\n", SlugStyle::Docusaurus), ["Explicit b b"]);
        assert_eq!(anchors("# A `{#b}`\n", SlugStyle::Hugo), ["Heading a-b A `{#b}`"]);
        assert_eq!(anchors("# A\n{: #b}\n", SlugStyle::Kramdown), ["Explicit b b"]);
        assert_eq!(anchors("{: #b}\n# A\n", SlugStyle::Kramdown), ["Explicit b b"]);
        // Other lists after a heading are text, in which plugins may read an id.
        assert_eq!(
            anchors("# A {#b .c}\n", SlugStyle::Kramdown),
            ["Heading a-b-c A {#b .c}", "Explicit b b"]
        );
        assert_eq!(anchors("# A{#b}\n", SlugStyle::Kramdown), ["Heading ab A{#b}", "Explicit b b"]);
        assert_eq!(anchors("# A {#b}\n", SlugStyle::NuxtContent), ["Heading a-b A {#b}", "Explicit b b"]);
        assert_eq!(anchors("# A [#b]\n", SlugStyle::Github), ["Heading a-b A [#b]", "Explicit b b"]);
        assert_eq!(anchors("a\n{: #b .c}\n", SlugStyle::Mkdocs), ["Explicit b b"]);
    }

    #[test]
    fn what_counts_as_text_is_the_engines_matter() {
        let source = "# ![Chart](/c.png) of :anchor: <b>bays</b> &amp; <https://a.example>\n";
        let text = |style| anchors(source, style)[0].split(' ').nth(1).map(str::to_owned);
        assert_eq!(text(SlugStyle::Github).as_deref(), Some("-of-anchor-bays--httpsaexample"));
        assert_eq!(text(SlugStyle::Mkdocs).as_deref(), Some("of-bays-httpsaexample"));
        let page = "# The :material-home: pier\n";
        let ast = tree(page);
        let found = Anchors::of(&ast, page, &[], SlugStyle::Mkdocs);
        assert!(found.contains("the-pier") && found.contains("the-material-home-pier"));
        assert_eq!(text(SlugStyle::Docusaurus).as_deref(), Some("chart-of-anchor-bays--httpsaexample"));
        let lines = "Upper\nlower deck\n===\n";
        assert_eq!(anchors(lines, SlugStyle::Hugo), ["Heading lower-deck Upper\nlower deck"]);
        assert_eq!(anchors(lines, SlugStyle::Github), ["Heading upper-lower-deck Upper\nlower deck"]);
    }

    #[test]
    fn fragments_are_looked_up_as_browsers_do() {
        let source = "# Über Bord\n\n## Deck plan\n";
        let ast = tree(source);
        let anchors = Anchors::of(&ast, source, &[], SlugStyle::Github);
        let mut search = Search::in_file_of(source.len());
        for known in
            ["", "#", "#top", "#L10", "L1C2-L3C4", "#:~:text=sea", "#deck-plan:~:text=sea", "%C3%BCber-bord"]
        {
            assert!(anchors.contains(known), "{known:?}");
        }
        for unknown in ["deck", "#Deck-plan", "#L", "#L10x", "%C3", "#user-deck-plan"] {
            assert!(!anchors.contains(unknown), "{unknown:?}");
        }
        assert_eq!(anchors.nearest("Deck-Plan", &mut search).map(|it| &*it.id), Some("deck-plan"));
        assert_eq!(anchors.nearest("dek-plan", &mut search).map(|it| &*it.id), Some("deck-plan"));
        assert_eq!(anchors.nearest("crow's nest", &mut search), None);
        assert_eq!(Fragment::parse("#a%20b"), Fragment::Id("a b".into()));
    }
}

#[test]
fn definitions_know_who_reads_them() {
    let source = "[a] ![b][A] [c][]\n\n[a]: /1\n[C]: /2\n[ A ]: /3\n[d]: /4\n";
    let ast = tree(source);
    let uses: Vec<_> = ast
        .definition_uses(source)
        .into_iter()
        .map(|it| {
            let users: Vec<_> = it.users.iter().map(|node| node.span().of(source)).collect();
            (it.definition.label.of(source), it.first.map(|first| &*first.url), users)
        })
        .collect();
    let expected = [
        ("a", None, vec!["[a]", "![b][A]"]),
        ("C", None, vec!["[c][]"]),
        (" A ", Some("/1"), vec![]),
        ("d", None, vec![]),
    ];
    assert_eq!(uses, expected);
}

#[test]
fn bare_links_are_told_from_those_in_brackets() {
    let source =
        "www.a.example, me@b.example, <me@c.example> https://d.example/e_(f). [https://g.example](/h)\n";
    let ast = tree(source);
    let links: Vec<_> = ast
        .links()
        .map(|link| {
            let destination = link.destination.expect("each has one").span.of(source);
            (link.kind, link.text.of(source), destination, &*link.data().url)
        })
        .collect();
    let expected = [
        (LinkKind::Bare, "www.a.example", "www.a.example", "http://www.a.example"),
        (LinkKind::Bare, "me@b.example", "me@b.example", "mailto:me@b.example"),
        (LinkKind::Autolink, "me@c.example", "me@c.example", "mailto:me@c.example"),
        (LinkKind::Bare, "https://d.example/e_(f)", "https://d.example/e_(f)", "https://d.example/e_(f)"),
        (LinkKind::Inline, "https://g.example", "/h", "/h"),
    ];
    assert_eq!(links, expected);
}
