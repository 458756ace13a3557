//! What a page has beyond Markdown is found where it lies, is not Markdown to the rules, and no fix changes it.

use std::{path::Path, sync::Arc};

use copydesk::{
    config::{Config, Layer, PRESETS},
    diagnostic::Diagnostic,
    fix::Applicability,
    internals::{
        document::Document,
        lint::{self, fix_to_fixpoint},
        markdown::{Dialect, DialectName, IslandKind, NodeKind},
        site::{Page, Site},
    },
    text::{SlugStyle, Span},
};
use proptest::prelude::*;

use crate::growth::combine::{CONSTRUCTS, DIALECTS, DialectConstructs, Shape, combine};

/// A page in a dialect.
pub fn document(source: &str, dialect: Dialect) -> Document {
    Document::parse_in(dialect, &Arc::from(Path::new("page.md")), source, &[])
}

fn named<const N: usize>(names: [DialectName; N]) -> Dialect {
    Dialect::named(names)
}

/// The islands of a page, each with its kind.
fn islands(source: &str, dialect: Dialect) -> Vec<(IslandKind, String)> {
    let document = document(source, dialect);
    let overlay = document.ast.overlay();
    let islands = overlay.map(|overlay| overlay.islands().to_vec()).unwrap_or_default();
    islands.into_iter().map(|island| (island.kind, document.slice(island.span).to_owned())).collect()
}

/// The findings in a page under a preset.
pub fn findings(source: &str, dialect: Dialect, preset: &str) -> Vec<Diagnostic> {
    let layer: Layer = PRESETS.into_iter().find(|it| it.name == preset).expect("it exists").layer();
    let config = Config::defaults(layer);
    let document = document(source, dialect);
    let settings = config.settings(std::slice::from_ref(&document.path)).remove(0);
    let mut found = lint::check(&document, &settings);
    let page = Page::with_words(document, &config.sites);
    let site = Site::new(vec![page], vec![], &[], crate::common::TODAY).with_spelling(&config.spelling);
    found.extend(lint::check_page(&site.pages[0], &site, &settings));
    lint::finish(&site.pages[0], site.extent(), found, &settings).kept
}

#[test]
fn templates_are_islands_where_their_engine_has_them() {
    use IslandKind::{Comment, Output, Tag, Verbatim};
    let (liquid, hugo) = (named([DialectName::Liquid]), named([DialectName::Hugo]));
    let (nunjucks, mdbook) = (named([DialectName::Nunjucks]), named([DialectName::Mdbook]));
    for (source, dialect, expected) in [
        ("a {{ tide }} b {%- if x -%}", liquid, vec![(Output, "{{ tide }}"), (Tag, "{%- if x -%}")]),
        ("a {{ tide\n\n}} b", liquid, vec![(Output, "{{ tide\n\n}}")]),
        ("{% raw %}{{ a }}{% endraw %}", liquid, vec![(Tag, "{% raw %}"), (Tag, "{% endraw %}")]),
        (
            "{% comment %}{{ a }}{% endcomment %}",
            liquid,
            vec![(Comment, "{% comment %}{{ a }}{% endcomment %}")],
        ),
        (
            "{% highlight c %}\n\n# a\n{% endhighlight %}",
            liquid,
            vec![(Verbatim, "{% highlight c %}\n\n# a\n{% endhighlight %}")],
        ),
        ("{% highlight c %} and no end", liquid, vec![(Tag, "{% highlight c %}")]),
        ("`{{ a }}` {# b #}", liquid, vec![(Output, "{{ a }}")]),
        ("a {# b #}", nunjucks, vec![(Comment, "{# b #}")]),
        ("{{< a\n  b=\"c\" >}} {{ d }}", hugo, vec![(Tag, "{{< a\n  b=\"c\" >}}")]),
        (
            "{% # a %} {%- comment -%}b{%- endcomment -%}",
            liquid,
            vec![(Comment, "{% # a %}"), (Comment, "{%- comment -%}b{%- endcomment -%}")],
        ),
        ("{{</* a */>}}", hugo, vec![(Output, "{{</* a */>}}")]),
        ("{{% math %}}a{{% /math %}}", hugo, vec![(Verbatim, "{{% math %}}a{{% /math %}}")]),
        ("{{#include a.md}} \\{{#include b.md}}", mdbook, vec![(Tag, "{{#include a.md}}")]),
        ("a `{{<` b `>}}` {{ c", Dialect::UNKNOWN, vec![]),
        ("a {{ b\n\nc }}", Dialect::UNKNOWN, vec![]),
        ("a {{ b }} {% c %}", Dialect::UNKNOWN, vec![(Output, "{{ b }}"), (Tag, "{% c %}")]),
        ("a {{ b }} {% c %} $d$", Dialect::default(), vec![]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
        assert_eq!(islands(source, dialect), expected, "{source:?}");
    }
}

#[test]
fn formulas_are_islands_where_their_engine_has_them() {
    let blocks = named([DialectName::MathBlocks]);
    let kramdown = named([DialectName::Kramdown]);
    let math = named([DialectName::Math]);
    let tex = named([DialectName::TexMath]);
    for (source, dialect, expected) in [
        ("$$\na * b\n\n* c\n$$\n", blocks, vec!["$$\na * b\n\n* c\n$$"]),
        ("> $$\n> a\n> $$\n", blocks, vec!["$$\n> a\n> $$"]),
        ("a $$b$$ $c$", blocks, vec![]),
        ("a $$b$$ $c$", kramdown, vec!["$$b$$"]),
        ("a $b[i][j]$, $5 and $6_7, $[c](d)_$, ${x}$y and $HOME_", blocks, vec!["$b[i][j]$"]),
        ("a $$b$$ $c$ `$d$` \\$e$", math, vec!["$$b$$", "$c$"]),
        ("it is $5 and $6", math, vec![]),
        ("```\n$a$\n```\n$b$", math, vec!["$b$"]),
        ("$$\na\n$$\n\n$6, or 7$ of $HOME and $b$", Dialect::UNKNOWN, vec!["$$\na\n$$"]),
        ("$ a * b $", Dialect::UNKNOWN.for_markdownlint(), vec!["$ a * b $"]),
        ("\\[\na\n\\]\n\\(b\\) \\[c", tex, vec!["\\[\na\n\\]", "\\(b\\)"]),
    ] {
        let found: Vec<_> = islands(source, dialect).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, expected, "{source:?}");
    }
}

