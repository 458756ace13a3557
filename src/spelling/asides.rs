//! Prose that readers see and that is not text of the tree: titles of links, attributes of HTML, arguments of templates,
//! and values of the front matter that read as sentences.

use super::word_status::WordStatus;
use crate::{
    data::{Node, Value},
    markdown::{Ast, HtmlTag, IslandKind},
    text::Span,
};

/// Attributes of HTML and arguments of components and templates whose text is shown or read out.
const SHOWN: [&str; 17] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "caption",
    "description",
    "heading",
    "label",
    "placeholder",
    "subtitle",
    "summary",
    "text",
    "title",
    "tip",
    "tooltip",
];

/// The titles of links and definitions, the shown attributes, and the prose in the arguments of templates, those of the
/// tree and those that are in text, in source order.
pub(super) fn of_body(source: &str, ast: &Ast, tags: &[HtmlTag], in_text: &[Span]) -> Vec<Span> {
    let titles = ast.links().chain(ast.images()).filter_map(|link| link.title_span);
    let definitions = ast.definitions().iter().filter_map(|definition| definition.title);
    let mut asides: Vec<Span> = titles.chain(definitions).collect();
    for tag in tags {
        // What a program computes is not text.
        let shown = tag.attributes.iter().filter(|it| {
            SHOWN.contains(&&*it.name)
                && !it.span.of(source).contains(['{', '<', '$'])
                && is_quoted(source, it.span)
        });
        asides.extend(shown.map(|attribute| attribute.span));
    }
    let islands = ast.overlay().map_or(&[][..], |overlay| overlay.islands()).iter();
    let tags = islands.filter(|island| island.kind == IslandKind::Tag).map(|island| island.span);
    for tag in tags.chain(in_text.iter().copied()) {
        arguments(source, tag, &mut |span| asides.push(span));
    }
    asides.sort_unstable();
    asides
}

/// Whether a quote is before a span.
fn is_quoted(source: &str, span: Span) -> bool {
    source[..span.start as usize].ends_with(['"', '\''])
}

/// Gives the quoted arguments of a template's tag that are shown: those that are named so, and those that read as
/// sentences.
fn arguments(source: &str, tag: Span, give: &mut impl FnMut(Span)) {
    let text = tag.of(source);
    let mut at = 0;
    while let Some(open) = text[at..].find(['"', '\'', '`']).map(|open| at + open) {
        let quote = text.as_bytes()[open];
        let start = open + 1;
        let Some(end) = memchr::memchr(quote, &text.as_bytes()[start..]).map(|end| start + end) else {
            return;
        };
        let value = &text[start..end];
        let name = text[..open].strip_suffix(['=', ':']).map(str::trim_end).map(|before| {
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
            let length = before.bytes().rev().take_while(is_name).count();
            before[before.len() - length..].to_ascii_lowercase()
        });
        let is_shown = name.is_some_and(|name| SHOWN.contains(&&*name)) && !value.contains(['{', '<']);
        if is_shown || reads_as_sentence(value) {
            give(Span::from_range(start..end).shift(tag.start));
        }
        at = end + 1;
    }
}

/// Gives the values of the front matter that read as sentences, except the `known` ones, which are read anyway.
pub(super) fn of_front_matter(source: &str, root: &Node, known: &[Span], give: &mut impl FnMut(Span)) {
    let mut known = known.to_vec();
    known.sort_unstable();
    sentences(source, root, &known, give);
}

fn sentences(source: &str, node: &Node, known: &[Span], give: &mut impl FnMut(Span)) {
    for (_, value) in node.values() {
        if matches!(value.value, Value::Scalar(_))
            && !value.is_alias(source)
            && known.binary_search(&value.span).is_err()
            && reads_as_sentence(value.span.of(source))
        {
            give(value.span);
        }
    }
}

/// A text is taken for a sentence from this many words on, if this many in a hundred are common English.
const FEWEST_WORDS: usize = 4;
const COMMON_SHARE: usize = 60;

/// Whether a text is words of English one after the other, without anything that code or markup is written with.
fn reads_as_sentence(text: &str) -> bool {
    const MARKUP: [char; 9] = ['<', '>', '{', '}', '`', '|', '=', '$', '\\'];
    if text.contains(MARKUP) || text.contains("://") || text.contains("](") {
        return false;
    }
    let (mut words, mut common) = (0, 0);
    for word in text.split_whitespace() {
        words += 1;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        common += usize::from(word.len() == 1 || WordStatus::of(word) == WordStatus::Common);
    }
    words >= FEWEST_WORDS && common * 100 >= words * COMMON_SHARE
}

#[cfg(test)]
mod tests {
    use super::{arguments, reads_as_sentence};
    use crate::text::Span;

    #[test]
    fn sentences_are_told_from_lists_and_code() {
        for (text, expected) in [
            ("How the crew mended the harbuor", true),
            ("\"A photo of the quay, at night.\"", true),
            ("quay, mole", false),
            ("col-md-6 mt-3 text-center btn-lg", false),
            ("see https://quay.example for more of it", false),
            ("if x == y then go on", false),
            ("Der Hafen ist am Abend leer", false),
            ("", false),
        ] {
            assert_eq!(reads_as_sentence(text), expected, "{text}");
        }
    }

    #[test]
    fn arguments_are_found_by_name_and_by_what_they_say() {
        for (tag, expected) in [
            ("{{< img src=\"a b\" alt=\"Quay\" >}}", vec!["Quay"]),
            ("{% image \"a.png\" \"A photo of the quay\" %}", vec!["A photo of the quay"]),
            ("{{< ref 'guide.md' \"open", vec![]),
            ("{{< x title=\"{{ y }}\" >}}", vec![]),
        ] {
            let mut found = vec![];
            arguments(tag, Span::new(0, tag.len() as u32), &mut |span: Span| found.push(span.of(tag)));
            assert_eq!(found, expected, "{tag}");
        }
    }
}
