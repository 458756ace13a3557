use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
};

declare_rule! {
    /// A key stands twice
    ///
    /// ## Why
    ///
    /// Some readers take the first value, some the last, and some refuse the page. What the author meant is lost.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// author: Mira Holt
    /// title: Harbour lights at night
    /// ---
    /// ```
    ///
    /// ## Good
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
            sink.report(pair.second.key.span, format!("the key `{key}` stands twice"))
                .label(pair.first.key.span, "first here")
                .help(if same { "remove one of them" } else { "keep the one that is meant" });
        }
    }
}