#[test]
fn the_tree_has_addresses_and_texts_as_the_file_has_them() {
    let source = "[a]({{ x }}/b \"{{ t }}\") [c][d] ![{{ e }} f](g) &amp; {{ h }} \\* i\n\n[d]: {{ site.d }}\n\
                  [later]: https://harbour.example/\n\n<a href=\"{{ j }}\">k</a> {{ l }}\n";
    let document = document(source, named([DialectName::Liquid]));
    let urls: Vec<_> = document.ast.links().map(|link| link.url.clone()).collect();
    assert_eq!(urls, ["{{ x }}/b".into(), "{{ site.d }}".into()] as [Box<str>; 2]);
    assert_eq!(document.ast.links().next().and_then(|link| link.title.clone()).as_deref(), Some("{{ t }}"));
    assert_eq!(document.ast.definitions().len(), 2);
    assert_eq!(&*document.html_tags()[0].attributes[0].value, "{{ j }}");
    let islands: Vec<_> =
        document.ast.of(NodeKind::Island).map(|island| document.slice(island.span())).collect();
    assert_eq!(islands, ["{{ e }}", "{{ h }}", "{{ l }}"]);
}

#[test]
fn what_is_no_markdown_gives_no_finding() {
    for (source, dialect) in [
        (
            "# A\n\nSee [x](https://a.example/{{ b }}/c) and {{ \"https://d.example\" | e }}.\n",
            DialectName::Liquid,
        ),
        (
            "# A\n\n{% highlight ruby %}\nputs \"http://a.example\"\n***  b***\n{% endhighlight %}\n",
            DialectName::Liquid,
        ),
        ("# A\n\n- b\n\n  $$\n  c\n  + d [e][f] *g *\n  $$\n", DialectName::Math),
        ("# A\n\nThe entry $A[i][j]$ is zero.\n", DialectName::Math),
        ("# A\n\n{{< figure src=\"https://a.example/b.png\"\n  class=\"recieve\" >}}\n", DialectName::Hugo),
    ] {
        let found = findings(source, named([dialect]), "strict");
        let messages: Vec<_> = found.iter().map(|it| format!("{}: {}", it.rule.id, it.message)).collect();
        assert!(messages.is_empty(), "{source}{messages:#?}");
    }
}

#[test]
fn what_liquid_puts_together_gives_no_finding() {
    let kramdown = named([DialectName::Liquid, DialectName::Kramdown]);
    for source in [
        "# Tides\n\n```python{% raw %}\n{{ a }}\n{% endraw %}```\n\nThe [log][log] is here.\n\n[log]: https://harbour.example/\n",
        "# Tides\n\nSee the [log]({{ site.repository\n}}/log) of today.\n",
        "# Tides\n\nSee [#12][] and [#13][].\n\n{% for i in numbers %}\n[#{{ i }}]: {{ site.repository }}/{{ i }}\n{% endfor %}\n",
        "# Tides\n\nTwo braces are `{{ \"{{\" }}` in a template.\n",
    ] {
        let found = findings(source, kramdown, "recommended");
        let found: Vec<&str> = found.iter().map(|it| it.rule.id).collect();
        assert_eq!(found, [""; 0], "{source}");
    }
    let swallows = findings("# Tides\n\nThe {{ a and {{ b }} are.\n", kramdown, "recommended");
    assert_eq!(swallows.iter().map(|it| it.rule.id).collect::<Vec<_>>(), ["dialect-syntax"]);
}

