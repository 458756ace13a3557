//! Which words are read from a page, where they lie, and what is known of their form.

use std::sync::Arc;

use copydesk::internals::{
    document::Document,
    front_matter::KeyPath,
    spelling::{self, Flags, Gap, ProseKeys, Words},
};
use proptest::prelude::*;

fn read(source: &str) -> (Document, Words) {
    let document = Document::parse(&Arc::from(std::path::Path::new("page.md")), source, &[]);
    let named = ["title", "description"].map(KeyPath::new);
    let keys = ProseKeys { named: &named, likely: &[] };
    let front_matter = document.front_matter.as_ref();
    let words = spelling::read(&document.source, front_matter, keys, &document.ast, document.html_tags());
    (document, words)
}

/// The words with what is between them: `/` where a block begins, `.` after the end of a sentence, `-` for a hyphen,
/// `;` for other punctuation, `~` for what is not read, nothing for spaces; `{…}` around parts of names.
fn shown(source: &str) -> String {
    let (document, words) = read(source);
    let mut shown = String::new();
    for (index, word) in words.all().iter().enumerate() {
        shown.push_str(match word.gap {
            Gap::Start => "/",
            Gap::Blank => " ",
            Gap::Hyphen => "-",
            Gap::Sentence => ".",
            Gap::Other => ";",
            Gap::Opaque => "~",
        });
        let text = words.text(index, &document.source);
        let name = word.flags.has(Flags::IDENTIFIER);
        let (open, close) = if name { ("{", "}") } else { ("", "") };
        shown.extend([open, text, close]);
    }
    shown
}

