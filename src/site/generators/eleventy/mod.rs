//! Eleventy.

mod permalink;

use std::{collections::HashMap, sync::Arc};

use ignore::gitignore::Gitignore;

use permalink::{Permalink, fill, program_permalink, set_permalink};

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkMarkup, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey, Tag,
    detect::RootCandidate,
    script::{Script, ScriptPart},
    setup::{each_file, ignore_patterns, is_ignored, tree_of},
    source::ends_in,
    tags,
    templates::TemplateData,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Mount, RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static ELEVENTY: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Eleventy,
    configs: &[
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.cjs",
        "eleventy.config.ts",
    ],
    variant: None,
    is_config: |_, _| true,
    sign,
    dialects: &[DialectName::Liquid, DialectName::MathBlocks, DialectName::NoIndentedCode],
    setup,
};

fn sign(folder: &RootCandidate<'_>) -> Option<&'static str> {
    folder.depends_on("@11ty/eleventy").then_some("package.json")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    AsWritten,
    /// A plugin puts it in front of all paths.
    Added,
}

#[derive(Debug)]
struct Eleventy {
    input: Box<str>,
    /// The folder of the site, and the files below it that become no pages.
    root: Box<str>,
    ignored: Gitignore,
    /// By folder, relative to the project's root.
    permalinks: HashMap<Box<str>, Permalink>,
    /// Whether a plugin turns links to files into their paths.
    resolves_links: bool,
    prefix: Prefix,
    includes: Box<str>,
    /// Whether files are copied in a way that only the program knows.
    copies_more: bool,
    beside: FilesBeside,
    /// Whether a program makes pages that no file tells of.
    makes_more: bool,
    /// The front matter of pages that are not in Markdown.
    templates: TemplateData,
    /// The front matter of layouts, which pages take over, and the folders that they are in.
    layouts: Vec<(Box<str>, TemplateData)>,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[], RouteForm::Slash, SlugStyle::None);
    let script = Script::javascript(&setup.text);
    let config = script.whole();
    setup.default_language(config.language());
    let folders = config.block("dir");
    let input = folders.and_then(|dir| dir.text("input")).unwrap_or_default();
    if let Some(mount) = setup.mount(input, "").filter(|_| !input.is_empty()) {
        setup.content(vec![mount]);
    }
    // Since version 3 a plugin of its own makes ids of headings, and before that one of markdown-it.
    if config.mentions("IdAttributePlugin") {
        setup.layout.slugs = SlugStyle::Eleventy;
        setup.says("slugs");
    } else if config.mentions("markdown-it-anchor") || config.mentions("markdownItAnchor") {
        // Options may name a function, and what changes the text of pages changes that of headings.
        let is_changed = ["lugify", "typographer", "getTokensText", "uniqueSlugStartIndex", "emoji"];
        let has_own = is_changed.iter().any(|it| config.mentions(it)) || changes_pages(config);
        setup.layout.slugs = if has_own { SlugStyle::Any } else { SlugStyle::MarkdownItAnchor };
        setup.says("slugs");
    }
    setup.layout.autolinks = config.flag("linkify");
    setup.url(None, config.text("pathPrefix"));
    let mut it = Eleventy {
        input: setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default(),
        resolves_links: config.mentions("InputPathToUrl"),
        prefix: if config.mentions("HtmlBasePlugin") { Prefix::Added } else { Prefix::AsWritten },
        includes: folders.and_then(|dir| dir.text("includes")).unwrap_or("_includes").into(),
        root: setup.layout.root.clone(),
        ignored: ignore_patterns(&[], &ignored(setup, config)),
        beside: FilesBeside::of(config),
        permalinks: HashMap::new(),
        copies_more: false,
        makes_more: false,
        templates: TemplateData::default(),
        layouts: vec![],
    };
    it.add_copies(setup, config);
    it.add_formats(setup, config);
    it.add_permalinks(setup);
    it.makes_more |= it.copies_more
        || MAKERS.iter().any(|it| config.mentions(it))
        || it.permalinks.values().any(|it| matches!(it, Permalink::Unknown));
    let enters = |name: &str| !name.starts_with('.') && !it.is_part(name);
    it.templates = TemplateData::read(setup, input, &TEMPLATES[..4], enters);
    let layouts = folders.and_then(|dir| dir.text("layouts"));
    for folder in [Some(&*it.includes), layouts].into_iter().flatten() {
        let folder = join(input, folder).unwrap_or_default();
        setup.template_ids(&[&folder], &TEMPLATES[..5]);
        let data = TemplateData::read(setup, &folder, &TEMPLATES[..5], |_| true);
        it.layouts.extend(setup.path(&folder).map(|folder| (folder.into(), data)));
    }
    Arc::new(it)
}

