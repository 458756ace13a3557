//! The labels in the front matter of all pages, such as tags and names of authors, and how many pages have each.

use std::collections::HashMap;

use super::{Extent, Page, Site};
use crate::{
    data::Node,
    spelling::{Language, lexicon},
    text::{Slip, SlipKind},
};

/// So many pages must have a value before another one can be a slip for it.
const LEAST_PAGES: usize = 5;

/// So many times as many pages must have it.
const DOMINANT: usize = 5;

/// Shorter values are like too many others: letters, where two are swapped, and where one is missing or added.
const SHORTEST: (usize, usize) = (5, 6);

/// Longer texts are sentences. In bytes.
const LONGEST: usize = 60;

/// What more pages have is meant so.
const MOST_RARE_PAGES: usize = 3;

/// The most values of a key that others may be slips for, so that a site with many of both takes no longer.
const MOST_USUAL: usize = 256;

/// How many pages have each value of each key, by the language of the pages: each has its own forms of a word.
#[derive(Debug, Default)]
pub(super) struct ValueCounts(HashMap<Language, HashMap<Box<str>, OfKey>>);

/// The values of one key.
#[derive(Debug, Default)]
struct OfKey {
    /// By the value in lowercase: how many pages have it, and how the first of them writes it.
    values: HashMap<Box<str>, (usize, Box<str>)>,
    /// Those that five pages have, in lowercase, the most frequent first.
    usual: Vec<Box<str>>,
}

/// A value that is meant by a rare one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeantValue<'a> {
    /// As another page writes it.
    pub text: &'a str,
    /// How many pages have it.
    pub pages: usize,
}

impl ValueCounts {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut counts = Self::default();
        for page in pages {
            let of_language = counts.0.entry(page.language.language.clone()).or_default();
            for (key, node) in labels(page) {
                let Some(text) = node.text() else { continue };
                let of_key = of_language.entry(key.into()).or_default();
                let held = of_key.values.entry(text.to_lowercase().into());
                held.or_insert_with(|| (0, text.into())).0 += 1;
            }
        }
        counts.0.values_mut().flat_map(HashMap::values_mut).for_each(OfKey::find_usual);
        counts
    }

    /// The value that is meant by one of a page.
    fn meant(&self, page: &Page, key: &str, text: &str) -> Option<MeantValue<'_>> {
        let of_key = self.0.get(&page.language.language)?.get(key)?;
        let small = text.to_lowercase();
        let (pages, _) = of_key.values.get(&*small).filter(|(pages, _)| *pages <= MOST_RARE_PAGES)?;
        let usual = of_key.usual.iter().filter_map(|meant| Some((&**meant, of_key.values.get(meant)?)));
        let mut enough = usual.take_while(|(_, (usual, _))| *usual >= pages * DOMINANT);
        let is_meant =
            |(meant, _): &(&str, _)| slip_in_word(&small, meant).is_some_and(|word| !is_meant_so(page, word));
        let (_, (pages, text)) = enough.find(is_meant)?;
        Some(MeantValue { text, pages: *pages })
    }
}

impl OfKey {
    fn find_usual(&mut self) {
        let usual = self.values.iter().filter(|(_, (pages, _))| *pages >= LEAST_PAGES);
        let mut usual: Vec<_> = usual.map(|(small, (pages, _))| (*pages, small.clone())).collect();
        usual.sort_unstable_by(|(many, a), (few, b)| few.cmp(many).then_with(|| a.cmp(b)));
        usual.truncate(MOST_USUAL);
        self.usual = usual.into_iter().map(|(_, small)| small).collect();
    }
}

impl Site {
    /// The labels of a page that no or hardly any other page has and that are a slip of one letter away from one that
    /// many pages have, with that. None where only one page is known.
    pub fn misspelled_values<'a>(
        &'a self,
        page: &'a Page,
    ) -> impl Iterator<Item = (&'a str, &'a Node, MeantValue<'a>)> {
        let counts = self.value_counts.get_or_init(|| match self.extent {
            Extent::Whole => ValueCounts::of(&self.pages),
            Extent::OnePage => ValueCounts::default(),
        });
        labels(page).filter_map(|(key, node)| Some((key, node, counts.meant(page, key, node.text()?)?)))
    }
}

/// The labels in the front matter of a page and the keys at the top that they are in: short texts in letters.
fn labels(page: &Page) -> impl Iterator<Item = (&str, &Node)> {
    let entries = page.root().map_or(&[][..], Node::entries);
    entries.iter().flat_map(|entry| {
        let key = entry.key.as_str();
        // Records begin with what they are called.
        let nodes = entry.value.self_or_items().iter();
        let nodes = nodes.map(|node| node.entries().first().map_or(node, |first| &first.value));
        let is_label = |node: &&Node| node.text().is_some_and(is_label);
        nodes.filter(is_label).filter_map(move |node| Some((key?, node)))
    })
}

/// Whether a text can be a label: no sentence, no number, no version and no path.
fn is_label(text: &str) -> bool {
    let is_in_label = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '_' | '\'' | '.');
    (SHORTEST.0..=LONGEST).contains(&text.len()) && text.chars().all(is_in_label)
}

/// The word of `written` with the slip that turned `meant` into it. Another letter in the place of one is none: too many
/// names differ like that.
fn slip_in_word<'a>(written: &'a str, meant: &str) -> Option<&'a str> {
    if written.len().abs_diff(meant.len()) > 4 {
        return None;
    }
    let slip = Slip::between(written, meant)?;
    let shortest = match slip.kind {
        SlipKind::Swapped => SHORTEST.0,
        SlipKind::Missing | SlipKind::Extra => SHORTEST.1,
        SlipKind::Other => return None,
    };
    // In scripts without words of several letters each letter is one.
    let is_cased = |word: &&str| word.chars().all(char::is_lowercase);
    slip.word(written).filter(is_cased).filter(|_| meant.len().max(written.len()) >= shortest)
}

/// Whether a word is probably written as it is meant: there is such a word, or the page has it elsewhere.
fn is_meant_so(page: &Page, word: &str) -> bool {
    lexicon::is_known_lower(word) || page.words.as_ref().is_some_and(|words| !words.cases(word).is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_label, slip_in_word};

    #[test]
    fn slips_are_inside_of_words() {
        assert_eq!(slip_in_word("night frery", "night ferry"), Some("frery"));
        assert_eq!(slip_in_word("harbuor news", "harbour news"), Some("harbuor"));
        assert_eq!(slip_in_word("timtables", "timetables"), Some("timtables"));
        assert_eq!(slip_in_word("timetaables", "timetables"), Some("timetaables"));
        for (written, meant) in [
            ("timetable", "timetables"),
            ("night ferrys", "night ferry"),
            ("nights ferry", "night ferry"),
            ("buoys", "buoy"),
            ("tied", "tide"),
            ("night ferry", "night-ferry"),
        ] {
            assert_eq!(slip_in_word(written, meant), None, "{written}");
        }
    }

    #[test]
    fn labels_are_short_and_in_letters() {
        for label in ["Night ferry", "jonas-hartung", "J. O'Neill", "Häfen"] {
            assert!(is_label(label), "{label}");
        }
        for text in ["bell", "v1.2", "2024-01-29", "/tides/", "https://harbour.example/", "Tides: a table"] {
            assert!(!is_label(text), "{text}");
        }
    }
}
