//! Sphinx with `MyST`.

use std::{
    borrow::Cow,
    path::Path,
    sync::{Arc, OnceLock},
};

use globset::GlobSet;

use super::{
    Generator, GeneratorLink, GeneratorSupport, Labels, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey, Tag,
    detect::RootCandidate,
    script::{Script, ScriptPart},
    setup::{globs, is_asset},
    source::ends_in,
};
use crate::{
    links::ROLE,
    markdown::DialectName,
    site::urls::{Mount, RouteForm, join, parent},
    text::{PAGE_ENDINGS_WITH_MDX, SlugStyle},
};

pub(super) static SPHINX: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Sphinx,
    configs: &["conf.py", "source/conf.py", "myst.yml", "_config.yml"],
    variant: None,
    is_config,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks, DialectName::Myst],
    setup,
};

fn is_config(folder: &RootCandidate<'_>, path: &str) -> bool {
    let text = folder.read(path).unwrap_or_default();
    match path {
        "myst.yml" => true,
        "_config.yml" => folder.has("_toc.yml"),
        _ => text.contains("extensions") && (text.contains("myst") || text.contains("recommonmark")),
    }
}

/// The extensions of pages.
const ENDINGS: [&str; 3] = [".md", ".rst", ".ipynb"];

#[derive(Debug)]
struct Sphinx {
    source: Box<str>,
    excluded: GlobSet,
    /// Whether the config copies files into the site, or makes some there.
    adds_files: bool,
    links: Links,
    /// Whether links may name what other projects, programs or the titles of sections are called.
    has_other_labels: bool,
    /// Whether there are sources besides Markdown, which name places too.
    has_other_sources: OnceLock<bool>,
}

/// What becomes of links to files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    /// They lead to pages, files and targets.
    Resolved,
    /// They go out as they are written: `myst_all_links_external`.
    AsWritten,
}

/// What a config mentions that gives more places a name than pages do.
const NAMING: [&str; 8] =
    ["intersphinx", "autosectionlabel", "autodoc", "autosummary", "autoapi", "apidoc", "bibtex", "breathe"];

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[], RouteForm::Html, SlugStyle::None);
    let script = Script::python(&setup.text);
    setup.default_language(script.whole().text("language"));
    let folder =
        setup.config.and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder).to_owned();
    setup.layout.content = vec![Mount::new(&folder, "")];
    let excluded = script.whole().block("exclude_patterns").map(ScriptPart::strings).unwrap_or_default();
    let extensions = script.whole().block("myst_enable_extensions").map(ScriptPart::strings);
    setup.layout.autolinks = extensions.filter(|names| names.contains(&"linkify")).map(|_| true);
    let adds_files = ["html_extra_path", "outdir"].iter().any(|name| script.whole().mentions(name));
    // A function of the site's own may make the anchors.
    let config = script.whole();
    if config.mentions("myst_") && !config.mentions("myst_heading_slug_func") {
        setup.layout.slugs = SlugStyle::Myst;
        setup.says("slugs");
    }
    let has_other_labels = NAMING.iter().any(|name| config.mentions(name));
    Arc::new(Sphinx {
        has_other_labels,
        has_other_sources: OnceLock::new(),
        source: folder.into(),
        excluded: globs(excluded.into_iter().map(pattern)),
        adds_files,
        links: if config.flag("myst_all_links_external") == Some(true) {
            Links::AsWritten
        } else {
            Links::Resolved
        },
    })
}

/// A pattern of Sphinx in the notation of the others: its `**/` stands for at least one folder.
fn pattern(glob: &str) -> Cow<'_, str> {
    glob.strip_prefix("**/").map_or(Cow::Borrowed(glob), |rest| Cow::Owned(format!("*/**/{rest}")))
}

/// Whether a name is plainly that of a file and not of something that a program documents, such as `harbour.Pier`.
fn names_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        PAGE_ENDINGS_WITH_MDX.contains(&ending)
            || matches!(ending, "rst" | "ipynb" | "html")
            || is_asset(ending)
    })
}

impl Generator for Sphinx {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if Path::new(page.below).ancestors().any(|path| self.excluded.is_match(path)) {
            return None;
        }
        let stem = page.below.rsplit_once('.').map_or(page.below, |(stem, _)| stem);
        Some(Route::at(match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}index.html"),
            _ => format!("/{stem}.html"),
        }))
    }

    /// Links name files, with or without their extension, or targets that pages define.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if self.links == Links::AsWritten {
            return LinkReading::Url;
        }
        let folder = parent(link.from);
        let base = if link.start == Start::Page { folder } else { &*self.source };
        let named = link.path.trim_end_matches('/');
        let Some(path) = join(base, named) else { return LinkReading::Unknown };
        let is_inside =
            self.source.is_empty() || path.strip_prefix(&*self.source).is_some_and(|it| it.starts_with('/'));
        // Above the folder of the docs may be anything that is published beside them.
        let is_file = is_inside && (named != link.path || names_file(named));
        let mut files = vec![path.clone()];
        files.extend(ENDINGS.map(|ending| format!("{path}{ending}")));
        // From the `/` of the site, the page that is made of a file, or by an extension. From a page, it is a target that
        // nothing defines.
        if let Some(stem) = path.strip_suffix(".html").filter(|_| link.start != Start::Page) {
            files.extend(ENDINGS.map(|ending| format!("{stem}{ending}")));
            return LinkReading::Files(files, Otherwise::Unknown);
        }
        // What names no page may be a target, or a file that the config puts into the site.
        let is_added = self.adds_files && !ENDINGS.iter().any(|ending| path.ends_with(ending));
        let is_file = is_file && !is_added;
        LinkReading::Files(files, if is_file { Otherwise::Missing } else { Otherwise::Unknown })
    }

    /// A role names a page without its extension, from the page or, with a slash in front, from the folder of the docs.
    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        let name = destination.strip_prefix(ROLE)?;
        let base = if name.starts_with('/') { &*self.source } else { parent(link.from) };
        let path = join(base, name.trim_start_matches('/'));
        // A folder that is not there may be filled by an extension.
        let is_known = |path: &String| {
            let folder = parent(path);
            folder == &*self.source || link.survey.has_folder(folder)
        };
        let reading = match path.filter(is_known) {
            Some(path) => {
                let files = ENDINGS.map(|ending| format!("{path}{ending}")).to_vec();
                LinkReading::Files(files, Otherwise::Missing)
            }
            None => LinkReading::Unknown,
        };
        Some(Tag { reading, fragment: None })
    }

    fn labels(&self, survey: &Survey<'_>) -> Labels {
        let is_other = |file: &str| ends_in(file, &["rst", "ipynb"]);
        let is_here = |file: &str| Mount::new(&self.source, "").below(file).is_some();
        let has_others = || survey.files().any(|file| is_other(file) && is_here(file));
        if self.has_other_labels || *self.has_other_sources.get_or_init(has_others) {
            Labels::Unknown
        } else {
            Labels::OfPages
        }
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, _: &str, _: &Survey<'_>) -> bool {
        true
    }
}
