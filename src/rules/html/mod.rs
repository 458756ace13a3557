//! Rules about HTML in Markdown.

pub(super) mod inline_html;
