use std::collections::{HashMap, HashSet, hash_map::Entry};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Applicability,
    markdown::{Definition, normalize_label},
    rule::{Fixable, Rule},
    rules::links::definitions,
};

declare_rule! {
    /// Duplicate link reference definition
    ///
    /// ## What it does
    ///
    /// Reports link reference definitions and footnote definitions whose label is already defined. Labels are
    /// case-insensitive.
    ///
    /// ## Why is this bad?
    ///
    /// Only the first definition is used, or the last one in the dialects of some generators; the others have no effect.
    /// Definitions with the same destination are reported as `info`.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// [Tides]: https://harbour.example/tides-of-1912
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [tides] and [those of 1912].
    ///
    /// [tides]: https://harbour.example/tides
    /// [those of 1912]: https://harbour.example/tides-of-1912
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Removing a duplicate definition is safe: it is never used. Footnotes have no fix.
    pub struct DuplicateReference {
        /// Labels that may be defined more than once (case-insensitive).
        #[serde(rename = "ignored_definitions")]
        ignored_definitions: Vec<String> = vec!["//".to_owned()],
        /// Also report definitions whose destination is empty or `#`, as markdownlint does. They are often used as
        /// comments.
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
        let is_last_used = doc.dialect.uses_last_definition();
        let which = if is_last_used { "last" } else { "first" };
        let mut definitions: Vec<&Definition> = doc.ast.definitions().iter().collect();
        if is_last_used {
            definitions.reverse();
        }
        let mut used_by_label: HashMap<&str, &Definition> = HashMap::new();
        for definition in definitions {
            let used = match used_by_label.entry(&definition.normalized) {
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
            let is_same = used.url == definition.url;
            // The guard of safe fixes compares pages in which the first one is used.
            let removal = (!is_last_used).then(|| definitions::removal(doc, definition, Applicability::Safe));
            let removal = removal.flatten();
            let diagnostic =
                sink.report(definitions::label(definition), "duplicate link reference definition");
            if is_same {
                // Readers see no difference.
                diagnostic.at_most(Severity::Info);
            }
            diagnostic
                .label(definitions::label(used), format!("{which} defined here; only this one is used"));
            if !is_same {
                diagnostic.help("if both are needed, rename one of the labels");
            } else if removal.is_none() {
                diagnostic.help("remove one of them");
            }
            diagnostic.fixes.extend(removal);
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
            sink.report(place, "duplicate footnote definition")
                .label(first, "first defined here; only this one is used")
                .help("remove one of them, or rename its label");
        } else {
            firsts.insert(label, place);
        }
    }
}
