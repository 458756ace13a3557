use std::collections::HashSet;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{LinkKind, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// A link's text does not say where the link leads
    ///
    /// ## Why
    ///
    /// People who listen to a page, or skim it, go from link to link: "here" tells them nothing. Search engines read
    /// the text as a description of the page behind it.
    ///
    /// A text with code or HTML in it is left alone.
    ///
    /// ## Bad
    ///
    /// ```md
    /// For the tides of this week click [here](tides.md).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Here are the [tides of this week](tides.md).
    /// ```
    pub struct VagueLinkText {
        /// The texts that are reported, compared as a whole; case, punctuation and the number of blanks do not count.
        #[serde(rename = "prohibited_texts")]
        prohibited_texts: Vec<String> = ["click here", "here", "link", "more"].map(str::to_owned).to_vec(),
    }
    id = "vague-link-text",
    aliases = &["MD059", "descriptive-link-text"],
}

impl Rule for VagueLinkText {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let vague: HashSet<String> = self.prohibited_texts.iter().map(|text| normalize(text)).collect();
        let first =
            |text: &str| text.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next());
        let firsts: Vec<char> = vague.iter().filter_map(|text| first(text)).collect();
        for link in doc.ast.links() {
            let is_address = matches!(link.kind, LinkKind::Autolink | LinkKind::Bare);
            let is_more = |kind| matches!(kind, NodeKind::Code | NodeKind::HtmlInline);
            let text = doc.slice(link.text);
            if is_address || !first(text).is_some_and(|first| firsts.contains(&first)) {
                continue;
            }
            let text = normalize(text);
            if !vague.contains(&text) {
                continue;
            }
            if !link.node().children().any(|child| is_more(child.kind())) {
                sink.report(link.bracketed_text(), format!("`{text}` does not say where this link leads"))
                    .help("make words that describe the page behind it the link's text");
            }
        }
    }
}

/// The words of a text in lower case with single blanks between.
fn normalize(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