#[test]
fn words_are_letters_with_apostrophes_between_them() {
    for (source, expected) in [
        ("A dog's life, isn't it?", "/A dog's life;isn't it"),
        ("It isn’t; the dogs’ life", "/It isn't;the dogs;life"),
        ("well-known re-\nused", "/well-known re;used"),
        ("Stop. \"Go\" (now)", "/Stop.Go.now"),
        ("naïve Überblick слово 漢字", "/naïve Überblick слово 漢字"),
        ("so\u{ad}lu\u{ad}tion zero\u{200b}width", "/solution zerowidth"),
        ("cafe\u{301}s are open", "/cafe\u{301}s are open"),
        ("one—two – three", "/one;two;three"),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn markup_inside_a_word_does_not_part_it() {
    let (document, words) = read("**S**tar_ling_ and [Kube](x.md)cost, **bold** text");
    let texts: Vec<_> = (0..words.all().len()).map(|i| words.text(i, &document.source)).collect();
    assert_eq!(texts, ["Star", "ling", "and", "Kubecost", "bold", "text"]);
    assert_eq!(document.slice(words.all()[0].span), "S**tar");
    assert_eq!(document.slice(words.all()[3].span), "Kube](x.md)cost");
    assert_eq!(document.slice(words.all()[4].span), "bold");
}

#[test]
fn parts_of_names_in_code_are_known_as_such() {
    for (source, expected) in [
        ("run `ls` and `x`y", "/run~and~{y}"),
        ("in src/main.rs or a file_name", "/in {src};{main}.{rs} or a {file};{name}"),
        ("use std::vec and call(it) with v2 and x86", "/use {std}.{vec} and {call}.{it};with {v};and {x}"),
        ("ask @someone about #topic with --flag -x", "/ask;{someone} about;{topic} with;{flag};{x}"),
        ("see www.example.org, https://x.org/a-b <https://y.org> or me@example.org now", "/see~or~now"),
        ("set $HOME to {{ some value }} or $x + y$ :smile: done", "/set;{HOME} to~or~done"),
        ("the parameter(s) are", "/the parameter.{s};are"),
        ("a &amp; b&nbsp;c \\* d", "/a~b~c;d"),
        ("<kbd>Ctrl</kbd> and <b>bold</b>ly", "/and bold ly"),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn every_kind_of_prose_is_read_and_nothing_else() {
    let source = "---\ntitle: A title\nslug: no-words\n---\n\n# Head `code`\n\n> quoted\n\n- item\n\n| a | b |\n| - | - \
                  |\n| c | d |\n\n```\ncode\n```\n\n![some image](x.png \"t\")[^1]\n\n[^1]: Note\n\n<div title=\"x\">\ninside \
                  <!-- no comment --> <pre>code</pre> after\n</div>\n\nimport X from 'x';\n\n[ref]: x.md \"title\"\n";
    assert_eq!(
        shown(source),
        "/A title/Head/quoted/item/a/b/c/d/some image/Note/inside/no comment/after/t/x/title"
    );
    let (document, words) = read(source);
    let flagged = |flags| -> Vec<_> {
        words
            .all()
            .iter()
            .filter(|word| word.flags.has(flags))
            .map(|word| document.slice(word.span))
            .collect()
    };
    assert_eq!(flagged(Flags::HEADING), ["A", "title", "Head"]);
    assert_eq!(flagged(Flags::FRONT_MATTER), ["A", "title"]);
    assert_eq!(flagged(Flags::COMMENT), ["no", "comment"]);
    let (document, words) = read("seen <!-- hidden words --> seen again");
    let hidden = words.all().iter().filter(|word| word.flags.has(Flags::COMMENT));
    assert_eq!(hidden.map(|word| document.slice(word.span)).collect::<Vec<_>>(), ["hidden", "words"]);
}

/// Pieces that words are made of, or that part them, or that are inside them.
const PIECES: &[&str] = &[
    "pier",
    "Quay",
    "é",
    "漢字",
    "слово",
    "שלום",
    "👩‍👩‍👧",
    "\u{301}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "'",
    "’",
    "-",
    "_",
    "*",
    "**",
    "`",
    "``",
    "~~",
    "[",
    "](x.md)",
    "![",
    "][a]",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "<!--",
    "-->",
    "<",
    "https://x.example/a",
    "www.x.example",
    "@",
    "#",
    "/",
    ".",
    "\\",
    "&amp;",
    "&",
    "{{",
    "}}",
    "{%",
    "$",
    "$$",
    ":",
    "1",
    " ",
    " ",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\n\n",
    "\n# ",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n| a | b |\n| - | - |\n| ",
    " | ",
    "\n```\n",
    "\n<div>\n",
    "\n</div>\n",
    "\n$$\n",
    "\n[a]: b\n",
    "[^1]",
    "\n\n[^1]: ",
    "\n---\n",
    "---\ntitle: ",
    "description: |\n  ",
    "\\\n",
    "  \n",
    "\0",
];

proptest! {
    #![proptest_config(crate::common::cases(2_000))]

    #[test]
    fn words_lie_in_the_page_in_order(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let source = pieces.concat();
        let (document, words) = read(&source);
        let source = &*document.source;
        let (mut end, mut in_front_matter) = (0, true);
        for (index, word) in words.all().iter().enumerate() {
            let (start, stop) = (word.span.start as usize, word.span.end as usize);
            prop_assert!(start < stop && stop <= source.len(), "{:?}", word);
            prop_assert!(source.is_char_boundary(start) && source.is_char_boundary(stop), "{:?}", word);
            prop_assert!(start >= end, "{:?} begins before the end of the last, {}", word, end);
            end = stop;
            let front_matter = word.flags.has(Flags::FRONT_MATTER);
            prop_assert!(in_front_matter || !front_matter, "{:?} stands in front matter, and behind text", word);
            in_front_matter = front_matter;
            let text = words.text(index, source);
            prop_assert!(text.chars().any(char::is_alphabetic), "{:?}: {:?}", word, text);
            prop_assert!(!text.starts_with('\'') && !text.ends_with('\''), "{:?}: {:?}", word, text);
            let rewritten = word.flags.has(Flags::REWRITTEN);
            prop_assert_eq!(text != word.span.of(source), rewritten, "{:?}: {:?}", word, text);
        }
    }
}