#[test]
fn wikilinks_and_comments_of_obsidian_are_islands() {
    use IslandKind::{Comment, Wikilink, WikilinkEnd};
    let obsidian = named([DialectName::Obsidian]);
    for (source, expected) in [
        ("[[Pier]] ![[pier.png|100]]", vec![(Wikilink, "[[Pier]]"), (Wikilink, "![[pier.png|100]]")]),
        ("[[Pier#Steps|the steps]]", vec![(Wikilink, "[[Pier#Steps|"), (WikilinkEnd, "]]")]),
        ("| [[Pier\\|it]] |\n|-|", vec![(Wikilink, "[[Pier\\|"), (WikilinkEnd, "]]")]),
        ("\\[[Pier]] `[[Pier]]` [[]] [[a\nb]]", vec![]),
        ("a %% b %%\n\n%%\n# c\n\nd\n%%", vec![(Comment, "%% b %%"), (Comment, "%%\n# c\n\nd\n%%")]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
        assert_eq!(islands(source, obsidian), expected, "{source:?}");
        assert_eq!(islands(source, Dialect::UNKNOWN), [], "{source:?}");
    }
}

#[test]
fn text_in_the_line_of_an_alert_marker_is_text() {
    let source = "> [!NOTE] See [a](b)\n> c\n\n> [!NOTE]\n> d\n\n> [!odd-one]- e\n";
    let document = document(source, Dialect::UNKNOWN);
    assert_eq!(document.ast.links().count(), 1);
    assert_eq!(document.ast.alerts().count(), 1);
    let markers =
        [(IslandKind::AlertMarker, "[!NOTE]".into()), (IslandKind::AlertMarker, "[!odd-one]-".into())];
    assert_eq!(islands(source, Dialect::UNKNOWN), markers);
}

#[test]
fn files_that_are_shown_as_code_are_not_taken_in() {
    let mdbook = named([DialectName::Mdbook]);
    for (source, expected) in [
        ("{{#include ../tides.md}}\n", 1),
        ("```markdown\n{{#include ../tides.md}}\n```\n", 0),
        ("```markdown\n{{#include ../tides.md}}\n```\n\n{{#include ../moon.md}}\n", 1),
    ] {
        let ast = document(source, mdbook).ast;
        let inclusions = ast.inclusions(source);
        assert_eq!(inclusions.pages.len(), expected, "{source}");
        assert_eq!(inclusions.takes_in_files, expected > 0, "{source}");
    }
}

#[test]
fn long_expressions_of_mdx_end_where_their_brace_is_closed() {
    let value = "<a href=\\\"tides\\\">low</a> ".repeat(1500);
    let element = format!("<Fragment set:html={{\"{value}\"}} />");
    let found = islands(&format!("{element}\n"), named([DialectName::Mdx]));
    assert_eq!(found, [(IslandKind::Element, element)]);
}

#[test]
fn comments_of_a_dialect_switch_rules_off() {
    let directive = "copydesk-disable-next-line known-typo";
    for (comment, dialect) in [
        (format!("{{/* {directive} */}}"), DialectName::Mdx),
        (format!("{{# {directive} #}}"), DialectName::Nunjucks),
        (format!("{{%- comment -%}} {directive} {{%- endcomment -%}}"), DialectName::Liquid),
        (format!("{{% # {directive} %}}"), DialectName::Liquid),
        (format!("%% {directive} %%"), DialectName::Obsidian),
    ] {
        let source = format!("# Tides\n\n{comment}\nWe recieve it.\n");
        assert!(findings(&source, named([dialect]), "recommended").is_empty(), "{source}");
        assert_eq!(findings(&source, Dialect::default(), "recommended").len(), 1, "{source}");
    }
}

#[test]
fn comments_of_html_in_those_of_a_dialect_are_parts_of_these() {
    let source =
        "# Tides\n\nThe pier %% <!-- copydesk-disable known-typo --> %% is open.\n\nWe recieve it.\n";
    let found = findings(source, named([DialectName::Obsidian]), "recommended");
    assert_eq!(found.iter().map(|it| it.rule.id).collect::<Vec<_>>(), ["known-typo"]);
}

#[test]
fn comments_above_a_container_hold_for_the_container() {
    for (dialect, comment, container, below) in [
        (
            DialectName::Mkdocs,
            "<!-- # -->",
            "!!! note\n\n    We recieve it.\n\n    We recieve it.\n",
            "We recieve it.",
        ),
        (
            DialectName::Vitepress,
            "<!-- # -->",
            "::: tip\nWe recieve it.\n\nWe recieve it.\n:::\n",
            "We recieve it.",
        ),
        (
            DialectName::Pandoc,
            "<!-- # -->",
            "::: {.a}\n\n::: {.b}\nWe recieve it.\n:::\n\nWe recieve it.\n:::\n",
            "We recieve it.",
        ),
    ] {
        let comment = comment.replace('#', "copydesk-disable-next-line known-typo");
        let source = format!("# Tides\n\n{comment}\n{container}\n{below}\n");
        let found = findings(&source, named([dialect]), "recommended");
        let places: Vec<_> = found.iter().map(|it| it.primary.span.start as usize).collect();
        assert_eq!(places, [source.rfind("recieve").expect("it is there")], "{source}");
    }
}

/// Pieces of pages: Markdown with defects that rules fix, and constructs of every dialect.
pub const PIECES: [&str; 54] = [
    "# Tides",
    "##Pier",
    "* a",
    "+ b",
    "1) c",
    "> quote",
    "\n",
    "\n\n",
    "\n\n\n\n",
    "    ",
    "  ",
    "\t",
    "https://harbour.example/a",
    "*x *",
    "__y__",
    "| a | b |\n|---|---|\n| c |",
    "[t](u \"v\")",
    "[d]: ",
    "[d]",
    "{{ x }}",
    "{{ https://a.example }}",
    "{% if y %}",
    "{% endif %}",
    "{% highlight c %}",
    "{% endhighlight %}",
    "{{< z  a=\"*b *\" >}}",
    "{{% z %}}",
    "{# c #}",
    "$$",
    "$a * b$",
    "\\[",
    "\\]",
    "<div>",
    "`code `",
    "> [!NOTE] a",
    "> [!odd]",
    "[[a b|c]]",
    "![[a.png]]",
    "%%",
    "{/* d */}",
    "{/* copydesk-disable term */}",
    "{% comment %}",
    "{% endcomment %}",
    "<Tabs>",
    "  <Tab label=\"*a *\">",
    "</Tab>",
    "</Tabs>",
    "{a.b({c: 1})}",
    "export const a = {\n  b: 1\n}",
    "!!! note \"*a *\"\n\n    b",
    "=== \"a\"",
    "    * c",
    ": d",
    "::: tip *a *",
];

fn page() -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len(), prop::bool::ANY);
    proptest::collection::vec(piece, 1..24).prop_map(|pieces| {
        let with_break =
            |(index, breaks): (usize, bool)| PIECES[index].to_owned() + if breaks { "\n" } else { " " };
        pieces.into_iter().map(with_break).collect()
    })
}

