//! What the tree knows of links beyond their nodes: brackets that are none, HTML, anchors, definitions.

use comrak::ResolvedReference;
use comrak::nodes::NodeValue;
use comrak::options::BrokenLinkReference;
use std::sync::Arc;

use super::{Anchors, Ast, LinkFacts, LinkKind, SlipKind, TagForm, parse};
use crate::text::{LineIndex, SlugStyle};

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
fn slips(source: &str) -> Vec<(SlipKind, &str, &str, &str)> {
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
    anchors.iter().map(|anchor| format!("{:?} {} {}", anchor.kind, anchor.id, anchor.span.of(source))).collect()
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
        // A label behind brackets keeps them from being a reference of their own.
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
        let pieces = ["[", "]", "[]", "a", "b ", "!", "\\", "*", "`", "[c]", "(d)", "[^e]", "\n", "<i>", "&amp;"];
        let mut seed = 7_u64;
        for _ in 0..4000 {
            let mut source = String::from("x");
            for _ in 0..9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                source.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let ours: Vec<_> = undefined(&source).into_iter().map(|(_, span, _)| span).collect();
            let slips = slips(&source);
            for reference in resolved(&source) {
                let known = ours.iter().any(|it| *it == reference)
                    || slips.iter().any(|(_, span, ..)| span.contains(&reference));
                assert!(known, "{reference:?} of {source:?} is not in {ours:?}");
            }
        }
    }

    /// The references that the parser would take for links if every label were defined.
    fn resolved(source: &str) -> Vec<String> {
        let mut options = super::super::OPTIONS.clone();
        options.parse.broken_link_callback = Some(Arc::new(|_: BrokenLinkReference<'_>| {
            Some(ResolvedReference { url: "resolved:".to_owned(), title: String::new() })
        }));
        let arena = comrak::Arena::new();
        let root = comrak::parse_document(&arena, source, &options);
        let lines = LineIndex::new(source);
        let ast = super::super::lower::Lowering::new(source, 0, &lines).run(root);
        let found = ast.links().chain(ast.images()).filter(|link| &*link.url == "resolved:");
        let label = |text: &str| !matches!(text, "x" | "X" | "") && !text.starts_with(['^', '!']);
        found
            .filter(|link| link.label.is_some_and(|it| label(it.of(source))))
            .map(|link| link.span().of(source).to_owned())
            .collect()
    }
}
