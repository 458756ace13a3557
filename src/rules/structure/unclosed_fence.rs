use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    markdown::FenceDefectKind,
    rule::Rule,
};

declare_rule! {
    /// Unclosed code fence
    ///
    /// ## What it does
    ///
    /// Reports fenced code blocks without a closing fence, and those that are closed by the fence of a later block.
    ///
    /// If the code is all that follows the fence, the finding is a warning.
    ///
    /// ## Why is this bad?
    ///
    /// Everything up to the end of the page, list item or block quote becomes code: headings, links and text are not
    /// rendered.
    ///
    /// ## Example
    ///
    /// ````md
    /// ```sh
    /// ls
    ///
    /// ## Next part
    ///
    /// The tide turns at noon.
    /// ````
    ///
    /// ## Use instead
    ///
    /// ````md
    /// ```sh
    /// ls
    /// ```
    ///
    /// ## Next part
    ///
    /// The tide turns at noon.
    /// ````
    ///
    /// ## References
    ///
    /// - [CommonMark: Fenced code blocks](https://spec.commonmark.org/0.31.2/#fenced-code-blocks)
    pub struct UnclosedFence {}
    id = "unclosed-fence",
    severity = Severity::Error,
}

impl Rule for UnclosedFence {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for fence in doc.ast.text_fences(&doc.source) {
            let closing = doc.slice(fence);
            sink.report(fence, "unclosed code fence")
                .at_most(Severity::Warning)
                .note("its container ends before it is closed, and the code becomes text")
                .help(format!("add a closing `{closing}` line after the code"));
        }
        for defect in doc.fence_defects() {
            let end = match defect.kind {
                FenceDefectKind::Nested => continue,
                FenceDefectKind::ToEnd => "the end of the page",
                FenceDefectKind::ToEndOfContainer => "the end of its container",
                FenceDefectKind::ToNextBlock => "the fence of a later block",
            };
            let fence = doc.slice(defect.opening);
            let diagnostic = sink.report(defect.opening, "unclosed code fence");
            diagnostic.note(format!("the code block continues to {end}"));
            diagnostic.help(format!("add a closing `{fence}` line after the code"));
            // Without a blank line, the code is all that is below the fence.
            let is_last = defect.kind == FenceDefectKind::ToEnd && !has_blank_line(doc, defect.opening.end);
            if is_last || defect.kind == FenceDefectKind::ToEndOfContainer {
                diagnostic.at_most(Severity::Warning);
            }
            if let Some(inner) = defect.inner {
                diagnostic.label(inner, "part of the code");
            }
        }
    }
}

/// Whether text follows a blank line below a place.
fn has_blank_line(doc: &Document, from: u32) -> bool {
    let mut lines = doc.source[from as usize..].lines().skip(1);
    lines.any(|line| line.trim().is_empty()) && lines.any(|line| !line.trim().is_empty())
}
