//! What the links to a page can point at: headings, ids of the author's and of HTML, footnotes.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::ast::{Ast, Node};
use super::components::{begins_heading_with_component, shows_own_components};
use super::dialect::IslandKind;
use super::fragment::Fragment;
use super::headings::{self, HeadingText};
use super::html::{HtmlTag, TagForm};
use super::html_headings::{HtmlHeading, html_headings};
use super::insertions::Insertions;
use super::myst;
use super::node_kind::NodeKind;
use super::other_anchors::OtherAnchors;
use super::scan::RareBytes;
use crate::text::{Search, SlugStyle, Slugger, Span, bare_letters, without_accents, zola_slug};

/// A place in a page that a link can point at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Anchor {
    /// What is after the `#` of such a link, not percent-encoded.
    pub id: Box<str>,
    /// The text of the heading, the id as it is written, or the name of the footnote.
    pub span: Span,
    /// What makes it one.
    pub kind: AnchorKind,
}

/// What makes a place one that a link can point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AnchorKind {
    /// A heading, by its text.
    Heading,
    /// `{#id}` after a heading or another block.
    Explicit,
    /// `{/*id*/}` after a heading: a comment to MDX, and on some sites the heading's id.
    Comment,
    /// The `id` of a tag.
    HtmlId,
    /// The `name` of an `<a>`.
    HtmlName,
    /// A footnote, or the place that it belongs to.
    Footnote,
}

/// Whether `mkdocstrings` fills the page with what it finds in code: a line such as `::: harbour.tides` stands for that.
fn documents_code(source: &str, style: SlugStyle) -> bool {
    let is_code = |line: &str| {
        let name = line.trim_start().strip_prefix("::: ");
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
    };
    matches!(style, SlugStyle::Mkdocs | SlugStyle::Any)
        && source.contains("::: ")
        && source.lines().any(is_code)
}

/// Whether Python-Markdown reads a line as a heading that has no space after its `#`.
fn has_bare_heading(ast: &Ast, source: &str, style: SlugStyle) -> bool {
    let reads_them = matches!(style, SlugStyle::Mkdocs | SlugStyle::MkdocsUnderscore | SlugStyle::Pymdownx);
    let begins_line =
        |span: Span| matches!(source[..span.start as usize].chars().next_back(), None | Some('\n'));
    reads_them
        && ast
            .of(NodeKind::Text)
            .any(|text| text.span().of(source).starts_with('#') && begins_line(text.span()))
}

/// Whether the engine makes an anchor by a table that is not known.
fn has_unknown_slug(ast: &Ast, source: &str, slugs: SlugStyle) -> bool {
    let is_unknown = |heading| zola_slug(&HeadingText::of(heading, source, slugs).text).is_none();
    slugs == SlugStyle::Zola && ast.headings().any(is_unknown)
}

/// Whether a template makes the id of an element, or a part of it: `id="day-{{ number }}"`.
fn has_id_of_template(tag: &HtmlTag) -> bool {
    tag.attribute("id").is_some_and(|id| id.value.contains("{{"))
}

/// The anchors of a page. Plain data, small enough to be kept for every page of a site.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Anchors {
    list: Box<[Anchor]>,
    /// Indices by id; of equal ids the first in the page comes first.
    by_id: Box<[u32]>,
    /// What other engines or versions of the engine make, where it is not known which makes the page.
    others: Option<OtherAnchors>,
    is_open: bool,
    /// Whether the page takes in others, with their anchors.
    pub has_pages_in_it: bool,
    /// The templates of the site that the page shows by their names, which may make others.
    parts: Box<[Box<str>]>,
    /// The first of those that differ in case alone, by their lowercase letters. Asked only after a miss.
    #[serde(skip)]
    by_small_id: OnceLock<HashMap<Box<str>, u32>>,
    /// The [`letters`] of all ids. Asked only of engines that keep anchors of their former rules.
    #[serde(skip)]
    letters: OnceLock<HashSet<Box<str>>>,
}

