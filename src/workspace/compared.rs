//! Sites compared with what they were before a change.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Workspace, open_site::OpenSite};
use crate::{
    site::{Before, RouteChanges, urls::may_have_redirects},
    vfs::{Difference, read_text},
};

/// The most bytes in which old paths are looked for, of all files that a change touches together.
const MAX_TEXT: usize = 16 << 20;

impl Workspace<'_> {
    /// Lets rules ask what the sites published before a change. Both workspaces have the same folders.
    pub(crate) fn compare_with(&mut self, before: &Workspace<'_>, difference: &Difference) {
        for site in &mut self.sites {
            let same_root = |old: &&OpenSite| old.project.root == site.project.root;
            let Some(old) = before.sites.iter().find(same_root) else { continue };
            let changes = changes(site, difference);
            site.compare_with(Arc::new(Before::new(old.site(), changes)));
        }
    }
}

/// What a change does with the files of a site.
fn changes(site: &OpenSite, difference: &Difference) -> RouteChanges {
    let root = &site.project.root;
    let relative = |path: &Path| path.strip_prefix(root).ok().map(Path::to_owned);
    let renamed = difference.renamed().filter_map(|(new, old)| Some((relative(new)?, relative(old)?)));
    // Git may not know a file yet.
    let listed = site.listing.files.iter().filter(|path| difference.touches(&root.join(path)));
    let listed = listed.map(|path| path.to_path_buf());
    let touched: BTreeSet<PathBuf> = difference.touched().filter_map(relative).chain(listed).collect();
    // Of a file with redirects only those answer for an old path, not every mention of it.
    let others = touched.iter().filter(|path| site.position(path).is_none() && !may_have_redirects(path));
    let mut left = MAX_TEXT;
    let texts = others.filter_map(|path| {
        let text = read_text(&*difference.after, &root.join(path)).ok()?;
        left = left.checked_sub(text.len())?;
        Some(text)
    });
    let texts = texts.collect();
    RouteChanges { old_names: renamed.collect(), touched: touched.into_iter().collect(), texts }
}
