//! What is said about the thing under the pointer.

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};

use super::{
    about::{about_rule, about_value},
    at,
    completion::{dotted, known, title},
    main_loop::Server,
    page::PageView,
    records::record_at,
    served_config::ServedConfig,
    uri,
};
use crate::{
    data,
    document::Document,
    front_matter::schema::Hints,
    rules::{RULES, find},
    site::urls::Target,
    text::Span,
};

impl Server {
    /// What is said about a place.
    pub(super) fn hover(&self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let Some(page) = self.page(&at.text_document.uri) else { return self.hover_in_config(params) };
        let offset = page.places.offset(at.position);
        let document = page.document();
        let (span, text) = about_name(&document, offset)
            .or_else(|| about_entry(&page, &document, offset))
            .or_else(|| about_link(&page, &document, offset))?;
        let text = page.index.secrets(&page.path).mask(&text).into_owned();
        Some(hover(text, page.places.range(span)))
    }

    /// What the config's schema says of a key, and the page of a rule.
    fn hover_in_config(&self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let path = uri::to_path(&at.text_document.uri)?;
        let open = self.documents.get(&path)?;
        let config = ServedConfig::of(&path, open)?;
        let places = open.places(self.client.encoding);
        let content = Span::new(0, places.lines.text_len());
        let tree = data::parse(&open.text, content, config.format(&path));
        let entry = at::entry_in(tree.root.as_ref()?, places.offset(at.position))?;
        let rule = find(entry.span.fit(&open.text).of(&open.text));
        let rule = rule.filter(|_| config == ServedConfig::Copydesk);
        let text = match rule {
            Some(def) => about_rule(def.meta),
            None => about_value(&Hints::of(&config.schema()).value(&entry.path)?),
        };
        (!text.is_empty()).then(|| hover(text, places.range(entry.span)))
    }
}

fn hover(value: String, range: gen_lsp_types::Range) -> Hover {
    Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(range),
    }
}

/// The page of a rule that a comment names.
fn about_name(document: &Document, offset: u32) -> Option<(Span, String)> {
    let name = at::name_at(document, offset)?;
    let def = RULES.iter().find(|def| def.meta.is_called(&name.text))?;
    Some((name.span, about_rule(def.meta)))
}

/// The record that a value names, and what the schema says of its key.
fn about_entry(page: &PageView<'_>, document: &Document, offset: u32) -> Option<(Span, String)> {
    let entry = at::entry_at(document, offset)?;
    let mut parts: Vec<String> = Vec::new();
    if let Some(record) = record_at(page, document, &entry, offset) {
        let names = [record.label_text(), record.id_text()].into_iter().flatten();
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        parts.push(format!("{}\n\n{}", names.join(" · "), record.path.display()));
    }
    let schema = document.collection.as_ref().and_then(|collection| collection.schema.as_ref());
    let value = schema.and_then(|schema| schema.hints().value(&entry.path));
    parts.extend(value.map(|value| about_value(&value)).filter(|text| !text.is_empty()));
    let required = schema.zip(entry.path.split_last()).is_some_and(|(schema, (last, parent))| {
        let keys = schema.hints().keys(parent);
        keys.iter().any(|hint| hint.is_required && dotted(std::slice::from_ref(last)) == *hint.key)
    });
    if required {
        parts.push("Required.".to_owned());
    }
    (!parts.is_empty()).then(|| (entry.span, parts.join("\n\n---\n\n")))
}

/// Where a link leads.
fn about_link(page: &PageView<'_>, document: &Document, offset: u32) -> Option<(Span, String)> {
    let (url, span) = match at::definition_at(document, offset) {
        Some((definition, span)) => (&*definition.url, span),
        None => at::target_at(document, offset).map(|target| (&*target.url, target.owner))?,
    };
    let site = page.index.site();
    let target = site.resolve(known(page)?, url);
    let text = match target.on_site() {
        Target::Page(to) => {
            let other = &site.pages[to.page];
            let anchor = to.anchor.as_ref().map_or_else(String::new, |anchor| format!(" › `#{anchor}`"));
            format!("**{}**{anchor}\n\n{}", title(other), other.path.display())
        }
        Target::SamePage { anchor } => {
            format!("This page{}", anchor.as_ref().map_or_else(String::new, |it| format!(" › `#{it}`")))
        }
        Target::File { path, .. } | Target::Folder { path } => format!("`{path}`"),
        _ => return None,
    };
    Some((span, text))
}
