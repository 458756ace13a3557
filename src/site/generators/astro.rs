//! Astro, with or without Starlight.

use std::sync::Arc;

use globset::{Glob, GlobMatcher};

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey,
    detect::RootCandidate,
    script::{Script, ScriptPart},
    setup::each_file,
    slugs,
    source::ends_in,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Mount, RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static ASTRO: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Astro,
    configs: &["astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts"],
    variant: None,
    is_config: |_, _| true,
    sign,
    dialects: &[DialectName::Templates, DialectName::Directives, DialectName::MathBlocks],
    setup,
};

/// The config may be left out.
fn sign(folder: &RootCandidate<'_>) -> Option<&'static str> {
    (folder.depends_on("astro") && folder.has("src/pages/")).then_some("package.json")
}

/// A folder of entries whose paths are made from their names.
#[derive(Debug)]
struct Collection {
    folder: Box<str>,
    /// The entries, below the folder.
    pattern: Option<GlobMatcher>,
    is_docs: bool,
    ids: Ids,
}

/// What the ids of entries are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// From their files.
    Files,
    /// By a program of the site.
    Unknown,
}

#[derive(Debug, Default)]
struct Astro {
    collections: Vec<Collection>,
    /// The folders of Starlight's languages, without the one at the root.
    locales: Vec<Box<str>>,
    /// The folder of the language from which the others take what they lack; empty for the root.
    default: Box<str>,
    /// Pages of the folder of pages that make others, and of which it is known which.
    known: Vec<String>,
    /// Whether a plugin may make paths of links to files.
    resolves_files: bool,
    /// Whether a plugin makes texts for language models.
    makes_texts: bool,
    /// Whether a plugin makes a blog with a feed.
    has_blog: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(
        &[("src/pages", ""), ("src/content/docs", "")],
        &["public"],
        RouteForm::Any,
        SlugStyle::Github,
    );
    let script = Script::javascript(&setup.text);
    let config = script.whole();
    setup.url(config.text("site"), config.outer_text("base", "site"));
    setup.default_language(config.language());
    match config.text("trailingSlash") {
        Some("always") => setup.form(RouteForm::Slash),
        Some("never") => setup.form(RouteForm::Bare),
        _ => {}
    }
    let source = config.text("srcDir").unwrap_or("src").trim_matches(['.', '/']).to_owned();
    let mut it = Astro::default();
    let mut mounts: Vec<Mount> = setup.mount(&format!("{source}/pages"), "").into_iter().collect();
    let docs = format!("{source}/content/docs");
    if config.mentions("starlight") || setup.config.is_none() {
        mounts.extend(setup.mount(&docs, ""));
        it.add_docs(setup, &docs, config);
        // The ids of the title and of the table of contents.
        let ids = ["_top", "starlight__on-this-page"].map(Box::from);
        Arc::make_mut(&mut setup.layout.template_ids).extend(ids);
    }
    it.add_collections(setup, &source, &mut mounts);
    if setup.config.is_some() {
        setup.content(mounts);
    }
    add_redirects(setup, config);
    add_plugin_paths(setup, config, config);
    let content = content_config(setup, &source);
    add_plugin_paths(setup, content.whole(), config);
    it.resolves_files = changes_links(config);
    it.makes_texts = config.mentions("starlight-llms-txt");
    it.has_blog = config.mentions("starlight-blog");
    let templates = ["components", "layouts"].map(|folder| format!("{source}/{folder}"));
    setup.template_ids(&templates.each_ref().map(String::as_str), &["astro"]);
    Arc::new(it)
}

/// The paths below which plugins make pages: `base` of those for changelogs and APIs, `route` of a dashboard. A folder of
/// sources has the first key, too, and so has the site.
fn add_plugin_paths(setup: &mut Setup<'_>, script: ScriptPart<'_>, config: ScriptPart<'_>) {
    let texts = ["base", "route"].into_iter().flat_map(|key| script.texts(key));
    let own = config.outer_text("base", "site");
    let is_path = |text: &&str| {
        !text.is_empty()
            && !text.starts_with(['.', '/'])
            && !text.starts_with("src/")
            && !text.contains(['\n', '$', ':'])
            && Some(*text) != own
    };
    let locales = locales(setup, config);
    for text in texts.filter(is_path).take(MAX_PLUGINS) {
        setup.layout.moves.add_pattern(text);
        for locale in &locales {
            setup.layout.moves.add_pattern(&format!("{locale}/{text}"));
        }
    }
}

