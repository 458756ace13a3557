//! From a tree of validation errors to the few that matter: which branch of an `anyOf` the writer meant.

use std::collections::HashSet;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonTypeSet, ValidationError};
use serde_json::Value;

use super::resources::ResourcePlaces;

/// Errors that are looked at for one page; `anyOf` within `anyOf` multiplies them.
const MAX_ERRORS: usize = 2_000;

/// An error at one place, no longer a choice between branches.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'e> {
    /// JSON pointer into the page's keys.
    pub(super) path: &'e str,
    /// JSON pointer to the keyword in the schema.
    pub(super) keyword: String,
    pub(super) problem: Problem<'e>,
}

/// What a leaf says.
#[derive(Debug, Clone)]
pub(super) enum Problem<'e> {
    /// The value has none of these types.
    Type(JsonTypeSet),
    /// The value is none of these (`enum`, `const`). Merged branches may say one twice.
    Allowed(Vec<&'e Value>),
    /// The mapping lacks this key.
    Missing(&'e str),
    /// The mapping has keys that it may not have.
    Unknown(Vec<&'e str>),
    /// The value has none of these types, and is none of these values.
    Choice(JsonTypeSet, Vec<&'e Value>),
    /// Several branches are equally near; the leaves of each.
    Tie(Vec<Vec<Leaf<'e>>>),
    /// Anything else.
    Other(&'e Kind),
}

impl Leaf<'_> {
    /// How much a writer would have to fix.
    fn weight(&self) -> usize {
        match &self.problem {
            Problem::Unknown(keys) => keys.len(),
            _ => 1,
        }
    }
}

/// Turns errors into leaves. `excused` says which errors do not count after all.
pub(super) struct BranchResolver<'x> {
    left: usize,
    places: &'x ResourcePlaces,
    excused: &'x dyn Fn(&str, &Kind) -> bool,
}

impl<'x> BranchResolver<'x> {
    /// A resolver for the errors of one page.
    pub(super) fn new(places: &'x ResourcePlaces, excused: &'x dyn Fn(&str, &Kind) -> bool) -> Self {
        Self { left: MAX_ERRORS, places, excused }
    }

    /// The leaves of one error.
    pub(super) fn leaves<'e>(&mut self, error: &'e ValidationError<'_>) -> Vec<Leaf<'e>> {
        let path = error.instance_path().as_str();
        if (self.excused)(path, error.kind()) {
            return Vec::new();
        }
        let keyword = self.places.keyword(error);
        let problem = match error.kind() {
            Kind::Type { kind: TypeKind::Single(kind) } => Problem::Type(JsonTypeSet::from(*kind)),
            Kind::Type { kind: TypeKind::Multiple(kinds) } => Problem::Type(*kinds),
            Kind::Enum { options } => Problem::Allowed(options.as_array().into_iter().flatten().collect()),
            Kind::Constant { expected_value } => Problem::Allowed(vec![expected_value]),
            Kind::Required { property: Value::String(key) } => Problem::Missing(key),
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                Problem::Unknown(unexpected.iter().map(String::as_str).collect())
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                return self.choose(error, context);
            }
            other => Problem::Other(other),
        };
        vec![Leaf { path, keyword, problem }]
    }

    /// What a value has to be where some branches want a type, and all others a value.
    fn choice<'e>(
        &mut self,
        context: &'e [Vec<ValidationError<'static>>],
        alive: &[Vec<Leaf<'e>>],
        path: &str,
    ) -> Option<Problem<'e>> {
        let values = only_values(alive, path)?;
        let guards = context.iter().flatten().flat_map(|error| self.leaves(error));
        let types = guards.filter_map(|leaf| match leaf.problem {
            Problem::Type(types) if leaf.path == path => Some(types),
            _ => None,
        });
        let types = types.reduce(|all, types| types.iter().fold(all, JsonTypeSet::insert))?;
        Some(Problem::Choice(types, values))
    }

    /// The leaves of the branches that the writer is likely to have meant.
    fn choose<'e>(
        &mut self,
        error: &'e ValidationError<'_>,
        context: &'e [Vec<ValidationError<'static>>],
    ) -> Vec<Leaf<'e>> {
        let path = error.instance_path().as_str();
        let places = self.places;
        let leaf = |problem| Leaf { path, keyword: places.keyword(error), problem };
        let errors: usize = context.iter().map(Vec::len).sum();
        if errors > self.left {
            return vec![leaf(Problem::Other(error.kind()))];
        }
        self.left -= errors;
        let alive = context.iter().filter(|branch| !branch.iter().any(|error| is_guard(error, path)));
        let branches: Vec<Vec<Leaf<'e>>> = alive
            .map(|branch| branch.iter().flat_map(|error| self.leaves(error)).collect::<Vec<_>>())
            .collect();
        if branches.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        if branches.is_empty() {
            let types = context.iter().flatten().flat_map(|error| self.leaves(error));
            let here = types.filter(|leaf| leaf.path == path && matches!(leaf.problem, Problem::Type(_)));
            let merged = merged(here);
            return if merged.is_empty() { vec![leaf(Problem::Other(error.kind()))] } else { merged };
        }
        if let Some(choice) = self.choice(context, &branches, path) {
            return vec![leaf(choice)];
        }
        nearest(path, branches).unwrap_or_else(|tie| vec![leaf(Problem::Tie(tie))])
    }
}

