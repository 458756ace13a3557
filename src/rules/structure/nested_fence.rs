use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    markdown::FenceDefectKind,
    rule::Rule,
};

declare_rule! {
    /// Code fence inside a block with the same fence
    ///
    /// ## What it does
    ///
    /// Reports fenced code blocks that contain an example of a fenced code block with the same fence.
    ///
    /// ## Why is this bad?
    ///
    /// The closing fence of the example closes the outer block, and the closing fence of the outer block opens a new
    /// one: the text after it becomes code.
    ///
    /// ## Example
    ///
    /// ````md
    /// ```text
    /// ```sh
    /// ls
    /// ```
    /// ```
    /// ````
    ///
    /// ## Use instead
    ///
    /// `````md
    /// ````text
    /// ```sh
    /// ls
    /// ```
    /// ````
    /// `````
    ///
    /// ## References
    ///
    /// - [CommonMark: Fenced code blocks](https://spec.commonmark.org/0.31.2/#fenced-code-blocks)
    pub struct NestedFence {}
    id = "nested-fence",
    severity = Severity::Error,
}

impl Rule for NestedFence {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for defect in doc.fence_defects().iter().filter(|defect| defect.kind == FenceDefectKind::Nested) {
            let Some(inner) = defect.inner else { continue };
            let fence = doc.slice(defect.opening);
            let longer = format!("{fence}{}", &fence[..1]);
            sink.report(inner, "code fence inside a block with the same fence")
                .label(defect.opening, "the outer block begins here")
                .note("its closing fence closes the outer block")
                .help(format!("use longer fences, such as `{longer}`, for the outer block"));
        }
    }
}
