//! The tags of all pages: how they are spelled, and how often.

use std::collections::HashMap;

use super::{Extent, Page, Site, Spellings};
use crate::{data::Node, text::bare_letters};

/// The front matter keys that hold tags.
const TAG_KEYS: [&str; 4] = ["tags", "categories", "keywords", "topics"];

/// The spellings of every tag, by its key and its letters.
#[derive(Debug, Default)]
pub(super) struct Tags(HashMap<(&'static str, String), Spellings>);

impl Tags {
    pub(super) fn gather(pages: &[Page]) -> Self {
        let mut tags = Self::default();
        for (key, node) in pages.iter().flat_map(of_page) {
            if let Some(text) = node.text() {
                tags.0.entry((key, letters(text))).or_default().add(text);
            }
        }
        tags
    }
}

impl Site {
    /// The tags of a page, each with its key, its node, and the spellings that it has on all pages. None where only one
    /// page is known.
    pub fn tags<'a>(
        &'a self,
        page: &'a Page,
    ) -> impl Iterator<Item = (&'static str, &'a Node, &'a Spellings)> {
        let tags = self.tags.get_or_init(|| match self.extent {
            Extent::Whole => Tags::gather(&self.pages),
            Extent::OnePage => Tags::default(),
        });
        of_page(page).filter_map(|(key, node)| Some((key, node, tags.0.get(&(key, letters(node.text()?)))?)))
    }
}

/// The tags of a page and their keys.
fn of_page(page: &Page) -> impl Iterator<Item = (&'static str, &Node)> {
    let root = page.root();
    TAG_KEYS.iter().flat_map(move |key| {
        let value = root.and_then(|root| root.get(key));
        value.into_iter().flat_map(Node::self_or_items).map(move |node| (*key, node))
    })
}

/// What tags that are the same have in common: letters and digits in lowercase, without an `s` at the end.
fn letters(tag: &str) -> String {
    let letters = bare_letters(tag);
    let is_plural = letters.len() > 3 && letters.ends_with('s') && !letters.ends_with("ss");
    // `C++` and `C#` are two.
    match (letters.chars().count(), is_plural) {
        (0 | 1, _) => tag.to_owned(),
        (_, true) => letters[..letters.len() - 1].to_owned(),
        (_, false) => letters,
    }
}
