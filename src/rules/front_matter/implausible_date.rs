use std::path::Path;

use jiff::civil::Date;

use crate::{
    declare_rule,
    diagnostic::Sink,
    front_matter::{
        CHANGE_KEYS, DateKey,
        dates::{self, DateForm},
    },
    rule::Rule,
    site::{Page, Site},
    yaml::Node,
};

declare_rule! {
    /// A date that can hardly be meant
    ///
    /// ## Why
    ///
    /// A post that is dated next year stays at the top of the blog until then; one that is older than the date in its
    /// own file name has a copied date; a page cannot have been updated before it was written. How far ahead a date
    /// may lie is said with `not-after` under `dates:` in the config. With `history: true` there, a date whose year does not
    /// fit the day on which git says the page was added is reported too, unless the pages around it are like that.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// updated: 2023-02-03
    /// ---
    /// ```
    ///
    /// ## Good
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
                let message = format!("`{}` is about a year off {added}, when the page was added", key.key);
                sink.report(dated.node.span, message)
                    .note("the pages that were added around that day have dates that fit")
                    .help("check the year; it may be that of the page which this one was copied from");
            }
        }
        let changed = |key: &DateKey| CHANGE_KEYS.contains(&key.key.name());
        dates.sort_by_key(|(key, _)| changed(key));
        let Some((first, written)) = dates.first().filter(|(key, _)| !changed(key)) else { return };
        if let Some(path_day) = path_date(&page.path).filter(|day| written.latest_day() < *day) {
            sink.report(
                written.node.span,
                format!("the date is older than the file's path, which says {path_day}"),
            )
            .help("correct the one that was copied from another page");
        }
        for (key, updated) in dates.iter().filter(|(key, dated)| changed(key) && dated.day < written.day) {
            sink.report(updated.node.span, format!("`{}` is earlier than `{}`", key.key, first.key))
                .label(written.node.span, "the page is from this day")
                .help("correct the one that is wrong");
        }
    }
}

/// A day and where it is written.
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

    /// The day it may be at home: late in the evening of UTC the next one has begun further east.
    fn latest_day(&self) -> Date {
        match self.form {
            DateForm::DateTime => self.day.tomorrow().unwrap_or(self.day),
            DateForm::Date | DateForm::LocalDateTime => self.day,
        }
    }
}

fn check_bounds(key: &DateKey, dated: &Dated<'_>, today: Date, sink: &mut Sink<'_>) {
    if let Some(bound) = key.not_after.filter(|bound| dated.day > bound.day(today)) {
        sink.report(
            dated.node.span,
            format!("`{}` lies in the future: later than {}", key.key, bound.day(today)),
        )
        .help("check the year, and that day and month are not changed over");
    }
    if let Some(bound) = key.not_before.filter(|bound| dated.day < bound.day(today)) {
        sink.report(
            dated.node.span,
            format!("`{}` lies before {}, earlier than any page here", key.key, bound.day(today)),
        )
        .help("check the year");
    }
}

/// The date in a path as Jekyll and others have it: `2024-01-29-title.md` or `2024/01/29/title.md`.
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
