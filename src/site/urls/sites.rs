//! The sites of a project, which may have several: a blog, a manual, the pages of each package.

use std::sync::Arc;

use super::{
    UrlExceptions,
    layout::{Layout, below},
};

/// The layouts of the sites of a project, the main one first.
#[derive(Debug, Clone)]
pub struct Sites {
    layouts: Vec<Arc<Layout>>,
    /// URLs that are excepted from the checks of links, on every site.
    pub exceptions: UrlExceptions,
}

impl Default for Sites {
    fn default() -> Self {
        Self::of_one(Layout::default())
    }
}

impl Sites {
    /// The only site of a project.
    pub fn of_one(layout: Layout) -> Self {
        Self { layouts: vec![Arc::new(layout)], exceptions: UrlExceptions::default() }
    }

    /// Sites, the main one first. Without any, nothing is known of the project's site.
    pub fn new(layouts: Vec<Layout>) -> Self {
        if layouts.is_empty() {
            return Self::of_one(Layout::of_kind(None));
        }
        Self { layouts: layouts.into_iter().map(Arc::new).collect(), exceptions: UrlExceptions::default() }
    }

    /// The same sites, with exceptions.
    pub fn excepting(self, exceptions: UrlExceptions) -> Self {
        Self { exceptions, ..self }
    }

    /// The site that the config speaks of.
    pub fn main(&self) -> &Layout {
        &self.layouts[0]
    }

    /// All of them, the main one first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Layout> {
        self.layouts.iter().map(|layout| &**layout)
    }

    /// The site with this index.
    pub(super) fn get(&self, index: usize) -> &Layout {
        &self.layouts[index]
    }

    /// The index of the site that a file is of: the one with the nearest folder, of pages or of the site as a whole.
    pub(super) fn index_of(&self, path: &str) -> usize {
        if self.layouts.len() == 1 {
            return 0;
        }
        let nearest = |layout: &Layout| {
            let mount = layout.mount_of(path).map(|(mount, _)| 2 * mount.folder.len() + 1);
            let root = below(&layout.root, path).map(|_| 2 * layout.root.len());
            mount.max(root)
        };
        let all =
            self.layouts.iter().enumerate().filter_map(|(index, layout)| Some((nearest(layout)?, index)));
        all.max_by_key(|(nearest, index)| (*nearest, usize::MAX - index)).map_or(0, |(_, index)| index)
    }

    /// The site that a file is of.
    pub fn of(&self, path: &str) -> &Layout {
        &self.layouts[self.index_of(path)]
    }
}
