use crate::{
    declare_rule, diagnostic::Sink, document::Document, rule::Rule, rules::pattern::TitlePattern, text::Span,
};

declare_rule! {
    /// Skipped heading level
    ///
    /// ## What it does
    ///
    /// Reports headings that are more than one level deeper than the heading before them. A title in the front
    /// matter counts as a heading of level 1.
    ///
    /// ## Why is this bad?
    ///
    /// People who use a screen reader navigate from heading to heading; a skipped level suggests that a section is
    /// missing.
    ///
    /// ## Example
    ///
    /// ```md
    /// ## Tides
    ///
    /// #### Spring tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ## Tides
    ///
    /// ### Spring tides
    ///
    /// ## Harbours
    /// ```
    ///
    /// ## References
    ///
    /// - [WCAG 2.2: Info and Relationships](https://www.w3.org/TR/WCAG22/#info-and-relationships)
    pub struct SkippedHeadingLevel {
        /// Regular expression that finds a title in the front matter, matched line by line and ignoring case. If empty,
        /// titles in front matter are ignored.
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
                let message = format!("heading level skips from {level} to {}", heading.level);
                let diagnostic = sink.report(heading.sign(), message);
                if let Some(place) = place {
                    diagnostic.label(place, format!("previous heading is level {level}"));
                }
                diagnostic.help(format!("use level {}, or add the missing heading above", level + 1));
            }
            last = Some((heading.level, Some(heading.sign())));
        }
    }
}
