//! Passwords, tokens and other secrets of URLs, which no report may repeat: in user information, paths, queries and
//! fragments, whatever they are written in and however they are encoded. Every text of a source that is shown passes
//! [`Secrets::mask`].

mod cues;
mod decode;
mod forms;
mod names;
mod parameters;
mod paths;
mod placeholders;
mod reader;
mod url;
mod values;
mod words;

use std::{borrow::Cow, ops::Range};

use names::Bare;
use reader::WordReader;
use words::SpacedWords;

/// The secrets that are known by their place, their format or the names of their parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Secrets {
    /// Names besides the usual ones, in the form in which names are compared.
    names: Vec<Box<str>>,
}

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What makes it one.
    pub kind: SecretKind,
    /// The bytes of the text that it takes, however it is encoded there.
    pub value: Range<usize>,
    /// What it is part of.
    pub place: SecretPlace,
    /// The host of its URL in lower case; empty where there is none.
    pub host: Box<str>,
}

/// What makes a value a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretKind {
    /// It is the user information before the `@` of a host, with a password or a token.
    User,
    /// It is in the path of a webhook, a private feed or a private calendar.
    Path,
    /// The name of its parameter, as it is meant.
    Parameter(Box<str>),
    /// It has the published format of a token, which is called so.
    Form(&'static str),
}

/// What a secret is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretPlace {
    /// A URL, or a connection string.
    Url,
    /// Any other text, or a URL of documentation: it is not reported, and not shown either.
    Text,
}

impl Secrets {
    /// Secrets with more names of parameters than the usual ones. Case, hyphens and underscores do not count.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let bare = |name: &str| Some(String::from_utf8_lossy(Bare::new(name.as_bytes())?.as_bytes()).into());
        let mut names: Vec<Box<str>> = names.into_iter().filter_map(bare).collect();
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// The secrets of a text, in order and apart from each other. Takes time in proportion to the text.
    ///
    /// The text may be anything that has URLs in it: Markdown, HTML, YAML, a message. Values that are surely not secrets,
    /// such as `YOUR_TOKEN`, are left out.
    pub fn find(&self, text: &str) -> Vec<Secret> {
        if words::is_harmless(text.as_bytes()) {
            return vec![];
        }
        let mut found = Vec::new();
        for word in SpacedWords::of(text.as_bytes()) {
            let is_harmless = || self.names.is_empty() && word.is_harmless(text.as_bytes());
            if word.may_have_secrets() && !is_harmless() {
                WordReader::new(self, text, word.range.clone(), &mut found).read();
            }
            if word.may_be_random() {
                found.extend(cues::announced(text, word.range.start));
            }
        }
        apart(found)
    }

    /// The text with a mark for every character of its secrets. Lengths, lines and places stay as they are, in bytes, code
    /// points and UTF-16 code units.
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let found = self.find(text);
        if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(masked(text, &found)) }
    }
}

/// A text with a mark for every character of the secrets that were found in it.
pub fn masked(text: &str, found: &[Secret]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for Secret { value, .. } in found {
        shown.push_str(&text[done..value.start]);
        push_marks(&mut shown, &text[value.clone()]);
        done = value.end;
    }
    shown.push_str(&text[done..]);
    shown
}

/// Puts secrets in order and makes one of those that overlap.
fn apart(mut found: Vec<Secret>) -> Vec<Secret> {
    found.sort_by_key(|secret| (secret.value.start, std::cmp::Reverse(secret.value.end)));
    found.dedup_by(|next, kept| {
        let overlaps = next.value.start < kept.value.end;
        if overlaps {
            let value = kept.value.start..kept.value.end.max(next.value.end);
            if kept.place == SecretPlace::Text && next.place == SecretPlace::Url {
                *kept = next.clone();
            }
            kept.value = value;
        }
        overlaps
    });
    found
}

/// Adds a mark for each character of a text: one that takes as much room in every encoding. Lines stay.
pub fn push_marks(shown: &mut String, text: &str) {
    shown.extend(text.chars().map(|c| match c.len_utf8() {
        1 if matches!(c, '\n' | '\r') => c,
        1 => '*',
        2 => '×',
        3 => '•',
        _ => '🔒',
    }));
}

#[cfg(test)]
mod tests;
