//! Where the pages of a Hugo site appear, and how their links are read.

use globset::GlobBuilder;
use jiff::civil;

use super::{Bundles, Hugo, Language, Links, get};
use crate::{
    data::{Entry, Node},
    site::{
        generators::{
            Generator, GeneratorLink, LinkReading, Otherwise, PageSource, Route, Start, Survey, Tag, slugs,
            source::{dated, ends_in},
            tags,
        },
        urls::{Mount, PathPattern, RouteForm, below, join, join_route, name, parent},
    },
};

impl Hugo {
    /// The name of a file without its language, and the language.
    fn language<'s>(&self, stem: &'s str) -> (&'s str, Option<&Language>) {
        let parts = named_language(&self.languages, stem);
        parts.map_or((stem, None), |(name, language)| (name, Some(language)))
    }

    /// The language in the name of a page's file.
    fn language_of(&self, path: &str) -> Option<&str> {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        name.strip_suffix(".md").and_then(|stem| self.language(stem).1).map(|it| &*it.code)
    }

    /// The date that Hugo takes for a page: that of its name, if the config says so, before that of its front matter.
    pub(super) fn date(&self, page: &PageSource<'_>, stem: &str) -> Option<civil::Date> {
        let by_name = dated(stem).filter(|_| self.dates_names).map(|(date, _)| date);
        by_name.or_else(|| {
            let keys = ["date", "publishDate", "pubdate", "published"];
            keys.iter().find_map(|key| text(page, key).and_then(day))
        })
    }

    fn is_published(page: &PageSource<'_>) -> bool {
        let build = |node: &'_ Node| -> Option<bool> {
            let render = get(get(node, "build").or_else(|| get(node, "_build"))?, "render")?;
            Some(render.as_bool() == Some(false) || render.text() == Some("never"))
        };
        // `published` counts where there is no `draft`; as a date, it is another name of `publishDate`.
        let draft = |node: &'_ Node| -> Option<bool> {
            let published = || get(node, "published").and_then(Node::as_bool).map(|it| !it);
            get(node, "draft").and_then(Node::as_bool).or_else(published)
        };
        let off = |node: &Node| draft(node) == Some(true) || build(node) == Some(true);
        let is_off = page
            .root
            .is_some_and(|root| off(root) || get(root, "headless").and_then(Node::as_bool) == Some(true));
        // What a page says itself goes before what the pages above pass on.
        let is_on = page.root.is_some_and(|root| draft(root) == Some(false) || build(root) == Some(false));
        let future = ["publishDate", "date"].iter().find_map(|key| text(page, key).and_then(day));
        let past = text(page, "expiryDate").and_then(day);
        let today = page.survey.today;
        !is_off
            && future.is_none_or(|date| date <= today)
            && past.is_none_or(|date| date > today)
            && (is_on
                || !above(page).any(|it| {
                    let passed_on = get(it, "cascade").map_or(&[][..], Node::self_or_items);
                    passed_on.iter().any(|it| off(it) && is_target(it, page))
                }))
    }

    /// The name of a file or folder as it is in paths.
    pub(super) fn part(&self, name: &str) -> String {
        self.slug(&name.replace(' ', "-"))
    }

    pub(super) fn slug(&self, text: &str) -> String {
        let slug = if self.letters.keep_case { slugs::hugo_in_case(text) } else { slugs::hugo(text) };
        if self.letters.lose_accents { crate::text::without_accents(&slug) } else { slug }
    }

    /// The path of a folder's page, where the pages of the folders above may have renamed those.
    pub(super) fn folder(&self, page: &PageSource<'_>) -> String {
        let mut path = page.mount.folder.to_string();
        let mut route = String::new();
        for part in page.folders() {
            path = join(&path, part).unwrap_or_default();
            let slug = page
                .survey
                .front_matter(&format!("{path}/_index.md"))
                .and_then(|root| get(root, "slug")?.text());
            route.push('/');
            route.push_str(&slug.map_or_else(|| self.part(part), |slug| self.slug(slug)));
        }
        route
    }

    /// Whether a path is that of a first folder of pages without a page of its own, of which Hugo makes one. `path` is the
    /// same without its language.
    fn is_section(&self, whole: &str, path: &str, survey: &Survey<'_>) -> bool {
        let folders = self.content.iter().flat_map(|mount| {
            let rests = [whole, path].into_iter().filter_map(|it| it.strip_prefix(&*mount.at));
            let plain = |rest: &str| join(&mount.folder, rest.trim_start_matches('/'));
            rests.flat_map(move |rest| {
                let renamed = self.renamed.get(rest).and_then(|name| join(&mount.folder, name));
                [plain(rest), renamed].into_iter().flatten()
            })
        });
        let own = |folder: &str| {
            ["index", "_index"].iter().any(|name| survey.has_file(&format!("{folder}/{name}.md")))
        };
        // The page of the folder may be there in other languages only.
        let has_none = |folder: &str| whole != path || !own(folder);
        let is_moved = self.permalinks.section(path.trim_matches('/')).is_some();
        !is_moved && { folders }.any(|folder| survey.has_pages_below(&folder) && has_none(&folder))
    }

    /// Whether a path is in a folder in which a program makes pages.
    fn is_adapted(&self, path: &str) -> bool {
        self.adapted.iter().any(|folder| below(folder, path).is_some())
    }

    /// Whether a path is that of a single page, which has no feed.
    fn is_leaf(&self, folders: &[&str], survey: &Survey<'_>) -> bool {
        let path = folders.join("/");
        let files = self.content.iter().filter_map(|mount| join(&mount.folder, &path));
        let mut files = files.flat_map(|path| [format!("{path}.md"), format!("{path}/index.md")]);
        let has_none =
            |file: &str| survey.front_matter(file).is_none_or(|root| get(root, "outputs").is_none());
        !folders.is_empty()
            && !self.outputs.has_page_feeds
            && files.any(|file| survey.has_file(&file) && has_none(&file))
    }

    /// The whole path of a page.
    fn canonical(&self, page: &PageSource<'_>, stem: &str, language: Option<&Language>) -> String {
        let at = |path: &str| {
            format!(
                "{}{}",
                page.mount.at,
                if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
            )
        };
        let is_of_language =
            self.languages.iter().any(|it| !it.prefix.is_empty() && it.prefix == page.mount.at);
        let usual = if is_of_language { "" } else { &*self.usual_prefix };
        let prefix = language.map_or(usual, |language| &*language.prefix);
        if let Some(url) = self.own_url(page, stem) {
            return if url.starts_with('/') { url } else { format!("{prefix}{}", at(&url)) };
        }
        let path = self.path(page, stem);
        let is_folder = path.ends_with('/') || stem == "_index";
        let whole = format!("{prefix}{}", at(&path));
        let section = page.folders().next().map(str::to_lowercase);
        let is_ugly = || section.is_some_and(|it| self.ugly.iter().any(|ugly| **ugly == *it));
        let bare = whole.trim_end_matches('/');
        let is_ugly = stem != "_index" && !bare.is_empty() && (self.form == RouteForm::Html || is_ugly());
        match (is_ugly, is_folder) {
            (true, _) => format!("{bare}.html"),
            (false, true) => format!("{bare}/"),
            (false, false) => page.formed(&whole),
        }
    }

    /// The path that a page sets as a whole, which may have the placeholders of permalinks.
    fn own_url(&self, page: &PageSource<'_>, stem: &str) -> Option<String> {
        let url = text(page, "url").filter(|url| !url.contains("://") && !url.contains('{'))?;
        if !url.contains(':') {
            return Some(url.to_owned());
        }
        PathPattern::with_colons(url).fill(|name| self.value(page, name, stem))
    }

    /// The path of a page, without the language and the form that all have.
    fn path(&self, page: &PageSource<'_>, stem: &str) -> String {
        let folder = self.folder(page);
        let section = page.folders().next().map(str::to_lowercase);
        let pattern = section.and_then(|section| self.permalinks.of_source(&section, stem));
        let filled = pattern.and_then(|pattern| pattern.fill(|name| self.value(page, name, stem)));
        if let Some(path) = filled {
            return path;
        }
        let name = text(page, "slug").map(|slug| self.slug(slug));
        match (stem, name) {
            ("_index", _) | ("index", None) => format!("{folder}/"),
            ("index", Some(slug)) => {
                format!("{}/{slug}", parent(&folder))
            }
            (_, Some(slug)) => format!("{folder}/{slug}"),
            (stem, None) => {
                let dated = dated(stem).filter(|_| self.dates_names);
                let name = dated.map_or(stem, |(_, rest)| rest);
                format!("{folder}/{}", self.part(name))
            }
        }
    }
}

