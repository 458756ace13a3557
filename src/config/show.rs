//! What holds for a path and where it comes from, for people.

use std::{fmt::Write as _, path::Path};

use super::{Config, Origin};
use crate::{
    front_matter::Collection,
    secrets::Secrets,
    site::urls::{Layout, LayoutOrigin},
    sources::Sources,
};

/// The settings that hold for `path`, as `copydesk config show` prints them: valid YAML, with the origins as comments
/// and secrets masked.
pub fn show(config: &Config, path: &Path, has_file: bool, sources: &Sources) -> String {
    Secrets::default().mask(&settings(config, path, has_file, sources)).into_owned()
}

fn settings(config: &Config, path: &Path, has_file: bool, sources: &Sources) -> String {
    let mut out = String::new();
    let line = |out: &mut String, text: std::fmt::Arguments<'_>| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{text}");
    };
    line(&mut out, format_args!("path: {}", path.display()));
    let page = if config.is_page(path) { "yes" } else { "no: `files` and `exclude` leave it out" };
    line(&mut out, format_args!("page: {page}"));
    let file = match config.file_for(path) {
        _ if has_file => config.path.display().to_string(),
        Some(file) => format!("none; {} holds for the rules of markdownlint", file.display()),
        None => "none, the defaults hold".to_owned(),
    };
    line(&mut out, format_args!("config: {file}"));
    out.push_str(&describe_site(&config.layout, sources));
    let collections = config.collections_for(path);
    if collections.is_empty() {
        line(&mut out, format_args!("collection: none"));
    }
    // Several only where they share a folder and the page's front matter decides.
    for collection in collections {
        out.push_str(&describe(collection, sources));
    }
    line(&mut out, format_args!("rules:"));
    for rule in config.effective(path) {
        let level = rule.severity.map_or("off", crate::diagnostic::Severity::name);
        let origin = match &rule.origin {
            Origin::Preset(name) => (*name).to_owned(),
            Origin::CommandLine => "command line".to_owned(),
            Origin::File(label) => place(label, sources),
        };
        line(&mut out, format_args!("  {}: {level} # {origin}", rule.def.meta.id));
        for (option, value) in &rule.options {
            line(&mut out, format_args!("  # {option}: {value}"));
        }
    }
    out
}

/// The site that the pages become, as far as anything is known about it.
fn describe_site(layout: &Layout, sources: &Sources) -> String {
    let origin = |key: &str| match layout.origins.get(key) {
        Some(LayoutOrigin::Config(label)) => format!(" # {}", place(label, sources)),
        Some(LayoutOrigin::Generator(path)) => format!(" # {path}"),
        Some(LayoutOrigin::Kind(kind)) => format!(" # as usual for {}", kind.name()),
        None => String::new(),
    };
    let folder = |folder: &str| if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
    let mut out = String::new();
    let mut line = |key: &str, value: &str, origin: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key}: {value}{origin}");
    };
    if let Some(url) = &layout.url {
        line("site", url.as_str(), origin("url"));
    }
    for alias in &layout.aliases {
        line("alias", alias.as_str(), origin("aliases"));
    }
    for repository in &layout.repositories {
        line("repository", repository.as_str(), origin("repository"));
    }
    if let Some(kind) = layout.kind {
        line("kind", kind.name(), origin("kind"));
    }
    if layout.origins.contains_key("content") {
        for mount in &layout.content {
            line("content", &format!("{} at {}/", folder(&mount.folder), mount.at), origin("content"));
        }
    }
    for statics in &layout.statics {
        line("static", &folder(statics), origin("static"));
    }
    for (key, value) in [("trailing-slash", layout.route_form.name()), ("slugs", layout.slugs.name())] {
        if layout.origins.contains_key(key) {
            line(key, value, origin(key));
        }
    }
    if !layout.moves.is_empty() {
        line("moved", &layout.moves.len().to_string(), " # addresses, in all".to_owned());
    }
    out
}

fn describe(collection: &Collection, sources: &Sources) -> String {
    let mut out = format!("collection: {} # {}\n", collection.name, place(&collection.declared, sources));
    if collection.schema.is_some() {
        let _ = writeln!(out, "schema: yes # {}", place(&collection.schema_place, sources));
    }
    for date in &collection.dates {
        let form = date.form.map_or("as most pages have it", crate::front_matter::dates::DateForm::name);
        let after = date.not_after.map_or(String::new(), |bound| format!(", not after {bound}"));
        let before = date.not_before.map_or(String::new(), |bound| format!(", not before {bound}"));
        let _ = writeln!(out, "date: {} # {form}{after}{before}", date.key);
    }
    for key in &collection.unique {
        let _ = writeln!(out, "unique: {key}");
    }
    for reference in &collection.references {
        let _ = writeln!(out, "reference: {} # {}", reference.key, place(&reference.declared, sources));
    }
    if let Some(permalink) = &collection.permalink {
        let _ = writeln!(out, "permalink: {permalink}");
    }
    out
}

fn place(label: &crate::diagnostic::Label, sources: &Sources) -> String {
    let source = sources.get(&label.path);
    let position = source.lines.position(&source.text, label.span.start);
    format!("{}:{}:{}", label.path.display(), position.line, position.column)
}
