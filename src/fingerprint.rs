//! What a finding is known by from one run to the next, however its line number changes.

use std::{
    collections::HashMap,
    fmt,
    path::{Component, Path},
};

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostic::Diagnostic;

/// Bytes of the flagged text that count. A longer text is not told apart by its end, and a fingerprint takes the same
/// time for every finding.
const MOST_TEXT: usize = 1024;

/// The name of a finding: XXH3 (64 bits, seed 0) over the rule, the path, the flagged text, and which one it is among
/// findings of the same rule about the same text in the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    /// 16 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Gives fingerprints to the findings of one run, which must come in order.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u64>,
}

impl Fingerprints {
    /// The fingerprint of the next finding. `text` is the text of its primary label's file.
    pub fn next(&mut self, diagnostic: &Diagnostic, text: &str) -> Fingerprint {
        let mut hash = stem_of(diagnostic, &diagnostic.primary.path, text);
        let ordinal = self.seen.entry(hash.digest()).or_default();
        hash.update(&[0]);
        hash.update(&ordinal.to_le_bytes());
        *ordinal += 1;
        Fingerprint(hash.digest())
    }
}

/// What a finding is called, but for which it is among those that are alike, if it lay in the file at `path`.
pub fn stem(diagnostic: &Diagnostic, path: &Path, text: &str) -> u64 {
    stem_of(diagnostic, path, text).digest()
}

fn stem_of(diagnostic: &Diagnostic, path: &Path, text: &str) -> Xxh3 {
    let mut hash = Xxh3::new();
    hash.update(diagnostic.rule.as_bytes());
    hash.update(&[0]);
    for part in path.components() {
        if part != Component::CurDir {
            hash.update(part.as_os_str().as_encoded_bytes());
            hash.update(b"/");
        }
    }
    hash.update(&[0]);
    let flagged = diagnostic.primary.span.fit(text).of(text).as_bytes();
    hash.update(&flagged[..flagged.len().min(MOST_TEXT)]);
    if flagged.is_empty() {
        // Nothing is flagged where something is missing; what that is stands in the message.
        hash.update(diagnostic.message.as_bytes());
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::Fingerprints;
    use crate::{
        diagnostic::{Diagnostic, Label, Severity},
        text::Span,
    };

    /// Fingerprints of the places of `word` in `text`, as one run gives them.
    fn of(file: &str, rule: &'static str, text: &str, word: &str) -> Vec<String> {
        let path: Arc<Path> = Path::new(file).into();
        let mut fingerprints = Fingerprints::default();
        let mut next = |(start, word): (usize, &str)| {
            let label = Label::new(&path, Span::from_range(start..start + word.len()));
            let finding = Diagnostic::new(rule, Severity::Warning, label, "");
            fingerprints.next(&finding, text).to_string()
        };
        text.match_indices(word).map(&mut next).collect()
    }

    #[test]
    fn lines_above_do_not_matter() {
        let before = of("a.md", "bare-url", "one\ntwo two", "two");
        assert_eq!(before, of("a.md", "bare-url", "new\n\none\n  two two", "two"));
        assert!(before.iter().all(|text| text.len() == 16));
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_order() {
        let found = of("a.md", "bare-url", "two two two", "two");
        assert!(found[0] != found[1] && found[1] != found[2] && found[0] != found[2]);
    }

    #[test]
    fn rule_path_and_text_matter_each_by_itself() {
        let first = |file, rule, text| of(file, rule, text, text).remove(0);
        let one = first("a.md", "bare-url", "two");
        assert_ne!(one, first("b.md", "bare-url", "two"));
        assert_ne!(one, first("a.md", "bare-ur", "ltwo"));
        assert_ne!(one, first("a.md", "bare-url", "three"));
        assert_eq!(one, first("./a.md", "bare-url", "two"));
    }

    #[test]
    fn the_algorithm_is_part_of_the_promise() {
        assert_eq!(of("posts/a.md", "bare-url", "two", "two"), ["41a00db41b9daa30"]);
    }
}
