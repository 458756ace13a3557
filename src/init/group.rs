//! Pages that belong together: those of a folder whose front matter has much the same keys.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::Path,
};

use super::exclude::leave_out;
use crate::{
    data::Node,
    site::{Page, urls},
};

/// The fewest pages of a collection: of fewer, nothing can be said about what is usual.
const MIN_PAGES: usize = 5;

/// The names of pages that stand for their folder.
const INDEX_NAMES: [&str; 3] = ["index", "_index", "README"];

/// The longest ending of a file name that is a language: `index.pt-br.md`.
const MAX_LANGUAGE: usize = 7;

/// Pages of one kind in one folder.
#[derive(Debug)]
pub(super) struct PageGroup<'a> {
    /// The folder, relative to the site's root, with `/`; empty for the root.
    pub(super) folder: String,
    /// The pages, by path.
    pub(super) pages: Vec<&'a Page>,
    /// Where in the folder they are.
    pub(super) reach: GroupReach,
    /// Globs of pages in the folder that are not of this kind.
    pub(super) exclude: Vec<String>,
}

/// Where the pages of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupReach {
    /// Anywhere below the folder.
    Below,
    /// In the folder itself.
    Inside,
}

/// A page and the folder that it counts as being in.
struct Member<'a> {
    page: &'a Page,
    folder: Vec<&'a str>,
    keys: BTreeSet<&'a str>,
}

/// What a page is in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// One of the pages in the folder.
    Page,
    /// The folder is this page with its files.
    Folder,
    /// Something other than the pages in the folder: a page that lists them, or a file of a page.
    Section,
}

/// The pages of the folders of a site.
#[derive(Default)]
struct Folders<'a> {
    /// By folder, the names of the pages in it, without languages.
    stems: HashMap<&'a str, BTreeSet<&'a str>>,
    /// Folders that have pages in folders below.
    parents: HashSet<&'a str>,
    /// By folder, how many of the folders in it have an index and nothing else, and how many one with other pages.
    bundles: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Folders<'a> {
    fn of(pages: &[&'a Page]) -> Self {
        let mut folders = Self::default();
        for page in pages {
            let (folder, name) = folder_and_name(page);
            folders.stems.entry(folder).or_default().insert(stem(name));
            folders.parents.extend(std::iter::successors(parent(folder), |it| parent(it)));
        }
        for (folder, stems) in folders.stems.iter().filter(|(_, stems)| stems.contains("index")) {
            let (alone, with_others) = folders.bundles.entry(parent(folder).unwrap_or_default()).or_default();
            *(if stems.len() == 1 { alone } else { with_others }) += 1;
        }
        folders
    }

    fn role(&self, folder: &str, stem: &str) -> Role {
        let is_alone = self.stems.get(folder).is_none_or(|stems| stems.len() == 1);
        let is_leaf = !folder.is_empty() && !self.parents.contains(folder);
        let bundles = parent(folder).and_then(|parent| self.bundles.get(parent));
        let is_bundle =
            is_leaf && bundles.is_some_and(|(alone, with_others)| *alone > MIN_PAGES.max(2 * with_others));
        match stem {
            "_index" if is_alone && is_leaf => Role::Folder,
            "_index" => Role::Section,
            "index" if is_bundle => Role::Folder,
            _ if INDEX_NAMES.contains(&stem) && is_alone && !folder.is_empty() => Role::Folder,
            _ if INDEX_NAMES.contains(&stem) => Role::Section,
            _ if is_bundle && self.stems.get(folder).is_some_and(|stems| stems.contains("index")) => {
                Role::Section
            }
            _ => Role::Page,
        }
    }
}

/// The folder that a folder is in; the root is in none.
fn parent(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| urls::parent(folder))
}

/// The name of a file without its ending, and that of an index without its language, too.
pub(super) fn stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.split_once('.') {
        Some((index, language)) if INDEX_NAMES.contains(&index) && language.len() <= MAX_LANGUAGE => index,
        _ => stem,
    }
}

/// Groups pages that no collection has yet.
pub(super) fn groups(all: &[Page]) -> Vec<PageGroup<'_>> {
    let pages: Vec<&Page> = all.iter().filter(|page| page.collection.is_none()).collect();
    let folders = Folders::of(&pages);
    let mut members = Vec::new();
    let mut sections: Vec<&Page> = Vec::new();
    for page in pages {
        let (folder, name) = folder_and_name(page);
        let mut folder_parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        match folders.role(folder, stem(name)) {
            Role::Page => {}
            Role::Folder => drop(folder_parts.pop()),
            Role::Section => {
                sections.push(page);
                continue;
            }
        }
        members.push(Member { page, folder: folder_parts, keys: keys(page) });
    }
    let mut groups = Vec::new();
    split(&members.iter().collect::<Vec<_>>(), 0, &mut groups);
    // A page belongs to the first collection that has it.
    groups.sort_by(|a, b| {
        b.folder
            .matches('/')
            .count()
            .cmp(&a.folder.matches('/').count())
            .then_with(|| a.folder.cmp(&b.folder))
    });
    for group in &mut groups {
        leave_out(group, &sections, all);
    }
    groups
}

/// A path as a glob that matches nothing else.
pub(super) fn escaped(path: &str) -> String {
    let mut glob = String::new();
    for c in path.chars() {
        if "*?[]{}!\\".contains(c) {
            glob.extend(['[', c, ']']);
        } else {
            glob.push(c);
        }
    }
    glob
}

