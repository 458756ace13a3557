//! Puts islands and containers into the tree that the parser made without them, and gives URLs and titles their
//! own text again.

use std::collections::HashMap;

use super::super::{
    ast::{NONE, NodeRecord, Tables},
    data::{Definition, LinkKind},
    lower::add,
    node_kind::NodeKind,
    normalize_label,
};
use super::loose_fence;
use super::overlay::{Island, MaskForm, Overlay};
use crate::text::{CharacterReference, Span};

/// Changes what the parser read of masked text: records, their data, and definitions.
pub(in super::super) fn weave(
    records: &mut Vec<NodeRecord>,
    tables: &mut Tables,
    definitions: &mut [Definition],
    overlay: &Overlay,
    source: &str,
) {
    restore_addresses(tables, definitions, overlay, source);
    loose_fence::restore(tables, overlay, source);
    let old = std::mem::take(records);
    let mut woven = Weave { source, overlay, tables, records, literal: None, islands: &overlay.islands };
    // The new number of each old record, or of what holds its children instead.
    let mut numbers: Vec<u32> = Vec::with_capacity(old.len());
    for (i, record) in old.iter().enumerate() {
        let parent = if i == 0 { 0 } else { numbers[record.parent as usize] };
        let before = i.checked_sub(1).map(|before| &old[before]);
        let number = woven.records.len() as u32;
        let is_kept = match woven.container(record, before, old.get(i + 1)) {
            Some(Container::Dissolved) => false,
            Some(Container::As(other)) => {
                woven.records.push(NodeRecord { parent, ..other });
                true
            }
            None => {
                woven.take(NodeRecord { parent, ..*record });
                true
            }
        };
        numbers.push(if is_kept { number } else { parent });
    }
    set_ends(records);
}

/// Gives references the URL of the last definition with their label.
pub(in super::super) fn use_last_definitions(tables: &mut Tables, definitions: &[Definition], source: &str) {
    let last: HashMap<&str, &str> = definitions.iter().map(|it| (&*it.normalized, &*it.url)).collect();
    if last.len() == definitions.len() {
        return;
    }
    for link in tables.links.iter_mut().filter(|link| link.destination.is_none()) {
        if let Some(url) = link.label.and_then(|label| last.get(&*normalize_label(label.of(source)))) {
            link.url = (*url).into();
        }
    }
}

/// URLs, titles and code are as the file has them; a URL that a definition has is the definition's.
fn restore_addresses(tables: &mut Tables, definitions: &mut [Definition], overlay: &Overlay, source: &str) {
    let is_masked = |span: Span| overlay.island_at(span).is_some();
    let mut filled_in: HashMap<Box<str>, Box<str>> = HashMap::new();
    for definition in definitions.iter_mut().filter(|it| is_masked(it.span)) {
        definition.url = definition.destination.span.of(source).into();
        definition.normalized = normalize_label(definition.label.of(source)).into();
        filled_in.entry(definition.normalized.clone()).or_insert_with(|| definition.url.clone());
    }
    for link in &mut tables.links {
        match (link.destination, link.label) {
            (Some(destination), _) if is_masked(destination.span) => {
                link.url = destination.span.of(source).into();
            }
            (None, Some(label)) if !filled_in.is_empty() => {
                if let Some(url) = filled_in.get(&*normalize_label(label.of(source))) {
                    link.url = url.clone();
                }
            }
            (None, None) if is_masked(link.text) => link.url = link.text.of(source).into(),
            _ => {}
        }
        if let Some(title) = link.title_span.filter(|span| is_masked(*span)) {
            link.title = Some(title.of(source).into());
        }
    }
    for code in tables.codes.iter_mut().filter(|code| is_masked(code.content)) {
        code.literal = None;
    }
}

struct Weave<'a> {
    source: &'a str,
    overlay: &'a Overlay,
    tables: &'a mut Tables,
    records: &'a mut Vec<NodeRecord>,
    /// What is left of what the text at hand shows, where the source does not say it.
    literal: Option<Box<str>>,
    /// The islands that do not end before the text at hand.
    islands: &'a [Island],
}

/// What becomes of a record that belongs to a container.
enum Container {
    /// It goes; what holds it holds its children.
    Dissolved,
    /// Another takes its place.
    As(NodeRecord),
}

