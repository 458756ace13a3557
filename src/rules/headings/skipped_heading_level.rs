use crate::{
    declare_rule, diagnostic::Sink, document::Document, rule::Rule, rules::pattern::TitlePattern, text::Span,
};

declare_rule! {
    /// A heading is more than one level below the one before it
    ///
    /// ## Why
    ///
    /// Readers who listen to a page jump from heading to heading; a level that is missing sounds like a part that they
    /// have lost. A title in the front matter counts as a heading of the first level.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ## Tides
    ///
    /// #### Spring tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ## Tides
    ///
    /// ### Spring tides
    ///
    /// ## Harbours
    /// ```
    pub struct SkippedHeadingLevel {
        /// Finds the title in the front matter, line by line and in any case. Empty: front matter has none.
        #[serde(rename = "front_matter_title")]
        front_matter_title: TitlePattern = TitlePattern::default(),
    }
    id = "skipped-heading-level",
    on = false,
    aliases = &["MD001", "heading-increment"],
}

impl Rule for SkippedHeadingLevel {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut last: Option<(u8, Option<Span>)> = self.front_matter_title.is_in(doc).then_some((1, None));
        for heading in doc.ast.headings() {
            if let Some((level, place)) = last
                && heading.level > level + 1
            {
                let message = format!("heading of level {} after one of level {level}", heading.level);
                let found = sink.report(heading.sign(), message);
                if let Some(place) = place {
                    found.label(place, format!("this is level {level}"));
                }
                found.help(format!(
                    "make it level {}, or add the heading that is missing above it",
                    level + 1
                ));
            }
            last = Some((heading.level, Some(heading.sign())));
        }
    }
}
