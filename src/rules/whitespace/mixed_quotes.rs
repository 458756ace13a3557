use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    spelling::{Flags, Word},
    text::Span,
};

declare_rule! {
    /// Mixed straight and curly quotation marks
    ///
    /// ## What it does
    ///
    /// Reports pages that contain both straight and curly quotation marks. Apostrophes count as single quotation
    /// marks. There is at most one finding per page for double quotation marks and one for single ones, at the
    /// first of the less common kind.
    ///
    /// ## Why is this bad?
    ///
    /// Mixed quotation marks look careless and often show that a page was assembled from several sources.
    ///
    /// ## Example
    ///
    /// ```md
    /// They call it the "spring tide", and the other one the “neap tide”.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// They call it the “spring tide”, and the other one the “neap tide”.
    /// ```
    pub struct MixedQuotes {}
    id = "mixed-quotes",
    severity = Severity::Info,
    on = false,
}

/// The straight character, the curly ones, and their common name.
const KINDS: [(char, &[char], &str); 2] = [
    ('"', &['“', '”', '„'], "quotation marks"),
    ('\'', &['‘', '’', '‚'], "apostrophes and single quotation marks"),
];

impl Rule for MixedQuotes {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let is_curly = |c: char| KINDS.iter().any(|(_, curly, _)| curly.contains(&c));
        if !doc.has_unusual(is_curly) {
            return;
        }
        let marks = marks(doc);
        for (straight, curly, name) in KINDS {
            let of = |is: &dyn Fn(char) -> bool| -> Vec<Span> {
                marks.iter().filter(|(c, _)| is(*c)).map(|(_, span)| *span).collect()
            };
            let (straights, curlies) = (of(&|c| c == straight), of(&|c| curly.contains(&c)));
            let (rare, common, [is, others]) = if curlies.len() < straights.len() {
                (curlies, straights, ["curly", "straight"])
            } else {
                (straights, curlies, ["straight", "curly"])
            };
            if let (Some(&first), Some(&other)) = (rare.first(), common.first()) {
                let (few, many) = (rare.len(), common.len());
                sink.report(first, format!("mixed {name}: {few} {is}, {many} {others}"))
                    .label(other, format!("{others} here"))
                    .help(format!("use {others} {name} throughout the page"));
            }
        }
    }
}

/// Words whose marks are not those of the page's prose.
const OUTSIDE: Flags = Flags::FRONT_MATTER.with(Flags::COMMENT).with(Flags::ASIDE).with(Flags::IDENTIFIER);

/// The quotation marks and apostrophes in and next to the words of the page's prose, in source order.
fn marks(doc: &Document) -> Vec<(char, Span)> {
    let mut marks = Vec::new();
    for word in doc.words().all() {
        if may_have_marks(doc, word) && !word.flags.has_any(OUTSIDE) {
            collect(doc, word, &mut marks);
        }
    }
    marks.sort_unstable_by_key(|(_, span)| *span);
    marks.dedup();
    marks
}

/// Whether there may be marks in or next to a word. Most words are surrounded by whitespace.
fn may_have_marks(doc: &Document, word: &Word) -> bool {
    let (bytes, range) = (doc.source.as_bytes(), word.span.range());
    let is_space = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b'\n'));
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    !is_space(before)
        || !is_space(bytes.get(range.end))
        || word.flags.has(Flags::REWRITTEN)
        || bytes[range].contains(&b'\'')
}

fn collect(doc: &Document, word: &Word, marks: &mut Vec<(char, Span)>) {
    let is_mark = |c: char| KINDS.iter().any(|(straight, curly, _)| c == *straight || curly.contains(&c));
    let (head, tail) = (&doc.source[..word.span.start as usize], &doc.source[word.span.end as usize..]);
    // A mark after `=` delimits an attribute; one after a letter is an apostrophe in something that is not a word.
    let mut before = head.chars().rev();
    if let Some(mark) = before.next().filter(|c| is_mark(*c))
        && before.next().is_none_or(|c| c != '=' && !c.is_alphanumeric())
    {
        marks.push((mark, Span::new(word.span.start - mark.len_utf8() as u32, word.span.start)));
    }
    let inside = doc.slice(word.span).char_indices().filter(|(_, c)| is_mark(*c));
    marks.extend(inside.map(|(at, c)| (c, Span::from_range(at..at + c.len_utf8()).shift(word.span.start))));
    let stops = tail.len() - tail.trim_start_matches(['.', ',', ';', ':', '!', '?', '…']).len();
    let mut after = tail[stops..].chars();
    if let Some(mark) = after.next().filter(|c| is_mark(*c))
        && after.next().is_none_or(|c| !c.is_alphanumeric())
    {
        let start = word.span.end + stops as u32;
        marks.push((mark, Span::new(start, start + mark.len_utf8() as u32)));
    }
}
