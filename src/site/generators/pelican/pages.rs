//! Where the pages of a Pelican site appear, and how their links are read.

use jiff::civil;

use super::{NameReading, Paths, Pelican, SlugSource};
use crate::{
    front_matter::dates,
    site::{
        generators::{
            Generator, GeneratorLink, LinkReading, Otherwise, PageSource, Route, Survey, Tag, slugs,
            source::{TermStyle, dated},
        },
        urls::{below, join, parent},
    },
};

/// What a page says of itself, in its first lines or between hyphens.
struct Metadata<'a>(&'a PageSource<'a>);

impl<'a> Metadata<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let of_header = self.0.header.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value);
        let is_it = |key: &str| key.eq_ignore_ascii_case(name);
        let entries = || self.0.root.map_or(&[][..], |root| root.entries()).iter();
        let of_block = || {
            let named = entries().find(|entry| entry.key.text().is_some_and(is_it));
            named.and_then(|entry| entry.value.text())
        };
        of_header.or_else(of_block).filter(|text| !text.is_empty())
    }
}

/// Whether a file is in one of these folders or below it.
fn is_in(folders: &[Box<str>], path: &str) -> bool {
    folders.iter().any(|folder| below(folder, path).is_some())
}

impl Pelican {
    /// The slug of a page; `None` where it is not known.
    fn slug(&self, page: &PageSource<'_>, metadata: &Metadata<'_>) -> Option<String> {
        if let Some(own) = metadata.get("slug") {
            return Some(own.to_owned());
        }
        let by_name = dated(page.stem()).map(|(_, rest)| rest);
        match (&self.name_reading, by_name) {
            (NameReading::DateAndSlug, Some(slug)) => return Some(slug.to_owned()),
            (NameReading::Unknown, _) => return None,
            _ => {}
        }
        let text = match self.slug_source {
            SlugSource::Title => metadata.get("title")?,
            SlugSource::FileName => page.stem(),
            SlugSource::Unknown => return None,
        };
        slug_of(text)
    }

    fn date(page: &PageSource<'_>, metadata: &Metadata<'_>) -> Option<civil::DateTime> {
        let of_name = || {
            let date = page.stem().get(..10)?;
            dates::parse(date).ok()
        };
        let own = metadata.get("date").and_then(|text| dates::parse(text).ok());
        own.or_else(of_name).map(|stamp| stamp.datetime)
    }

    fn category(&self, page: &PageSource<'_>, metadata: &Metadata<'_>) -> Option<String> {
        let folder = page.folders().next_back().unwrap_or(&self.default_category);
        slug_of(metadata.get("category").unwrap_or(folder))
    }

    /// The file that a page is written to; `None` where that is not known.
    fn output(&self, page: &PageSource<'_>, paths: &Paths) -> Option<String> {
        let metadata = Metadata(page);
        if let Some(own) = metadata.get("save_as") {
            return Some(own.to_owned());
        }
        let language = metadata.get("lang").map(str::to_lowercase);
        let other = language.filter(|language| **language != *self.language);
        let is_draft = metadata.get("status") == Some("draft");
        let pattern = match (is_draft, &other) {
            (false, None) => &paths.usual,
            (false, Some(_)) => &paths.translated,
            (true, None) => &paths.draft,
            (true, Some(_)) => &paths.translated_draft,
        };
        let value = |name: &str| match name {
            "slug" => self.slug(page, &metadata),
            "lang" => Some(other.clone().unwrap_or_else(|| self.language.to_string())),
            "category" => self.category(page, &metadata),
            "author" => slug_of(metadata.get("author").or(self.author.as_deref())?),
            _ => {
                let format = name.strip_prefix("date:")?;
                jiff::fmt::strtime::format(format, Self::date(page, &metadata)?).ok()
            }
        };
        pattern.as_ref()?.fill(value)
    }

