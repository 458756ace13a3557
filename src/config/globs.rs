//! Globs in a config.

use globset::{ErrorKind, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::{
    load::{ConfigSource, mistake},
    raw::OneOrMany,
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label},
    text::{DATA_ENDINGS, PAGE_ENDINGS_WITH_MDX},
};

/// Reads the globs of a list at `at`, and reports the invalid ones.
pub(super) fn glob_set(
    source: &ConfigSource,
    at: &[Segment],
    list: &OneOrMany,
    diagnostics: &mut Vec<Diagnostic>,
) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for (text, place) in glob_places(source, at, list) {
        match glob(text) {
            Ok(glob) => {
                builder.add(glob);
            }
            Err(error) => diagnostics.push(bad_glob(place, text, &error)),
        }
    }
    builder.build().unwrap_or_default()
}

/// The globs of a list at `at`, each with its location.
pub(super) fn glob_places<'a>(
    source: &'a ConfigSource,
    at: &'a [Segment],
    list: &'a OneOrMany,
) -> impl Iterator<Item = (&'a str, Label)> {
    list.as_slice().iter().enumerate().map(move |(index, text)| {
        let place = match list {
            OneOrMany::One(_) => source.value_place(at),
            OneOrMany::Many(_) => source.value_place(&[at, &[Segment::Index(index)]].concat()),
        };
        (text.as_str(), place)
    })
}

pub(super) fn bad_glob(place: Label, text: &str, error: &globset::Error) -> Diagnostic {
    let mut diagnostic = mistake(place, format!("invalid glob `{text}`: {}", reason(error.kind())));
    diagnostic.help("put a literal special character in brackets: `[[]`, `[{]`");
    diagnostic
}

fn reason(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::UnclosedClass => "unclosed `[`".to_owned(),
        ErrorKind::InvalidRange(from, to) => format!("invalid range `{from}-{to}`"),
        ErrorKind::UnclosedAlternates => "unclosed `{`".to_owned(),
        ErrorKind::UnopenedAlternates => "unmatched `}`".to_owned(),
        ErrorKind::DanglingEscape => "trailing `\\`".to_owned(),
        other => other.to_string(),
    }
}

/// A set of globs.
///
/// # Errors
///
/// If one of them is invalid.
pub(super) fn globs(list: &[String]) -> Result<GlobSet, globset::Error> {
    let mut builder = GlobSetBuilder::new();
    for text in list {
        builder.add(glob(text)?);
    }
    builder.build()
}

/// A glob as in `.gitignore`: `*` does not match `/`, `**` does. The extension of a Markdown file matches in any case:
/// `p.MD` is a page wherever `p.md` is.
///
/// # Errors
///
/// If it is invalid.
pub fn glob(text: &str) -> Result<Glob, globset::Error> {
    // Checked before extensions are expanded, because an unclosed bracket would end at one that the expansion adds.
    builder(text).build()?;
    builder(&with_case_insensitive_extension(text)).build()
}

/// Whether a glob names JSON, YAML or TOML files only.
pub(super) fn is_data_glob(text: &str) -> bool {
    let Some((_, ending)) = text.rsplit_once('.') else { return false };
    let mut endings = ending.trim_start_matches('{').trim_end_matches('}').split(',');
    endings.all(|ending| DATA_ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(ending.trim())))
}

pub(super) fn builder(text: &str) -> GlobBuilder<'_> {
    let mut builder = GlobBuilder::new(text.trim_start_matches("./").trim_start_matches('/'));
    builder.literal_separator(true);
    builder
}

/// Replaces an extension such as `md`, at the end of a name or in braces, with `[mM][dD]`.
fn with_case_insensitive_extension(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['.', '{', ',']) {
        let (head, tail) = rest.split_at(at + 1);
        folded.push_str(head);
        let len = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (word, after) = tail.split_at(len);
        let is_extension = PAGE_ENDINGS_WITH_MDX.iter().any(|extension| extension.eq_ignore_ascii_case(word))
            && (after.is_empty() || after.starts_with(['}', ',']));
        if is_extension {
            for letter in word.chars() {
                folded.extend(['[', letter.to_ascii_lowercase(), letter.to_ascii_uppercase(), ']']);
            }
        } else {
            folded.push_str(word);
        }
        rest = after;
    }
    folded + rest
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{glob, with_case_insensitive_extension};
    use crate::config::default_files;
    use crate::text::PAGE_ENDINGS;

    #[test]
    fn the_extension_of_a_page_is_case_insensitive() {
        assert_eq!(with_case_insensitive_extension("a.b/*.{md,txt}"), "a.b/*.{[mM][dD],txt}");
        let matches = |text: &str, path: &str| {
            glob(text).expect("it is a glob").compile_matcher().is_match(Path::new(path))
        };
        assert!(matches("blog/*.md", "blog/p.MD") && !matches("blog/*.md", "Blog/p.md"));
        assert!(matches("*{.md,.Markdown}", "p.mARKDOWN") && matches("p.md", "p.Md"));
        assert!(!matches("md/*.txt", "MD/a.txt") && !matches("*.mdoc", "a.MDOC"));
        for extension in PAGE_ENDINGS {
            assert!(matches(&default_files(), &format!("a/b.{}", extension.to_uppercase())), "{extension}");
        }
        assert!(!matches(&default_files(), "a.mdx"));
    }
}
