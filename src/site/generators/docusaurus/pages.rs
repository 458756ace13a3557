//! Where the pages of a Docusaurus site appear, and how their links are read.

use super::{Docusaurus, Role, Share};
use crate::{
    data::Node,
    site::{
        generators::{
            Generator, GeneratorLink, LinkReading, Otherwise, PageSource, Route, Start, Survey, slugs,
            source::{TermStyle, dated, ends_in},
        },
        urls::{Mount, join, join_route, name, parent},
    },
};

impl Docusaurus {
    fn part(&self, folder: &str) -> Option<&Share> {
        self.parts.iter().find(|part| *part.folder == *folder)
    }

    fn part_of(&self, path: &str) -> Option<&Share> {
        let fitting = self.parts.iter().filter(|part| Mount::new(&part.folder, "").below(path).is_some());
        fitting.max_by_key(|part| part.folder.len())
    }

    fn docs(page: &PageSource<'_>, keeps_numbers: bool) -> String {
        let bare = |name| if keeps_numbers { name } else { without_number(name) };
        let folders: Vec<&str> = page.folders().map(bare).collect();
        let at = &*page.mount.at;
        let folder = format!("{at}/{}", folders.join("/"));
        let folder = folder.trim_end_matches('/');
        if let Some(slug) = page.text("slug") {
            // Below the base of the set where it begins with a slash, and else beside the page.
            let path = if slug.starts_with('/') { join_route(at, slug) } else { join_route(folder, slug) };
            // A slash at its end stays.
            return if slug.ends_with('/') {
                page.folder_route(path.trim_end_matches('/'))
            } else {
                page.formed(&path)
            };
        }
        let stem = page.stem();
        let is_index = stem.eq_ignore_ascii_case("index")
            || stem.eq_ignore_ascii_case("readme")
            // The numbers in front of both count.
            || page.folders().next_back().is_some_and(|it| it.eq_ignore_ascii_case(stem));
        if is_index {
            return page.folder_route(folder);
        }
        let name = page.text("id").unwrap_or_else(|| bare(stem));
        page.formed(&join_route(folder, name))
    }

    fn blog(page: &PageSource<'_>) -> String {
        let at = &*page.mount.at;
        if let Some(slug) = page.text("slug") {
            return page.formed(&join_route(at, slug));
        }
        let mut path = page.below.strip_suffix(&format!("/{}", page.name())).unwrap_or_default().to_owned();
        // In the folder of a day, the name of the file is what comes after the day.
        let is_day = |text: &str| dated(&format!("{text}-x")).is_some_and(|(_, rest)| rest == "x");
        let in_folders = || path.splitn(4, '/').count() == 3 && is_day(&path.replace('/', "-"));
        if name(&path) == path && is_day(&path) && page.stem() == "index" {
            path.push_str("-index");
        } else if page.stem() != "index" || in_folders() {
            path = join(&path, page.stem()).unwrap_or_default();
        }
        // A date, in one name or in folders, is put in front of what comes before it.
        let parts: Vec<&str> = path.split('/').collect();
        for (index, part) in parts.iter().enumerate() {
            let rest = parts[index + 1..].join("/");
            let (date, name) = match dated(part) {
                Some((date, name)) => (date, join(name, &rest).unwrap_or_default()),
                None => match folders_date(&parts[index..]) {
                    Some(found) => found,
                    None => continue,
                },
            };
            let before = parts[..index].join("/");
            return page.formed(&join_route(at, &format!("{}/{before}/{name}", date.strftime("%Y/%m/%d"))));
        }
        page.formed(&join_route(at, &path))
    }
}

/// `2024/03/05/x` or `2024/03-05-x`: the date and the rest.
fn folders_date(parts: &[&str]) -> Option<(jiff::civil::Date, String)> {
    let joined = parts.join("-");
    let has_year = parts.first()?.len() == 4 && parts.len() > 1;
    let (date, _) = dated(&joined).filter(|_| has_year)?;
    let rest = match parts {
        [_, _, day, rest @ ..] if day.len() <= 2 => rest.join("/"),
        [_, month, rest @ ..] => join(month.splitn(3, '-').nth(2)?, &rest.join("/"))?,
        _ => return None,
    };
    (!rest.is_empty()).then_some((date, rest))
}

/// The paths that a file gives tags, below that of the list of tags.
pub(super) fn named_tags(root: &Node) -> impl Iterator<Item = String> {
    let paths = root.entries().iter().filter_map(|entry| entry.value.get("permalink")?.text());
    paths.map(|path| format!("/{}", path.trim_matches('/')))
}

/// The page that a category gets, by its file.
pub(super) fn category(root: &Node, folder: &str) -> Option<String> {
    let link = root.get("link")?;
    if link.get("type")?.text()? != "generated-index" {
        return None;
    }
    if let Some(slug) = link.get("slug").and_then(Node::text) {
        return Some(join_route("", slug));
    }
    let name = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
    let label = root.get("label").and_then(Node::text).unwrap_or_else(|| without_number(name));
    Some(category_path(label))
}

/// The path of the page of a category, by its label.
pub(super) fn category_path(label: &str) -> String {
    format!("/category/{}", slugs::github(label))
}

