use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::phrases::in_case_of,
    spelling::{Flags, Language, Variety},
    text::Span,
};

declare_rule! {
    /// British and American English on one page
    ///
    /// ## What it does
    ///
    /// Reports words in the spelling of the variety of English that is less common on a page: `color` on a page with
    /// `behaviour` and `centre`. If both are equally common, the first word decides. Words that end with `ize` or `ise` are
    /// ignored: both are correct British English.
    ///
    /// The rule does not know which variety the site prefers, so it is off by default.
    ///
    /// ## Why is this bad?
    ///
    /// A page in one variety looks as if one person wrote it.
    ///
    /// ## Example
    ///
    /// ```md
    /// The colour of the harbour centre is grey. Change its color.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The colour of the harbour centre is grey. Change its colour.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the word may be part of a name.
    pub struct MixedEnglish {}
    id = "mixed-english",
    severity = Severity::Info,
    on = false,
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for MixedEnglish {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.language().language != Language::English {
            return;
        }
        let words = words(doc);
        let Some((first, _, _)) = words.first() else { return };
        let others = words.iter().filter(|(variety, _, _)| variety != first).count();
        let usual =
            if others * 2 > words.len() { words.iter().find(|it| it.0 != *first) } else { words.first() };
        let Some((usual, example, _)) = usual else { return };
        for (_, span, right) in words.iter().filter(|(variety, _, _)| variety != usual) {
            let written = doc.slice(*span);
            let right = in_case_of(written, right);
            let fix = Fix::replace(format!("Replace with `{right}`"), Applicability::Unsafe, *span, right);
            sink.report(*span, format!("`{written}` mixes British and American English"))
                .label(*example, "the other variety is used here")
                .fix(fix);
        }
    }
}

/// The words of a page that belong to one variety, each with its spelling in the other one.
fn words(doc: &Document) -> Vec<(Variety, Span, String)> {
    let is_prose = |flags: Flags| {
        !flags.has_any(Flags::IDENTIFIER.with(Flags::COMMENT).with(Flags::FOREIGN).with(Flags::REWRITTEN))
    };
    let source = doc.source.as_bytes();
    let may_vary = |span: Span| span.len() > 3 && Variety::may_begin_with(&source[span.start as usize..]);
    let prose = doc.words().all().iter().filter(|word| may_vary(word.span) && is_prose(word.flags));
    prose
        .filter_map(|word| {
            let (variety, other) = Variety::of(&doc.slice(word.span).to_ascii_lowercase())?;
            Some((variety, word.span, other))
        })
        .collect()
}
