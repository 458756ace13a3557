//! Which files the ignore rules of a state leave out, where there is no disk to walk.

use std::{collections::BTreeMap, path::Path, path::PathBuf};

use ignore::gitignore::Gitignore;

use crate::discover::{self, IGNORE_FILES};

/// Ignore rules by name of their file and by folder, relative to the repository.
#[derive(Debug, Default)]
pub struct Ignored([BTreeMap<PathBuf, Gitignore>; IGNORE_FILES.len()]);

impl Ignored {
    /// Whether a file has rules in it, by its name.
    pub(super) fn has_rules(path: &Path) -> bool {
        IGNORE_FILES.iter().any(|name| path.ends_with(name))
    }

    /// Reads rules: the path of each file relative to the repository, and its text. A line that is not a rule is passed
    /// over.
    pub fn new<'a>(files: impl Iterator<Item = (&'a Path, &'a str)>) -> Self {
        let mut ignored = Self::default();
        for (path, text) in files {
            let Some(at) = IGNORE_FILES.iter().position(|name| path.ends_with(name)) else { continue };
            let folder = path.parent().unwrap_or(Path::new(""));
            ignored.0[at].extend(discover::rules(text).ok().map(|rules| (folder.to_owned(), rules)));
        }
        ignored
    }

    /// Whether the rules leave a file out, by path relative to the repository. The nearest rule that speaks of it
    /// counts.
    pub(super) fn matches(&self, path: &Path, with_markdownlint: bool) -> bool {
        self.have(usize::from(!with_markdownlint), path)
    }

    /// Whether git's own rules leave a file out, by path relative to the repository.
    pub fn by_git(&self, path: &Path) -> bool {
        self.have(IGNORE_FILES.len() - 1, path)
    }

    /// The same for the rules from the nth kind on.
    fn have(&self, strongest: usize, path: &Path) -> bool {
        let kinds = self.0[strongest..].iter().filter(|rules| !rules.is_empty());
        let mut nearest = kinds.filter_map(|rules| {
            path.ancestors().skip(1).find_map(|folder| discover::ignores(rules.get(folder)?, folder, path))
        });
        nearest.next().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_counts() {
        let files = [
            (".gitignore", "*.txt\n/build\n"),
            ("docs/.gitignore", "!keep.txt\nold/\n"),
            ("docs/.copydeskignore", "draft-*\n"),
            (".markdownlintignore", "CHANGES.md\n"),
        ];
        let ignored = Ignored::new(files.iter().map(|(path, text)| (Path::new(*path), *text)));
        let is_out = |path: &str| ignored.matches(Path::new(path), false);
        for path in ["a.txt", "build/a.md", "docs/old/a.md", "docs/draft-1.md", "docs/x/draft-2.md"] {
            assert!(is_out(path), "{path}");
        }
        for path in ["a.md", "docs/keep.txt", "docs/build/a.md", "draft-1.md", "CHANGES.md"] {
            assert!(!is_out(path), "{path}");
        }
        assert!(ignored.matches(Path::new("CHANGES.md"), true));
    }
}
