use super::super::phrases::Patterns;
use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    spelling::{
        Flags,
        phrases::{Hit, Topic},
    },
    text::Span,
};

declare_rule! {
    /// A word stands twice in a row
    ///
    /// ## Why
    ///
    /// A word typed twice is easily overlooked, above all where a line ends between the two. Words that may stand twice
    /// (`that that`, `had had`, `very very`) are left alone, and so are names, words in quotation marks and words with
    /// markup between them.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The ferry leaves at the
    /// the end of the pier, and it it waits for nobody.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// We knew that that ferry had had its day.
    /// ```
    ///
    /// ## Patterns
    ///
    /// What was found in 782,000 words of published documentation and posts, and in 50,000 words as they stood before
    /// somebody mended a slip in them; behind the stroke, how much of it was wrong indeed:
    ///
    /// | Pattern | Finds | Published | Before mending | Fix |
    /// | --- | --- | --: | --: | --- |
    /// | `function-word` | words that cannot stand twice: `the the`, `to to` | 9 / 9 | 2 / 2 | safe |
    /// | `sometimes-doubled` | words that seldom do: `is is`, `it it` | 0 | 2 / 2 | unsafe |
    /// | `other-word` | all others that are not known to | 1 / 1 | 2 / 1 | unsafe |
    ///
    /// In a page whose front matter names another language (`lang: de`), only words are reported that never stand twice
    /// in that language; this is known for German, French, Spanish, Italian, Portuguese and Dutch.
    pub struct RepeatedWord {
        /// Patterns to switch `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "repeated-word",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for RepeatedWord {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Repeated) {
            let words = doc.words();
            let (first, second) = (words.all()[hit.phrase.start].span, words.all()[hit.wrong.start].span);
            let word = words.text(hit.wrong.start, &doc.source);
            let applicability =
                if hit.pattern == "function-word" { Applicability::Safe } else { Applicability::Unsafe };
            sink.report(second, format!("`{word}` stands twice"))
                .label(first, "here, too")
                .help("delete one of them")
                .fix(Fix::replace(format!("delete one `{word}`"), applicability, superfluous(doc, hit), ""));
        }
    }
}

/// What to delete: the second word with the blank before it; the first one where a link begins with the second, or where
/// the lines would not stay as they are.
fn superfluous(doc: &Document, hit: &Hit) -> Span {
    let first = doc.words().all()[hit.phrase.start];
    let second = doc.words().all()[hit.wrong.start].span;
    let between = doc.slice(Span::new(first.span.end, second.start));
    if between.ends_with('[') {
        return Span::new(first.span.start, second.start - 1);
    }
    let ends_line = between.contains(['\n', '\r']);
    let follows_blank = doc.source[..first.span.start as usize].ends_with(' ');
    if ends_line && follows_blank && !first.flags.has(Flags::NEW_LINE) {
        return Span::new(first.span.start - 1, first.span.end);
    }
    Span::new(first.span.end, second.end)
}
