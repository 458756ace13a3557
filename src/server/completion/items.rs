//! Single completions.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, InsertTextMode, MarkupContent,
    MarkupKind, TextEdit,
};

use crate::{
    data::{self, DataFormat},
    server::{page::PageView, position::TextPositions},
    text::Span,
};

/// A completion that replaces what is written.
pub(super) fn item(
    places: &TextPositions<'_>,
    label: impl Into<String>,
    kind: CompletionItemKind,
    typed: Span,
    text: impl Into<String>,
) -> CompletionItem {
    let label = label.into();
    let edit = TextEdit { range: places.range(typed), new_text: text.into() };
    CompletionItem {
        // What is typed may begin with a quotation mark, which editors compare too.
        filter_text: Some(match typed.of(places.text).chars().next() {
            Some(quote @ ('"' | '\'')) => format!("{quote}{label}"),
            _ => label.clone(),
        }),
        label,
        kind: Some(kind),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        insert_text_mode: Some(InsertTextMode::AsIs),
        ..CompletionItem::default()
    }
}

/// What is written for a key in the place of `typed`: with what separates it from its value, unless that is there.
pub(super) fn key_text(places: &TextPositions<'_>, typed: Span, key: &str, format: DataFormat) -> String {
    let (key, separator) = match format {
        DataFormat::Yaml => (data::yaml_scalar(key), ": "),
        DataFormat::Toml => (key.to_owned(), " = "),
        DataFormat::Json | DataFormat::Jsonc => (serde_json::Value::from(key).to_string(), ": "),
    };
    let after = &places.text[typed.end as usize..];
    let has_value = after.trim_start_matches(' ').starts_with([':', '=']);
    if has_value { key } else { format!("{key}{separator}") }
}

/// A value without the quotation marks around it.
pub(super) fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\''])
}

/// Documentation in Markdown.
pub(super) fn markdown(text: impl Into<String>) -> Option<Documentation> {
    let value = text.into();
    if value.is_empty() {
        return None;
    }
    Some(Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }))
}

/// What a page is called: its title, else its path.
pub(in crate::server) fn title(page: &crate::site::Page) -> String {
    let title = page.root().and_then(|root| root.get("title")?.text());
    title.map_or_else(|| page.path.display().to_string(), str::to_owned)
}

/// The page in its site, as it was read last.
pub(in crate::server) fn known<'a>(page: &PageView<'a>) -> Option<&'a crate::site::Page> {
    let site = page.index.site();
    page.path.to_str().and_then(|path| site.page_at(path)).map(|at| &site.pages[at])
}