/// Adds the groups of pages whose folders agree in their first `depth` parts.
fn split<'a>(members: &[&Member<'a>], depth: usize, groups: &mut Vec<PageGroup<'a>>) {
    if members.len() < MIN_PAGES {
        return;
    }
    let mut parts: BTreeMap<Option<&str>, Vec<&Member<'a>>> = BTreeMap::new();
    for &member in members {
        parts.entry(member.folder.get(depth).copied()).or_default().push(member);
    }
    if let Some((Some(_), only)) = parts.iter().next().filter(|_| parts.len() == 1) {
        return split(only, depth + 1, groups);
    }
    let strays = strays(&parts);
    let mut large = parts.iter().filter(|(_, part)| part.len() >= MIN_PAGES);
    if let (Some((Some(_), only)), None) = (large.next(), large.next()) {
        let known = groups.len();
        split(only, depth + 1, groups);
        if groups.len() > known + 1 || (groups.len() > known && !strays.is_empty()) {
            return;
        }
        groups.truncate(known);
    }
    if are_alike(parts.values().filter(|part| part.len() >= MIN_PAGES)) {
        let kept: Vec<&Member<'a>> =
            members.iter().filter(|member| !strays.contains(&&*member.page.path)).copied().collect();
        groups.extend(group(&kept).map(|group| {
            let folder = group.folder.clone();
            let inside = strays.into_iter().filter(|path| path.starts_with(&folder));
            let exclude = inside.map(|path| escaped(&path.to_string_lossy())).collect();
            PageGroup { exclude, ..group }
        }));
        return;
    }
    for (name, part) in parts {
        match name {
            Some(_) => split(&part, depth + 1, groups),
            None => groups.extend(flat_group(&part)),
        }
    }
}

/// The pages of small folders whose keys are not those of the largest folder: less than half of the keys that its pages
/// usually have.
fn strays<'a>(parts: &BTreeMap<Option<&str>, Vec<&Member<'a>>>) -> BTreeSet<&'a Path> {
    let Some(largest) = parts.values().max_by_key(|part| part.len()) else { return BTreeSet::new() };
    let usual: BTreeSet<&str> = KeyCounts::of(largest).usual().collect();
    let small = parts.values().filter(|part| part.len() < MIN_PAGES && !std::ptr::eq(*part, largest));
    let is_other = |member: &&&Member<'a>| {
        !member.keys.is_empty() && member.keys.intersection(&usual).count() * 2 < usual.len()
    };
    small.flatten().filter(is_other).map(|member| &*member.page.path).collect()
}

/// Whether folders have much the same keys: at least half of those that the pages of two usually have occur in both.
fn are_alike<'p, 'a: 'p>(parts: impl Iterator<Item = &'p Vec<&'p Member<'a>>>) -> bool {
    let keys: Vec<KeyCounts<'_>> = parts.map(|part| KeyCounts::of(part)).collect();
    let Some(largest) = keys.iter().max_by_key(|keys| keys.pages) else { return true };
    keys.iter().all(|keys| {
        let usual: BTreeSet<&str> = keys.usual().chain(largest.usual()).collect();
        usual.iter().filter(|key| keys.has(key) && largest.has(key)).count() * 2 >= usual.len()
    })
}

/// On how many pages of a folder each key is.
struct KeyCounts<'a> {
    pages: usize,
    counts: HashMap<&'a str, usize>,
}

impl<'a> KeyCounts<'a> {
    fn of(members: &[&Member<'a>]) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for key in members.iter().flat_map(|member| &member.keys) {
            *counts.entry(key).or_default() += 1;
        }
        Self { pages: members.len(), counts }
    }

    /// The keys of at least half of the pages.
    fn usual(&self) -> impl Iterator<Item = &'a str> {
        self.counts.iter().filter(|(_, count)| *count * 2 >= self.pages).map(|(key, _)| *key)
    }

    /// Whether at least one of twenty pages has a key.
    fn has(&self, key: &str) -> bool {
        self.counts.get(key).is_some_and(|count| count * 20 >= self.pages)
    }
}

/// The pages that are in a folder itself, if there are enough of them; those below it are something else.
fn flat_group<'a>(members: &[&Member<'a>]) -> Option<PageGroup<'a>> {
    let is_inside = |member: &&&Member<'a>| folder_and_name(member.page).0 == member.folder.join("/");
    let inside: Vec<&Member<'a>> = members.iter().filter(is_inside).copied().collect();
    let group = group(&inside).filter(|group| group.pages.len() >= MIN_PAGES)?;
    Some(PageGroup { reach: GroupReach::Inside, ..group })
}

/// The pages in the folder that has all pages with front matter; nothing if hardly any has keys.
fn group<'a>(members: &[&Member<'a>]) -> Option<PageGroup<'a>> {
    KeyCounts::of(members).usual().next()?;
    let mut with_keys = members.iter().filter(|member| !member.keys.is_empty());
    let first = with_keys.next()?;
    let common = with_keys.fold(&*first.folder, |common, member| {
        let same = common.iter().zip(&member.folder).take_while(|(one, other)| one == other).count();
        &common[..same]
    });
    let inside = members.iter().filter(|member| member.folder.starts_with(common));
    Some(PageGroup {
        folder: common.join("/"),
        pages: inside.map(|member| member.page).collect(),
        reach: GroupReach::Below,
        exclude: vec![],
    })
}

/// Whether a page has keys in its front matter.
pub(super) fn has_keys(page: &Page) -> bool {
    page.root().is_some_and(|root| !root.entries().is_empty())
}

fn keys(page: &Page) -> BTreeSet<&str> {
    let entries = page.root().map_or(&[][..], Node::entries);
    entries.iter().filter_map(|entry| entry.key.as_str()).collect()
}

/// The folder of a page and the name of its file.
pub(super) fn folder_and_name(page: &Page) -> (&str, &str) {
    let path = page.path.to_str().unwrap_or_default();
    (urls::parent(path), urls::name(path))
}
