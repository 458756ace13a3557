//! Destinations of links and images, and labels of references.

use std::path::Path;

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::{
    MAX_ITEMS, anchors,
    items::{item, known, title},
};
use crate::{
    document::Document,
    markdown::LineKind,
    paths,
    server::page::PageView,
    site::urls::{SiteKind, below, encode},
    text::{IMAGE_ENDINGS, Span},
};

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Link,
    Image,
    Label,
}

/// A destination or a label that is being written.
struct Written<'a> {
    kind: Kind,
    /// What is before the cursor.
    before: &'a str,
    /// All of it.
    span: Span,
}

/// The completions in the Markdown of a page.
pub(super) fn items(page: &PageView<'_>, document: &Document, offset: u32) -> Option<Vec<CompletionItem>> {
    let line = document.lines.line_of(offset);
    if document.line_kind(line).is(LineKind::CODE) || is_code(document, offset) {
        return None;
    }
    let written = Written::at(&document.source, document.line(line), offset)?;
    if written.kind == Kind::Label {
        return Some(labels(page, document, &written));
    }
    if let Some((path, anchor)) = written.before.split_once('#') {
        let start = offset - anchor.len() as u32;
        let typed = Span::new(start, written.span.end.max(start));
        return Some(anchors::items(page, document, path, typed));
    }
    let mut items = if written.kind == Kind::Link { pages(page, &written) } else { vec![] };
    items.extend(images(page, &written));
    if items.len() > MAX_ITEMS {
        let wanted = written.before.to_lowercase();
        items.retain(|item| {
            item.filter_text.as_ref().is_some_and(|text| text.to_lowercase().contains(&wanted))
        });
    }
    Some(items)
}

/// Whether an offset is in inline code.
fn is_code(document: &Document, offset: u32) -> bool {
    document.ast.codes().any(|code| code.span().start < offset && offset < code.span().end)
}

impl<'a> Written<'a> {
    /// What is being written at an offset of a line; `None` where that is neither a destination nor a label.
    fn at(source: &'a str, line: Span, offset: u32) -> Option<Self> {
        let before = &source[line.start as usize..(offset.max(line.start)) as usize];
        let opening = |pattern: &str| before.rfind(pattern).map(|at| at + pattern.len());
        let definition = || before.trim_start().starts_with('[').then(|| opening("]: ")).flatten();
        let attribute = opening("href=\"").into_iter().chain(opening("src=\"")).max();
        let (start, kind) = [
            opening("](").map(|at| (at, if is_image(&before[..at - 1]) { Kind::Image } else { Kind::Link })),
            opening("][").map(|at| (at, Kind::Label)),
            definition().map(|at| (at, Kind::Link)),
            attribute.map(|at| (at, if before[..at].ends_with("src=\"") { Kind::Image } else { Kind::Link })),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(at, _)| *at)?;
        let start = start + usize::from(before[start..].starts_with('<'));
        let written = &before[start..];
        let ends: &[char] = if kind == Kind::Label { &[']'] } else { &[')', '>', '"', ' '] };
        if written.contains(ends) {
            return None;
        }
        let after = &source[offset as usize..line.end as usize];
        let end = offset + after.find(ends).unwrap_or(after.len()) as u32;
        Some(Self { kind, before: written, span: Span::new(line.start + start as u32, end) })
    }
}

/// Whether a text that ends with a closing bracket is the description of an image.
fn is_image(text: &str) -> bool {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text[..at].ends_with('!');
        }
    }
    false
}

/// The pages of the site.
fn pages(page: &PageView<'_>, written: &Written<'_>) -> Vec<CompletionItem> {
    let site = page.index.site();
    let from = known(page);
    // Without a generator, it is files that link to each other.
    let kind = page.index.config().sites.of(&page.path.to_string_lossy()).kind;
    let has_routes = kind.is_some_and(|kind| kind != SiteKind::Plain);
    let others = site.pages.iter().enumerate().filter(|(_, other)| other.path != page.path);
    let items = others.map(|(index, other)| {
        let link = from.filter(|_| has_routes).and_then(|from| site.best_link(from, index));
        let link = link.unwrap_or_else(|| relative(&page.path, &other.path));
        let title = title(other);
        let mut found = item(&page.places, link.clone(), CompletionItemKind::File, written.span, link);
        found.filter_text = Some(format!("{} {title}", found.label));
        found.detail = Some(title);
        found
    });
    items.collect()
}

/// The images of the site.
fn images(page: &PageView<'_>, written: &Written<'_>) -> Vec<CompletionItem> {
    let is_image = |path: &Path| {
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        IMAGE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
    };
    let layout = page.index.config().sites.of(&page.path.to_string_lossy());
    let images = page.index.files().iter().filter(|path| is_image(path));
    let items = images.map(|path| {
        let name = path.to_string_lossy();
        let served = layout.statics.iter().find_map(|folder| below(folder, &name));
        let link = match served {
            Some(rest) => format!("{}/{}", layout.base(), encode(rest)),
            None => relative(&page.path, path),
        };
        item(&page.places, link.clone(), CompletionItemKind::File, written.span, link)
    });
    items.collect()
}

/// The way from a page to a file, as a destination.
fn relative(from: &Path, to: &Path) -> String {
    let folder = from.parent().unwrap_or(Path::new(""));
    let parts = paths::relative(folder, to);
    let parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy()).collect();
    encode(&parts.join("/"))
}

/// The labels that the page defines.
fn labels(page: &PageView<'_>, document: &Document, written: &Written<'_>) -> Vec<CompletionItem> {
    let definitions = document.ast.definitions().iter();
    definitions
        .map(|definition| {
            let label = definition.label.of(&document.source);
            CompletionItem {
                detail: Some(definition.url.to_string()),
                ..item(&page.places, label, CompletionItemKind::Reference, written.span, label)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Written};
    use crate::text::Span;

    #[test]
    fn destinations_and_labels_are_known_by_what_is_before_them() {
        for (text, kind, before, all) in [
            ("See [a](b|c) d", Kind::Link, "b", "bc"),
            ("See ![a [b]](c|)", Kind::Image, "c", "c"),
            ("[a]: |b \"t\"", Kind::Link, "", "b"),
            ("<a href=\"|x\">", Kind::Link, "", "x"),
            ("<img src=\"a|", Kind::Image, "a", "a"),
            ("[a][|b]", Kind::Label, "", "b"),
            ("[a](<b|>)", Kind::Link, "b", "b"),
        ] {
            let at = text.find('|').expect("there is a cursor");
            let source = text.replace('|', "");
            let line = Span::from_range(0..source.len());
            let written = Written::at(&source, line, at as u32).expect("something is written");
            assert_eq!(
                (written.kind, written.before, written.span.of(&source)),
                (kind, before, all),
                "{text}"
            );
        }
        for text in ["See [a](b) |d", "a |", "[a|", "[a](b c|"] {
            let at = text.find('|').expect("there is a cursor");
            let source = text.replace('|', "");
            let line = Span::from_range(0..source.len());
            assert!(Written::at(&source, line, at as u32).is_none(), "{text}");
        }
    }
}