/// The name of a file without the one of these languages that it has, and the language.
fn named_language<'s, 'l>(languages: &'l [Language], stem: &'s str) -> Option<(&'s str, &'l Language)> {
    let (name, code) = stem.rsplit_once('.')?;
    Some((name, languages.iter().find(|it| it.code.eq_ignore_ascii_case(code))?))
}

/// Whether what a page passes on is for a page below. Of the targets only paths are known.
fn is_target(passed_on: &Node, page: &PageSource<'_>) -> bool {
    let Some(target) = get(passed_on, "target").or_else(|| get(passed_on, "_target")) else { return true };
    let path =
        format!("/{}", page.below.rsplit_once('.').map_or(page.below, |(stem, _)| stem)).to_lowercase();
    let fits = |entry: &Entry| {
        let glob = entry.value.text().filter(|_| entry.key.text() == Some("path"))?;
        Some(GlobBuilder::new(glob).literal_separator(true).build().ok()?.compile_matcher().is_match(&path))
    };
    target.entries().iter().all(|entry| fits(entry) == Some(true))
}

/// The front matter of the pages of the folders that a page is in.
fn above<'a>(page: &PageSource<'a>) -> impl Iterator<Item = &'a Node> {
    let survey = page.survey;
    let mut folder = page.path.to_owned();
    std::iter::from_fn(move || {
        let up = folder.rsplit_once('/')?.0.to_owned();
        folder = up;
        Some(format!("{folder}/_index.md"))
    })
    .filter_map(move |path| survey.front_matter(&path))
}

