use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    links::shortened,
    rule::{Fixable, Rule},
    rules::links::destinations::replacement,
    site::{
        Page, Site,
        urls::{Found, LinkSuggestions, Missing, Target},
    },
};

declare_rule! {
    /// Link to a missing file in the site's repository
    ///
    /// ## What it does
    ///
    /// Reports links to files of the site's own repository on its forge, such as GitHub, that do not exist. The
    /// repository is known from the git remotes or `site.repository` in the config. URLs with a tag or a commit are
    /// ignored.
    ///
    /// ## Why is this bad?
    ///
    /// When a file is renamed or deleted, links to it on the forge break as well.
    ///
    /// ## Example
    ///
    /// With `site: { repository: "https://github.com/quay/site" }` in the config and no file `docs/tide.md`:
    ///
    /// ```markdown
    /// See [how tides are measured](https://github.com/quay/site/blob/main/docs/tide.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See [how tides are measured](https://github.com/quay/site/blob/main/docs/tides.md).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix uses the file with the most similar name. It is unsafe.
    pub struct BrokenRepositoryLink {}
    id = "broken-repository-link",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for BrokenRepositoryLink {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut suggestions = LinkSuggestions::new(site, page);
        for (target, leads) in site.leads(page) {
            let Target::OwnRepository { path, target: Some(leads) } = leads else { continue };
            let Target::Missing(missing) = &**leads else { continue };
            let message = format!("file `{}` not found in this repository", shortened(path));
            let diagnostic = sink.report(target.span, message);
            match most_similar(path, missing, &mut suggestions) {
                Some(similar) if target.url.contains(&**path) => {
                    diagnostic.help(format!("did you mean `{}`?", shortened(&similar)));
                    let right = target.url.replacen(&**path, &similar, 1);
                    diagnostic.fixes.extend(replacement(target, Applicability::Unsafe, right));
                }
                _ => {
                    diagnostic.help("link to an existing file, or to a commit that contains it");
                }
            }
        }
    }
}

/// The path of the most similar file in the repository.
fn most_similar<'a>(
    path: &str,
    missing: &'a Missing,
    suggestions: &mut LinkSuggestions<'a>,
) -> Option<String> {
    let directory = path.strip_suffix(&*missing.looked_for)?;
    let site = suggestions.site;
    let suggestion = suggestions.get(missing).first()?;
    let file = match &suggestion.found {
        Found::Page(index) => site.pages[*index].path.to_str()?,
        Found::File(path) => path,
    };
    Some(format!("{directory}{file}"))
}
