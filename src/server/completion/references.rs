//! Records that a page may refer to: authors by name, categories with id and label together.

use gen_lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, TextEdit};

use super::{
    front_matter::{KeyRequest, dotted},
    items::item,
    place::Slot,
};
use crate::{
    data::{DataFormat, Node, Segment},
    front_matter::{Collection, Reference, ReferenceForm, rewrite},
    server::page::PageView,
    site::Record,
    text::Span,
};

/// The records for the key at the place, if it is one of a reference.
pub(super) fn items(request: &KeyRequest<'_>) -> Vec<CompletionItem> {
    let Some(collection) = &request.document.collection else { return vec![] };
    let path = request.dotted();
    for (nth, reference) in collection.references.iter().enumerate() {
        let records = request.page.index.site().records(collection, nth).list();
        let key = reference.key.to_string();
        let found: Vec<CompletionItem> = match &reference.form {
            ReferenceForm::Value { .. } if path == key && request.place.slot != Slot::Key => {
                records.iter().filter_map(|record| value_item(request, record)).collect()
            }
            ReferenceForm::Record { .. } => {
                let pair = Pair::of(request, collection, reference);
                records.iter().filter_map(|record| pair.as_ref()?.item(record)).collect()
            }
            ReferenceForm::Value { .. } => vec![],
        };
        if !found.is_empty() {
            return found;
        }
    }
    vec![]
}

fn value_item(request: &KeyRequest<'_>, record: &Record) -> Option<CompletionItem> {
    let id = record.id_text()?;
    let text = rewrite::written(id, request.format)?;
    Some(CompletionItem {
        detail: Some(record.path.display().to_string()),
        ..item(&request.page.places, id, CompletionItemKind::Reference, request.place.typed, text)
    })
}

/// What of a record is written at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it, after the key of the reference.
    Whole,
    /// All of it, as an item of a list.
    Item,
    /// Its id; the label stands beside it.
    Id,
    /// Its label; the id stands beside it.
    Label,
}

/// An id and a label that belong together.
struct Pair<'a> {
    request: &'a KeyRequest<'a>,
    part: Part,
    id_key: &'a str,
    label_key: &'a str,
    /// Whether the pages write the label first.
    label_first: bool,
    /// Whether the pages write a list of such pairs.
    is_list: bool,
    /// The pair as it is in the page.
    written: Option<&'a Node>,
}

impl<'a> Pair<'a> {
    fn of(request: &'a KeyRequest<'a>, collection: &'a Collection, reference: &'a Reference) -> Option<Self> {
        let ReferenceForm::Record { id_keys, preferred_id_key, label_key, .. } = &reference.form else {
            return None;
        };
        let place = &request.place;
        let root = request.document.front_matter.as_ref()?.tree.root.as_ref();
        let mapping = |path: &[Segment]| root.and_then(|root| root.at(path));
        let key = reference.key.to_string();
        let sample = sample(request.page, collection, reference);
        let site = request.page.index.site();
        let nth = collection.references.iter().position(|it| std::ptr::eq(it, reference))?;
        let usual = site
            .id_keys(collection, nth)
            .usual()
            .map(|(key, _)| key)
            .filter(|key| id_keys.iter().any(|known| **known == **key));
        let default = preferred_id_key.as_deref().or(usual).or(id_keys.first().map(|key| &**key))?;
        let (parent, last) = match place.path.split_last() {
            Some((Segment::Key(last), parent)) => (parent, Some(&**last)),
            _ => (&place.path[..], None),
        };
        let at_key = dotted(&place.path) == key;
        let (part, written) = match place.slot {
            // On several lines, as YAML alone has them.
            Slot::Value if at_key && request.format == DataFormat::Yaml => (Part::Whole, None),
            Slot::Item if at_key => (Part::Item, None),
            Slot::Value if dotted(parent) == key => match last? {
                name if name == &**label_key => (Part::Label, mapping(parent)),
                name if id_keys.iter().any(|id| **id == *name) => (Part::Id, mapping(parent)),
                _ => return None,
            },
            _ => return None,
        };
        let id_key = match (part, last) {
            (Part::Id, Some(last)) => last,
            _ => written.and_then(|it| reference.form.id_entry(it)?.key.as_str()).unwrap_or(default),
        };
        let label_first = sample.is_some_and(|it| it.label_first(label_key));
        let is_list = sample.is_some_and(|it| it.is_list);
        Some(Self { request, part, id_key, label_key, label_first, is_list, written })
    }

