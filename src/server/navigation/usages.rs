//! The links and the values of front matter that name a thing.

use std::path::Path;

use crate::{
    diagnostic::Label,
    links,
    markdown::Fragment,
    server::records::{NamingValue, RecordName, RecordPart, is_same_record, naming_values},
    site::{Page, Record, Records, Site, urls::Target},
    text::Span,
};

/// A link to a page or a part of it.
pub(in crate::server) struct LinkTo<'s> {
    /// The page that has it.
    pub(in crate::server) from: &'s Page,
    /// The URL.
    pub(in crate::server) target: &'s links::UrlTarget,
    /// The anchor that it names.
    pub(in crate::server) anchor: Option<Box<str>>,
}

impl LinkTo<'_> {
    /// The place of what is after the `#`; `None` where the page does not have it as it is meant.
    pub(in crate::server) fn fragment(&self) -> Option<Span> {
        let at = self.target.url.find('#')? + 1;
        self.target.is_verbatim.then(|| self.target.part(at..self.target.url.len()))
    }
}

/// The links to a page, by its place among the pages.
pub(in crate::server) fn links_to(site: &Site, page: usize) -> Vec<LinkTo<'_>> {
    let mut found = Vec::new();
    for (index, from) in site.pages.iter().enumerate() {
        for (target, lead) in site.leads(from) {
            match lead.on_site() {
                Target::Page(to) if to.page == page => {
                    found.push(LinkTo { from, target, anchor: to.anchor.clone() });
                }
                _ => {}
            }
        }
        if index == page {
            found.extend(from.targets.iter().filter_map(|target| {
                let fragment = target.url.strip_prefix('#')?;
                let Fragment::Id(id) = Fragment::parse(fragment) else { return None };
                Some(LinkTo { from, target, anchor: Some(id.into()) })
            }));
        }
    }
    found
}

/// The values of front matter that name a record by its id.
pub(in crate::server) fn uses_of(site: &Site, record: &Record) -> Vec<Label> {
    let name = RecordName { record, part: RecordPart::Id };
    let uses = site.pages.iter().flat_map(|page| {
        let named = names_in(site, page).into_iter().filter(|it| it.name.is_same(&name));
        named.map(|it| Label::new(&page.path, it.node.span)).collect::<Vec<_>>()
    });
    uses.collect()
}

/// The values of a page that name records.
pub(in crate::server) fn names_in<'s>(site: &'s Site, page: &'s Page) -> Vec<NamingValue<'s, 's>> {
    let collection = page.collection.as_ref().zip(page.root());
    collection.map_or_else(Vec::new, |(collection, root)| naming_values(site, collection, root))
}

/// The name of a record that is written at a place of the record's file.
pub(in crate::server) fn record_in<'s>(site: &'s Site, path: &Path, offset: u32) -> Option<RecordName<'s>> {
    let holds = |span: Span| !span.is_empty() && span.start <= offset && offset <= span.end;
    let records = all_records(site).flat_map(Records::list).filter(|record| *record.path == *path);
    let names = records
        .flat_map(|record| [RecordPart::Id, RecordPart::Label].map(|part| RecordName { record, part }));
    { names }.find(|name| name.text().is_some_and(|text| holds(text.span)))
}

/// Whether another record that the same references may name has a text already.
pub(in crate::server) fn is_taken(site: &Site, name: &RecordName<'_>, text: &str) -> bool {
    let is_among =
        |records: &&Records| records.list().iter().any(|record| is_same_record(record, name.record));
    all_records(site).filter(is_among).any(|records| match name.part {
        RecordPart::Id => records.by_id(text).is_some(),
        RecordPart::Label => records.by_label(text).is_some(),
    })
}

/// The records of all references.
fn all_records(site: &Site) -> impl Iterator<Item = &Records> {
    site.collections
        .iter()
        .flat_map(|collection| (0..collection.references.len()).map(|nth| site.records(collection, nth)))
}
