use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    front_matter::{
        dates::{self, DateForm, DateProblem, Stamp},
        rewrite::retext,
    },
    rule::Rule,
    site::{Page, Site},
    yaml::{Format, Node},
};

declare_rule! {
    /// A date that does not exist or has the wrong form
    ///
    /// ## Why
    ///
    /// A month 29 is day and month changed over; some generators refuse the page, others move it to another year. A
    /// date without a time, where all others have one, sorts to the start of its day. The form is that of `dates:` in
    /// the config or of the CMS's date widget; without either, the one that four of five pages of the collection use.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-29-01
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ---
    /// ```
    pub struct InvalidDate {}
    id = "invalid-date",
    severity = Severity::Error,
    changes = Changes::Values,
}

impl Rule for InvalidDate {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(tree) = page.tree() else { return };
        let (Some(root), format) = (&tree.root, tree.format) else { return };
        for date in page.date_keys() {
            let usual = page.collection.as_ref().and_then(|it| site.usual_date_form(it, &date.key));
            let expected =
                date.form.map(Expected::Asked).or(usual.map(|(form, pages)| Expected::Usual(form, pages)));
            for node in date.key.find_all(root).filter(|node| !node.is_null()) {
                // Where the schema spoke of this very value, once is enough.
                let judged = page.schema_findings.iter().any(|finding| finding.span == node.span);
                if !judged {
                    check(node, format, expected, sink);
                }
            }
        }
    }
}

/// The form that a date should have, and who says so.
#[derive(Clone, Copy)]
enum Expected {
    /// The config.
    Asked(DateForm),
    /// So many pages.
    Usual(DateForm, usize),
}

impl Expected {
    const fn form(self) -> DateForm {
        match self {
            Self::Asked(form) | Self::Usual(form, _) => form,
        }
    }
}

fn check(node: &Node, format: Format, expected: Option<Expected>, sink: &mut Sink<'_>) {
    let Some(text) = node.text() else { return };
    let write = |date: &str, trust| {
        Some(Fix::replace(format!("write `{date}`"), trust, node.span, retext(node, format, date)?))
    };
    match dates::parse(text) {
        Ok(stamp) => {
            if let Some(expected) = expected.filter(|expected| expected.form() != stamp.form) {
                wrong_form(node, text, stamp, expected, sink);
            }
        }
        Err(DateProblem::Impossible { reason, swapped }) => {
            let found = sink.report(node.span, format!("`{text}` is no date: {reason}"));
            if let Some(swapped) = swapped {
                found.help(format!("day and month look changed over; did you mean `{swapped}`?"));
                found.fixes.extend(write(&swapped, Applicability::Unsafe));
            }
        }
        Err(DateProblem::Unpadded(padded)) if expected.is_some() => {
            sink.report(node.span, format!("`{text}` lacks a leading zero"))
                .help(format!("write `{padded}`"))
                .fixes
                .extend(write(&padded, Applicability::Safe));
        }
        Err(DateProblem::NotADate) if expected.is_some() => {
            let example = expected.map_or("", |expected| expected.form().example());
            sink.report(node.span, "this is not a date").help(format!("write it like `{example}`"));
        }
        Err(DateProblem::Unpadded(_) | DateProblem::NotADate) => {}
    }
}

fn wrong_form(node: &Node, text: &str, stamp: Stamp, expected: Expected, sink: &mut Sink<'_>) {
    let wanted = expected.form();
    let (date, datetime) = (stamp.datetime.date(), stamp.datetime);
    let (what, help) = match (stamp.form, wanted) {
        (DateForm::Date, DateForm::DateTime) => {
            ("no time", format!("add the time, as in `{date}T10:00:00Z`"))
        }
        (DateForm::Date, _) => ("no time", format!("add the time, as in `{date}T10:00:00`")),
        (_, DateForm::Date) => ("a time", format!("write `{date}`")),
        (DateForm::DateTime, _) => ("an offset from UTC", format!("write `{datetime}`")),
        (DateForm::LocalDateTime, _) => ("no offset from UTC", format!("add it, as in `{datetime}Z`")),
    };
    let found = sink.report(node.span, format!("`{text}` has {what}"));
    if let Expected::Usual(_, pages) = expected {
        found.note(format!("{pages} other pages write {}", wanted.name()));
    }
    found.help(help);
}
