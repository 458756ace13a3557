//! Templates of a site: files that are no pages of ours, with ids that pages get from them and front matter that says where
//! they appear.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{PageSource, Setup, setup::each_file, source::ends_in};
use crate::{
    data::{self, DataFormat, Node},
    front_matter::split,
    text::Span,
};

/// The most files of templates that are read.
const MAX_FILES: usize = 2_000;

/// The longest id in a template that a link may have.
const MAX_ID: usize = 128;

/// Front matter of templates, by their path relative to the project's root.
#[derive(Debug, Default)]
pub(super) struct TemplateData(HashMap<Box<str>, Node>);

impl TemplateData {
    /// Reads that of files with one of these extensions in a folder of the site and below it. `enters` says by name which
    /// folders are looked into.
    pub(super) fn read(
        setup: &Setup<'_>,
        folder: &str,
        endings: &[&str],
        enters: impl Fn(&str) -> bool,
    ) -> Self {
        let mut found = HashMap::new();
        for_each(setup, folder, endings, enters, |path, text| {
            let named = || json_between_hyphens(text).map(|content| (content, DataFormat::Json));
            let plain = || split(text).front_matter.map(|block| (block.content, block.format));
            let Some((content, format)) = named().or_else(plain) else { return };
            if let Some(root) = data::parse(text, content, format).root {
                found.insert(path.into(), root);
            }
        });
        Self(found)
    }

    /// Adds that of other files.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// That of a file, by its path relative to the project's root.
    pub(super) fn get(&self, path: &str) -> Option<&Node> {
        self.0.get(path)
    }

    /// The same file with its front matter, if it is one of them.
    pub(super) fn of<'a>(&'a self, page: &PageSource<'a>) -> PageSource<'a> {
        PageSource { root: page.root.or_else(|| self.0.get(page.path)), ..*page }
    }

    /// Pairs of the path that a template gives itself and the value of another key.
    pub(super) fn moved<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.values().flat_map(move |root| {
            let to = root.get("permalink").and_then(Node::text).filter(|to| to.starts_with('/'));
            let old = root.get(key).map_or(&[][..], Node::self_or_items).iter();
            let old = old.filter_map(Node::text).filter(|old| old.starts_with('/'));
            old.filter_map(move |old| Some((old, to?)))
        })
    }
}

impl Setup<'_> {
    /// Takes the ids in the templates of these folders of the site for anchors that any page may have. A `*` in a folder
    /// stands for each folder there.
    pub(super) fn template_ids(&mut self, folders: &[&str], endings: &[&str]) {
        self.templates(folders, endings, |_| None);
    }

    /// The same, where pages may show a template by a name: `part` gives it for the path of the template.
    pub(super) fn templates(
        &mut self,
        folders: &[&str],
        endings: &[&str],
        part: impl Fn(&str) -> Option<&str>,
    ) {
        let mut ids = std::mem::take(&mut self.layout.template_ids);
        let mut has_base = false;
        let (mut plain, mut others) = (HashSet::new(), HashSet::<Box<str>>::new());
        for folder in folders {
            let places = match folder.split_once("/*/") {
                None => vec![(*folder).to_owned()],
                Some((outer, inner)) => {
                    let names = self.names(outer);
                    let names = names.iter().filter_map(|name| name.strip_suffix('/'));
                    names.map(|name| format!("{outer}/{name}/{inner}")).collect()
                }
            };
            for place in places {
                let enters = |name: &str| name != "node_modules";
                for_each(self, &place, endings, enters, |path, text| {
                    Arc::make_mut(&mut ids).extend(ids_in(text).flatten().map(Box::from));
                    has_base |= has_base_url(text);
                    if let Some(name) = part(path) {
                        let of_kind = if is_plain(text) { &mut plain } else { &mut others };
                        of_kind.insert(name.into());
                    }
                });
            }
        }
        // Of templates with one name, it depends on the folder, or on the output format, which is shown.
        plain.retain(|name| !others.contains(name));
        self.layout.template_ids = ids;
        self.layout.has_base |= has_base;
        Arc::make_mut(&mut self.layout.plain_parts).extend(plain);
    }
}

/// Whether a template says from which URL browsers read relative links.
fn has_base_url(text: &str) -> bool {
    text.match_indices("<base ").any(|(at, _)| {
        let tag = &text[at..];
        tag[..tag.find('>').unwrap_or(tag.len())].contains("href=")
    })
}

/// The object in front matter that names its notation after the hyphens, as Eleventy has it.
fn json_between_hyphens(text: &str) -> Option<Span> {
    let rest = text.strip_prefix("---json")?;
    let rest = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let start = text.len() - rest.len();
    Some(Span::from_range(start..start + rest.find("\n---")?))
}

