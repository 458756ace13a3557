//! VitePress.

use std::{borrow::Cow, sync::Arc};

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkMarkup, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey,
    rewrites::PathRewrite,
    script::{Script, ScriptPart},
    source::ends_in,
};
use crate::{
    markdown::DialectName,
    site::urls::{Preprocessed, RouteForm, below, join, join_route, parent},
    text::SlugStyle,
};

pub(super) static VITEPRESS: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Vitepress,
    configs: &[
        ".vitepress/config.js",
        ".vitepress/config.ts",
        ".vitepress/config.mjs",
        ".vitepress/config.mts",
        ".vitepress/config/index.js",
        ".vitepress/config/index.ts",
        ".vitepress/config/index.mjs",
        ".vitepress/config/index.mts",
    ],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Vitepress, DialectName::MathBlocks],
    setup,
};

#[derive(Debug, Default)]
struct Vitepress {
    source: Box<str>,
    excluded: GlobSet,
    /// Where files appear instead.
    rewrites: Vec<PathRewrite>,
    /// Whether a rewrite is not known or is a program.
    rewrites_more: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &["public"], RouteForm::Html, SlugStyle::Vitepress);
    let script = Script::javascript(&whole_text(setup));
    let config = script.whole();
    // The host of the site map has the base in it if it has a path.
    let host = config.block("sitemap").and_then(|sitemap| sitemap.text("hostname"));
    let rest = host.and_then(|host| host.split_once("://")).map_or("", |(_, rest)| rest);
    setup.url(host, config.text("base").filter(|_| !rest.trim_end_matches('/').contains('/')));
    setup.default_language(config.language());
    if let Some(folder) = config.outer_text("srcDir", "themeConfig") {
        let mounts = setup.mount(folder, "").into_iter().collect();
        setup.content(mounts);
        setup.statics([format!("{folder}/public")]);
    }
    if config.flag("cleanUrls") == Some(true) {
        setup.form(RouteForm::Bare);
    }
    // A function of the site's own makes the anchors.
    if config.block("anchor").is_some_and(|anchor| anchor.mentions("lugify")) {
        setup.layout.slugs = SlugStyle::None;
        setup.says("slugs");
    }
    setup.layout.preprocessed = if has_transform(setup) { Preprocessed::All } else { Preprocessed::None };
    setup.template_ids(&[".vitepress/theme"], &["vue"]);
    let mut excluded = GlobSetBuilder::new();
    for glob in config.block("srcExclude").map(ScriptPart::strings).unwrap_or_default() {
        // What is not a pattern leaves nothing out.
        let _ = Glob::new(glob).map(|glob| excluded.add(glob));
    }
    let rewrites = config.block("rewrites").map(ScriptPart::pairs).unwrap_or_default();
    let known: Vec<PathRewrite> =
        rewrites.iter().filter_map(|(from, to)| PathRewrite::new(from, to)).collect();
    Arc::new(Vitepress {
        source: setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default(),
        excluded: excluded.build().unwrap_or_default(),
        rewrites_more: known.len() < rewrites.len()
            || config.mentions("rewrites(")
            || config.mentions("rewrites: ("),
        rewrites: known,
    })
}

/// The config; if it has its own folder, with the other files there except those for a single language.
fn whole_text(setup: &Setup<'_>) -> String {
    let mut text = setup.text.to_string();
    if setup.config.is_some_and(|path| path.contains(".vitepress/config/index.")) {
        let is_language = |stem: &str| stem.split('-').next().is_some_and(|code| code.len() <= 3);
        let names = setup.names(".vitepress/config");
        let parts = names.iter().filter(|name| ends_in(name, &["ts", "js", "mts", "mjs"]));
        let parts = parts.filter(|name| {
            let stem = name.split('.').next().unwrap_or_default();
            stem != "index" && !is_language(stem)
        });
        for part in
            parts.take(MAX_SCRIPTS).filter_map(|name| setup.read(&format!(".vitepress/config/{name}")))
        {
            text.push('\n');
            text.push_str(&part);
        }
    }
    text
}

/// Whether a plugin of the site's own changes the text of pages.
fn has_transform(setup: &Setup<'_>) -> bool {
    let own = setup.names(".vitepress/plugins");
    let own = own.iter().map(|name| format!(".vitepress/plugins/{name}"));
    let configs = [".vitepress/vite.config.ts", "vite.config.ts"].map(str::to_owned);
    let is_it = |text: &str| {
        let has_pages = [".md'", ".md\"", "\\.md"].iter().any(|ending| text.contains(ending));
        has_pages && text.contains("transform(")
    };
    let scripts = own.filter(|path| ends_in(path, &["ts", "js", "mts", "mjs"])).chain(configs);
    scripts.take(MAX_SCRIPTS).filter_map(|path| setup.read(&path)).any(|text| is_it(&text))
}

