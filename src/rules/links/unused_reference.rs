use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Applicability,
    markdown::{LinkKind, normalize_label},
    rule::{Fixable, Rule},
    rules::links::definitions,
};

declare_rule! {
    /// Unused link reference definition
    ///
    /// ## What it does
    ///
    /// Reports link reference definitions and footnote definitions that nothing refers to.
    ///
    /// ## Why is this bad?
    ///
    /// The definition is a leftover, or the link that should use it has another label.
    ///
    /// The level is `info`, because the definition is not rendered, and posts often share a list of definitions of which
    /// each uses some. A link whose label has no definition is reported by `undefined-reference`.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the tides.
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// [comment]: # (The old table is gone.)
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Removing an unused definition is safe: it does not affect the rendered page. It is unsafe if the page has the label
    /// in brackets, for example in code, or a reference without a definition, which may be a typo of it. Footnotes have no
    /// fix.
    pub struct UnusedReference {
        /// Labels to ignore (case-insensitive).
        #[serde(rename = "ignored_definitions")]
        ignored_definitions: Vec<String> = vec!["//".to_owned()],
        /// Also report definitions whose destination is empty or `#`, as markdownlint does. They are often used as
        /// comments.
        comments: bool = false,
    }
    id = "unused-reference",
    severity = Severity::Info,
    fixable = Fixable::Sometimes,
    aliases = &["MD053", "link-image-reference-definitions"],
    markdownlint = &[("comments", true)],
}

impl Rule for UnusedReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // What the page includes may use any label.
        if doc.is_preprocessed || doc.shared.is_source(&doc.path) || doc.inclusions().takes_in_files {
            return;
        }
        let ignored = definitions::labels(&self.ignored_definitions);
        let brackets = LazyCell::new(|| bracketed(&doc.source));
        // A reference without a definition may be a typo of the label that nothing uses.
        let has_undefined = doc.link_facts().undefined.iter().any(|it| it.kind != LinkKind::Shortcut);
        for usage in doc.ast.definition_uses(&doc.source) {
            let definition = usage.definition;
            let is_used = !usage.users.is_empty() || usage.first.is_some();
            if is_used
                || definitions::is_made_by_template(doc, definition.label)
                || ignored.contains(&*definition.normalized)
                || !self.comments && definitions::is_comment(definition)
            {
                continue;
            }
            // Brackets that are not a link, such as those in a list that is indented like code, may be meant as one.
            let is_mentioned = brackets.get(doc.slice(definition.label)).is_some_and(|count| *count > 1);
            let applicability =
                if is_mentioned || has_undefined { Applicability::Unsafe } else { Applicability::Safe };
            let removal = definitions::removal(doc, definition, applicability);
            sink.report(definitions::label(definition), "unused link reference definition")
                .fix_or_help(removal, "remove it, or use its label in a link");
        }
        check_footnotes(doc, &ignored, sink);
    }
}

/// How often a page has each text in brackets, be it code or a link.
fn bracketed(source: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    let mut open = None;
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            b'[' => open = Some(at + 1),
            b'\n' => open = None,
            b']' => {
                if let Some(start) = open.take() {
                    *counts.entry(&source[start..at]).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    counts
}

fn check_footnotes(doc: &Document, ignored: &HashSet<String>, sink: &mut Sink<'_>) {
    let used: HashSet<String> =
        doc.ast.footnote_references().map(|it| normalize_label(doc.slice(it.label))).collect();
    let mut seen = HashSet::new();
    for note in doc.ast.footnote_definitions() {
        let label = normalize_label(doc.slice(note.label));
        let is_ignored = ignored.contains(&format!("^{label}"));
        if !used.contains(&label) && !is_ignored && seen.insert(label) {
            sink.report(definitions::note_label(&note), "unused footnote definition")
                .help("remove it, or refer to it in the text");
        }
    }
}
