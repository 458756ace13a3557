//! Where the pages of an Eleventy site say that they appear.

use crate::{
    data::Node,
    site::generators::{PageSource, script::ScriptPart, slugs, source::dated},
};

/// The permalink that the data of a folder sets.
#[derive(Debug, Clone)]
pub(super) enum Permalink {
    Template(Box<str>),
    Never,
    /// A program sets it.
    Unknown,
}

/// The permalink that a program sets.
pub(super) fn program_permalink(program: ScriptPart<'_>) -> Option<Permalink> {
    let is_computed = program.mentions("eleventyComputed");
    let template =
        program.text("permalink").filter(|_| !is_computed).map(|text| Permalink::Template(text.into()));
    let is_never = program.flag("permalink") == Some(false) && !is_computed;
    template
        .or_else(|| is_never.then_some(Permalink::Never))
        .or_else(|| {
            Some(Permalink::Template(as_template(program.after("permalink:")?.made_string()?).into()))
        })
        .or_else(|| program.mentions("permalink").then_some(Permalink::Unknown))
}

/// A string of JavaScript with values in it as a template. What is not the name of a value of the page is not known.
fn as_template(string: &str) -> String {
    let mut template = String::new();
    let mut rest = string;
    while let Some((before, inner)) = rest.split_once("${") {
        let (value, after) = inner.split_once('}').unwrap_or((inner, ""));
        let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
        let name = value.trim();
        let name = if is_name(name) { name.strip_prefix("data.").unwrap_or(name) } else { "" };
        template.extend([before, "{{ ", name, " }}"]);
        rest = after;
    }
    template + rest
}

/// The permalink that data sets, or that is computed from other data.
pub(super) fn set_permalink(data: &Node) -> Option<Permalink> {
    let computed = data.get("eleventyComputed").and_then(|it| it.get("permalink"));
    Some(match computed.or_else(|| data.get("permalink"))?.text() {
        Some("false") => Permalink::Never,
        Some(text) => Permalink::Template(text.into()),
        None => Permalink::Unknown,
    })
}

/// A permalink with its placeholders filled in; `None` where one of them is not known.
pub(super) fn fill(template: &str, page: &PageSource<'_>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, inner)) = rest.split_once("{{") {
        let (name, after) = inner.split_once("}}")?;
        filled.push_str(before);
        let mut parts = name.split('|').map(str::trim);
        let value = match parts.next()? {
            "page.date" => page_date(page)?.strftime(date_format(parts.next()?)?).to_string(),
            "page.fileSlug" => file_slug(page),
            "page.filePathStem" => {
                format!("/{}", page.below.rsplit_once('.').map_or(page.below, |(stem, _)| stem))
            }
            key => page.text(key)?.to_owned(),
        };
        let value = parts.try_fold(value, |value, filter| match filter {
            "slugify" | "slug" => Some(slugs::jekyll(&value)),
            "lower" | "downcase" => Some(value.to_lowercase()),
            _ => None,
        })?;
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    (!filled.contains("{%")).then_some(filled)
}

/// The day of a page, by its front matter or its name.
fn page_date(page: &PageSource<'_>) -> Option<jiff::civil::Date> {
    let by_name = || dated(page.stem()).map(|(date, _)| date);
    page.date_in_utc("date").map(jiff::civil::DateTime::date).or_else(by_name)
}

/// The format in Liquid's filter for dates, `date: '%Y/%m/%d'`, where it has parts of the day alone.
fn date_format(filter: &str) -> Option<&str> {
    let format = filter.strip_prefix("date:")?.trim().trim_matches(['"', '\'']);
    let is_known = |part: &str| part.starts_with(['Y', 'm', 'd', 'y', 'B', 'b']);
    format.split('%').skip(1).all(is_known).then_some(format)
}

/// The name of the file without its date, that of the folder for an index.
fn file_slug(page: &PageSource<'_>) -> String {
    let stem = page.stem();
    let stem = if stem == "index" { page.folders().next_back().unwrap_or_default() } else { stem };
    dated(stem).map_or(stem, |(_, rest)| rest).to_owned()
}