/// Whether a plugin of the site's own, or one with a name that says so, changes the links of pages.
fn changes_links(config: ScriptPart<'_>) -> bool {
    const LISTS: [&str; 4] = ["remarkPlugins", "rehypePlugins", "mdastPlugins", "hastPlugins"];
    let names = LISTS.into_iter().filter_map(|list| config.block(list)).flat_map(ScriptPart::names);
    let is_own = |name: &str| config.imported(name).is_some_and(|module| module.starts_with('.'));
    let mut names = names.take(MAX_PLUGINS);
    names.any(|name| name.to_lowercase().contains("link") || is_own(name))
}

/// Redirects that a program of the config makes of old paths, at most.
const MAX_REDIRECTS: usize = 256;

/// Names in lists of plugins that are looked at.
const MAX_PLUGINS: usize = 32;

/// The names of Starlight's languages: in the config, in a variable of it, or in a file that it imports.
fn locales(setup: &Setup<'_>, config: ScriptPart<'_>) -> Vec<Box<str>> {
    let starlight = config.after("starlight(").unwrap_or(config);
    let named = || config.after("const locales")?.first_block();
    if let Some(block) = starlight.block("locales").or_else(named) {
        return block.entries().into_iter().map(|(key, _)| key.into()).collect();
    }
    let file = config.imported("locales").filter(|path| ends_in(path, &["json"]));
    let root = file.and_then(|path| setup.tree(path)?.root);
    let keys = root.iter().flat_map(Node::entries).filter_map(|entry| entry.key.text());
    keys.map(Into::into).collect()
}

/// The program that names the collections.
fn content_config(setup: &Setup<'_>, source: &str) -> Script {
    const NAMES: [&str; 4] =
        ["content.config.ts", "content.config.mjs", "content.config.js", "content/config.ts"];
    let text = NAMES.iter().find_map(|name| setup.read(&format!("{source}/{name}")));
    Script::javascript(&text.unwrap_or_default())
}

/// The redirects of the config, and those of the files that it takes them from.
fn add_redirects(setup: &mut Setup<'_>, config: ScriptPart<'_>) {
    let block = config.block("redirects");
    setup.redirects(block.map(pairs).unwrap_or_default());
    // A program of the config makes redirects of an old path, such as those in all languages.
    let calls: Vec<(&str, &str)> = block.into_iter().flat_map(ScriptPart::spread_calls).collect();
    let locales = locales(setup, config);
    for (_, old) in calls.iter().take(MAX_REDIRECTS) {
        setup.layout.moves.add_pattern(old);
        for locale in &locales {
            setup.layout.moves.add_pattern(&format!("/{locale}{old}"));
        }
    }
    let is_call = |name: &&str| calls.len() <= MAX_REDIRECTS && calls.iter().any(|(call, _)| call == name);
    let spread = block.into_iter().flat_map(ScriptPart::spread).filter(|name| !is_call(name));
    let whole = config.name("redirects").or_else(|| config.mentions("redirects,").then_some("redirects"));
    let names: Vec<&str> = spread.chain(whole.filter(|_| block.is_none())).collect();
    for name in names {
        let text = config.imported(name).and_then(|path| {
            [path.to_owned(), format!("{path}.ts"), format!("{path}.mjs"), format!("{path}.js")]
                .iter()
                .find_map(|path| setup.read(path))
        });
        let script = text.map(|text| Script::javascript(&text));
        match script.as_ref().and_then(|script| script.whole().first_block()) {
            Some(block) if !pairs(block).is_empty() => setup.redirects(pairs(block)),
            _ => setup.layout.moves.open(),
        }
    }
}

