use std::collections::{HashMap, HashSet, VecDeque};

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Anchor, AnchorKind, ContentsEntry, Node, NodeKind, TableOfContents},
    rule::{Fixable, Rule},
    text::{SlugStyle, Span},
};

declare_rule! {
    /// Table of contents that differs from the headings
    ///
    /// ## What it does
    ///
    /// Compares tables of contents with the headings below them. A table of contents is a list of at least three links to
    /// anchors of the same page, with nothing else in its items. Headings of the levels that it lists should all be
    /// in it, with the same text and in the same order. Headings with the comment `<!-- omit from toc -->` in or
    /// above them, or with the class `no_toc`, are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// A table of contents tells whether a page answers a question. Sections that are missing from it are hard to find.
    ///
    /// ## Example
    ///
    /// ```md
    /// - [Tides](#tides)
    /// - [Ferries](#ferries)
    /// - [Piers](#piers)
    ///
    /// ## Tides
    ///
    /// ## Ferries
    ///
    /// ## Fares
    ///
    /// ## Piers
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// - [Tides](#tides)
    /// - [Ferries](#ferries)
    /// - [Fares](#fares)
    /// - [Piers](#piers)
    ///
    /// ## Tides
    ///
    /// ## Ferries
    ///
    /// ## Fares
    ///
    /// ## Piers
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: they write the whole list anew, and an entry can differ from its heading on purpose. No fix is
    /// offered if it is not clear which anchors the generator makes.
    pub struct OutdatedContents {}
    id = "outdated-contents",
    on = false,
    fixable = Fixable::Sometimes,
}

impl Rule for OutdatedContents {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables_of_contents(&doc.source) {
            let Some(comparison) = Comparison::of(doc, table) else { continue };
            let differences = comparison.differences();
            let mut fix = if differences.is_empty() { None } else { comparison.fix(doc) };
            for difference in differences {
                let diagnostic = sink.report(difference.span, difference.message);
                if let Some(entry) = difference.after {
                    diagnostic.label(entry, "expected after this entry");
                }
                diagnostic.fix_or_help(fix.take(), "update the table of contents");
            }
        }
    }
}

/// A table of contents beside the headings that it lists.
struct Comparison<'a> {
    /// Its headings are those of the levels that it lists.
    table: TableOfContents<'a>,
    /// The index of the heading for each entry.
    heading_of_entry: Vec<Option<usize>>,
}

/// A difference between a table of contents and the headings.
struct Difference {
    span: Span,
    message: String,
    /// The link of the entry after which a heading is missing.
    after: Option<Span>,
}

impl<'a> Comparison<'a> {
    /// Nothing if the list is about something else than the headings: half of the entries or more lead to none of them,
    /// or half of the headings or more are not in it.
    fn of(doc: &Document, mut table: TableOfContents<'a>) -> Option<Self> {
        let names: HashSet<&str> = table.entries.iter().map(|entry| &*entry.text).collect();
        let listed = table.headings.iter().filter(|(_, text)| names.contains(&**text));
        let levels: Vec<u8> = listed.map(|(heading, _)| heading.level).collect();
        let (least, most) = (*levels.iter().min()?, *levels.iter().max()?);
        table.headings.retain(|(heading, _)| (least..=most).contains(&heading.level));
        let mut heading_of_entry = by_text(&table);
        add_by_anchor(doc, &table, &mut heading_of_entry);
        let listed = heading_of_entry.iter().flatten().count();
        let is_about_headings = 2 * listed > table.entries.len() && 2 * listed > table.headings.len();
        is_about_headings.then_some(Self { table, heading_of_entry })
    }