pub(super) fn text<'a>(page: &PageSource<'a>, key: &str) -> Option<&'a str> {
    get(page.root?, key)?.text().filter(|text| !text.is_empty())
}

fn day(text: &str) -> Option<civil::Date> {
    crate::front_matter::dates::parse(text).ok().map(|stamp| stamp.datetime.date())
}

impl Hugo {
    /// What becomes of a link to a path that names none of the files, which are those in these folders.
    fn otherwise(&self, link: &GeneratorLink<'_>, path: &str, folders: &[String]) -> Otherwise {
        // A template of the site may take a word for anything, such as an entry of its glossary.
        let is_word = link.start == Start::Page && !path.contains(['/', '.']);
        let is_own = self.links == Links::Own && (is_word || ends_in(path, &["md"]));
        // The first folder of pages is one for Hugo, with a page of its own or without; in a language it may be there
        // without a file.
        let is_first = |folder: &str| {
            link.layout.content.iter().any(|mount| [parent(folder), folder].contains(&&*mount.folder))
        };
        let is_section = || {
            { folders.iter().map(|path| path.strip_suffix("/_index.md").unwrap_or(path)) }
                .any(|folder| is_first(folder) && link.survey.has_pages_below(folder))
        };
        let is_list = || {
            let here = link.layout.mount_of(link.from).filter(|_| link.start == Start::Page);
            let folders = here.into_iter().flat_map(|(_, rest)| [parent(rest), parent(parent(rest))]);
            let there = folders.map(|folder| join_route(&format!("/{folder}"), path));
            there.chain([format!("/{path}")]).any(|path| self.makes_list(&path, link.survey))
        };
        if is_own || is_section() || is_list() { Otherwise::Unknown } else { Otherwise::Url }
    }
}

