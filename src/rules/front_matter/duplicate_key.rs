use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
};

declare_rule! {
    /// Duplicate key
    ///
    /// ## What it does
    ///
    /// Reports keys that occur more than once in the same mapping.
    ///
    /// ## Why is this bad?
    ///
    /// Some parsers use the first value, some the last, and some reject the page.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// author: Mira Holt
    /// title: Harbour lights at night
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights at night
    /// author: Mira Holt
    /// ---
    /// ```
    pub struct DuplicateKey {}
    id = "duplicate-key",
    severity = Severity::Error,
}

impl Rule for DuplicateKey {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(root) = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref()) else { return };
        for pair in root.duplicate_keys() {
            let key = pair.second.key.text().unwrap_or_default();
            let same = pair.first.value.text().is_some_and(|text| pair.second.value.text() == Some(text));
            sink.report(pair.second.key.span, format!("duplicate key `{key}`"))
                .label(pair.first.key.span, "first defined here")
                .help(if same { "remove one of them" } else { "remove the one with the wrong value" });
        }
    }
}