    fn item(&self, record: &Record) -> Option<CompletionItem> {
        let (id, label) = (record.id_text()?, record.label_text());
        let format = self.request.format;
        let id_text = rewrite::written(id, format)?;
        let label_text = label.and_then(|label| rewrite::written(label, format));
        let typed = self.request.place.typed;
        let (mut typed, mut more, mut text) = (typed, None, String::new());
        match self.part {
            Part::Whole | Part::Item => {
                let column = self.request.place.column;
                let (indent, lead) = match (self.part, self.is_list) {
                    (Part::Item, _) => (column, String::new()),
                    (_, true) => (column + 4, format!("\n{}- ", " ".repeat(column + 2))),
                    (_, false) => (column + 2, format!("\n{}", " ".repeat(column + 2))),
                };
                let id_line = format!("{}: {id_text}", self.id_key);
                let mut lines = vec![id_line];
                if let Some(label) = &label_text {
                    let line = format!("{}: {label}", self.label_key);
                    lines.insert(usize::from(!self.label_first), line);
                }
                text = format!("{lead}{}", lines.join(&format!("\n{}", " ".repeat(indent))));
                if self.part == Part::Whole {
                    typed = self.after_colon(typed);
                }
            }
            Part::Id => {
                text.push_str(&id_text);
                self.write_beside(self.label_key, label_text.as_deref(), &mut text, &mut more);
            }
            Part::Label => {
                text.push_str(label_text.as_deref()?);
                self.write_beside(self.id_key, Some(&id_text), &mut text, &mut more);
            }
        }
        let shown = label.filter(|_| self.part != Part::Id).unwrap_or(id);
        let other = if shown == id { label } else { Some(id) };
        let places = &self.request.page.places;
        let mut found = item(places, shown, CompletionItemKind::Reference, typed, text);
        found.detail = other.map(str::to_owned);
        // Both may be written to find it.
        found.filter_text = Some(format!("{shown} {}", other.unwrap_or_default()));
        found.additional_text_edits = more.map(|more| vec![more]);
        debug_assert!(matches!(found.text_edit, Some(CompletionItemTextEdit::TextEdit(_))));
        Some(found)
    }

    /// From the colon on, so that no space is left at the end of its line.
    fn after_colon(&self, typed: Span) -> Span {
        let before = &self.request.page.open.text[..typed.start as usize];
        Span::new(before.trim_end_matches(' ').len() as u32, typed.end)
    }

    /// Writes the other half: over the one that is there, or on a new line.
    fn write_beside(&self, key: &str, value: Option<&str>, text: &mut String, more: &mut Option<TextEdit>) {
        let Some(value) = value else { return };
        let entry = self.written.and_then(|written| written.entry(key));
        match entry.filter(|entry| !entry.value.span.is_empty()) {
            Some(entry) => {
                let range = self.request.page.places.range(entry.value.span);
                *more = Some(TextEdit { range, new_text: value.to_owned() });
            }
            None if entry.is_some() || self.request.format != DataFormat::Yaml => {}
            None => {
                let indent = " ".repeat(self.request.place.column);
                text.extend(["\n", &indent, key, ": ", value]);
            }
        }
    }
}

/// How another page writes the reference.
#[derive(Clone, Copy)]
struct Sample<'a> {
    item: &'a Node,
    is_list: bool,
}

impl Sample<'_> {
    fn label_first(&self, label_key: &str) -> bool {
        self.item.entries().first().is_some_and(|entry| entry.key.as_str() == Some(label_key))
    }
}

fn sample<'a>(page: &PageView<'a>, collection: &Collection, reference: &Reference) -> Option<Sample<'a>> {
    let pages = page.index.site().pages.iter().filter(|other| other.path != page.path);
    let roots =
        pages.filter(|other| other.collection.as_ref().is_some_and(|it| it.index == collection.index));
    roots.filter_map(|other| other.root()).find_map(|root| {
        let value = reference.key.find(root)?;
        let item = value.self_or_items().first().filter(|item| !item.entries().is_empty())?;
        Some(Sample { item, is_list: !value.items().is_empty() })
    })
}
