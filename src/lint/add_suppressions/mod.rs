//! Comments for the findings of one page. Each is tried: the page has to stay as it is but for comments, the finding
//! has to go, and nothing new may be found.

mod insert;
mod placement;
mod whole_file;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    document::Document,
    front_matter::FrontMatter,
    markdown::{Dialect, Rendering, View},
};
use insert::{Insertion, insert};
use placement::{Placement, Placements, SuppressionRequest};

pub use insert::SuppressionReason;
pub use whole_file::suppress_in_file;

/// Bytes of pages that are looked at for one page, times over. What has no place by then gets none.
const MAX_WORK: usize = 8 << 20;

/// How often a page is looked at, at least and at most.
const TRIES: (usize, usize) = (24, 1_000);

/// How often comments are added to a page: one comment may make room for another.
const MAX_ROUNDS: usize = 3;

/// Writes comments for the findings of a page, as many as can have one without a change to what readers get.
///
/// `found` are the findings in `source`; `check` gives those in a changed text. What is given is the page with, for
/// those that can be switched off, a comment for their line, or two around their block, or one for the file; `source`
/// where there are none.
pub fn add_suppressions(
    (path, dialect): (&Arc<Path>, Dialect),
    source: &Arc<str>,
    diagnostics: &[Diagnostic],
    reason: Option<&SuppressionReason>,
    mut check: impl FnMut(&Arc<str>) -> Vec<Diagnostic>,
) -> Arc<str> {
    let mut tries = (MAX_WORK / source.len().max(1)).clamp(TRIES.0, TRIES.1);
    let (mut text, mut found) = (Arc::clone(source), Cow::Borrowed(diagnostics));
    for round in 0..MAX_ROUNDS {
        if round > 0 {
            found = check(&text).into();
        }
        let more = add_once((path, dialect), &text, &found, reason, (&mut check, &mut tries));
        if more == text {
            break;
        }
        text = more;
    }
    text
}

/// Writes comments for the findings of a page where its blocks have room for them.
fn add_once(
    (path, dialect): (&Arc<Path>, Dialect),
    source: &Arc<str>,
    diagnostics: &[Diagnostic],
    reason: Option<&SuppressionReason>,
    (check, tries): (impl FnMut(&Arc<str>) -> Vec<Diagnostic>, &mut usize),
) -> Arc<str> {
    let document = Document::parse_in(dialect, path, Arc::clone(source), &[]);
    let targets = targets(&document, diagnostics);
    if targets.is_empty() {
        return Arc::clone(source);
    }
    let places = Placements::of(&document);
    let mut search = Search {
        source,
        page: Seen::of(source, dialect),
        dialect,
        left: Tally::of(diagnostics),
        reason,
        check,
        taken: vec![],
        text: Arc::clone(source),
        tries,
    };
    let waiting = search.try_all(targets, &places);
    // Rules that cannot be named together may have places of their own.
    let split_by_rule =
        waiting.into_iter().filter(|it| it.request.rules.len() > 1).flat_map(Target::split_by_rule);
    let split_by_rule = split_by_rule.collect();
    search.try_all(split_by_rule, &places);
    search.text
}

/// Findings about comments, which no comment switches off.
const ABOUT_COMMENTS: [&str; 2] = ["unknown-suppression", "unused-suppression"];

/// What a finding is counted by: rule and message, without the digits of it, which may count lines.
type Key = (&'static str, String);

fn key(finding: &Diagnostic) -> Key {
    (finding.rule.id, finding.message.chars().filter(|c| !c.is_ascii_digit()).collect())
}

/// Findings on one line that are to go.
struct Target {
    request: SuppressionRequest,
    keys: Vec<Key>,
}

impl Target {
    /// A target for each rule.
    fn split_by_rule(self) -> Vec<Self> {
        let part = |rule: &&'static str| Self {
            request: SuppressionRequest { rules: [*rule].into(), ..self.request.clone() },
            keys: self.keys.iter().filter(|(other, _)| other == rule).cloned().collect(),
        };
        self.request.rules.iter().map(part).collect()
    }
}

/// The findings that a comment could switch off, by line.
fn targets(document: &Document, diagnostics: &[Diagnostic]) -> Vec<Target> {
    let mut targets: BTreeMap<u32, Target> = BTreeMap::new();
    let is_ours = |it: &&Diagnostic| {
        it.primary.path == document.path && it.rule.suppressible && !ABOUT_COMMENTS.contains(&it.rule.id)
    };
    for finding in diagnostics.iter().filter(is_ours) {
        let place = finding.primary.span.start;
        let line = document.lines.line_of(place);
        let new = || Target { request: SuppressionRequest { line, place, rules: [].into() }, keys: vec![] };
        let target = targets.entry(line).or_insert_with(new);
        target.request.place = target.request.place.min(place);
        target.request.rules.insert(finding.rule.id);
        target.keys.push(key(finding));
    }
    targets.into_values().collect()
}

/// What of a page no comment may change.
#[derive(PartialEq)]
struct FrontMatterSeen {
    value: Option<serde_json::Value>,
    errors: usize,
    is_closed: bool,
}