/// `{'/old': '/new', '/far': {status: 301, destination: '/near'}}`
fn pairs(redirects: ScriptPart<'_>) -> Vec<(&str, &str)> {
    let mut pairs = redirects.pairs();
    let destination = |value| ScriptPart::of_value(value)?.text("destination");
    pairs.extend(redirects.entries().into_iter().filter_map(|(key, value)| Some((key, destination(value)?))));
    pairs
}

impl Astro {
    fn add_docs(&mut self, setup: &Setup<'_>, docs: &str, config: ScriptPart<'_>) {
        let Some(folder) = setup.path(docs) else { return };
        self.collections.push(Collection {
            folder: folder.into(),
            pattern: None,
            is_docs: true,
            ids: Ids::Files,
        });
        let locales = locales(setup, config);
        let starlight = config.after("starlight(").unwrap_or(config);
        let default = starlight.text("defaultLocale").filter(|it| *it != "root").unwrap_or_default();
        let has_root = locales.iter().any(|key| **key == *"root");
        self.default = if has_root { "".into() } else { default.into() };
        self.locales = locales.into_iter().filter(|key| **key != *"root").collect();
    }

    /// Collections that a page with a parameter in its name makes pages of, by the id of each entry.
    fn add_collections(&mut self, setup: &Setup<'_>, source: &str, mounts: &mut Vec<Mount>) {
        let script = content_config(setup, source);
        let pages = format!("{source}/pages");
        let enters = |name: &str| !name.starts_with(['[', '_']);
        each_file(
            &pages,
            |folder| setup.names(folder),
            enters,
            |folder, name| {
                if !name.starts_with('[') || !name.ends_with("].astro") {
                    return;
                }
                let path = format!("{folder}/{name}");
                let Some(page) = setup.read(&path) else { return };
                let Some(collection) = only_collection(&page) else { return };
                let (base, pattern, ids) = loader(script.whole(), &collection, source);
                let at = folder.strip_prefix(&pages).unwrap_or_default();
                if let (Some(mount), Some(page)) = (setup.mount(&base, at), setup.path(&path)) {
                    self.collections.push(Collection {
                        folder: mount.folder.clone(),
                        pattern,
                        is_docs: false,
                        ids,
                    });
                    mounts.push(mount);
                    self.known.push(page);
                }
            },
        );
    }

    fn collection(&self, folder: &str) -> Option<&Collection> {
        self.collections.iter().find(|it| *it.folder == *folder)
    }

    fn entry(&self, collection: &Collection, page: &PageSource<'_>) -> Option<Route> {
        let is_left_out = collection.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(page.below))
            || collection.is_docs && page.name().starts_with('_');
        if is_left_out {
            return None;
        }
        if collection.ids == Ids::Unknown {
            return Some(Route::open(&page.mount.at));
        }
        let made = || {
            let parts = page.folders().chain([page.stem()]).map(slugs::github);
            let id = parts.collect::<Vec<_>>().join("/");
            id.strip_suffix("index")
                .filter(|rest| rest.is_empty() || rest.ends_with('/'))
                .map_or(id.clone(), str::to_owned)
        };
        let id = page.text("slug").map_or_else(made, str::to_owned);
        let id = id.trim_matches('/');
        if collection.is_docs && id == "404" {
            return None;
        }
        let is_published = !collection.is_docs || page.flag("draft") != Some(true);
        let formed = |id: &str| {
            let path = format!("{}/{id}", page.mount.at);
            match page.layout.route_form {
                RouteForm::Any if !path.ends_with('/') => format!("{path}/"),
                RouteForm::Any => path,
                _ if id.is_empty() => page.folder_route(path.trim_end_matches('/')),
                _ => page.formed(&path),
            }
        };
        let mut route = Route::at(formed(id)).published(is_published);
        let bare = match &*self.default {
            "" => Some(id).filter(|_| !self.locales.iter().any(|it| id.split('/').next() == Some(it))),
            default => id.strip_prefix(default).map(|rest| rest.trim_start_matches('/')),
        };
        if let Some(bare) = bare.filter(|_| collection.is_docs) {
            let others = self.locales.iter().filter(|it| **it != self.default);
            route.others =
                others.map(|locale| formed(format!("{locale}/{bare}").trim_end_matches('/'))).collect();
        }
        Some(route)
    }
}

