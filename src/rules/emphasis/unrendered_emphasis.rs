use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Engine, FailedEmphasis, UnclosedStrong, failed_emphasis, unclosed_strong},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Emphasis that is not rendered
    ///
    /// ## What it does
    ///
    /// Reports pairs of `*` and `_` that are meant as emphasis but rendered literally, because one of them is between
    /// punctuation and a letter, and `**` before a word that nothing in the
    /// paragraph closes, or only `**` after a space.
    ///
    /// ## Why is this bad?
    ///
    /// A delimiter that follows punctuation can close emphasis only if whitespace or punctuation comes after it. In
    /// Chinese, Japanese and Korean, and after a colon in bold, there is often neither, so the page shows the asterisks.
    /// kramdown and Python-Markdown do not have this condition, so only `**` that is not closed is reported there.
    ///
    /// ## Example
    ///
    /// ```md
    /// **Note:**the tide turns at noon.
    ///
    /// **注意：**中午涨潮。
    ///
    /// **The last ferry leaves at six.
    ///
    /// **Tides: **the water rises.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// **Note:** the tide turns at noon.
    ///
    /// **注意**：中午涨潮。
    ///
    /// **The last ferry leaves at six.**
    ///
    /// **Tides:** the water rises.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: the delimiters may be meant literally.
    ///
    /// ## References
    ///
    /// - [CommonMark: Emphasis and strong emphasis](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)
    pub struct UnrenderedEmphasis {
        /// Whether the site uses CJK-friendly emphasis: delimiters next to Chinese, Japanese and Korean characters are
        /// then accepted.
        cjk_friendly: bool = false,
    }
    id = "unrendered-emphasis",
    fixable = Fixable::Sometimes,
}

impl Rule for UnrenderedEmphasis {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let delimiters = &doc.bare_marks().delimiters;
        for strong in unclosed_strong(delimiters, &doc.source) {
            report_strong(strong, sink);
        }
        if doc.dialect.engine() != Engine::CommonMark {
            return;
        }
        for failed in failed_emphasis(delimiters, &doc.source) {
            if self.cjk_friendly && failed.is_cjk {
                continue;
            }
            let (at, message, side) = if failed.is_closed {
                (failed.opening, "does not open emphasis", "before")
            } else {
                (failed.closing, "does not close emphasis", "after")
            };
            let marker = doc.slice(at);
            sink.report(at, format!("`{marker}` {message}"))
                .note("rendered literally, as it is between punctuation and a letter")
                .help(format!("add a space {side} it, or move the punctuation {side} it"))
                .fix(tags(failed));
        }
    }
}

fn report_strong(strong: UnclosedStrong, sink: &mut Sink<'_>) {
    match strong {
        UnclosedStrong::Open(run) => {
            let diagnostic = sink.report(run, "`**` is not closed");
            diagnostic.note("rendered literally").help("close it with `**`, or remove it");
        }
        UnclosedStrong::AfterSpace(run) => {
            let fix = Fix::replace("Move the space after it", Applicability::Unsafe, run, "** ");
            sink.report(run, "`**` does not close emphasis")
                .note("rendered literally, as it follows a space")
                .fix(fix);
        }
    }
}

/// Replaces the delimiters with HTML tags.
fn tags(FailedEmphasis { opening, closing, .. }: FailedEmphasis) -> Fix {
    let (open, close) = match opening.len() {
        1 => ("<em>", "</em>"),
        2 => ("<strong>", "</strong>"),
        _ => ("<strong><em>", "</em></strong>"),
    };
    let edits = [(opening, open), (closing, close)];
    let edits = edits.map(|(span, tag)| Edit { span, content: tag.to_owned() }).into();
    Fix::new(format!("Replace with `{open}`"), Applicability::Unsafe, edits)
}
