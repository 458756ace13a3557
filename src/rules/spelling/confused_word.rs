use super::super::phrases::{Patterns, corrected, in_case_of, span};
use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    spelling::phrases::{Hit, Topic},
};

declare_rule! {
    /// A right word in the wrong place
    ///
    /// ## Why
    ///
    /// `is preformed by`, `more then a`, `in the this`: every word is in the dictionary, so no spell checker says a word.
    /// This rule knows phrases that are never right, and nothing else: it does not guess.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The test is preformed by hand. That can com handy in the this cycle, and is more then a habit.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The test is performed by hand. That can come in handy in this cycle, and is more than a habit.
    /// ```
    ///
    /// COUNTS
    pub struct ConfusedWord {
        /// Patterns to switch `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "confused-word",
    fixable = Fixable::Always,
}

impl Rule for ConfusedWord {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Confused) {
            if hit.write.is_empty() {
                report_determiners(doc, hit, sink);
                continue;
            }
            let wrong = doc.words().text(hit.wrong.start, &doc.source);
            let right = in_case_of(wrong, hit.write);
            let place = span(doc, &hit.wrong);
            sink.report(place, format!("`{wrong}` where `{right}` is meant"))
                .help(format!("write `{}`", corrected(doc, hit, &right)))
                .fix(Fix::replace(format!("write `{right}`"), Applicability::Unsafe, place, right));
        }
    }
}

/// Reports two words of which one is enough. The second is more often the one that was meant.
fn report_determiners(doc: &Document, hit: &Hit, sink: &mut Sink<'_>) {
    let [first, second] = [hit.wrong.start, hit.wrong.end - 1].map(|index| doc.words().text(index, &doc.source));
    let place = span(doc, &hit.wrong);
    let second = in_case_of(first, second);
    let keep =
        |word: &str| Fix::replace(format!("keep `{word}` alone"), Applicability::Unsafe, place, word);
    sink.report(place, format!("`{}` does not go together with `{first}`", second.to_lowercase()))
        .help(format!("keep `{second}` or `{first}`"))
        .fix(keep(&second))
        .fix(keep(first));
}