    /// The entry for each heading.
    fn entry_of_heading(&self) -> Vec<Option<&ContentsEntry<'a>>> {
        let mut entries = vec![None; self.table.headings.len()];
        for (entry, heading) in self.table.entries.iter().zip(&self.heading_of_entry) {
            if let Some(heading) = heading {
                entries[*heading] = Some(entry);
            }
        }
        entries
    }

    fn differences(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut last = None;
        let mut is_ordered = true;
        for (entry, heading) in self.table.entries.iter().zip(&self.heading_of_entry) {
            let name = heading.map(|heading| &*self.table.headings[heading].1);
            let message = match name {
                None => format!("no heading is called `{}`", entry.text),
                Some(name) if name != entry.text => {
                    last = *heading;
                    format!("entry `{}` differs from its heading `{name}`", entry.text)
                }
                Some(_) if is_ordered && *heading < last => {
                    is_ordered = false;
                    format!("entry `{}` is not in the order of the headings", entry.text)
                }
                Some(_) => {
                    last = *heading;
                    continue;
                }
            };
            differences.push(Difference { span: entry.link, message, after: None });
        }
        let mut after = None;
        for ((heading, text), entry) in self.table.headings.iter().zip(self.entry_of_heading()) {
            match entry {
                Some(entry) => after = Some(entry.link),
                None => differences.push(Difference {
                    span: heading.sign(),
                    message: format!("heading `{text}` is missing from the table of contents"),
                    after,
                }),
            }
        }
        differences
    }

    /// Writes the list anew: entries that have a heading as they are, and new ones for the others.
    fn fix(&self, doc: &Document) -> Option<Fix> {
        let anchors = self.anchors(doc)?;
        let layout = Layout::of(doc, &self.table);
        let mut above: Vec<u8> = Vec::new();
        let mut numbers: Vec<usize> = Vec::new();
        let mut lines = Vec::new();
        for (i, entry) in self.entry_of_heading().into_iter().enumerate() {
            let (heading, text) = &self.table.headings[i];
            while above.last().is_some_and(|level| *level >= heading.level) {
                above.pop();
            }
            let depth = above.len();
            above.push(heading.level);
            numbers.resize(depth + 1, 0);
            numbers[depth] += 1;
            let link = match entry {
                Some(entry) if entry.text == *text => doc.slice(entry.link).to_owned(),
                _ => format!("[{}](#{})", escaped(text), anchors[i]),
            };
            lines.push(layout.line(depth, numbers[depth], &link));
        }
        let (first, last) = (self.table.entries.first()?, self.table.entries.last()?);
        let start = doc.line(doc.lines.line_of(first.link.start)).start;
        Some(Fix::replace(
            "Update the table of contents",
            Applicability::Unsafe,
            Span::new(start, last.link.end),
            lines.join(doc.line_break()),
        ))
    }

    /// The anchors of the headings: those of the generators that make the anchors of the entries, if these agree.
    fn anchors(&self, doc: &Document) -> Option<Vec<Box<str>>> {
        let mut known: Option<Vec<Box<str>>> = None;
        for style in STYLES {
            let anchors = anchors(doc, &self.table, style);
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
fn add_by_anchor(doc: &Document, table: &TableOfContents<'_>, heading_of_entry: &mut [Option<usize>]) {
    for style in STYLES {
        if heading_of_entry.iter().all(Option::is_some) {
            return;
        }
        let anchors = anchors(doc, table, style);
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

/// The styles of anchors that are tried.
const STYLES: [SlugStyle; 9] = [
    SlugStyle::Github,
    SlugStyle::Gitlab,
    SlugStyle::Hugo,
    SlugStyle::Kramdown,
    SlugStyle::Mkdocs,
    SlugStyle::Mdbook,
    SlugStyle::Vitepress,
    SlugStyle::Docusaurus,
    SlugStyle::Eleventy,
];

/// The anchor of each heading; empty where it has none. That of a list of attributes in the next line counts.
fn anchors(doc: &Document, table: &TableOfContents<'_>, style: SlugStyle) -> Vec<Box<str>> {
    let anchors = doc.anchors(style);
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

/// A text as that of a link.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// How the items of each depth are written: as the first of that depth.
struct Layout(Vec<Depth>);

struct Depth {
    /// Before the marker.
    indentation: String,
    /// The marker, or what follows the number in it.
    marker: String,
    is_numbered: bool,
    /// Between the marker and the link.
    gap: String,
}

impl Layout {
    fn of(doc: &Document, table: &TableOfContents<'_>) -> Self {
        let mut depths: Vec<Depth> = Vec::new();
        for entry in &table.entries {
            let is_list = |node: &Node<'_>| node.kind() == NodeKind::List;
            let depth = entry.item.ancestors().filter(is_list).count() - 1;
            if depth == depths.len() {
                let line = doc.line(doc.lines.line_of(entry.link.start));
                let before = doc.slice(Span::new(line.start, entry.link.start));
                depths.push(Depth::of(before));
            }
        }
        Self(depths)
    }

    fn line(&self, depth: usize, number: usize, link: &str) -> String {
        let last = &self.0[depth.min(self.0.len() - 1)];
        let deeper = " ".repeat(depth.saturating_sub(self.0.len() - 1) * last.width());
        let number = if last.is_numbered { number.to_string() } else { String::new() };
        format!("{}{deeper}{number}{}{}{link}", last.indentation, last.marker, last.gap)
    }
}

impl Depth {
    /// Reads what is before the link of an item.
    fn of(before: &str) -> Self {
        let rest = before.trim_start();
        let indentation = before[..before.len() - rest.len()].to_owned();
        let marker = rest.trim_end();
        let gap = rest[marker.len()..].to_owned();
        let bullet = marker.trim_start_matches(|c: char| c.is_ascii_digit());
        Self { indentation, marker: bullet.to_owned(), is_numbered: bullet.len() < marker.len(), gap }
    }

    /// The columns to the link of an item with a number of one digit.
    fn width(&self) -> usize {
        usize::from(self.is_numbered) + self.marker.len() + self.gap.len()
    }
}
