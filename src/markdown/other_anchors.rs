//! Anchors that the headings of a page have with other engines than GitHub's, or with other versions of an engine.

use std::{collections::HashSet, sync::OnceLock};

use super::ast::Ast;
use super::headings::{self, HeadingText};
use crate::text::{SlugStyle, Slugger, bare_letters, docutils_id, elder_vitepress, slug};

/// The headings of a page for engines whose ids differ from GitHub's. Hardly any page has a link that needs them, so the
/// ids are made when the first one does.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(super) struct OtherAnchors {
    /// The texts, and how long each is for engines that read the attributes at its end.
    headings: Vec<(Box<str>, u32)>,
    /// Sorted.
    ids: OnceLock<Box<[Box<str>]>>,
    /// The headings with symbols in them, if they are few enough to be compared with every wanted id.
    symbolic: OnceLock<Option<Box<[SymbolicHeading]>>>,
    /// See [`Self::loose_forms`].
    loose: OnceLock<HashSet<Box<str>>>,
    /// The letters and digits of all headings.
    plain: OnceLock<HashSet<Box<str>>>,
}

/// Headings with symbols that wanted ids are compared with; where there are more, every id may be that of one.
const MAX_SYMBOLIC: usize = 128;

/// A longer id, in bytes, is not looked for among the names of two headings.
const LONGEST_JOINED: usize = 256;

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
        let ids = stored.ids.map_or_else(OnceLock::new, OnceLock::from);
        Self { headings: stored.headings, ids, ..Self::default() }
    }
}

impl OtherAnchors {
    /// The ids that other versions of an engine make, where they differ.
    pub(super) fn of_versions(ast: &Ast, source: &str, slugs: SlugStyle) -> Option<Self> {
        let style = slugs.engine();
        let has_versions = matches!(
            style,
            SlugStyle::Hugo
                | SlugStyle::Vitepress
                | SlugStyle::Kramdown
                | SlugStyle::Hexo
                | SlugStyle::Mkdocs
        );
        let mut ids = if has_versions { of_other_versions(ast, source, slugs) } else { vec![] };
        if style == SlugStyle::Vitepress {
            of_elders(ast, source, &mut ids);
        }
        of_typography(ast, source, slugs, &mut ids);
        if style == SlugStyle::Myst {
            let texts = ast.headings().map(|heading| HeadingText::of(heading, source, style).text);
            ids.extend(texts.map(|text| docutils_id(&text).into()));
        }
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then(|| Self { ids: OnceLock::from(Box::from(ids)), ..Self::default() })
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
            || self.names_symbols(id)
            || self.have_letters(&bare_letters(id))
    }

    /// The same of the letters and digits of an id.
    fn have_letters(&self, wanted: &str) -> bool {
        self.loose.get_or_init(|| self.loose_forms()).contains(wanted) || self.join_to(wanted)
    }

    /// Whether the letters of an id are those of two headings, as programs make ids that put the name of the section in front.
    fn join_to(&self, wanted: &str) -> bool {
        let plain = || {
            let all = self.headings.iter().map(|(text, _)| Box::<str>::from(bare_letters(text)));
            all.filter(|it| !it.is_empty()).collect::<HashSet<_>>()
        };
        wanted.len() <= LONGEST_JOINED && {
            let plain = self.plain.get_or_init(plain);
            let mut ends = wanted.char_indices().skip(1);
            ends.any(|(at, _)| plain.contains(&wanted[..at]) && plain.contains(&wanted[at..]))
        }
    }

