//! Anchors that the headings of a page have with other engines than GitHub's, or with other versions of an engine.

use std::sync::OnceLock;

use super::ast::Ast;
use super::headings::{self, HeadingText};
use crate::text::{SlugStyle, Slugger};

/// The headings of a page for engines whose ids differ from GitHub's. Hardly any page has a link that needs them, so the
/// ids are made when the first one does.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(super) struct OtherAnchors {
    /// The texts, and how long each is for engines that read the attributes at its end.
    headings: Vec<(Box<str>, u32)>,
    /// Sorted.
    ids: OnceLock<Box<[Box<str>]>>,
}

/// The parts of [`OtherAnchors`] that do not follow from each other.
#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    headings: Vec<(Box<str>, u32)>,
    ids: Option<Box<[Box<str>]>>,
}

impl From<OtherAnchors> for Stored {
    fn from(anchors: OtherAnchors) -> Self {
        // Where there are headings, the ids are made from them.
        let ids = anchors.ids.into_inner().filter(|_| anchors.headings.is_empty());
        Self { headings: anchors.headings, ids }
    }
}

impl From<Stored> for OtherAnchors {
    fn from(stored: Stored) -> Self {
        Self { headings: stored.headings, ids: stored.ids.map_or_else(OnceLock::new, OnceLock::from) }
    }
}

impl OtherAnchors {
    /// The ids that other versions of an engine make, where they differ.
    pub(super) fn of_versions(ast: &Ast, source: &str, style: SlugStyle) -> Option<Self> {
        let has_versions =
            matches!(style, SlugStyle::Hugo | SlugStyle::Vitepress | SlugStyle::Kramdown | SlugStyle::Hexo);
        let mut ids = if has_versions { of_other_versions(ast, source, style) } else { vec![] };
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then(|| Self { headings: vec![], ids: OnceLock::from(Box::from(ids)) })
    }

    /// Whether the lengths are those of parts of the texts.
    pub(super) fn is_sound(&self) -> bool {
        self.headings.iter().all(|(text, length)| text.is_char_boundary(*length as usize))
    }

    pub(super) fn add(&mut self, length_without_attributes: usize, text: String) {
        self.headings.push((text.into(), length_without_attributes as u32));
    }

    /// Whether one of them gives a heading this id.
    pub(super) fn have(&self, id: &str) -> bool {
        self.ids.get_or_init(|| self.make_ids()).binary_search_by(|other| (**other).cmp(id)).is_ok()
            || self.headings.iter().any(|(text, _)| names_symbols(text, id))
    }

    fn make_ids(&self) -> Box<[Box<str>]> {
        const STYLES: [SlugStyle; 4] =
            [SlugStyle::Kramdown, SlugStyle::Mkdocs, SlugStyle::Vitepress, SlugStyle::Eleventy];
        let mut ids: Vec<Box<str>> = Vec::new();
        for style in STYLES {
            let mut slugger = Slugger::new(style);
            let texts = self.headings.iter().map(|(text, length)| {
                if headings::has_attributes(style) { &text[..*length as usize] } else { text }
            });
            ids.extend(texts.filter_map(|text| slugger.next(text)).map(Into::into));
        }
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }
}

/// Whether an id may be that of a heading with symbols in it, each of which some engines put into words: `rocks-crab`.
fn names_symbols(text: &str, id: &str) -> bool {
    const SHORTEST: usize = 3;
    let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    let names = |gap: &str| gap.contains(char::is_alphanumeric);
    let (mut rest, mut length, mut after_symbol) = (id, 0, false);
    for part in text.split_inclusive(is_symbol) {
        let (words, ends_in_symbol) = part.strip_suffix(is_symbol).map_or((part, false), |it| (it, true));
        if let Some(slug) = Slugger::new(SlugStyle::Github).next(words) {
            let slug = slug.trim_matches('-');
            match rest.split_once(slug) {
                Some((gap, after)) if names(gap) == after_symbol && !slug.is_empty() => rest = after,
                _ if slug.is_empty() => {}
                _ => return false,
            }
            after_symbol &= slug.is_empty();
            length += slug.len();
        }
        after_symbol |= ends_in_symbol;
    }
    length >= SHORTEST && text.contains(is_symbol) && names(rest) == after_symbol
}

/// Anchors that other versions of the engine make. Some slug the line as it is written, with marks, entities and
/// addresses; kramdown leaves the hyphens of code; other renderers of Hexo make GitHub's.
fn of_other_versions(ast: &Ast, source: &str, style: SlugStyle) -> Vec<Box<str>> {
    let by_github = matches!(style, SlugStyle::Kramdown | SlugStyle::Hexo);
    let mut slugger = Slugger::new(if by_github { SlugStyle::Github } else { style });
    let mut ids = Vec::new();
    for heading in ast.headings() {
        let text = HeadingText::of(heading, source, style).text;
        let written = heading.content.of(source);
        let other = match style {
            SlugStyle::Hugo | SlugStyle::Vitepress => Some(written).filter(|written| *written != text),
            SlugStyle::Hexo => Some(&*text),
            _ => Some(&*text).filter(|_| written.contains('`')),
        };
        ids.extend(other.and_then(|text| slugger.next(text)).map(Into::into));
    }
    ids
}
