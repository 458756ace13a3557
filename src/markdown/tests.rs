//! Each thing that the parser places wrongly, or does not say, and that the tree must have right.

use super::data::{Alignment, HardBreak};
use super::{Ast, HeadingSyntax, LinkKind, ListMarker, Node, NodeData, NodeKind, parse};
use crate::text::{LineIndex, Span};

fn tree(source: &str) -> Ast {
    parse(source, 0, &LineIndex::new(source))
}

/// The source of every node of a kind.
fn slices(source: &str, kind: NodeKind) -> Vec<&str> {
    tree(source).of(kind).map(|node| node.span().of(source)).collect()
}

fn no_panic<T: Send + Sync>(_: &T) {}

#[test]
fn an_escaped_pipe_shifts_nothing_in_its_cell() {
    let source = "| a |\n|---|\n| x \\| *y* `c \\| d` [z](/w) |\n";
    assert_eq!(slices(source, NodeKind::Emphasis), ["*y*"]);
    assert_eq!(slices(source, NodeKind::Code), ["`c \\| d`"]);
    assert_eq!(slices(source, NodeKind::Link), ["[z](/w)"]);
    let ast = tree(source);
    assert_eq!(ast.codes().next().map(|code| code.literal(source).to_owned()), Some("c | d".to_owned()));
}

#[test]
fn text_behind_definitions_begins_behind_them() {
    let source = "[a]: /u\n[b]:\n  /v 'w'\ntext *x* [a]\n\n[c]: /t\nTitle `y`\n===\n";
    assert_eq!(slices(source, NodeKind::Paragraph), ["text *x* [a]"]);
    assert_eq!(slices(source, NodeKind::Heading), ["Title `y`\n==="]);
    assert_eq!(slices(source, NodeKind::Emphasis), ["*x*"]);
    let ast = tree(source);
    let definitions: Vec<_> = ast.definitions().iter().map(|d| d.span.of(source)).collect();
    assert_eq!(definitions, ["[a]: /u", "[b]:\n  /v 'w'", "[c]: /t"]);
    assert_eq!(ast.headings().next().map(|heading| heading.content.of(source)), Some("Title `y`"));
}

#[test]
fn a_lazy_line_behind_definitions_begins_behind_its_indentation() {
    let source = "> - [a]: /u\n   text *x*\n";
    assert_eq!(slices(source, NodeKind::Paragraph), ["text *x*"]);
    assert_eq!(tree(source).root().text(source), "text x");
    // Indented, a definition is text to the parser, and so it is in the tree.
    let source = "- - [a]: /u\n [b]: /v\n";
    assert_eq!(slices(source, NodeKind::Paragraph), ["[b]: /v"]);
    assert_eq!(tree(source).definitions().len(), 1);
}

#[test]
fn a_tab_before_html_does_not_move_what_follows() {
    let source = "* a\n\n\t <b>\n\t<c\n# *d*\n";
    assert_eq!(slices(source, NodeKind::Heading), ["# *d*"]);
}

#[test]
fn a_line_break_in_a_link_shifts_nothing() {
    let source = "> [a\n> b](\n>   /u\n>   \"t\n> t\") then *x*\n> [full][re\n> f] `y`\n>\n> [re f]: /v\n";
    assert_eq!(slices(source, NodeKind::Link), ["[a\n> b](\n>   /u\n>   \"t\n> t\")", "[full][re\n> f]"]);
    assert_eq!(slices(source, NodeKind::Emphasis), ["*x*"]);
    assert_eq!(slices(source, NodeKind::Code), ["`y`"]);
    let ast = tree(source);
    let links: Vec<_> = ast.links().collect();
    assert_eq!(links[0].destination.map(|destination| destination.span.of(source)), Some("/u"));
    assert_eq!(links[0].title_span.map(|title| title.of(source)), Some("t\n> t"));
    assert_eq!(
        (links[1].kind, links[1].label.map(|label| label.of(source))),
        (LinkKind::Full, Some("re\n> f"))
    );
    assert_eq!(ast.definition("RE  F").map(|definition| &*definition.url), Some("/v"));
}

