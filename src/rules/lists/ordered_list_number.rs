use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Item, List, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

/// The numbers that lists are to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// 1, 1, 1
    One,
    /// 1, 2, 3
    Ordered,
    /// As the first two items of each list are numbered.
    OneOrOrdered,
    /// 0, 0, 0
    Zero,
}

declare_rule! {
    /// The items of a list are numbered out of order
    ///
    /// ## Why
    ///
    /// Readers of the page see the items numbered one by one from the first one's number, whatever is written: a number
    /// that is out of order in the source is a slip, or a list that a paragraph has cut in two.
    ///
    /// ## Bad
    ///
    /// ```md
    /// 1. Tides
    /// 3. Harbours
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// 1. Tides
    /// 2. Harbours
    ///
    /// Pages:
    ///
    /// 1. Quay
    /// 1. Pier
    /// ```
    pub struct OrderedListNumber {
        /// The numbers: the same for all items, one by one, or as the list begins.
        style: Style = Style::OneOrOrdered,
    }
    id = "ordered-list-number",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD029", "ol-prefix"],
}

impl Rule for OrderedListNumber {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for list in doc.ast.lists().filter(|list| list.is_ordered()) {
            let (mut expected, step) = self.numbering(doc, list);
            for item in list.items() {
                let digits = digits(item);
                let written = number(doc, item);
                if written != expected {
                    sink.report(digits, format!("this item has the number {written}, not {expected}"))
                        .help(format!("write {expected}"))
                        .fix(fix(list, digits, expected));
                }
                expected += step;
            }
        }
    }
}

impl OrderedListNumber {
    /// The first number of a list and what each item adds.
    fn numbering(&self, doc: &Document, list: Typed<'_, List>) -> (u64, u64) {
        let mut numbers = list.items().map(|item| number(doc, item));
        let (first, second) = (numbers.next(), numbers.next());
        let counts = second.is_some_and(|second| second != 1 || first == Some(0));
        let from_zero = counts && first == Some(0);
        match self.style {
            Style::Zero => (0, 0),
            Style::One => (1, 0),
            Style::OneOrOrdered if !counts => (1, 0),
            Style::Ordered | Style::OneOrOrdered => (u64::from(!from_zero), 1),
        }
    }
}

/// The digits of an item's marker.
fn digits(item: Typed<'_, Item>) -> Span {
    Span::new(item.marker.start, (item.marker.end - 1).max(item.marker.start))
}

/// The number of an item: nine digits at most.
fn number(doc: &Document, item: Typed<'_, Item>) -> u64 {
    doc.slice(digits(item)).parse().unwrap_or(0)
}

/// The number that readers see does not change but for the first item's. A number that is longer or shorter moves the
/// item's text, and what belongs to it would have to move along.
fn fix(list: Typed<'_, List>, digits: Span, expected: u64) -> Fix {
    let content = expected.to_string();
    let is_first = list.span().start == digits.start;
    let is_safe = !is_first && content.len() == digits.len() as usize;
    let applicability = if is_safe { Applicability::Safe } else { Applicability::Unsafe };
    Fix::replace(format!("write {expected}"), applicability, digits, content)
}
