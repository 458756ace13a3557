//! `html`: one file that needs nothing else, for people who write pages and do not work in a terminal. Each finding is
//! shown with the paragraph around it, and can be picked by severity, rule, page and author. Columns count code points.

mod finding;
mod page;

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, BufWriter, Write},
};

use super::{
    RenderOptions, Reporter,
    reported::{ReportedDiagnostic, reported},
    summary::Counts,
    xml::escape,
};
use crate::{diagnostic::Severity, run::Run, text::quantity};
use page::HtmlPage;

/// The only script that the file may run.
const SCRIPT: &str = include_str!("script.js");

/// Its SHA-256 digest, in Base64; a test computes it.
const SCRIPT_DIGEST: &str = "18j7TaRvrnCXW46Un+Q0R4nHP6cm44KurC+fFm9Hyug=";

pub(super) struct Html {
    options: RenderOptions,
}

impl Html {
    pub(super) const fn new(options: RenderOptions) -> Self {
        Self { options }
    }
}

impl Reporter for Html {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let all: Vec<ReportedDiagnostic<'_>> = reported(run).collect();
        let mut groups: Vec<_> = all.chunk_by(|one, next| one.path == next.path).collect();
        // The worst first.
        groups.sort_by_key(|group| Reverse(group.iter().map(|it| it.diagnostic.severity).max()));
        let groups = groups.into_iter().enumerate();
        let pages: Vec<HtmlPage<'_>> = groups.map(|(index, group)| HtmlPage::new(index, group)).collect();
        let authors = authors(&pages);
        let ids = pages.iter().map(|page| (page.key(), page.id())).collect();
        head(run, &mut out)?;
        if !all.is_empty() {
            filters(&all, &pages, &authors, &mut out)?;
        }
        writeln!(out, "<main>")?;
        for page in &pages {
            page.write(run, &ids, &authors, self.options.revision.as_deref(), &mut out)?;
        }
        writeln!(out, "<p id=\"none\" hidden>No finding matches.</p>\n</main>")?;
        writeln!(out, "<footer>copydesk {}</footer>", env!("CARGO_PKG_VERSION"))?;
        if !all.is_empty() {
            writeln!(out, "<script>{SCRIPT}</script>")?;
        }
        writeln!(out, "</body>\n</html>")?;
        out.flush()
    }
}

/// The authors of the pages, each with a number.
fn authors<'a>(pages: &'a [HtmlPage<'_>]) -> BTreeMap<&'a str, usize> {
    let mut authors: BTreeMap<&str, usize> =
        pages.iter().flat_map(|page| &page.authors).map(|author| (&**author, 0)).collect();
    authors.values_mut().enumerate().for_each(|(number, value)| *value = number);
    authors
}

/// Everything above the filters. The page may load nothing, and runs nothing but its own script.
fn head(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{SCRIPT_DIGEST}'; \
         base-uri 'none'; form-action 'none'"
    );
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>copydesk report</title>")?;
    writeln!(out, "<style>\n{}</style>\n</head>\n<body>\n<header>", include_str!("style.css"))?;
    let counts = Counts::of(run);
    let findings = counts.errors + counts.warnings + counts.infos;
    let title = match findings {
        0 => "No findings".to_owned(),
        _ => quantity(findings, "finding"),
    };
    writeln!(out, "<h1>{title} in {}</h1>", quantity(counts.files, "file"))?;
    if let Some(lead) = lead(&counts) {
        writeln!(out, "<p class=\"lead\">{lead}</p>")?;
    }
    for error in &run.errors {
        writeln!(out, "<p class=\"problem\">{}</p>", escape(&error.to_string()))?;
    }
    writeln!(out, "</header>")
}

/// What else there is to say in numbers.
fn lead(counts: &Counts) -> Option<String> {
    let parts: Vec<String> = [
        (counts.safe, "can be fixed automatically"),
        (counts.r#unsafe, "have a suggested fix"),
        (counts.suppressed, "suppressed"),
        (counts.baselined, "in the baseline"),
        (counts.unlisted, "not shown"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Controls to pick findings. Without the script they are hidden, and everything is shown.
fn filters(
    all: &[ReportedDiagnostic<'_>],
    pages: &[HtmlPage<'_>],
    authors: &BTreeMap<&str, usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<form id=\"filters\" autocomplete=\"off\" hidden><div class=\"bar\">\n<fieldset>")?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let count = all.iter().filter(|it| it.diagnostic.severity == severity).count();
        if count > 0 {
            let name = severity.name();
            let label = quantity(count, name);
            writeln!(out, "<label><input type=\"checkbox\" value=\"{name}\" checked>{label}</label>")?;
        }
    }
    writeln!(out, "</fieldset>")?;
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for reported in all {
        *rules.entry(reported.diagnostic.rule.id).or_default() += 1;
    }
    let rules = rules.iter().map(|(rule, count)| ((*rule).to_owned(), format!("{rule} ({count})")));
    choice("Rule", "rule", "all rules", rules, out)?;
    let paths = pages.iter().map(|page| (page.id(), format!("{} ({})", page.path(), page.count())));
    choice("Page", "page", "all pages", paths, out)?;
    if !authors.is_empty() {
        let names = authors.iter().map(|(name, number)| (number.to_string(), (*name).to_owned()));
        choice("Author", "author", "all authors", names, out)?;
    }
    writeln!(out, "<span><button type=\"button\" id=\"previous\" title=\"Key: k\">Previous</button>")?;
    writeln!(out, "<button type=\"button\" id=\"next\" title=\"Key: j\">Next</button></span>")?;
    writeln!(out, "<output id=\"count\" aria-live=\"polite\">{}</output>", all.len())?;
    writeln!(out, "<button type=\"reset\">Show all</button>\n</div></form>")
}

/// A list to choose from, with values and what is shown for them.
fn choice(
    label: &str,
    name: &str,
    all: &str,
    options: impl Iterator<Item = (String, String)>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<label>{label} <select name=\"{name}\">\n<option value=\"\">{all}</option>")?;
    for (value, shown) in options {
        writeln!(out, "<option value=\"{}\">{}</option>", escape(&value), escape(&shown))?;
    }
    writeln!(out, "</select></label>")
}

/// A text with its code between backticks as code.
fn prose(text: &str) -> String {
    let mut parts = text.split('`');
    let mut html = escape(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        match parts.next() {
            Some(after) => html.extend(["<code>", &escape(part), "</code>", &escape(after)]),
            None => html.extend(["`", &escape(part)]),
        }
    }
    html
}
