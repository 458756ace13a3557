//! Links that follow files that are renamed.

use std::path::{Path, PathBuf};

use gen_lsp_types::{RenameFilesParams, WorkspaceEdit};

use super::Changes;
use crate::{
    links, paths,
    server::{main_loop::Server, site_index::SiteIndex, uri},
    site::urls::{Target, decode, encode, join},
};

/// Files or folders that get other names, relative to the root of their site.
struct Moves(Vec<(String, String)>);

impl Moves {
    /// The new path of a file, if it moves.
    fn of(&self, path: &str) -> Option<String> {
        self.0.iter().find_map(|(old, new)| {
            let rest = path.strip_prefix(&**old)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        })
    }
}

impl Server {
    /// The edits of the links to files that are about to be renamed, and of the links in them.
    pub(in crate::server) fn will_rename(&self, params: &RenameFilesParams) -> Option<WorkspaceEdit> {
        let full: Vec<(PathBuf, PathBuf)> = params
            .files
            .iter()
            .filter_map(|file| Some((uri::to_path(&file.old_uri)?, uri::to_path(&file.new_uri)?)))
            .collect();
        let index = self.sites.index_of(&full.first()?.0)?;
        let inside = full.iter().filter(|(_, new)| new.starts_with(&index.project.root));
        let moves = Moves(inside.map(|(old, new)| (slashed(index, old), slashed(index, new))).collect());
        let mut changes = Changes::default();
        let site = index.site();
        for from in &site.pages {
            let path = from.path.to_string_lossy();
            let new_path = moves.of(&path);
            for (target, lead) in site.leads(from) {
                let to = match lead.on_site() {
                    Target::Page(to) => site.pages[to.page].path.to_string_lossy().into_owned(),
                    Target::File { path, .. } => path.to_string(),
                    _ => continue,
                };
                let new_to = moves.of(&to);
                if (new_path.is_none() && new_to.is_none()) || !target.is_verbatim {
                    continue;
                }
                let ends = Ends { from: (&path, new_path.as_deref()), to: (&to, new_to.as_deref()) };
                if let Some((old, new)) = ends.destination(target) {
                    changes.replace(&from.path, target.part(0..old.len()), old, new);
                }
            }
        }
        let none = std::sync::Arc::from(Path::new(""));
        let sources = index.sources(&none, &std::sync::Arc::from(""), &self.overlay());
        Some(changes.finish(self, index, &sources))
    }
}

/// The path of a file relative to the root of its site, with `/` between its parts.
fn slashed(index: &SiteIndex, path: &Path) -> String {
    let parts = paths::relative(&index.project.root, path);
    parts.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The two ends of a link, each with its new path if it moves.
struct Ends<'a> {
    from: (&'a str, Option<&'a str>),
    to: (&'a str, Option<&'a str>),
}

impl Ends<'_> {
    /// What the link has to name instead of the path that it has, where that is a path of files.
    fn destination<'t>(&self, target: &'t links::UrlTarget) -> Option<(&'t str, String)> {
        let end = target.url.find(['#', '?']).unwrap_or(target.url.len());
        let written = &target.url[..end];
        let decoded = decode(written)?;
        let to = self.to.1.unwrap_or(self.to.0);
        let folder =
            |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        if let Some(rooted) = decoded.strip_prefix('/') {
            // Where it is the path of a route, the route may be what it was.
            return (rooted == self.to.0).then(|| (written, format!("/{}", encode(to))));
        }
        if join(&folder(self.from.0), &decoded)? != self.to.0 {
            return None;
        }
        let from = folder(self.from.1.unwrap_or(self.from.0));
        let way = paths::relative(Path::new(&from), Path::new(to));
        let way: Vec<_> = way.iter().map(|part| part.to_string_lossy()).collect();
        let way = encode(&way.join("/"));
        let way = if decoded.starts_with("./") && !way.starts_with("..") { format!("./{way}") } else { way };
        (way != written).then_some((written, way))
    }
}
