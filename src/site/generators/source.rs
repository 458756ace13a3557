//! A file that becomes a page, as a generator looks at it.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use jiff::civil;

use super::slugs;
use crate::{
    data::Node,
    front_matter::dates,
    site::{
        HeaderLine, Page,
        urls::{Inventory, Layout, Mount, RouteForm, parent},
    },
};

/// The pages and files of a project, for what the URL of a page takes from others.
#[derive(Debug)]
pub struct Survey<'a> {
    pages: &'a [Page],
    inventory: &'a Inventory,
    /// The day that dates are measured against.
    pub today: civil::Date,
    terms: &'a TaxonomyTerms,
}

/// The texts in lists of front matter, as they are in URLs, by key in lowercase; gathered when first asked for.
#[derive(Debug, Default)]
pub(in crate::site) struct TaxonomyTerms {
    hugo: OnceLock<Slugs>,
    docusaurus: OnceLock<Slugs>,
    pelican: OnceLock<Slugs>,
    letters: OnceLock<Slugs>,
}

type Slugs = HashMap<Box<str>, HashSet<Box<str>>>;

/// How a term is written in a URL.
#[derive(Debug, Clone, Copy)]
pub enum TermStyle {
    Hugo,
    Docusaurus,
    Pelican,
    /// Whatever is between its letters and digits, which are in lowercase here.
    Letters,
}

impl TaxonomyTerms {
    fn of(&self, style: TermStyle, pages: &[Page]) -> &Slugs {
        let (slugs, slug): (_, fn(&str) -> String) = match style {
            TermStyle::Hugo => (&self.hugo, slugs::hugo),
            TermStyle::Docusaurus => (&self.docusaurus, slugs::jekyll),
            TermStyle::Pelican => (&self.pelican, slugs::pelican),
            TermStyle::Letters => (&self.letters, slugs::letters),
        };
        slugs.get_or_init(|| {
            let mut by_key = Slugs::new();
            for entry in pages.iter().filter_map(|page| page.root()).flat_map(Node::entries) {
                let Some(key) = entry.key.text() else { continue };
                let of_key = by_key.entry(key.to_lowercase().into()).or_default();
                // Hexo has lists of categories below each other in the list.
                let items = entry.value.self_or_items().iter().flat_map(Node::self_or_items);
                for text in items.filter_map(Node::text) {
                    of_key.insert(slug(text).into());
                    of_key.extend(matches!(style, TermStyle::Hugo).then(|| slugs::hugo_name(text).into()));
                    of_key.extend(text.split(',').map(|part| slug(part.trim()).into()));
                }
            }
            for (key, text) in pages.iter().flat_map(|page| &page.header) {
                let of_key = by_key.entry(key.clone()).or_default();
                of_key.extend(text.split([',', ';']).map(|part| slug(part.trim()).into()));
            }
            by_key
        })
    }
}

impl<'a> Survey<'a> {
    /// Of pages, sorted by path, and of all files. `terms` keeps what is gathered when it is first asked for.
    pub(in crate::site) fn new(
        pages: &'a [Page],
        inventory: &'a Inventory,
        today: civil::Date,
        terms: &'a TaxonomyTerms,
    ) -> Self {
        Self { pages, inventory, today, terms }
    }

    fn page(&self, path: &str) -> Option<&'a Page> {
        let found = self.pages.binary_search_by(|page| (*page.path).cmp(std::path::Path::new(path)));
        found.ok().map(|index| &self.pages[index])
    }

    /// The front matter of a page, by its file.
    pub fn front_matter(&self, path: &str) -> Option<&'a Node> {
        self.page(path)?.root()
    }

    /// Whether a folder has a page whose name has a parameter, `[name].md`.
    pub fn has_parameter(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/[");
        let start = self.pages.partition_point(|page| *page.path < *std::path::Path::new(&prefix));
        self.pages.get(start).is_some_and(|page| page.path.to_string_lossy().starts_with(&prefix))
    }

    /// All files, by path.
    pub fn files(&self) -> impl Iterator<Item = &'a str> {
        self.inventory.files()
    }

    /// Whether a file is there.
    pub fn has_file(&self, path: &str) -> bool {
        self.page(path).is_some() || self.inventory.has_file(path)
    }

    /// The files with a name, regardless of case; at most so many.
    pub fn named(&self, name: &str, max: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.inventory.same_name(name, max)
    }

    /// Whether a folder with files is there.
    pub fn has_folder(&self, path: &str) -> bool {
        self.inventory.has_folder(path)
    }

    /// The file whose path differs from this one in nothing but case.
    pub fn twin(&self, path: &str) -> Option<&'a str> {
        self.inventory.case_twin(path).filter(|twin| self.has_file(twin))
    }

    /// Whether a page is in a folder or below it.
    pub fn has_pages_below(&self, folder: &str) -> bool {
        let folder = std::path::Path::new(folder);
        let start = self.pages.partition_point(|page| *page.path <= *folder);
        self.pages.get(start).is_some_and(|page| page.path.starts_with(folder))
    }

    /// Whether a page has a text with this slug in the list of a front matter key.
    pub fn has_term(&self, key: &str, slug: &str, style: TermStyle) -> bool {
        let slugs = self.terms.of(style, self.pages).get(key.to_lowercase().as_str());
        slugs.is_some_and(|slugs| slugs.contains(slug))
    }

    /// Whether a file or folder has this name, whatever follows a dot in it.
    pub fn has_stem(&self, name: &str) -> bool {
        self.inventory.has_stem(name)
    }
}

