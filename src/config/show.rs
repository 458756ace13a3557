//! What holds for a path and where it comes from, for people.

use std::{fmt::Write as _, path::Path};

use super::{Config, Origin};
use crate::{
    data::{self, DataFormat, Node, ScalarNotation},
    front_matter::Collection,
    markdown::DialectName,
    secrets::Secrets,
    site::urls::{Layout, LayoutOrigin, UrlExceptions},
    sources::Sources,
    text::Span,
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
    line(&mut out, format_args!("path: {}", value(&path.to_string_lossy())));
    let page = match config.is_page(path) {
        true => "yes",
        false if config.is_template(path) => "no (template of the site generator)",
        false => "no (excluded by `files` or `exclude`)",
    };
    line(&mut out, format_args!("page: {page}"));
    let file = match config.file_for(path) {
        _ if has_file => config.path.display().to_string(),
        Some(file) => format!("none (markdownlint rules from {})", file.display()),
        None => "none (using defaults)".to_owned(),
    };
    line(&mut out, format_args!("config: {}", value(&file)));
    out.push_str(&describe_site(config.sites.of(&path.to_string_lossy()), sources));
    out.push_str(&describe_exceptions(&config.sites.exceptions));
    out.push_str(&describe_dialect(config, path, sources));
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
    for (name, severity) in config.effective_custom(path) {
        let level = severity.map_or("off", crate::diagnostic::Severity::name);
        line(&mut out, format_args!("  {name}: {level} # custom rule"));
    }
    out
}

/// The site that the pages become, as far as anything is known about it.
fn describe_site(layout: &Layout, sources: &Sources) -> String {
    let origin = |key: &str| origin(layout.origins.get(key), sources);
    let folder = |folder: &str| if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
    let mut out = String::new();
    let mut line = |key: &str, text: &str, origin: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key}: {}{origin}", value(text));
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
    if !layout.root.is_empty() {
        line("root", &layout.root, String::new());
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
        line("moved", &layout.moves.len().to_string(), " # number of moved URLs".to_owned());
    }
    out
}

/// The URLs that the config excepts from the checks of links.
fn describe_exceptions(exceptions: &UrlExceptions) -> String {
    let mut out = String::new();
    for (key, patterns) in [("ignore", &exceptions.ignored), ("generated", &exceptions.generated)] {
        for glob in patterns.globs() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{key}: {} # URLs", value(glob));
        }
    }
    out
}

/// What says so, as a comment.
fn origin(origin: Option<&LayoutOrigin>, sources: &Sources) -> String {
    match origin {
        Some(LayoutOrigin::Config(label)) => format!(" # {}", place(label, sources)),
        Some(LayoutOrigin::Generator(path)) => format!(" # {}", in_one_line(path)),
        Some(LayoutOrigin::Kind(kind)) => format!(" # default for {}", kind.name()),
        None => String::new(),
    }
}

/// How the page is written.
fn describe_dialect(config: &Config, path: &Path, sources: &Sources) -> String {
    let (dialect, said) = config.chosen_dialect(path);
    let names: Vec<&str> = dialect.for_file(path).names().map(DialectName::name).collect();
    let origin = if said.is_none() { " # default".to_owned() } else { origin(said.as_ref(), sources) };
    format!("dialect: [{}]{origin}\n", names.join(", "))
}

fn describe(collection: &Collection, sources: &Sources) -> String {
    let mut out =
        format!("collection: {} # {}\n", value(&collection.name), place(&collection.declared, sources));
    if collection.schema.is_some() {
        let _ = writeln!(out, "schema: yes # {}", place(&collection.schema_place, sources));
    }
    for date in &collection.dates {
        let form = date.form.map_or("format used by most pages", crate::front_matter::dates::DateForm::name);
        let after = date.not_after.map_or(String::new(), |bound| format!(", not after {bound}"));
        let before = date.not_before.map_or(String::new(), |bound| format!(", not before {bound}"));
        let _ = writeln!(out, "date: {} # {form}{after}{before}", value(&date.key.to_string()));
    }
    for key in &collection.unique {
        let _ = writeln!(out, "unique: {}", value(&key.to_string()));
    }
    for reference in &collection.references {
        let key = value(&reference.key.to_string());
        let _ = writeln!(out, "reference: {key} # {}", place(&reference.declared, sources));
    }
    if let Some(permalink) = &collection.permalink {
        let _ = writeln!(out, "permalink: {}", value(permalink));
    }
    out
}

fn place(label: &crate::diagnostic::Label, sources: &Sources) -> String {
    let source = sources.get(&label.path);
    let position = source.lines.position(&source.text, label.span.start);
    format!("{}:{}:{}", in_one_line(&label.path.to_string_lossy()), position.line, position.column)
}

/// A text as a value of YAML: as it is, or in quotes where that would be read as something else.
fn value(text: &str) -> String {
    let tree = data::parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
    let is_itself = |root: &Node| {
        root.as_scalar().is_some_and(|it| it.style == ScalarNotation::Plain && *it.text == *text)
    };
    let is_plain =
        tree.is_complete() && tree.comments.is_empty() && tree.root.as_ref().is_some_and(is_itself);
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// A text for a comment.
fn in_one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
