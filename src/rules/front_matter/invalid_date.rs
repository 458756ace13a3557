use crate::{
    data::{DataFormat, Node, ScalarNotation},
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    front_matter::{
        dates::{self, DateForm, DateProblem, Stamp},
        rewrite::retext,
    },
    rule::{Fixable, Rule},
    site::{Page, Site, urls::SiteKind},
    text::{Span, quantity},
};

declare_rule! {
    /// Invalid or malformed date
    ///
    /// ## What it does
    ///
    /// Reports dates that do not exist, such as one in month 29, in any key, and dates that are not in the expected format. The
    /// format is set under `dates` in the config or by the date widget of the CMS config, unless half of the pages use
    /// another one; otherwise, it is the one that at least four out of five pages of the collection use. A date without
    /// its leading zeros, such as `2024-2-3`, is always reported unless the site generator reads it as a date: to YAML it is text.
    ///
    /// ## Why is this bad?
    ///
    /// A month 29 is a day and a month that were swapped: some generators reject the page, others move it to another
    /// year. A date without a time is sorted to the start of its day.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-29-01
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Adding a leading zero is safe. Swapping day and month is unsafe.
    pub struct InvalidDate {}
    id = "invalid-date",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for InvalidDate {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(tree) = page.tree() else { return };
        let (Some(root), format) = (&tree.root, tree.format) else { return };
        let kind = site.layout_of(page).kind;
        for date in page.date_keys() {
            let usual = page.collection.as_ref().and_then(|it| site.usual_date_form(it, &date.key));
            let usual = usual.map(|(form, pages)| Expected::Usual(form, pages));
            let expected = date.form.map(Expected::Configured).or(usual);
            for node in date.key.find_all(root).filter(|node| !node.is_null()) {
                let mut reported = page.schema_findings.iter().chain(&page.generator_findings);
                let is_read =
                    expected.is_none() && node.text().is_some_and(|text| is_read_unpadded(text, kind));
                let written = page.collection.as_ref().zip(node.text().and_then(DateForm::of));
                let is_usual = written.is_some_and(|(it, form)| site.writes_dates_as(it, date, form));
                let expected = expected.filter(|_| !is_usual);
                if !is_read && !reported.any(|finding| finding.span == node.span) {
                    check(node, format, expected, sink);
                }
            }
        }
        if format == DataFormat::Yaml {
            check_other_keys(page, root, sink);
        }
    }
}

/// Reports dates that do not exist in keys that are not known to contain dates: parsers of YAML 1.1 read them as dates.
fn check_other_keys(page: &Page, root: &Node, sink: &mut Sink<'_>) {
    let known: Vec<Span> =
        page.date_keys().iter().flat_map(|date| date.key.find_all(root)).map(|node| node.span).collect();
    for (_, node) in root.values() {
        let is_plain = node.as_scalar().is_some_and(|scalar| scalar.style == ScalarNotation::Plain);
        let Some(text) = node.text().filter(|_| is_plain && node.tag.is_none()) else { continue };
        let is_date = |c: char| c.is_ascii_digit() || "-:.+TtZz ".contains(c);
        if !text.chars().all(is_date) || known.contains(&node.span) {
            continue;
        }
        let is_reported = page.schema_findings.iter().any(|finding| finding.span == node.span);
        if matches!(dates::parse(text), Err(DateProblem::Impossible { .. })) && !is_reported {
            check(node, DataFormat::Yaml, None, sink);
        }
    }
}

/// Whether a date without leading zeros is a date to the site generator. To YAML it is text unless it has a time;
/// Jekyll and Docusaurus read the text, and Hugo reads neither.
fn is_read_unpadded(text: &str, kind: Option<SiteKind>) -> bool {
    if !matches!(dates::parse(text), Err(DateProblem::Unpadded(_))) {
        return false;
    }
    match kind {
        Some(SiteKind::Jekyll | SiteKind::Docusaurus) => true,
        Some(SiteKind::Hugo) => false,
        _ => text.trim().contains([' ', 'T', 't']),
    }
}

/// The format that a date should have.
#[derive(Clone, Copy)]
enum Expected {
    /// Set in the config.
    Configured(DateForm),
    /// Used by the given number of other pages.
    Usual(DateForm, usize),
}

impl Expected {
    const fn form(self) -> DateForm {
        match self {
            Self::Configured(form) | Self::Usual(form, _) => form,
        }
    }
}

fn check(node: &Node, format: DataFormat, expected: Option<Expected>, sink: &mut Sink<'_>) {
    let Some(text) = node.text() else { return };
    let replace = |date: &str, applicability| {
        let text = retext(node, format, date)?;
        Some(Fix::replace(format!("Replace with `{date}`"), applicability, node.span, text))
    };
    match dates::parse(text) {
        Ok(stamp) => {
            if let Some(expected) = expected.filter(|expected| expected.form() != stamp.form) {
                wrong_form(node, text, stamp, expected, sink);
            }
        }
        Err(DateProblem::Impossible { reason, swapped }) => {
            let diagnostic = sink.report(node.span, format!("invalid date `{text}`: {reason}"));
            if let Some(swapped) = swapped {
                diagnostic.help(format!("day and month appear to be swapped; did you mean `{swapped}`?"));
                diagnostic.fixes.extend(replace(&swapped, Applicability::Unsafe));
            }
        }
        Err(DateProblem::Unpadded(padded)) => {
            sink.report(node.span, format!("missing leading zero in `{text}`"))
                .fix_or_help(replace(&padded, Applicability::Safe), format!("use `{padded}`"));
        }
        Err(DateProblem::NotADate) if expected.is_some() => {
            let example = expected.map_or("", |expected| expected.form().example());
            sink.report(node.span, "invalid date").help(format!("use a date such as `{example}`"));
        }
        Err(DateProblem::NotADate) => {}
    }
}

fn wrong_form(node: &Node, text: &str, stamp: Stamp, expected: Expected, sink: &mut Sink<'_>) {
    let wanted = expected.form();
    let (date, datetime) = (stamp.datetime.date(), stamp.datetime);
    let (what, help) = match (stamp.form, wanted) {
        (DateForm::Date, DateForm::DateTime) => {
            ("missing time", format!("add a time, such as `{date}T10:00:00Z`"))
        }
        (DateForm::Date, _) => ("missing time", format!("add a time, such as `{date}T10:00:00`")),
        (_, DateForm::Date) => ("unexpected time", format!("use `{date}`")),
        (DateForm::DateTime, _) => ("unexpected UTC offset", format!("use `{datetime}`")),
        (DateForm::LocalDateTime, _) => {
            ("missing UTC offset", format!("add an offset, such as `{datetime}Z`"))
        }
    };
    let diagnostic = sink.report(node.span, format!("{what} in `{text}`"));
    if let Expected::Usual(_, pages) = expected {
        // Nothing says that the format is wrong, only that it is rare.
        diagnostic.at_most(Severity::Warning);
        diagnostic.note(format!("expected {}, as on {}", wanted.name(), quantity(pages, "other page")));
    }
    diagnostic.help(help);
}
