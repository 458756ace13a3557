//! The links and the values of front matter that name a thing.

use crate::{
    diagnostic::Label,
    front_matter::ReferenceForm,
    links,
    markdown::Fragment,
    site::{Page, Record, Site, urls::Target},
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

/// The values of front matter that name a record.
pub(in crate::server) fn uses_of(site: &Site, record: &Record) -> Vec<Label> {
    let mut found = Vec::new();
    let is_it =
        |other: &Record| std::ptr::eq(other, record) || (other.path == record.path && same(other, record));
    for page in &site.pages {
        let (Some(collection), Some(root)) = (&page.collection, page.root()) else { continue };
        for (nth, reference) in collection.references.iter().enumerate() {
            let records = site.records(collection, nth);
            let nodes: Vec<_> = match &reference.form {
                ReferenceForm::Value { .. } => {
                    reference.key.find_all(root).flat_map(crate::data::Node::self_or_items).collect()
                }
                ReferenceForm::Record { .. } => {
                    let entries = reference.items(root).filter_map(|item| reference.form.id_entry(item));
                    entries.map(|entry| &entry.value).collect()
                }
            };
            let named = nodes
                .into_iter()
                .filter(|node| node.text().and_then(|text| records.by_id(text.trim())).is_some_and(is_it));
            found.extend(named.map(|node| Label::new(&page.path, node.span)));
        }
    }
    found
}

fn same(one: &Record, other: &Record) -> bool {
    let span = |record: &Record| record.id.as_ref().or(record.label.as_ref()).map(|text| text.span);
    span(one) == span(other)
}

/// The record that is written at a place of a file.
pub(in crate::server) fn record_in<'s>(
    site: &'s Site,
    path: &std::path::Path,
    offset: u32,
) -> Option<&'s Record> {
    let holds = |span: Span| !span.is_empty() && span.start <= offset && offset <= span.end;
    let lists = site.collections.iter().flat_map(|collection| {
        (0..collection.references.len()).flat_map(|nth| site.records(collection, nth).list())
    });
    let mut records = lists.filter(|record| *record.path == *path);
    records.find(|record| [&record.id, &record.label].into_iter().flatten().any(|text| holds(text.span)))
}
