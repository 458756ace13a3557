//! Configured terms: finding their incorrect spellings in text.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de::Error};

use super::prefixes::Prefixes;
use crate::markdown::TextKind;

/// The most bytes that a term or a name may have.
const MAX_BYTES: usize = 256;

/// The option with the incorrect spellings of each term. It is indexed when it is read.
#[derive(Debug, Clone, Default)]
pub struct Terms(Index);

/// The option with names that have one correct case, as an index and as they are listed. It is indexed when it is read.
#[derive(Debug, Clone, Default)]
pub struct Names(Index, BTreeSet<String>);

/// Spellings, and the correct spelling of each.
#[derive(Debug, Clone, Default)]
struct Index {
    spellings: Prefixes,
    right: Vec<String>,
}

/// Finds the incorrect spellings of terms.
#[derive(Debug, Clone, Copy)]
pub struct TermMatcher<'a> {
    terms: &'a Terms,
    names: &'a Names,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Exact,
    Any,
}

/// An incorrect spelling in a text.
#[derive(Debug)]
pub struct TermMisspelling<'a> {
    /// The byte range in the text.
    pub range: Range<usize>,
    /// The correct spelling.
    pub right: &'a str,
    /// Whether it is in prose and not part of a path, a package name or an anchor.
    pub is_sure: bool,
}

impl Terms {
    /// Incorrect spellings by their correct one.
    ///
    /// # Errors
    ///
    /// If one is longer than 256 bytes: a message for the user.
    pub fn new(terms: BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut pairs = Vec::new();
        for (right, wrong) in terms {
            // The correct spelling takes precedence over incorrect ones that are part of it.
            pairs.push((right.clone(), right.clone()));
            pairs.extend(wrong.into_iter().map(|wrong| (wrong, right.clone())));
        }
        Index::new(pairs).map(Self)
    }
}

impl Names {
    /// Names with their correct case.
    ///
    /// # Errors
    ///
    /// If one is longer than 256 bytes: a message for the user.
    pub fn new(names: Vec<String>) -> Result<Self, String> {
        let listed = names.iter().cloned().collect();
        let index = Index::new(names.into_iter().map(|name| (name.to_ascii_lowercase(), name)).collect())?;
        Ok(Self(index, listed))
    }

    /// Whether a name is listed as it is written; two names may differ only in case.
    pub fn contains(&self, name: &str) -> bool {
        self.1.contains(name)
    }
}

impl Index {
    /// Of equal spellings, the first counts.
    fn new(pairs: Vec<(String, String)>) -> Result<Self, String> {
        if let Some(why) = too_long(pairs.iter().flat_map(|(written, right)| [written, right])) {
            return Err(why);
        }
        let mut pairs: Vec<_> = pairs.into_iter().filter(|(written, _)| !written.is_empty()).collect();
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        pairs.dedup_by(|(later, _), (first, _)| later == first);
        let (written, right) = pairs.into_iter().unzip();
        Ok(Self { spellings: Prefixes::of_sorted(written), right })
    }

    /// The length of the longest spelling, as a separate word, at an offset of a text, and the correct one. `folded` is
    /// the text as the spellings are written.
    fn at(&self, folded: &str, at: usize, case: Case, kind: TextKind) -> Option<(usize, &str)> {
        let mut found = self.spellings.of(&folded.as_bytes()[at..]);
        found
            .find(|(_, length)| is_word(folded, at..at + length, case, kind))
            .map(|(index, length)| (length, &*self.right[index]))
    }
}

impl<'a> TermMatcher<'a> {
    /// A matcher for both options of the rule.
    pub const fn new(terms: &'a Terms, names: &'a Names) -> Self {
        Self { terms, names }
    }

    /// Whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.0.right.is_empty() && self.names.0.right.is_empty()
    }

    /// The incorrect spellings in a text, except those in URLs. Linear in the length of the text.
    pub fn misspellings(&self, text: &str, kind: TextKind) -> Vec<TermMisspelling<'a>> {
        let is_prose = matches!(kind, TextKind::Prose | TextKind::Inline | TextKind::FrontMatter);
        let terms = is_prose.then_some(&self.terms.0);
        let names = (kind != TextKind::FrontMatter).then_some(&self.names.0);
        let names = names.filter(|names| !names.right.is_empty());
        let lower = names.map_or(Cow::Borrowed(text), |_| Cow::Owned(text.to_ascii_lowercase()));
        let longest = |at| {
            let term = terms.and_then(|terms| terms.at(text, at, Case::Exact, kind));
            let name = names.and_then(|names| names.at(&lower, at, Case::Any, kind));
            match (name, term) {
                (Some(name), Some(term)) => Some(if term.0 > name.0 { term } else { name }),
                (name, term) => name.or(term),
            }
        };
        let mut misspellings = Vec::new();
        let mut at = 0;
        let mut chunk = Chunk::default();
        while at < text.len() {
            let Some((length, right)) = longest(at) else {
                at += 1;
                continue;
            };
            let range = at..at + length;
            if at >= chunk.end {
                chunk = Chunk::around(text, chunk.end, at);
            }
            at = range.end;
            if text[range.clone()] != *right && !chunk.is_url {
                let is_part = text[..range.start].ends_with(JOINS) || text[range.end..].starts_with(JOINS);
                misspellings.push(TermMisspelling { range, right, is_sure: is_prose && !is_part });
            }
        }
        misspellings
    }
}

