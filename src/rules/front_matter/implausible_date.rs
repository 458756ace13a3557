use std::path::Path;

use jiff::civil::Date;

use crate::{
    data::Node,
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::{
        CHANGE_KEYS, DateKey,
        dates::{self, DateForm},
    },
    rule::Rule,
    site::{Page, Site},
};

declare_rule! {
    /// Implausible date
    ///
    /// ## What it does
    ///
    /// Reports dates that are valid but probably wrong:
    ///
    /// - a date before the year 1000
    /// - a date after `not-after` or before `not-before`, which are set under `dates` in the config
    /// - a date earlier than the one in the page's file name; as `info` if it is less than a month earlier
    /// - a date that is later than the one in the file name by whole years, or in the future
    /// - a date of modification earlier than the date of publication
    /// - with `history: true` under `dates`, a date whose year does not match the day on which the page was added to
    ///   git, unless the pages around it differ in the same way
    ///
    /// ## Why is this bad?
    ///
    /// A post dated next year stays at the top of the blog until then. A date that is earlier than the one in the file
    /// name was probably copied from another page. A few days of difference are usual: a post is written on one day
    /// and published on another.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// updated: 2023-02-03
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// updated: 2024-02-03
    /// ---
    /// ```
    pub struct ImplausibleDate {}
    id = "implausible-date",
}

impl Rule for ImplausibleDate {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(root) = page.root() else { return };

        let mut dates = page
            .date_keys()
            .iter()
            .filter_map(|key| Some((key, Dated::find(key, root)?)))
            .collect::<Vec<_>>();
        for (key, dated) in &dates {
            check_bounds(key, dated, site.today, sink);
            if let Some(added) = site.contradicting_addition(page, &key.key, dated.day) {
                let message =
                    format!("`{}` is about a year from {added}, when the page was added to git", key.key);
                sink.report(dated.node.span, message)
                    .note("pages added around that day have plausible dates")
                    .help("check the year; it may have been copied from another page");
            }
        }
        let changed = |key: &DateKey| CHANGE_KEYS.contains(&key.key.name());
        dates.sort_by_key(|(key, _)| changed(key));
        let Some((first, written)) = dates.first().filter(|(key, _)| !changed(key)) else { return };
        let path_day = path_date(&page.path);
        if let Some(path_day) = path_day.filter(|day| written.latest_day() < *day) {
            let days = path_day.duration_since(written.latest_day()).as_hours() / 24;
            let severity = if days < DAYS_OF_A_MONTH { Severity::Info } else { Severity::Error };
            let message = format!("date is earlier than the date in the file path ({path_day})");
            sink.report(written.node.span, message)
                .at_most(severity)
                .help("correct the date, or rename the file");
        }
        if let Some(path_day) = path_day.filter(|day| is_far_later(written.day, *day, site.today)) {
            sink.report(
                written.node.span,
                format!("date is later than the date in the file path ({path_day})"),
            )
            .help("correct the date, or rename the file");
        }
        for (key, updated) in dates.iter().filter(|(key, dated)| changed(key) && dated.day < written.day) {
            sink.report(updated.node.span, format!("`{}` is earlier than `{}`", key.key, first.key))
                .label(written.node.span, "page date")
                .help("correct one of the dates");
        }
    }
}

/// Whether the year of a date was mistaken: it is later than the one in the path by whole years, or in the future.
fn is_far_later(day: Date, path_day: Date, today: Date) -> bool {
    let is_same_day = day.month() == path_day.month() && day.day() == path_day.day();
    day.year() > path_day.year() && (is_same_day || day > today && path_day <= today)
}

/// Dates before this year lack a digit, or two are swapped.
const FIRST_YEAR: i16 = 1000;

/// A page may be written that long before it is published.
const DAYS_OF_A_MONTH: i64 = 28;

/// A date and the node that contains it.
struct Dated<'a> {
    day: Date,
    form: DateForm,
    node: &'a Node,
}

impl<'a> Dated<'a> {
    fn find(key: &DateKey, root: &'a Node) -> Option<Self> {
        let node = key.key.find(root)?;
        let stamp = dates::parse(node.text()?).ok()?;
        Some(Self { day: stamp.datetime.date(), form: stamp.form, node })
    }

    /// The latest day that it may be in the author's time zone: with an offset, the next day may have begun further
    /// east.
    fn latest_day(&self) -> Date {
        match self.form {
            DateForm::DateTime => self.day.tomorrow().unwrap_or(self.day),
            DateForm::Date | DateForm::LocalDateTime => self.day,
        }
    }
}

fn check_bounds(key: &DateKey, dated: &Dated<'_>, today: Date, sink: &mut Sink<'_>) {
    if dated.day.year() < FIRST_YEAR && key.not_before.is_none() {
        let message = format!("`{}` is in the year {}", key.key, dated.day.year());
        sink.report(dated.node.span, message).help("check the year");
    }
    if let Some(bound) = key.not_after.filter(|bound| dated.day > bound.day(today)) {
        sink.report(
            dated.node.span,
            format!("`{}` is {}", key.key, too_late(dated.day, bound.day(today), today)),
        )
        .help("check the year, and whether day and month are swapped");
    }
    if let Some(bound) = key.not_before.filter(|bound| dated.day < bound.day(today)) {
        sink.report(
            dated.node.span,
            format!("`{}` is before {}, the earliest date allowed", key.key, bound.day(today)),
        )
        .help("check the year");
    }
}

fn too_late(day: Date, latest: Date, today: Date) -> String {
    if day > today {
        format!("in the future (after {latest})")
    } else {
        format!("after {latest}, the latest date allowed")
    }
}

/// The date in a path, as in Jekyll and other generators: `2024-01-29-title.md` or `2024/01/29/title.md`.
fn path_date(path: &Path) -> Option<Date> {
    let stem = path.file_stem()?.to_str()?;
    if let Some(day) = stem.get(..10).and_then(|day| day.parse().ok())
        && stem.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    {
        return Some(day);
    }
    let folders: Vec<&str> = path.parent()?.iter().rev().take(3).filter_map(|part| part.to_str()).collect();
    match folders[..] {
        [day, month, year] => format!("{year}-{month}-{day}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_paths() {
        let day = |path: &str| path_date(Path::new(path)).map(|day| day.to_string());
        assert_eq!(day("_posts/2024-01-29-harbour.md").as_deref(), Some("2024-01-29"));
        assert_eq!(day("blog/2024/01/29/harbour.md").as_deref(), Some("2024-01-29"));
        assert_eq!(day("blog/2024-13-29-harbour.md"), None);
        assert_eq!(day("blog/harbour-2024-01-29.md"), None);
        assert_eq!(day("é.md"), None);
    }
}