#[test]
fn an_unclosed_fence_reaches_to_the_end_of_its_container() {
    let source = "- x\n\n  ```sh\n  one\n\n  two\n\n\ntext\n";
    assert_eq!(slices(source, NodeKind::CodeBlock), ["```sh\n  one\n\n  two"]);
    assert_eq!(slices(source, NodeKind::Item), ["- x\n\n  ```sh\n  one\n\n  two"]);
    assert_eq!(slices(source, NodeKind::List), slices(source, NodeKind::Item));
    let ast = tree(source);
    let block = ast.code_blocks().next().expect("there is a block");
    assert_eq!(block.fence.and_then(|fence| fence.closing), None);
    let lines: Vec<_> = ast.code_lines(&block).iter().map(|line| line.of(source)).collect();
    assert_eq!(lines[..3], ["one", "", "two"]);
}

#[test]
fn cells_that_the_source_lacks_are_not_in_the_tree() {
    let source = "| a | b |\n|:--|--:|\n| c\n| d |\n| e | f | g | h |\ni | j |\n";
    assert_eq!(
        slices(source, NodeKind::TableCell).iter().map(|cell| cell.trim()).collect::<String>(),
        "abcdefij"
    );
    let ast = tree(source);
    let rows: Vec<_> = ast.table_rows().collect();
    let surplus: Vec<_> = rows.iter().filter_map(|row| row.surplus).map(|span| span.of(source)).collect();
    assert_eq!(surplus, [" g | h |"]);
    let pipes: Vec<_> = rows.iter().map(|row| (row.leading_pipe, row.trailing_pipe)).collect();
    assert_eq!(pipes, [(true, true), (true, false), (true, true), (true, true), (false, true)]);
    let table = ast.tables().next().expect("there is a table");
    assert_eq!(*table.alignments, [Alignment::Left, Alignment::Right]);
    assert_eq!(table.delimiter_row.of(source), "|:--|--:|");
}

#[test]
fn blocks_end_before_blank_lines() {
    let source = "- a\n\n\n- b\n\n\n***  \n\n<p>\n\n> - c\n>\n>  \n> d\n>\n\n- - e\n\n\nf\n";
    assert_eq!(slices(source, NodeKind::Item), ["- a", "- b", "- c", "- - e", "- e"]);
    assert_eq!(slices(source, NodeKind::ThematicBreak), ["***"]);
    assert_eq!(slices(source, NodeKind::HtmlBlock), ["<p>"]);
    // A line of its own marks belongs to a quote.
    assert_eq!(slices(source, NodeKind::BlockQuote), ["> - c\n>\n>  \n> d\n>"]);
}

#[test]
fn text_that_begins_with_an_escape_holds_its_backslash() {
    let source = "\\*a *\\_b* &amp;c d\n";
    assert_eq!(slices(source, NodeKind::Text), ["\\*a ", "\\_b", " &amp;c d"]);
    let ast = tree(source);
    let shown: Vec<_> = ast.of(NodeKind::Text).map(|text| text.literal(source)).collect();
    assert_eq!(shown, ["*a ", "_b", " &c d"]);
    assert_eq!(ast.root().text(source), "*a _b &c d");
}

#[test]
fn an_empty_file_is_a_document() {
    let ast = tree("");
    assert_eq!((ast.node_count(), ast.root().span()), (1, Span::new(0, 0)));
    no_panic(&ast);
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let front_matter = "\u{FEFF}---\ntitle: é\n---\n";
    let source = format!("{front_matter}# *a*\n\n[b]: /c\n");
    let ast = parse(&source, front_matter.len() as u32, &LineIndex::new(&source));
    assert_eq!(ast.root().span().start as usize, front_matter.len());
    assert_eq!(ast.of(NodeKind::Emphasis).map(|node| node.span().of(&source)).collect::<Vec<_>>(), ["*a*"]);
    assert_eq!(ast.definitions()[0].span.of(&source), "[b]: /c");
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let source = "\u{FEFF}# *a*\n";
    assert_eq!(slices(source, NodeKind::Emphasis), ["*a*"]);
    assert_eq!(tree(source).root().span(), Span::new(3, 9));
}

