use std::collections::{HashMap, HashSet, hash_map::Entry};

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::Applicability,
    markdown::{Definition, normalize_label},
    rule::{Fixable, Rule},
    rules::definitions,
};

declare_rule! {
    /// A label is defined twice
    ///
    /// ## Why
    ///
    /// The first definition counts, whatever the second one says. Case makes no difference between labels.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// [Tides]: https://harbour.example/tides-of-1912
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [tides] and [those of 1912].
    ///
    /// [tides]: https://harbour.example/tides
    /// [those of 1912]: https://harbour.example/tides-of-1912
    /// ```
    pub struct DuplicateReference {
        /// Labels that may be defined again and again, in any case.
        #[serde(rename = "ignored_definitions")]
        ignored_definitions: Vec<String> = vec!["//".to_owned()],
        /// Whether a definition that leads to `#` or nowhere is reported too, as markdownlint does. Writers use such
        /// definitions for comments.
        comments: bool = false,
    }
    id = "duplicate-reference",
    fixable = Fixable::Sometimes,
    aliases = &["MD053", "link-image-reference-definitions"],
    markdownlint = &[("comments", true)],
}

impl Rule for DuplicateReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let ignored = definitions::labels(&self.ignored_definitions);
        let mut firsts: HashMap<&str, &Definition> = HashMap::new();
        for definition in doc.ast.definitions() {
            let first = match firsts.entry(&definition.normalized) {
                Entry::Vacant(entry) => {
                    entry.insert(definition);
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            if ignored.contains(&*definition.normalized)
                || !self.comments && definitions::is_comment(definition)
            {
                continue;
            }
            let is_same = first.url == definition.url;
            let found = sink.report(definitions::label(definition), "this label is defined a second time");
            found.label(definitions::label(first), "this definition counts");
            found.help(if is_same { "remove it" } else { "remove it, or give it a label of its own" });
            found.fixes.extend(definitions::removal(doc, definition, Applicability::Safe));
        }
        check_footnotes(doc, &ignored, sink);
    }
}

fn check_footnotes(doc: &Document, ignored: &HashSet<String>, sink: &mut Sink<'_>) {
    let mut firsts = HashMap::new();
    for note in doc.ast.footnote_definitions() {
        let label = normalize_label(doc.slice(note.label));
        if ignored.contains(&format!("^{label}")) {
            continue;
        }
        let place = definitions::note_label(&note);
        if let Some(&first) = firsts.get(&label) {
            sink.report(place, "this footnote is written a second time")
                .label(first, "this one counts")
                .help("remove it, or give it a label of its own");
        } else {
            firsts.insert(label, place);
        }
    }
}
