use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::phrases::{Patterns, in_case_of},
    spelling::phrases::Topic,
    text::Span,
};

declare_rule! {
    /// Wrong indefinite article
    ///
    /// ## What it does
    ///
    /// Reports `a` before a vowel sound and `an` before a consonant sound. The sound decides, not the letter: `a
    /// user`, `a one-off`, `an hour`, `an 8-bit value`, `an SSH key`, `a USB stick`. If two pronunciations are common
    /// (`a SQL query`, `an SQL query`, `a historic day`), both articles are accepted. Articles before code and before
    /// identifiers are ignored, and so is the letter `a` used as a name.
    ///
    /// ## Why is this bad?
    ///
    /// The wrong article interrupts the flow of reading. It is often left when a word is replaced.
    ///
    /// ## Example
    ///
    /// ```md
    /// Send a email within a hour, with an unique number.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Send an email within an hour, with a unique number.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the article may be correct for another pronunciation, and `an` may be a typo of `and`.
    ///
    /// ## Patterns
    ///
    /// Findings in 782,000 words of published documentation and posts, and in 50,000 words of text from before a typo
    /// in it was corrected. The number after the slash is how many of them are actual errors.
    ///
    /// | Pattern | Finds | Published | Before correction |
    /// | --- | --- | --: | --: |
    /// | `a-before-vowel` | `a email` | 8 / 8 | 11 / 9 |
    /// | `before-code` | ``a `enum` ``, ``an `use` `` | 13 / 13 | 0 |
    /// | `an-before-consonant` | `an user`; also `an` for `and` | 5 / 5 | 3 / 3 |
    pub struct WrongArticle {
        /// Patterns to turn `on` or `off`, by name.
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
            let right = in_case_of(&article[..1], &hit.write);
            let sound = if hit.write == "an" { "vowel" } else { "consonant" };
            sink.report(span, format!("`{article}` before a {sound} sound"))
                .help(format!("use `{right} {}`", following(doc, span)))
                .fix(Fix::replace(format!("Replace with `{right}`"), Applicability::Unsafe, span, right));
        }
    }
}

/// The word or number after an article, without markup around it.
fn following(doc: &Document, article: Span) -> &str {
    let mut rest = doc.source[article.end as usize..].trim_start();
    while let Some((_, after)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        rest = after.trim_start();
    }
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end =
        rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’')).unwrap_or(rest.len());
    rest[..end].trim_end_matches('-')
}
