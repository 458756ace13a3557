//! Applies the fixes of a page, in rounds, until none are left, and checks what each of them changes.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::Path,
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    fix::{Applicability, Changes, Fix, FixOutcome, apply, compatible},
    front_matter::FrontMatter,
    markdown::{Dialect, Rendering, View},
    rule::RuleMeta,
    text::quantity,
};

/// Rounds in which the fixes of one page are applied.
const MAX_ROUNDS: usize = 10;

/// How often the fixes of a round are bisected on one page to find those that must be rejected.
const MAX_HALVINGS: usize = 64;

/// Bytes that bisections of one page may render, so that they take time in proportion to a long page.
const MAX_BISECTED: usize = 1 << 20;

/// Bisections that a page of any length has.
const MIN_HALVINGS: usize = 2;

/// Numbers of fixed findings, by rule.
pub type FixedRules = BTreeMap<&'static str, usize>;

/// Adds the numbers of `more` to those of `fixed`.
pub fn add_fixed(fixed: &mut FixedRules, more: FixedRules) {
    for (rule, count) in more {
        *fixed.entry(rule).or_default() += count;
    }
}

/// A page after its fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The new text; the original text if no fix was applied.
    pub text: Arc<str>,
    /// How many findings have their fixes applied, by rule.
    pub fixed: FixedRules,
    /// Why some fixes were not applied: one reason per rule.
    pub held: Vec<String>,
}

impl Fixed {
    /// A page of which no fix was applied.
    pub fn unchanged(source: &Arc<str>, held: Vec<String>) -> Self {
        Self { text: Arc::clone(source), fixed: FixedRules::new(), held }
    }
}

/// Applies the fixes of a page that are at least as good as `least` until there are none left.
///
/// The page is one of `dialect`. `found` are the findings in `source`; `check` gives those in a changed text. Of every
/// finding the first fix that may be applied is. A safe fix that would change more of the rendered page than its rule
/// declares ([`Changes`]) is held back; the same goes for every fix that breaks the front matter. If the fixes undo
/// each other, nothing is applied; if there are more of them than fit into the rounds, the rest is left for another
/// run.
pub fn fix_to_fixpoint(
    (path, dialect): (&Arc<Path>, Dialect),
    source: &Arc<str>,
    diagnostics: &[Diagnostic],
    min_applicability: Applicability,
    mut check: impl FnMut(&Arc<str>) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed::unchanged(source, vec![]);
    let mut rejections = Rejections::on_page(source);
    let mut page = RenderedPage::of(&**source, dialect);
    let mut seen = HashSet::from([Arc::clone(source)]);
    let mut diagnostics = std::borrow::Cow::Borrowed(diagnostics);
    let mut left = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let Some(round) = FixRound::of(path, &mut page, &diagnostics, min_applicability, &mut rejections)
        else {
            return fixed;
        };
        let count = round.fixed.values().sum::<usize>();
        fixed.held.extend(round.held);
        // If all were rejected, the next round tries those that overlapped them.
        if round.rules.is_empty() {
            continue;
        }
        fixed.text = page.text.as_str().into();
        if !seen.insert(Arc::clone(&fixed.text)) {
            return endless(source, fixed.held, &round.rules);
        }
        left.push(count);
        add_fixed(&mut fixed.fixed, round.fixed);
        diagnostics = check(&fixed.text).into();
    }
    let last = FixRound::of(path, &mut page, &diagnostics, min_applicability, &mut rejections);
    let Some(round) = last.filter(|round| !round.rules.is_empty()) else { return fixed };
    if left.first().is_some_and(|first| round.fixed.values().sum::<usize>() >= *first) {
        return endless(source, fixed.held, &round.rules);
    }
    fixed.held.push("more fixes are available; run `--fix` again to apply them".to_owned());
    fixed
}