/// What a template has that takes in other templates or pages, shows a text as HTML, or runs in the browser.
const TAKES_IN: [&str; 17] = [
    "partial",
    "{{ template",
    "{{- template",
    "% include",
    "%- include",
    "% render",
    "eadFile",
    ".Content",
    ".content",
    "load_data(",
    ".RawContent",
    ".Render ",
    ".RenderShortcodes",
    "GetPage",
    "esources.",
    "safeHTML",
    "<script",
];

/// Whether a template makes no anchors but with the ids that are written out in it: all others would be those of its
/// headings in Markdown, those that it computes, or those of what it takes in.
fn is_plain(text: &str) -> bool {
    let is_heading = |line: &str| {
        let line = line.trim();
        let is_underline = |mark: char| !line.is_empty() && line.chars().all(|c| c == mark);
        line.starts_with('#') || is_underline('=') || is_underline('-')
    };
    ids_in(text).all(|id| id.is_some())
        && !TAKES_IN.iter().any(|part| text.contains(part))
        && !text.lines().any(is_heading)
}

/// How far before a `name` the tag begins that it belongs to, at most.
const LONGEST_TAG: usize = 256;

/// Reads files with one of these extensions in a folder of the site and below it.
fn for_each(
    setup: &Setup<'_>,
    folder: &str,
    endings: &[&str],
    enters: impl Fn(&str) -> bool,
    mut read: impl FnMut(&str, &str),
) {
    let Some(folder) = setup.path(folder) else { return };
    let mut left = MAX_FILES;
    each_file(
        &folder,
        |folder| setup.project.names(folder),
        enters,
        |folder, name| {
            if left == 0 || !ends_in(name, endings) {
                return;
            }
            left -= 1;
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            if let Some(text) = setup.project.text(&path) {
                read(&path, &text);
            }
        },
    );
}

/// The ids in a template: those that are written out, and nothing for the others.
fn ids_in(text: &str) -> impl Iterator<Item = Option<&str>> {
    let attributes = ["id=", "name="].into_iter().flat_map(|name| text.match_indices(name));
    attributes.filter_map(|(at, it)| {
        let before = &text[..at];
        // `data-id`, and the names of fields in forms.
        let is_of_other = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '$'));
        let tag = || {
            let near = &before.as_bytes()[at.saturating_sub(LONGEST_TAG)..];
            memchr::memrchr(b'<', near).map_or(&near[..0], |open| &near[open..])
        };
        let is_anchor = || it == "id=" || tag().starts_with(b"<a ");
        if is_of_other || !is_anchor() {
            return None;
        }
        let rest = &text[at + it.len()..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let rest = quote.map_or(rest, |quote| &rest[quote.len_utf8()..]);
        let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let len = rest.find(|c| !is_id(c)).unwrap_or(rest.len());
        let end = rest[len..].chars().next();
        let is_whole = quote
            .map_or_else(|| end.is_some_and(|c| c.is_whitespace() || c == '>'), |quote| end == Some(quote));
        let is_attribute = before.ends_with(char::is_whitespace);
        Some((is_attribute && is_whole && (1..=MAX_ID).contains(&len)).then(|| &rest[..len]))
    })
}

#[cfg(test)]
mod tests {
    use super::{has_base_url, ids_in, is_plain};

    #[test]
    fn a_base_has_a_url() {
        assert!(has_base_url("<head>\n<base target=\"_top\"><base href=\"{{ site.baseurl }}/\">"));
        assert!(!has_base_url("<base target=\"_top\"><a href=\"/\">") && !has_base_url("<base "));
    }

    #[test]
    fn ids_that_are_written_out_are_found() {
        let ids = |text| ids_in(text).flatten().collect::<Vec<_>>().join(" ");
        assert_eq!(
            ids("<h2 id=\"pilots\">x</h2><p class='y' id='tide-table'><hr id=end>"),
            "pilots tide-table end"
        );
        assert_eq!(
            ids("<p id=\"{{ quay }}\"><p id=\"quay-{{ n }}\"><p data-id=\"x\"><p grid=\"y\"> id="),
            ""
        );
    }

    #[test]
    fn a_template_that_computes_no_id_is_plain() {
        for (text, expected) in [
            ("<div class=\"note\" id=\"note\">{{ .Inner | markdownify }}</div>", true),
            ("<aside data-id=\"{{ .Ordinal }}\"><input name=\"{{ .Get 0 }}\">{{ .Inner }}</aside>", true),
            ("<h3 id=\"{{ .Get 0 | anchorize }}\">{{ .Get 0 }}</h3>", false),
            ("<a name={{ .Get 0 }}></a>", false),
            ("{{ printf \"<p id=%q>\" (.Get 0) | safeHTMLAttr }}", false),
            ("{{ partial \"tides.html\" . }}", false),
            ("{% include tides.html %}", false),
            ("Tides\n-----\n", false),
            ("  ## Tides\n", false),
        ] {
            assert_eq!(is_plain(text), expected, "{text}");
        }
    }
}