impl Anchors {
    /// Finds the anchors of a page, as an engine makes them. `tags` are those of [`Ast::html_tags`].
    pub fn of(ast: &Ast, source: &str, tags: &[HtmlTag], slugs: SlugStyle) -> Self {
        let style = slugs.engine();
        let mut anchors = html(tags);
        let mut others = (style == SlugStyle::Any).then(OtherAnchors::default);
        headings(ast, source, tags, slugs, &mut anchors, others.as_mut());
        attributes(ast, source, style, &mut anchors);
        footnotes(ast, style, &mut anchors);
        let is_myst = style == SlugStyle::Myst;
        if is_myst {
            anchors.extend(myst::targets(source));
        }
        anchors.sort_by_key(|anchor| anchor.span.start);
        let mut by_id: Vec<u32> = (0..anchors.len() as u32).collect();
        by_id.sort_by_key(|&i| &anchors[i as usize].id);
        let insertions = Insertions::of(ast, source, style);
        Self {
            list: anchors.into(),
            by_id: by_id.into(),
            others: others.or_else(|| OtherAnchors::of_versions(ast, source, slugs)),
            is_open: is_made_by_template(ast)
                || has_template_in_heading(ast, source)
                || style == SlugStyle::Mdbook
                    && ast.overlay().is_some_and(|it| it.has_definition_list(source))
                || insertions.takes_in_others
                || documents_code(source, style)
                || has_bare_heading(ast, source, style)
                || tags.iter().any(has_id_of_template)
                || is_myst && myst::has_other_ids(ast, source)
                || has_unknown_slug(ast, source, slugs)
                || shows_own_components(ast, source, tags, style),
            has_pages_in_it: insertions.takes_in_pages,
            parts: insertions.parts,
            by_small_id: OnceLock::new(),
            letters: OnceLock::new(),
        }
    }

    /// The same, where components are not tags like others: the anchor of a heading that begins with one is not known.
    #[must_use]
    pub fn with_components(mut self, ast: &Ast, source: &str, tags: &[HtmlTag], style: SlugStyle) -> Self {
        self.is_open |= style != SlugStyle::Vitepress && begins_heading_with_component(ast, source, tags);
        self
    }

    /// Whether the parts fit each other, as they do unless they come from elsewhere.
    pub fn is_sound(&self) -> bool {
        let mut order = self.by_id.to_vec();
        order.sort_unstable();
        order.into_iter().eq(0..self.list.len() as u32)
            && self.others.as_ref().is_none_or(OtherAnchors::is_sound)
    }

    /// All of them in source order; of those with the same id, browsers go to the first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Anchor> {
        self.list.iter()
    }

    /// Whether the page may have others besides: it takes in another file, or text that a template or a component makes.
    /// `is_plain` says by name which templates of the site make none.
    pub fn is_open(&self, is_plain: impl Fn(&str) -> bool) -> bool {
        self.is_open || self.parts.iter().any(|name| !is_plain(name))
    }

    /// Whether a fragment, with or without its `#`, leads somewhere. Those that need no anchor always do: the top of
    /// the page, lines, words.
    pub fn contains(&self, fragment: &str) -> bool {
        match Fragment::parse(fragment) {
            Fragment::Id(id) => self.get(&id).is_some() || self.may_have(&id),
            Fragment::Top | Fragment::Lines | Fragment::Text => true,
        }
    }

    /// Whether a heading has an id with one of the engines that may make the page.
    pub fn may_have(&self, id: &str) -> bool {
        self.others.as_ref().is_some_and(|others| others.have(id))
    }

    /// The first anchor with an id.
    pub fn get(&self, id: &str) -> Option<&Anchor> {
        let of = |i: &u32| &self.list[*i as usize];
        let at = self.by_id.partition_point(|i| *of(i).id < *id);
        self.by_id.get(at).map(of).filter(|anchor| *anchor.id == *id)
    }

    /// The first anchor that is an id without regard to case.
    pub fn twin(&self, id: &str) -> Option<&Anchor> {
        let by_small_id = self.by_small_id.get_or_init(|| {
            let mut by_small_id = HashMap::with_capacity(self.list.len());
            for (index, anchor) in self.list.iter().enumerate() {
                by_small_id.entry(anchor.id.to_lowercase().into()).or_insert(index as u32);
            }
            by_small_id
        });
        by_small_id.get(id.to_lowercase().as_str()).map(|&index| &self.list[index as usize])
    }

    /// Whether an anchor has the letters and digits of an id, whatever is between them, and accents aside.
    pub fn has_letters_of(&self, id: &str) -> bool {
        let all = self.letters.get_or_init(|| self.iter().map(|anchor| letters(&anchor.id)).collect());
        all.contains(&letters(id))
    }

    /// The anchor that differs from a wanted id in case alone, or that is nearest to it, if one is near enough to be
    /// what was meant.
    pub fn nearest(&self, id: &str, search: &mut Search) -> Option<&Anchor> {
        let others = self.iter().map(|anchor| &*anchor.id);
        self.twin(id).or_else(|| self.get(search.nearest_outside_series(id, others)?))
    }
}

/// The letters and digits of an id, without accents and the word for `&`.
fn letters(id: &str) -> Box<str> {
    bare_letters(&without_accents(id).replace("-and-", "-")).into()
}

/// Whether nothing is in a page but its front matter, of which a template makes what readers see.
fn is_made_by_template(ast: &Ast) -> bool {
    ast.root().children().next().is_none()
}

