use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::phrases::{Patterns, in_case_of, span},
    spelling::phrases::Topic,
};

declare_rule! {
    /// Latin abbreviation without periods
    ///
    /// ## What it does
    ///
    /// Reports `ie` and `eg`, which are written `i.e.` and `e.g.`.
    ///
    /// ## Why is this bad?
    ///
    /// Without periods, the abbreviation looks like a word, and screen readers read it as one.
    ///
    /// ## Example
    ///
    /// ```md
    /// Bring a lamp (eg a lantern).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Bring a lamp (e.g. a lantern).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the word may have another meaning, such as the name of a country.
    ///
    /// ## Patterns
    ///
    /// Findings in 3.0 million words of published documentation and posts, by which the patterns were tuned until none of
    /// those that were read was false. On text that was not used for tuning, 61 of 64 findings of all patterns were errors.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `ie` | `ie the lamp` | 6 |
    /// | `eg` | `eg the lamp` | 42 |
    pub struct LatinAbbreviation {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "latin-abbreviation",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for LatinAbbreviation {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Abbreviation) {
            let mut place = span(doc, &hit.wrong);
            let right = in_case_of(doc.slice(place), &hit.write);
            let message = format!("missing periods in `{}`", doc.slice(place));
            place.end += u32::from(doc.source[place.end as usize..].starts_with('.'));
            let fix = Fix::replace(format!("Replace with `{right}`"), Applicability::Unsafe, place, right);
            sink.report(place, message).fix(fix);
        }
    }
}
