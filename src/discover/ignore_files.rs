//! Ignore files on disk, read by us: of a limited size, regular files only, and none that a link outside the checkout
//! leads to.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};

use crate::{disk, git};

/// The largest ignore file that is read, in bytes.
pub const MAX_IGNORE_FILE: u64 = 1 << 20;

/// Names of files with rules, the strongest first. `.markdownlintignore` counts where a site has no config of ours.
pub const IGNORE_FILES: [&str; 4] = [".markdownlintignore", ".copydeskignore", ".ignore", ".gitignore"];

/// Rules of ignore files, read folder by folder on a walk that visits the contents of a folder right after it.
#[derive(Debug, Default)]
pub(super) struct IgnoreFiles {
    /// Places in [`IGNORE_FILES`] of the names that count.
    names: std::ops::Range<usize>,
    /// The folder of the checkout, absolute.
    checkout: PathBuf,
    /// The rules on the way to the present folder, by name, each with its folder, the nearest last.
    rules: [Vec<(PathBuf, Gitignore)>; IGNORE_FILES.len()],
    /// Ignore files that cannot be used, and why.
    pub(super) unusable: Vec<(PathBuf, String)>,
}

impl IgnoreFiles {
    /// The rules for a folder, absolute: its own and those of the folders above it; those of git up to its repository.
    pub(super) fn above(root: &Path, names: std::ops::Range<usize>) -> Self {
        let checkout = git::top_of(root).unwrap_or(root).to_owned();
        let mut files = Self { names, checkout, ..Self::default() };
        let mut above: Vec<&Path> = root.ancestors().collect();
        above.reverse();
        for folder in above {
            files.enter(folder);
        }
        files
    }

    /// Reads the rules in a folder. Those of a folder outside the checkout that cannot be used are not its fault.
    pub(super) fn enter(&mut self, folder: &Path) {
        for at in self.names.clone() {
            let is_gits = IGNORE_FILES[at] == ".gitignore";
            if is_gits && !folder.starts_with(&self.checkout) && git::top_of(&self.checkout).is_some() {
                continue;
            }
            let path = folder.join(IGNORE_FILES[at]);
            match read(&path, &self.checkout) {
                Ok(Some(rules)) => self.rules[at].push((folder.to_owned(), rules)),
                Err(why) if path.starts_with(&self.checkout) => self.unusable.push((path, why)),
                Ok(None) | Err(_) => {}
            }
        }
    }

    /// What the rules say of a file or folder. The strongest file that speaks of it counts, and of its kind the
    /// nearest.
    pub(super) fn decide(&mut self, path: &Path, kind: FileKind) -> Decision {
        for rules in &mut self.rules {
            while rules.last().is_some_and(|(folder, _)| !path.starts_with(folder)) {
                rules.pop();
            }
        }
        for rules in &self.rules {
            for (folder, rules) in rules.iter().rev() {
                let relative = path.strip_prefix(folder).unwrap_or(path);
                match rules.matched(relative, kind == FileKind::Folder) {
                    Match::None => {}
                    Match::Ignore(_) => return Decision::Ignored,
                    Match::Whitelist(_) => return Decision::Kept,
                }
            }
        }
        Decision::Unsaid
    }
}

/// The rules of one file in a checkout; `None` where there is none.
pub(super) fn read(path: &Path, checkout: &Path) -> Result<Option<Gitignore>, String> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    if !disk::contained(path, checkout) {
        return Err("it is a link that leaves the site".to_owned());
    }
    let file = disk::open_regular(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(MAX_IGNORE_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_IGNORE_FILE {
        return Err(format!("it is larger than {} MiB", MAX_IGNORE_FILE >> 20));
    }
    let rules = rules(&String::from_utf8_lossy(&bytes)).map_err(|error| error.to_string())?;
    Ok((!rules.is_empty()).then_some(rules))
}

/// Rules in the text of an ignore file. Invalid lines are skipped.
///
/// # Errors
///
/// When they are too many to be used together.
pub fn rules(text: &str) -> Result<Gitignore, ignore::Error> {
    let mut rules = GitignoreBuilder::new("");
    for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
        let _ = rules.add_line(None, line);
    }
    rules.build()
}

/// Whether the rules of a folder ignore a path below it, or take it back; `None` if none of them matches.
pub fn ignores(rules: &Gitignore, folder: &Path, path: &Path) -> Option<bool> {
    match rules.matched_path_or_any_parents(path.strip_prefix(folder).unwrap_or(path), false) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A folder.
    Folder,
    /// Anything else.
    Other,
}

/// What ignore files say of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is left out.
    Ignored,
    /// It is kept, hidden or not.
    Kept,
    /// Nothing.
    Unsaid,
}
