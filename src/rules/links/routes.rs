//! Paths of pages in findings.

use crate::{
    links::shortened,
    site::{Page, urls::encode},
    text::Span,
};

/// A path as it is in the address bar of a browser, cut if it is long.
pub(super) fn shown(route: &str) -> String {
    shortened(&encode(route)).into_owned()
}

/// Keys of front matter that decide on the URL of a page, or at least name the page.
pub(super) const KEYS: [&str; 6] = ["url", "permalink", "path", "slug", "id", "title"];

/// The place of what decides on the URL of a page: a key of its front matter, or the file as a whole.
pub(super) fn own_place(page: &Page) -> Span {
    let root = page.root();
    KEYS.iter().find_map(|key| Some(root?.get(key)?.span)).unwrap_or_else(|| Span::empty(0))
}
