//! How large the patterns of a config may be together. A class such as `\w` is thousands of ranges of code points, a number
//! of repetitions multiplies them, and compiling takes time and memory for each.

use std::cell::Cell;

use regex_syntax::{
    ParserBuilder,
    hir::{Class, ClassUnicodeRange, Hir, HirKind},
};

use super::Letters;

/// Bytes of one pattern. Reading it takes memory for each of its classes before its size is known.
const MAX_LENGTH: usize = 20_000;

/// Parts that the patterns of a config may have together. One takes about 60 bytes of memory, in all that is compiled.
const MAX_PARTS: usize = 1_000_000;

/// Parts of a range of code points beyond ASCII: the bytes of each form a sequence.
const PARTS_OF_RANGE: usize = 4;

/// Parts of anything that is compiled alone, however small its pattern is.
pub(super) const ALONE: usize = 300;

/// Parts of anything that is compiled together with others.
const TOGETHER: usize = 30;

/// What is left to the patterns of a config.
#[derive(Debug)]
pub struct PatternBudget(Cell<usize>);

impl Default for PatternBudget {
    fn default() -> Self {
        Self(Cell::new(MAX_PARTS))
    }
}

impl PatternBudget {
    /// Counts a pattern.
    ///
    /// # Errors
    ///
    /// Why it cannot be compiled.
    pub(super) fn take(&self, pattern: &str, letters: Letters) -> Result<(), String> {
        if pattern.len() > MAX_LENGTH {
            return Err(format!("longer than {MAX_LENGTH} bytes"));
        }
        // What is not a pattern is explained when it is compiled.
        let mut parser = ParserBuilder::new().case_insensitive(letters == Letters::Folded).build();
        let parts = if self.0.get() == 0 { 0 } else { parser.parse(pattern).map_or(0, |hir| parts(&hir)) };
        self.spend(parts.saturating_add(TOGETHER))
    }

    /// Counts so many parts.
    ///
    /// # Errors
    ///
    /// If that is more than what is left, after which nothing is.
    pub(super) fn spend(&self, parts: usize) -> Result<(), String> {
        let left = self.0.get().checked_sub(parts);
        self.0.set(left.unwrap_or_default());
        left.map(drop).ok_or_else(|| "the patterns of the config are too large together".to_owned())
    }
}

/// The parts of a pattern, its repetitions multiplied.
fn parts(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => {
            let parts = |range: &ClassUnicodeRange| if range.end().is_ascii() { 1 } else { PARTS_OF_RANGE };
            class.ranges().iter().map(parts).sum()
        }
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            parts(&repetition.sub).saturating_add(1).saturating_mul(times as usize)
        }
        HirKind::Capture(capture) => parts(&capture.sub).saturating_add(2),
        HirKind::Concat(all) | HirKind::Alternation(all) => {
            all.iter().map(parts).fold(1, usize::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, MAX_LENGTH, PatternBudget};

    #[test]
    fn many_small_patterns_are_as_large_as_one_large_one() {
        let budget = PatternBudget::default();
        assert!(budget.take(r"(\w{1000}){1000}", Letters::Kept).is_err());
        let budget = PatternBudget::default();
        let taken = (0..1_000).take_while(|_| budget.take(r"\w{20}", Letters::Folded).is_ok()).count();
        assert!((5..50).contains(&taken), "{taken}");
        assert!(budget.take("tide", Letters::Kept).is_err(), "what follows is not even read");
    }

    #[test]
    fn a_list_of_words_is_small() {
        let budget = PatternBudget::default();
        assert!((0..10_000).all(|word| budget.take(&format!(r"\bharbour{word}\b"), Letters::Folded).is_ok()));
        assert!(budget.take(&"a".repeat(MAX_LENGTH + 1), Letters::Kept).is_err());
        assert!(budget.take("tide(", Letters::Kept).is_ok(), "compiling says what is wrong");
    }
}