    /// Whether the site has the page of a tag, a category or an author at a path.
    fn has_term_at(&self, path: &str, survey: &Survey<'_>) -> bool {
        let path = bare(path);
        self.terms.iter().any(|pages| {
            let name = path.strip_prefix(bare(&pages.before)).map(|rest| rest.trim_start_matches('/'));
            let name = name.and_then(|name| name.strip_suffix(bare(&pages.after)));
            let Some(name) = name.filter(|name| !name.contains('/')) else { return false };
            // The second of several pages has a number after the name.
            let first = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let has = |name: &str| {
                pages.keys.iter().any(|key| survey.has_term(key, name, TermStyle::Pelican))
                    || pages.keys.contains(&"category") && self.is_category(name)
                    || pages.keys.contains(&"author")
                        && self.author.as_ref().is_some_and(|it| slugs::pelican(it) == *name)
            };
            self.unknown.terms || has(name) || has(first)
        })
    }

    /// Whether a file is where the path says: a page that names it with `{static}` publishes it.
    fn has_file_at(&self, path: &str, survey: &Survey<'_>) -> bool {
        let is_page = ["md", "rst", "html"].iter().any(|ending| path.ends_with(&format!(".{ending}")));
        !is_page && join(&self.content, path.trim_start_matches('/')).is_some_and(|it| survey.has_file(&it))
    }

    fn is_category(&self, name: &str) -> bool {
        self.folders.contains(name) || slugs::pelican(&self.default_category) == *name
    }
}

/// The slug of a text; `None` where it has letters that are written in Latin ones in ways that are not known here.
fn slug_of(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;

    let is_known = |c: char| !c.is_alphanumeric() || c.is_ascii();
    text.nfkd().all(is_known).then(|| slugs::pelican(text))
}

/// A path without what a server adds to it.
fn bare(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    path.trim_end_matches('/')
}

impl Generator for Pelican {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let is_page = is_in(&self.page_folders, page.below);
        if !is_page && !is_in(&self.article_folders, page.below) {
            return None;
        }
        let metadata = Metadata(page);
        if self.unknown.paths || page.header.is_empty() && page.root.is_none() {
            return Some(Route::open(""));
        }
        let has_date = || metadata.get("date").is_some() || Self::date(page, &metadata).is_some();
        let is_dated = is_page || self.has_default_date || has_date();
        if !is_dated || metadata.get("status") == Some("skip") {
            return Some(Route::at(format!("/{}", page.below)).published(false));
        }
        let paths = if is_page { &self.pages } else { &self.articles };
        let Some(output) = self.output(page, paths) else { return Some(Route::open("")) };
        let path = format!("/{}", output.trim_start_matches('/'));
        let folder = path.strip_suffix("index.html").filter(|rest| rest.ends_with('/'));
        Some(Route::at(folder.map_or_else(|| path.clone(), str::to_owned)))
    }

    /// Only destinations with `{filename}` and the like name files.
    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        let rest = destination.strip_prefix(['{', '|'])?;
        let (name, path) = rest.split_once(['}', '|'])?;
        let (path, fragment) = Tag::parts(path)?;
        let folder = parent(link.from);
        let base = if path.starts_with('/') { &*self.content } else { folder };
        let reading = match name {
            "filename" | "static" | "attach" => {
                LinkReading::Files(join(base, &path).into_iter().collect(), Otherwise::Missing)
            }
            "tag" | "category" | "author" | "index" => LinkReading::Unknown,
            _ => return None,
        };
        Some(Tag { reading, fragment })
    }

    /// What `{attach}` names is beside the page, wherever its file is.
    fn bundles_files(&self, _: &str) -> bool {
        false
    }

    fn owns(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        self.terms.iter().any(|pages| !pages.before.is_empty() && path.starts_with(&*pages.before))
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        const LISTS: [&str; 6] = ["archives", "categories", "tags", "authors", "index", ""];
        let first = path.split('/').nth(1).unwrap_or_default();
        let list = first.strip_suffix(".html").unwrap_or(first);
        let is_folder = path.ends_with('/') || !path.rsplit('/').next().unwrap_or_default().contains('.');
        first == "feeds"
            || first == self.theme_files.split('/').next().unwrap_or_default()
            || LISTS.contains(&list.trim_end_matches(|c: char| c.is_ascii_digit()))
            || self.has_term_at(path, survey)
            || self.others.may_be_at(path)
            || self.unknown.archives && (is_folder || path.ends_with("/index.html"))
            || self.has_file_at(path, survey)
    }
}
