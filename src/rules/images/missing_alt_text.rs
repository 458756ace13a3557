use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{HtmlTag, TagForm},
    rule::Rule,
};

declare_rule! {
    /// An image without a description
    ///
    /// ## Why
    ///
    /// People who listen to the page, and those whose connection drops the image, get the description in its place.
    ///
    /// An HTML image that only decorates says so with `alt=""` or `aria-hidden="true"`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ![](pier.jpg)
    ///
    /// <img src="quay.jpg">
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ![Two ferries at the pier](pier.jpg)
    ///
    /// <img src="quay.jpg" alt="The quay at low tide"> <img src="wave.svg" alt="">
    /// ```
    pub struct MissingAltText {}
    id = "missing-alt-text",
    aliases = &["MD045", "no-alt-text"],
}

impl Rule for MissingAltText {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let help = "say what it shows: `![what it shows](…)`";
        for image in doc.ast.images().filter(|image| image.text.is_empty()) {
            sink.report(image.span(), "this image has no description").help(help);
        }
        for tag in doc.html_tags().iter().filter(|tag| is_undescribed(tag)) {
            sink.report(tag.span, "this image has no description")
                .help("say what it shows: `alt=\"what it shows\"`, or `alt=\"\"` where it only decorates");
        }
    }
}

fn is_undescribed(tag: &HtmlTag) -> bool {
    let has_alt = tag.attribute("alt").is_some_and(|alt| alt.span.start > alt.name_span.end);
    let is_hidden =
        tag.attribute("aria-hidden").is_some_and(|hidden| hidden.value.eq_ignore_ascii_case("true"));
    &*tag.name == "img" && tag.form != TagForm::Closing && !has_alt && !is_hidden
}