/// The original page, because the fixes of some rules undo each other.
fn endless(source: &Arc<str>, mut held: Vec<String>, rules: &BTreeSet<&str>) -> Fixed {
    let rules: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
    held.push(format!("no fixes applied: those of {} undo each other", rules.join(", ")));
    Fixed::unchanged(source, held)
}

/// A fix to apply.
struct Candidate<'a> {
    rule: &'static RuleMeta,
    fix: &'a Fix,
}

/// Fixes that are applied together.
struct FixRound {
    fixed: FixedRules,
    held: Vec<String>,
    /// The rules of the applied fixes; empty if every fix was rejected.
    rules: BTreeSet<&'static str>,
}

impl FixRound {
    /// Applies the next round to the page; `None` if there is nothing to apply.
    fn of(
        path: &Arc<Path>,
        page: &mut RenderedPage,
        diagnostics: &[Diagnostic],
        min_applicability: Applicability,
        rejections: &mut Rejections,
    ) -> Option<Self> {
        let mut candidates = Vec::new();
        let is_open = |it: &&Diagnostic| it.primary.path == *path && !rejections.rules.contains(it.rule.id);
        for finding in diagnostics.iter().filter(is_open) {
            let fix = finding.fixes.iter().find(|fix| fix.applicability >= min_applicability);
            candidates.extend(fix.map(|fix| Candidate { rule: finding.rule, fix }));
        }
        let fixes: Vec<&Fix> = candidates.iter().map(|candidate| candidate.fix).collect();
        let outcomes = compatible(&page.text, &fixes);
        let with = |wanted: &[FixOutcome]| {
            let both = candidates.iter().zip(&outcomes);
            both.filter(|(_, outcome)| wanted.contains(outcome))
                .map(|(candidate, _)| candidate)
                .collect::<Vec<_>>()
        };
        let taken = with(&[FixOutcome::Applied]);
        if taken.is_empty() {
            return None;
        }
        let source = page.text.clone();
        let mut safety = SafetyCheck { source: &source, fixes: vec![], page };
        let mut round = Self { fixed: FixedRules::new(), held: vec![], rules: BTreeSet::new() };
        let mut rejected = FixedRules::new();
        rejections.begin_round();
        for (declared, rules) in batched(&taken) {
            // Mostly all fixes are as good as they say, and one look at the page is enough for all rules.
            let all = rules.iter().flat_map(|(_, group)| group).map(|candidate| candidate.fix);
            let is_batch = rules.len() > 1 && !counts_edits(declared);
            let are_accepted = is_batch && safety.try_apply(all, declared);
            for (rule, group) in rules {
                let refused =
                    if are_accepted { 0 } else { safety.try_apply_all(&group, declared, rejections) };
                if refused < group.len() {
                    round.rules.insert(rule.id);
                    *rejected.entry(rule.id).or_default() += refused;
                }
                if refused > 0 && rejections.rules.insert(rule.id) {
                    round.held.push(reason(rule.id, refused, declared));
                }
            }
        }
        let gone = with(&[FixOutcome::Applied, FixOutcome::Duplicate]);
        for candidate in gone.iter().filter(|candidate| round.rules.contains(candidate.rule.id)) {
            *round.fixed.entry(candidate.rule.id).or_default() += 1;
        }
        for (rule, refused) in rejected {
            round.fixed.entry(rule).and_modify(|count| *count -= refused);
        }
        Some(round)
    }
}

/// What has been rejected on a page, and what may still be spent to find more.
struct Rejections {
    /// Rules with a fix that was rejected: none of their fixes is applied in later rounds.
    rules: BTreeSet<&'static str>,
    /// Bisections left to the round.
    halvings: usize,
    /// Bisections left to the page.
    left: usize,
}

impl Rejections {
    fn on_page(source: &str) -> Self {
        let left = (MAX_BISECTED / 2 / source.len().max(1)).max(MIN_HALVINGS);
        Self { rules: BTreeSet::new(), halvings: 0, left }
    }

    fn begin_round(&mut self) {
        self.halvings = MAX_HALVINGS.min(self.left);
    }

