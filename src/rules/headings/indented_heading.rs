use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::quantity,
};

declare_rule! {
    /// Indented heading
    ///
    /// ## What it does
    ///
    /// Reports headings that are indented.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers do not recognize indented headings, and a line that is indented by four spaces is
    /// code.
    ///
    /// ## Example
    ///
    /// ```md
    ///   # Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` applies them, and the rendered page stays the same.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    pub struct IndentedHeading {}
    id = "indented-heading",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD023", "heading-start-left"],
}

impl Rule for IndentedHeading {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for heading in doc.ast.headings() {
            let indentation = heading.node().indentation(&doc.source, &doc.lines);
            if indentation.is_empty() {
                continue;
            }
            let spaces = quantity(indentation.len(), "space");
            sink.report(indentation, format!("heading is indented by {spaces}")).fix(Fix::replace(
                "Remove indentation",
                Applicability::Safe,
                indentation,
                "",
            ));
        }
    }
}
