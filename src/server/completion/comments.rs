//! Rule names in comments that switch rules off.

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::items::{item, markdown};
use crate::{
    rules::RULES,
    server::{about::about_rule, page::PageView},
    suppress::DIRECTIVES,
    text::Span,
};

/// What our comments begin with.
const PREFIX: &str = "copydesk-";

/// The completions in a comment; `None` outside of one of ours.
pub(super) fn items(page: &PageView<'_>, offset: u32) -> Option<Vec<CompletionItem>> {
    let text = &*page.open.text;
    let line = page.places.lines.line_span(text, page.places.lines.line_of(offset));
    let before = &text[line.start as usize..offset as usize];
    let comment = before.rfind(PREFIX)?;
    let opening = before[..comment].trim_end();
    let is_comment = opening.ends_with("<!--") || opening.ends_with('#') || opening.ends_with("/*");
    let rest = &before[comment + PREFIX.len()..];
    if !is_comment || rest.contains("-->") || rest.contains(" -- ") {
        return None;
    }
    let word = rest.rfind([' ', ',']).map_or(0, |at| at + 1);
    let start = line.start + (comment + PREFIX.len() + word) as u32;
    let after = &text[offset as usize..line.end as usize];
    let more = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len());
    let more = if after.starts_with("--") { 0 } else { more };
    let typed = Span::new(start, offset + more as u32);
    Some(if word == 0 {
        let directive = |name: &str| item(&page.places, name, CompletionItemKind::Keyword, typed, name);
        DIRECTIVES.iter().map(|name| directive(name)).collect()
    } else {
        rules(page, typed)
    })
}

/// All rules, those that find something in the page first.
fn rules(page: &PageView<'_>, typed: Span) -> Vec<CompletionItem> {
    let found = page.index.check(&page.path, &page.open.text, &page.files);
    let mut rules: Vec<_> = RULES.iter().filter(|def| def.meta.suppressible).collect();
    rules.sort_by_key(|def| !found.iter().any(|finding| finding.rule.id == def.meta.id));
    let rule = |meta: &'static crate::rule::RuleMeta| CompletionItem {
        detail: Some(meta.summary.trim().to_owned()),
        documentation: markdown(about_rule(meta)),
        ..item(&page.places, meta.id, CompletionItemKind::EnumMember, typed, meta.id)
    };
    rules.into_iter().map(|def| rule(def.meta)).collect()
}
