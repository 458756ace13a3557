//! Unknown and missing keys of one mapping, seen together: most are one key spelled two ways.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::annotation::Annotations;
use super::branches::{Leaf, Problem};
use super::location::CheckedPage;
use super::{Violation, ViolationKind, describe};
use crate::fix::Applicability;
use crate::text::nearest;

/// Unknown keys of one mapping that are compared with the missing ones.
const MAX_COMPARED: usize = 100;

/// What the unknown keys of a page are taken for.
pub(super) struct UnknownKeys<'e> {
    /// By mapping and unknown key: the key that was meant.
    meant: HashMap<(&'e str, &'e str), Meant<'e>>,
    /// By mapping and missing key: those that an unknown one is taken for.
    absorbed: HashSet<(&'e str, &'e str)>,
    /// By mapping: the keys that may be there and do not.
    free: HashMap<&'e str, Vec<&'e str>>,
}

#[derive(Debug, Clone, Copy)]
struct Meant<'e> {
    key: &'e str,
    required: bool,
    likeness: Likeness,
}

/// Why an unknown key is taken for a missing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// They look alike.
    Near,
    /// It is the only one unknown, the other the only one missing.
    LastPair,
}

impl Likeness {
    fn trust(self) -> Applicability {
        match self {
            Self::Near => Applicability::Safe,
            Self::LastPair => Applicability::Unsafe,
        }
    }
}

/// The unknown and missing keys of one mapping.
#[derive(Default)]
struct Group<'e> {
    unknown: Vec<&'e str>,
    missing: Vec<&'e str>,
    /// The schemas that refuse the unknown ones.
    schemas: Vec<&'e Value>,
}

impl<'e> UnknownKeys<'e> {
    /// Pairs the unknown keys of each mapping with keys that it lacks.
    pub(super) fn pair(page: &CheckedPage<'_>, annotations: Annotations<'e>, leaves: &[Leaf<'e>]) -> Self {
        let mut groups: HashMap<&'e str, Group<'e>> = HashMap::new();
        for leaf in leaves {
            match &leaf.problem {
                Problem::Unknown(keys) => {
                    let group = groups.entry(leaf.path).or_default();
                    group.unknown.extend(keys);
                    group.schemas.push(annotations.owner(&leaf.keyword));
                }
                Problem::Missing(key) => groups.entry(leaf.path).or_default().missing.push(key),
                _ => {}
            }
        }
        let mut keys = Self { meant: HashMap::new(), absorbed: HashSet::new(), free: HashMap::new() };
        for (path, group) in groups.into_iter().filter(|(_, group)| !group.unknown.is_empty()) {
            keys.pair_mapping(page, annotations, path, &group);
        }
        keys
    }

    fn pair_mapping(
        &mut self,
        page: &CheckedPage<'_>,
        annotations: Annotations<'e>,
        path: &'e str,
        group: &Group<'e>,
    ) {
        let place = page.place(path);
        let present: HashSet<&str> =
            place.node.entries().iter().filter_map(|entry| entry.key.text()).collect();
        let known = group.schemas.iter().flat_map(|schema| annotations.properties(schema));
        let mut seen = HashSet::new();
        let absent = group.missing.iter().copied().chain(known);
        let mut free: Vec<&'e str> =
            absent.filter(|key| !present.contains(key) && seen.insert(*key)).collect();
        for unknown in group.unknown.iter().copied().take(MAX_COMPARED) {
            let renamed = (group.unknown.len() == 1 && group.missing.len() == 1).then(|| group.missing[0]);
            let near = nearest(unknown, free.iter().copied());
            let likeness = if near.is_some() { Likeness::Near } else { Likeness::LastPair };
            let Some(key) = near.or(renamed) else { continue };
            free.retain(|free| *free != key);
            let required = group.missing.contains(&key);
            if required {
                self.absorbed.insert((path, key));
            }
            self.meant.insert((path, unknown), Meant { key, required, likeness });
        }
        self.free.insert(path, free);
    }

    /// Whether a leaf says that a key is missing which an unknown one is taken for.
    pub(super) fn absorbs(&self, leaf: &Leaf<'e>) -> bool {
        matches!(leaf.problem, Problem::Missing(key) if self.absorbed.contains(&(leaf.path, key)))
    }

    /// The findings of a leaf about unknown keys.
    pub(super) fn unknown<'k>(
        &'k self,
        page: &'k CheckedPage<'k>,
        leaf: &'k Leaf<'e>,
    ) -> impl Iterator<Item = Violation> + 'k {
        let keys: &[&'e str] = match &leaf.problem {
            Problem::Unknown(keys) => keys,
            _ => &[],
        };
        let place = page.place(leaf.path);
        keys.iter().copied().map(move |key| {
            let meant = self.meant.get(&(leaf.path, key)).copied();
            let suggestion = meant.map(|meant| meant.key.into());
            let kind = ViolationKind::UnknownKey { key: key.into(), suggestion };
            let message = format!("unknown key {} in {}", describe::quoted(key), place.mapping_name());
            let mut finding = Violation::new(kind, place.entry(key), place.path.clone(), message);
            finding.help = self.help(leaf.path, meant);
            finding.fix = meant.and_then(|meant| place.rename(key, meant.key, meant.likeness.trust()));
            let likeness = meant.map(|meant| meant.likeness);
            finding.gap =
                (likeness != Some(Likeness::Near)).then(|| describe::dotted(&place.path, [key]).into());
            finding
        })
    }

    fn help(&self, path: &str, meant: Option<Meant<'_>>) -> Option<String> {
        if let Some(Meant { key, likeness: Likeness::LastPair, .. }) = meant {
            return Some(format!("{} is missing: rename this key if it is meant", describe::quoted(key)));
        }
        if let Some(Meant { key, required, .. }) = meant {
            let missing = if required { ", which is required" } else { "" };
            return Some(format!("did you mean {}{missing}?", describe::quoted(key)));
        }
        let free = describe::each_quoted(self.free.get(path)?);
        (!free.is_empty()).then(|| format!("allowed keys: {}", describe::all(&free)))
    }
}