    /// The letters and digits of headings with punctuation of ASCII, of which every engine makes something else.
    fn loose_forms(&self) -> HashSet<Box<str>> {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '`' | '*');
        let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric();
        let texts = self.headings.iter().map(|(text, _)| &**text);
        let texts = texts.filter(|text| !text.chars().all(is_plain) && !text.contains(is_symbol));
        let words = [("$", "usd"), ("<", "less-than"), (">", "greater-than"), ("&", "and"), ("%", "percent")];
        let worded =
            |text: &str| words.iter().fold(text.to_owned(), |text, (sign, word)| text.replace(sign, word));
        texts.flat_map(|text| [bare_letters(text).into(), bare_letters(&worded(text)).into()]).collect()
    }

    /// Whether an id may be that of a heading with symbols in it.
    fn names_symbols(&self, id: &str) -> bool {
        let symbolic = self.symbolic.get_or_init(|| {
            let mut all = self.headings.iter().filter_map(|(text, _)| SymbolicHeading::of(text));
            let few = all.by_ref().take(MAX_SYMBOLIC).collect();
            all.next().is_none().then_some(few)
        });
        symbolic.as_ref().is_none_or(|headings| headings.iter().any(|heading| heading.may_have(id)))
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
        // As markdown-it-anchor makes them unless the site has a function of its own.
        ids.extend(self.headings.iter().map(|(text, _)| {
            text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join("-").into()
        }));
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }
}

/// A heading with symbols in it, each of which some engines put into words: `rocks-crab`.
#[derive(Debug, Clone)]
struct SymbolicHeading {
    /// The slugs of what is around the symbols, each with whether a symbol is before it. None of them is empty.
    slugs: Box<[(bool, Box<str>)]>,
    /// Bytes of all slugs.
    length: usize,
    ends_in_symbol: bool,
}

impl SymbolicHeading {
    /// `None` if the text has no symbol, or too few other characters.
    fn of(text: &str) -> Option<Self> {
        const SHORTEST: usize = 3;
        let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric();
        if !text.contains(is_symbol) {
            return None;
        }
        let (mut slugs, mut length, mut after_symbol) = (Vec::new(), 0, false);
        for part in text.split_inclusive(is_symbol) {
            let words = part.strip_suffix(is_symbol);
            let slug = Slugger::new(SlugStyle::Github).next(words.unwrap_or(part)).unwrap_or_default();
            let slug = slug.trim_matches('-');
            if !slug.is_empty() {
                length += slug.len();
                slugs.push((after_symbol, Box::from(slug)));
                after_symbol = false;
            }
            after_symbol |= words.is_some();
        }
        (length >= SHORTEST).then(|| Self { slugs: slugs.into(), length, ends_in_symbol: after_symbol })
    }

    /// Whether an id has words where this has symbols, and is the same elsewhere.
    fn may_have(&self, id: &str) -> bool {
        let has_word = |gap: &str| gap.contains(char::is_alphanumeric);
        if self.length > id.len() {
            return false;
        }
        let mut rest = id;
        for (after_symbol, slug) in &self.slugs {
            match rest.split_once(&**slug) {
                Some((gap, after)) if has_word(gap) == *after_symbol => rest = after,
                _ => return false,
            }
        }
        has_word(rest) == self.ends_in_symbol
    }
}

/// Anchors that other versions of the engine make. Some slug the line as it is written, with marks, entities and
/// addresses; kramdown leaves the hyphens of code; other renderers of Hexo make GitHub's.
fn of_other_versions(ast: &Ast, source: &str, slugs: SlugStyle) -> Vec<Box<str>> {
    let style = slugs.engine();
    let by_github = matches!(style, SlugStyle::Kramdown | SlugStyle::Hexo);
    let mut slugger = Slugger::new(if by_github { SlugStyle::Github } else { slugs });
    let mut ids = Vec::new();
    for heading in ast.headings() {
        let text = HeadingText::of(heading, source, style).text;
        let written = heading.content.of(source);
        let other = match style {
            SlugStyle::Hugo | SlugStyle::Vitepress => Some(written).filter(|written| *written != text),
            SlugStyle::Hexo => Some(&*text),
            // Without the extension for emojis their names are text.
            SlugStyle::Mkdocs => {
                Some(written).filter(|written| headings::without_emojis(written) != *written)
            }
            _ => Some(&*text).filter(|_| written.contains('`')),
        };
        ids.extend(other.and_then(|text| slugger.next(text)).map(Into::into));
    }
    ids
}

