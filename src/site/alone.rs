//! Pages that are checked by themselves, without the rest of their site.

use std::sync::Arc;

use jiff::civil;

use super::{
    CollectionFacts, DataFile, Extent, Page, Records, Site,
    urls::{Sites, Urls},
};
use crate::{
    front_matter::{Collection, RecordSource, Reference},
    spelling::{ProjectWords, Vocabulary},
};

/// What the config says to each page that is checked by itself. A site of one page is made of it in time that depends
/// on the page alone.
#[derive(Debug)]
pub struct Alone {
    collections: Vec<Arc<Collection>>,
    /// For each collection, the records of each of its references.
    records: Vec<Vec<Arc<Records>>>,
    sites: Arc<Sites>,
    vocabulary: Vocabulary,
    today: civil::Date,
}

impl Alone {
    /// Gathers what does not depend on a page.
    pub fn new(
        collections: Vec<Arc<Collection>>,
        data: &[DataFile],
        project: &ProjectWords,
        sites: Arc<Sites>,
        today: civil::Date,
    ) -> Self {
        let records: Vec<_> = collections.iter().map(|it| Records::gather_all(it, &[], data)).collect();
        let mut project = project.clone();
        records.iter().flatten().for_each(|records| records.teach(&mut project));
        let vocabulary = Vocabulary::new(std::iter::empty(), Arc::new(project));
        Self { collections, records, sites, vocabulary, today }
    }

    /// The site of one page.
    pub fn site_of(&self, page: Page) -> Site {
        let facts = self.records.iter().cloned().map(CollectionFacts::of_records).collect();
        let vocabulary = page.words.as_ref().map(|words| self.vocabulary.of_page(words));
        let site = Site::of_facts(vec![page], self.collections.clone(), facts, self.today);
        Site {
            extent: Extent::OnePage,
            vocabulary: vocabulary.unwrap_or_default(),
            urls: Urls::without_files(Arc::clone(&self.sites)),
            ..site
        }
    }
}

impl Site {
    /// Whether the records of a reference are known: all that there are, or those of a data file.
    pub fn has_records_of(&self, reference: &Reference) -> bool {
        self.extent == Extent::Whole || matches!(reference.source, RecordSource::Data { .. })
    }
}
