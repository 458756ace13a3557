//! Zola.
//!
//! Source: its components `content`, `config` and `utils`, of version 0.22.

use std::sync::Arc;

use globset::GlobSet;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey, detect::RootCandidate,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, ending, join, name, parent},
    text::{SlugStyle, zola_slug},
};

pub(super) static ZOLA: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Zola,
    configs: &["config.toml", "zola.toml"],
    variant: None,
    is_config: is_zola,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks],
    setup,
};

/// Hugo has a config of the same name, with `baseURL`.
fn is_zola(folder: &RootCandidate<'_>, path: &str) -> bool {
    let root = folder.read(path).and_then(|text| super::setup::tree_of(path, &text).root);
    path == "zola.toml" || root.is_some_and(|root| root.get("base_url").is_some())
}

#[derive(Debug)]
struct Zola {
    content: Box<str>,
    /// Files that the config leaves out.
    ignored: GlobSet,
    languages: Vec<Box<str>>,
    paths: Slugs,
    keeps_dates: bool,
    /// The paths of taxonomies, each after a slash and without a language; `None` where the config is not known.
    taxonomies: Option<Vec<String>>,
    /// Whether a theme is named that is not there, so that its files are not known.
    has_other_theme: bool,
}

/// What `slugify` says of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slugs {
    /// `on`
    Words,
    /// `safe`: without what is not allowed in the names of files.
    Safe,
    /// `off`
    Kept,
}

impl Slugs {
    fn of(config: Option<&Node>, key: &str) -> Self {
        match config.and_then(|config| config.get("slugify")?.get(key)?.text()) {
            Some("safe") => Self::Safe,
            Some("off") => Self::Kept,
            _ => Self::Words,
        }
    }

    /// A part of a path; `None` where letters are replaced that Zola takes from a table.
    fn part(self, name: &str) -> Option<String> {
        match self {
            Self::Words => zola_slug(name),
            Self::Safe => Some(name.trim_end_matches([' ', '.']).replace(is_unsafe, "")),
            Self::Kept => Some(name.to_owned()),
        }
    }
}

fn is_unsafe(c: char) -> bool {
    r#"<>:"/\|?*"#.contains(c)
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    let root = setup.root();
    let get = |key: &str| root.as_ref().and_then(|root| root.get(key));
    let theme = get("theme").and_then(Node::text).map(|theme| format!("themes/{theme}"));
    let of_theme = theme.as_ref().map(|theme| format!("{theme}/static"));
    let statics: Vec<&str> = ["static"].into_iter().chain(of_theme.as_deref()).collect();
    setup.defaults(&[("content", "")], &statics, RouteForm::Slash, SlugStyle::Zola);
    setup.url(get("base_url").and_then(Node::text), None);
    setup.default_language(get("default_language").and_then(Node::text));
    setup.layout.slugs = anchors(root.as_ref());
    let languages = get("languages").map_or(&[][..], Node::entries).iter();
    let languages = languages.filter_map(|entry| Some(entry.key.text()?.into())).collect();
    let ignored = get("ignored_content").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    let ignored = super::setup::loose_globs(ignored);
    setup.templates(&["templates", "themes/*/templates"], &["html", "md"], shortcode);
    // What Zola puts in the place of `<!-- more -->`.
    Arc::make_mut(&mut setup.layout.template_ids).insert("continue-reading".into());
    Arc::make_mut(&mut setup.layout.plain_parts).extend(BUILT_IN.map(Box::from));
    Arc::new(Zola {
        content: setup.path("content").unwrap_or_default().into(),
        ignored,
        languages,
        paths: Slugs::of(root.as_ref(), "paths"),
        keeps_dates: get("slugify").and_then(|it| it.get("paths_keep_dates")?.as_bool()) == Some(true),
        taxonomies: root.as_ref().map(taxonomies),
        has_other_theme: theme.is_some_and(|theme| setup.names(&theme).is_empty()),
    })
}

/// Shortcodes of Zola's own, of all versions.
const BUILT_IN: [&str; 4] = ["youtube", "vimeo", "streamable", "gist"];

/// The name of the shortcode that a template is.
fn shortcode(path: &str) -> Option<&str> {
    let is_one = parent(path).split('/').any(|folder| folder == "shortcodes");
    name(path).split('.').next().filter(|_| is_one)
}

/// How anchors are made. Typographic punctuation and emojis, which the config turns on, stay unless they are slugged.
fn anchors(config: Option<&Node>) -> SlugStyle {
    let is_on = |key: &str| config.and_then(|it| it.get("markdown")?.get(key)?.as_bool()) == Some(true);
    match Slugs::of(config, "anchors") {
        _ if is_on("render_emoji") => SlugStyle::Any,
        Slugs::Words => SlugStyle::Zola,
        _ if is_on("smart_punctuation") => SlugStyle::Any,
        _ => SlugStyle::ZolaSafe,
    }
}