/// Anchors of engines that make dashes of hyphens before they slug a heading, in some versions or unless told otherwise. Most
/// then drop the dashes. mdBook besides knew only the lowercase of ASCII at first.
fn of_typography(ast: &Ast, source: &str, slugs: SlugStyle, ids: &mut Vec<Box<str>>) {
    let style = slugs.engine();
    let dropped = |text: &str| text.replace("---", "").replace("--", "");
    let forms: &[&dyn Fn(&str) -> String] = match style {
        SlugStyle::Github | SlugStyle::Hugo => &[&dropped],
        SlugStyle::Mdbook => &[&dropped, &str::to_lowercase, &|text| dropped(text).to_lowercase()],
        SlugStyle::Hexo => &[&|text| text.replace("---", "\u{2014}").replace("--", "\u{2013}")],
        _ => return,
    };
    let texts = ast.headings().map(|heading| HeadingText::of(heading, source, style));
    let made = texts.filter(|it| it.id.is_none() || !headings::has_attributes(style));
    let texts: Vec<String> = made.map(|it| it.text).collect();
    for form in forms {
        let mut slugger = Slugger::new(slugs);
        for text in &texts {
            let changed = form(text);
            let id = slugger.next(&changed);
            ids.extend(id.filter(|_| changed != *text).map(Into::into));
        }
    }
}

/// Anchors as VuePress 1 and the first versions of VitePress make them, where they differ: dashes count as hyphens, and the oldest
/// know of marks on Latin letters only.
fn of_elders(ast: &Ast, source: &str, ids: &mut Vec<Box<str>>) {
    let mut seen = HashSet::new();
    for heading in ast.headings() {
        let text = HeadingText::of(heading, source, SlugStyle::Vitepress).text;
        if text.is_ascii() {
            continue;
        }
        let usual = slug(SlugStyle::Vitepress, &text);
        let slugs = [elder_vitepress(&text), slug(SlugStyle::Vitepress, &text.replace(['–', '—'], "-"))];
        let others = slugs.into_iter().filter(|other| *other != usual && !other.is_empty());
        ids.extend(others.filter(|other| seen.insert(other.clone())).map(Into::into));
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::{MAX_SYMBOLIC, OtherAnchors};
    use crate::{document::Document, text::SlugStyle};

    #[test]
    fn where_many_headings_have_symbols_any_id_may_be_that_of_one() {
        for (count, may_have) in [(MAX_SYMBOLIC, false), (MAX_SYMBOLIC + 1, true)] {
            let mut anchors = OtherAnchors::default();
            anchors.add(4, "Pier".to_owned());
            (0..count).for_each(|number| anchors.add(4, format!("Tide {number} ⚓")));
            assert!(anchors.have("tide-7-anchor") && anchors.have("pier"));
            assert_eq!(anchors.have("mast"), may_have);
        }
    }

    #[test]
    fn hugo_makes_dashes_of_hyphens_before_anchors() {
        let document = Document::parse(
            &Arc::from(Path::new("a.md")),
            "## Ebb -- low_tide\n\n## Quay\n{: #pier }\n",
            &[],
        );
        let anchors = document.anchors(SlugStyle::Hugo);
        assert!(anchors.contains("ebb--low_tide") && anchors.contains("ebb----low_tide"));
        assert!(!document.anchors(SlugStyle::Mkdocs).contains("pier"));
    }

    #[test]
    fn elder_engines_drop_dashes() {
        let document = Document::parse(
            &Arc::from(Path::new("a.md")),
            "## Tide\n\n## Tide\n\n## Ebb — low\n\n## Новый волны\n\n## Own {#quay}\n",
            &[],
        );
        let anchors = document.anchors(SlugStyle::Vitepress);
        for id in ["tide", "tide-1", "ebb-—-low", "ebb-low", "новыи-волны", "новый-воnны", "quay"]
        {
            assert!(anchors.contains(id), "{id}");
        }
        assert!(!anchors.contains("tide-2") && !anchors.contains("ebb"));
    }
}
