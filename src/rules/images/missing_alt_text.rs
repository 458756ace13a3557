use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{DialectName, HtmlTag, TagForm},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Image without alt text
    ///
    /// ## What it does
    ///
    /// Reports images without alt text, in Markdown and in HTML. Decorative HTML images are accepted if they have
    /// `alt=""` or `aria-hidden="true"`. Where the dialect of the page has lists of attributes, or the generator is not
    /// known, the alt text may be in one: `![](pier.jpg){alt="Two ferries"}`, and `fig-alt` of Quarto.
    ///
    /// ## Why is this bad?
    ///
    /// Screen readers read the alt text aloud, and browsers show it if the image cannot be loaded.
    ///
    /// ## Example
    ///
    /// ```md
    /// ![](pier.jpg)
    ///
    /// <img src="quay.jpg">
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ![Two ferries at the pier](pier.jpg)
    ///
    /// <img src="quay.jpg" alt="The quay at low tide"> <img src="wave.svg" alt="">
    /// ```
    ///
    /// ## References
    ///
    /// - [WCAG 2.2: Non-text Content](https://www.w3.org/TR/WCAG22/#non-text-content)
    pub struct MissingAltText {}
    id = "missing-alt-text",
    aliases = &["MD045", "no-alt-text"],
}

impl Rule for MissingAltText {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let help = "add alt text: `![description](…)`";
        for image in
            doc.ast.images().filter(|image| image.text.is_empty() && !has_attribute(doc, image.span()))
        {
            // MyST shows in its place what has the label.
            if doc.dialect.has(DialectName::LinkTitles) && image.url.starts_with('#') {
                continue;
            }
            sink.report(image.span(), "image has no alt text").help(help);
        }
        for tag in doc.html_tags().iter().filter(|tag| has_no_alt_text(tag)) {
            sink.report(tag.span, "image has no alt text")
                .help("add alt text: `alt=\"description\"`, or `alt=\"\"` if the image is decorative");
        }
    }
}

/// Whether a list of attributes directly after an image has the text: `![](pier.jpg){alt="Pier"}`, or `fig-alt` in
/// Quarto; an empty one marks a decorative image.
fn has_attribute(doc: &Document, image: Span) -> bool {
    let list = doc.source[image.end as usize..].strip_prefix('{').and_then(|rest| rest.split('}').next());
    let mut attributes = list.into_iter().flat_map(|list| list.split([' ', '\t', ':', ',']));
    // The program that reads the pages may not be known.
    let reads_lists = doc.dialect.has(DialectName::Attributes) || !doc.has_generator;
    reads_lists && attributes.any(|it| it.starts_with("alt=") || it.starts_with("fig-alt="))
}

fn has_no_alt_text(tag: &HtmlTag) -> bool {
    let has_alt = tag.attribute("alt").is_some_and(|alt| alt.span.start > alt.name_span.end);
    let is_hidden =
        tag.attribute("aria-hidden").is_some_and(|hidden| hidden.value.eq_ignore_ascii_case("true"));
    &*tag.name == "img" && tag.form != TagForm::Closing && !has_alt && !is_hidden
}