/// The patterns of files that become no pages: those of a file of its own, and those that the config adds.
fn ignored(setup: &Setup<'_>, config: ScriptPart<'_>) -> String {
    let mut patterns = setup.read(".eleventyignore").unwrap_or_default().to_string();
    let mut rest = config;
    for _ in 0..MAX_COPIES {
        let Some(after) = rest.after("ignores.add(") else { break };
        rest = after;
        let added = after.first_string().map(|text| text.trim_start_matches("./").trim_start_matches('/'));
        patterns.extend(added.map(|text| format!("\n/{text}")));
    }
    patterns
}

/// Packages that leave the links of pages alone; only others named after Eleventy or markdown-it may change them.
const PACKAGES: [&str; 8] = [
    "@11ty/eleventy",
    "@11ty/eleventy-navigation",
    "@11ty/eleventy-plugin-rss",
    "@11ty/eleventy-plugin-syntaxhighlight",
    "markdown-it",
    "markdown-it-anchor",
    "markdown-it-attrs",
    "markdown-it-footnote",
];

/// Which files are beside a page because they are beside its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum FilesBeside {
    /// None.
    #[default]
    None,
    /// A plugin or a program may put some there.
    Unknown,
}

impl FilesBeside {
    fn of(config: ScriptPart<'_>) -> Self {
        if changes_pages(config) { Self::Unknown } else { Self::None }
    }
}

/// Whether something changes pages after they are made, or puts files beside them: a transform, a plugin, a program of the
/// site's own.
fn changes_pages(config: ScriptPart<'_>) -> bool {
    let is_other = |module: &str| {
        let is_named = ["eleventy", "11ty", "markdown-it"].iter().any(|name| module.contains(name));
        module.starts_with('.') || is_named && !PACKAGES.contains(&module)
    };
    let mentions = |text: &&str| config.mentions(text);
    let is_changed = ["addTransform", "html-relative", "mageTransform"].iter().any(mentions);
    is_changed
        || ["require(", "import(", "from "].iter().any(|before| {
            let mut rest = config;
            let mut left = MAX_COPIES;
            while let Some(after) = rest.after(before) {
                rest = after;
                left -= 1;
                if left == 0 || after.first_string().is_some_and(is_other) {
                    return true;
                }
            }
            false
        })
}

impl Eleventy {
    /// Whether a folder with this name holds parts of pages, data or packages.
    fn is_part(&self, folder: &str) -> bool {
        folder == &*self.includes || folder == "_data" || folder == "node_modules"
    }
}

/// File name extensions of templates; those of the first ones have front matter, and the last ones are programs.
const TEMPLATES: [&str; 9] =
    ["njk", "liquid", "html", "hbs", "webc", "11ty.js", "11ty.cjs", "11ty.mjs", "11ty.ts"];

/// What a config mentions that makes pages by a program: plugins, or programs beside it.
const MAKERS: [&str; 8] = ["feedPlugin", "addTemplate", "sitemap", "feed", "robots", "404", "\"./", "'./"];

/// Files and folders to copy that are read. What follows such a call may have no end.
const MAX_COPIES: usize = 64;