/// Programs that are read.
const MAX_SCRIPTS: usize = 32;

impl Vitepress {
    /// Where a file appears to be, below the source.
    fn place<'a>(&self, below: &'a str) -> Cow<'a, str> {
        let place = self.rewrites.iter().find_map(|it| it.place(below));
        place.map_or(Cow::Borrowed(below), Cow::Owned)
    }

    /// The files that would appear at a place, below the source, relative to the project's root.
    fn files_at<'a>(&'a self, place: &'a str) -> impl Iterator<Item = String> + 'a {
        let rewritten = self.rewrites.iter().filter_map(|it| it.file(place));
        let files = rewritten.chain([place.to_owned()]).filter(move |file| self.place(file) == place);
        files.filter_map(|file| join(&self.source, &file))
    }
}

/// Whether a path, without the `/` in front, has that of the site in front, which VitePress adds.
fn has_base(path: &str, base: &str) -> bool {
    !base.is_empty() && below(base.trim_start_matches('/'), path).is_some()
}

impl Generator for Vitepress {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if self.excluded.is_match(page.below)
            || page.below.split('/').any(|part| part == ".vitepress" || part == "node_modules")
        {
            return None;
        }
        let place = self.place(page.below);
        if let Some(at) = place.find('[') {
            return Some(Route::open(&format!("/{}", parent(&place[..at]))));
        }
        let stem = place.strip_suffix(".md").unwrap_or(&place);
        let canonical = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => page.formed(&format!("/{stem}")),
        };
        Some(Route::at(canonical))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if self.rewrites_more {
            return LinkReading::Unknown;
        }
        let ending =
            link.path.rsplit('/').next().unwrap_or_default().rsplit_once('.').map(|(_, ending)| ending);
        let is_page = matches!(ending, Some("md" | "html"));
        let is_asset = matches!(ending, Some(ending) if !is_page && !ending.is_empty() && super::setup::is_asset(ending));
        if is_asset {
            return LinkReading::Url;
        }
        let below =
            |path: &str| path.strip_prefix(&*self.source).map(|rest| rest.trim_start_matches('/').to_owned());
        let Some(here) = below(link.from) else { return LinkReading::Unknown };
        let place = self.place(&here);
        let folder = parent(&place);
        let base = if link.start == Start::Page { folder } else { "" };
        // Browsers stop at the root of the host.
        let clamped = || {
            let path = join_route(base, link.path);
            link.layout.base().is_empty().then(|| path.trim_start_matches('/').to_owned())
        };
        let Some(target) = join(base, link.path).or_else(clamped) else { return LinkReading::Url };
        let stem = target.strip_suffix(".md").or_else(|| target.strip_suffix(".html")).unwrap_or(&target);
        // `guide/` is the folder; what has no slash is a page, or with clean paths what the server has there.
        let is_folder = link.path.is_empty()
            || link.path.ends_with('/')
            || target.is_empty()
            || matches!(link.path, "." | "..");
        let index = join(stem, "index.md").unwrap_or_default();
        let is_clean = link.layout.route_form == RouteForm::Bare;
        let places = if is_folder {
            if is_clean { vec![index, format!("{stem}.md")] } else { vec![index] }
        } else if is_clean {
            vec![format!("{stem}.md"), index]
        } else {
            vec![format!("{stem}.md")]
        };
        let is_dynamic = |place: &str| {
            let folder = parent(place);
            join(&self.source, folder).is_some_and(|folder| link.survey.has_parameter(&folder))
        };
        if places.iter().any(|place| is_dynamic(place)) {
            return LinkReading::Unknown;
        }
        let mut files: Vec<String> = places.iter().flat_map(|place| self.files_at(place)).collect();
        // What has no extension gets that of a page, which a file that is copied may have.
        let statics = link.layout.statics.iter().filter(|_| !is_folder);
        files.extend(statics.filter_map(|folder| join(folder, &format!("{stem}.html"))));
        // It puts the base in front of each path, and takes the page of a folder only for one with a slash.
        let has_base = link.start == Start::Site && has_base(&target, link.layout.base());
        let is_index = || {
            let index = join(&target, "index.md").unwrap_or_default();
            self.files_at(&index).any(|file| link.survey.has_file(&file))
        };
        let is_markdown = link.markup == LinkMarkup::Markdown;
        let is_lost = is_markdown && (has_base || !is_clean && !is_folder && is_index());
        LinkReading::Files(files, if is_lost { Otherwise::Missing } else { Otherwise::Url })
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        matches!(path, "/404" | "/404.html" | "/sitemap.xml")
    }
}