/// `01-tides`, `1. Tides`: the name without the number that puts it in order. A version such as `7.0` or a date such as
/// `2021-11` is none.
pub(super) fn without_number(name: &str) -> &str {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &name[digits(name)..];
    let bare = rest.trim_start().trim_start_matches(['-', '_', '.']).trim_start();
    let is_number = rest.len() < name.len() && rest.trim_start().starts_with(['-', '_', '.']);
    let is_dotted = rest.starts_with(['-', '_', '.']) && digits(&rest[1..]) > 0;
    if is_number && !is_dotted && !bare.is_empty() { bare } else { name }
}

impl Generator for Docusaurus {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let part = self.part(&page.mount.folder);
        let set = part.and_then(|part| self.sets.get(part.set));
        if set.is_some_and(|set| set.excluded.is_match(page.below)) {
            return None;
        }
        let canonical = match part.map_or(Role::Docs, |part| part.role) {
            Role::Docs => Self::docs(page, set.is_some_and(|set| set.keeps_numbers)),
            Role::Blog => Self::blog(page),
            Role::Pages => {
                let folder = page.folder_path();
                let folder = format!("{}{folder}", page.mount.at);
                match page.text("slug") {
                    Some(slug) => page.formed(&join_route(&page.mount.at, slug)),
                    None if page.stem() == "index" => page.folder_route(&folder),
                    None => page.formed(&format!("{folder}/{}", page.stem())),
                }
            }
        };
        let mut route = Route::at(canonical).published(page.flag("draft") != Some(true));
        // Pages that are not translated are in each locale as they are.
        if part.is_some_and(|part| part.locale.is_empty()) {
            route.others = self.locales.iter().map(|locale| format!("{locale}{}", route.canonical)).collect();
        }
        Some(route)
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let is_file = ends_in(link.path, &["md", "mdx"]);
        if link.start == Start::Sources {
            return LinkReading::Files(
                join(&link.layout.root, link.path).into_iter().collect(),
                Otherwise::Missing,
            );
        }
        if !is_file {
            // Other pages take the file in, and browsers read the path from theirs.
            let is_part = link.start == Start::Page && name(link.from).starts_with('_');
            return if is_part { LinkReading::Unknown } else { LinkReading::Url };
        }
        let folder = parent(link.from);
        let part = self.part_of(link.from);
        let mut bases: Vec<&str> = if link.start == Start::Page { vec![folder] } else { vec![] };
        // With dots in front, a path is read from the folder of the page alone (`markdownLinks.ts` of
        // `@docusaurus/utils`).
        if !link.path.starts_with("./") && !link.path.starts_with("../") {
            bases.extend(part.iter().flat_map(|part| [&*part.folder, &*part.original]));
            bases.push(&link.layout.root);
        }
        // A set of docs knows its own files only.
        let is_own = |path: &String| match (part, self.part_of(path)) {
            (Some(part), Some(other)) => part.set == other.set,
            _ => true,
        };
        let files = bases.into_iter().filter_map(|base| join(base, link.path));
        LinkReading::Files(files.filter(is_own).collect(), Otherwise::Missing)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["js", "jsx", "ts", "tsx", "mdx"]
    }

    fn other_folders(&self) -> Vec<&str> {
        self.archived.iter().map(|folder| &**folder).collect()
    }

    fn owns(&self, path: &str) -> bool {
        let is_below =
            |part: &Share| !part.base.is_empty() && crate::site::urls::below(&part.base, path).is_some();
        self.parts.iter().any(is_below)
    }

    fn stops_at_broken_links(&self) -> bool {
        self.stops_at_broken_links
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix(".html").filter(|_| self.has_html).unwrap_or(path);
        let bare = self.locales.iter().find_map(|locale| path.strip_prefix(&**locale));
        // The first page of a locale may be a program.
        if bare == Some("") {
            return true;
        }
        let path = bare.filter(|rest| rest.starts_with('/')).unwrap_or(path);
        let is_archived = |base: &str| path == base || crate::site::urls::below(base, path).is_some();
        if self.categories.iter().any(|it| **it == *path)
            || self.archived_paths.iter().any(|base| is_archived(base))
        {
            return true;
        }
        let rest = |part: &Share| {
            path.strip_prefix(&*part.base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_made = |part: &Share| {
            let (Some(rest), Some(set)) = (rest(part), self.sets.get(part.set)) else { return false };
            let below = |list: &str| {
                rest.strip_prefix('/')?.strip_prefix(list).filter(|it| it.is_empty() || it.starts_with('/'))
            };
            let tag = |tags: &str| {
                set.named_tags.contains(tags)
                    || tags
                        .split('/')
                        .nth(1)
                        .is_none_or(|tag| survey.has_term("tags", tag, TermStyle::Docusaurus))
            };
            let is_number = |rest: &str| rest.strip_prefix('/').is_some_and(|it| it.parse::<u32>().is_ok());
            match part.role {
                Role::Pages => false,
                Role::Docs => below(&set.tags).is_some_and(tag),
                Role::Blog => {
                    matches!(rest, "" | "/rss.xml" | "/atom.xml" | "/feed.json")
                        || below(&set.tags).is_some_and(tag)
                        || below(&set.archive) == Some("")
                        || below(&set.authors).is_some()
                        || below(&set.page).is_some_and(is_number)
                }
            }
        };
        self.parts.iter().any(is_made)
            || self.has_search && path == "/search"
            || matches!(path, "/404" | "/404.html" | "/sitemap.xml")
    }
}
