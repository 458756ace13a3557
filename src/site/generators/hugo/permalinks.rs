//! What the placeholders of permalinks mean.

use jiff::civil;

use super::{Hugo, Language, pages::text};
use crate::{
    data::Entry,
    site::{
        generators::{
            PageSource, Survey, slugs,
            source::{TermStyle, dated},
        },
        urls::{PathPattern, join},
    },
};

/// Patterns of paths by the lowercase name of a section or taxonomy.
type Patterns = Vec<(Box<str>, PathPattern)>;

/// The permalinks of a config.
#[derive(Debug, Default)]
pub(super) struct Permalinks {
    pages: Patterns,
    sections: Patterns,
    terms: Patterns,
    taxonomies: Patterns,
}

impl Permalinks {
    /// Adds either `section: pattern`, which counts for pages and terms, or the same below a kind of page.
    pub(super) fn add(&mut self, entry: &Entry) {
        let kind = entry.key.text().filter(|_| entry.value.is_collection());
        let entries = if kind.is_some() { entry.value.entries() } else { std::slice::from_ref(entry) };
        let patterns = entries.iter().filter_map(|it| {
            let name = it.key.text()?.to_lowercase();
            Some((Box::from(name), PathPattern::with_colons(it.value.text()?)))
        });
        match kind {
            None => {
                let patterns: Vec<_> = patterns.collect();
                self.terms.extend(patterns.iter().cloned());
                self.pages.extend(patterns);
            }
            Some("page") => self.pages.extend(patterns),
            Some("section") => self.sections.extend(patterns),
            Some("term") => self.terms.extend(patterns),
            Some("taxonomy") => self.taxonomies.extend(patterns),
            Some(_) => {}
        }
    }

    /// The pattern for a page of a section, which may be that of the section.
    pub(super) fn of_source(&self, section: &str, stem: &str) -> Option<&PathPattern> {
        if stem == "_index" { self.section(section) } else { pattern(&self.pages, section) }
    }

    /// Whether the paths of lists begin with a name.
    pub(super) fn have_lists_at(&self, first: &str) -> bool {
        let begins = |pattern: &PathPattern| {
            let filled = pattern.fill(|_| Some(String::new()));
            filled.is_some_and(|path| path.split('/').nth(1) == Some(first))
        };
        self.terms.iter().chain(&self.taxonomies).any(|(_, pattern)| begins(pattern))
    }

    /// The pattern for a section.
    pub(super) fn section(&self, name: &str) -> Option<&PathPattern> {
        pattern(&self.sections, name)
    }
}

fn pattern<'p>(patterns: &'p Patterns, name: &str) -> Option<&'p PathPattern> {
    patterns.iter().find(|(other, _)| **other == *name.to_lowercase()).map(|(_, pattern)| pattern)
}

/// Whether a pattern without placeholders is that of a path; one with them may be.
fn may_be(pattern: &PathPattern, path: &str) -> bool {
    pattern.fill(|_| None).is_none_or(|at| at.trim_end_matches('/') == path)
}

impl Hugo {
    /// Whether Hugo makes a list at a path: the terms of a taxonomy, the pages of a term, or those of a section that has
    /// another path than its folder and no page of its own.
    pub(super) fn makes_list(&self, path: &str, survey: &Survey<'_>) -> bool {
        let is_taxonomy = |name: &str| match pattern(&self.permalinks.taxonomies, name) {
            Some(pattern) => may_be(pattern, path),
            None => path.strip_prefix('/') == Some(&slugs::hugo(name)),
        };
        let sections = self.permalinks.sections.iter().filter(|(name, _)| self.lacks_page(name, survey));
        self.taxonomies.iter().any(|name| is_taxonomy(name) || self.is_term(path, name, survey)) || {
            sections
        }
        .any(|(_, pattern)| may_be(pattern, path))
    }