    /// Whether some fixes may be bisected once more.
    fn may_halve(&mut self) -> bool {
        let may = self.halvings > 0;
        self.halvings -= usize::from(may);
        self.left -= usize::from(may);
        may
    }
}

/// The fixes of a rule, in the order of the text.
type RuleFixes<'a> = (&'static RuleMeta, Vec<&'a Candidate<'a>>);

/// The fixes of each rule, by what the rules declare: the safe ones, then the others, which declare nothing.
fn batched<'a>(taken: &[&'a Candidate<'a>]) -> Vec<(Option<Changes>, Vec<RuleFixes<'a>>)> {
    let mut batches: Vec<(Option<Changes>, Vec<RuleFixes<'_>>)> = Vec::new();
    for candidate in taken {
        let is_safe = candidate.fix.applicability == Applicability::Safe;
        let declared = is_safe.then_some(candidate.rule.changes);
        let batch = batches.iter().position(|(other, _)| *other == declared).unwrap_or_else(|| {
            batches.push((declared, vec![]));
            batches.len() - 1
        });
        let rules = &mut batches[batch].1;
        match rules.iter_mut().find(|(rule, _)| *rule == candidate.rule) {
            Some((_, group)) => group.push(candidate),
            None => rules.push((candidate.rule, vec![candidate])),
        }
    }
    batches.sort_by_key(|(declared, _)| declared.is_none());
    batches
}

/// Whether what fixes may change depends on how many edits they have, so that those of one rule would answer for those
/// of another.
fn counts_edits(declared: Option<Changes>) -> bool {
    matches!(declared, Some(Changes::Blocks | Changes::Values))
}

/// Why fixes of a rule are rejected.
fn reason(rule: &str, refused: usize, declared: Option<Changes>) -> String {
    let what = match declared {
        None => "break the front matter",
        Some(Changes::Nothing) => "change the rendered page",
        Some(Changes::Addresses) => "change more of the rendered page than URLs",
        Some(Changes::Words) => "change more of the rendered page than words",
        Some(Changes::Blocks) => "change more of the rendered page than the blocks they are in",
        Some(Changes::Values) => "change more than the front matter values they are in",
        Some(Changes::Comments) => "change more than comments",
    };
    format!("{} of `{rule}` not applied: this would {what}", quantity(refused, "fix"))
}

/// A page as far as fixes have been applied, and what readers get of it.
struct RenderedPage {
    text: String,
    dialect: Dialect,
    front_matter: Option<FrontMatter>,
    /// Where its Markdown begins, in bytes.
    body: u32,
    /// Rendered when it is first compared with another text.
    rendering: Option<Rendering>,
}

impl RenderedPage {
    fn of(text: impl Into<String>, dialect: Dialect) -> Self {
        let text = text.into();
        let (front_matter, body) = FrontMatter::parse(&text);
        Self { text, dialect, front_matter, body, rendering: None }
    }

    fn rendering(&mut self) -> &Rendering {
        self.rendering.get_or_insert_with(|| Rendering::of(&self.text, self.body, self.dialect))
    }
}

/// The fixes of a round that have been applied, and the page with them.
struct SafetyCheck<'a> {
    source: &'a str,
    fixes: Vec<&'a Fix>,
    page: &'a mut RenderedPage,
}

impl<'a> SafetyCheck<'a> {
    /// Applies as many of the fixes as are safe, by bisection. Returns how many are rejected.
    fn try_apply_all(
        &mut self,
        candidates: &[&'a Candidate<'a>],
        declared: Option<Changes>,
        rejections: &mut Rejections,
    ) -> usize {
        if self.try_apply(candidates.iter().map(|candidate| candidate.fix), declared) {
            return 0;
        }
        if candidates.len() == 1 || !rejections.may_halve() {
            return candidates.len();
        }
        let (first, second) = candidates.split_at(candidates.len() / 2);
        self.try_apply_all(first, declared, rejections) + self.try_apply_all(second, declared, rejections)
    }

