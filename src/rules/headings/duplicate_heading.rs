use std::{borrow::Cow, collections::HashMap};

use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// Two headings of a page have the same text
    ///
    /// ## Why
    ///
    /// In a table of contents nobody can tell them apart, and the anchor of the second is the first one's with a number
    /// that changes when a third comes between.
    ///
    /// ## Bad
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
    /// ## Good
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
        /// Whether only headings below the same heading are compared.
        #[serde(rename = "siblings_only")]
        siblings_only: bool = false,
    }
    id = "duplicate-heading",
    on = false,
    aliases = &["MD024", "no-duplicate-heading"],
}

impl Rule for DuplicateHeading {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // For each level, the headings since the last one of a higher level.
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
            if let Some(&first) = texts.get(&text) {
                let place = if heading.content.is_empty() { heading.marker } else { heading.content };
                sink.report(place, "another heading has the same text")
                    .label(first, "the first one is here")
                    .help("say what is different about this one");
            } else {
                let place = if heading.content.is_empty() { heading.marker } else { heading.content };
                texts.insert(text, place);
            }
        }
    }
}
