//! Headings in HTML. Forges give them anchors like those of headings in Markdown, since they number the headings of the
//! finished page.

use super::html::{HtmlTag, TagForm};
use crate::text::{Span, resolve_character_references};

/// A heading in HTML.
pub(super) struct HtmlHeading {
    /// What is between its tags.
    pub content: Span,
    /// The same without tags.
    pub text: String,
}

/// Those of a page, in source order. Linear in its length.
pub(super) fn html_headings(source: &str, tags: &[HtmlTag]) -> Vec<HtmlHeading> {
    let mut found = Vec::new();
    let mut open: Option<(&str, HtmlHeading)> = None;
    for tag in tags {
        let is_heading = matches!(tag.name.as_bytes(), [b'h', b'1'..=b'6']);
        if let Some((name, heading)) = &mut open {
            heading.text.push_str(
                &source[heading.content.end as usize..tag.span.start.max(heading.content.end) as usize],
            );
            heading.content.end = tag.span.start.max(heading.content.end);
            if tag.form == TagForm::Closing && *tag.name == **name {
                found.extend(open.take().map(|(_, heading)| heading));
                continue;
            }
            heading.content.end = tag.span.end.max(heading.content.end);
        }
        if is_heading && tag.form == TagForm::Opening {
            let content = Span::new(tag.span.end, tag.span.end);
            open = Some((&tag.name, HtmlHeading { content, text: String::new() }));
        }
    }
    for heading in &mut found {
        heading.text = resolve_character_references(heading.text.trim()).into_owned();
    }
    found
}