#[test]
fn html_is_what_the_source_says() {
    let source = "> a <b\n>    c=\"d\"> *e*\n\n- <div>\n    x\n";
    assert_eq!(slices(source, NodeKind::HtmlInline), ["<b\n>    c=\"d\">"]);
    assert_eq!(slices(source, NodeKind::Emphasis), ["*e*"]);
    assert_eq!(slices(source, NodeKind::HtmlBlock), ["<div>\n    x"]);
}

#[test]
fn headings_say_how_they_are_written() {
    let source = "## a ##\n\n# b\n\n>  c\n> ---\n\n##\n";
    let ast = tree(source);
    let parts: Vec<_> = ast
        .headings()
        .map(|heading| {
            let closing = heading.closing.map_or("", |closing| closing.of(source));
            (heading.level, heading.style, heading.marker.of(source), heading.content.of(source), closing)
        })
        .collect();
    assert_eq!(
        parts,
        [
            (2, HeadingSyntax::AtxClosed, "##", "a", "##"),
            (1, HeadingSyntax::Atx, "#", "b", ""),
            (2, HeadingSyntax::Setext, "---", "c", ""),
            (2, HeadingSyntax::Atx, "##", "", ""),
        ]
    );
}

#[test]
fn items_say_how_they_are_marked() {
    let source = "* [x] a\n* b\n\n7) c\n";
    let ast = tree(source);
    let markers: Vec<_> = ast.lists().map(|list| list.marker).collect();
    assert_eq!(markers, [ListMarker::Bullet(b'*'), ListMarker::Ordered { start: 7, delimiter: b')' }]);
    let items: Vec<_> = ast.items().map(|item| item.marker.of(source)).collect();
    assert_eq!(items, ["*", "*", "7)"]);
    let tasks: Vec<_> = ast.items().filter_map(|item| item.task).collect();
    assert_eq!((tasks.len(), tasks[0].span.of(source), tasks[0].done), (1, "[x]", true));
}

#[test]
fn fences_say_where_their_parts_are() {
    let source = "> ~~~ rust {a=b}  \n> let x;\n>   y\n> ~~~~  \n\n    code\n      more\n";
    let ast = tree(source);
    let blocks: Vec<_> = ast.code_blocks().collect();
    let fence = blocks[0].fence.expect("the first block is fenced");
    assert_eq!((fence.marker, fence.opening.of(source)), (b'~', "~~~"));
    assert_eq!((fence.info.of(source), blocks[0].language(source)), ("rust {a=b}", "rust"));
    assert_eq!(fence.closing.map(|closing| closing.of(source)), Some("~~~~"));
    let lines =
        |i: usize| -> Vec<_> { ast.code_lines(&blocks[i]).iter().map(|line| line.of(source)).collect() };
    assert_eq!((lines(0), lines(1)), (vec!["let x;", "  y"], vec!["code", "  more"]));
    assert!(blocks[1].fence.is_none());
}

#[test]
fn links_say_how_they_are_written() {
    use LinkKind::{Autolink, Bare, Collapsed, Full, Inline, Shortcut};

    let source = "[a](</b c> 'd') ![e][f] [f][] [f] <mailto:g> https://h.example\n\n[f]: /f\n";
    let ast = tree(source);
    let kinds: Vec<_> = ast.links().map(|link| link.kind).collect();
    assert_eq!(kinds, [Inline, Collapsed, Shortcut, Autolink, Bare]);
    assert_eq!(ast.images().map(|image| image.kind).collect::<Vec<_>>(), [Full]);
    let first = ast.links().next().expect("there is a link");
    let destination = first.destination.expect("it has a destination");
    assert_eq!((destination.span.of(source), destination.angle_brackets), ("/b c", true));
    assert_eq!((first.text.of(source), first.title.as_deref()), ("a", Some("d")));
}

