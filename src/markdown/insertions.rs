//! Whether a page takes in another file, whose anchors are not known.

use std::ops::Range;

use super::ast::{Ast, Node};
use super::node_kind::NodeKind;
use crate::text::{Needle, SlugStyle, Span};

/// What begins a line, or a part of one, for which an engine or a usual plugin of it puts in something else, the text
/// of another file above all.
fn insertions(style: SlugStyle) -> &'static [&'static str] {
    match style {
        SlugStyle::Hugo => &["{{<", "{{%"],
        SlugStyle::Kramdown | SlugStyle::Eleventy | SlugStyle::Hexo => {
            &["{% include", "{%- include", "{% render"]
        }
        SlugStyle::Mkdocs => &["--8<--", "{% include", "{!"],
        SlugStyle::Mdbook => &["{{#"],
        SlugStyle::Vitepress => &["@include"],
        SlugStyle::Gitlab => &["::include{"],
        // Components of MDX.
        SlugStyle::Docusaurus | SlugStyle::Github => &[IMPORT, "{{<", "{{%"],
        SlugStyle::Any => &[IMPORT, "{{<", "{{%", "{% include", "{%- include", "{% render", "--8<--", "{{#"],
        SlugStyle::None => &[],
    }
}

/// All of them, and what most begin with.
static NEEDLES: [Needle; 13] = [
    Needle::new(IMPORT),
    Needle::new("{{"),
    Needle::new("{{<"),
    Needle::new("{{%"),
    Needle::new("{{#"),
    Needle::new("{%"),
    Needle::new("{% include"),
    Needle::new("{%- include"),
    Needle::new("{% render"),
    Needle::new("{!"),
    Needle::new("--8<--"),
    Needle::new("@include"),
    Needle::new("::include{"),
];

fn needle(marker: &str) -> &'static Needle {
    NEEDLES.iter().find(|needle| needle.text() == marker).expect("every marker is among them")
}

/// Begins a line of MDX that takes in another file.
const IMPORT: &str = "import ";

/// Whether a page takes in another file outside of its code.
pub(super) fn takes_in_others(ast: &Ast, source: &str, style: SlugStyle) -> bool {
    let mut code: Option<[Vec<Span>; 2]> = None;
    // Most begin with one of these, which most pages do not have.
    let openings = ["{{", "{%"].map(|opening| (opening, needle(opening).is_in(source)));
    let may_be_there =
        |marker: &&&str| openings.iter().all(|(opening, is_there)| *is_there || !marker.starts_with(opening));
    let mut found = insertions(style).iter().filter(may_be_there).flat_map(|marker| {
        let places = needle(marker).places(source);
        places.map(|at| Span::from_range(at..at + marker.len()))
    });
    found.any(|place| {
        let code = code.get_or_insert_with(|| {
            [NodeKind::CodeBlock, NodeKind::Code].map(|kind| ast.of(kind).map(Node::span).collect())
        });
        let is_code = code.iter().any(|spans| {
            let before = spans.partition_point(|span| span.start <= place.start);
            before > 0 && place.start < spans[before - 1].end
        });
        let after = &source[place.end as usize..];
        !is_code
            && match place.of(source) {
                IMPORT => imports_page(source, place.range()),
                "{{<" | "{{%" => !is_built_in(after),
                _ => true,
            }
    })
}

/// Whether a shortcode is one of Hugo's own that make no anchors, or the end of another.
fn is_built_in(shortcode: &str) -> bool {
    const BUILT_IN: [&str; 12] = [
        "ref",
        "relref",
        "figure",
        "youtube",
        "vimeo",
        "gist",
        "tweet",
        "x",
        "instagram",
        "param",
        "highlight",
        "qr",
    ];
    let name = shortcode.trim_start_matches('-').trim_start();
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '%')).unwrap_or(name.len());
    name.starts_with('/') || BUILT_IN.contains(&&name[..end])
}

/// Whether an `import` takes in a page: `import Tides from './_tides.mdx'`.
fn imports_page(source: &str, import: Range<usize>) -> bool {
    let line = source[import.end..].split('\n').next().unwrap_or_default();
    let file = line.trim_end_matches([';', '\r', ' ']).strip_suffix(['"', '\'']);
    let ending = file.and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending);
    matches!(ending, Some("md" | "mdx")) && (import.start == 0 || source[..import.start].ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::{insertions, needle};
    use crate::text::SlugStyle;

    #[test]
    fn every_marker_has_a_needle() {
        use SlugStyle::{Any, Docusaurus, Gitlab, Hexo, Hugo, Mdbook, Mkdocs, Vitepress};
        for style in [Any, Docusaurus, Gitlab, Hexo, Hugo, Mdbook, Mkdocs, Vitepress] {
            for marker in insertions(style) {
                assert_eq!(needle(marker).text(), *marker);
            }
        }
    }
}
