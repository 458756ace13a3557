//! A page after the first phase as bytes, for the program that wrote them: collections are numbers.

use std::{path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{read_page::ReadPage, stored_diagnostic::StoredDiagnostic};
use crate::{config::Config, diagnostic::Diagnostic, site::PageFacts};

#[derive(Serialize)]
struct PageOut<'a> {
    collection: Option<u32>,
    facts: &'a PageFacts,
    findings: Vec<StoredDiagnostic<'a>>,
}

#[derive(Deserialize)]
struct PageIn<'a> {
    collection: Option<u32>,
    facts: PageFacts,
    #[serde(borrow)]
    findings: Vec<StoredDiagnostic<'a>>,
}

/// The bytes of a page; `None` where it has something that they cannot hold, such as a path that is not Unicode.
pub(super) fn encode(page: &ReadPage) -> Option<Vec<u8>> {
    let facts = &*page.facts;
    let findings = page.findings.iter().map(|it| StoredDiagnostic::in_file(&facts.path, it));
    let collection = facts.collection.as_ref().map(|collection| collection.index as u32);
    postcard::to_allocvec(&PageOut { collection, facts, findings: findings.collect::<Option<_>>()? }).ok()
}

/// The facts and findings that bytes hold; `None` where they do not fit the config or are not what [`encode`] writes.
pub(super) fn decode(
    bytes: &[u8],
    path: &Arc<Path>,
    config: &Config,
) -> Option<(PageFacts, Vec<Diagnostic>)> {
    let PageIn { collection, mut facts, findings } = postcard::from_bytes(bytes).ok()?;
    facts.path = Arc::clone(path);
    if let Some(index) = collection {
        facts.collection = Some(Arc::clone(config.collections.get(index as usize)?));
    }
    let findings = findings.into_iter().map(|it| it.diagnostic(path));
    Some((facts, findings.collect::<Option<_>>()?))
}
