//! Fixes of one page, round by round until there are none left, and what each of them may change.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::own_mistake;
use crate::{
    diagnostic::Diagnostic,
    fix::{Applicability, Changes, Choice, Fix, apply, compatible},
    front_matter::FrontMatter,
    markdown::{Dialect, Rendering, View},
    rules,
    text::Span,
};

/// Rounds before a page's fixes are taken to undo each other.
const MOST_ROUNDS: usize = 10;

/// A page after its fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The text; the one that was given where nothing is applied.
    pub text: Arc<str>,
    /// The number of findings whose fixes are applied.
    pub mended: usize,
    /// Fixes that were held back: one `internal-error` for each rule whose fixes change more than it declares, or
    /// never come to an end.
    pub mistakes: Vec<Diagnostic>,
}

/// Applies the fixes of a page that are at least as good as `least` until there are none left.
///
/// The page is one of `dialect`. `found` are the findings in `source`; `check` gives those in a changed text. Of every finding the first fix that
/// may be applied is. A safe fix that would change more of the rendered page than its rule declares
/// ([`Changes`]) is not applied, nor is any other fix of that rule on the page; the same goes for every fix that
/// breaks the front matter. If the fixes do not come to an end, nothing is applied.
pub fn fix_to_fixpoint(
    (path, dialect): (&Arc<Path>, Dialect),
    source: &Arc<str>,
    found: &[Diagnostic],
    least: Applicability,
    mut check: impl FnMut(&Arc<str>) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed { text: Arc::clone(source), mended: 0, mistakes: vec![] };
    let mut distrusted = BTreeSet::new();
    let mut found = std::borrow::Cow::Borrowed(found);
    for _ in 0..MOST_ROUNDS {
        let Some(round) = Round::of((path, dialect), &fixed.text, &found, least, &mut distrusted) else {
            return fixed;
        };
        fixed.mistakes.extend(round.mistakes);
        // Where all were held back, those that waited for them have their turn.
        if let Some(text) = round.text {
            fixed.text = text.into();
            fixed.mended += round.mended;
            found = check(&fixed.text).into();
        }
    }
    let Some(round) = Round::of((path, dialect), &fixed.text, &found, least, &mut distrusted) else {
        return fixed;
    };
    if round.text.is_none() {
        return fixed;
    }
    let rules: Vec<String> = round.rules.iter().map(|rule| format!("`{rule}`")).collect();
    let message = format!("the fixes of {} do not come to an end on this page", rules.join(", "));
    let mut mistake = own_mistake(path, Span::empty(0), message);
    mistake.help("nothing on this page was fixed; turn one of the rules off to fix the others");
    fixed.mistakes.push(mistake);
    Fixed { text: Arc::clone(source), mended: 0, mistakes: fixed.mistakes }
}

/// A fix that is to be applied.
struct Pick<'a> {
    rule: &'static str,
    place: Span,
    fix: &'a Fix,
}

/// The fixes that are applied together.
struct Round {
    /// The text with them; `None` where every one of them was held back.
    text: Option<String>,
    mended: usize,
    mistakes: Vec<Diagnostic>,
    /// Whose they are.
    rules: BTreeSet<&'static str>,
}

impl Round {
    /// The next round; `None` where there is nothing to apply.
    fn of(
        (path, dialect): (&Arc<Path>, Dialect),
        source: &str,
        found: &[Diagnostic],
        least: Applicability,
        distrusted: &mut BTreeSet<&'static str>,
    ) -> Option<Self> {
        let mut picks = Vec::new();
        for finding in found.iter().filter(|it| it.primary.path == *path && !distrusted.contains(it.rule)) {
            let fix = finding.fixes.iter().find(|fix| fix.applicability >= least);
            picks.extend(fix.map(|fix| Pick { rule: finding.rule, place: finding.primary.span, fix }));
        }
        let fixes: Vec<&Fix> = picks.iter().map(|pick| pick.fix).collect();
        let choices = compatible(source, &fixes);
        let count = |rules: &BTreeSet<&str>| {
            let counts = |(choice, pick): &(&Choice, &Pick<'_>)| {
                **choice != Choice::Waits && rules.contains(pick.rule)
            };
            choices.iter().zip(&picks).filter(counts).count()
        };
        let taken: Vec<&Pick<'_>> = picks
            .iter()
            .zip(&choices)
            .filter(|(_, choice)| **choice == Choice::Taken)
            .map(|(pick, _)| pick)
            .collect();
        if taken.is_empty() {
            return None;
        }
        let mut guard = Guard::new(source, dialect);
        let mut round = Self { text: None, mended: 0, mistakes: vec![], rules: BTreeSet::new() };
        for (rule, trusted, group) in grouped(&taken) {
            let declared = trusted.then(|| declared(rule));
            if guard.admit(group.iter().map(|pick| pick.fix), declared) {
                round.rules.insert(rule);
            } else if distrusted.insert(rule) {
                round.mistakes.push(refused(path, rule, group[0].place, declared));
            }
        }
        round.mended = count(&round.rules);
        round.text = (!round.rules.is_empty()).then_some(guard.text);
        Some(round)
    }
}

