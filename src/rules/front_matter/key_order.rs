use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule};

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
        let place = |key: &str| match of_collection {
            Some(collection) => collection.key_order.iter().position(|name| &**name == key),
            None => self.order.iter().position(|name| name == key),
        };
        let known = root.entries().iter().filter_map(|entry| Some((place(entry.key.as_str()?)?, entry)));
        let mut last = None;
        for (place, entry) in known {
            match last {
                Some((highest, before)) if place < highest => {
                    let before: &crate::yaml::Entry = before;
                    let (key, other) =
                        (entry.key.as_str().unwrap_or_default(), before.key.as_str().unwrap_or_default());
                    sink.report(entry.key.span, format!("`{key}` belongs above `{other}`"))
                        .label(before.key.span, "above this")
                        .help("move the key, with its value");
                    return;
                }
                _ => last = Some((place, entry)),
            }
        }
    }
}
