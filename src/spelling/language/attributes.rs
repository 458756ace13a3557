//! The attribute `lang` of HTML elements (HTML Standard, 3.2.6.2): the language of what is in them.

use super::Language;
use crate::{
    markdown::{HtmlTag, TagForm},
    text::Span,
};

/// Elements without content.
const VOID: &[&str] =
    &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that may end with the page.
const ROOTS: &[&str] = &["html", "body"];

/// An element that says its language.
struct Element<'t> {
    name: &'t str,
    language: Language,
    /// How many elements of this name are open, itself included.
    depth: usize,
}

/// The parts of a page whose language an element around them says, in source order; the innermost element counts.
/// Except for `html` and `body`, an element that is never closed counts as far as the next that says a language.
pub(in crate::spelling) fn parts(tags: &[HtmlTag], end: u32) -> Vec<(Span, Language)> {
    let mut open: Vec<Element<'_>> = vec![];
    let mut parts = vec![];
    let mut last = 0;
    for tag in tags {
        let language = tag.attributes.iter().find(|it| &*it.name == "lang" && !it.value.trim().is_empty());
        let is_element = tag.form == TagForm::Opening && !VOID.contains(&&*tag.name);
        if let Some(language) = language.filter(|_| is_element) {
            parts.extend(open.last().map(|it| (Span::new(last, tag.span.start), it.language.clone())));
            open.push(Element { name: &tag.name, language: Language::from_tag(&language.value), depth: 1 });
            last = tag.span.end;
        } else if let Some(element) = open.last_mut().filter(|it| *it.name == *tag.name) {
            match tag.form {
                TagForm::Opening => element.depth += 1,
                TagForm::SelfClosing => {}
                TagForm::Closing => element.depth -= 1,
            }
            if element.depth == 0 {
                parts.push((Span::new(last, tag.span.start), element.language.clone()));
                open.pop();
                last = tag.span.end;
            }
        }
    }
    let root = open.pop().filter(|it| ROOTS.contains(&it.name));
    parts.extend(root.map(|it| (Span::new(last, end), it.language)));
    parts
}
