//! One thing written several ways, and how often each.

use std::collections::BTreeMap;

/// How many pages spell a key how.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    counts: BTreeMap<Box<str>, usize>,
}

impl Spellings {
    /// Counts a page.
    pub fn add(&mut self, spelling: &str) {
        *self.counts.entry(spelling.into()).or_default() += 1;
    }

    /// The pages that spell it this way.
    pub fn count(&self, spelling: &str) -> usize {
        self.counts.get(spelling).copied().unwrap_or_default()
    }

    /// All pages that it is counted for.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// The spelling that more pages use than any other; `None` for a tie and for a key that no page has.
    pub fn usual(&self) -> Option<(&str, usize)> {
        let (spelling, &count) = self.counts.iter().max_by_key(|(_, count)| **count)?;
        let ties = self.counts.values().filter(|&&other| other == count).count();
        (ties == 1).then_some((&**spelling, count))
    }
}

#[cfg(test)]
mod tests {
    use super::Spellings;

    #[test]
    fn a_tie_has_no_usual_spelling() {
        let mut spellings = Spellings::default();
        spellings.add("id");
        spellings.add("value");
        assert_eq!(spellings.usual(), None);
        spellings.add("id");
        assert_eq!(spellings.usual(), Some(("id", 2)));
    }
}
