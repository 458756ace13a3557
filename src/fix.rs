//! What could be written instead: edits that stand or fall together.

use std::collections::BTreeMap;

use crate::text::Span;

/// Whether a fix can be applied automatically.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown but never applied: it contains a placeholder or requires a decision.
    #[serde(rename = "display")]
    DisplayOnly,
    /// Probably intended; applied with `--unsafe-fixes`.
    Unsafe,
    /// Does not change the rendered page, or certainly intended; applied with `--fix`.
    Safe,
}

/// New text for a range of the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to write there.
    pub content: String,
}

/// A change to one file: the file of the diagnostic's primary label.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fix {
    /// What it does, as an editor's menu would say it.
    pub title: String,
    /// How far it can be trusted.
    pub applicability: Applicability,
    edits: Vec<Edit>,
}

impl Fix {
    /// A fix of disjoint edits; they are sorted here and applied all or not at all.
    pub fn new(title: impl Into<String>, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        debug_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        Self { title: title.into(), applicability, edits }
    }

    /// The usual fix: one range, new text.
    pub fn replace(
        title: impl Into<String>,
        applicability: Applicability,
        span: Span,
        content: impl Into<String>,
    ) -> Self {
        Self::new(title, applicability, vec![Edit { span, content: content.into() }])
    }

    /// Gives edits another text, where `text` has one; then the fix is no more than something to look at.
    pub fn rewrite(&mut self, text: impl Fn(&Edit) -> Option<String>) {
        for edit in &mut self.edits {
            if let Some(content) = text(edit) {
                edit.content = content;
                self.applicability = Applicability::DisplayOnly;
            }
        }
    }

    /// The edits, sorted and disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// What the safe fixes of a rule may change of what readers get. Before a fix is written, the page is rendered and
/// compared, so that a fix cannot change more than its rule declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// Nothing: the page looks and works as it did, and its front matter says the same.
    Nothing,
    /// Where links lead and images come from, in front matter too; a URL that is shown as text is one.
    Addresses,
    /// Words in text, in descriptions and in the values of front matter; not what is emphasised, linked or code.
    Words,
    /// The blocks that the edits are in: what was text becomes a link.
    Blocks,
    /// Keys and values of front matter, one for each edit.
    Values,
    /// Comments.
    Comments,
}

/// Which of some fixes can be applied together, each as a whole: those that come first in the text win over those that
/// overlap or touch them.
///
/// A fix that does just what one before it does counts as applied with it. Fixes that do not belong to the text are
/// left out.
pub fn compatible(source: &str, fixes: &[&Fix]) -> Vec<FixOutcome> {
    let mut order: Vec<usize> = (0..fixes.len()).collect();
    order.sort_by_key(|&index| fixes[index].edits.first().map(|edit| edit.span));
    let mut outcomes = vec![FixOutcome::Skipped; fixes.len()];
    // Edits that are taken: start → end, and whose they are.
    let mut taken: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for index in order {
        let edits = &fixes[index].edits;
        let belongs = edits.iter().all(|edit| source.get(edit.span.range()).is_some());
        let changes = edits.iter().any(|edit| source.get(edit.span.range()) != Some(&edit.content));
        if !belongs || !changes {
            continue;
        }
        match edits.iter().find_map(|edit| neighbour(&taken, edit.span)) {
            None => {
                taken.extend(edits.iter().map(|edit| (edit.span.start, (edit.span.end, index))));
                outcomes[index] = FixOutcome::Applied;
            }
            Some(other) if fixes[other].edits == *edits => outcomes[index] = FixOutcome::Duplicate,
            Some(_) => {}
        }
    }
    outcomes
}

/// What becomes of a fix among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixOutcome {
    /// It is applied.
    Applied,
    /// One that is applied does the same.
    Duplicate,
    /// Another one is in its way, or it changes nothing.
    Skipped,
}

/// The fix among those taken that overlaps or touches a range.
fn neighbour(taken: &BTreeMap<u32, (u32, usize)>, span: Span) -> Option<usize> {
    let (_, &(end, index)) = taken.range(..=span.end).next_back()?;
    (end >= span.start).then_some(index)
}

/// The text with fixes applied that are [`compatible`].
pub fn apply<'a>(source: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    let mut edits: Vec<&Edit> = fixes.into_iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for edit in edits {
        text.push_str(&source[done..edit.span.start as usize]);
        text.push_str(&edit.content);
        done = edit.span.end as usize;
    }
    text.push_str(&source[done..]);
    text
}

#[cfg(test)]
mod tests {
    use super::{Applicability, Edit, Fix, FixOutcome, apply, compatible};
    use crate::text::Span;

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit = |&(start, end, content): &(u32, u32, &str)| Edit {
            span: Span::new(start, end),
            content: content.into(),
        };
        Fix::new("", Applicability::Safe, edits.iter().map(edit).collect())
    }

    fn applied(source: &str, fixes: &[Fix]) -> (String, Vec<FixOutcome>) {
        let fixes: Vec<&Fix> = fixes.iter().collect();
        let outcomes = compatible(source, &fixes);
        let taken = fixes.iter().zip(&outcomes).filter(|(_, outcome)| **outcome == FixOutcome::Applied);
        (apply(source, taken.map(|(fix, _)| *fix)), outcomes)
    }

    #[test]
    fn edits_of_several_fixes_may_alternate() {
        let fixes = [fix(&[(0, 1, "A"), (4, 5, "E")]), fix(&[(2, 3, "C")])];
        assert_eq!(applied("abcde", &fixes), ("AbCdE".to_owned(), vec![FixOutcome::Applied; 2]));
    }

    #[test]
    fn the_earlier_of_two_that_meet_wins_as_a_whole() {
        let fixes = [fix(&[(2, 4, "-"), (6, 7, "-")]), fix(&[(0, 3, "+")]), fix(&[(5, 6, "*")])];
        assert_eq!(
            applied("abcdefg", &fixes).1,
            [FixOutcome::Skipped, FixOutcome::Applied, FixOutcome::Applied]
        );
        assert_eq!(applied("abcdefg", &fixes).0, "+de*g");
        // Whether two insertions at one place belong together, only the next look at the text can say.
        let twice = [fix(&[(1, 1, "x")]), fix(&[(1, 1, "y")])];
        assert_eq!(applied("ab", &twice), ("axb".to_owned(), vec![FixOutcome::Applied, FixOutcome::Skipped]));
    }

    #[test]
    fn the_same_fix_of_two_findings_is_applied_once() {
        let fixes = [fix(&[(0, 1, "x"), (2, 3, "x")]), fix(&[(0, 1, "x"), (2, 3, "x")])];
        assert_eq!(
            applied("abc", &fixes),
            ("xbx".to_owned(), vec![FixOutcome::Applied, FixOutcome::Duplicate])
        );
    }

    #[test]
    fn fixes_of_another_text_and_those_that_change_nothing_are_left_out() {
        for edit in [(1, 2, "x"), (0, 9, "x"), (0, 2, "é"), (0, 0, "")] {
            assert_eq!(
                applied("é", &[fix(&[edit])]),
                ("é".to_owned(), vec![FixOutcome::Skipped]),
                "{edit:?}"
            );
        }
    }
}
