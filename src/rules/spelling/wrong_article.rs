use super::super::phrases::{Patterns, in_case_of};
use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    spelling::phrases::Topic,
    text::Span,
};

declare_rule! {
    /// `a` before a vowel sound, or `an` before a consonant sound
    ///
    /// ## Why
    ///
    /// The sound decides, not the letter: `a user`, `a one-off`, `an hour`, `an 8-bit value`. Abbreviations count as they
    /// are said: `an SSH key`, `a USB stick`. Where two ways of saying a word are usual (`a SQL query`, `an SQL query`,
    /// `a historic day`), both are fine; so is everything before code, before names that are part code, and where the
    /// letter `a` is a name.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Send a email within a hour, with an unique number.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Send an email within an hour, with a unique number.
    /// ```
    ///
    /// ## Patterns
    ///
    /// What was found in 782,000 words of published documentation and posts, and in 50,000 words as they stood before
    /// somebody mended a slip in them; behind the stroke, how much of it was wrong indeed:
    ///
    /// | Pattern | Finds | Published | Before mending |
    /// | --- | --- | --: | --: |
    /// | `a-before-vowel` | `a email` | 8 / 8 | 11 / 9 |
    /// | `an-before-consonant` | `an user`; `an` for `and`, too | 5 / 5 | 3 / 3 |
    pub struct WrongArticle {
        /// Patterns to switch `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "wrong-article",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for WrongArticle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Article) {
            let span = doc.words().all()[hit.wrong.start].span;
            let article = doc.slice(span);
            let right = in_case_of(&article[..1], hit.write);
            let sound = if hit.write == "an" { "vowel" } else { "consonant" };
            sink.report(span, format!("`{article}` before a {sound} sound"))
                .help(format!("write `{right} {}`", following(doc, span)))
                .fix(Fix::replace(format!("write `{right}`"), Applicability::Unsafe, span, right));
        }
    }
}

/// The word or number behind an article, without markup around it.
fn following(doc: &Document, article: Span) -> &str {
    let rest = doc.source[article.end as usize..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let end =
        rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’')).unwrap_or(rest.len());
    rest[..end].trim_end_matches('-')
}
