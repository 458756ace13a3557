//! Dates as front matter has them: the forms that site generators read, and what can be wrong with one.

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, ToSpan, civil};

/// Date format.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DateForm {
    /// `2024-01-29`
    Date,
    /// With time and UTC offset: `2024-01-29T10:00:00Z` (RFC 3339), or `2024-01-29 10:00:00 +0200` as in Hugo and
    /// Jekyll.
    DateTime,
    /// With time, without UTC offset: `2024-01-29T10:00:00`.
    LocalDateTime,
}

impl DateForm {
    /// The form of a text; `None` where it is not a possible date.
    pub fn of(text: &str) -> Option<Self> {
        parse(text).ok().map(|stamp| stamp.form)
    }

    /// The form in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::DateTime => "a date with time and UTC offset",
            Self::LocalDateTime => "a date with time",
        }
    }

    /// A date in this form, as an example that cannot be mistaken.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Date => "2024-01-29",
            Self::DateTime => "2024-01-29T10:00:00Z",
            Self::LocalDateTime => "2024-01-29T10:00:00",
        }
    }
}

/// A possible date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// How it is written.
    pub form: DateForm,
    /// Day and time as written; midnight where there is no time. The offset is left aside.
    pub datetime: civil::DateTime,
    /// The offset: how far that is ahead of UTC. Zero where the text does not say it.
    ahead: SignedDuration,
}

impl Stamp {
    /// Day and time in UTC, where the text has an offset; else as they are written. `None` beyond the years that dates
    /// may have.
    pub fn in_utc(&self) -> Option<civil::DateTime> {
        self.datetime.checked_sub(self.ahead).ok()
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateProblem {
    /// It does not look like a date at all: `next week`, `29.01.2024`.
    NotADate,
    /// It looks like one, but there is no such day or time. `reason` says why; `swapped` is the text with month and
    /// day changed over where that gives a day.
    Impossible {
        /// Why, as a sentence without a period: `month 29 is out of range (1–12)`.
        reason: String,
        /// The text that is probably meant.
        swapped: Option<String>,
    },
    /// Numbers without their leading zero: `2024-1-9`; the padded text.
    Unpadded(String),
}

/// Reads a date in any form that Hugo, Jekyll, Gatsby and Decap CMS write.
///
/// # Errors
///
/// A [`DateProblem`] that says why the text is not a date.
pub fn parse(text: &str) -> Result<Stamp, DateProblem> {
    let text = text.trim();
    let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at(split);
    let date = parse_day(day, rest)?;
    if rest.is_empty() {
        return Ok(Stamp {
            form: DateForm::Date,
            datetime: date.at(0, 0, 0, 0),
            ahead: SignedDuration::ZERO,
        });
    }
    let rest = &rest[1..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
    let (time, offset) = rest.split_at(end);
    let (form, ahead) = match offset.trim_start() {
        "" => (DateForm::LocalDateTime, SignedDuration::ZERO),
        "Z" | "z" => (DateForm::DateTime, SignedDuration::ZERO),
        offset if is_offset(offset) => {
            let Some(ahead) = ahead_of_utc(offset) else {
                let reason = format!("UTC offset {offset} is out of range");
                return Err(DateProblem::Impossible { reason, swapped: None });
            };
            (DateForm::DateTime, ahead)
        }
        _ => return Err(DateProblem::NotADate),
    };
    Ok(Stamp { form, datetime: date.to_datetime(parse_time(time)?), ahead })
}

fn parse_day(day: &str, rest: &str) -> Result<civil::Date, DateProblem> {
    let mut parts = day.split('-');
    let (Some(year), Some(month), Some(date), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateProblem::NotADate);
    };
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(year, 4..=4) || !is_number(month, 1..=2) || !is_number(date, 1..=2) {
        return Err(DateProblem::NotADate);
    }
    let number = |part: &str| part.parse::<i8>().map_err(|_| DateProblem::NotADate);
    let (y, m, d) = (year.parse::<i16>().map_err(|_| DateProblem::NotADate)?, number(month)?, number(date)?);
    let parsed = civil::Date::new(y, m, d).map_err(|_| DateProblem::Impossible {
        reason: why_impossible(y, m, d),
        swapped: (m > 12 && civil::Date::new(y, d, m).is_ok()).then(|| format!("{year}-{d:02}-{m:02}{rest}")),
    })?;
    if month.len() < 2 || date.len() < 2 {
        return Err(DateProblem::Unpadded(format!("{year}-{m:02}-{d:02}{rest}")));
    }
    Ok(parsed)
}

fn why_impossible(year: i16, month: i8, day: i8) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Ok(first) = civil::Date::new(year, month, 1) else {
        return format!("month {month} is out of range (1–12)");
    };
    let name = NAMES[usize::from(month.unsigned_abs()) - 1];
    if day == 0 {
        "day 0 is out of range".into()
    } else {
        format!("{name} {year} has {} days", first.days_in_month())
    }
}

fn parse_time(time: &str) -> Result<civil::Time, DateProblem> {
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (clock, fraction) =
        time.split_once('.').map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
    let parts: Vec<&str> = clock.split(':').collect();
    let shaped = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| digits(part))
        && fraction.is_none_or(|fraction| !fraction.is_empty() && !fraction.contains(['.', ':']));
    if !shaped {
        return Err(DateProblem::NotADate);
    }
    clock.parse().map_err(|_| DateProblem::Impossible {
        reason: format!("time {clock} is out of range"),
        swapped: None,
    })
}

