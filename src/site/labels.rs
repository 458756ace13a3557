//! Names of places that a link may use on any page.

use std::collections::HashSet;

use super::{Page, Site, generators::Labels};
use crate::markdown::{AnchorKind, Anchors};

impl Site {
    /// Whether a link to an anchor of its own page may lead to a place of this name on another page.
    pub fn is_label(&self, page: &Page, name: &str) -> bool {
        let generator = self.layout_of(page).generator.as_ref();
        match generator.map_or(Labels::None, |it| it.labels(&self.survey())) {
            Labels::None => false,
            Labels::OfPages => self.labels().contains(&*name.to_lowercase()),
            Labels::Unknown => true,
        }
    }

    /// The ids that authors chose, in lowercase.
    fn labels(&self) -> &HashSet<Box<str>> {
        self.labels.get_or_init(|| {
            let anchors = self.pages.iter().flat_map(|page| &page.anchors).flat_map(Anchors::iter);
            let chosen = anchors.filter(|anchor| anchor.kind == AnchorKind::Explicit);
            chosen.map(|anchor| anchor.id.to_lowercase().into()).collect()
        })
    }
}
