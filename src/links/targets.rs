//! Every URL of a page, gathered from the tree.

use std::{cell::LazyCell, ops::Range};

use super::{address::AddressKind, front_matter, role, shortcode};
use crate::{
    front_matter::{FrontMatter, KeyPath},
    markdown::{Ast, HtmlTag, Link, LinkKind, Typed},
    text::{Needle, Span},
};

/// A URL that a page has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UrlTarget {
    /// How it is in the page.
    pub kind: TargetKind,
    /// What it names.
    pub address: AddressKind,
    /// Where it leads: escapes and entities resolved, percent escapes not. Of a bare URL what the renderer makes
    /// of it: `http://` before `www.`, `mailto:` before an e-mail address.
    pub url: Box<str>,
    /// The bytes of the destination as it is written, without angle brackets and quotes.
    pub span: Span,
    /// The link, image, definition or tag that has it; in front matter the value.
    pub owner: Span,
    /// What readers see of it: the text of a link, the description of an image. Definitions, HTML and front matter
    /// have none.
    pub text: Option<Span>,
    /// Whether the file has it just as it is meant, so that places in `url` are places in the file.
    pub is_verbatim: bool,
}

/// How a URL is in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum TargetKind {
    /// `[text](address)`
    Link,
    /// `![description](address)`
    Image,
    /// `[label]: address`. The references to it are not targets.
    Definition,
    /// `<https://example.org>`
    Autolink,
    /// `https://example.org`
    Bare,
    /// In an `href` attribute of an HTML tag, or in the `link` of Hugo's `figure`.
    Html,
    /// The value of a key of the front matter.
    FrontMatter,
    /// `[[page]]`
    Wikilink,
    /// `![[file]]`
    Embed,
    /// In a `src`, `srcset` or `poster` attribute of an HTML tag, or in the `src` of Hugo's `figure`: the page loads it.
    HtmlMedia,
}

impl TargetKind {
    /// Whether it is an attribute of an HTML tag, or as good as one.
    pub const fn is_html(self) -> bool {
        matches!(self, Self::Html | Self::HtmlMedia)
    }
}

impl UrlTarget {
    pub(super) fn new(
        kind: TargetKind,
        url: impl Into<Box<str>>,
        span: Span,
        owner: Span,
        source: &str,
    ) -> Self {
        let url = url.into();
        let is_verbatim = span.of(source) == &*url;
        Self { kind, address: AddressKind::of(&url), url, span, owner, text: None, is_verbatim }
    }

    fn of_link(kind: TargetKind, link: &Link, owner: Span, source: &str) -> Option<Self> {
        let destination = link.destination?.span;
        Some(Self { text: Some(link.text), ..Self::new(kind, link.url.clone(), destination, owner, source) })
    }

    /// The place of a part of the URL, by its bytes in `url`: all of the URL where escapes, entities or a
    /// scheme that is only meant make the file's text another.
    pub fn part(&self, part: Range<usize>) -> Span {
        if self.is_verbatim { Span::from_range(part).shift(self.span.start) } else { self.span }
    }
}

/// Whether an `@` at the start of its line makes of a link what a plugin shows there: `@[code](@snippets/tides.sh)`.
fn is_insertion(source: &str, link: Span) -> bool {
    let before = source[..link.start as usize].strip_suffix('@');
    before.is_some_and(|before| before.rsplit('\n').next().unwrap_or(before).trim().is_empty())
}

