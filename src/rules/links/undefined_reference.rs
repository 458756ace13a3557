use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    markdown::{LinkKind, SlipKind, UndefinedReference as UndefinedLabel, normalize_label},
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
        /// With `shortcut_syntax`: whether the brackets of a link that is written wrong are taken for one too, as
        /// markdownlint does; `link-syntax` reports those.
        in_slips: bool = false,
    }
    id = "undefined-reference",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
    aliases = &["MD052", "reference-links-images"],
    markdownlint = &[("in-slips", true)],
}

/// How often labels are compared in one page: each that is undefined with each that is defined. Where it would take
/// more, no similar one is suggested.
const MAX_COMPARISONS: usize = 50_000;

impl Rule for UndefinedReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let ignored = definitions::labels(&self.ignored_labels);
        let (facts, defined) = (doc.link_facts(), doc.ast.definitions());
        let is_few = facts.undefined.len().saturating_mul(defined.len()) <= MAX_COMPARISONS;
        let candidates = if is_few { defined } else { &[] };
        let in_slips = self.slips(doc);
        for reference in facts.undefined.iter().chain(&in_slips) {
            let label = doc.slice(reference.label);
            let is_asked_for = self.shortcut_syntax || reference.kind != LinkKind::Shortcut;
            if !is_asked_for || label.trim().is_empty() || ignored.contains(&normalize_label(label)) {
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

impl UndefinedReference {
    /// The brackets of links that are written wrong, as references of their own.
    fn slips(&self, doc: &Document) -> Vec<UndefinedLabel> {
        let slips = doc.link_facts().slips.iter().filter(|_| self.in_slips && self.shortcut_syntax);
        let references = slips.filter(|slip| slip.kind != SlipKind::SpaceAroundText).map(|slip| {
            let label = if slip.kind == SlipKind::Reversed { slip.destination } else { slip.text };
            UndefinedLabel { kind: LinkKind::Shortcut, span: label, text: label, label, is_image: false }
        });
        references.filter(|it| doc.ast.definition(doc.slice(it.label)).is_none()).collect()
    }
}
