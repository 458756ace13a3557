use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    links::shortened,
    rule::{Fixable, Rule},
    rules::destinations::rewrite,
    site::{
        Page, Site,
        urls::{Found, Missing, Target},
    },
};

declare_rule! {
    /// A link into the site's own repository names a file that is not there
    ///
    /// ## Why
    ///
    /// A file that was renamed or deleted takes the links to it along, those to the forge that shows the repository too.
    /// The repository is known from git's remotes or `site.repository` in the config. Addresses of a tag or a commit are
    /// passed over: there the file may well be.
    ///
    /// With `site: { repository: "https://github.com/quay/site" }` in the config and no file `docs/tide.md`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// See [how tides are measured](https://github.com/quay/site/blob/main/docs/tide.md).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// See [how tides are measured](https://github.com/quay/site/blob/main/docs/tides.md).
    /// ```
    pub struct BrokenRepositoryLink {}
    id = "broken-repository-link",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for BrokenRepositoryLink {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Target::OwnRepository { path, target: Some(leads) } = leads else { continue };
            let Target::Missing(missing) = &**leads else { continue };
            let message = format!("this site's repository has no file `{}`", shortened(path));
            let found = sink.report(target.span, message);
            match better(page, site, path, missing) {
                Some(better) if target.url.contains(&**path) => {
                    found.help(format!("did you mean `{}`?", shortened(&better)));
                    let right = target.url.replacen(&**path, &better, 1);
                    rewrite(found, target, Applicability::Unsafe, right);
                }
                _ => {
                    found.help("name a file that is there, or the commit that has this one");
                }
            }
        }
    }
}

/// The path in the repository of what was probably meant.
fn better(page: &Page, site: &Site, path: &str, missing: &Missing) -> Option<String> {
    let folder = path.strip_suffix(&*missing.looked_for)?;
    let suggestion = site.suggestions(page, missing).into_iter().next()?;
    let found = match &suggestion.found {
        Found::Page(index) => site.pages[*index].path.to_str()?,
        Found::File(path) => path,
    };
    Some(format!("{folder}{found}"))
}