fn dialect() -> impl Strategy<Value = Dialect> {
    prop::sample::select(vec![
        Dialect::UNKNOWN,
        named([DialectName::Liquid, DialectName::Kramdown]),
        named([DialectName::Nunjucks, DialectName::Math, DialectName::TexMath]),
        named([DialectName::Hugo, DialectName::MathBlocks]),
        named([DialectName::Vitepress, DialectName::Math]),
        named([DialectName::Obsidian]),
        named([DialectName::Mdx, DialectName::Directives, DialectName::MathBlocks]),
        named([DialectName::Mkdocs, DialectName::Templates]),
        Dialect::UNKNOWN.for_markdownlint(),
    ])
}

/// The islands of a page but for our own comments, as they are written.
pub fn texts(source: &str, dialect: Dialect) -> Vec<String> {
    let texts = islands(source, dialect).into_iter().map(|(_, text)| text);
    texts.filter(|text| !is_own_comment(text)).collect()
}

/// Whether an island is a suppression comment, which rules about these may change.
fn is_own_comment(island: &str) -> bool {
    let inner = island.trim_start_matches(|c: char| "{%#/*-".contains(c) || c.is_whitespace());
    inner.strip_prefix("comment %}").unwrap_or(inner).trim_start().starts_with("copydesk-")
}

/// The first lines of the containers of a page, without their titles.
pub fn heads(source: &str, dialect: Dialect) -> Vec<String> {
    let document = document(source, dialect);
    let heads = document.ast.overlay().map_or(vec![], |overlay| overlay.heads().to_vec());
    let parts = heads.iter().map(|head| {
        let title = head.title.unwrap_or(Span::empty(head.span.end));
        [Span::new(head.span.start, title.start), Span::new(title.end, head.span.end)]
    });
    parts.flatten().map(|part| document.slice(part).to_owned()).collect()
}

/// A page after the safe fixes of the preset `strict`.
fn fixed(source: &str, dialect: Dialect) -> String {
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    let given: Arc<str> = source.into();
    let check = |text: &Arc<str>| findings(text, dialect, "strict");
    let fixed = fix_to_fixpoint((&path, dialect), &given, &check(&given), Applicability::Safe, check);
    fixed.text.to_string()
}

#[test]
fn fixes_leave_what_an_engine_reads_differently() {
    let mkdocs = named([DialectName::Mkdocs]);
    let kramdown = named([DialectName::Kramdown]);
    for (source, dialect) in [
        ("# A\n\nThe pier has:\n- a ferry\n- a café\n", mkdocs),
        ("# A\n\n```text\ntide\n```\n- a ferry\n", mkdocs),
        ("# A\n\n ## B\n", mkdocs),
        ("# A\n\nThe tides are:\n| a | b |\n| --- | --- |\n| c | d |\n", kramdown),
        ("# A\n\n1. One\n  - two\n", kramdown),
        ("# A\n\n~~~text\ntide\n~~~\n\n``` js title=x\ntide\n```\n", kramdown),
    ] {
        assert_eq!(fixed(source, dialect), source);
    }
}

#[test]
fn a_body_is_read_below_code_that_its_container_ends() {
    let source = "# A\n\n=== \"One\"\n\n    ```\n    tide\n\n=== \"Two\"\n\n    See [the pier](pier.md).\n\n    * a - b + c\n\n- d\n";
    let document = document(source, named([DialectName::Mkdocs]));
    assert_eq!(document.ast.links().count(), 1);
    assert_eq!(document.ast.of(NodeKind::Container).count(), 2);
}

#[test]
fn titles_of_fenced_containers_are_text() {
    let (mdx, vue) = (named([DialectName::Mdx, DialectName::Directives]), named([DialectName::Vitepress]));
    let (pandoc, myst) = (named([DialectName::Pandoc]), named([DialectName::Myst]));
    for (source, dialect, title) in [
        (":::note[The *pier*]{.wide}\nText.\n:::\n", mdx, "The pier"),
        (":::tip The pier\nText.\n:::\n", mdx, "The pier"),
        ("- ::: details The pier {#pier}\n  Text.\n  :::\n", vue, "The pier"),
        ("::: {.callout-note title=\"The pier\"}\nText.\n:::\n", pandoc, "The pier"),
        (":::{admonition} The pier\nText.\n:::\n", myst, "The pier"),
        ("::: tabs key:value\nText.\n:::\n", vue, "Text."),
    ] {
        let document = document(source, dialect);
        let first = document.ast.of(NodeKind::Paragraph).next().expect("it has one");
        assert_eq!(first.text(source), title, "{source}");
        assert_eq!(document.ast.headings().count(), 0, "{source}");
    }
    let anchors = document("::: tip The pier {#pier}\n:::\n", vue).anchors(SlugStyle::Vitepress);
    assert!(anchors.contains("pier"));
}

