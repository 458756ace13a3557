//! The site's own repository, as forges show it on the web.

use url::Url;

use crate::links::hosts::without_www;

/// A repository on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repository {
    host: String,
    /// Owner and name, without slashes around them.
    path: String,
}

/// A file or folder in a repository, by its URL on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RepositoryEntry {
    /// What is after the URL's view, branch or tag included, escapes unresolved.
    pub(super) behind: String,
    /// Whether a branch is named whose files the checkout is likely to have.
    pub(super) is_current: bool,
}

/// Branches that a checkout is likely to be of.
const USUAL_BRANCHES: [&str; 6] = ["main", "master", "HEAD", "trunk", "develop", "dev"];

/// How many parts of a path may belong to the name of a branch.
const MAX_BRANCH_PARTS: usize = 4;

impl Repository {
    /// Reads the URL of a remote: `git@host:owner/name.git`, `ssh://…`, `https://…`.
    pub(super) fn parse(remote: &str) -> Option<Self> {
        let (host, path) = match remote.split_once("://") {
            Some((_, rest)) => rest.split_once('/')?,
            None => remote.split_once(':')?,
        };
        let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let is_remote = host.contains('.') && path.contains('/');
        is_remote.then(|| Self { host, path: path.to_owned() })
    }

    /// Whether its pages are at the `/` of a host, `OWNER.github.io`, and not in a folder there.
    pub(super) fn is_named_as_host(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        [".github.io", ".github.com"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
    }

    /// What a URL names in this repository; `None` where it is about something else.
    pub(super) fn entry(&self, url: &Url) -> Option<RepositoryEntry> {
        let host = url.host_str()?;
        let is_raw = host == "raw.githubusercontent.com" && self.host == "github.com";
        if !is_raw && without_www(host) != self.host {
            return None;
        }
        // Forges do not distinguish upper and lower case in owner and name.
        let (own, rest) = url.path().trim_start_matches('/').split_at_checked(self.path.len())?;
        if !own.eq_ignore_ascii_case(&self.path) {
            return None;
        }
        let rest = rest.strip_prefix('/')?;
        if is_raw {
            return Some(RepositoryEntry::branch(rest.strip_prefix("refs/heads/").unwrap_or(rest)));
        }
        let rest = rest.strip_prefix("-/").unwrap_or(rest);
        let (view, rest) = rest.split_once('/')?;
        match view {
            "blob" | "tree" | "raw" | "edit" | "blame" => Some(RepositoryEntry::branch(rest)),
            "src" => match rest.split_once('/') {
                Some(("branch", rest)) => Some(RepositoryEntry::branch(rest)),
                Some(("tag" | "commit", rest)) => {
                    Some(RepositoryEntry { behind: rest.to_owned(), is_current: false })
                }
                _ => Some(RepositoryEntry::branch(rest)),
            },
            _ => None,
        }
    }
}

impl RepositoryEntry {
    fn branch(behind: &str) -> Self {
        let name = behind.split('/').next().unwrap_or(behind);
        Self { behind: behind.to_owned(), is_current: USUAL_BRANCHES.contains(&name) }
    }

    /// What may be the path: a branch may have any number of parts. The likeliest first.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let ends = self.behind.match_indices('/').map(|(at, _)| &self.behind[at + 1..]);
        let mut paths: Vec<&str> = ends.take(MAX_BRANCH_PARTS).collect();
        if paths.is_empty() {
            paths.push("");
        }
        paths.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_are_read_in_every_form() {
        let forms = [
            "git@forge.example:harbour/site.git",
            "ssh://git@forge.example:29418/harbour/site",
            "https://token@forge.example/harbour/site.git/",
        ];
        for form in forms {
            let repository = Repository::parse(form).expect(form);
            assert_eq!((&*repository.host, &*repository.path), ("forge.example", "harbour/site"));
        }
        assert_eq!(Repository::parse("../site.git"), None);
        assert_eq!(Repository::parse("C:/site"), None);
    }

    #[test]
    fn forges_show_files_at_addresses_of_their_own() {
        let entry = |remote: &str, url: &str| {
            let entry = Repository::parse(remote)?.entry(&Url::parse(url).ok()?)?;
            let first = entry.paths().next().map(str::to_owned);
            Some((first?, entry.is_current))
        };
        let github = "git@github.com:harbour/site.git";
        for (remote, url, expected) in [
            (github, "https://github.com/Harbour/site/blob/main/docs/a.md#L10", Some(("docs/a.md", true))),
            (github, "https://github.com/harbour/site/tree/main", Some(("", true))),
            (github, "https://github.com/harbour/site/blob/v1.2/a.md", Some(("a.md", false))),
            (github, "https://raw.githubusercontent.com/harbour/site/main/a.md", Some(("a.md", true))),
            (github, "https://github.com/harbour/site/issues/4", None),
            (github, "https://github.com/harbour/sites/blob/main/a.md", None),
            (github, "https://github.com/harbour/site", None),
            (
                "https://gitlab.com/a/b/c",
                "https://gitlab.com/a/b/c/-/blob/master/x/y.md",
                Some(("x/y.md", true)),
            ),
            (
                "https://opendev.org/a/b",
                "https://opendev.org/a/b/src/branch/master/x.rst",
                Some(("x.rst", true)),
            ),
            ("https://opendev.org/a/b", "https://opendev.org/a/b/src/tag/1.0/x.rst", Some(("x.rst", false))),
        ] {
            assert_eq!(entry(remote, url), expected.map(|(path, is)| (path.to_owned(), is)), "{url}");
        }
    }
}
