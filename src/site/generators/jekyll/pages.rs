//! Where the pages of a Jekyll site appear, and how their links are read.

use std::collections::HashSet;

use jiff::{ToSpan as _, civil};

use super::{DATE_STYLE, DateReading, FOLDER, Gems, Jekyll, PARTS, RelativeLinks, named_style};
use crate::{
    data::Node,
    site::{
        generators::{
            Generator, GeneratorLink, LinkReading, Otherwise, PageSource, Route, Start, Survey, Tag, slugs,
            source::{dated, ends_in},
            tags,
        },
        urls::{PathPattern, RouteForm, join, parent},
    },
};

/// What Jekyll takes a file for.
#[derive(Clone, Copy)]
struct Placed<'a> {
    page: &'a PageSource<'a>,
    /// `posts`, `drafts`, `pages` or a collection, which may have that name, too.
    section: &'a str,
    /// Whether it belongs to no collection.
    is_page: bool,
    /// How many of the folders around it hold the collections.
    outer: usize,
    /// What follows the folder of the section.
    inner: &'a str,
    /// The date in the name.
    date: Option<civil::Date>,
    /// The name without date and extension.
    name: &'a str,
    /// The name of the file without extension.
    stem: &'a str,
    dates: DateReading,
    /// How many days the zone of the site is taken to be off the date as it is written.
    shift: i8,
}

impl<'a> Placed<'a> {
    fn of(jekyll: &Jekyll, page: &'a PageSource<'a>) -> Option<Self> {
        let (folder, inner) = match page.folders().find(|folder| folder.starts_with('_')) {
            Some(folder) => (folder, page.below.split_once(&format!("{folder}/"))?.1),
            None => ("", page.below),
        };
        let is_collection = |name: &str| jekyll.collections.iter().any(|it| *it.name == *name);
        let section = match folder {
            "" => "pages",
            "_posts" | "_drafts" => &folder[1..],
            folder if PARTS.contains(&folder) => return None,
            folder => {
                let is_included = jekyll.included.iter().any(|it| **it == *folder);
                if is_collection(&folder[1..]) { &folder[1..] } else { is_included.then_some("pages")? }
            }
        };
        let outer = jekyll.collections_folder.split('/').filter(|part| !part.is_empty()).count();
        let is_page = section == "pages" && (folder.is_empty() || !is_collection(section));
        let found = dated(page.stem()).filter(|_| !is_page && section != "drafts");
        // A post without a date in its name is left out.
        let (date, name) = match (section, found) {
            ("posts", None) => return None,
            (_, Some((date, rest))) => (Some(date), rest),
            _ => (None, page.stem()),
        };
        // Only posts lose the date of their file in all placeholders.
        let stem = if section == "posts" { name } else { page.stem() };
        Some(Self { page, section, is_page, outer, inner, date, name, stem, dates: jekyll.dates, shift: 0 })
    }

    /// The same in a zone that is so many days off.
    fn shifted(&self, shift: i8) -> Self {
        Self { shift, ..*self }
    }

    fn date(&self) -> Option<civil::Date> {
        self.moment().map(civil::DateTime::date).or(self.date)
    }

    /// Day and time of the front matter.
    fn moment(&self) -> Option<civil::DateTime> {
        match self.dates {
            DateReading::InUtc => self.page.date_in_utc("date"),
            DateReading::InZone => self.page.date("date")?.checked_add(self.shift.days()).ok(),
        }
    }

    /// The folders above `_posts`, and the page's own categories.
    fn categories(&self) -> Vec<String> {
        let above = self
            .page
            .folders()
            .skip(self.outer)
            .take_while(|folder| !folder.starts_with('_'))
            .map(str::to_owned);
        let mut categories: Vec<String> = above.collect();
        let own = |key: &str| self.page.root.and_then(|root| root.get(key));
        // A text is one category where it is `category`, and split at spaces where it is `categories`.
        categories.extend(own("category").and_then(Node::text).map(str::to_owned));
        if let Some(node) = own("categories") {
            match node.text() {
                Some(text) => categories.extend(text.split_whitespace().map(str::to_owned)),
                None => categories.extend(node.items().iter().filter_map(Node::text).map(str::to_owned)),
            }
        }
        let mut seen = HashSet::new();
        categories.retain(|category| !category.is_empty() && seen.insert(category.to_lowercase()));
        categories
    }