/// Extensions of pages besides those of Markdown.
pub(super) const PAGES: [&str; 8] = ["html", "htm", "org", "adoc", "asciidoc", "ad", "rst", "pandoc"];

impl Generator for Hugo {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let page = &self.templates.of(page);
        let (stem, language) = self.language(page.stem());
        let disabled = named_language(&self.disabled, stem);
        let (stem, language) = disabled.map_or((stem, language), |(stem, it)| (stem, Some(it)));
        let is_resource = page.folders().count() > 0 && stem != "_index" && in_bundle(page, stem);
        if is_resource {
            return None;
        }
        let is_published = Self::is_published(page) && disabled.is_none();
        let canonical = self.canonical(page, stem, language);
        // The front matter of Org is in lines of its own kind.
        if ends_in(page.path, &["org"]) {
            return Some(Route::open(parent(canonical.trim_end_matches('/'))).published(is_published));
        }
        let mut route = Route::at(canonical).published(is_published);
        for mount in &self.fallbacks {
            if let Some(below) = mount.below(page.path) {
                let there = PageSource { mount, below, ..*page };
                route.others.push(self.canonical(&there, stem, language));
            }
        }
        Some(route)
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if self.links == Links::Raw {
            return LinkReading::Url;
        }
        let folder = parent(link.from);
        let path = link.path.trim_end_matches('/');
        let mut paths: Vec<Option<String>> = Vec::new();
        if link.start == Start::Page {
            paths.push(join(folder, path));
            // The page of a bundle has the path of the folder, beside others.
            let is_bundle = name(link.from).starts_with("index.");
            paths.extend(is_bundle.then(|| join(parent(folder), path)));
            // What goes above the folder of pages is read from that, or from where the config puts the folder.
            if let Some((mount, rest)) = link.layout.mount_of(link.from) {
                let path = join_route(&format!("{}/{}", mount.at, parent(rest)), path);
                let there = |mount: &Mount| Some(join(&mount.folder, below(&mount.at, &path)?));
                paths.extend(link.layout.content.iter().filter_map(there).flatten().map(Some));
                let clamped = join_route(&format!("/{}", parent(rest)), link.path);
                paths.push(join(&mount.folder, clamped.trim_start_matches('/')));
            }
        }
        // A page of a language looks in the folder of its language first.
        let mut mounts: Vec<&Mount> = link.layout.content.iter().collect();
        mounts.sort_by_key(|mount| mount.below(link.from).is_none());
        for mount in mounts {
            let rest = below(mount.at.trim_start_matches('/'), path);
            let is_language = self.languages.iter().any(|it| it.prefix == mount.at);
            paths.push(join(&mount.folder, if is_language { path } else { rest.unwrap_or(path) }));
        }
        paths.extend(self.assets.iter().map(|folder| join(folder, path)));
        let code = self.language_of(link.from);
        let folders: Vec<String> = paths.into_iter().flatten().collect();
        let mut files: Vec<String> = folders.iter().flat_map(|path| page_files(path, code)).collect();
        let is_page = |path: &&str| ends_in(path, &["md"]);
        let twins: Vec<String> = files
            .iter()
            .filter_map(|path| link.survey.twin(path))
            .filter(is_page)
            .map(str::to_owned)
            .collect();
        files.extend(twins);
        LinkReading::Files(files, self.otherwise(link, path, &folders))
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &PAGES
    }

    fn other_folders(&self) -> Vec<&str> {
        vec!["archetypes", "layouts", "themes/*/archetypes", "themes/*/exampleSite", "themes/*/layouts"]
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn bundles_files(&self, page: &str) -> bool {
        let name = page.rsplit('/').next().unwrap_or_default();
        self.bundles == Bundles::All || matches!(name.split('.').next(), Some("index" | "_index"))
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        // Where a mount is there in several languages, its pages are.
        let is_default = |code: &str| {
            self.languages
                .iter()
                .any(|it| it.code.eq_ignore_ascii_case(code) && it.prefix == self.usual_prefix)
        };
        let needs_translation = |code: &str| self.fallbacks.is_empty() && !is_default(code);
        tags::hugo(destination, link, self.language_of(link.from), needs_translation)
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let whole = path.trim_end_matches('/');
        // Hugo takes links that it resolves without their extension, in any case.
        let is_resolved = self.links == Links::Resolved;
        let whole = whole
            .strip_suffix(".html")
            .filter(|_| self.form == RouteForm::Html || is_resolved)
            .unwrap_or(whole);
        let lower = if is_resolved { whole.to_lowercase() } else { String::new() };
        let whole = if is_resolved { lower.as_str() } else { whole };
        let bare = self
            .languages
            .iter()
            .filter(|it| !it.prefix.is_empty())
            .find_map(|it| whole.strip_prefix(&*it.prefix));
        let path = bare.filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(whole);
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let is_language = |name: &str| self.languages.iter().any(|it| *it.code == *name);
        match parts.as_slice() {
            [] => true,
            [folders @ .., "index.xml" | "index.json"] => !self.is_leaf(folders, survey),
            [name] if self.outputs.make(name, self.has_theme) => true,
            [.., part, number] if *part == &*self.list_pages.part && number.parse::<u32>().is_ok() => {
                self.list_pages.are_made
            }
            [first] | [first, "sitemap.xml"] if is_language(first) => true,
            [_] if self.is_section(whole, path, survey) => true,
            _ if self.is_adapted(whole) || self.is_adapted(path) => true,
            _ if self.makes_list(path, survey) => true,
            _ => self.has_theme && matches!(parts.first(), Some(&("search" | "archives" | "archive"))),
        }
    }

    fn owns(&self, path: &str) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        let is_language = self.languages.iter().chain(&self.disabled).any(|it| *it.code == *first);
        is_language
            || !self.has_theme && matches!(first, "tags" | "categories")
            || first == &*self.list_pages.part
            || !first.is_empty() && self.permalinks.have_lists_at(first)
            || self.taxonomies.iter().any(|it| slugs::hugo(it) == first)
    }

    fn old_paths_key(&self) -> Option<&'static str> {
        Some("aliases")
    }

    fn old_paths_base(&self, path: &str) -> Option<&str> {
        let is_above = |it: &&Language| !it.prefix.is_empty() && below(&it.prefix, path).is_some();
        self.languages.iter().find(is_above).map(|it| &*it.prefix)
    }
}

