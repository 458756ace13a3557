use std::{borrow::Cow, collections::HashMap};

use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// Duplicate heading
    ///
    /// ## What it does
    ///
    /// Reports headings with the same text as an earlier heading of the page.
    ///
    /// ## Why is this bad?
    ///
    /// Duplicate headings cannot be told apart in a table of contents, and the anchor of the second one gets a
    /// numeric suffix that changes when another one is added above it.
    ///
    /// ## Example
    ///
    /// ```md
    /// # Tides
    ///
    /// ## Today
    ///
    /// # Harbours
    ///
    /// ## Today
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    ///
    /// ## Tides today
    ///
    /// # Harbours
    ///
    /// ## Harbours today
    /// ```
    pub struct DuplicateHeading {
        /// Only compare headings that have the same parent heading.
        #[serde(rename = "siblings_only")]
        siblings_only: bool = false,
    }
    id = "duplicate-heading",
    on = false,
    aliases = &["MD024", "no-duplicate-heading"],
}

impl Rule for DuplicateHeading {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // With `siblings_only`, the headings of each level since the last heading of a higher level.
        let mut known: [HashMap<Cow<'_, str>, Span>; 7] = Default::default();
        let mut last = 1;
        for heading in doc.ast.headings() {
            let level = usize::from(heading.level);
            if self.siblings_only {
                let stale = if level > last { last + 1..=level } else { level + 1..=last };
                known[stale].iter_mut().for_each(HashMap::clear);
                last = level;
            }
            let texts = &mut known[if self.siblings_only { level } else { 0 }];
            let text = heading.written_text(&doc.source);
            let place = if heading.content.is_empty() { heading.marker } else { heading.content };
            if let Some(&first) = texts.get(&text) {
                sink.report(place, "duplicate heading")
                    .label(first, "first used here")
                    .help("make the text of this heading unique");
            } else {
                texts.insert(text, place);
            }
        }
    }
}
