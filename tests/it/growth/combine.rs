//! Texts of any length that combine two constructs of a page: each in each, and one after the other.

use std::fmt::Write as _;

/// A construct of Markdown: what it begins and ends with. A `§` becomes the number of the repetition.
#[derive(Debug, Clone, Copy)]
pub struct Construct(pub &'static str, pub &'static str);

/// How two constructs are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One in the other in one: `a b a b x b a b a`.
    Nested,
    /// Beginnings without ends: `a b a b a b`.
    Begun,
    /// Whole ones, in turn.
    Alternating,
    /// All of one, then all of the other.
    Following,
    /// Beginnings of one, then ends of the other.
    Crossed,
}

/// All shapes.
pub const SHAPES: [Shape; 5] =
    [Shape::Nested, Shape::Begun, Shape::Alternating, Shape::Following, Shape::Crossed];

/// Constructs of blocks, inlines, words and comments.
pub const CONSTRUCTS: &[Construct] = &[
    Construct("*a ", "*"),
    Construct("**a ", "**"),
    Construct("_a ", "_"),
    Construct("~~a ", "~~"),
    Construct("`a ", "` "),
    Construct("[a ", "](b§.md) "),
    Construct("![a ", "](b§.png) "),
    Construct("[a ", "][r§] "),
    Construct("[r§]: /u§ \"", "\"\n"),
    Construct("[a](<", ">) "),
    Construct("<https://quay.example/§/", "> "),
    Construct("https://quay.example/§?utm_source=", " "),
    Construct("www.quay.example/", " "),
    Construct("mira@", "quay.example "),
    Construct("https://mira:pier", "@quay.example/ "),
    Construct("?access_token=a1b2c3d4§", "&"),
    Construct("<b>", "</b> "),
    Construct("<a href=\"#h§\">", "</a> "),
    Construct("<img alt=\"", "\" src=a§.png> "),
    Construct("<div>\n\n", "\n</div>\n\n"),
    Construct("<pre>\n", "</pre>\n"),
    Construct("<!-- a ", "--> "),
    Construct("<!-- copydesk-disable-line possible-typo -->", "\n"),
    Construct("<!-- copydesk-disable ", "rule-§ -->\n"),
    Construct("<?a ", "?>"),
    Construct("&amp", "; "),
    Construct("&#x", "41; "),
    Construct("\\", "* "),
    Construct("\"a ", "\" "),
    Construct("“a ", "” "),
    Construct("(a ", ") "),
    Construct("> ", "a\n"),
    Construct("- ", "a\n"),
    Construct("- [ ] ", "a\n"),
    Construct("1. ", "a\n"),
    Construct("  ", "a\n"),
    Construct("\t", "a\n"),
    Construct("# Pier § ", "#\n\n"),
    Construct("Pier §\n", "===\n\n"),
    Construct("[a](#pier-§-", "x) "),
    Construct("```sh\n$ a ", "\n```\n\n"),
    Construct("~~~\n", "~~~\n"),
    Construct("| a ", "|\n|--|\n"),
    Construct("| a ", "| b |\n"),
    Construct("[^n§]", ": a\n\n"),
    Construct("[^n§]: ", "a[^n§]\n\n"),
    Construct("***\n", "\n"),
    Construct("$a ", "$ "),
    Construct("$$\n", "$$\n"),
    Construct("{{ a ", "}} "),
    Construct("{% a ", "%} "),
    Construct("{{< a ", ">}} "),
    Construct("::: note\n", ":::\n"),
    Construct("!!! note\n    ", "a\n"),
    Construct("{#a§ ", "} "),
    Construct(":smile", ": "),
    Construct("==a ", "== "),
    Construct("^a ", "^ "),
    Construct("recieve wrod§ ", "the the "),
    Construct("boat-house§ ", "boathouse§ "),
    Construct("Mira Holt§ ", "mira holt§ "),
    Construct("pier , ", "tide.The quay "),
    Construct("**Pier ", "tide. "),
    Construct("##Pier§", "\n\n"),
    Construct("```js\n(“a", "”)\n```\n"),
    Construct("```yalm\n", "```\n"),
    Construct("a  ", " \n"),
    Construct("é\u{200b}", "\u{a0} "),
    Construct("a\\\n", "b  \n"),
];

/// A dialect, as a config names it, and constructs that it has.
#[derive(Debug, Clone, Copy)]
pub struct DialectConstructs(pub &'static str, pub &'static [Construct]);

