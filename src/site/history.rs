//! Which dates do not fit the days on which their pages were added.

use jiff::{Unit, civil::Date};

/// For the pages of a collection whose git history is known: when each was added and how far its own date is from it.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Day of the addition, and the days from it to the page's date; sorted before it is asked.
    pages: Vec<(Date, i64)>,
}

/// Neighbours that are looked at on either side.
const NEIGHBOURS: usize = 4;

/// The days that neighbours may be off, in the middle: drafts wait, and posts are scheduled.
const USUAL: i64 = 60;

/// The days that look like another year.
const FAR: i64 = 270;

impl History {
    pub(super) fn add(&mut self, added: Date, date: Date) {
        self.pages.push((added, days(added, date)));
    }

    pub(super) fn sort(&mut self) {
        self.pages.sort_unstable();
    }

    /// Whether a date is about a year or more off the day on which its page was added, while the pages that were
    /// added before and after it have dates that fit. A blog that was moved to git as a whole has no such neighbours.
    pub(super) fn is_stale(&self, added: Date, date: Date) -> bool {
        let own = (added, days(added, date));
        if own.1.abs() < FAR {
            return false;
        }
        let at = self.pages.partition_point(|page| *page < own);
        let (before, after) = (&self.pages[..at], self.pages.get(at + 1..).unwrap_or_default());
        let near = before.iter().rev().take(NEIGHBOURS).chain(after.iter().take(NEIGHBOURS));
        let mut off: Vec<i64> = near.map(|(_, days)| days.abs()).collect();
        off.sort_unstable();
        off.len() >= NEIGHBOURS && off[off.len() / 2] <= USUAL
    }
}

fn days(from: Date, to: Date) -> i64 {
    // The difference of two dates in days always exists.
    from.until((Unit::Day, to)).map(|span| i64::from(span.get_days())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::History;

    #[test]
    fn a_copied_year_stands_out_among_dates_that_fit() {
        let mut history = History::default();
        for month in 1..=8 {
            history.add(date(2024, month, 10), date(2024, month, 9));
        }
        let (added, stale) = (date(2024, 4, 20), date(2023, 4, 20));
        history.add(added, stale);
        history.sort();
        assert!(history.is_stale(added, stale));
        assert!(!history.is_stale(date(2024, 3, 10), date(2024, 3, 9)));
    }

    #[test]
    fn a_blog_that_was_moved_as_a_whole_is_left_alone() {
        let mut history = History::default();
        for year in 2010..2020 {
            history.add(date(2024, 1, 1), date(year, 5, 5));
        }
        history.sort();
        assert!(!history.is_stale(date(2024, 1, 1), date(2012, 5, 5)));
    }
}
