//! What a page takes in from other files, whose anchors are not known.

use std::{collections::BTreeSet, ops::Range};

use super::ast::{Ast, Node};
use super::inclusions::names;
use super::node_kind::NodeKind;
use crate::text::{Needle, SlugStyle, Span};

/// What begins a line, or a part of one, for which an engine or a usual plugin of it puts in something else, the text
/// of another file above all.
fn insertions(style: SlugStyle) -> &'static [Needle] {
    static HUGO: [Needle; 2] = [Needle::new("{{<"), Needle::new("{{%")];
    static LIQUID: [Needle; 3] =
        [Needle::new("{% include"), Needle::new("{%- include"), Needle::new("{% render")];
    static HEXO: [Needle; 1] = [Needle::new("{%")];
    // The plugin for macros reads all that is in two braces.
    static MKDOCS: [Needle; 4] =
        [Needle::new("-8<-"), Needle::new("{%"), Needle::new("{{"), Needle::new("{!")];
    static ZOLA: [Needle; 2] = [Needle::new("{{"), Needle::new("{%")];
    static MDBOOK: [Needle; 1] = [Needle::new("{{#")];
    // The second is that of markdown-it-include.
    static VITEPRESS: [Needle; 2] = [Needle::new("@include"), Needle::new("!!!include(")];
    static GITLAB: [Needle; 1] = [Needle::new("::include{")];
    // Components of MDX.
    static MDX: [Needle; 3] = [Needle::new(IMPORT), Needle::new("{{<"), Needle::new("{{%")];
    static ANY: [Needle; 8] = [
        Needle::new(IMPORT),
        Needle::new("{{<"),
        Needle::new("{{%"),
        Needle::new("{% include"),
        Needle::new("{%- include"),
        Needle::new("{% render"),
        Needle::new("-8<-"),
        Needle::new("{{#"),
    ];
    match style {
        SlugStyle::Hugo | SlugStyle::HugoAscii | SlugStyle::HugoBlackfriday => &HUGO,
        SlugStyle::Kramdown | SlugStyle::Eleventy | SlugStyle::MarkdownItAnchor => &LIQUID,
        SlugStyle::Hexo => &HEXO,
        SlugStyle::Mkdocs | SlugStyle::MkdocsUnderscore | SlugStyle::Pymdownx => &MKDOCS,
        SlugStyle::Mdbook => &MDBOOK,
        SlugStyle::Vitepress => &VITEPRESS,
        SlugStyle::Gitlab => &GITLAB,
        SlugStyle::Docusaurus | SlugStyle::Github => &MDX,
        SlugStyle::Any => &ANY,
        SlugStyle::Zola | SlugStyle::ZolaSafe => &ZOLA,
        SlugStyle::NuxtContent | SlugStyle::Myst | SlugStyle::None => &[],
    }
}

/// What most of them begin with, and most pages do not have.
static OPENINGS: [Needle; 2] = [Needle::new("{{"), Needle::new("{%")];

/// Begins a line of MDX that takes in another file.
const IMPORT: &str = "import ";

/// The most templates of the site that are told apart on a page.
const MAX_PARTS: usize = 64;

/// What a page takes in outside of its code.
#[derive(Debug, Default)]
pub(super) struct Insertions {
    /// Whether it takes in anything besides pages and templates of the site, or something whose name is not known.
    pub takes_in_others: bool,
    /// Whether pages are among it, which the page names.
    pub takes_in_pages: bool,
    /// The names of templates of the site: shortcodes, and includes of Liquid.
    pub parts: Box<[Box<str>]>,
}

