use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::phrases::in_case_of,
    spelling::{Brand, Language, variants},
};

declare_rule! {
    /// Inconsistent spelling of a word
    ///
    /// ## What it does
    ///
    /// Reports words that are spelled in two ways on a page: with and without a hyphen (`upversioning`,
    /// `up-versioning`), or names with different case (`TideLog`, `Tidelog`). The less common spelling is reported.
    /// Names that `brand-case` knows are ignored.
    ///
    /// Compounds written as one word or two (`setup`, `set up`) are ignored: both may be correct.
    ///
    /// The rule does not know which spelling is correct, so it is off by default.
    ///
    /// ## Why is this bad?
    ///
    /// Two spellings raise the question whether they mean two different things.
    ///
    /// ## Example
    ///
    /// ```md
    /// Subclouds report daily. A subcloud that is late is restarted. Each sub-cloud has its own log.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Subclouds report daily. A subcloud that is late is restarted. Each subcloud has its own log.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the other spelling may be correct.
    pub struct InconsistentSpelling {}
    id = "inconsistent-spelling",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for InconsistentSpelling {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.language().language != Language::English {
            return;
        }
        // Which spelling of a brand is correct is known, and `brand-case` reports the others.
        let groups = variants(doc.words(), &doc.source).filter(|group| Brand::of(&group[0].text).is_none());
        for group in groups {
            let [usual, others @ ..] = &group[..] else { continue };
            for span in others.iter().flat_map(|variant| &variant.spans) {
                let written = doc.slice(*span);
                let right = in_case_of(written, &usual.text);
                if written == right {
                    continue;
                }
                let title = format!("Replace with `{right}`");
                let message =
                    format!("inconsistent spelling: `{written}` is also written `{right}` on this page");
                sink.report(*span, message).label(usual.spans[0], "for example here").fix(Fix::replace(
                    title,
                    Applicability::Unsafe,
                    *span,
                    right,
                ));
            }
        }
    }
}