/// The fixes of each rule, in the order of the text: the safe ones of all rules, then the others.
fn grouped<'a>(taken: &[&'a Pick<'a>]) -> Vec<(&'static str, bool, Vec<&'a Pick<'a>>)> {
    let mut groups: Vec<(&'static str, bool, Vec<&Pick<'_>>)> = Vec::new();
    for pick in taken {
        let trusted = pick.fix.applicability == Applicability::Safe;
        match groups.iter_mut().find(|(rule, other, _)| (*rule, *other) == (pick.rule, trusted)) {
            Some((.., group)) => group.push(pick),
            None => groups.push((pick.rule, trusted, vec![pick])),
        }
    }
    groups.sort_by_key(|(_, trusted, _)| !trusted);
    groups
}

/// What the safe fixes of a rule may change.
fn declared(rule: &str) -> Changes {
    rules::find(rule).map_or(Changes::Nothing, |def| def.meta.changes)
}

fn refused(path: &Arc<Path>, rule: &str, place: Span, declared: Option<Changes>) -> Diagnostic {
    let what = match declared {
        None => "break the front matter",
        Some(Changes::Nothing) => "change what readers see",
        Some(Changes::Addresses) => "change more than addresses",
        Some(Changes::Words) => "change more than words",
        Some(Changes::Blocks) => "change more than the blocks they are in",
        Some(Changes::Values) => "change more than the front matter that they are in",
        Some(Changes::Comments) => "change more than comments",
    };
    let mut mistake = own_mistake(path, place, format!("the fixes of the rule {rule} would {what}"));
    mistake.help("this is a mistake in copydesk, not in the page; the fixes of that rule were left out");
    mistake
}

/// The text as it grows, and what readers get of it.
struct Guard<'a> {
    source: &'a str,
    dialect: Dialect,
    fixes: Vec<&'a Fix>,
    text: String,
    front_matter: Option<FrontMatter>,
    rendering: Option<Rendering>,
    body: u32,
}

impl<'a> Guard<'a> {
    fn new(source: &'a str, dialect: Dialect) -> Self {
        let (front_matter, body) = FrontMatter::parse(source);
        let text = source.to_owned();
        Self { source, dialect, fixes: vec![], text, front_matter, rendering: None, body }
    }

    /// Applies more fixes, unless they change more than they may. Those that declare nothing may change all but
    /// whether the front matter can be read.
    fn admit(&mut self, fixes: impl Iterator<Item = &'a Fix>, declared: Option<Changes>) -> bool {
        let mut all = self.fixes.clone();
        all.extend(fixes);
        let edits = all[self.fixes.len()..].iter().map(|fix| fix.edits().len()).sum();
        let text = apply(self.source, all.iter().copied());
        let (front_matter, body) = FrontMatter::parse(&text);
        if !self.allows_front_matter(front_matter.as_ref(), &text, declared, edits) {
            return false;
        }
        let mut rendering = None;
        if let Some(declared) = declared {
            let before =
                self.rendering.get_or_insert_with(|| Rendering::of(&self.text, self.body, self.dialect));
            let after = Rendering::of(&text, body, self.dialect);
            let allowed = match declared {
                Changes::Nothing | Changes::Values => before.equals(&after, View::Whole),
                Changes::Addresses => before.equals(&after, View::WithoutAddresses),
                Changes::Words => before.equals(&after, View::WithoutText),
                Changes::Comments => before.equals(&after, View::WithoutComments),
                Changes::Blocks => before.different_blocks(&after).is_some_and(|count| count <= edits),
            };
            if !allowed {
                return false;
            }
            rendering = Some(after);
        }
        *self = Self { fixes: all, text, front_matter, rendering, body, ..*self };
        true
    }

    fn allows_front_matter(
        &self,
        after: Option<&FrontMatter>,
        text: &str,
        declared: Option<Changes>,
        edits: usize,
    ) -> bool {
        let (before, after) = match (&self.front_matter, after) {
            (None, after) => return after.is_none(),
            (Some(_), None) => return false,
            (Some(before), Some(after)) => (before, after),
        };
        if before.block.of(&self.text) == after.block.of(text) {
            return true;
        }
        if after.tree.errors.len() > before.tree.errors.len()
            || after.closing.is_none() && before.closing.is_some()
        {
            return false;
        }
        let value =
            |front_matter: &FrontMatter| front_matter.tree.root.as_ref().map(crate::yaml::Node::to_json);
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
