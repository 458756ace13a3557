//! The comments in the HTML of a page, looked for once for all that ask for them.

use super::{ast::Ast, html};
use crate::text::{Needle, Span};

/// What comments begin with.
static COMMENT: Needle = Needle::new("<!--");

/// What a page has of comments in HTML.
#[derive(Debug, Default)]
pub(super) struct HtmlComments {
    /// Where a comment begins, wherever that is: in a text or in code, too.
    pub(super) marks: Box<[usize]>,
    /// Those that end in their node, in source order.
    pub(super) ended: Box<[Span]>,
    /// Where the others begin, in source order.
    pub(super) unclosed: Box<[u32]>,
}

impl Ast {
    /// What the page has of comments.
    pub(super) fn comments_of_html(&self, source: &str) -> &HtmlComments {
        self.comments.get_or_init(|| {
            let marks: Box<[usize]> = COMMENT.places(source).collect();
            if marks.is_empty() {
                // Most pages have none.
                return HtmlComments::default();
            }
            let (ended, unclosed) = html::comments_and_unclosed(self, source);
            HtmlComments { marks, ended: ended.into(), unclosed: unclosed.into() }
        })
    }

    /// The comments in the HTML of the page, `<!--` to `-->`, in source order. What looks like one in an attribute, in the
    /// text of a script or in CDATA is none, and neither is one that nothing ends.
    pub fn html_comments(&self, source: &str) -> Vec<Span> {
        let mut comments = self.comments_of_html(source).ended.to_vec();
        // What looks like one in a comment of the dialect is a part of that.
        if let Some(overlay) = self.overlay() {
            comments.retain(|comment| {
                overlay
                    .island_at(*comment)
                    .is_none_or(|it| !it.span.contains(*comment) || it.span == *comment)
            });
        }
        comments
    }
}
