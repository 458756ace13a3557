//! Splitting front matter from the page.

use copydesk::{
    internals::front_matter::{Block, split as front_matter_split},
    text::Span,
};

use crate::{require_span, text};

/// The parts are in the text, in order, and the body is what follows them.
pub fn run(bytes: &[u8]) {
    let source = text(bytes);
    let split = front_matter_split(&source);
    require_span(Span::new(split.body, source.len() as u32), &source, &split);
    let mark = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let Some(Block { block, opening, closing, content, .. }) = split.front_matter else {
        assert_eq!(split.body, mark, "without front matter the body is the text");
        return;
    };
    for span in [Some(block), Some(opening), closing, Some(content)].into_iter().flatten() {
        require_span(span, &source, &split);
        assert!(block.contains(span), "{split:?}");
    }
    assert_eq!((block.start, opening.start), (mark, mark), "front matter is what comes first: {split:?}");
    assert!(block.end <= split.body, "{split:?}");
    let gap = &source[block.end as usize..split.body as usize];
    assert!(gap.trim().is_empty(), "{gap:?} belongs neither to the block nor to the body");
    if let Some(closing) = closing {
        assert!(
            opening.end <= closing.start || opening == content || closing.end == content.end,
            "{split:?}"
        );
        assert_eq!(closing.end, block.end, "{split:?}");
    }
    let again = front_matter_split(&source[..split.body as usize]);
    assert_eq!(again.front_matter.map(|it| it.content), Some(content), "the body decides what the block is");
}
