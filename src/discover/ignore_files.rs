//! Ignore files: of a limited size, regular files only, and none that a link outside the checkout leads to.

use std::path::{Path, PathBuf};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};

use crate::vfs::{Content, EntryKind, FileSystem, GitFolder, LocalRules, contained};

/// The largest ignore file that is read, in bytes. Its patterns are compiled: those with `*` take several seconds and
/// several hundred MB for each MB.
pub const MAX_IGNORE_FILE: u64 = 128 << 10;

/// Names of files with rules, the strongest first. `.markdownlintignore` counts where a site has no config of ours.
pub const IGNORE_FILES: [&str; 4] = [".markdownlintignore", ".copydeskignore", ".ignore", ".gitignore"];

/// Rules of ignore files, read folder by folder on a walk that visits the contents of a folder right after it.
#[derive(Debug)]
pub(super) struct IgnoreFiles<'a> {
    files: &'a dyn FileSystem,
    /// Places in [`IGNORE_FILES`] of the names that count.
    names: std::ops::Range<usize>,
    /// The folder of the checkout, absolute.
    checkout: PathBuf,
    has_repository: bool,
    /// The rules on the way to the present folder, by name, each with its folder, the nearest last.
    rules: [Rules; IGNORE_FILES.len()],
    /// Rules that this machine alone has, likewise, if they count.
    local: Option<Rules>,
    /// Ignore files that cannot be used, and why.
    pub(super) unusable: Vec<(PathBuf, String)>,
}

/// Rules, each with its folder, the nearest last.
type Rules = Vec<(PathBuf, Gitignore)>;

impl<'a> IgnoreFiles<'a> {
    /// The rules for a folder, absolute: its own and those of the folders above it; those of git up to its repository,
    /// and no others above one without a working tree.
    pub(super) fn above(files: &'a dyn FileSystem, root: &Path, names: std::ops::Range<usize>) -> Self {
        let repository = files.repository(root);
        let top = repository.as_ref().and_then(GitFolder::top);
        let is_bare = repository.as_ref().is_some_and(GitFolder::is_bare);
        let mut ignore_files = Self {
            files,
            names,
            checkout: top.unwrap_or(root).to_owned(),
            has_repository: top.is_some(),
            rules: Default::default(),
            local: None,
            unusable: vec![],
        };
        let is_near = |folder: &&Path| !is_bare || folder.starts_with(&ignore_files.checkout);
        let mut above: Vec<&Path> = root.ancestors().take_while(is_near).collect();
        above.reverse();
        for folder in above {
            ignore_files.enter(folder);
        }
        ignore_files
    }

    /// The same with the rules that this machine alone has. They win over all others.
    pub(super) fn with_local_rules(mut self) -> Self {
        let user = self.files.local_rules(LocalRules::User);
        let user = user.and_then(|text| Some((self.checkout.clone(), rules(&text, PathCase::Exact).ok()?)));
        self.local = Some(user.into_iter().collect());
        if self.has_repository {
            let checkout = self.checkout.clone();
            self.enter_repository(&checkout);
        }
        self
    }

    /// Reads the rules in a folder. Those of a folder outside the checkout that cannot be used are not its fault.
    pub(super) fn enter(&mut self, folder: &Path) {
        for at in self.names.clone() {
            let is_gits = IGNORE_FILES[at] == ".gitignore";
            if is_gits && !folder.starts_with(&self.checkout) && self.has_repository {
                continue;
            }
            let path = folder.join(IGNORE_FILES[at]);
            match read(self.files, &path, &self.checkout, PathCase::Exact) {
                Ok(Some(rules)) => self.rules[at].push((folder.to_owned(), rules)),
                Err(why) if path.starts_with(&self.checkout) => self.unusable.push((path, why)),
                Ok(None) | Err(_) => {}
            }
        }
        if self.local.is_some() {
            self.enter_repository(folder);
        }
    }

    /// Reads the rules of the repository in a folder, if there is one.
    fn enter_repository(&mut self, folder: &Path) {
        let text = self.files.local_rules(LocalRules::Repository(folder));
        let rules =
            text.and_then(|text| rules(&text, PathCase::Exact).ok()).filter(|rules| !rules.is_empty());
        if let (Some(local), Some(rules)) = (&mut self.local, rules) {
            local.push((folder.to_owned(), rules));
        }
    }

    /// What the rules say of a file or folder. The strongest file that speaks of it counts, and of its kind the
    /// nearest.
    pub(super) fn decide(&mut self, path: &Path, kind: EntryKind) -> Decision {
        for rules in self.rules.iter_mut().chain(&mut self.local) {
            while rules.last().is_some_and(|(folder, _)| !path.starts_with(folder)) {
                rules.pop();
            }
        }
        if self.local.as_ref().is_some_and(|rules| decision(rules, path, kind) == Decision::Ignored) {
            return Decision::Ignored;
        }
        let mut decisions = self.rules.iter().map(|rules| decision(rules, path, kind));
        decisions.find(|decision| *decision != Decision::Unsaid).unwrap_or(Decision::Unsaid)
    }
}

/// What the rules in files of one name say of a path.
fn decision(rules: &Rules, path: &Path, kind: EntryKind) -> Decision {
    for (folder, rules) in rules.iter().rev() {
        let relative = path.strip_prefix(folder).unwrap_or(path);
        match rules.matched(relative, kind == EntryKind::Folder) {
            Match::None => {}
            Match::Ignore(_) => return Decision::Ignored,
            Match::Whitelist(_) => return Decision::Kept,
        }
    }
    Decision::Unsaid
}

/// Whether a rule about `Pier` is one about `pier`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathCase {
    /// It is not.
    Exact,
    /// It is.
    Any,
}

/// The rules of one file in a checkout; `None` where there is none.
pub(super) fn read(
    files: &dyn FileSystem,
    path: &Path,
    checkout: &Path,
    case: PathCase,
) -> Result<Option<Gitignore>, String> {
    if !files.is_there(path) {
        return Ok(None);
    }
    if !contained(files, path, checkout) {
        return Err("it is a link that leaves the site".to_owned());
    }
    let content = files.read(path, MAX_IGNORE_FILE).map_err(|error| error.to_string())?;
    let Content::Bytes(bytes) = content else {
        return Err(format!("it is larger than {} KiB", MAX_IGNORE_FILE >> 10));
    };
    let rules = rules(&String::from_utf8_lossy(&bytes), case).map_err(|error| error.to_string())?;
    Ok((!rules.is_empty()).then_some(rules))
}

/// Rules in the text of an ignore file. Invalid lines are skipped.
///
/// # Errors
///
/// When they are too many to be used together.
pub(super) fn rules(text: &str, case: PathCase) -> Result<Gitignore, ignore::Error> {
    let mut rules = GitignoreBuilder::new("");
    rules.case_insensitive(case == PathCase::Any)?;
    for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
        let _ = rules.add_line(None, line);
    }
    rules.build()
}

/// Whether the rules of a folder ignore a path below it, or take it back; `None` if none of them matches.
pub(super) fn ignores(rules: &Gitignore, folder: &Path, path: &Path) -> Option<bool> {
    match rules.matched_path_or_any_parents(path.strip_prefix(folder).unwrap_or(path), false) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
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
