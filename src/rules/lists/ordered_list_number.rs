use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Item, List, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

/// The numbering of ordered lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Numbering {
    /// 1, 1, 1
    One,
    /// 1, 2, 3
    Ordered,
    /// 1, 1, 1 or 1, 2, 3, depending on the first two items of the list.
    OneOrOrdered,
    /// 0, 0, 0
    Zero,
}

declare_rule! {
    /// Unexpected ordered list number
    ///
    /// ## What it does
    ///
    /// Checks that the items of an ordered list are numbered consecutively, or all with the same number.
    ///
    /// ## Why is this bad?
    ///
    /// Lists are rendered with consecutive numbers, regardless of the numbers in the source. A number out of
    /// order is a typo, or the sign of a list that was split by a paragraph.
    ///
    /// ## Example
    ///
    /// ```md
    /// 1. Tides
    /// 3. Harbours
    /// ```
    ///
    /// ## Use instead
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
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` renumbers the item, and the rendered page stays the same. They are unsafe for the
    /// first item of a list, whose number is rendered, and for all others if that number is wrong; and where the number
    /// changes its width, so that the content of the item would have to be indented accordingly.
    ///
    /// ## References
    ///
    /// - [CommonMark: List items](https://spec.commonmark.org/0.31.2/#list-items)
    pub struct OrderedListNumber {
        /// The numbering: the same number for all items, consecutive numbers, or either.
        style: Numbering = Numbering::OneOrOrdered,
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
            // A list that goes on after a paragraph begins with another number, which readers see: all of its numbers change
            // together or none.
            let is_start_right = list.items().next().is_some_and(|first| number(doc, first) == expected);
            let of_others = if is_start_right { Applicability::Safe } else { Applicability::Unsafe };
            for item in list.items() {
                let digits = digits(item);
                let actual = number(doc, item);
                if actual != expected {
                    let message = format!("list item number is {actual}, expected {expected}");
                    sink.report(digits, message).fix(fix(list, digits, expected, of_others));
                }
                expected += step;
            }
        }
    }
}

impl OrderedListNumber {
    /// The expected first number of a list, and the increment.
    fn numbering(&self, doc: &Document, list: Typed<'_, List>) -> (u64, u64) {
        let mut numbers = list.items().map(|item| number(doc, item));
        let (first, second) = (numbers.next(), numbers.next());
        let is_consecutive = second.is_some_and(|second| second != 1 || first == Some(0));
        let from_zero = is_consecutive && first == Some(0);
        match self.style {
            Numbering::Zero => (0, 0),
            Numbering::One => (1, 0),
            Numbering::OneOrOrdered if !is_consecutive => (1, 0),
            Numbering::Ordered | Numbering::OneOrOrdered => (u64::from(!from_zero), 1),
        }
    }
}

/// The digits of an item's marker.
fn digits(item: Typed<'_, Item>) -> Span {
    Span::new(item.marker.start, (item.marker.end - 1).max(item.marker.start))
}

/// The number of an item, which has at most nine digits.
fn number(doc: &Document, item: Typed<'_, Item>) -> u64 {
    doc.slice(digits(item)).parse().unwrap_or(0)
}

/// Unsafe for the first item, whose number is rendered, and where the number changes its width, so that the content of
/// the item would have to be indented accordingly. Otherwise as given for the items after the first.
fn fix(list: Typed<'_, List>, digits: Span, expected: u64, of_others: Applicability) -> Fix {
    let content = expected.to_string();
    let is_first = list.span().start == digits.start;
    let is_safe = !is_first && content.len() == digits.len() as usize;
    let applicability = if is_safe { of_others } else { Applicability::Unsafe };
    Fix::replace(format!("Renumber as {expected}"), applicability, digits, content)
}
