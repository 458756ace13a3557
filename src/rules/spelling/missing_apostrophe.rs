use crate::{
    data::{DataFormat, ScalarNotation},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Changes, Fix},
    front_matter::FrontMatter,
    rule::{Fixable, Rule},
    rules::phrases::{Patterns, in_case_of, safe_in_language},
    spelling::{Flags, Word, phrases::Topic},
};

declare_rule! {
    /// Missing apostrophe in a contraction
    ///
    /// ## What it does
    ///
    /// Reports contractions without their apostrophe, such as `didnt` and `youre`. Those that are also words (`cant`,
    /// `wont`, `were`, `its`, `lets`) are ignored. Those that are also words in other languages (`dont`, `im`) are
    /// reported only next to English words.
    ///
    /// ## Why is this bad?
    ///
    /// A contraction without its apostrophe is a misspelling.
    ///
    /// ## Example
    ///
    /// ```md
    /// The ferry didnt wait, so we dont know whats next.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The ferry didn't wait, so we don't know what's next.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe if the language of the text is known. Words that contain markup, and words in TOML strings with single quotes, have no fix.
    ///
    /// ## Patterns
    ///
    /// Findings in 782,000 words of published documentation and posts, and in 50,000 words of text from before a typo
    /// in it was corrected. The number after the slash is how many of them are actual errors.
    ///
    /// | Pattern | Finds | Published | Before correction |
    /// | --- | --- | --: | --: |
    /// | `apostrophe` | `didnt`, `isnt`, `youre`, `thats` and 23 more | 0 | 4 / 4 |
    pub struct MissingApostrophe {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "missing-apostrophe",
    fixable = Fixable::Sometimes,
    changes = Changes::Words,
}

impl Rule for MissingApostrophe {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Apostrophe) {
            let word = &doc.words().all()[hit.wrong.start];
            let wrong = doc.words().text(hit.wrong.start, &doc.source);
            let right = in_case_of(wrong, &hit.write);
            let fix = apostrophe(doc, word).map(|apostrophe| {
                let content = right.replace('\'', apostrophe);
                let applicability = safe_in_language(doc, hit.wrong.start);
                Fix::replace(format!("Replace with `{right}`"), applicability, word.span, content)
            });
            sink.report(word.span, format!("missing apostrophe in `{wrong}`"))
                .fix_or_help(fix, format!("use `{right}`"));
        }
    }
}

/// The apostrophe for a word: escaped in quoted front matter. `None` if the word contains markup, or if an apostrophe
/// would end the string.
fn apostrophe(doc: &Document, word: &Word) -> Option<&'static str> {
    if word.flags.has(Flags::REWRITTEN) {
        return None;
    }
    match doc.front_matter.as_ref().filter(|_| word.flags.has(Flags::FRONT_MATTER)) {
        Some(front_matter) => in_front_matter(front_matter, word),
        None => Some("'"),
    }
}

fn in_front_matter(front_matter: &FrontMatter, word: &Word) -> Option<&'static str> {
    let root = front_matter.tree.root.as_ref()?;
    let (_, node) =
        root.values().find(|(_, node)| node.span.contains(word.span) && node.as_scalar().is_some())?;
    match (node.as_scalar()?.style, front_matter.tree.format) {
        (ScalarNotation::SingleQuoted, DataFormat::Yaml) => Some("''"),
        (ScalarNotation::SingleQuoted, _) => None,
        _ => Some("'"),
    }
}
