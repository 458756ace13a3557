//! URLs that the config excepts from the checks of links.

use std::borrow::Cow;

use globset::{Error, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::{Target, path::key};
use crate::links::UrlTarget as Link;

/// Globs of URLs. `*` matches any characters, slashes included.
#[derive(Debug, Clone, Default)]
pub struct UrlPatterns {
    set: GlobSet,
    /// The globs as they are looked for.
    globs: Box<[Glob]>,
}

impl UrlPatterns {
    /// Reads one glob.
    ///
    /// # Errors
    ///
    /// If it is invalid.
    pub fn glob(pattern: &str) -> Result<Glob, Error> {
        GlobBuilder::new(bare(pattern)).literal_separator(false).build()
    }

    /// The URLs that any of the globs matches.
    pub fn of(globs: &[Glob]) -> Self {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(glob.clone());
        }
        Self { set: set.build().unwrap_or_default(), globs: globs.into() }
    }

    /// The globs as text, without a slash in front.
    pub fn globs(&self) -> impl Iterator<Item = &str> {
        self.globs.iter().map(Glob::glob)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether a URL or a path matches, with or without its query and fragment, a slash at the end and `index.html`.
    fn has(&self, url: &str) -> bool {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let forms = [url, path, path.trim_end_matches('/'), key(path)];
        forms.into_iter().any(|form| self.set.is_match(bare(form)))
    }
}

/// A path of the site and one relative to its root are written alike.
fn bare(pattern: &str) -> &str {
    pattern.strip_prefix("./").unwrap_or(pattern).trim_start_matches('/')
}

/// What the config excepts.
#[derive(Debug, Clone, Default)]
pub struct UrlExceptions {
    /// URLs that no rule about links judges.
    pub ignored: UrlPatterns,
    /// What the build of the site creates.
    pub generated: UrlPatterns,
}

impl UrlExceptions {
    /// Whether links to this URL are not judged.
    pub fn ignores(&self, link: &Link) -> bool {
        !self.ignored.is_empty() && self.ignored.has(&link.url)
    }

    /// Whether the build of the site creates what is at a path.
    pub(super) fn generates(&self, path: &str) -> bool {
        !self.generated.is_empty() && self.generated.has(path)
    }

    /// What a link leads to, now that what the build creates counts.
    pub(super) fn apply(&self, url: &str, target: Target) -> Target {
        if self.generated.is_empty() {
            return target;
        }
        let path = match target.on_site() {
            Target::Missing(missing) => Cow::Borrowed(&*missing.looked_for),
            _ => return target,
        };
        if self.generates(&path) || self.generates(url) { Target::Generated } else { target }
    }
}

#[cfg(test)]
mod tests {
    use super::UrlPatterns;

    #[test]
    fn a_star_matches_all_below() {
        let globs =
            ["/api/*", "https://*.example/old", "*.pdf"].map(|it| UrlPatterns::glob(it).expect("a glob"));
        let patterns = UrlPatterns::of(&globs);
        for url in
            ["/api/", "/api/v1/tides.html", "api/x?y#z", "https://a.b.example/old/", "files/tides.pdf#page=2"]
        {
            assert!(patterns.has(url), "{url}");
        }
        for url in ["/apis/x", "https://example/old/x", "/tides.pdfs"] {
            assert!(!patterns.has(url), "{url}");
        }
        assert!(UrlPatterns::glob("/[b").is_err());
    }
}
