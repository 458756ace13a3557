//! Where the pages of a Hugo site appear, and how their links are read.

use jiff::civil;

use super::{Hugo, Language, Links, get};
use crate::{
    data::Node,
    site::{
        generators::{
            Generator, GeneratorLink, LinkReading, Otherwise, PageSource, Route, Start, Survey, Tag, slugs,
            source::{TermStyle, dated, ends_in},
            tags,
        },
        urls::{Mount, join},
    },
};

impl Hugo {
    /// The name of a file without its language, and the language.
    fn language<'s>(&self, stem: &'s str) -> (&'s str, Option<&Language>) {
        let parts = stem.rsplit_once('.').and_then(|(name, code)| {
            Some((name, self.languages.iter().find(|it| it.code.eq_ignore_ascii_case(code))?))
        });
        parts.map_or((stem, None), |(name, language)| (name, Some(language)))
    }

    /// The date that Hugo takes for a page: that of its name, if the config says so, before that of its front matter.
    fn date(&self, page: &PageSource<'_>, stem: &str) -> Option<civil::Date> {
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
        let off = |node: &Node| {
            get(node, "draft").and_then(Node::as_bool) == Some(true) || build(node) == Some(true)
        };
        let is_off = page
            .root
            .is_some_and(|root| off(root) || get(root, "headless").and_then(Node::as_bool) == Some(true));
        // What a page says itself goes before what the pages above pass on.
        let is_on = page.root.is_some_and(|root| {
            get(root, "draft").and_then(Node::as_bool) == Some(false) || build(root) == Some(false)
        });
        let future = ["publishDate", "date"].iter().find_map(|key| text(page, key).and_then(day));
        let past = text(page, "expiryDate").and_then(day);
        let today = page.survey.today;
        !is_off
            && future.is_none_or(|date| date <= today)
            && past.is_none_or(|date| date > today)
            && (is_on
                || !above(page)
                    .any(|it| get(it, "cascade").is_some_and(|it| it.self_or_items().iter().any(off))))
    }

    /// The path of a folder's page, where the pages of the folders above may have renamed those.
    fn folder(page: &PageSource<'_>) -> String {
        let mut path = page.mount.folder.to_string();
        let mut route = String::new();
        for part in page.folders() {
            path = join(&path, part).unwrap_or_default();
            let slug = page
                .survey
                .front_matter(&format!("{path}/_index.md"))
                .and_then(|root| get(root, "slug")?.text());
            route.push('/');
            route.push_str(&slug.map_or_else(|| part.to_lowercase().replace(' ', "-"), slugs::hugo));
        }
        route
    }

    /// What a placeholder of a permalink means; `None` where Hugo has no such placeholder.
    fn value(&self, page: &PageSource<'_>, name: &str, stem: &str) -> Option<String> {
        // A page without a date is of the first day of the first year.
        let date = || self.date(page, stem).unwrap_or_else(|| civil::date(1, 1, 1));
        let is_bundle = stem == "index";
        let file = if is_bundle { page.folders().next_back().unwrap_or_default() } else { stem };
        let file = if self.dates_names { dated(file).map_or(file, |(_, rest)| rest) } else { file };
        let title = || slugs::hugo(text(page, "title").unwrap_or(file));
        let own = || text(page, "slug").map(slugs::hugo);
        let all: Vec<&str> = page.folders().collect();
        let sections = &all[..all.len() - usize::from(is_bundle && !all.is_empty())];
        let made = |parts: &[&str]| parts.iter().map(|part| slugs::hugo(part)).collect::<Vec<_>>().join("/");
        Some(match name {
            "slug" => own().unwrap_or_else(title),
            "title" => title(),
            "slugorfilename" | "slugorcontentbasename" => own().unwrap_or_else(|| slugs::hugo(file)),
            "filename" | "contentbasename" => slugs::hugo(file),
            "section" => slugs::hugo(sections.first().copied().unwrap_or_default()),
            "sectionslug" => {
                Self::section_slugs(page, sections.len()).into_iter().next_back().unwrap_or_default()
            }
            "sections" => made(sections),
            "sectionslugs" => Self::section_slugs(page, sections.len()).join("/"),
            "year" => date().year().to_string(),
            "month" => format!("{:02}", date().month()),
            "day" => format!("{:02}", date().day()),
            "monthname" => date().strftime("%B").to_string().to_lowercase(),
            "weekday" => date().strftime("%w").to_string(),
            "weekdayname" => date().strftime("%A").to_string().to_lowercase(),
            "yearday" => date().day_of_year().to_string(),
            _ => match name.strip_prefix("sections[").and_then(|rest| rest.strip_suffix(']')) {
                Some(range) => made(ranged(sections, range)),
                None => go_date(name, date())?,
            },
        })
    }

    /// The slugs of the sections of a page.
    fn section_slugs(page: &PageSource<'_>, most: usize) -> Vec<String> {
        Self::folder(page).split('/').filter(|it| !it.is_empty()).take(most).map(str::to_owned).collect()
    }

    /// The path of a page, without the language and the form that all have.
    fn path(&self, page: &PageSource<'_>, stem: &str) -> String {
        let folder = Self::folder(page);
        let section = page.folders().next().map(str::to_lowercase);
        let pattern =
            self.permalinks.iter().find(|(name, _)| Some(&**name) == section.as_deref() && stem != "_index");
        let filled = pattern.and_then(|(_, pattern)| pattern.fill(|name| self.value(page, name, stem)));
        if let Some(path) = filled {
            return path;
        }
        let name = text(page, "slug").map(slugs::hugo);
        match (stem, name) {
            ("_index", _) | ("index", None) => format!("{folder}/"),
            ("index", Some(slug)) => {
                format!("{}/{slug}", folder.rsplit_once('/').map_or("", |(above, _)| above))
            }
            (_, Some(slug)) => format!("{folder}/{slug}"),
            (stem, None) => {
                let dated = dated(stem).filter(|_| self.dates_names);
                let name = dated.map_or(stem, |(_, rest)| rest);
                format!("{folder}/{}", name.to_lowercase().replace(' ', "-"))
            }
        }
    }
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