/// The URLs of a page in source order: of links, images, definitions, HTML tags, figures of Hugo, and front matter.
///
/// References count through their definition, code and comments not at all. `keys` hold URLs in front matter
/// although their names do not say so.
pub fn targets(
    source: &str,
    front_matter: Option<&FrontMatter>,
    keys: &[KeyPath],
    ast: &Ast,
    html_tags: &[HtmlTag],
) -> Box<[UrlTarget]> {
    let mut targets: Vec<UrlTarget> =
        front_matter.map(|it| front_matter::targets(source, it, keys)).unwrap_or_default();
    let links = ast.links().filter(|link| !is_insertion(source, link.span())).filter_map(|link| {
        let kind = match link.kind {
            LinkKind::Autolink => TargetKind::Autolink,
            LinkKind::Bare => TargetKind::Bare,
            _ => TargetKind::Link,
        };
        UrlTarget::of_link(kind, link.data(), link.span(), source)
    });
    targets.extend(links);
    let image = |it: Typed<'_, Link>| UrlTarget::of_link(TargetKind::Image, it.data(), it.span(), source);
    targets.extend(ast.images().filter_map(image));
    targets.extend(ast.definitions().iter().map(|it| {
        UrlTarget::new(TargetKind::Definition, it.url.clone(), it.destination.span, it.span, source)
    }));
    let badges = LazyCell::new(|| contributor_badges(source));
    let has_copied_badges =
        LazyCell::new(|| html_tags.iter().any(|tag| is_badge_of_contributor(source, tag)));
    for tag in html_tags {
        // In a drawing `href="#wave"` names a shape, which may well be in another file.
        let is_link = || {
            let is_listed = || badges.contains(&(tag.span.start as usize));
            let is_badge = || badge(tag).is_some() && *has_copied_badges;
            matches!(&*tag.name, "a" | "area") && !is_listed() && !is_badge()
        };
        let of_tag = tag.targets(source).into_iter().filter(|it| !it.url.starts_with('#') || is_link());
        let of_tag = of_tag.filter(|it| !names_itself(tag, &it.url) && is_as_written(tag, source, &it.url));
        targets.extend(of_tag.map(|it| {
            let kind = if it.attribute == "href" { TargetKind::Html } else { TargetKind::HtmlMedia };
            UrlTarget::new(kind, &*it.url, it.span, tag.span, source)
        }));
    }
    targets.extend(shortcode::targets(source, ast));
    targets.extend(role::targets(source, ast));
    targets.extend(ast.wikilinks(source).map(|link| {
        let kind = if link.is_embed { TargetKind::Embed } else { TargetKind::Wikilink };
        let name = link.target.of(source);
        let target = UrlTarget::new(kind, name, link.target, link.span, source);
        UrlTarget { address: AddressKind::Vault, text: link.text, ..target }
    }));
    targets.sort_by_key(|target| target.span);
    targets.into()
}

/// Where the list of contributors is that all-contributors writes: its badges have fragments that lead nowhere.
fn contributor_badges(source: &str) -> Range<usize> {
    static START: Needle = Needle::new("ALL-CONTRIBUTORS-LIST:START");
    static END: Needle = Needle::new("ALL-CONTRIBUTORS-LIST:END");
    let Some(start) = START.places(source).next() else { return 0..0 };
    start..END.places(source).find(|end| *end > start).unwrap_or(start)
}

/// The name in a tag that is written as those badges are, which a copy of the list has, too: with a title, and in the fragment the kind of
/// what somebody contributed and their name.
fn badge(tag: &HtmlTag) -> Option<&str> {
    let href = &*tag.attribute("href")?.value;
    let (_, name) = href.strip_prefix('#')?.split_once('-')?;
    (!name.is_empty() && tag.attribute("title").is_some()).then_some(name)
}

/// Whether a tag is such a badge because a link to the profile of who is named is shortly before it.
fn is_badge_of_contributor(source: &str, tag: &HtmlTag) -> bool {
    const REACH: usize = 2000;
    let Some(name) = badge(tag) else { return false };
    let end = tag.span.start as usize;
    let before = &source.as_bytes()[end.saturating_sub(REACH)..end];
    let profile = format!("/{name}\"");
    memchr::memmem::find(before, profile.as_bytes()).is_some()
}

/// Whether a path in a tag is what browsers get: a component may put another host or folder in front of it, unless it is a
/// link, an image or a box with a link by its name.
fn is_as_written(tag: &HtmlTag, source: &str, url: &str) -> bool {
    const WHOLE: [&str; 8] =
        ["Link", "NavLink", "DocLink", "NextLink", "PageLink", "CardLink", "ButtonLink", "Video"];
    const ENDINGS: [&str; 6] = ["Button", "Card", "Figure", "Image", "Img", "Tile"];
    let name = source.get(tag.span.start as usize + 1..).unwrap_or_default();
    let name = &name[..name.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(name.len())];
    let is_component = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    !is_component
        || AddressKind::of(url) != AddressKind::Relative
        || WHOLE.contains(&name)
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a tag is an anchor that links to itself, as editors write it into headings: `<a href="#tides" id="tides">`.
fn names_itself(tag: &HtmlTag, url: &str) -> bool {
    let id = tag.attribute("id").map(|id| &*id.value);
    &*tag.name == "a" && !url.is_empty() && id == Some(url.strip_prefix('#').unwrap_or(url))
}
