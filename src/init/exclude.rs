//! Pages in the folder of a group that are something else.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{GroupReach, PageGroup, escaped, folder_and_name, has_keys, stem};
use crate::site::{Page, urls};

/// So many pages without front matter have a folder to themselves because they are parts of others, and none of them was
/// forgotten.
const MIN_PARTS: usize = 3;

/// Leaves pages out of a group that are something else: `sections`, which stand for folders, those of other collections
/// among `all`, folders of pages without front matter, and files about the repository.
pub(super) fn leave_out(group: &mut PageGroup<'_>, sections: &[&Page], all: &[Page]) {
    let kept: BTreeSet<&str> = group.pages.iter().map(|page| folder_and_name(page).1).collect();
    let mut globs: BTreeSet<String> = sections
        .iter()
        .filter(|page| is_inside(page, group))
        .map(|page| match folder_and_name(page) {
            (folder, name) if kept.contains(name) => escaped(&format!("{folder}/{name}")),
            (_, name) => format!("**/{name}"),
        })
        .collect();
    let own = own_folders(group);
    let others = all.iter().filter(|page| page.collection.is_some() && is_inside(page, group));
    globs.extend(others.map(|page| match highest(page, group, &own) {
        Some(folder) => format!("{}/**", escaped(folder)),
        None => escaped(&page.path.to_string_lossy()),
    }));
    let bare = group.pages.iter().filter(|page| !has_keys(page));
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in bare.filter_map(|page| highest(page, group, &own)) {
        *parts.entry(folder).or_default() += 1;
    }
    parts.retain(|_, pages| *pages >= MIN_PARTS);
    globs.extend(parts.keys().map(|folder| format!("{}/**", escaped(folder))));
    let is_about_repository = |page: &Page| !has_keys(page) && is_in_capitals(stem(folder_and_name(page).1));
    let files = group.pages.iter().filter(|page| is_about_repository(page));
    globs.extend(files.map(|page| escaped(&page.path.to_string_lossy())));
    let is_part = |page: &Page| highest(page, group, &own).is_some_and(|folder| parts.contains_key(folder));
    let pages = group.pages.iter().filter(|page| !is_about_repository(page) && !is_part(page));
    group.pages = pages.copied().collect();
    group.exclude.extend(globs);
}

/// Whether the glob of a group would match a page.
fn is_inside(page: &Page, group: &PageGroup<'_>) -> bool {
    let rest = folder_and_name(page).0.strip_prefix(&*group.folder);
    rest.is_some_and(|rest| match group.reach {
        GroupReach::Inside => rest.is_empty(),
        GroupReach::Below => group.folder.is_empty() || rest.is_empty() || rest.starts_with('/'),
    })
}

/// The folders that pages of a group with front matter are in, and those above.
fn own_folders<'a>(group: &PageGroup<'a>) -> BTreeSet<&'a str> {
    let mut own = BTreeSet::from([""]);
    for page in group.pages.iter().copied().filter(|page| has_keys(page)) {
        let mut folder = folder_and_name(page).0;
        while own.insert(folder) {
            folder = urls::parent(folder);
        }
    }
    own
}

/// The highest folder that a page is in and that no page of the group with front matter is in or below.
fn highest<'p>(page: &'p Page, group: &PageGroup<'_>, own: &BTreeSet<&str>) -> Option<&'p str> {
    let mut highest = None;
    let mut folder = folder_and_name(page).0;
    while !own.contains(folder) && folder.len() > group.folder.len() {
        highest = Some(folder);
        folder = urls::parent(folder);
    }
    highest
}

/// Whether a file has a name such as `CODE_OF_CONDUCT`.
fn is_in_capitals(stem: &str) -> bool {
    const SHORTEST: usize = 3;
    stem.len() >= SHORTEST && stem.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
}