/// Whether a template makes a part of a heading, whose anchor is not known then.
fn has_template_in_heading(ast: &Ast, source: &str) -> bool {
    ast.overlay().is_some_and(|overlay| {
        ast.headings().any(|heading| {
            let islands = overlay.islands().iter();
            let start = islands.as_slice().partition_point(|island| island.span.end <= heading.content.start);
            let within = islands.skip(start).take_while(|island| island.span.start < heading.content.end);
            within.into_iter().any(|island| match island.kind {
                IslandKind::Math | IslandKind::Attributes => false,
                // An id in a form that not every version of the engine reads.
                IslandKind::Comment => {
                    island.span.of(source).contains('#')
                        && headings::id_in_comment(heading.content, source).is_none()
                }
                _ => true,
            })
        })
    })
}

fn html(tags: &[HtmlTag]) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for tag in tags.iter().filter(|tag| tag.form != TagForm::Closing) {
        let name = tag.attribute("name").filter(|_| &*tag.name == "a").map(|it| (it, AnchorKind::HtmlName));
        let id = tag.attribute("id").map(|it| (it, AnchorKind::HtmlId));
        // A component passes it on to what it makes: `titleId`.
        let of_part = tag.attribute("titleid").or_else(|| tag.attribute("headingid"));
        let of_part = of_part.map(|it| (it, AnchorKind::HtmlId));
        for (attribute, kind) in id.into_iter().chain(name).chain(of_part) {
            if !attribute.value.is_empty() {
                anchors.push(Anchor { id: attribute.value.clone(), span: attribute.span, kind });
            }
        }
    }
    anchors
}

fn headings(
    ast: &Ast,
    source: &str,
    tags: &[HtmlTag],
    slugs: SlugStyle,
    anchors: &mut Vec<Anchor>,
    mut others: Option<&mut OtherAnchors>,
) {
    if slugs == SlugStyle::None {
        return;
    }
    let style = slugs.engine();
    let mut slugger = Slugger::new(slugs);
    if style == SlugStyle::Zola {
        // It looks at all of them before it makes others.
        let ids = ast.headings().filter_map(|heading| HeadingText::of(heading, source, style).id);
        ids.for_each(|id| slugger.reserve(id.of(source)));
    }
    let is_of_forge = matches!(style, SlugStyle::Github | SlugStyle::Any);
    let in_html = if is_of_forge { html_headings(source, tags) } else { vec![] };
    let mut in_html = in_html.into_iter().peekable();
    let mut add_html = |slugger: &mut Slugger, anchors: &mut Vec<Anchor>, before: u32| {
        while let Some(HtmlHeading { content, text }) = in_html.next_if(|it| it.content.start < before) {
            let id = slugger.next(&text);
            anchors.extend(id.map(|id| Anchor { id: id.into(), span: content, kind: AnchorKind::Heading }));
        }
    };
    for heading in ast.headings() {
        add_html(&mut slugger, anchors, heading.content.start);
        let HeadingText { text, id, .. } = HeadingText::of(heading, source, style);
        // The usual theme of Docusaurus leaves out the ids of titles. Links to them lead to the top of the page, where the
        // title is.
        if let Some(span) = id.filter(|_| style != SlugStyle::Myst) {
            let id = span.of(source);
            slugger.reserve(id);
            anchors.push(Anchor { id: id.into(), span, kind: AnchorKind::Explicit });
        }
        if let Some(span) = headings::id_in_comment(heading.content, source).filter(|_| id.is_none()) {
            anchors.push(Anchor { id: span.of(source).into(), span, kind: AnchorKind::Comment });
        }
        if style == SlugStyle::Github
            && let Some(span) = headings::id_in_brackets(heading.content, source)
        {
            anchors.push(Anchor { id: span.of(source).into(), span, kind: AnchorKind::Explicit });
        }
        if (id.is_none() || !headings::has_attributes(style))
            && let Some(id) = slugger.next(&text)
        {
            anchors.push(Anchor { id: id.into(), span: heading.content, kind: AnchorKind::Heading });
        }
        if let Some(others) = &mut others {
            others.add(headings::without_braces(heading, source, &text).len(), text);
        }
    }
    add_html(&mut slugger, anchors, u32::MAX);
}

