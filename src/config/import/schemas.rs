//! Configs of remark, for its plugin remark-lint-frontmatter-schema:
//! <https://github.com/JulianCataldo/remark-lint-frontmatter-schema>.

use std::path::Path;

use super::Draft;
use crate::{
    config::load::{ConfigSource, join, note},
    data::{Entry, Node},
    diagnostic::Label,
};

/// The plugin, by its full and its short name.
const FRONT_MATTER: [&str; 2] = ["remark-lint-frontmatter-schema", "lint-frontmatter-schema"];
/// Plugins that only make remark read what pages have anyway.
const SYNTAX: [&str; 6] =
    ["remark-frontmatter", "frontmatter", "remark-gfm", "gfm", "remark-mdx", "remark-lint"];

/// Plugins are names, names with options in a list, or the keys of a mapping.
pub(super) fn remark(draft: &mut Draft<'_>, source: &ConfigSource, root: &Node) {
    let Some(plugins) = root.get("plugins") else { return };
    for plugin in plugins.items() {
        match plugin.items() {
            [] => add(draft, source, plugin, None),
            [name, options @ ..] => add(draft, source, name, options.first()),
        }
    }
    for Entry { key, value, .. } in plugins.entries() {
        add(draft, source, key, Some(value));
    }
}

fn add(draft: &mut Draft<'_>, source: &ConfigSource, name: &Node, options: Option<&Node>) {
    let Some(text) = name.as_str() else { return };
    if !FRONT_MATTER.contains(&text) {
        if !SYNTAX.contains(&text) {
            draft.settings.no_counterpart(source, name, "");
        }
        return;
    }
    let Some(options) = options else { return };
    for Entry { key, value, .. } in options.entries() {
        if key.text() == Some("schemas") {
            value.entries().iter().for_each(|schema| collection(draft, source, schema));
        } else {
            draft.settings.no_counterpart(source, key, "");
        }
    }
}

/// A schema with the globs of its pages.
fn collection(draft: &mut Draft<'_>, source: &ConfigSource, Entry { key, value, .. }: &Entry) {
    let Some(schema) = key.as_str() else { return };
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let schema = join(folder, schema);
    let mut globs = Vec::new();
    for pattern in value.self_or_items() {
        let Some(text) = pattern.as_str() else { continue };
        let pages = draft.page_globs(text);
        if pages.is_empty() {
            let message = format!("`{text}` matches no files and is omitted");
            draft.settings.notes.push(note(Label::new(&source.path, pattern.span), message));
        }
        globs.extend(pages);
    }
    if globs.is_empty() {
        return;
    }
    let file = schema.file_name().unwrap_or_default().to_string_lossy();
    let stem = file.split('.').find(|part| !part.is_empty()).unwrap_or("pages").to_owned();
    let name = (1..).map(|number| if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
    let collections = &mut draft.settings.collections;
    let name = name.into_iter().find(|name| !collections.contains_key(name)).unwrap_or(stem.clone());
    collections.insert(name, (globs, schema.to_string_lossy().replace('\\', "/")));
}
