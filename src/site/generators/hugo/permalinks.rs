//! What the placeholders of permalinks mean.

use jiff::civil;

use super::{Hugo, Language, pages::text};
use crate::site::{
    generators::{PageSource, source::dated},
    urls::join,
};

impl Hugo {
    /// What a placeholder of a permalink means; `None` where Hugo has no such placeholder.
    pub(super) fn value(&self, page: &PageSource<'_>, name: &str, stem: &str) -> Option<String> {
        // A page without a date is of the first day of the first year.
        let date = || self.date(page, stem).unwrap_or_else(|| civil::date(1, 1, 1));
        let is_bundle = stem == "index";
        let file = if is_bundle { page.folders().next_back().unwrap_or_default() } else { stem };
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
