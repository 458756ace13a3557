//! A new id or label for a record, and for the references to it.

use std::{ops::Range, path::Path, sync::Arc};

use gen_lsp_types::{PrepareRenamePlaceholder, WorkspaceEdit};

use super::Changes;
use crate::{
    data::{self, DataFormat, Node, Tree},
    front_matter::{FrontMatter, rewrite},
    server::{
        main_loop::Server,
        navigation::usages::{is_taken, names_in, record_in},
        position::TextPositions,
        records::{NamingValue, RecordName, naming_values},
        site_index::SiteIndex,
    },
    site::Site,
    sources::Sources,
    text::Span,
};

/// A file of a site in which a record is named, as the client has it.
pub(super) struct RecordFile<'a> {
    pub(super) index: &'a SiteIndex,
    pub(super) sources: &'a Sources,
    pub(super) path: Arc<Path>,
}

impl RecordFile<'_> {
    /// The record whose id or label is at an offset of the file, and the text that names it there.
    fn name_at(&self, offset: u32) -> Option<(RecordName<'_>, Span)> {
        let source = self.sources.get(&self.path);
        let site = self.index.site();
        let tree = tree_of(site, &self.path, &source.text)?;
        let root = tree.root.as_ref()?;
        if let Some(name) = record_in(site, &self.path, offset) {
            let node = node_at(root, name.text()?.span)?;
            return Some((name, node.part_span(0..node.text()?.len())?));
        }
        let holds = |span: Span| span.start <= offset && offset <= span.end;
        names_now(site, &self.path, root).into_iter().find_map(|it| {
            let span = it.node.part_span(it.part)?;
            holds(span).then_some((it.name, span))
        })
    }

    /// What would be renamed at an offset.
    pub(super) fn prepare(
        &self,
        offset: u32,
        places: &TextPositions<'_>,
    ) -> Option<PrepareRenamePlaceholder> {
        let (_, span) = self.name_at(offset)?;
        let placeholder = span.of(places.text).to_owned();
        Some(PrepareRenamePlaceholder { range: places.range(span), placeholder })
    }

    /// The edits that give the record at an offset another name; `None` if there is none.
    ///
    /// # Errors
    ///
    /// Why the name cannot be given.
    pub(super) fn rename(
        &self,
        server: &Server,
        offset: u32,
        new: &str,
    ) -> Option<Result<WorkspaceEdit, &'static str>> {
        let (name, _) = self.name_at(offset)?;
        let site = self.index.site();
        let own = name.text()?;
        if own.span.is_empty() {
            return Some(Err("the id is the name of a file: rename the file instead"));
        }
        if is_taken(site, &name, new) {
            return Some(Err("another record has this name"));
        }
        let mut changes = Changes::default();
        let mut replace = |path: &Arc<Path>, text: &str, tree: &Tree, node: &Node, part: Range<usize>| {
            let old = node.text().unwrap_or_default();
            // A text with escapes is not what is written.
            let is_verbatim = node.part_span(0..old.len()).is_some();
            let renamed = format!("{}{new}{}", &old[..part.start], &old[part.end..]);
            let written = rewrite::retext(node, tree.format, &renamed).filter(|_| is_verbatim);
            if let Some(written) = written {
                changes.replace(path, node.span, node.span.of(text), written);
            }
        };
        let record = &name.record.path;
        let source = self.sources.get(record);
        let tree = tree_of(site, record, &source.text);
        let declared = tree.as_ref().and_then(|tree| Some((tree, node_at(tree.root.as_ref()?, own.span)?)));
        let Some((tree, node)) = declared.filter(|(_, node)| node.text() == Some(&*own.text)) else {
            return Some(Err("the record has just changed: try again"));
        };
        replace(record, &source.text, tree, node, 0..own.text.len());
        let is_it = |it: &NamingValue<'_, '_>| it.name.is_same(&name);
        for page in site.pages.iter().filter(|page| names_in(site, page).iter().any(is_it)) {
            let source = self.sources.get(&page.path);
            let tree = tree_of(site, &page.path, &source.text);
            let Some((tree, root)) = tree.as_ref().and_then(|tree| Some((tree, tree.root.as_ref()?))) else {
                continue;
            };
            for it in names_now(site, &page.path, root).into_iter().filter(is_it) {
                replace(&page.path, &source.text, tree, it.node, it.part);
            }
        }
        Some(Ok(changes.finish(server, self.index, self.sources)))
    }
}

/// The front matter of a page, or a data file.
fn tree_of(site: &Site, path: &Path, text: &str) -> Option<Tree> {
    if path.to_str().is_some_and(|path| site.page_at(path).is_some()) {
        return Some(FrontMatter::parse(text).0?.tree);
    }
    Some(data::parse_file(text, DataFormat::of_file(path)))
}

/// The names of records in the front matter of a page as it is now.
fn names_now<'s, 'n>(site: &'s Site, path: &Path, root: &'n Node) -> Vec<NamingValue<'s, 'n>> {
    let page = path.to_str().and_then(|path| site.page_at(path));
    let collection = page.and_then(|at| site.pages[at].collection.as_deref());
    collection.map_or_else(Vec::new, |collection| naming_values(site, collection, root))
}

/// The key or value at exactly these bytes.
fn node_at(root: &Node, span: Span) -> Option<&Node> {
    let keys = || root.values().flat_map(|(_, node)| node.entries()).map(|entry| &entry.key);
    root.values()
        .map(|(_, node)| node)
        .chain(keys())
        .find(|node| node.span == span && node.as_scalar().is_some())
}