proptest! {
    #![proptest_config(crate::common::cases(400))]

    #[test]
    fn no_fix_changes_what_is_no_markdown((source, dialect) in (page(), dialect())) {
        let path: Arc<Path> = Arc::from(Path::new("page.md"));
        let given: Arc<str> = source.as_str().into();
        let check = |text: &Arc<str>| findings(text, dialect, "strict");
        let fixed = fix_to_fixpoint((&path, dialect), &given, &check(&given), Applicability::Unsafe, check);
        prop_assert_eq!(texts(&source, dialect), texts(&fixed.text, dialect), "{:?}", fixed.text);
    }

    #[test]
    fn masked_text_agrees_outside_of_islands((source, dialect) in (page(), dialect())) {
        let document = document(&source, dialect);
        let Some(overlay) = document.ast.overlay() else { return Ok(()) };
        prop_assert_eq!(overlay.text().len(), source.len());
        let heads = (0..source.len() as u32).filter_map(|at| overlay.head_at(at));
        let heads: Vec<_> = heads.map(|head| head.span).collect();
        for (at, (one, two)) in source.bytes().zip(overlay.text().bytes()).enumerate() {
            let place = Span::from_range(at..at + 1);
            let is_masked = overlay.island_at(place).is_some() || heads.iter().any(|head| head.contains(place));
            // A tab that makes code of a line where the dialect has none becomes a space.
            let is_indent = (one, two) == (b'\t', b' ');
            prop_assert!(one == two || is_indent || is_masked && one != b'\n', "{} of {:?}", at, source);
        }
        let mut end = 0;
        for island in overlay.islands() {
            prop_assert!(island.span.start >= end && !island.span.is_empty());
            end = island.span.end;
        }
    }
}

#[test]
fn openings_that_nothing_closes_are_read_once() {
    for piece in [
        "{{",
        "{%",
        "{{<",
        "{{#",
        "{#",
        "$",
        "$$ ",
        "$a ",
        "\\[",
        "`",
        "{% raw %}",
        "{% highlight %}",
        "{{ {{<",
        "{",
        "<a>{",
        "<a ",
        "{`",
        "{`${",
        "{`${a}",
        "`|`",
        "%% a %% ",
        "<div>\n\n",
        "<div>\n{{ a }}\n\n",
        "<!-- ",
        "[a](b ",
        ":::a\n```\n:::\n",
    ] {
        let source = piece.repeat(40_000 / piece.len());
        for dialect in [
            Dialect::UNKNOWN,
            named([DialectName::Nunjucks, DialectName::Math, DialectName::TexMath]),
            named([DialectName::Hugo]),
            named([DialectName::Mdx]),
            named([DialectName::Mkdocs, DialectName::Directives]),
            Dialect::UNKNOWN.for_markdownlint(),
        ] {
            islands(&source, dialect);
        }
    }
}

fn links(source: &str, dialect: Dialect) -> Vec<String> {
    document(source, dialect).ast.links().map(|link| link.url.to_string()).collect()
}

#[test]
fn elements_with_the_attribute_markdown_have_markdown_in_them() {
    let source = "<div class=\"grid\" markdown>\n[a](b.md)\n<div>\n[c](d.md)\n</div>\n</div>\n\n\
                  <details\n  markdown='1'\n>\n<summary>*e*</summary>\n\n[f](g.md)\n</details>\n\n\
                  <div markdown=\"0\">\n[h](i.md)\n</div>\n<div markdownlint>\n[j](k.md)\n</div>\n";
    for name in [DialectName::Mkdocs, DialectName::Kramdown] {
        assert_eq!(links(source, named([name])), ["b.md", "g.md"], "{name:?}");
        let document = document(source, named([name]));
        let tags: Vec<_> = document.html_tags().iter().map(|tag| &*tag.name).collect();
        assert_eq!(tags.iter().filter(|name| **name == "div").count(), 8, "{tags:?}");
    }
    assert_eq!(links(source, Dialect::UNKNOWN), ["g.md"]);
    let inline = "<div>\n  <p markdown=\"1\">\n    [a](b.md)\n  </p>\n</div>\n\n<p markdown=\"1\">\n    [c](d.md)\n</p>\n";
    assert_eq!(links(inline, named([DialectName::Kramdown])), ["b.md", "d.md"]);
    assert_eq!(links(inline, named([DialectName::Mkdocs])), ["d.md"]);
}