impl Eleventy {
    /// `addPassthroughCopy('assets')`, `addPassthroughCopy({'src/static': '/'})`
    fn add_copies(&mut self, setup: &mut Setup<'_>, config: ScriptPart<'_>) {
        let mut rest = config;
        let mut copied = Vec::new();
        let mut left = MAX_COPIES;
        while let Some(after) = rest.after("addPassthroughCopy(") {
            if left == 0 {
                self.copies_more = true;
                break;
            }
            left -= 1;
            rest = after;
            let argument = after.until(')');
            match (argument.first_string(), argument.first_block()) {
                (Some(pattern), _) => {
                    // Of a pattern the folder that all its files are in.
                    let path = pattern.split('*').next().unwrap_or_default();
                    let is_pattern = path.len() < pattern.len();
                    self.copies_more |= is_pattern;
                    let path = if is_pattern { parent(path) } else { path };
                    let path = path.trim_start_matches("./").trim_end_matches('/');
                    let at =
                        setup.path(path).and_then(|full| Some(Mount::new("", "").below(&full)?.to_owned()));
                    let inside = at
                        .as_deref()
                        .map(|full| if *full == *self.input { "" } else { full })
                        .map(|full| Mount::new(&self.input, "").below(full).unwrap_or(full).to_owned());
                    copied.extend(inside.and_then(|inside| setup.mount(path, &inside)));
                }
                (_, Some(block)) if !block.pairs().is_empty() => {
                    for (from, to) in block.pairs() {
                        copied.extend(
                            setup.mount(from.trim_start_matches("./"), to).filter(|_| !from.contains('*')),
                        );
                        self.copies_more |= from.contains('*');
                    }
                }
                _ => {
                    self.copies_more = true;
                    self.beside = FilesBeside::Unknown;
                }
            }
        }
        setup.layout.copied = copied;
    }

    /// `setTemplateFormats(['md', 'css'])`: files of formats that are none of templates are copied.
    fn add_formats(&mut self, setup: &mut Setup<'_>, config: ScriptPart<'_>) {
        let formats = config.after("emplateFormats").and_then(ScriptPart::first_block);
        let is_template = |it: &&str| matches!(*it, "md" | "js") || TEMPLATES.contains(it);
        let formats = formats.map(ScriptPart::strings).unwrap_or_default();
        let formats: Vec<&str> = formats.into_iter().filter(|it| !is_template(it)).collect();
        if formats.is_empty() {
            return;
        }
        let mut files = Vec::new();
        let enters = |name: &str| !name.starts_with('.') && !self.is_part(name) && name != "_site";
        each_file(
            &self.input,
            |folder| setup.project.names(folder),
            enters,
            |folder, name| files.extend(join(folder, name).filter(|_| ends_in(name, &formats))),
        );
        self.copies_more |= files.len() > MAX_COPIES;
        let input = Mount::new(&self.input, "");
        for file in files.iter().take(MAX_COPIES) {
            setup.layout.copied.extend(input.below(file).map(|below| Mount::new(file, below)));
        }
    }

    /// The data files of folders: `posts/posts.json`, `posts/posts.11tydata.js`.
    fn add_permalinks(&mut self, setup: &Setup<'_>) {
        let input = self.input.to_string();
        let enters = |name: &str| !name.starts_with(['.', '_']) && name != "node_modules";
        each_file(
            &input,
            |folder| setup.project.names(folder),
            enters,
            |folder, name| {
                // A template that is a program chooses its path by itself.
                self.makes_more |= name.contains(".11ty.");
                let own = folder.rsplit('/').next().unwrap_or_default();
                let path = join(folder, name).unwrap_or_default();
                let permalink = if name
                    .strip_suffix(".json")
                    .is_some_and(|stem| stem == own || stem.strip_suffix(".11tydata") == Some(own))
                {
                    let tree = setup.project.text(&path).map(|text| tree_of(&path, &text));
                    tree.and_then(|tree| set_permalink(&tree.root?))
                } else if name.starts_with(&format!("{own}.11tydata.")) {
                    let script = Script::javascript(&setup.project.text(&path).unwrap_or_default());
                    program_permalink(script.whole())
                } else {
                    None
                };
                if let Some(permalink) = permalink {
                    self.permalinks.insert(folder.into(), permalink);
                }
            },
        );
    }

