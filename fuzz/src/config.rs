//! Configs: ours, those of a CMS and those of markdownlint, with the files that they name.

use std::{path::Path, sync::Arc};

use copydesk::{
    config::{self, Config, Layer, import},
    diagnostic::Diagnostic,
    internals::{
        data::{self, DataFormat},
        sources::Sources,
    },
    text::Span,
};

use crate::{
    check,
    desk::{Desk, PAGE},
    memory::Memory,
    parts, require_sound,
};

const OURS: &str = "copydesk.yaml";

/// Names that somebody reads without being told.
const KNOWN: [&str; 12] = [
    OURS,
    "static/admin/config.yml",
    ".copydesk-words.txt",
    "hugo.toml",
    "_config.yml",
    "mkdocs.yml",
    "gatsby-config.js",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.jsonc",
    ".markdownlint-cli2.yaml",
    ".markdownlint-cli2.jsonc",
];

/// A page that every sort of rule has something to say about.
const PAGE_TEXT: &str = "---\ntitle: Teh quay\ndate: 2024-01-02\ntags: [a, b]\n---\n\n# Quay #\n\n* one\n- two  \n\nSee \
    [here](http://quay.example/x?token=abcdefgh12345678) and teh git hub.\n";

/// Mistakes are in the files, a config without any can be used, what is imported is a config without mistakes, and
/// what is shown is YAML.
///
/// Each part of the input is a file: its first line the name, the rest the content.
pub fn run(bytes: &[u8]) {
    let files = parts(bytes).fold(Memory::default(), |files, part| match part.split_once('\n') {
        Some((name, content)) if KNOWN.contains(&name) || is_plain(name) => files.with(name, content),
        _ => files.with(OURS, &part),
    });
    if files.has(OURS) {
        let (config, diagnostics) = Config::load(&files.site_files(), Path::new(OURS), Layer::default());
        try_config(config, &diagnostics, &files);
    }
    let (config, diagnostics) = Config::without_file(&files.site_files(), Layer::default());
    try_config(config, &diagnostics, &files);
    for name in KNOWN.iter().filter(|name| name.starts_with(".markdownlint") && files.has(name)) {
        import(name, &files);
    }
}

/// A name of a file in the site.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
    name.chars().all(is_plain) && name.contains('.') && !name.contains("..") && !name.starts_with('/')
}

fn require_all_sound(diagnostics: &[Diagnostic], files: &Memory) {
    diagnostics.iter().for_each(|it| require_sound(it, |path| files.get(path)));
}

fn try_config(mut config: Config, diagnostics: &[Diagnostic], files: &Memory) {
    require_all_sound(diagnostics, files);
    let page: Arc<Path> = Arc::from(Path::new(PAGE));
    let mistakes = config.read_folders(&files.site_files(), std::slice::from_ref(&page));
    require_all_sound(&mistakes, files);
    require_all_sound(&config.notes, files);
    require_all_sound(&config.unused_globs(std::slice::from_ref(&page)), files);
    if !diagnostics.is_empty() || !mistakes.is_empty() {
        return;
    }
    let sources = Sources::new(Path::new("/nowhere"));
    let shown = config::show(&config, &page, files.has(OURS), &sources);
    let tree = data::parse(&shown, Span::new(0, shown.len() as u32), DataFormat::Yaml);
    assert!(tree.is_complete(), "{:?}\n{shown}", tree.errors);
    check::check(&Desk::with(config, files.clone()), PAGE_TEXT.as_bytes());
}

fn import(name: &str, files: &Memory) {
    let page: Arc<Path> = Arc::from(Path::new(PAGE));
    match import::import(&files.site_files(), &[name.into()], &[page]) {
        Err(diagnostics) => require_all_sound(&diagnostics, files),
        Ok(imported) => {
            require_all_sound(&imported.notes, files);
            let ours = Memory::default().with(OURS, &imported.text);
            let (_, diagnostics) = Config::load(&ours.site_files(), Path::new(OURS), Layer::default());
            assert!(
                diagnostics.is_empty(),
                "what was imported is no config: {diagnostics:?}\n{}",
                imported.text
            );
        }
    }
}