/// What to say of the first text that is too long for a term or a name, which may have 256 bytes.
pub fn too_long<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Option<String> {
    let long = texts.into_iter().find(|text| text.as_ref().len() > MAX_BYTES)?;
    let begin: String = long.as_ref().chars().take(20).collect();
    Some(format!("`{begin}…` is longer than {MAX_BYTES} bytes"))
}

/// Whether a spelling is not part of a longer word. In plain text, underscores separate words; elsewhere, underscores
/// around a word are ignored.
fn is_word(text: &str, range: Range<usize>, case: Case, kind: TextKind) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    let skips = case == Case::Exact || matches!(kind, TextKind::Inline | TextKind::Code | TextKind::Html);
    let is_skipped = |c: char| skips && c == '_';
    let written = &text[range.clone()];
    // Only next to a letter are underscores looked through: each run of them at most twice.
    !(written.starts_with(is_letter) && text[..range.start].trim_end_matches(is_skipped).ends_with(is_letter)
        || written.ends_with(is_letter)
            && text[range.end..].trim_start_matches(is_skipped).starts_with(is_letter))
}

impl<'de> Deserialize<'de> for Terms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(BTreeMap::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Terms {
    fn schema_name() -> Cow<'static, str> {
        "Terms".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, Vec<String>>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

impl JsonSchema for Names {
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// Characters that join the parts of a path, a package name or an anchor, in which another spelling may be correct.
const JOINS: [char; 4] = ['_', '/', '@', '#'];

/// A part of a text between spaces, quotation marks and brackets.
#[derive(Default)]
struct Chunk {
    end: usize,
    is_url: bool,
}

impl Chunk {
    /// The chunk that contains the offset `at`; it does not start before `from`.
    fn around(text: &str, from: usize, at: usize) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')');
        let start = text[from..at].rfind(ends).map_or(from, |before| from + before);
        let end = text[at..].find(ends).map_or(text.len(), |end| at + end);
        let chunk = text[start..end].trim_start_matches(ends);
        let is_destination = text[..end - chunk.len()].ends_with("](");
        let is_url =
            is_destination || chunk.contains("://") || chunk.starts_with("www.") || has_email_address(chunk);
        Self { end, is_url }
    }
}

fn has_email_address(chunk: &str) -> bool {
    chunk.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(char::is_alphanumeric)
            && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Names, TermMatcher, Terms};
    use crate::markdown::TextKind;

    fn terms(terms: &[(&str, &[&str])]) -> Terms {
        let owned = |wrong: &[&str]| wrong.iter().map(|&it| it.to_owned()).collect();
        let terms: BTreeMap<_, _> =
            terms.iter().map(|(right, wrong)| ((*right).to_owned(), owned(wrong))).collect();
        Terms::new(terms).expect("they are short")
    }

    fn found(terms: &Terms, names: &[&str], text: &str) -> Vec<(String, String)> {
        let names = Names::new(names.iter().map(|&it| it.to_owned()).collect()).expect("they are short");
        let found = TermMatcher::new(terms, &names).misspellings(text, TextKind::Prose);
        found.into_iter().map(|it| (text[it.range].to_owned(), it.right.to_owned())).collect()
    }

    fn pair(wrong: &str, right: &str) -> (String, String) {
        (wrong.to_owned(), right.to_owned())
    }

    #[test]
    fn the_longest_spelling_that_is_a_word_counts() {
        let terms = terms(&[("Tide Table", &["tide", "tide tables", "tide-t"]), ("Quay", &["tide tab"])]);
        let right = "Tide Table";
        assert_eq!(found(&terms, &[], "a tide tables"), [pair("tide tables", right)]);
        assert_eq!(found(&terms, &[], "a tide table"), [pair("tide", right)]);
        assert_eq!(found(&terms, &[], "a tide tab, tides"), [pair("tide tab", "Quay")]);
        assert_eq!(found(&terms, &[], "Tide Table, tide-t."), [pair("tide-t", right)]);
    }

    #[test]
    fn a_name_takes_precedence_over_a_term_of_the_same_length() {
        let terms = terms(&[("QuayDB", &["quaydb", "quaysql server"])]);
        let names = ["QuayDb", "QuaySQL"];
        assert_eq!(found(&terms, &names, "quaydb"), [pair("quaydb", "QuayDb")]);
        assert_eq!(found(&terms, &names, "quaysql server"), [pair("quaysql server", "QuayDB")]);
        assert_eq!(found(&terms, &names, "Quaysql servers"), [pair("Quaysql", "QuaySQL")]);
    }

    #[test]
    fn of_equal_spellings_the_first_counts() {
        let terms = terms(&[("Bell", &["bel"]), ("Belle", &["bel"])]);
        assert_eq!(
            found(&terms, &["QuayDB", "QuayDb"], "bel quaydb"),
            [pair("bel", "Bell"), pair("quaydb", "QuayDB")]
        );
    }

    #[test]
    fn terms_have_a_length() {
        let error = Names::new(vec!["q".repeat(257)]).expect_err("it is too long");
        assert_eq!(error, "`qqqqqqqqqqqqqqqqqqqq…` is longer than 256 bytes");
        Names::new(vec!["q".repeat(256)]).expect("it is short enough");
    }
}