    /// Applies more fixes, unless they change more than they may. Those that declare nothing may change all but
    /// whether the front matter can be read.
    fn try_apply(&mut self, fixes: impl Iterator<Item = &'a Fix>, declared: Option<Changes>) -> bool {
        let mut all = self.fixes.clone();
        all.extend(fixes);
        let edits = all[self.fixes.len()..].iter().map(|fix| fix.edits().len()).sum();
        let text = apply(self.source, all.iter().copied());
        let mut page = RenderedPage::of(text, self.page.dialect);
        if !self.allows_front_matter(&page, declared, edits) {
            return false;
        }
        if let Some(declared) = declared {
            let (before, after) = (self.page.rendering(), page.rendering());
            let allowed = match declared {
                Changes::Nothing | Changes::Values => before.equals(after, View::Whole),
                Changes::Addresses => before.equals(after, View::WithoutAddresses),
                Changes::Words => before.equals(after, View::WithoutText),
                Changes::Comments => before.equals(after, View::WithoutComments),
                Changes::Blocks => before.different_blocks(after).is_some_and(|count| count <= edits),
            };
            if !allowed {
                return false;
            }
        }
        self.fixes = all;
        *self.page = page;
        true
    }

    fn allows_front_matter(&self, page: &RenderedPage, declared: Option<Changes>, edits: usize) -> bool {
        let (before, after) = match (&self.page.front_matter, &page.front_matter) {
            (None, after) => return after.is_none(),
            (Some(_), None) => return false,
            (Some(before), Some(after)) => (before, after),
        };
        if before.block.of(&self.page.text) == after.block.of(&page.text) {
            return true;
        }
        if after.tree.errors.len() > before.tree.errors.len()
            || after.closing.is_none() && before.closing.is_some()
        {
            return false;
        }
        let value =
            |front_matter: &FrontMatter| front_matter.tree.root.as_ref().map(crate::data::Node::to_json);
        match declared {
            None => true,
            Some(Changes::Nothing | Changes::Blocks | Changes::Comments) => value(before) == value(after),
            // What cannot be read has no values to compare, and has to become readable.
            Some(Changes::Values) if !before.tree.errors.is_empty() => {
                after.tree.errors.len() < before.tree.errors.len()
            }
            Some(Changes::Values) => match (value(before), value(after)) {
                (Some(before), Some(after)) => differences(&before, &after) <= edits,
                (before, after) => before == after,
            },
            Some(Changes::Addresses | Changes::Words) => match (value(before), value(after)) {
                (Some(before), Some(after)) => has_shape_of(&before, &after),
                (before, after) => before == after,
            },
        }
    }
}

/// How many keys and values differ; a key that only one of them has counts for itself, with all below it.
fn differences(one: &serde_json::Value, two: &serde_json::Value) -> usize {
    use serde_json::Value::{Array, Object};
    match (one, two) {
        (Object(one), Object(two)) => {
            let shared = one.iter().filter_map(|(key, one)| Some((one, two.get(key)?)));
            let inside: usize = shared.clone().map(|(one, two)| differences(one, two)).sum();
            inside + one.len().max(two.len()) - shared.count()
        }
        (Array(one), Array(two)) if one.len() == two.len() => {
            one.iter().zip(two).map(|(one, two)| differences(one, two)).sum()
        }
        (one, two) => usize::from(one != two),
    }
}

/// Whether two values have the same keys and items, and differ in nothing but texts.
fn has_shape_of(one: &serde_json::Value, two: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object, String};
    match (one, two) {
        (Object(one), Object(two)) => {
            let mut pairs = one.iter().zip(two);
            one.len() == two.len() && pairs.all(|((a, one), (b, two))| a == b && has_shape_of(one, two))
        }
        (Array(one), Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| has_shape_of(one, two))
        }
        (String(_), String(_)) => true,
        (one, two) => one == two,
    }
}

#[cfg(test)]
#[path = "fixpoint_tests.rs"]
mod tests;
