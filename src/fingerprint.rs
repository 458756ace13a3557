//! What a finding is known by from one run to the next, however its line number changes.

use std::{
    collections::HashMap,
    fmt,
    path::{Component, Path, PathBuf},
};

use xxhash_rust::xxh3::xxh3_64;

use crate::{diagnostic::Diagnostic, sources::Sources, text::Span};

/// Bytes of the flagged text that count. A longer text is not told apart by its end, and a fingerprint takes the same
/// time for every finding.
const MAX_TEXT: usize = 1024;

/// The name of a finding: XXH3 (64 bits, seed 0) over the rule, the path, the flagged text, and which one it is among
/// findings of the same rule about the same text in the same file. Where the flagged text has no letter and no digit,
/// such as the `---` at which two keys are missing, the message counts too, without its digits: they may count lines.
///
/// Secrets do not count: texts and messages are hashed as they are shown. Where the flagged text is nothing but a
/// secret, the URL around it counts, so that the same secret in another URL is another finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    /// 16 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Gives fingerprints to the findings of one run, which must come in order.
#[derive(Debug)]
pub struct Fingerprints<'a> {
    sources: &'a Sources,
    seen: HashMap<u64, u64>,
    /// The last path, and what is hashed of it: findings of a file come one after the other.
    last: (PathBuf, Vec<u8>),
    /// Room for what is hashed of a finding.
    hashed: Vec<u8>,
}

impl<'a> Fingerprints<'a> {
    /// For the findings in some texts.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, seen: HashMap::new(), last: (PathBuf::new(), vec![]), hashed: vec![] }
    }

    /// The fingerprint of the next finding. `path` is what its file is called: that of its primary label, seen from
    /// where the fingerprint is to hold.
    pub fn next(&mut self, diagnostic: &Diagnostic, path: &Path) -> Fingerprint {
        if *self.last.0.as_os_str() != *path.as_os_str() {
            self.last = (path.to_owned(), hashed_path(path));
        }
        self.hashed.clear();
        push_stem(&mut self.hashed, diagnostic, &self.last.1, self.sources);
        let ordinal = self.seen.entry(xxh3_64(&self.hashed)).or_default();
        self.hashed.push(0);
        self.hashed.extend(ordinal.to_le_bytes());
        *ordinal += 1;
        Fingerprint(xxh3_64(&self.hashed))
    }
}

/// What a finding is called but for which it is among those that are alike, if it lay in the file at `path`.
pub fn stem(diagnostic: &Diagnostic, path: &Path, sources: &Sources) -> u64 {
    let mut hashed = Vec::new();
    push_stem(&mut hashed, diagnostic, &hashed_path(path), sources);
    xxh3_64(&hashed)
}

/// The parts of a path, each with a slash after it.
fn hashed_path(path: &Path) -> Vec<u8> {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    parts.flat_map(|part| [part.as_os_str().as_encoded_bytes(), b"/"].concat()).collect()
}

/// Adds what identifies a finding, except for its position among equal ones.
fn push_stem(hashed: &mut Vec<u8>, diagnostic: &Diagnostic, path: &[u8], sources: &Sources) {
    hashed.extend(diagnostic.rule.id.as_bytes());
    hashed.push(0);
    hashed.extend(path);
    hashed.push(0);
    let source = sources.get(&diagnostic.primary.path);
    let flagged = diagnostic.primary.span.fit(&source.text).of(&source.text);
    hashed.extend(&flagged.as_bytes()[..flagged.len().min(MAX_TEXT)]);
    if !flagged.chars().any(char::is_alphanumeric) {
        let message = sources.masked(&diagnostic.message);
        hashed.push(0);
        message.as_bytes().split(u8::is_ascii_digit).for_each(|part| hashed.extend(part));
        if source.hides(diagnostic.primary.span) {
            hashed.push(0);
            hashed.extend(around(&source.text, diagnostic.primary.span).as_bytes());
        }
    }
}

/// The text around a place, up to white space and what cannot be in a URL.
fn around(text: &str, place: Span) -> &str {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`' | '(' | ')' | '[' | ']');
    let Span { start, end } = place.fit(text);
    let before = &text[..start as usize];
    let from = before.char_indices().rev().take(MAX_TEXT).take_while(|(_, c)| !ends(*c)).last();
    let after = &text[end as usize..];
    let to = after
        .char_indices()
        .take(MAX_TEXT)
        .find(|(_, c)| ends(*c))
        .map_or(after.len().min(MAX_TEXT), |(at, _)| at);
    let to = Span::new(0, to as u32).fit(after).end as usize;
    &text[from.map_or(before.len(), |(at, _)| at)..end as usize + to]
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::Fingerprints;
    use crate::{
        diagnostic::{Diagnostic, Label, RuleMeta, Severity},
        rules,
        sources::Sources,
        text::Span,
    };

    /// Fingerprints of the places of `word` in `text`, as one run gives them.
    fn of(file: &str, rule: &'static str, text: &str, word: &str) -> Vec<String> {
        let meta = Box::leak(Box::new(RuleMeta { id: rule, ..*rules::INTERNAL_ERROR }));
        let path: Arc<Path> = Path::new(file).into();
        let found = text.match_indices(word).map(|(start, word)| {
            let label = Label::new(&path, Span::from_range(start..start + word.len()));
            Diagnostic::new(meta, Severity::Warning, label, "")
        });
        named(&path, text, &found.collect::<Vec<_>>())
    }

    /// Fingerprints of the findings in one file.
    fn named(path: &Path, text: &str, found: &[Diagnostic]) -> Vec<String> {
        let sources = Sources::new(Path::new("/site"));
        sources.keep(path, text.into());
        let mut fingerprints = Fingerprints::new(&sources);
        found.iter().map(|it| fingerprints.next(it, path).to_string()).collect()
    }

    /// Fingerprints of findings with these messages at the front matter's opening line.
    fn missing(text: &str, messages: &[&str]) -> Vec<String> {
        let path: Arc<Path> = Path::new("a.md").into();
        let at = text.find("---").expect("there is front matter") as u32;
        let label = || Label::new(&path, Span::new(at, at + 3));
        let finding =
            |message: &&str| Diagnostic::new(rules::INVALID_CONFIG, Severity::Error, label(), *message);
        named(&path, text, &messages.iter().map(finding).collect::<Vec<_>>())
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
    fn what_is_missing_is_told_apart_by_the_message() {
        let text = "---\ntags: []\n---\n";
        let both = missing(text, &["`date` is missing", "`title` is missing"]);
        let one = missing(text, &["`title` is missing"]);
        assert_eq!(both[1], one[0], "the other one does not move up");
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn numbers_of_lines_in_a_message_do_not_matter() {
        let one = missing("---\n---\n", &["the block of line 3 never ends"]);
        assert_eq!(one, missing("\n\n---\n---\n", &["the block of line 12 never ends"]));
    }

    #[test]
    fn secrets_in_a_message_do_not_matter() {
        let message = |token: &str| format!("https://q.example/?access_token={token} is empty");
        let named = |token: &str| missing("---\n---\n", &[&message(token)]);
        assert_eq!(named("hunter2secret"), named("marina7secret"));
        let sources = Sources::new(Path::new("/site"));
        let once = sources.masked(&message("hunter2secret")).into_owned();
        assert_eq!(sources.masked(&once), once, "what is shown may be shown again");
    }

    #[test]
    fn the_algorithm_is_part_of_the_promise() {
        assert_eq!(of("posts/a.md", "bare-url", "two", "two"), ["41a00db41b9daa30"]);
    }
}