fn text<'a>(page: &PageSource<'a>, key: &str) -> Option<&'a str> {
    get(page.root?, key)?.text().filter(|text| !text.is_empty())
}

fn day(text: &str) -> Option<civil::Date> {
    crate::front_matter::dates::parse(text).ok().map(|stamp| stamp.datetime.date())
}

/// `1:`, `:2`, `last`, `0` of a list.
fn ranged<'s, 't>(sections: &'s [&'t str], range: &str) -> &'s [&'t str] {
    let position = |text: &str| match text {
        "last" => sections.len().saturating_sub(1),
        "" => 0,
        number => number.parse().unwrap_or(usize::MAX),
    };
    let (start, end) = match range.split_once(':') {
        Some((start, "")) => (position(start), sections.len()),
        Some((start, end)) => (position(start), position(end)),
        None => (position(range), position(range).saturating_add(1)),
    };
    sections.get(start..end.min(sections.len())).unwrap_or_default()
}

/// A layout of Go's, such as `2006` or `01`; `None` where it is none.
fn go_date(layout: &str, date: civil::Date) -> Option<String> {
    let format = match layout {
        "2006" => "%Y",
        "06" => "%y",
        "01" => "%m",
        "1" => "%-m",
        "02" => "%d",
        "2" => "%-d",
        "January" => "%B",
        "Jan" => "%b",
        _ => return None,
    };
    Some(date.strftime(format).to_string())
}

