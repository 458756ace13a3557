//! Site generators, one file each: what gives it away, where its pages are, which URLs they get, and what it makes of
//! links. Facts about them are those of their documentation, checked with real builds.

mod astro;
mod detect;
mod docsify;
mod docusaurus;
mod eleventy;
mod franklin;
mod gitbook;
mod hexo;
mod hugo;
mod jekyll;
mod kind;
mod mdbook;
mod mintlify;
mod mkdocs;
mod nuxt;
mod others;
mod pelican;
mod quarto;
mod rewrites;
mod script;
mod setup;
mod slugs;
mod source;
mod sphinx;
mod tags;
mod templates;
mod vitepress;
mod vuepress;
mod zola;

use std::{borrow::Cow, fmt::Debug, sync::Arc};

pub use detect::detect;
pub use kind::SiteKind;
pub use setup::Setup;
pub(super) use source::TaxonomyTerms;
pub use source::{PageSource, Survey};

pub(super) use setup::layout_of_kind;

use crate::markdown::DialectName;
use detect::RootCandidate;

/// How a generator is recognised and set up.
#[derive(Debug)]
pub struct GeneratorSupport {
    /// Its name.
    pub kind: SiteKind,
    /// Its config files, relative to the site's root, in the order in which it looks for them.
    pub configs: &'static [&'static str],
    /// What the names of configs begin and end with of which a site may have several instead.
    variant: Option<(&'static str, &'static str)>,
    /// Whether a file with such a name is its config: other programs use some of the names.
    is_config: fn(&RootCandidate<'_>, &str) -> bool,
    /// The file that gives it away where there is no config, relative to the site's root.
    sign: fn(&RootCandidate<'_>) -> Option<&'static str>,
    /// How its pages are written.
    pub dialects: &'static [DialectName],
    /// Takes over what the config says.
    pub setup: fn(&mut Setup<'_>) -> Arc<dyn Generator>,
}

/// All generators that can be recognised, in the order in which they are looked for.
pub static ENGINES: [&GeneratorSupport; 21] = [
    &others::GATSBY,
    &docusaurus::DOCUSAURUS,
    &astro::ASTRO,
    &vitepress::VITEPRESS,
    &vuepress::VUEPRESS,
    &nuxt::NUXT,
    &eleventy::ELEVENTY,
    &hexo::HEXO,
    &zola::ZOLA,
    &hugo::HUGO,
    &mkdocs::MKDOCS,
    &mdbook::MDBOOK,
    &sphinx::SPHINX,
    &pelican::PELICAN,
    &quarto::QUARTO,
    &franklin::FRANKLIN,
    &jekyll::JEKYLL,
    &others::NEXT,
    &mintlify::MINTLIFY,
    &docsify::DOCSIFY,
    &gitbook::GITBOOK,
];

impl SiteKind {
    /// How the generator is recognised and set up.
    pub fn engine(self) -> &'static GeneratorSupport {
        ENGINES.into_iter().find(|engine| engine.kind == self).unwrap_or(&others::PLAIN)
    }
}

/// What a generator, set up for one site, makes of its pages and links.
pub trait Generator: Debug + Send + Sync {
    /// The paths of a page; `None` where the file becomes no page.
    fn route(&self, page: &PageSource<'_>) -> Option<Route>;

    /// What becomes of the destination of a link.
    fn reads(&self, _link: &GeneratorLink<'_>) -> LinkReading {
        LinkReading::Url
    }

    /// What a destination in a notation of the generator's own leads to; `None` where it is in none.
    fn tag<'d>(&self, _destination: &'d str, _link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        None
    }

    /// Whether a page with a parameter in its name may make others of which nothing is known.
    fn is_open(&self, _path: &str) -> bool {
        true
    }

    /// File name extensions, besides those of Markdown, of files that become pages.
    fn page_endings(&self) -> &'static [&'static str] {
        &[]
    }

    /// Folders, relative to the site's root, whose files are no pages whatever their name: those of templates, and of
    /// versions that are no longer published.
    fn other_folders(&self) -> Vec<&str> {
        vec![]
    }

    /// Whether a file beside the source of a page, by that of the page, may be what a browser finds beside the page.
    fn bundles_files(&self, _page: &str) -> bool {
        true
    }

    /// Whether it puts the path of the site in front of each link that begins with `/`, also of one that has it.
    fn adds_base(&self, _markup: LinkMarkup) -> bool {
        false
    }

    /// Whether files beside the pages are published beside them.
    fn publishes_files(&self) -> bool {
        false
    }

    /// Whether a file that is not in Markdown becomes a page, so that it is not published as it is.
    fn is_template(&self, _path: &str) -> bool {
        false
    }

    /// Whether it, or a usual plugin, may make something at a path without a file. The path begins with `/`.
    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool;

    /// Whether everything at a path comes from the site, so that what is not there is missing.
    fn owns(&self, _path: &str) -> bool {
        false
    }

    /// Whether the build stops at a link in Markdown to a page that is not there, and all that makes pages is known.
    fn stops_at_broken_links(&self) -> bool {
        false
    }

    /// Whether [`Self::may_make`] knows of feeds, site maps and the like too, which plugins make for other generators.
    fn tells_of_feeds(&self) -> bool {
        false
    }

    /// Whether it checks links to the files of pages and makes URLs of them, so that such a link is better than a URL.
    fn prefers_files(&self) -> bool {
        false
    }

    /// Which of the kinds of pages that read paths from the `/` of the site in different ways a page is of, besides those
    /// that differ in folder, language or markup.
    fn reading_kind(&self, _page: &str) -> &'static str {
        ""
    }

    /// What a link to an anchor of its own page may name on other pages.
    fn labels(&self, _survey: &Survey<'_>) -> Labels {
        Labels::None
    }

    /// The front matter key with the old paths of a page.
    fn old_paths_key(&self) -> Option<&'static str> {
        None
    }

    /// What is put in front of old paths of a page with this path that begin with `/`, such as the path of a language.
    fn old_paths_base(&self, _path: &str) -> Option<&str> {
        None
    }
}

