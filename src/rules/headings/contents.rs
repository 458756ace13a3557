//! A table of contents beside the headings of its page.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet, VecDeque},
};

use crate::{
    document::Document,
    markdown::{Anchor, AnchorKind, Anchors, ContentsEntry, TableOfContents},
    text::{SlugStyle, Span},
};

/// Headings of a page whose tables of contents are compared. Every generator makes anchors of all of them.
const MAX_HEADINGS: usize = 2_000;

/// The anchors that generators make in a page, each found when it is first asked for.
pub(super) struct PageAnchors<'a> {
    doc: &'a Document,
    by_engine: [OnceCell<Anchors>; SlugStyle::ENGINES.len()],
}

impl<'a> PageAnchors<'a> {
    /// Nothing for a page with too many headings.
    pub(super) fn of(doc: &'a Document) -> Option<Self> {
        let are_few = doc.ast.headings().nth(MAX_HEADINGS).is_none();
        are_few.then(|| Self { doc, by_engine: Default::default() })
    }

    /// Those of the headings of a table of contents, for each engine.
    fn of_headings(&self, table: &TableOfContents<'_>) -> impl Iterator<Item = Vec<Box<str>>> {
        let known = self.by_engine.iter().zip(SlugStyle::ENGINES);
        known.map(|(known, style)| anchors(self.doc, table, known.get_or_init(|| self.doc.anchors(style))))
    }
}

/// A table of contents beside the headings that it lists.
pub(super) struct ContentsComparison<'a> {
    /// Its headings are those of the levels that it lists.
    pub(super) table: TableOfContents<'a>,
    /// The index of the heading for each entry.
    pub(super) heading_of_entry: Vec<Option<usize>>,
}

impl<'a> ContentsComparison<'a> {
    /// Nothing if the list is about something else than the headings: half of the entries or more lead to none of them,
    /// or half of the headings or more are not in it.
    pub(super) fn of(page: &PageAnchors<'_>, mut table: TableOfContents<'a>) -> Option<Self> {
        let names: HashSet<&str> = table.entries.iter().map(|entry| &*entry.text).collect();
        let listed = table.headings.iter().filter(|(_, text)| names.contains(&**text));
        let levels: Vec<u8> = listed.map(|(heading, _)| heading.level).collect();
        let (least, most) = (*levels.iter().min()?, *levels.iter().max()?);
        table.headings.retain(|(heading, _)| (least..=most).contains(&heading.level));
        let mut heading_of_entry = by_text(&table);
        add_by_anchor(page, &table, &mut heading_of_entry);
        let listed = heading_of_entry.iter().flatten().count();
        let is_about_headings = 2 * listed > table.entries.len() && 2 * listed > table.headings.len();
        is_about_headings.then_some(Self { table, heading_of_entry })
    }

    /// The entry for each heading.
    pub(super) fn entry_of_heading(&self) -> Vec<Option<&ContentsEntry<'a>>> {
        let mut entries = vec![None; self.table.headings.len()];
        for (entry, heading) in self.table.entries.iter().zip(&self.heading_of_entry) {
            if let Some(heading) = heading {
                entries[*heading] = Some(entry);
            }
        }
        entries
    }

    /// The anchors of the headings: those of the generators that make the anchors of the entries, if these agree.
    pub(super) fn anchors(&self, page: &PageAnchors<'_>) -> Option<Vec<Box<str>>> {
        let mut known: Option<Vec<Box<str>>> = None;
        for anchors in page.of_headings(&self.table) {
            let leads = |(entry, heading): (&ContentsEntry<'_>, &Option<usize>)| {
                heading.is_none_or(|heading| *anchors[heading] == *entry.fragment)
            };
            if self.table.entries.iter().zip(&self.heading_of_entry).all(leads) {
                if known.as_ref().is_some_and(|known| *known != anchors) {
                    return None;
                }
                known = Some(anchors);
            }
        }
        known.filter(|anchors| anchors.iter().all(|anchor| !anchor.is_empty()))
    }
}

/// The heading with the text of each entry; of equal headings the next one.
fn by_text(table: &TableOfContents<'_>) -> Vec<Option<usize>> {
    let mut by_text: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, (_, text)) in table.headings.iter().enumerate() {
        by_text.entry(text).or_default().push_back(index);
    }
    table.entries.iter().map(|entry| by_text.get_mut(&*entry.text)?.pop_front()).collect()
}

/// Adds the headings that entries with another text lead to.
fn add_by_anchor(
    page: &PageAnchors<'_>,
    table: &TableOfContents<'_>,
    heading_of_entry: &mut [Option<usize>],
) {
    let mut of_headings = page.of_headings(table);
    while heading_of_entry.iter().any(Option::is_none)
        && let Some(anchors) = of_headings.next()
    {
        let mut free: HashMap<&str, usize> =
            anchors.iter().enumerate().map(|(index, anchor)| (&**anchor, index)).collect();
        for index in heading_of_entry.iter().flatten() {
            free.remove(&*anchors[*index]);
        }
        for (entry, heading) in table.entries.iter().zip(&mut *heading_of_entry) {
            *heading = heading.or_else(|| free.remove(&*entry.fragment));
        }
    }
}

/// The anchor of each heading; empty where it has none. That of a list of attributes in the next line counts.
fn anchors(doc: &Document, table: &TableOfContents<'_>, anchors: &Anchors) -> Vec<Box<str>> {
    let mut rest = anchors.iter().peekable();
    let mut of = |heading: Span| {
        while rest.next_if(|anchor| anchor.span.start < heading.start).is_some() {}
        let next_line = doc.lines.line_of(heading.end) + 1;
        let is_near = |anchor: &&Anchor| match anchor.kind {
            AnchorKind::Explicit => doc.lines.line_of(anchor.span.start) <= next_line,
            _ => anchor.span.start < heading.end,
        };
        let first = rest.next_if(is_near)?;
        Some(rest.next_if(|next| next.kind == AnchorKind::Explicit && is_near(next)).unwrap_or(first))
    };
    let id = |anchor: Option<&Anchor>| anchor.map_or_else(Box::default, |anchor| anchor.id.clone());
    table.headings.iter().map(|(heading, _)| id(of(heading.span()))).collect()
}
