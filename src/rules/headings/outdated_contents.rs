use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    rules::headings::{
        contents::{ContentsComparison, PageAnchors},
        contents_layout::{ContentsLayout, escaped},
    },
    text::Span,
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
        let Some(anchors) = PageAnchors::of(doc) else { return };
        for table in doc.ast.tables_of_contents(&doc.source) {
            let Some(comparison) = ContentsComparison::of(&anchors, table) else { continue };
            let differences = differences(&comparison);
            let mut fix_of_all = if differences.is_empty() { None } else { fix(&comparison, &anchors, doc) };
            for difference in differences {
                let diagnostic = sink.report(difference.span, difference.message);
                if let Some(entry) = difference.after {
                    diagnostic.label(entry, "expected after this entry");
                }
                diagnostic.fix_or_help(fix_of_all.take(), "update the table of contents");
            }
        }
    }
}

/// A difference between a table of contents and the headings.
struct Difference {
    span: Span,
    message: String,
    /// The link of the entry after which a heading is missing.
    after: Option<Span>,
}

fn differences(comparison: &ContentsComparison<'_>) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut last = None;
    let mut is_ordered = true;
    for (entry, heading) in comparison.table.entries.iter().zip(&comparison.heading_of_entry) {
        let name = heading.map(|heading| &*comparison.table.headings[heading].1);
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
    for ((heading, text), entry) in comparison.table.headings.iter().zip(comparison.entry_of_heading()) {
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
fn fix(comparison: &ContentsComparison<'_>, page: &PageAnchors<'_>, doc: &Document) -> Option<Fix> {
    let anchors = comparison.anchors(page)?;
    let layout = ContentsLayout::of(doc, &comparison.table);
    let mut above: Vec<u8> = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    let mut lines = Vec::new();
    for (i, entry) in comparison.entry_of_heading().into_iter().enumerate() {
        let (heading, text) = &comparison.table.headings[i];
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
    let (first, last) = (comparison.table.entries.first()?, comparison.table.entries.last()?);
    let start = doc.line(doc.lines.line_of(first.link.start)).start;
    Some(Fix::replace(
        "Update the table of contents",
        Applicability::Unsafe,
        Span::new(start, last.link.end),
        lines.join(doc.line_break()),
    ))
}
