//! Which pages a page includes, as it names them.

use super::ast::{Ast, Node};
use super::dialect::{Island, IslandKind, Overlay};
use super::node_kind::NodeKind;
use crate::text::{Needle, PAGE_ENDINGS_WITH_MDX};

/// Words of the constructs that include a file: `--8<-- "file"`, `{{#include file}}`, `{% include file %}`,
/// `{% render "file" %}`, `{{< include file >}}`, `{{% readfile "file" %}}`, `<!-- @include: file -->`.
const WORDS: [&str; 4] = ["8<", "include", "render ", "readfile"];

/// What a comment of VitePress includes a file with.
static IN_COMMENT: Needle = Needle::new("@include");

/// What a page includes.
#[derive(Debug, Default)]
pub struct IncludedFiles {
    /// The files with the extension of a page, as the page names them: paths with `/`, in source order.
    pub pages: Box<[Box<str>]>,
    /// Whether it includes files at all, which may define what it refers to, and use what it defines. Files with the
    /// extension of another language do not, and neither do the snippets of VitePress, which show code.
    pub takes_in_files: bool,
}

impl Ast {
    /// Finds what the page includes.
    pub fn inclusions(&self, source: &str) -> IncludedFiles {
        let includes_text = self.islands_of_text().any(|it| {
            let text = it.span.of(source);
            match it.kind {
                IslandKind::Snippet => !text.starts_with("<<<"),
                IslandKind::Tag | IslandKind::Output => {
                    text.contains("include") && !parts(text).any(|part| extension(part).is_some())
                }
                _ => false,
            }
        });
        let includes = self.islands_of_text().filter(|island| {
            matches!(island.kind, IslandKind::Snippet | IslandKind::Tag | IslandKind::Output)
        });
        let comments = if IN_COMMENT.is_in(source) { self.html_comments(source) } else { vec![] };
        let places = includes.map(|island| island.span).chain(comments);
        let texts = places
            .map(|place| place.of(source).trim_end_matches("-->"))
            .filter(|text| WORDS.iter().any(|it| text.contains(it)));
        // In a block of snippets, a semicolon takes a file out.
        let lines = texts.flat_map(str::lines).filter(|line| !line.trim_start().starts_with(';'));
        let directives = self.including_directives(source).into_iter();
        let pages: Box<[Box<str>]> =
            lines.flat_map(names).chain(directives.flat_map(names)).map(Into::into).collect();
        IncludedFiles { takes_in_files: includes_text || !pages.is_empty(), pages }
    }

    /// The arguments of the directives of `MyST` that include a file: `{include} file`, between backticks or colons.
    fn including_directives<'s>(&self, source: &'s str) -> Vec<&'s str> {
        static INCLUDE: Needle = Needle::new("{include}");
        if !INCLUDE.is_in(source) {
            return vec![];
        }
        let fences = self.code_blocks().filter_map(|block| Some(block.fence?.info));
        let islands = self.overlay().map_or(&[][..], Overlay::islands).iter();
        let colons = islands.filter(|island| island.kind == IslandKind::Fence).map(|island| island.span);
        let texts = fences.chain(colons).map(|place| place.of(source).trim_start_matches(':').trim_start());
        texts.filter_map(|text| text.strip_prefix("{include}")?.lines().next()).collect()
    }

    /// The islands outside of code blocks: what these include is shown as code.
    fn islands_of_text(&self) -> impl Iterator<Item = &Island> {
        let mut blocks = self.of(NodeKind::CodeBlock).map(Node::span).peekable();
        self.overlay().map_or(&[][..], Overlay::islands).iter().filter(move |island| {
            while blocks.next_if(|block| block.end <= island.span.start).is_some() {}
            blocks.peek().is_none_or(|block| island.span.start < block.start)
        })
    }
}

/// The names of pages in the construct that includes them.
pub(super) fn names(construct: &str) -> impl Iterator<Item = &str> {
    parts(construct).filter(|part| {
        let extension = extension(part).unwrap_or_default().to_ascii_lowercase();
        extension == "qmd" || PAGE_ENDINGS_WITH_MDX.contains(&&*extension)
    })
}

/// What may be names in a construct.
fn parts(construct: &str) -> impl Iterator<Item = &str> {
    construct.split(|c: char| c.is_whitespace() || "\"'`<>{}()#:%,=|;".contains(c))
}

/// The extension of what may be the name of a file.
fn extension(name: &str) -> Option<&str> {
    let (_, extension) = name.rsplit_once('.')?;
    extension.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(extension)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_read_from_each_construct() {
        for (construct, expected) in [
            ("--8<-- \"parts/tides.md:winter\"", "parts/tides.md"),
            ("{{#include ../tides.md:2:5}}", "../tides.md"),
            ("{%- include_relative tides.md pier=\"2\" %}", "tides.md"),
            ("<!-- @include: ./parts/tides.md{3,}#winter -->", "./parts/tides.md"),
            ("{{< include _tides.qmd >}}", "_tides.qmd"),
            (" ../parts/tides.md", "../parts/tides.md"),
        ] {
            assert_eq!(names(construct).collect::<Vec<_>>(), [expected]);
        }
        assert_eq!(names("{% include card.html %}").next(), None);
    }
}