#[test]
fn elements_are_raw_up_to_their_closing_tags() {
    let mkdocs = named([DialectName::Mkdocs]);
    let kramdown = named([DialectName::Kramdown]);
    for (source, of_mkdocs, of_kramdown) in [
        ("<div>\n\n[a](b.md)\n\n<div>\n</div>\n\n[c](d.md)\n\n</div>\n[e](f.md)\n", 1, 1),
        ("text\n<p align=\"center\">\n\n[a](b.md)\n", 0, 0),
        ("<!-- <div> -->\n\n<!-- [a](b.md)\n\n[c](d.md)\n", 2, 2),
        ("<div>\n\n<div markdown=\"1\">\n[a](b.md)\n</div>\n\n[c](d.md)\n</div>\n", 0, 1),
        ("<div>\n\n{% if a %}\n\n[a](b.md)\n", 1, 1),
        ("<span>\n\n[a](b.md)\n\n</span>\n", 1, 1),
        ("<div>\né\n\n[é](é.md)\n\né</div>\n\n[a](b.md)\n", 1, 1),
    ] {
        assert_eq!(links(source, mkdocs.with(DialectName::Templates)).len(), of_mkdocs, "{source:?}");
        assert_eq!(links(source, kramdown.with(DialectName::Liquid)).len(), of_kramdown, "{source:?}");
    }
    let source = "<div>\n\n[a](b.md)\n\n```\n</div>\n```\n\n[c](d.md) <img src=\"e.png\">\n\n</div>\n";
    let document = document(source, mkdocs);
    assert_eq!((document.ast.links().count(), document.ast.code_blocks().count()), (0, 1));
    assert_eq!(document.html_tags().iter().filter(|tag| *tag.name == *"img").count(), 1);
    let read = "{::options parse_block_html=\"true\" /}\n\n<div>\n\n[a](b.md)\n</div>\n";
    assert_eq!(links(read, kramdown), ["b.md"]);
}

#[test]
fn lines_of_colons_end_code_where_they_end_its_container() {
    let source = ":::note\n\n```\na\n:::\n\n[b](c.md)\n\n```\n\n[d](e.md)\n";
    let directives = named([DialectName::Directives]);
    assert_eq!(links(source, directives), ["c.md"]);
    assert_eq!(links(source, named([DialectName::Pandoc])), ["e.md"]);
    // More colons than the container has, and a fence that is longer than the colons.
    assert_eq!(links(&source.replace(":::note", "::::note"), directives), ["e.md"]);
    assert_eq!(links(&source.replace("```", "````"), directives), ["e.md"]);
}

#[test]
fn headings_and_destinations_are_those_of_the_engine() {
    let headings = |source: &str, name| document(source, named([name])).ast.headings().count();
    assert_eq!(headings("Text\n# a\n\n# b\n", DialectName::Pandoc), 1);
    assert_eq!(headings("Text\n\n  # a\n\n# b\n", DialectName::Mkdocs), 1);
    assert_eq!(headings("- a\n\n  # b\n\n<div markdown=\"span\">\n# c\n</div>\n", DialectName::Mkdocs), 1);
    assert_eq!(headings("# a\n\n---\nb: # c\n---\n\n# d\n", DialectName::Pandoc), 2);
    let source = "[a](b c.md 'd') ![e](f (g) h.png) `[i](j k)` [l](<m n>) [o](p \"q\n";
    for name in [DialectName::Mkdocs, DialectName::Kramdown] {
        assert_eq!(links(source, named([name])), ["b c.md", "m n"], "{name:?}");
        let document = document(source, named([name]));
        let images: Vec<_> = document.ast.images().map(|image| image.url.clone()).collect();
        assert_eq!(images, ["f (g) h.png".into()] as [Box<str>; 1]);
    }
    let source = "<Pier name=\"a\" @tide=\"b\">[c](d.md)</Pier>\n\n<Pier />\n\n[e](f.md)\n\n<<< ./pier.ts\n";
    let vitepress = named([DialectName::Vitepress]);
    assert_eq!(links(source, vitepress), ["f.md"]);
    assert_eq!(islands(source, vitepress), [(IslandKind::Snippet, "<<< ./pier.ts".to_owned())]);
}

#[test]
fn lines_are_read_as_pandoc_and_python_markdown_read_them() {
    let (mkdocs, pandoc) = (named([DialectName::Mkdocs]), named([DialectName::Pandoc]));
    let code = |source, dialect| document(source, dialect).ast.code_blocks().count();
    assert_eq!(code("  Time  Height\n------  ------\n    12  high\n", pandoc), 0);
    assert_eq!(code("    12  high\n", pandoc), 1);
    assert_eq!(links("[tide]\n\n[tide]: tide.md {.wide}\n", pandoc), ["tide.md"]);
    assert_eq!(links("<div>\n[tide](tide.md)\n</div>\n", pandoc), ["tide.md"]);
    assert_eq!(code("!!! note\n\n    ```\n    tide\n\nPier\n", mkdocs), 0);
    assert_eq!(code("!!! note\n\n    ```\n    tide\n    ```\n\nPier\n", mkdocs), 1);
    let levels = |source, dialect| {
        document(source, dialect).ast.headings().map(|heading| heading.level).collect::<Vec<_>>()
    };
    assert_eq!(levels("##Tide\n\n######## Pier\n\n    ##Quay\n", mkdocs), [2, 6]);
    assert!(levels("##Tide\n", pandoc).is_empty());
}

#[test]
fn values_on_lines_of_their_own_are_markdown() {
    let liquid = named([DialectName::Liquid]);
    assert_eq!(links("{% capture a %}\n[tide](tide.md)\n{% endcapture %}\n", liquid), ["tide.md"]);
    assert_eq!(links("{% capture a %}[tide](tide.md){% endcapture %}\n", liquid), [""; 0]);
    let row = "| a | b |\n|---|---|\n{% for x in y %}| {{ x }} | [tide](tide.md) |\n{% endfor %}\n";
    assert_eq!(links(row, liquid), ["tide.md"]);
}