/// What a link to an anchor of its own page may name on other pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Nothing.
    None,
    /// The places to which pages give an id.
    OfPages,
    /// Places that are not known.
    Unknown,
}

/// The paths of one page on the site, escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The path, or where it is not known what the page's path begins with.
    pub canonical: String,
    /// Whether nothing more is known than what the path begins with.
    pub is_open: bool,
    /// Others at which the site has it too, unless another page has them.
    pub others: Vec<String>,
    /// Whether the page is published. If not, links to it are broken.
    pub is_published: bool,
}

impl Route {
    /// The path of a page that is published.
    pub fn at(canonical: String) -> Self {
        Self { canonical, is_open: false, others: vec![], is_published: true }
    }

    /// A path below this one.
    pub fn open(folder: &str) -> Self {
        Self { is_open: true, ..Self::at(folder.to_owned()) }
    }

    /// The same page, published or not.
    #[must_use]
    pub fn published(mut self, is_published: bool) -> Self {
        self.is_published &= is_published;
        self
    }
}

/// A link in a page.
#[derive(Debug, Clone, Copy)]
pub struct GeneratorLink<'a> {
    /// The page's file, relative to the project's root.
    pub from: &'a str,
    /// The destination without query and fragment, percent escapes resolved; without the `/` that it may begin with.
    pub path: &'a str,
    /// Where it begins.
    pub start: Start,
    /// What it is written in.
    pub markup: LinkMarkup,
    /// The layout of the site.
    pub layout: &'a super::urls::Layout,
    /// The pages and files around.
    pub survey: &'a Survey<'a>,
}

/// Where the path of a link begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At the page that has it.
    Page,
    /// At the `/` of the site.
    Site,
    /// At the folder of the site's sources: `@site/` in Docusaurus.
    Sources,
    /// At the folder of pages: `@/` in Zola. Elsewhere it is a name that some program gives a folder.
    Content,
}

/// What a link is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkMarkup {
    /// Markdown, or the front matter.
    Markdown,
    /// An attribute of HTML.
    Html,
}

/// What a generator makes of the destination of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkReading {
    /// It goes out as it is written.
    Url,
    /// It is a path from the `/` of the site, below its base.
    SitePath(String),
    /// It names one of these files, relative to the project's root, the first that is there.
    Files(Vec<String>, Otherwise),
    /// Nobody knows.
    Unknown,
}

/// What becomes of a link that names none of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// It is broken.
    Missing,
    /// It goes out as it is written.
    Url,
    /// Nobody knows.
    Unknown,
}

/// What a destination in a notation of the generator's own leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The files that it may name.
    pub reading: LinkReading,
    /// What is after its `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> Tag<'a> {
    /// The path in such a notation, percent escapes resolved, and its fragment.
    fn parts(text: &'a str) -> Option<(Cow<'a, str>, Option<&'a str>)> {
        let (path, fragment) =
            text.split_once('#').map_or((text, None), |(path, fragment)| (path, Some(fragment)));
        Some((super::urls::decode(path.split('?').next().unwrap_or_default())?, fragment))
    }
}

#[cfg(test)]
mod tests;