struct Seen {
    front_matter: Option<FrontMatterSeen>,
    rendering: Rendering,
}

impl Seen {
    fn of(text: &str, dialect: Dialect) -> Self {
        let (front_matter, body) = FrontMatter::parse(text);
        let seen = |it: FrontMatter| FrontMatterSeen {
            value: it.tree.root.as_ref().map(crate::data::Node::to_json),
            errors: it.tree.errors.len(),
            is_closed: it.closing.is_some(),
        };
        Self { front_matter: front_matter.map(seen), rendering: Rendering::of(text, body, dialect) }
    }

    fn equals(&self, other: &Self) -> bool {
        self.front_matter == other.front_matter
            && self.rendering.equals(&other.rendering, View::WithoutComments)
    }
}

/// How often each thing is found.
#[derive(Clone)]
struct Tally(HashMap<Key, usize>);

impl Tally {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Self(HashMap::new());
        for finding in diagnostics {
            *tally.0.entry(key(finding)).or_default() += 1;
        }
        tally
    }

    /// What is left where some are gone.
    fn without<'a>(&self, gone: impl Iterator<Item = &'a Key>) -> Self {
        let mut left = self.clone();
        for key in gone {
            if let Some(count) = left.0.get_mut(key) {
                *count = count.saturating_sub(1);
            }
        }
        left
    }

    /// Whether nothing of it is found more often than in another.
    fn is_within(&self, most: &Self) -> bool {
        self.0.iter().all(|(key, count)| most.0.get(key).is_some_and(|most| count <= most))
    }
}

/// A target and where its comment is tried.
type Attempt<'t> = (&'t Target, Placement);

/// The text as it grows.
struct Search<'a, C> {
    source: &'a Arc<str>,
    page: Seen,
    dialect: Dialect,
    /// What may still be found.
    left: Tally,
    reason: Option<&'a SuppressionReason>,
    check: C,
    taken: Vec<Insertion>,
    text: Arc<str>,
    /// How often the page may still be looked at.
    tries: &'a mut usize,
}

impl<C: FnMut(&Arc<str>) -> Vec<Diagnostic>> Search<'_, C> {
    /// Tries the best place for every target, then the next best for those that are left. Gives those that have none.
    fn try_all(&mut self, targets: Vec<Target>, places: &Placements<'_>) -> Vec<Target> {
        let with_places = |target: Target| {
            let placements = places.placements(&target.request).into_iter();
            (target, placements)
        };
        let mut waiting: Vec<_> = targets.into_iter().map(with_places).collect();
        let mut hopeless = Vec::new();
        while !waiting.is_empty() {
            let placements: Vec<Option<Placement>> =
                waiting.iter_mut().map(|(_, more)| more.next()).collect();
            let both = waiting.iter().zip(placements);
            let (round, without): (Vec<_>, Vec<_>) =
                both.map(|((target, _), placement)| (target, placement)).partition(|(_, it)| it.is_some());
            let without: BTreeSet<Id> = without.into_iter().map(|(target, _)| id(target)).collect();
            let round: Vec<Attempt<'_>> =
                round.into_iter().filter_map(|(target, it)| Some((target, it?))).collect();
            let granted = self.take(&round);
            for (target, placements) in std::mem::take(&mut waiting) {
                if without.contains(&id(&target)) {
                    hopeless.push(target);
                } else if !granted.contains(&id(&target)) {
                    waiting.push((target, placements));
                }
            }
        }
        hopeless
    }

    /// Takes as many of the attempts as hold, halving them where all together do not.
    fn take(&mut self, round: &[Attempt<'_>]) -> BTreeSet<Id> {
        if round.is_empty() || *self.tries == 0 {
            return BTreeSet::new();
        }
        *self.tries -= 1;
        if self.holds(round) {
            return round.iter().map(|(target, _)| id(target)).collect();
        }
        if round.len() == 1 {
            return BTreeSet::new();
        }
        let (first, second) = round.split_at(round.len() / 2);
        let mut granted = self.take(first);
        granted.append(&mut self.take(second));
        granted
    }

    /// Whether the attempts do what they should and no more; then they are taken.
    fn holds(&mut self, round: &[Attempt<'_>]) -> bool {
        let mut all = self.taken.clone();
        all.extend(round.iter().flat_map(|(_, placement)| placement.iter().cloned()));
        let text: Arc<str> = insert(self.source, &all, self.reason).into();
        if !Seen::of(&text, self.dialect).equals(&self.page) {
            return false;
        }
        let left = self.left.without(round.iter().flat_map(|(target, _)| &target.keys));
        let holds = Tally::of(&(self.check)(&text)).is_within(&left);
        if holds {
            (self.taken, self.text, self.left) = (all, text, left);
        }
        holds
    }
}

/// A target by its line and its first rule: there are no two with both.
type Id = (u32, Option<&'static str>);

fn id(target: &Target) -> Id {
    (target.request.line, target.request.rules.first().copied())
}