impl Insertions {
    pub(super) fn of(ast: &Ast, source: &str, style: SlugStyle) -> Self {
        let mut code: Option<[Vec<Span>; 2]> = None;
        let openings = OPENINGS.each_ref().map(|opening| (opening.text(), opening.is_in(source)));
        let may_be_there = |marker: &&Needle| {
            openings.iter().all(|(opening, is_there)| *is_there || !marker.text().starts_with(opening))
        };
        let places = insertions(style).iter().filter(may_be_there).flat_map(|marker| {
            let places = marker.places(source);
            places.map(|at| Span::from_range(at..at + marker.text().len()))
        });
        let mut parts = BTreeSet::new();
        let mut takes_in_pages = false;
        for place in places {
            let Some(insertion) = Insertion::at(place, source, style) else { continue };
            let code = code.get_or_insert_with(|| {
                [NodeKind::CodeBlock, NodeKind::Code].map(|kind| ast.of(kind).map(Node::span).collect())
            });
            let is_in_code = code.iter().any(|spans| {
                let before = spans.partition_point(|span| span.start <= place.start);
                before > 0 && place.start < spans[before - 1].end
            });
            match insertion {
                _ if is_in_code => {}
                Insertion::Page => takes_in_pages = true,
                Insertion::Part(name) if parts.len() < MAX_PARTS || parts.contains(name) => {
                    parts.insert(name);
                }
                _ => return Self { takes_in_others: true, ..Self::default() },
            }
        }
        let parts = parts.into_iter().map(Box::from).collect();
        Self { takes_in_others: false, takes_in_pages, parts }
    }
}

/// What a marker takes in.
enum Insertion<'a> {
    /// A template of the site.
    Part(&'a str),
    /// A page, by its name in the same line.
    Page,
    /// Another file.
    Other,
}

impl<'a> Insertion<'a> {
    /// What the marker at a place takes in; nothing for what makes no anchors.
    fn at(place: Span, source: &'a str, style: SlugStyle) -> Option<Self> {
        let after = &source[place.end as usize..];
        if style == SlugStyle::Zola {
            return shortcode_of_zola(after).map(Self::Part);
        }
        let name = name_at_start(after);
        match place.of(source) {
            IMPORT => imports_page(source, place.range()).then_some(Self::Other),
            "{{<" | "{{%" if name.starts_with('/') || SHORTCODES.contains(&name) => None,
            "{%" if name.starts_with("end") || TAGS.contains(&name) => None,
            "{{<" | "{{%" => Some(Self::Part(name)),
            "{% include" | "{%- include" if after.starts_with(' ') => Some(Self::Part(name)),
            "-8<-" | "@include" | "{{#" if names_page(after) => Some(Self::Page),
            _ => Some(Self::Other),
        }
    }
}

/// The name in `tide(hour=3) }}`. What is not a call stays text.
fn shortcode_of_zola(after: &str) -> Option<&str> {
    let after = after.trim_start_matches('-').trim_start();
    let name = &after[..after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len())];
    let is_call = !name.is_empty() && after[name.len()..].trim_start().starts_with('(');
    is_call.then_some(name)
}

/// Whether what follows a marker in its line is the name of one page.
fn names_page(after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    let end = ["}}", "-->"].into_iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len());
    names(&line[..end]).take(2).count() == 1
}

/// Shortcodes of Hugo's own that make no anchors.
const SHORTCODES: [&str; 12] = [
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

/// Tags of Hexo's own and of its templates that make no anchors.
const TAGS: [&str; 24] = [
    "asset_img",
    "asset_link",
    "asset_path",
    "blockquote",
    "code",
    "codeblock",
    "else",
    "elif",
    "for",
    "gist",
    "if",
    "iframe",
    "img",
    "include_code",
    "jsfiddle",
    "link",
    "post_link",
    "post_path",
    "pullquote",
    "quote",
    "raw",
    "set",
    "vimeo",
    "youtube",
];

/// The name of a shortcode or a tag. That of a closing shortcode begins with `/`, that of a closing tag with `end`.
fn name_at_start(shortcode: &str) -> &str {
    let name = shortcode.trim_start_matches('-').trim_start();
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '%')).unwrap_or(name.len());
    &name[..end]
}

/// Whether an `import` takes in a page: `import Tides from './_tides.mdx'`.
fn imports_page(source: &str, import: Range<usize>) -> bool {
    // A line may have many, and only the first is read to the end of it.
    if import.start > 0 && !source[..import.start].ends_with('\n') {
        return false;
    }
    let line = source[import.end..].split('\n').next().unwrap_or_default();
    let file = line.trim_end_matches([';', '\r', ' ']).strip_suffix(['"', '\'']);
    let ending = file.and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending);
    matches!(ending, Some("md" | "mdx"))
}