impl Weave<'_> {
    /// Whether the parser took an island for a part of an e-mail address: `<b>me</b>@b.example`.
    fn is_no_address(&self, record: &NodeRecord) -> bool {
        let begins_as_url = |text: &str| {
            ["http", "www.", "ftp"]
                .iter()
                .any(|start| text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start)))
        };
        self.tables.links[record.data as usize].kind == LinkKind::Bare
            && self.overlay.island_at(record.span).is_some()
            && !begins_as_url(record.span.of(self.source))
    }

    /// What becomes of a list, an item and a heading that were heads of containers; nothing for other records.
    fn container(
        &self,
        record: &NodeRecord,
        before: Option<&NodeRecord>,
        next: Option<&NodeRecord>,
    ) -> Option<Container> {
        if record.kind == NodeKind::Link && self.is_no_address(record) {
            return Some(Container::Dissolved);
        }
        if self.overlay.heads.is_empty() {
            return None;
        }
        let head_of =
            |item: &NodeRecord| self.overlay.head_at(item.span.start).filter(|_| item.kind == NodeKind::Item);
        match record.kind {
            NodeKind::List => next.and_then(head_of).map(|_| Container::Dissolved),
            NodeKind::Item => head_of(record).map(|head| {
                if head.form == MaskForm::Indent {
                    return Container::Dissolved;
                }
                let span = Span::new(record.span.start, record.span.end.max(head.span.end));
                Container::As(NodeRecord { kind: NodeKind::Container, span, ..*record })
            }),
            NodeKind::Heading => {
                let content = self.tables.headings[record.data as usize].content;
                let title =
                    self.overlay.head_at(record.span.start).filter(|head| head.form == MaskForm::Title);
                let head = title
                    .or_else(|| before.and_then(head_of).filter(|head| head.span.contains(record.span)))
                    .filter(|head| !matches!(head.form, MaskForm::Bullet | MaskForm::Indent));
                head?;
                if content.is_empty() {
                    return Some(Container::Dissolved);
                }
                Some(Container::As(NodeRecord {
                    kind: NodeKind::Paragraph,
                    span: content,
                    data: NONE,
                    ..*record
                }))
            }
            _ => None,
        }
    }

    fn take(&mut self, record: NodeRecord) {
        if record.kind != NodeKind::Text {
            self.records.push(record);
            return;
        }
        let passed = self.islands.iter().take_while(|island| island.span.end <= record.span.start).count();
        self.islands = &self.islands[passed..];
        if self.islands.first().is_none_or(|island| island.span.start >= record.span.end) {
            self.records.push(record);
            return;
        }
        self.literal =
            (record.data != NONE).then(|| std::mem::take(&mut self.tables.literals[record.data as usize]));
        self.part(record);
    }

    /// Parts a text at its islands.
    fn part(&mut self, record: NodeRecord) {
        let mut at = record.span.start;
        for island in self.islands {
            if island.span.start >= record.span.end {
                break;
            }
            let start = island.span.start.max(at);
            let end = island.span.end.min(record.span.end);
            self.piece(record, Span::new(at, start), NodeKind::Text);
            self.piece(record, Span::new(start, end), NodeKind::Island);
            at = end;
        }
        self.piece(record, Span::new(at, record.span.end), NodeKind::Text);
    }

    fn piece(&mut self, record: NodeRecord, span: Span, kind: NodeKind) {
        if span.is_empty() {
            return;
        }
        let mut data = NONE;
        if let Some(literal) = &mut self.literal {
            let shown = shown(span.of(&self.overlay.text), literal);
            let text: Box<str> = literal[..shown].into();
            *literal = literal[shown..].into();
            if kind == NodeKind::Text && *text != *span.of(self.source) {
                data = add(&mut self.tables.literals, text);
            }
        }
        self.records.push(NodeRecord { span, data, kind, ..record });
    }
}

/// How many bytes of `literal` a piece of source shows as.
fn shown(source: &str, literal: &str) -> usize {
    let (source, literal_bytes) = (source.as_bytes(), literal.as_bytes());
    let (mut at, mut shown) = (0, 0);
    while at < source.len() && shown < literal.len() {
        if source[at] == literal_bytes[shown] {
            (at, shown) = (at + 1, shown + 1);
        } else if source[at] == b'\\' {
            at += 1;
        } else if let Some(reference) = CharacterReference::at_start(&source[at..])
            && let stands_for = reference.shown(&mut [0; 4])
            && literal[shown..].starts_with(stands_for)
        {
            (at, shown) = (at + reference.len, shown + stands_for.len());
        } else {
            break;
        }
    }
    while !literal.is_char_boundary(shown) {
        shown += 1;
    }
    shown
}

/// Where the descendants of each record end.
fn set_ends(records: &mut [NodeRecord]) {
    for (i, record) in records.iter_mut().enumerate() {
        record.end = i as u32 + 1;
    }
    for i in (1..records.len()).rev() {
        let NodeRecord { parent, end, span, .. } = records[i];
        let around = &mut records[parent as usize];
        around.end = around.end.max(end);
        if around.kind.is_container() {
            around.span.end = around.span.end.max(span.end);
        }
    }
}