/// Dialects and their constructs.
pub const DIALECTS: &[DialectConstructs] = &[
    DialectConstructs(
        "[hugo, math]",
        &[
            Construct("{{< a§ ", ">}} "),
            Construct("{{< a >}}\n", "{{< /a >}}\n"),
            Construct("{{% a b=\"", "\" %}}\n\n"),
            Construct("{{</* a ", "*/>}} "),
            Construct("$a_", "$ "),
            Construct("$$\na\n", "$$\n\n"),
            Construct("Pier §\n: ", "a\n\n"),
            Construct("# Pier {#p§ ", "}\n\n"),
        ],
    ),
    DialectConstructs(
        "[liquid, kramdown]",
        &[
            Construct("{{ a | b: \"", "\" }} "),
            Construct("{% if a§ ", "%} "),
            Construct("{% raw %}", "{% endraw %} "),
            Construct("{% comment %}\n", "{% endcomment %}\n"),
            Construct("{% highlight sh %}\n", "{% endhighlight %}\n"),
            Construct("{::comment}", "{:/comment} "),
            Construct("{: .a§ ", "}\n"),
            Construct("<div markdown=\"1\">\n", "</div>\n"),
            Construct("$$a ", "$$ "),
        ],
    ),
    DialectConstructs(
        "[nunjucks, math-blocks, no-indented-code]",
        &[
            Construct("{# a§ ", "#} "),
            Construct("{% set a§ %}\n", "{% endset %}\n"),
            Construct("| a | b |\n|---|---|\n{% for a in b %}| {{ a }} ", "|\n{% endfor %}\n"),
            Construct("{% verbatim %}\n", "{% endverbatim %}\n"),
        ],
    ),
    DialectConstructs(
        "[mdx, directives, math-blocks]",
        &[
            Construct("<Pier a§={", "} /> "),
            Construct("<Pier>\n\n", "\n</Pier>\n\n"),
            Construct("<Pier>\n\t\t```js\na§\n", "\n        ```\n</Pier>\n\n"),
            Construct("{a + ", "} "),
            Construct("{/* a ", "*/} "),
            Construct("{`a ", "`} "),
            Construct("import a§ from \"", "\"\n\n"),
            Construct("export const a§ = {\n", "}\n\n"),
            Construct(":::note[", "]\n"),
            Construct("::::tip\n\n:::note\n", ":::\n\n::::\n"),
            Construct("::a[b]{c=\"", "\"}\n\n"),
            Construct("$$\na\n", "$$\n\n"),
        ],
    ),
    DialectConstructs(
        "[templates, mkdocs, tex-math]",
        &[
            Construct("!!! note \"", "\"\n    a\n"),
            Construct("??? tip\n    ", "a\n\n"),
            Construct("!!! note\n\n    ```\n    a§ ", "\n\n"),
            Construct("=== \"a§\"\n\n    ", "a\n\n"),
            Construct("--8<-- \"a§", "\"\n"),
            Construct("{ .a§ ", "}\n"),
            Construct("\\(a ", "\\) "),
            Construct("\\[\na ", "\\]\n"),
            Construct("Pier §\n:   ", "a\n\n"),
            Construct("<div markdown>\n\n", "\n</div>\n\n"),
        ],
    ),
    DialectConstructs(
        "[vitepress, math]",
        &[
            Construct("{{ a ", "}} "),
            Construct("::: details ", "\n:::\n"),
            Construct("> [!NOTE]\n> ", "a\n\n"),
            Construct("::: code-group\n```sh [a§]\n", "```\n:::\n"),
        ],
    ),
    DialectConstructs(
        "[mdbook, gfm]",
        &[
            Construct("{{#include a§", ".rs}}\n"),
            Construct("```admonish note\n", "```\n"),
            Construct("> [!TIP]\n> ", "a\n\n"),
        ],
    ),
    DialectConstructs(
        "obsidian",
        &[
            Construct("[[a§|", "]] "),
            Construct("![[a§#", "]] "),
            Construct("%% a ", "%% "),
            Construct("> [!note]- ", "a\n> b\n"),
        ],
    ),
    DialectConstructs(
        "[pandoc, templates]",
        &[
            Construct("::: {.a§ ", "}\n"),
            Construct("::: a\n", ":::\n"),
            Construct("\\begin{a§}\n", "\\end{a§}\n"),
            Construct("Pier §\n\n:   ", "a\n\n"),
            Construct("  a    b\n----  ----\n     ", "c\n\n"),
            Construct("[r§]: /u§ {.a", "}\n"),
            Construct("<div>\n", "\n</div>\n"),
        ],
    ),
    DialectConstructs(
        "[myst, math]",
        &[
            Construct("```{note} ", "\n```\n"),
            Construct(":::{tip} ", "\n:::\n"),
            Construct("{ref}`a§", "` "),
            Construct("[](a§", ".md) "),
        ],
    ),
];

/// A text of `length` bytes or a little more.
pub fn combine(first: Construct, second: Construct, shape: Shape, length: usize) -> String {
    let pair = [first.0, second.0, first.1, second.1].concat();
    let times = length.div_ceil(pair.len()).max(1);
    let mut text = Text(String::with_capacity(length + 8 * times));
    match shape {
        Shape::Nested => {
            text.repeat(times, &[first.0, second.0]);
            text.repeat(times, &[second.1, first.1]);
        }
        Shape::Begun => text.repeat(times, &[first.0, second.0]),
        Shape::Alternating => text.repeat(times, &[first.0, first.1, second.0, second.1]),
        Shape::Following => {
            text.repeat(times, &[first.0, first.1]);
            text.repeat(times, &[second.0, second.1]);
        }
        Shape::Crossed => {
            text.repeat(times, &[first.0]);
            text.repeat(times, &[second.1]);
        }
    }
    text.0
}

struct Text(String);

impl Text {
    fn repeat(&mut self, times: usize, parts: &[&str]) {
        for number in 0..times {
            for part in parts {
                push_numbered(&mut self.0, part, number);
            }
        }
    }
}

/// Adds a text in which every `§` became a number.
pub fn push_numbered(out: &mut String, text: &str, number: usize) {
    for part in text.split_inclusive('§') {
        match part.strip_suffix('§') {
            // Writing to a String cannot fail.
            Some(part) => drop(write!(out, "{part}{number:05}")),
            None => out.push_str(part),
        }
    }
}