impl Generator for Hugo {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let (stem, language) = self.language(page.stem());
        let is_resource = page.folders().count() > 0 && stem != "_index" && in_bundle(page, stem);
        if is_resource {
            return None;
        }
        let is_published = Self::is_published(page);
        let at = |path: &str| {
            format!(
                "{}{}",
                page.mount.at,
                if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
            )
        };
        if let Some(url) = text(page, "url").filter(|url| !url.contains([':', '{'])) {
            let path = if url.starts_with('/') { url.to_owned() } else { at(url) };
            return Some(Route::at(path).published(is_published));
        }
        let prefix = language.map_or("", |language| &*language.prefix);
        let path = self.path(page, stem);
        let is_folder = path.ends_with('/') || stem == "_index";
        let whole = format!("{prefix}{}", at(&path));
        let canonical =
            if is_folder { format!("{}/", whole.trim_end_matches('/')) } else { page.formed(&whole) };
        Some(Route::at(canonical).published(is_published))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if self.links == Links::Raw {
            return LinkReading::Url;
        }
        let folder = link.from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = link.path.trim_end_matches('/');
        let mut paths: Vec<Option<String>> = Vec::new();
        if link.start == Start::Page {
            paths.push(join(folder, path));
        }
        // A page of a language looks in the folder of its language first.
        let mut mounts: Vec<&Mount> = link.layout.content.iter().collect();
        mounts.sort_by_key(|mount| mount.below(link.from).is_none());
        for mount in mounts {
            let rest = crate::site::urls::below(mount.at.trim_start_matches('/'), path);
            let is_language = self.languages.iter().any(|it| it.prefix == mount.at);
            paths.push(join(&mount.folder, if is_language { path } else { rest.unwrap_or(path) }));
        }
        paths.extend(self.assets.iter().map(|folder| join(folder, path)));
        let name = link.from.rsplit_once('/').map_or(link.from, |(_, name)| name);
        let code = name.strip_suffix(".md").and_then(|stem| self.language(stem).1).map(|it| &*it.code);
        let files = paths.into_iter().flatten().flat_map(|path| page_files(&path, code));
        // A template of the site may take a word for anything, such as an entry of its glossary.
        let is_word = link.start == Start::Page && !path.contains(['/', '.']);
        let is_own = self.links == Links::Own && (is_word || ends_in(path, &["md"]));
        let otherwise = if is_own { Otherwise::Unknown } else { Otherwise::Url };
        LinkReading::Files(files.collect(), otherwise)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["html"]
    }

    fn template_folders(&self) -> &'static [&'static str] {
        &["archetypes", "layouts", "themes/*/archetypes", "themes/*/layouts"]
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        tags::hugo(destination, link)
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let bare = self
            .languages
            .iter()
            .filter(|it| !it.prefix.is_empty())
            .find_map(|it| path.strip_prefix(&*it.prefix));
        let path = bare.filter(|rest| rest.starts_with('/')).unwrap_or(path).trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let is_list = |first: &str| self.taxonomies.iter().any(|it| slugs::hugo(it) == first);
        match parts.as_slice() {
            [.., "index.xml" | "index.json"] | ["sitemap.xml" | "robots.txt" | "404.html" | "404"] => true,
            [.., "page", number] if number.parse::<u32>().is_ok() => self.has_theme,
            [first] if is_list(first) => true,
            [first, term] if is_list(first) => survey.has_term(first, term, TermStyle::Hugo),
            _ => self.has_theme && matches!(parts.first(), Some(&("search" | "archives" | "archive"))),
        }
    }

    fn owns(&self, path: &str) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        let is_language = self.languages.iter().any(|it| *it.code == *first);
        is_language || first == "page" || self.taxonomies.iter().any(|it| slugs::hugo(it) == first)
    }

    fn old_paths_key(&self) -> Option<&'static str> {
        Some("aliases")
    }
}

/// Whether a file is in the folder of a page that is a folder: it is a part of that then.
fn in_bundle(page: &PageSource<'_>, stem: &str) -> bool {
    let mut folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut is_own = stem == "index";
    while folder.len() > page.mount.folder.len() {
        if !std::mem::take(&mut is_own) && page.survey.has_file(&format!("{folder}/index.md")) {
            return true;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    false
}

/// The files that a path to a page may name: itself, the page of that name or the page of that folder; in a language
/// that of the language.
fn page_files(path: &str, code: Option<&str>) -> Vec<String> {
    let Some(code) = code else {
        let mut files = vec![path.to_owned()];
        if !ends_in(path, &["md"]) {
            files.extend([".md", "/index.md", "/_index.md"].map(|ending| format!("{path}{ending}")));
        }
        return files;
    };
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let own = stem.ends_with(&format!(".{code}")) || stem == path;
    let mut files = vec![format!("{stem}.{code}.md"), format!("{stem}/index.{code}.md")];
    files.extend(own.then(|| path.to_owned()));
    files
}
