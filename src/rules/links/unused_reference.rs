use std::collections::HashSet;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::Applicability,
    markdown::normalize_label,
    rule::{Fixable, Rule},
    rules::definitions,
};

declare_rule! {
    /// A definition that no link reads
    ///
    /// ## Why
    ///
    /// Readers never see it. Either it is left over, or the link that was to read it has another label.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the tides.
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// [comment]: # (The old table is gone.)
    /// ```
    pub struct UnusedReference {
        /// Labels of definitions that need no reader, in any case.
        #[serde(rename = "ignored_definitions")]
        ignored_definitions: Vec<String> = vec!["//".to_owned()],
        /// Whether a definition that leads to `#` or nowhere is reported too, as markdownlint does. Writers use such
        /// definitions for comments.
        comments: bool = false,
    }
    id = "unused-reference",
    fixable = Fixable::Sometimes,
    aliases = &["MD053", "link-image-reference-definitions"],
    markdownlint = &[("comments", true)],
}

impl Rule for UnusedReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let ignored = definitions::labels(&self.ignored_definitions);
        for usage in doc.ast.definition_uses(&doc.source) {
            let definition = usage.definition;
            let is_read = !usage.users.is_empty() || usage.first.is_some();
            if is_read
                || ignored.contains(&*definition.normalized)
                || !self.comments && definitions::is_comment(definition)
            {
                continue;
            }
            let found = sink.report(definitions::label(definition), "no link reads this definition");
            found.help("remove it, or give its label to the link that is to lead there");
            found.fixes.extend(definitions::removal(doc, definition, Applicability::Safe));
        }
        check_footnotes(doc, &ignored, sink);
    }
}

fn check_footnotes(doc: &Document, ignored: &HashSet<String>, sink: &mut Sink<'_>) {
    let read: HashSet<String> =
        doc.ast.footnote_references().map(|it| normalize_label(doc.slice(it.label))).collect();
    let mut seen = HashSet::new();
    for note in doc.ast.footnote_definitions() {
        let label = normalize_label(doc.slice(note.label));
        let is_ignored = ignored.contains(&format!("^{label}"));
        if !read.contains(&label) && !is_ignored && seen.insert(label) {
            sink.report(definitions::note_label(&note), "nothing refers to this footnote")
                .help("remove it, or refer to it where it belongs");
        }
    }
}