    /// What stands for a placeholder.
    fn value(&self, name: &str) -> Option<String> {
        let format = |format: &str| Some(self.date()?.strftime(format).to_string());
        let own = self.page.text("slug");
        let folder = parent(self.inner);
        Some(match name {
            "title" => slugs::jekyll_title(own.unwrap_or(self.name)),
            "slug" => slugs::jekyll(own.unwrap_or(self.name)),
            "name" => slugs::jekyll(self.stem),
            "basename" => self.stem.to_owned(),
            "path" if self.is_page => folder.to_owned(),
            "path" => join(folder, self.stem)?,
            "collection" => self.section.to_owned(),
            "categories" => {
                self.categories().iter().map(|it| it.to_lowercase()).collect::<Vec<_>>().join("/")
            }
            "slugified_categories" => {
                self.categories().iter().map(|it| slugs::jekyll(it)).collect::<Vec<_>>().join("/")
            }
            "output_ext" => ".html".to_owned(),
            "year" => format("%Y")?,
            "month" => format("%m")?,
            "day" => format("%d")?,
            "short_year" => format("%y")?,
            "i_month" => format("%-m")?,
            "i_day" => format("%-d")?,
            "y_day" => format("%j")?,
            "short_month" => format("%b")?,
            "long_month" => format("%B")?,
            "w_year" => format("%G")?,
            "week" => format("%V")?,
            "w_day" => format("%u")?,
            "short_day" => format("%a")?,
            "long_day" => format("%A")?,
            "hour" => self.moment()?.strftime("%H").to_string(),
            "minute" => self.moment()?.strftime("%M").to_string(),
            "second" => self.moment()?.strftime("%S").to_string(),
            _ => return None,
        })
    }
}

impl Jekyll {
    /// Whether a plugin may make pages or copy files in a way that is not known here.
    fn has_unknown_plugins(&self) -> bool {
        self.plugins.iter().any(|name| !KNOWN_PLUGINS.contains(&&**name))
    }

    /// The same of plugins that are no part of the site.
    fn has_unknown_gems(&self) -> bool {
        let is_known =
            |name: &str| KNOWN_PLUGINS.contains(&name) || matches!(name, FOLDER | "jekyll-paginate");
        self.plugins.iter().any(|name| !is_known(name))
    }

    /// Whether a plugin may make lists of posts.
    fn makes_lists(&self) -> bool {
        self.own_plugins.makes_pages || self.plugins.contains("jekyll-paginate") || self.has_unknown_gems()
    }

    fn is_excluded(&self, below: &str) -> bool {
        let hidden =
            |part: &str| part.starts_with(['.', '#', '~']) && !self.included.iter().any(|it| **it == *part);
        below.split('/').any(hidden) || self.excluded.has(below)
    }

    /// Whether a file is a page although it has no front matter.
    fn is_page_anyway(&self, page: &PageSource<'_>) -> bool {
        const AS_THEY_ARE: [&str; 4] = ["contributing", "license", "code_of_conduct", "security"];
        let stem = page.stem().to_lowercase();
        let is_readme = stem == "readme";
        self.on_github && !AS_THEY_ARE.contains(&stem.as_str()) && (!is_readme || !has_index(page))
    }

    fn pattern(&self, placed: &Placed<'_>) -> Option<PathPattern> {
        let default = || PathPattern::with_colons(DATE_STYLE);
        match placed.section {
            "pages" if placed.is_page => None,
            "posts" | "drafts" => Some(self.posts.clone().unwrap_or_else(default)),
            name => {
                let given =
                    self.collections.iter().find(|it| *it.name == *name).and_then(|it| it.permalink.clone());
                // They follow the style of posts as pages do.
                let usual = match placed.page.layout.route_form {
                    RouteForm::Slash => "/:collection/:path/",
                    _ => "/:collection/:path:output_ext",
                };
                Some(given.unwrap_or_else(|| PathPattern::with_colons(usual)))
            }
        }
    }

    /// A permalink without an extension is that of a file with one, which is served without; before version 3 it was that
    /// of a folder.
    fn as_file(&self, path: String) -> String {
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        if name.is_empty() || ends_in(name, &["html", "htm", "xml"]) {
            return path;
        }
        let ending = if self.is_old { "/" } else { ".html" };
        format!("{path}{ending}")
    }

    /// The path that a page sets, or that is made from a pattern.
    fn made_path(&self, placed: &Placed<'_>) -> Option<String> {
        match self.own_path(placed) {
            Some(path) if path.ends_with('/') => Some(path),
            Some(path) => Some(self.as_file(path)),
            None => Some(self.as_file(self.pattern(placed)?.fill(|name| placed.value(name))?)),
        }
    }

    /// The path that a page, or a default for it, chooses by itself.
    fn own_path(&self, placed: &Placed<'_>) -> Option<String> {
        let section = if placed.section == "drafts" { "posts" } else { placed.section };
        let fitting = self.defaults.iter().filter(|it| it.is_for(placed.page.below, section));
        let default = fitting.filter_map(|it| it.permalink.as_deref()).next_back();
        let written = placed.page.text("permalink").or(default)?;
        PathPattern::with_colons(named_style(written)).fill(|name| placed.value(name))
    }
}

/// Whether the folder of a file has an index that takes its path.
fn has_index(page: &PageSource<'_>) -> bool {
    ["index.md", "index.markdown", "index.html"].iter().any(|name| page.has_sibling(name))
}

/// Whether all parts of a path are numbers.
fn is_numbered(path: &str) -> bool {
    let path = path.trim_end_matches("index.html").trim_matches('/');
    path.split('/').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a page is a post or of another collection.
fn is_document(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('_'))
}

