//! The likely misspellings of all pages, kept from one run to the next. They follow from the words of all pages together,
//! so they are used only where no page has changed.

use xxhash_rust::xxh3::Xxh3;

use super::{open_site::OpenSite, read_page::FactsKey};
use crate::{
    site::{Page, Site},
    spelling::Verdict,
};

impl OpenSite {
    /// Gives pages the misspellings that an earlier run found.
    pub(super) fn recall_verdicts(&self, site: &Site) {
        for (page, verdicts) in site.pages.iter().zip(self.stored_verdicts().unwrap_or_default()) {
            if let Some(verdicts) = verdicts {
                page.know_misspellings(verdicts);
            }
        }
    }

    /// Keeps the misspellings that this run found, if it found some that are not kept.
    pub(super) fn keep_verdicts(&self) {
        let found: Vec<Option<&[Verdict]>> = self.site().pages.iter().map(Page::known_misspellings).collect();
        let count = found.iter().flatten().count();
        if let (Some(store), Some(key)) = (&self.store, self.verdicts_key())
            && store.get(key).and_then(count_of).unwrap_or_default() < count
            && let Ok(bytes) = postcard::to_allocvec(&(count, found))
        {
            store.add(key, bytes);
        }
    }

    /// By page: its misspellings, if they are kept.
    fn stored_verdicts(&self) -> Option<Vec<Option<Box<[Verdict]>>>> {
        let bytes = self.store.as_ref()?.get(self.verdicts_key()?)?;
        let (_, verdicts): (usize, Vec<_>) = postcard::from_bytes(bytes).ok()?;
        (verdicts.len() == self.pages.len()).then_some(verdicts)
    }

    /// What the misspellings of all pages follow from; nothing where a page may have something that is not written
    /// elsewhere, which may be a word of another page, too.
    fn verdicts_key(&self) -> Option<FactsKey> {
        let may_be_stored = self.words && !self.has_given && !self.pages.iter().any(|page| page.has_secrets);
        let mut hasher = Xxh3::new();
        hasher.update(b"misspellings with their number");
        hasher.update(&self.digest.to_le_bytes());
        for page in self.pages.iter().filter(|_| may_be_stored) {
            hasher.update(&page.key?.to_le_bytes());
        }
        may_be_stored.then(|| hasher.digest128())
    }
}

/// How many pages have kept misspellings, without reading these.
fn count_of(bytes: &[u8]) -> Option<usize> {
    postcard::take_from_bytes(bytes).ok().map(|(count, _)| count)
}
