//! URLs in front matter: values of keys that hold them, and HTML in texts.

use std::collections::HashSet;

use super::targets::{TargetKind, UrlTarget};
use crate::{
    data::{DataFormat, Node},
    front_matter::{FrontMatter, KeyPath, names_old_paths, plain_key},
    text::Span,
};

/// Keys whose values are URLs, in lowercase without hyphens and underscores; a key may also end with one of
/// them, such as `ogImage` or `hero_image`.
const KEYS: [&str; 17] = [
    "avatar",
    "banner",
    "canonical",
    "cover",
    "homepage",
    "href",
    "icon",
    "image",
    "images",
    "link",
    "links",
    "logo",
    "photo",
    "src",
    "thumbnail",
    "url",
    "website",
];

/// Keys that end like one of those and hold something else: the page's own URL.
const OWN: [&str; 3] = ["permalink", "baseurl", "slug"];

/// Attributes that hold URLs.
const ATTRIBUTES: [&str; 2] = ["href=", "src="];

/// The URLs of front matter. The values at `named` are some although the names of their keys do not say so.
pub(super) fn targets(source: &str, front_matter: &FrontMatter, named: &[KeyPath]) -> Vec<UrlTarget> {
    let mut targets = Vec::new();
    let root = front_matter.tree.root.as_ref();
    let named = root.iter().flat_map(|root| named.iter().flat_map(|key| key.find_all(root)));
    let named: HashSet<Span> = named.flat_map(Node::self_or_items).map(|node| node.span).collect();
    let values = front_matter.tree.root.iter().flat_map(Node::values);
    for (key, node) in values {
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { continue };
        if front_matter.tree.format == DataFormat::Yaml && node.is_alias(source) {
            continue;
        }
        let is_named = named.contains(&node.span) && !text.contains('\n');
        if is_named || is_address(text) {
            if is_named || key.and_then(Node::as_str).is_some_and(holds_address) {
                let span = node.part_span(0..text.len()).unwrap_or(node.span);
                targets.push(UrlTarget::new(TargetKind::FrontMatter, text, span, node.span, source));
            }
        } else if text.contains('<') {
            in_html(source, node.span, &mut targets);
        }
    }
    targets
}

/// Whether a value has the form of a URL: of the web, or from the `/` of the site. `/:year/:slug/` is a pattern of paths.
fn is_address(text: &str) -> bool {
    let scheme = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let begins = text.starts_with('/')
        || ["http:", "https:", "http//", "https//"].iter().any(|it| scheme.starts_with(it));
    begins && !text.contains(['\n', '<']) && !text.contains("/:")
}

fn holds_address(key: &str) -> bool {
    if names_old_paths(key) {
        return false;
    }
    let key = plain_key(key);
    !OWN.iter().any(|own| key.ends_with(own)) && KEYS.iter().any(|known| key.ends_with(known))
}

/// The URLs in the HTML of a text: in attributes with quotes, as the file has them.
fn in_html(source: &str, owner: Span, targets: &mut Vec<UrlTarget>) {
    let text = owner.of(source);
    for attribute in ATTRIBUTES {
        for (at, _) in text.match_indices(attribute) {
            let value = at + attribute.len();
            let rest = text[value..].trim_start_matches('\\');
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let start = text.len() - rest.len() + 1;
            // The length is bounded, so that quotes that nothing closes cost no more than others.
            let head = &text.as_bytes()[start..text.len().min(start + LONGEST)];
            let Some(end) = memchr::memchr3(quote as u8, b'\\', b'\n', head) else { continue };
            let url = &text[start..start + end];
            if url.starts_with("http:") || url.starts_with("https:") {
                let span = Span::from_range(start..start + end).shift(owner.start);
                targets.push(UrlTarget::new(TargetKind::Html, url, span, owner, source));
            }
        }
    }
}

/// Bytes of a URL in such HTML.
const LONGEST: usize = 4096;