impl Generator for Jekyll {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if self.is_excluded(page.below) {
            return None;
        }
        let page = &self.templates.of(page);
        if !page.has_front_matter && !self.is_page_anyway(page) {
            return None;
        }
        let placed = Placed::of(self, page)?;
        let collection = self.collections.iter().find(|it| *it.name == *placed.section);
        let fitting = self.defaults.iter().filter(|it| it.is_for(page.below, placed.section));
        let by_default = fitting.filter_map(|it| it.published).next_back();
        let is_future = !self.published.future
            && placed.section == "posts"
            && placed.date().is_some_and(|it| it > page.survey.today);
        let is_off =
            page.text("published").map_or(by_default == Some(false), |text| matches!(text, "false" | "no"));
        let is_quoted = page
            .root
            .and_then(|root| root.get("published"))
            .is_some_and(|it| it.as_str().is_some() && it.text() == Some("false"));
        let is_published = (!is_off || is_quoted || self.published.unpublished)
            && !is_future
            && placed.section != "drafts"
            && collection.is_none_or(|it| it.is_published);
        if let Some(path) = self.made_path(&placed) {
            let mut route = Route::at(path).published(is_published);
            if self.dates == DateReading::InZone && page.has_time("date") {
                let others = [-1, 1].into_iter().filter_map(|shift| self.made_path(&placed.shifted(shift)));
                route.others.extend(others.filter(|path| *path != route.canonical));
            }
            return Some(route);
        }
        // A placeholder has no value that is known.
        if self.pattern(&placed).is_some() {
            return None;
        }
        let folder = page.folder_path();
        let is_index = page.stem() == "index"
            || self.on_github && page.stem().eq_ignore_ascii_case("readme") && !has_index(page);
        let canonical =
            if is_index { format!("{folder}/") } else { page.formed(&format!("{folder}/{}", page.stem())) };
        Some(Route::at(canonical).published(is_published))
    }

    /// A plugin, which GitHub has, resolves links to files in pages; those of posts and other collections stay as they are
    /// unless the config says so.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let is_page =
            [".md", ".markdown", ".mkd", ".mkdn", ".mkdown"].iter().any(|ending| link.path.ends_with(ending));
        let is_published = |path: &str| !path.split('/').any(|part| part.starts_with('_'));
        let names_file = link.path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let is_file = is_page || names_file && is_published(link.path);
        let is_resolved = match self.relative_links {
            RelativeLinks::Off => false,
            RelativeLinks::Pages => !is_document(link.from),
            RelativeLinks::All => true,
        };
        if !is_resolved || !is_file {
            return LinkReading::Url;
        }
        let folder = parent(link.from);
        let base = if link.start == Start::Page { folder } else { &*link.layout.root };
        LinkReading::Files(join(base, link.path).into_iter().collect(), Otherwise::Url)
    }

    fn reading_kind(&self, page: &str) -> &'static str {
        if is_document(page) { "_" } else { "" }
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["html"]
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn is_template(&self, path: &str) -> bool {
        self.templates.get(path).is_some()
    }

    fn bundles_files(&self, _: &str) -> bool {
        self.has_unknown_plugins()
    }

    /// Lists of posts come from plugins, and of a site without such ones [`Self::may_make`] knows them all.
    fn owns(&self, path: &str) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        self.gems == Gems::Known && matches!(first, "tags" | "tag" | "categories" | "category" | "page")
            || self.collections.iter().any(|it| *it.name == *first)
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        tags::jekyll(destination, link, &self.collections_folder)
            .or_else(|| tags::site_path(destination, &["relative_url", "absolute_url"]))
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let has =
            |name: &str| self.plugins.contains(name) || self.on_github && matches!(name, "jekyll-sitemap");
        let first = path.split('/').nth(1).unwrap_or_default();
        if has("jekyll-feed") && (self.feed.is_at(path) || self.feed.has_others && first == "feed") {
            return true;
        }
        match first {
            "sitemap.xml" | "robots.txt" => has("jekyll-sitemap"),
            "redirects.json" => has("jekyll-redirect-from"),
            "page" | "tags" | "tag" | "categories" | "category" | "archive" | "search" => self.makes_lists(),
            // Lists of posts are on numbered pages there, unless a program does something else.
            "blog" if !self.has_unknown_gems() => {
                let second = path.split('/').nth(2).unwrap_or_default();
                self.own_plugins.may_make(first) || second.starts_with("page") && self.makes_lists()
            }
            "blog" => true,
            // The archive of a year, a month or a day.
            _ if first.len() == 4 && is_numbered(path) => self.makes_lists(),
            _ => self.own_plugins.may_make(first),
        }
    }

    fn old_paths_key(&self) -> Option<&'static str> {
        Some("redirect_from")
    }
}

/// Plugins that make no pages at paths of their own, or only those that are known here.
pub(super) const KNOWN_PLUGINS: [&str; 13] = [
    "jekyll-feed",
    "jekyll-sitemap",
    "jekyll-seo-tag",
    "jekyll-redirect-from",
    RelativeLinks::PLUGIN,
    "jekyll-readme-index",
    "jekyll-optional-front-matter",
    "jekyll-titles-from-headings",
    "jekyll-default-layout",
    "jekyll-mentions",
    "jekyll-gist",
    "jemoji",
    "jekyll-github-metadata",
];