#[test]
fn text_after_a_comment_is_text() {
    for (source, name) in [
        ("{/* a */} [tide](tide.md)\n", DialectName::Mdx),
        ("> {% comment %}a{% endcomment %} [tide](tide.md)\n", DialectName::Liquid),
        ("- {# a\n  b #}[tide](tide.md)\n", DialectName::Nunjucks),
        ("%% a %% [tide](tide.md)\n", DialectName::Obsidian),
    ] {
        assert_eq!(links(source, named([name])), ["tide.md"], "{source}");
    }
}

#[test]
fn templates_in_template_literals_are_parts_of_an_expression() {
    let mdx = named([DialectName::Mdx]);
    for source in ["{`${\"`\"} [a](b.md)`}", "{`a ${b(`c ${d} [e](f.md)`)} {`}", "{`\\${` + `{`}"] {
        assert_eq!(islands(source, mdx), [(IslandKind::Expression, source.to_owned())]);
    }
}

#[test]
fn bars_in_code_part_no_cells_where_code_is_read_first() {
    let source = "| a | b |\n|---|---|\n| `x|y` | [tide](tide.md) |\n";
    for (name, count) in [(DialectName::Mkdocs, 1), (DialectName::Kramdown, 1), (DialectName::Gfm, 0)] {
        let document = document(source, named([name]));
        assert_eq!(document.ast.links().count(), count, "{name:?}");
        let code = document.ast.codes().next().map(|code| document.slice(code.content).to_owned());
        assert_eq!(code.filter(|_| count > 0).as_deref(), (count > 0).then_some("x|y"));
    }
}

#[test]
fn text_after_a_component_of_vue_is_a_paragraph() {
    let vue = named([DialectName::Vitepress]);
    assert_eq!(links("<Badge text=\"a\" /> [tide](tide.md)\n", vue), ["tide.md"]);
    assert_eq!(links("<Badge>a</Badge> [tide](tide.md)\n", vue), ["tide.md"]);
    assert_eq!(links("<Badge>\n[tide](tide.md)\n</Badge>\n", vue), [""; 0]);
}

#[test]
fn wikilinks_are_in_text_alone() {
    let obsidian = named([DialectName::Obsidian]);
    let wikilinks = |source| {
        let document = document(source, obsidian);
        let links = document.ast.wikilinks(source);
        links.map(|link| link.target.of(source).to_owned()).collect::<Vec<_>>()
    };
    let source =
        "[[Tide|the [high] tide]]\n\n    [[Pier]]\n\n[to [[Quay]]](quay.md)\n\n<div>\n[[Mast]]\n</div>\n";
    assert_eq!(wikilinks(source), ["Tide"]);
}

#[test]
fn arguments_of_figures_are_urls() {
    let source = "{{< figure src=\"pier.png\" link=`/pier/` caption=\"The pier\" >}}\n\nWrite `{{< figure src=\"x.png\" >}}`.\n\n{{< note src=\"a.png\" >}}\n";
    let hugo = document(source, named([DialectName::Hugo]));
    let urls: Vec<_> = hugo.targets().iter().map(|target| &*target.url).collect();
    assert_eq!(urls, ["pier.png", "/pier/"]);
}

#[test]
fn paths_in_components_may_be_parts_of_others() {
    let source = "See <QuaySource href=\"plans/pier.ts\">a</QuaySource>, <LinkCard href=\"/pier/\" /> and <Link \
                  to=\"/quay\">b</Link>.\n\n<IMG SRC=\"c.png\"> <Chart src=\"https://port.example/d\" />\n";
    let page = document(source, named([DialectName::Mdx]));
    let urls: Vec<_> = page.targets().iter().map(|target| &*target.url).collect();
    assert_eq!(urls, ["/pier/", "/quay", "c.png", "https://port.example/d"]);
}

#[test]
fn what_is_indented_is_no_code_where_the_engine_has_none() {
    let source = "Text.\n\n    [a](b.md)\n\n- c\n\n      [d](e.md)\n";
    for name in [DialectName::NoIndentedCode, DialectName::Mdx] {
        assert_eq!(links(source, named([name])), ["b.md", "e.md"], "{name:?}");
    }
    assert!(links(source, named([DialectName::Liquid])).is_empty());
}