#[test]
fn breaks_and_delimiters_say_what_they_are() {
    let source = "_a_ __b__ ~c~   \nd\\\ne\n";
    let ast = tree(source);
    let data: Vec<_> = ast.nodes().map(Node::data).collect();
    let delimiters: Vec<_> = data
        .iter()
        .filter_map(|data| match data {
            NodeData::Delimiter(delimiter) => Some((delimiter.marker, delimiter.length)),
            _ => None,
        })
        .collect();
    assert_eq!(delimiters, [(b'_', 1), (b'_', 2), (b'~', 1)]);
    assert!(data.contains(&NodeData::HardBreak(HardBreak::Spaces)));
    assert!(data.contains(&NodeData::HardBreak(HardBreak::Backslash)));
    assert_eq!(slices(source, NodeKind::HardBreak), ["   \n", "\\\n"]);
}

#[test]
fn alerts_and_footnotes_keep_their_names() {
    let source = "> [!WARNING] Mind the step\n> text[^One]\n\n[^one]: note\n";
    let ast = tree(source);
    let alert = ast.alerts().next().expect("there is an alert");
    assert_eq!(alert.marker.of(source), "[!WARNING]");
    assert_eq!(alert.title.map(|title| title.of(source)), Some("Mind the step"));
    let labels: Vec<_> = ast
        .footnote_references()
        .chain(ast.footnote_definitions())
        .map(|note| note.label.of(source))
        .collect();
    assert_eq!(labels, ["One", "one"]);
}

#[test]
fn definitions_are_found_wherever_they_stand() {
    let source = "- [a]: /1\n- > [b]: </2> (t)\n\n[^n]: [c]: /3&amp;\\*\n\n[A]: /4\n\n```\n[d]: /no\n```\n";
    let ast = tree(source);
    let urls: Vec<_> = ast.definitions().iter().map(|definition| &*definition.url).collect();
    assert_eq!(urls, ["/1", "/2", "/3&*", "/4"]);
    assert_eq!(ast.definition("a").map(|definition| &*definition.url), Some("/1"));
    assert_eq!(ast.definition("d"), None);
}

#[test]
fn a_node_knows_its_neighbours() {
    let ast = tree("a *b* `c`\n\n- d\n\ne\n");
    let paragraph = ast.of(NodeKind::Paragraph).last().expect("there are paragraphs");
    let before = paragraph.previous_sibling().expect("the list");
    assert_eq!(before.kind(), NodeKind::List);
    assert_eq!(before.next_sibling().map(Node::index), Some(paragraph.index()));
    let kinds: Vec<_> = ast.root().children().map(Node::kind).collect();
    assert_eq!(kinds, [NodeKind::Paragraph, NodeKind::List, NodeKind::Paragraph]);
    let emphasis = ast.of(NodeKind::Emphasis).next().expect("there is emphasis");
    let around: Vec<_> = emphasis.ancestors().map(Node::kind).collect();
    assert_eq!(around, [NodeKind::Paragraph, NodeKind::Document]);
    assert_eq!(emphasis.descendants().len(), 1);
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let quotes = format!("{} *a*\n", ">".repeat(10_000));
    assert_eq!(slices(&quotes, NodeKind::Emphasis), ["*a*"]);
    let emphasis = format!("{}{}\n", "*a ".repeat(5000), "a* ".repeat(5000));
    assert_eq!(tree(&emphasis).of(NodeKind::Emphasis).len(), 5000);
}

#[test]
fn a_wall_of_quotes_is_read_in_time_without_a_look_for_alerts() {
    let wall = ">".repeat(200_000);
    assert_eq!(tree(&wall).of(NodeKind::BlockQuote).len(), 200_000);
    let alert = "> [!NOTE]\n> *a*\n\n";
    assert_eq!(tree(alert).alerts().count(), 1);
    assert_eq!(tree(&format!("{alert}{}", ">".repeat(255))).alerts().count(), 1);
    assert_eq!(tree(&format!("{alert}{}", ">".repeat(256))).alerts().count(), 0);
}