/// The collection that a page makes pages of, where it is one and its entries' ids are the paths.
fn only_collection(page: &str) -> Option<String> {
    let mut names: Vec<&str> = page
        .match_indices("getCollection(")
        .filter_map(|(at, it)| super::script::string(page[at + it.len()..].trim_start()))
        .collect();
    names.dedup();
    let is_id = [".id }", ".id}", ".id,", ".slug }", ".slug}", ".slug,"].iter().any(|it| page.contains(it));
    (names.len() == 1 && is_id).then(|| names[0].to_owned())
}

/// What a config says of a collection, right in the list of them or where it defines the name.
fn definition<'a>(config: ScriptPart<'a>, name: &str) -> Option<ScriptPart<'a>> {
    let list = config.after("collections")?.first_block()?;
    let value = list.entries().into_iter().find(|(key, _)| *key == name).map_or(name, |(_, value)| value);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let word = &value[..value.find(|c| !is_name(c)).unwrap_or(value.len())];
    if value[word.len()..].trim_start().starts_with('(') {
        return list.after(&format!("{name}:"))?.first_block();
    }
    config.after(&format!("const {word} ="))?.first_block()
}

/// The folder and the pattern of a collection, and its ids.
fn loader(config: ScriptPart<'_>, name: &str, source: &str) -> (String, Option<GlobMatcher>, Ids) {
    let usual = format!("{source}/content/{name}");
    let options = definition(config, name).and_then(|it| it.after("glob(")).and_then(ScriptPart::first_block);
    let Some(options) = options else { return (usual, None, Ids::Files) };
    let ids = if options.mentions("generateId") { Ids::Unknown } else { Ids::Files };
    let pattern = options.text("pattern").map(|text| text.trim_start_matches("./"));
    let pattern = pattern.and_then(|text| Glob::new(text).ok()).map(|glob| glob.compile_matcher());
    let trimmed = |base: &str| base.trim_start_matches("./").trim_end_matches('/').to_owned();
    (options.text("base").map_or(usual, trimmed), pattern, ids)
}

impl Generator for Astro {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if let Some(collection) = self.collection(&page.mount.folder) {
            return self.entry(collection, page);
        }
        if page.below.split('/').any(|part| part.starts_with('_')) {
            return None;
        }
        let folder = page.folder_path();
        Some(Route::at(match page.stem() {
            "index" => page.folder_route(&folder),
            stem if page.layout.route_form == RouteForm::Any => format!("{folder}/{stem}/"),
            stem => page.formed(&format!("{folder}/{stem}")),
        }))
    }

    /// A plugin may make paths of links to files.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let is_file = self.resolves_files && ends_in(link.path, &["md", "mdx"]);
        match join(parent(link.from), link.path).filter(|_| is_file && link.start == Start::Page) {
            Some(file) => LinkReading::Files(vec![file], Otherwise::Unknown),
            None => LinkReading::Url,
        }
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["astro", "mdx", "html", "ts", "js"]
    }

    fn is_open(&self, path: &str) -> bool {
        !self.known.iter().any(|known| known == path)
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let (written, path) = (path, path.trim_end_matches('/'));
        let is_endpoint = |name: &str| {
            let endings = ["js", "ts"];
            endings.iter().any(|ending| survey.has_file(&format!("src/pages/{name}.{ending}")))
        };
        let has_docs = self.collections.iter().any(|it| it.is_docs);
        matches!(path, "/404.html" | "/sitemap-index.xml" | "/sitemap-0.xml")
            || self.has_blog && path.ends_with("/rss.xml")
            || self.makes_texts && path.starts_with("/llms") && ends_in(path, &["txt"])
            || has_docs && (written == "/404" || self.locales.iter().any(|it| path == format!("/{it}/404")))
            || is_endpoint(path.trim_start_matches('/'))
    }
}
