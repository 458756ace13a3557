//! Pairs of `*` and `_` that make no emphasis because of the characters around them.

use std::collections::HashMap;

use super::delimiters::BareDelimiter;
use crate::text::Span;

/// Two delimiters that enclose text and make no emphasis, because one of them is between punctuation and a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedEmphasis {
    /// The first run.
    pub opening: Span,
    /// The second run.
    pub closing: Span,
    /// Whether the second run could close emphasis, so that the first one fails.
    pub is_closed: bool,
    /// Whether a character next to a run that fails is Chinese, Japanese or Korean.
    pub is_cjk: bool,
}

/// The characters around a run of delimiters, as the specification has them (CommonMark 0.31.2, section 6.2): the
/// start and the end of a line count as white space.
#[derive(Clone, Copy)]
struct Sides {
    before: char,
    after: char,
}

/// The pairs of delimiters that fail for the characters around them, in source order. Those with white space inside are
/// not among them, nor is what is hardly meant as emphasis, such as an expression.
pub fn failed_emphasis(delimiters: &[BareDelimiter], source: &str) -> Vec<FailedEmphasis> {
    let mut found = Vec::new();
    let mut open: HashMap<(usize, u8, u32), Span> = HashMap::new();
    for &BareDelimiter { span, marker, parent } in delimiters {
        let key = (parent, marker, span.len());
        let failed = open.get(&key).and_then(|&first| failed(first, span, marker, source));
        if failed.is_some() {
            open.remove(&key);
        } else {
            open.insert(key, span);
        }
        found.extend(failed);
    }
    found
}

/// A run of two `*` before a word that makes no strong emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnclosedStrong {
    /// Nothing closes it.
    Open(Span),
    /// It is meant to close another one before it, but follows a space. The span is that of the spaces and the run.
    AfterSpace(Span),
}

/// The runs of two `*` that make no strong emphasis although the words after them are meant to be strong, in source order.
/// The paragraph has no other such run, or only one before another word. If a `**` on the page follows a word, as the mark of
/// a footnote does, there are none.
pub fn unclosed_strong(delimiters: &[BareDelimiter], source: &str) -> Vec<UnclosedStrong> {
    let runs = delimiters.iter().filter(|it| it.marker == b'*' && it.span.len() == 2);
    let (opening, other): (Vec<&BareDelimiter>, Vec<&BareDelimiter>) = runs.partition(|run| {
        let sides = Sides::of(run.span, source);
        sides.before.is_whitespace() && sides.after.is_alphabetic()
    });
    if other.iter().any(|run| !Sides::of(run.span, source).before.is_whitespace()) {
        return vec![];
    }
    let mut found = Vec::new();
    let mut before: Option<Span> = None;
    for (at, delimiter) in opening.iter().enumerate() {
        let run = delimiter.span;
        let is_last = opening.get(at + 1).is_none_or(|next| next.parent != delimiter.parent);
        let between = before.map(|first| &source[first.end as usize..run.start as usize]);
        if between.is_some_and(|between| !between.contains(['\n', '\r']) && !between.contains('*')) {
            let spaces = between.map_or(0, |text| text.len() - text.trim_end().len());
            found.push(UnclosedStrong::AfterSpace(Span::new(run.start - spaces as u32, run.end)));
            before = None;
            continue;
        }
        if is_last && begins_sentence(&source[run.end as usize..]) {
            found.push(UnclosedStrong::Open(run));
        }
        before = Some(run);
    }
    found
}

/// Whether a text begins with several words. A word with something of code beside it, such as `**kwargs, **options)`, is
/// none.
fn begins_sentence(text: &str) -> bool {
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    let is_word = |word: &str| {
        let letters = word.trim_end_matches([',', ':', ';', '.', '!', '?', '"', '”', ')']);
        let letters = letters.trim_start_matches(['"', '“', '(']);
        letters.starts_with(char::is_alphabetic)
            && letters.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))
    };
    words.next().is_some_and(is_word) && words.next().is_some_and(is_word)
}

fn failed(opening: Span, closing: Span, marker: u8, source: &str) -> Option<FailedEmphasis> {
    let inside = Span::new(opening.end, closing.start).of(source);
    let (first, last) = (Sides::of(opening, source), Sides::of(closing, source));
    let is_flanked = !first.after.is_whitespace() && !last.before.is_whitespace();
    let is_whole = |it: Sides| it.before != char::from(marker) && it.after != char::from(marker);
    if !is_whole(first) || !is_whole(last) {
        return None;
    }
    if opening.len() > 3 || inside.is_empty() || inside.contains(['\n', '\r']) || !is_flanked {
        return None;
    }
    let (opens, closes) = (first.opens(), last.closes());
    let is_cjk = !opens && is_cjk(first.before) || !closes && is_cjk(last.after);
    let is_word =
        inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1 || is_cjk_text(word));
    let is_meant = match (opens, closes) {
        (true, true) => false,
        // In a formula, as in `x*(low+high)*y`, both fail.
        (false, false) => is_cjk || marker == b'*' && opening.len() > 1,
        _ => is_cjk || marker == b'*',
    };
    let is_expression = first.before.is_ascii_digit() || last.after.is_ascii_digit();
    (is_meant && is_word && !is_expression).then_some(FailedEmphasis {
        opening,
        closing,
        is_closed: closes,
        is_cjk,
    })
}

impl Sides {
    fn of(run: Span, source: &str) -> Self {
        let before = source[..run.start as usize].chars().next_back().unwrap_or('\n');
        let after = source[run.end as usize..].chars().next().unwrap_or('\n');
        Self { before, after }
    }

    /// Whether the run is left-flanking.
    fn opens(self) -> bool {
        !self.after.is_whitespace() && (!is_punctuation(self.after) || is_edge(self.before))
    }

    /// Whether the run is right-flanking.
    fn closes(self) -> bool {
        !self.before.is_whitespace() && (!is_punctuation(self.before) || is_edge(self.after))
    }
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || is_punctuation(c)
}

/// Punctuation and symbols: what is neither a letter, a number, a mark nor white space.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

fn is_cjk_text(word: &str) -> bool {
    word.chars().any(is_cjk)
}

/// Whether a character is a Chinese, Japanese or Korean letter (blocks of Unicode 16).
const fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}
