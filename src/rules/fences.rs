//! Fences around code.

use crate::{document::Document, text::Span};

/// The fewest characters that a fence has (`CommonMark` 0.31.2, section 4.5).
const SHORTEST: usize = 3;

/// How long a fence of `marker` is to be at least, so that no line of the code ends it.
pub(super) fn length(doc: &Document, code: &[Span], marker: u8) -> usize {
    let run = |line: &Span| {
        let text = doc.slice(*line).trim_start().as_bytes();
        text.iter().take_while(|&&byte| byte == marker).count()
    };
    code.iter().map(|line| run(line) + 1).max().unwrap_or(0).max(SHORTEST)
}