/// A file that becomes a page.
#[derive(Debug)]
pub struct PageSource<'a> {
    /// The layout of its site.
    pub layout: &'a Layout,
    /// The folder of pages that it is in.
    pub mount: &'a Mount,
    /// Its path, relative to the project's root.
    pub path: &'a str,
    /// What follows the folder of pages in its path.
    pub below: &'a str,
    /// Its front matter.
    pub root: Option<&'a Node>,
    /// What it says of itself in its first lines, without a block, by key in lowercase.
    pub header: &'a [HeaderLine],
    /// Whether it begins with a block of front matter, be it empty.
    pub has_front_matter: bool,
    /// The pages and files around.
    pub survey: &'a Survey<'a>,
}

impl<'a> PageSource<'a> {
    /// The folders that it is in, below the folder of pages.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
        let folder = parent(self.below);
        folder.split('/').filter(|part| !part.is_empty())
    }

    /// The name of the file.
    pub fn name(&self) -> &'a str {
        self.below.rsplit_once('/').map_or(self.below, |(_, name)| name)
    }

    /// The name of the file without its last extension.
    pub fn stem(&self) -> &'a str {
        let name = self.name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
    }

    /// The text of a front matter key, unless it is empty.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.root?.get(key)?.text().filter(|text| !text.is_empty())
    }

    /// The value of a front matter key that is true or false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.root?.get(key)?.as_bool()
    }

    /// The date of a front matter key.
    pub fn date(&self, key: &str) -> Option<civil::DateTime> {
        dates::parse(self.text(key)?).ok().map(|stamp| stamp.datetime)
    }

    /// The date of a front matter key, in UTC.
    pub fn date_in_utc(&self, key: &str) -> Option<civil::DateTime> {
        dates::parse(self.text(key)?).ok()?.in_utc()
    }

    /// Whether the date of a front matter key has a time.
    pub fn has_time(&self, key: &str) -> bool {
        let stamp = self.text(key).and_then(|text| dates::parse(text).ok());
        stamp.is_some_and(|stamp| stamp.form != dates::DateForm::Date)
    }

    /// Whether a file is in the same folder.
    pub fn has_sibling(&self, name: &str) -> bool {
        let folder = parent(self.path);
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        self.survey.has_file(&path)
    }

    /// The folders of the page below the folder of pages, each after a slash: `/guide/tides`; empty for none.
    pub fn folder_path(&self) -> String {
        self.folders().flat_map(|folder| ["/", folder]).collect()
    }

    /// The path of the page of a folder: `/guide/`, `/guide` where paths have no slash.
    pub fn folder_route(&self, folder: &str) -> String {
        match self.layout.route_form {
            RouteForm::Bare if !folder.is_empty() => folder.to_owned(),
            _ => format!("{folder}/"),
        }
    }

    /// A path in the form that the site's pages have.
    pub fn formed(&self, route: &str) -> String {
        formed(self.layout.route_form, route)
    }
}

/// Whether the extension of a path is one of these.
pub(super) fn ends_in(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

/// A path in a form.
pub(super) fn formed(form: RouteForm, route: &str) -> String {
    match form {
        RouteForm::Slash => format!("{}/", route.trim_end_matches('/')),
        RouteForm::Html => format!("{}.html", route.trim_end_matches('/')),
        RouteForm::Bare | RouteForm::Any if route == "/" => route.to_owned(),
        RouteForm::Bare | RouteForm::Any => route.trim_end_matches('/').to_owned(),
    }
}

/// `2024-05-06-tides`: the date and the rest. Year, month and day may have fewer digits.
pub(super) fn dated(name: &str) -> Option<(civil::Date, &str)> {
    let mut parts = name.splitn(4, '-');
    let mut number = |most: usize| {
        let part = parts.next()?;
        let is_number = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let year = if name.find('-') == Some(2) { 2000 + year } else { year };
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let rest = parts.next()?;
    (matches!(name.find('-'), Some(2 | 4)) && !rest.is_empty()).then_some((date, rest))
}