/// The paths of all taxonomies that the config names, in any language. One whose path is not known stands for all paths.
fn taxonomies(config: &Node) -> Vec<String> {
    let top = config.get("taxonomy_root").and_then(Node::text).map_or("", |root| root.trim_matches('/'));
    let top = if top.is_empty() { String::new() } else { format!("/{top}") };
    let slugs = Slugs::of(Some(config), "taxonomies");
    let languages = config.get("languages").map_or(&[][..], Node::entries);
    let lists = languages.iter().filter_map(|entry| entry.value.get("taxonomies"));
    let all = config.get("taxonomies").into_iter().chain(lists).flat_map(Node::items);
    let names = all.filter_map(|it| it.get("name")?.text());
    names.map(|name| slugs.part(name).map_or_else(String::new, |slug| format!("{top}/{slug}"))).collect()
}

/// `2024-05-06-tides` or `2024-05-06_tides`: what follows the date. `None` where there is a time, too.
fn without_date(name: &str) -> Option<&str> {
    let number = |range: std::ops::Range<usize>| {
        let digits = name.get(range).filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|digits| digits.parse::<u16>().ok())
    };
    let is_date = number(0..4).is_some()
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
        && [4, 7].iter().all(|&at| name.as_bytes()[at] == b'-');
    let Some(rest) = name.get(10..).filter(|_| is_date) else { return Some(name) };
    if rest.starts_with('T') {
        return None;
    }
    let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    Some(rest.strip_prefix(['-', '_']).filter(|rest| !rest.is_empty()).unwrap_or(name))
}

impl Zola {
    /// The name and the language of a file.
    fn language<'n>(&self, stem: &'n str) -> (&'n str, String) {
        let parts = stem.split_once('.').filter(|(_, code)| self.languages.iter().any(|it| **it == **code));
        parts.map_or((stem, String::new()), |(stem, code)| (stem, format!("/{code}")))
    }

    /// The last part of the path of a page that is not that of a folder.
    fn slug(&self, page: &PageSource<'_>, name: &str) -> Option<String> {
        let given = page.text("slug");
        let of_name = || if self.keeps_dates { Some(name) } else { without_date(name) };
        self.paths.part(given.or_else(of_name)?)
    }
}

impl Generator for Zola {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        // The patterns are for whole paths.
        if self.ignored.is_match(format!("/{}", page.path)) {
            return None;
        }
        let is_published = page.flag("draft") != Some(true) && page.flag("render") != Some(false);
        let (stem, prefix) = self.language(page.stem());
        let is_section = stem == "_index";
        if let Some(path) = page.text("path").filter(|_| !is_section) {
            return Some(Route::at(format!("/{}/", path.trim().trim_matches('/'))).published(is_published));
        }
        // The names of folders stay as they are.
        let folder = page.folder_path();
        let is_bundle = stem == "index";
        if is_section || is_bundle && folder.is_empty() {
            return Some(Route::at(format!("{prefix}{folder}/")).published(is_published));
        }
        let (folder, stem) = if is_bundle { (parent(&folder), name(&folder)) } else { (&*folder, stem) };
        let route = match self.slug(page, stem) {
            Some(slug) => Route::at(format!("{prefix}{folder}/{slug}/")),
            None => Route::open(&format!("{prefix}{folder}")),
        };
        Some(route.published(is_published))
    }

    /// `@/` is the folder of pages.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        match link.start {
            Start::Content => {
                LinkReading::Files(join(&self.content, link.path).into_iter().collect(), Otherwise::Missing)
            }
            _ => LinkReading::Url,
        }
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        let is_language = self.languages.iter().any(|code| **code == *first);
        let below = if is_language { &path[1 + first.len()..] } else { path };
        let Some(taxonomies) = &self.taxonomies else { return true };
        let is_below = |taxonomy: &String| {
            below.strip_prefix(&**taxonomy).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let last = name(path.trim_end_matches('/'));
        let ending = ending(last);
        taxonomies.iter().any(is_below)
            || path.contains("/page/")
            || last.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(&*ending, "xml" | "css" | "js" | "json")
            || matches!(below, "/404.html" | "/robots.txt")
            || first == "processed_images"
            || self.has_other_theme && !matches!(&*ending, "" | "html" | "md")
    }

    fn old_paths_key(&self) -> Option<&'static str> {
        Some("aliases")
    }
}

#[cfg(test)]
mod tests {
    use super::{Slugs, without_date};

    #[test]
    fn names_become_parts_of_paths() {
        for (name, part) in [
            ("2024-05-06-ebb", Some("ebb")),
            ("2024-05-06 _ebb", Some("ebb")),
            ("2024-5-6-ebb", Some("2024-5-6-ebb")),
            ("2024-13-06-ebb", Some("2024-13-06-ebb")),
            ("2024-05-06", Some("2024-05-06")),
            ("2024-05-06T10:00:00Z-ebb", None),
            ("größe", Some("größe")),
        ] {
            assert_eq!(without_date(name), part);
        }
        let parts = |name| [Slugs::Words, Slugs::Safe, Slugs::Kept].map(|it| it.part(name));
        assert_eq!(
            parts("Low Tide? ").map(Option::unwrap_or_default),
            ["low-tide", "Low Tide", "Low Tide? "]
        );
        assert_eq!(parts("日本")[0], None);
    }
}
