use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// A heading is indented
    ///
    /// ## Why
    ///
    /// One blank more and it may be code. Some engines take no indented heading for one at all.
    ///
    /// ## Bad
    ///
    /// ```md
    ///   # Tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides
    /// ```
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
            let blanks = if indentation.len() == 1 {
                "a blank".to_owned()
            } else {
                format!("{} blanks", indentation.len())
            };
            sink.report(indentation, format!("this heading is indented by {blanks}"))
                .help("let it begin where its text would")
                .fix(Fix::replace("remove the indentation", Applicability::Safe, indentation, ""));
        }
    }
}
