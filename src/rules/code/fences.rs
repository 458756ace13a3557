//! The length of code fences.

use crate::{document::Document, text::Span};

/// The shortest fence (CommonMark 0.31.2, section 4.5).
const MIN_LENGTH: usize = 3;

/// The shortest length of a fence of `marker` that no line of the code closes.
pub(super) fn length(doc: &Document, code: &[Span], marker: u8) -> usize {
    let run = |line: &Span| {
        let text = doc.slice(*line).trim_start().as_bytes();
        text.iter().take_while(|&&byte| byte == marker).count()
    };
    code.iter().map(|line| run(line) + 1).max().unwrap_or(0).max(MIN_LENGTH)
}