/// Whether a file is in the folder of a page that is a folder: it is a part of that then.
fn in_bundle(page: &PageSource<'_>, stem: &str) -> bool {
    let mut folder = parent(page.path);
    let mut is_own = stem == "index";
    while folder.len() > page.mount.folder.len() {
        if !std::mem::take(&mut is_own) && page.survey.has_file(&format!("{folder}/index.md")) {
            return true;
        }
        folder = parent(folder);
    }
    false
}

/// The files that a path to a page may name: itself, the page of that name or the page of that folder; in a language
/// that of the language. The extension of a page counts for nothing, and `index.md` may be the page of a section.
fn page_files(path: &str, code: Option<&str>) -> Vec<String> {
    let bare = path.strip_suffix(".html").unwrap_or(path);
    let section = path.strip_suffix("index.md").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let Some(code) = code else {
        let mut files = vec![path.to_owned()];
        files.extend(section.map(|folder| format!("{folder}_index.md")));
        if !ends_in(path, &["md"]) {
            files.extend([".md", "/index.md", "/_index.md"].map(|ending| format!("{bare}{ending}")));
        }
        return files;
    };
    let stem = bare.strip_suffix(".md").unwrap_or(bare);
    let own = stem.ends_with(&format!(".{code}")) || stem == path;
    let mut files = vec![format!("{stem}.{code}.md"), format!("{stem}/index.{code}.md")];
    files.extend(section.map(|folder| format!("{folder}_index.{code}.md")));
    files.extend(own.then(|| path.to_owned()));
    files
}
