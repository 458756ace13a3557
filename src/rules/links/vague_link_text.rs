use std::collections::HashSet;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{LinkKind, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// Non-descriptive link text
    ///
    /// ## What it does
    ///
    /// Reports links whose text does not describe their target, such as "here" or "click here". Text that contains
    /// code or HTML is ignored.
    ///
    /// ## Why is this bad?
    ///
    /// People who skim a page or use a screen reader often go from link to link, and "here" tells them nothing. Search
    /// engines use link text as a description of the target page.
    ///
    /// ## Example
    ///
    /// ```md
    /// For the tides of this week click [here](tides.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Here are the [tides of this week](tides.md).
    /// ```
    pub struct VagueLinkText {
        /// Link texts to report (exact match, ignoring case, punctuation and repeated spaces).
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
            let is_url = matches!(link.kind, LinkKind::Autolink | LinkKind::Bare);
            let is_markup = |kind| matches!(kind, NodeKind::Code | NodeKind::HtmlInline);
            let text = doc.slice(link.text);
            if is_url || !first(text).is_some_and(|first| firsts.contains(&first)) {
                continue;
            }
            let text = normalize(text);
            if !vague.contains(&text) {
                continue;
            }
            if !link.node().children().any(|child| is_markup(child.kind())) {
                sink.report(link.bracketed_text(), format!("non-descriptive link text `{text}`"))
                    .help("describe the target of the link");
            }
        }
    }
}

/// The words of a text in lowercase, separated by single spaces.
fn normalize(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
