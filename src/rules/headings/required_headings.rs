use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::Rule,
    rules::{
        headings::outline::{Mismatch, PageHeading, Required, first_mismatch},
        pattern::Case,
    },
    text::Span,
};

declare_rule! {
    /// Headings do not match the required structure
    ///
    /// ## What it does
    ///
    /// Checks that the headings of a page match the list in `headings`. Its items are:
    ///
    /// - `## Tides`: a heading with this level and text,
    /// - `%% pattern`: a heading of level 2 whose text matches the regular expression,
    /// - `*`: any number of headings,
    /// - `+`: at least one heading,
    /// - `?`: exactly one heading,
    /// - `^`: the items between two of these may be repeated; nested repetitions use `^^`, `^^^` and so on.
    ///
    /// ## Why is this bad?
    ///
    /// Pages of one kind, such as recipes or release notes, are easier to read if they all have the same sections.
    ///
    /// ## Example
    ///
    /// With `headings: ["# Tides", "*"]`:
    ///
    /// ```markdown
    /// # Harbours
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # Tides
    ///
    /// ## Spring tides
    /// ```
    pub struct RequiredHeadings {
        /// The required headings in order; nothing is checked without this option.
        headings: Option<Vec<Required>> = None,
        /// Match uppercase and lowercase exactly.
        #[serde(rename = "match_case")]
        match_case: bool = false,
    }
    id = "required-headings",
    on = false,
    aliases = &["MD043"],
}

impl Rule for RequiredHeadings {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(required) = &self.headings else { return };
        let case = if self.match_case { Case::Kept } else { Case::Ignored };
        let headings = doc.ast.headings();
        let headings = headings.map(|heading| PageHeading {
            level: heading.level,
            text: heading.written_text(&doc.source),
            span: heading.span(),
        });
        let (span, message) = match first_mismatch(required, headings, case) {
            None => return,
            Some(Mismatch::Endless(span)) => {
                (span, "required headings repeat without making progress".to_owned())
            }
            Some(Mismatch::Unexpected(span)) => (span, "unexpected heading".to_owned()),
            Some(Mismatch::Other(span, expected)) => (span, format!("expected heading {expected}")),
            Some(Mismatch::Missing(expected)) => {
                (Span::empty(doc.lines.text_len()), format!("missing required heading {expected}"))
            }
        };
        sink.report(span, message).help("match the headings required by the configuration");
    }
}
