use crate::{
    data::{DataFormat, Node},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Keys out of order
    ///
    /// ## What it does
    ///
    /// Reports keys that are not in the order set by `key-order` of the collection, or by the option `order`. Keys
    /// that are not part of the order may appear anywhere.
    ///
    /// This rule is off by default.
    ///
    /// ## Why is this bad?
    ///
    /// Front matter in a consistent order is faster to read and causes fewer merge conflicts.
    ///
    /// ## Example
    ///
    /// With `order: [title, author, date]`:
    ///
    /// ```yaml
    /// date: 2024-01-29
    /// title: Harbour lights
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: it moves keys with their values and the comments above them. Only YAML front matter has a fix.
    pub struct KeyOrder {
        /// The order of keys in pages whose collection has no `key-order`.
        order: Vec<String> = Vec::new(),
    }
    id = "key-order",
    on = false,
    fixable = Fixable::Sometimes,
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
                    let before: &crate::data::Entry = before;
                    let (key, other) =
                        (entry.key.as_str().unwrap_or_default(), before.key.as_str().unwrap_or_default());
                    let message = format!("key `{key}` should come before `{other}`");
                    sink.report(entry.key.span, message)
                        .label(before.key.span, "should come after it")
                        .fix_or_help(sorted(doc, root, place_of), "move the key with its value");
                    return;
                }
                _ => last = Some((place, entry)),
            }
        }
    }
}

/// Sorts all entries. An entry includes the lines since the end of the previous one, so that comments above a key move
/// with it. Keys that are not part of the order stay after the keys that they follow.
fn sorted(doc: &Document, root: &Node, place: impl Fn(&str) -> Option<usize>) -> Option<Fix> {
    let front_matter = doc.front_matter.as_ref().filter(|it| it.tree.format == DataFormat::Yaml)?;
    let closing = front_matter.closing?;
    let entries = root.entries();
    // In `{…}` and after `? ` keys are not at the start of a line.
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
        // The value of an alias is at its anchor, so the end of its entry is unknown.
        if end <= start {
            return None;
        }
        highest = entry.key.as_str().and_then(&place).unwrap_or(highest);
        parts.push((highest, doc.slice(Span::new(start, end))));
        start = end;
    }
    parts.sort_by_key(|(place, _)| *place);
    let text: String = parts.into_iter().map(|(_, text)| text).collect();
    Some(Fix::replace("Sort keys", Applicability::Safe, Span::new(first, start), text))
}