    /// The front matter of a layout by its name, with or without its extension.
    fn layout(&self, name: &str) -> Option<&Node> {
        self.layouts.iter().find_map(|(folder, data)| {
            let path = join(folder, name)?;
            let with_ending = |ending: &&str| data.get(&format!("{path}.{ending}"));
            data.get(&path).or_else(|| TEMPLATES[..5].iter().find_map(with_ending))
        })
    }

    fn permalink(&self, page: &PageSource<'_>) -> Option<Permalink> {
        let layout = || page.text("layout").and_then(|name| self.layout(name));
        if let Some(own) = page.root.and_then(set_permalink).or_else(|| layout().and_then(set_permalink)) {
            return Some(own);
        }
        let mut folder = page.path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if let Some(found) = self.permalinks.get(folder) {
                return Some(found.clone());
            }
        }
        self.permalinks.get("").cloned()
    }
}

impl Eleventy {
    /// Whether a path is that of a further part of a page that divides its data, `/boats/1/`.
    fn is_part_of_page(&self, path: &str, survey: &Survey<'_>) -> bool {
        let parts = path.trim_matches('/').rsplit_once('/');
        let page = parts.filter(|(_, number)| number.parse::<u32>().is_ok());
        let Some(file) = page.and_then(|(page, _)| join(&self.input, page)) else { return false };
        let data = |ending: &str| {
            [format!("{file}.{ending}"), format!("{file}/index.{ending}")]
                .iter()
                .find_map(|file| survey.front_matter(file).or_else(|| self.templates.get(file)))
        };
        let divides = |ending: &&str| data(ending).is_some_and(|root| root.get("pagination").is_some());
        TEMPLATES[..5].iter().chain(&["md"]).any(divides)
    }
}

impl Generator for Eleventy {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let page = &self.templates.of(page);
        let site = Mount::new(&self.root, "");
        let is_left_out = || site.below(page.path).is_some_and(|below| is_ignored(&self.ignored, below));
        if page.folders().any(|folder| self.is_part(folder)) || is_left_out() {
            return None;
        }
        match self.permalink(page) {
            Some(Permalink::Never) => return Some(Route::at(String::from("/")).published(false)),
            Some(Permalink::Unknown) => return Some(Route::open("")),
            Some(Permalink::Template(template)) => {
                let Some(path) = fill(&template, page) else {
                    let known = template.split("{{").next().unwrap_or_default();
                    return Some(Route::open(parent(known.split("{%").next().unwrap_or_default())));
                };
                let path = format!("/{}", path.trim_start_matches('/'));
                let folder = path.strip_suffix("index.html").filter(|rest| rest.ends_with('/'));
                return Some(Route::at(folder.map_or_else(|| path.clone(), str::to_owned)));
            }
            None => {}
        }
        let folder = page.folder_path();
        // Templates in JavaScript have two extensions.
        let stem = page.stem().strip_suffix(".11ty").unwrap_or(page.stem());
        let is_index = stem == "index" || page.folders().next_back() == Some(stem);
        Some(Route::at(if is_index { format!("{folder}/") } else { format!("{folder}/{stem}/") }))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if !self.resolves_links {
            return LinkReading::Url;
        }
        let folder = parent(link.from);
        let bases = if link.start == Start::Page { vec![folder, &self.input] } else { vec![&*self.input] };
        let files =
            bases.into_iter().filter_map(|base| join(base, link.path)).filter(|path| path.contains('.'));
        LinkReading::Files(files.collect(), Otherwise::Url)
    }

    fn tag<'d>(&self, destination: &'d str, _: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        tags::site_path(destination, &["url"])
    }

    fn adds_base(&self, _: LinkMarkup) -> bool {
        self.prefix == Prefix::Added
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &TEMPLATES
    }

    fn bundles_files(&self, _: &str) -> bool {
        self.beside == FilesBeside::Unknown
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // Another program may copy what is in the folder of the pages.
        let is_source = || join(&self.input, path).is_some_and(|path| survey.has_file(&path));
        let is_file = name.contains('.') && !ends_in(name, &["html", "md"]);
        is_file && (self.copies_more || is_source())
            || self.is_part_of_page(path, survey)
            || self.makes_more
                && (name == "404.html" || ends_in(name, &["xml", "json", "txt", "webmanifest"]))
    }
}