/// `+02:00`, `+0200`, `+02`.
fn is_offset(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return false };
    let digits = digits.replacen(':', "", 1);
    matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// How far an offset is ahead of UTC; `None` unless that is less than a day (RFC 3339, section 5.6).
fn ahead_of_utc(offset: &str) -> Option<SignedDuration> {
    let digits = offset[1..].replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2)?;
    let hours: i64 = hours.parse().ok()?;
    let minutes: i64 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    let ahead = SignedDuration::from_mins(60 * hours + minutes);
    (hours < 24 && minutes < 60).then_some(if offset.starts_with('-') { -ahead } else { ahead })
}

/// A day that dates are measured against, in the config's form: `2020-01-01`, `today`, `today+30d`, `today-1d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBound {
    /// A day.
    Day(civil::Date),
    /// So many days after the day of the run.
    Today(i32),
}

impl DateBound {
    /// The day it means on the day of the run.
    pub fn day(self, today: civil::Date) -> civil::Date {
        match self {
            Self::Day(day) => day,
            Self::Today(days) => today.saturating_add(days.days()),
        }
    }
}

impl FromStr for DateBound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || format!("expected a date such as `2024-01-29`, `today` or `today+30d`, found `{text}`");
        let Some(rest) = text.strip_prefix("today") else {
            return text.parse().map(Self::Day).map_err(|_| bad());
        };
        if rest.is_empty() {
            return Ok(Self::Today(0));
        }
        let days = rest.strip_suffix('d').and_then(|days| days.parse::<i32>().ok()).ok_or_else(bad)?;
        if days.unsigned_abs() > 100_000 || !rest.starts_with(['+', '-']) {
            return Err(bad());
        }
        Ok(Self::Today(days))
    }
}

impl fmt::Display for DateBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Today(0) => f.write_str("today"),
            Self::Today(days) => write!(f, "today{days:+}d"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DateBound, DateForm, DateProblem, parse};

    #[test]
    fn the_forms_that_generators_write() {
        for (text, form) in [
            ("2024-01-29", DateForm::Date),
            ("2019-09-03T01:32:05.627Z", DateForm::DateTime),
            ("2024-01-29T10:00:00+02:00", DateForm::DateTime),
            ("2024-01-29 10:00:00 +0200", DateForm::DateTime),
            ("2024-01-29 10:00", DateForm::LocalDateTime),
            ("2024-01-29T10:00:00", DateForm::LocalDateTime),
            ("2016-12-31T23:59:60Z", DateForm::DateTime),
        ] {
            assert_eq!(DateForm::of(text), Some(form), "{text}");
        }
    }

    #[test]
    fn a_swapped_day_and_month_is_turned_round() {
        let swapped = Some("2024-01-29T10:00:00Z".to_owned());
        let reason = "month 29 is out of range (1–12)".to_owned();
        assert_eq!(parse("2024-29-01T10:00:00Z"), Err(DateProblem::Impossible { reason, swapped }));
    }

    #[test]
    fn impossible_days_say_why() {
        let Err(DateProblem::Impossible { reason, swapped }) = parse("2023-02-29") else {
            panic!("2023 was no leap year")
        };
        assert_eq!((&*reason, swapped), ("February 2023 has 28 days", None));
        assert!(matches!(parse("2024-01-29T25:00:00Z"), Err(DateProblem::Impossible { .. })));
        assert!(matches!(parse("2024-01-29T10:00:00+25:00"), Err(DateProblem::Impossible { .. })));
        assert!(matches!(parse("2024-01-29T10:00:00+02:60"), Err(DateProblem::Impossible { .. })));
        assert!(matches!(parse("2024-00-10"), Err(DateProblem::Impossible { .. })));
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["", "next week", "29.01.2024", "2024", "2024-01-29T", "2024-01-29 at noon", "２０２４-01-29"]
        {
            assert_eq!(parse(text), Err(DateProblem::NotADate), "{text}");
        }
        assert_eq!(parse("2024-1-9"), Err(DateProblem::Unpadded("2024-01-09".into())));
    }

    #[test]
    fn bounds() {
        let today = "2024-01-29".parse().unwrap();
        let day = |text: &str| text.parse::<DateBound>().map(|bound| bound.day(today).to_string());
        assert_eq!(day("today+30d").as_deref(), Ok("2024-02-28"));
        assert_eq!(day("today-1d").as_deref(), Ok("2024-01-28"));
        assert_eq!(day("2020-05-01").as_deref(), Ok("2020-05-01"));
        assert!(day("tomorrow").is_err() && day("today30d").is_err() && day("today+9999999999d").is_err());
    }
}