/// As `micromark` reads them with the extension for MDX.
#[test]
fn fences_of_mdx_close_whatever_they_are_indented_by() {
    let blocks = |source: &str| -> Vec<(String, Option<String>)> {
        let document = document(source, named([DialectName::Mdx]));
        let ast = &document.ast;
        let code = |span: Span| document.slice(span).to_owned();
        ast.code_blocks()
            .map(|block| {
                let closing = block.fence.and_then(|fence| fence.closing);
                (
                    ast.code_lines(&block).iter().map(|line| code(*line)).collect::<Vec<_>>().join("|"),
                    closing.map(code),
                )
            })
            .collect()
    };
    let closed = |code: &str| vec![(code.to_owned(), Some("```".to_owned()))];
    for (source, code) in [
        ("- a\n\n\t\t```js\n\t\tlet b;\n\t\t```\n", "let b;"),
        ("<A>\n    ```js\n    let b;\nç\nlet 港 = 1;\n  }\n    ```\n</A>\n", "let b;|ç|let 港 = 1;|}"),
        ("<A>\n        ```js\n        let b;\n    ```\n</A>\n", "let b;"),
        ("```js\nlet b;\n        ```\n\nText.\n", "let b;"),
        ("<A>\n\t```js\n\tlet b;\n\t```\n</A>\n\nText.\n", "let b;"),
    ] {
        assert_eq!(blocks(source), closed(code), "{source}");
    }
    // A line of text that the item does not hold ends the block with the item.
    assert_eq!(blocks("- ```js\n  let a;\nText.\n"), [("let a;".to_owned(), None)]);
    let commonmark = document("```js\nlet b;\n        ```\n", Dialect::default());
    assert!(
        commonmark.ast.code_blocks().all(|block| block.fence.is_some_and(|fence| fence.closing.is_none()))
    );
}

#[test]
fn interpolations_of_vue_keep_their_spaces() {
    assert_eq!(links("[a]({{ b }}) [c]({{d}})", named([DialectName::Vitepress])), ["{{d}}"]);
    assert_eq!(links("[a]({{ b }})", named([DialectName::Liquid])), ["{{ b }}"]);
}

#[test]
fn ids_of_headings_are_those_of_docusaurus_and_of_mkdocs() {
    let ids = |source: &str, name: DialectName, style: SlugStyle| -> Vec<String> {
        let document = document(source, named([name]));
        document.anchors(style).iter().map(|anchor| anchor.id.to_string()).collect()
    };
    let source = "## A \\{#b}\n\n## C {#d e}\n\n## F <G h=\"i\" /> <b>j</b> {/* k l */}\n";
    assert_eq!(ids(source, DialectName::Mdx, SlugStyle::Docusaurus), ["b", "d e", "f--j-"]);
    assert_eq!(ids("## A{ #b }\n\n## C { #d }\n", DialectName::Mkdocs, SlugStyle::Mkdocs), ["a-b", "d"]);
    let is_open = |source: &str| {
        document(source, named([DialectName::Mdx])).anchors(SlugStyle::Docusaurus).is_open(|_| false)
    };
    assert!(is_open("## A { /*#b*/ }\n") && !is_open("## A {/* #b */}\n\n## C {/* d */}\n"));
}

#[test]
fn components_of_the_site_may_make_anchors() {
    let page = |import: &str, tag: &str| format!("import {import}\n\n# Tides\n\n{tag}\n");
    let is_open = |import, tag| {
        let page = document(&page(import, tag), named([DialectName::Mdx]));
        page.anchors(SlugStyle::Docusaurus).is_open(|_| false)
    };
    let own = "Tides from '@site/src/tides.jsx'";
    assert!(is_open(own, "<Tides />") && is_open(own, "<Tides of=\"May\">\nhigh\n</Tides>"));
    assert!(!is_open(own, "<Tides>\nhigh\n</Tides>") && !is_open(own, "<Quay />"));
    assert!(!is_open("Tabs from '@theme/Tabs'", "<Tabs of=\"May\" />"));
    assert!(!is_open("tides from './tides.png'", "<img src={tides} />"));
    let in_vue = |tag: &str| {
        let page = document(&format!("# Tides\n\n{tag}\n"), named([DialectName::Vitepress]));
        page.anchors(SlugStyle::Vitepress).is_open(|_| false)
    };
    assert!(in_vue("<TideTable />") && !in_vue("<Badge text=\"new\" />") && !in_vue("<br />"));
}

/// The dialect with the names that a config would have for it.
pub fn dialect_of(DialectConstructs(names, _): &DialectConstructs) -> Dialect {
    let names = names.trim_matches(['[', ']']).split(", ");
    let names = names.map(|name| serde_json::from_value(name.into()).expect("the dialect has this name"));
    Dialect::named(names.collect::<Vec<DialectName>>())
}

/// Places in what is masked are none of the page: it has other characters there.
#[test]
fn no_two_constructs_of_a_dialect_fail_beside_characters_of_several_bytes() {
    for of_dialect in DIALECTS {
        let dialect = dialect_of(of_dialect);
        let pairs = of_dialect.1.iter().flat_map(|one| CONSTRUCTS.iter().map(move |two| (*one, *two)));
        for (one, two) in pairs {
            for (first, second, shape) in
                [(one, two, Shape::Begun), (two, one, Shape::Begun), (one, two, Shape::Nested)]
            {
                let source = combine(first, second, shape, 40).replace('a', "é\u{200b}“");
                let document = document(&source, dialect);
                assert!(document.words().all().iter().all(|word| source.get(word.span.range()).is_some()));
                assert!(document.targets().iter().all(|target| source.get(target.span.range()).is_some()));
            }
        }
    }
}

#[test]
fn a_tag_around_what_is_masked_is_no_panic() {
    let mdx = named([DialectName::Mdx, DialectName::Directives, DialectName::MathBlocks]);
    for source in [":::tip {\r<div>{\n<<>", ":::tip {\n<div>{\n<</b>"] {
        let found = findings(source, mdx, "strict");
        let failed = found.iter().find(|it| it.rule.id == "internal-error");
        assert!(failed.is_none(), "{failed:?}");
    }
}
