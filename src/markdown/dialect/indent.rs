//! MDX and Eleventy have no indented code: what the parser takes for some is made the text of an item that is not there.

use comrak::{
    Arena,
    nodes::{Node, NodeValue},
};

use super::cache::line_end;
use super::code_sections::CodeSections;
use super::loose_fence::{self, OpeningFence};
use super::mask::Bullet;
use super::overlay::{Head, MaskForm};
use super::{Dialect, Parts};
use crate::{
    markdown::Excess,
    text::{Span, utf8},
};

/// How often a text is read: each time shows what is indented in what was code before.
const ROUNDS: usize = 6;

/// The columns that make code of a line.
const COLUMNS: usize = 4;

/// Masks lines that the parser would take for code. Adds a head for each block of them.
pub(super) fn outdent(text: &mut [u8], body: usize, dialect: Dialect, bullet: Bullet, heads: &mut Vec<Head>) {
    let sections: Vec<_> = CodeSections::of(&text[body..]).collect();
    for section in sections {
        let section = body + section.start..body + section.end;
        let head = |at: usize| {
            let at = section.start + at;
            Head { span: Span::from_range(at..at + 1), title: None, form: MaskForm::Indent }
        };
        heads.extend(items(&mut text[section.clone()], dialect, bullet).into_iter().map(head));
    }
    heads.sort_by_key(|head| head.span.start);
}

/// Masks lines of a section. Says where they became items.
fn items(text: &mut [u8], dialect: Dialect, bullet: Bullet) -> Vec<usize> {
    let mut items = Vec::new();
    for _ in 0..ROUNDS {
        let Code { places, fences } = code(text, bullet);
        // Other engines want a closing fence to be indented by fewer columns than code.
        let is_closed = dialect.parts.has(Parts::MDX) && loose_fence::close(&fences, text);
        if places.is_empty() && !is_closed {
            break;
        }
        for place in places {
            match place {
                Place::Item(at) => {
                    bullet.write(text, at);
                    items.push(at);
                }
                Place::Tab(at) => text[at] = b' ',
            }
        }
    }
    items
}

/// What to change so that a block is not read as code.
enum Place {
    /// A space or tab before its first byte, from which on the text is that of an item.
    Item(usize),
    /// The only tab before its first byte.
    Tab(usize),
}

/// The code that the parser reads and the engine does not, or not like this.
#[derive(Default)]
struct Code {
    /// What to change for each block of indented code.
    places: Vec<Place>,
    /// The fences that open a block.
    fences: Vec<OpeningFence>,
}

fn code(text: &[u8], bullet: Bullet) -> Code {
    let markdown = utf8(text).filter(|markdown| Excess::of(markdown).is_none());
    let Some(markdown) = markdown else { return Code::default() };
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, super::super::options_for(markdown));
    let starts: Vec<usize> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', text).map(|at| at + 1)).collect();
    let mut code = Code::default();
    for node in root.descendants() {
        code.places.extend(indented(node, text, &starts));
        code.fences.extend(OpeningFence::of(node, text, &starts, bullet));
    }
    code
}

/// What to change so that a node is not read as indented code. `starts` are where the lines begin.
fn indented(node: Node<'_>, text: &[u8], starts: &[usize]) -> Option<Place> {
    let ast = node.data();
    let is_indented = matches!(&ast.value, NodeValue::CodeBlock(code) if !code.fenced);
    let line = *starts.get(ast.sourcepos.start.line.saturating_sub(1)).filter(|_| is_indented)?;
    let end = line_end(text, line);
    let from = (line + ast.sourcepos.start.column.saturating_sub(1)).min(end);
    let first = from + text[from..end].iter().position(|byte| !byte.is_ascii_whitespace())?;
    if text[..first].ends_with(b"\t") {
        let before = first.checked_sub(2).filter(|&at| at >= line && matches!(text[at], b' ' | b'\t'));
        return Some(before.map_or(Place::Tab(first - 1), Place::Item));
    }
    let at = first.checked_sub(COLUMNS).filter(|&at| at >= line)?;
    text[at..first].iter().all(|byte| *byte == b' ').then_some(Place::Item(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::mask::Bullet, CodeSections, Dialect, Parts, code, items, loose_fence, outdent};

    /// The parts of a text that may have code.
    fn sections(text: &str) -> Vec<&str> {
        CodeSections::of(text.as_bytes()).map(|section| &text[section]).collect()
    }

    #[test]
    fn spaces_in_fences_are_no_indented_code() {
        for text in [
            "Tides:\n```\n    high()\n```\n",
            "~~~\n    high()\n```\n    low()\n~~~~  \nEbb\n",
            "<Tide>\n\n```\n    high()\n```\n\n</Tide>\n",
            "```\n    never closed\n",
            "- Tides\n  ```\n      high()\n  ```\n",
            "- ```js\n      high()\n  ```\n",
        ] {
            assert_eq!(sections(text), [""; 0], "{text}");
        }
        for text in [
            "    high()\n",
            "```\n```\n    high()\n",
            "<div>\n```\n    high()\n```\n",
            "<pre>\n\n```\n\n</pre>\n\n    high()\n",
            "- Tides\n  ```\n      high()\n```\n",
            "```\nhigh()\n    ```\n",
            ">     high()\n",
        ] {
            assert_eq!(sections(text), [text]);
        }
    }

    #[test]
    fn headings_end_what_is_looked_through() {
        let tides = "# Tides\n\n    high()\n";
        assert_eq!(sections(&format!("Ebb\n# Ebb\n- ebb\n{tides}## Low\nEbb\n")), [tides]);
        let both = format!("<pre>\n{tides}");
        assert_eq!(sections(&both), [both.as_str()]);
        assert_eq!(sections(&format!("```\n{tides}```\n")), [""; 0]);
    }

    const LINES: [&str; 33] = [
        "",
        "",
        "tide",
        "```",
        "````",
        "~~~",
        "```js",
        "  ```",
        "    ```",
        "    tide",
        "  tide",
        "      tide",
        "- tide",
        "- ```",
        "1. tide",
        "2. ```",
        "> tide",
        "> ```",
        "# tide",
        "# tide",
        "  # tide",
        "<Tide>",
        "<div>",
        "<pre>",
        "</pre>",
        "<!-- tide",
        "-->",
        "<!-- tide -->",
        "<!-- tide --> ebb",
        "-     tide",
        "[^1]:     tide",
        "## tide     ebb",
        "| a | b |",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_code_is_passed_over(lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..24)) {
            let text = lines.join("\n").into_bytes();
            let Some(bullet) = Bullet::unused_in(&text) else { return Ok(()) };
            let (mut whole, mut parts) = (text.clone(), text.clone());
            let dialect = Dialect { parts: Parts::MDX, ..Dialect::default() };
            let mut heads = Vec::new();
            outdent(&mut parts, 0, dialect, bullet, &mut heads);
            if items(&mut whole, dialect, bullet).is_empty() {
                prop_assert!(heads.is_empty());
            }
            prop_assert_eq!(String::from_utf8(parts), String::from_utf8(whole), "{:?}", lines);
            if sections(&lines.join("\n")).is_empty() {
                let mut text = text;
                let code = code(&text, bullet);
                prop_assert!(code.places.is_empty(), "{:?}", lines);
                prop_assert!(!loose_fence::close(&code.fences, &mut text), "{:?}", lines);
            }
        }
    }
}
