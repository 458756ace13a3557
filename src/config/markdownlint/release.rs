//! Which rules the release of markdownlint has that a site uses.

use std::path::Path;

use super::PACKAGE;
use crate::{config::load::ConfigSource, data::DataFormat, discover::SiteFiles, rule::RuleMeta};

/// The packages with which markdownlint is installed.
const PACKAGES: [&str; 3] = ["markdownlint", "markdownlint-cli2", "markdownlint-cli"];

/// The rules of later releases, and in which release of each of [`PACKAGES`] they came: `0.MINOR`.
const LATER: [(&str, [u32; 3]); 5] = [
    ("MD055", [33, 12, 39]),
    ("MD056", [33, 12, 39]),
    ("MD058", [35, 14, 42]),
    ("MD059", [38, 18, 45]),
    ("MD060", [39, 19, 46]),
];

/// The rules that a release has only if it is known to be a new one.
const NEWEST: [&str; 2] = ["MD059", "MD060"];

/// The file that pins hooks of pre-commit.
const HOOKS: &str = ".pre-commit-config.yaml";

/// A release of markdownlint, as far as the site says.
#[derive(Debug, Default, Clone, Copy)]
pub struct Release(Option<Pin>);

/// A place in [`PACKAGES`], and the minor version of that package.
#[derive(Debug, Clone, Copy)]
struct Pin {
    package: usize,
    minor: u32,
}

impl Release {
    /// The release that the files in the root of a site name.
    pub fn of(files: &SiteFiles) -> Self {
        Self(in_package(files).or_else(|| in_hooks(files)))
    }

    /// Whether it has a rule; where nothing is known of it, only rules that have been there for long.
    pub fn has(self, rule: &RuleMeta) -> bool {
        let Some(number) = rule.number() else { return true };
        let Some((_, releases)) = LATER.iter().find(|(later, _)| *later == number) else { return true };
        match self.0 {
            Some(pin) => pin.minor >= releases[pin.package],
            None => !NEWEST.contains(&number),
        }
    }
}

fn in_package(files: &SiteFiles) -> Option<Pin> {
    let source = ConfigSource::read_as(files, Path::new(PACKAGE), DataFormat::Json).ok()?;
    let root = source.tree.root?;
    PACKAGES.iter().enumerate().find_map(|(package, name)| {
        let of = |key: &str| root.get(key)?.get(name)?.text().and_then(minor);
        let minor = of("devDependencies").or_else(|| of("dependencies"))?;
        Some(Pin { package, minor })
    })
}

fn in_hooks(files: &SiteFiles) -> Option<Pin> {
    let source = ConfigSource::read_as(files, Path::new(HOOKS), DataFormat::Yaml).ok()?;
    let root = source.tree.root?;
    root.get("repos")?.items().iter().find_map(|repository| {
        let url = repository.get("repo")?.text()?.trim_end_matches(".git");
        let package = PACKAGES.iter().position(|name| url.ends_with(&format!("/{name}")))?;
        Some(Pin { package, minor: minor(repository.get("rev")?.text()?)? })
    })
}

/// The minor version of `^0.13.0`, `~0.13` or `v0.13.0`; the largest number if the major version is not 0.
fn minor(version: &str) -> Option<u32> {
    let mut parts = version.trim_start_matches(['^', '~', '=', 'v', ' ']).split('.');
    let major: u32 = parts.next()?.parse().ok()?;
    if major > 0 { Some(u32::MAX) } else { parts.next()?.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn versions_are_read() {
        for (version, expected) in [
            ("^0.13.0", Some(13)),
            ("v0.41.2", Some(41)),
            ("~0.38", Some(38)),
            ("1.0.0", Some(u32::MAX)),
            ("latest", None),
            (">=0.13", None),
            ("*", None),
        ] {
            assert_eq!(minor(version), expected, "{version}");
        }
    }
}