    /// Whether a path is that of a term of a taxonomy.
    fn is_term(&self, path: &str, taxonomy: &str, survey: &Survey<'_>) -> bool {
        const TERM: &str = "\n";
        let key = slugs::hugo(taxonomy);
        let usual = || format!("/{key}/{TERM}");
        let filled = match pattern(&self.permalinks.terms, taxonomy) {
            None => Some(usual()),
            Some(pattern) => pattern.fill(|name| match name {
                "section" | "sections" => Some(key.clone()),
                "slug"
                | "title"
                | "filename"
                | "contentbasename"
                | "slugorfilename"
                | "slugorcontentbasename" => Some(TERM.to_owned()),
                _ => None,
            }),
        };
        let term = filled.as_deref().and_then(|filled| {
            let (before, after) = filled.trim_end_matches('/').split_once(TERM)?;
            path.strip_prefix(before)?.strip_suffix(after)
        });
        // What ends with `#` looks like a URL with an empty fragment, which the placeholders lose.
        let is_moved = pattern(&self.permalinks.terms, taxonomy).is_some();
        term.is_some_and(|term| {
            let has = |term: &str| survey.has_term(&key, term, TermStyle::Hugo);
            let term = term.to_lowercase();
            has(&term) || is_moved && has(&format!("{term}#"))
        })
    }

    /// Whether a folder of pages has none for itself.
    fn lacks_page(&self, section: &str, survey: &Survey<'_>) -> bool {
        let folders = self.content.iter().filter_map(|mount| join(&mount.folder, section));
        let mut folders = folders.filter(|folder| survey.has_pages_below(folder));
        folders.any(|folder| !survey.has_file(&format!("{folder}/_index.md")))
    }

    /// What a placeholder of a permalink means; `None` where Hugo has no such placeholder.
    pub(super) fn value(&self, page: &PageSource<'_>, name: &str, stem: &str) -> Option<String> {
        // A page without a date is of the first day of the first year.
        let date = || self.date(page, stem).unwrap_or_else(|| civil::date(1, 1, 1));
        let is_bundle = stem == "index";
        let is_folder = is_bundle || stem == "_index";
        let file = if is_folder { page.folders().next_back().unwrap_or_default() } else { stem };
        let file = if self.dates_names { dated(file).map_or(file, |(_, rest)| rest) } else { file };
        let title = || self.slug(text(page, "title").unwrap_or(file));
        let own = || text(page, "slug").map(|slug| self.slug(slug));
        let all: Vec<&str> = page.folders().collect();
        let outer = all.len() - usize::from(is_bundle && !all.is_empty());
        let sections = || &all[..self.sections(page, outer)];
        let made = |parts: &[&str]| parts.iter().map(|part| self.slug(part)).collect::<Vec<_>>().join("/");
        Some(match name {
            "slug" => own().unwrap_or_else(title),
            "title" => title(),
            "slugorfilename" | "slugorcontentbasename" => own().unwrap_or_else(|| self.slug(file)),
            "filename" | "contentbasename" => self.slug(file),
            "section" => self.slug(sections().first().copied().unwrap_or_default()),
            "sectionslug" => {
                self.section_slugs(page, sections().len()).into_iter().next_back().unwrap_or_default()
            }
            "sections" => made(sections()),
            "sectionslugs" => self.section_slugs(page, sections().len()).join("/"),
            "year" => date().year().to_string(),
            "month" => format!("{:02}", date().month()),
            "day" => format!("{:02}", date().day()),
            "monthname" => date().strftime("%B").to_string().to_lowercase(),
            "weekday" => date().strftime("%w").to_string(),
            "weekdayname" => date().strftime("%A").to_string().to_lowercase(),
            "yearday" => date().day_of_year().to_string(),
            _ => match name.strip_prefix("sections[").and_then(|rest| rest.strip_suffix(']')) {
                Some(range) => made(ranged(sections(), range)),
                None => go_date(name, date())?,
            },
        })
    }

    /// How many of the first `most` folders of a page are those of its section: the first folder always is one, and others
    /// are if they have a page.
    fn sections(&self, page: &PageSource<'_>, most: usize) -> usize {
        let mut folder = page.mount.folder.to_string();
        let mut deepest = most.min(1);
        for (index, part) in page.folders().take(most).enumerate() {
            folder = join(&folder, part).unwrap_or_default();
            let in_language = |it: &Language| format!("{folder}/_index.{}.md", it.code);
            let is_section = page.survey.has_file(&format!("{folder}/_index.md"))
                || self.languages.iter().any(|it| page.survey.has_file(&in_language(it)));
            if is_section {
                deepest = index + 1;
            }
        }
        deepest
    }

    /// The slugs of the sections of a page.
    fn section_slugs(&self, page: &PageSource<'_>, most: usize) -> Vec<String> {
        self.folder(page).split('/').filter(|it| !it.is_empty()).take(most).map(str::to_owned).collect()
    }
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
