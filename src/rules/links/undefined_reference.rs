use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Changes, Applicability, Fix},
    markdown::{LinkKind, normalize_label},
    rule::{Fixable, Rule},
    rules::definitions,
    text::nearest,
};

declare_rule! {
    /// A link or an image with a label that nothing defines
    ///
    /// ## Why
    ///
    /// Without a definition `[the tides][tides]` is no link: readers see its brackets.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See [the tides][tide].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See [the tides][tides], or the log [of 1912].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    pub struct UndefinedReference {
        /// Labels that need no definition, in any case.
        #[serde(rename = "ignored_labels")]
        ignored_labels: Vec<String> = vec!["x".to_owned()],
        /// Whether text in brackets alone, as in `[tides]`, is taken for a link too.
        #[serde(rename = "shortcut_syntax")]
        shortcut_syntax: bool = false,
    }
    id = "undefined-reference",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
    aliases = &["MD052", "reference-links-images"],
}

/// How often labels are compared in one page: each that is undefined with each that is defined. Where it would take
/// more, no similar one is suggested.
const MAX_COMPARISONS: usize = 50_000;

impl Rule for UndefinedReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let ignored = definitions::labels(&self.ignored_labels);
        let (undefined, defined) = (&doc.link_facts().undefined, doc.ast.definitions());
        let is_few = undefined.len().saturating_mul(defined.len()) <= MAX_COMPARISONS;
        let candidates = if is_few { defined } else { &[] };
        for reference in undefined {
            let label = doc.slice(reference.label);
            let is_asked_for = self.shortcut_syntax || reference.kind != LinkKind::Shortcut;
            if !is_asked_for || ignored.contains(&normalize_label(label)) {
                continue;
            }
            let what = if reference.is_image { "image" } else { "link" };
            let message = format!("no definition for the label of this {what}");
            let found = sink.report(reference.span, message);
            let labels = candidates.iter().map(|it| doc.slice(it.label));
            let Some(similar) = nearest(label, labels) else {
                found.help(format!("define the label, or write the {what}'s address in parentheses"));
                continue;
            };
            found.help(format!("did you mean `{similar}`?"));
            if reference.kind == LinkKind::Full {
                let title = format!("write `{similar}`");
                found.fix(Fix::replace(title, Applicability::Unsafe, reference.label, similar));
            }
        }
    }
}
