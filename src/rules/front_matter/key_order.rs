use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::Rule,
    text::Span,
    yaml::{Format, Node},
};

declare_rule! {
    /// Keys in another order than the collection's
    ///
    /// ## Why
    ///
    /// Front matter that always looks the same is read faster and conflicts less. This is taste, so the rule is off
    /// until it is asked for; the order comes from `key-order:` of the collection or from the option `order`. Keys
    /// that the order does not name may stand anywhere.
    ///
    /// With `order: [title, author, date]`:
    ///
    /// ## Bad
    ///
    /// ```yaml
    /// date: 2024-01-29
    /// title: Harbour lights
    /// ```
    ///
    /// ## Good
    ///
    /// ```yaml
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ```
    pub struct KeyOrder {
        /// The order, for pages whose collection has none.
        order: Vec<String> = Vec::new(),
    }
    id = "key-order",
    on = false,
}

impl Rule for KeyOrder {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(root) = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref()) else { return };
        let of_collection = doc.collection.as_ref().filter(|it| !it.key_order.is_empty());
        let place_of = |key: &str| match of_collection {
            Some(collection) => collection.key_order.iter().position(|name| &**name == key),
            None => self.order.iter().position(|name| name == key),
        };
        let known = root.entries().iter().filter_map(|entry| Some((place_of(entry.key.as_str()?)?, entry)));
        let mut last = None;
        for (place, entry) in known {
            match last {
                Some((highest, before)) if place < highest => {
                    let before: &crate::yaml::Entry = before;
                    let (key, other) =
                        (entry.key.as_str().unwrap_or_default(), before.key.as_str().unwrap_or_default());
                    let found = sink.report(entry.key.span, format!("`{key}` belongs above `{other}`"));
                    found.label(before.key.span, "above this").help("move the key, with its value");
                    found.fixes.extend(moved(doc, root, place_of));
                    return;
                }
                _ => last = Some((place, entry)),
            }
        }
    }
}

/// All entries in their order. Each brings the lines from the end of the one before it to its own end, so that comments
/// above a key go with it; keys without a place stay behind the ones that they follow.
fn moved(doc: &Document, root: &Node, place: impl Fn(&str) -> Option<usize>) -> Option<Fix> {
    let front_matter = doc.front_matter.as_ref().filter(|it| it.tree.format == Format::Yaml)?;
    let closing = front_matter.closing?;
    let entries = root.entries();
    // In `{…}` and behind a `? ` keys do not begin lines.
    let line_of = |at: u32| doc.lines.line_of(at);
    let begins_line = |at: u32| doc.lines.line_start(line_of(at)) == at;
    let has_aliases = || root.values().any(|(_, node)| node.is_alias(&doc.source));
    if entries.iter().any(|entry| !begins_line(entry.key.span.start)) || has_aliases() {
        return None;
    }
    let first = doc.lines.line_start(line_of(front_matter.opening.start) + 1);
    let ends = entries.iter().map(|entry| {
        let last = entry.key.span.join(entry.value.span);
        doc.lines.line_start(doc.lines.last_line_of(last) + 1).min(closing.start)
    });
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut start = first;
    let mut highest = 0;
    for (entry, end) in entries.iter().zip(ends) {
        // An alias whose value lies at its anchor says nothing about where its entry ends.
        if end <= start {
            return None;
        }
        highest = entry.key.as_str().and_then(&place).unwrap_or(highest);
        parts.push((highest, doc.slice(Span::new(start, end))));
        start = end;
    }
    parts.sort_by_key(|(place, _)| *place);
    let text: String = parts.into_iter().map(|(_, text)| text).collect();
    Some(Fix::replace("put the keys in order", Applicability::Safe, Span::new(first, start), text))
}
