//! One thing written several ways, and how often each.

use std::collections::BTreeMap;

/// How many pages spell a key how. What they say together is known at any time, since each of very many spellings may ask.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    counts: BTreeMap<Box<str>, usize>,
    total: usize,
    /// The highest count, one of the spellings that have it, and how many have it.
    highest: usize,
    first: Box<str>,
    ties: usize,
}

impl Spellings {
    /// Counts a page.
    pub fn add(&mut self, spelling: &str) {
        self.total += 1;
        let count = self.counts.entry(spelling.into()).or_default();
        *count += 1;
        if *count > self.highest {
            (self.highest, self.first, self.ties) = (*count, spelling.into(), 1);
        } else if *count == self.highest {
            self.ties += 1;
        }
    }

    /// The pages that spell it this way.
    pub fn count(&self, spelling: &str) -> usize {
        self.counts.get(spelling).copied().unwrap_or_default()
    }

    /// All pages that it is counted for.
    pub const fn total(&self) -> usize {
        self.total
    }

    /// The spelling that more pages use than any other; `None` for a tie and for a key that no page has.
    pub fn usual(&self) -> Option<(&str, usize)> {
        (self.ties == 1).then_some((&*self.first, self.highest))
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
        spellings.add("value");
        assert_eq!(spellings.usual(), None);
        spellings.add("value");
        assert_eq!((spellings.usual(), spellings.total()), (Some(("value", 3)), 5));
    }
}