/// Ids of blocks and inlines that are not headings, `{: #id}` or `{#id}`, where the engine has them.
fn attributes(ast: &Ast, source: &str, style: SlugStyle, anchors: &mut Vec<Anchor>) {
    let reads_lists = headings::has_attributes(style) || matches!(style, SlugStyle::Any | SlugStyle::Myst);
    if !reads_lists || matches!(style, SlugStyle::Mdbook | SlugStyle::Docusaurus | SlugStyle::Zola) {
        return;
    }
    let known = anchors.len();
    let mut braces = RareBytes::new(source, |text| memchr::memchr(b'{', text));
    // Python-Markdown reads a list in the line below a heading as a paragraph.
    let ends: HashSet<u32> = match style {
        SlugStyle::Mkdocs => ast.headings().map(|heading| heading.node().span().end).collect(),
        _ => HashSet::new(),
    };
    let is_below_heading = |list: &Span| {
        let before = source[..list.start as usize].trim_end_matches([' ', '\t']);
        before.strip_suffix('\n').is_some_and(|above| ends.contains(&(above.trim_end().len() as u32)))
    };
    // Braces after a heading are text in MyST.
    let counts_in = |text: Node<'_>| {
        style != SlugStyle::Myst || text.parent().is_none_or(|parent| parent.kind() != NodeKind::Heading)
    };
    for text in ast.of(NodeKind::Text).filter(|text| braces.are_in(text.span()) && counts_in(*text)) {
        let written = text.span().of(source).as_bytes();
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'{', &written[at..]).map(|i| at + i)
            && let Some(close) = memchr::memchr2(b'}', b'{', &written[open + 1..]).map(|i| open + 1 + i)
        {
            at = close;
            let offset = text.span().start as usize;
            let list = Span::from_range(offset + open..offset + close + 1);
            let inside = written[open + 1..close].trim_ascii_start();
            let begins = matches!(inside, [b'#' | b':', ..]) || inside.starts_with(b"id=");
            // Python-Markdown takes a list that follows a word for text.
            let before = open.checked_sub(1).map(|at| written[at]);
            let counts = style != SlugStyle::Mkdocs || before.is_none_or(|byte| byte.is_ascii_whitespace());
            if begins
                && counts
                && !is_below_heading(&list)
                && written[close] == b'}'
                && let Some(span) = headings::id(list, source)
            {
                let id = span.of(source).into();
                anchors.push(Anchor { id, span, kind: AnchorKind::Explicit });
            }
        }
    }
    let lists = ast.overlay().into_iter().flat_map(|overlay| overlay.attribute_lists(source));
    for list in lists.filter(|list| !is_below_heading(list)) {
        if let Some(span) = headings::id(list, source) {
            anchors.push(Anchor { id: span.of(source).into(), span, kind: AnchorKind::Explicit });
        }
    }
    let added = anchors.split_off(known);
    if added.is_empty() {
        return;
    }
    let taken: HashSet<Span> = anchors.iter().map(|anchor| anchor.span).collect();
    anchors.extend(added.into_iter().filter(|anchor| !taken.contains(&anchor.span)));
}

/// Footnotes, and the first reference to each, as the engine names them. Of engines that have none by default, or that
/// put a number of chance into the name, nothing is known.
fn footnotes(ast: &Ast, style: SlugStyle, anchors: &mut Vec<Anchor>) {
    const GITHUB: [&str; 3] = ["user-content-fn-", "user-content-fnref-", ""];
    const USUAL: [&str; 3] = ["fn:", "fnref:", ""];
    let forms: &[[&str; 3]] = match style {
        SlugStyle::Github | SlugStyle::Docusaurus | SlugStyle::NuxtContent => &[GITHUB],
        SlugStyle::Hugo
        | SlugStyle::HugoAscii
        | SlugStyle::HugoBlackfriday
        | SlugStyle::Kramdown
        | SlugStyle::Mkdocs
        | SlugStyle::MkdocsUnderscore
        | SlugStyle::Pymdownx => &[USUAL],
        SlugStyle::Zola | SlugStyle::ZolaSafe => &[["", "fr-", "-1"], ["fn-", "fr-", "-1"]],
        SlugStyle::Any => &[GITHUB, USUAL],
        SlugStyle::Gitlab
        | SlugStyle::Mdbook
        | SlugStyle::Vitepress
        | SlugStyle::Eleventy
        | SlugStyle::MarkdownItAnchor
        | SlugStyle::Myst
        | SlugStyle::Hexo
        | SlugStyle::None => &[],
    };
    for form in forms {
        named_footnotes(ast, *form, anchors);
    }
}

/// `form` is what comes before the name of a note, and what before and after that of a reference.
fn named_footnotes(ast: &Ast, [note, reference, end]: [&str; 3], anchors: &mut Vec<Anchor>) {
    let mut add = |id: String, span| {
        anchors.push(Anchor { id: id.into(), span, kind: AnchorKind::Footnote });
    };
    for definition in ast.footnote_definitions() {
        add(format!("{note}{}", definition.name), definition.label);
    }
    let mut seen = HashSet::new();
    for footnote in ast.footnote_references().filter(|footnote| seen.insert(&footnote.data().name)) {
        add(format!("{reference}{}{end}", footnote.name), footnote.label);
    }
}