/// The leaves of branches that all want another value at the place of the choice itself.
fn only_values<'e>(branches: &[Vec<Leaf<'e>>], path: &str) -> Option<Vec<&'e Value>> {
    let mut values = Vec::new();
    for leaf in branches.iter().flatten() {
        match &leaf.problem {
            Problem::Allowed(allowed) if leaf.path == path => values.extend_from_slice(allowed),
            _ => return None,
        }
    }
    Some(values)
}

/// Whether an error at the place of the choice itself shows that a branch was never meant.
fn is_guard(error: &ValidationError<'_>, path: &str) -> bool {
    matches!(error.kind(), Kind::FalseSchema | Kind::Type { .. }) && error.instance_path().as_str() == path
}

/// The leaves of the nearest branch, of several merged into one, or the branches that tie.
fn nearest<'e>(path: &str, branches: Vec<Vec<Leaf<'e>>>) -> Result<Vec<Leaf<'e>>, Vec<Vec<Leaf<'e>>>> {
    let mut branches = without_foreign_constants(path, branches);
    let shared = shared_choices(&branches);
    if !shared.is_empty() {
        let leaves = branches.into_iter().flatten().filter(|leaf| shared.contains(leaf.path));
        return Ok(merged(leaves.filter(|leaf| matches!(leaf.problem, Problem::Allowed(_)))));
    }
    let weight = |branch: &Vec<Leaf<'_>>| branch.iter().map(Leaf::weight).sum::<usize>();
    let fewest = branches.iter().map(weight).min().unwrap_or(0);
    branches.retain(|branch| weight(branch) == fewest);
    if branches.len() == 1 {
        return Ok(branches.remove(0));
    }
    let merged = merged(branches.iter().flatten().cloned());
    if merged.len() <= branches.iter().map(Vec::len).min().unwrap_or(0) { Ok(merged) } else { Err(branches) }
}

/// Drops the branches whose constant fails at a place below `path` where another branch's does not. When each is
/// dropped by some place, as with pairs that do not belong together, none is.
fn without_foreign_constants<'e>(path: &str, branches: Vec<Vec<Leaf<'e>>>) -> Vec<Vec<Leaf<'e>>> {
    let constants: Vec<HashSet<&str>> = branches.iter().map(|branch| choices(branch)).collect();
    let places: HashSet<&str> = constants.iter().flatten().copied().filter(|place| *place != path).collect();
    let contested: HashSet<&str> =
        places.into_iter().filter(|place| !constants.iter().all(|own| own.contains(place))).collect();
    let keeps = |own: &HashSet<&str>| own.is_disjoint(&contested);
    if !constants.iter().any(keeps) {
        return branches;
    }
    branches.into_iter().zip(&constants).filter(|(_, own)| keeps(own)).map(|(branch, _)| branch).collect()
}

/// The places where every one of several branches wants another constant.
fn shared_choices<'e>(branches: &[Vec<Leaf<'e>>]) -> HashSet<&'e str> {
    let Some((first, rest)) = branches.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return HashSet::new();
    };
    let mut shared = choices(first);
    for branch in rest {
        let own = choices(branch);
        shared.retain(|place| own.contains(place));
    }
    shared
}

/// The places at which a branch allows certain values only.
fn choices<'e>(branch: &[Leaf<'e>]) -> HashSet<&'e str> {
    let allowed = branch.iter().filter(|leaf| matches!(leaf.problem, Problem::Allowed(_)));
    allowed.map(|leaf| leaf.path).collect()
}

/// One leaf for each place and problem: allowed values and types add up, equal leaves are one.
fn merged<'e>(leaves: impl IntoIterator<Item = Leaf<'e>>) -> Vec<Leaf<'e>> {
    let mut merged: Vec<Leaf<'e>> = Vec::new();
    for leaf in leaves {
        let joined = merged.iter_mut().any(|known| known.path == leaf.path && known.absorb(&leaf.problem));
        if !joined {
            merged.push(leaf);
        }
    }
    merged
}

impl<'e> Leaf<'e> {
    /// Takes in another problem at the same place, if the two can be said in one sentence.
    fn absorb(&mut self, other: &Problem<'e>) -> bool {
        match (&mut self.problem, other) {
            (Problem::Allowed(known), Problem::Allowed(more)) => {
                known.extend_from_slice(more);
                true
            }
            (Problem::Type(known), Problem::Type(more)) => {
                *known = more.iter().fold(*known, JsonTypeSet::insert);
                true
            }
            (Problem::Missing(known), Problem::Missing(more)) => known == more,
            (Problem::Unknown(known), Problem::Unknown(more)) => known == more,
            _ => false,
        }
    }
}
