//! Where wikilinks lead: they name a file of the vault by its name, or by the end of its path.

use super::{Form, Missing, MissingEvidence, PageTarget, Target, path::name};
use crate::site::Site;

/// Files of one name that are looked at.
const MAX_NAMESAKES: usize = 1000;

impl Site {
    /// Where a wikilink leads, whatever heading it names; nothing where it names one of its own page. Case makes no
    /// difference, and a page may be named without its extension.
    pub(super) fn in_vault(&self, target: &str) -> Option<Target> {
        let file = target.split('#').next().unwrap_or_default().trim();
        if file.is_empty() {
            return None;
        }
        let path = file.trim_start_matches("./").trim_matches('/');
        let with_extension = format!("{path}.md");
        let found = [path, &with_extension].into_iter().find_map(|path| self.by_end_of_path(path));
        let Some(found) = found else {
            let inventory = self.urls.inventory();
            let evidence =
                if inventory.is_complete() { MissingEvidence::Index } else { MissingEvidence::Disk };
            let looked_for = file.into();
            return Some(Target::Missing(Missing {
                looked_for,
                case_twin: None,
                better_form: None,
                unpublished: None,
                evidence,
                anchor: None,
            }));
        };
        let file = || Target::File { path: found.into(), anchor: None };
        let page = |page| Target::Page(PageTarget { page, anchor: None, form: Form::Canonical });
        Some(self.page_at(found).map_or_else(file, page))
    }

    /// The first file whose path ends with another, in any case.
    fn by_end_of_path(&self, end: &str) -> Option<&str> {
        let end = end.to_lowercase();
        let mut files = self.urls.inventory().same_name(name(&end), MAX_NAMESAKES);
        files.find(|path| {
            let path = path.to_lowercase();
            path.strip_suffix(&*end).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
        })
    }
}
