use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Edit, Fix},
    markdown::{Link, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Leading or trailing space in link text
    ///
    /// ## What it does
    ///
    /// Reports link text that starts or ends with whitespace, or consists only of whitespace.
    ///
    /// ## Why is this bad?
    ///
    /// The space is underlined as part of the link, and is often missing outside of it.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [ tide table ](tides.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [tide table](tides.md).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: if the link is next to a word, the space is moved outside of the brackets; otherwise it is
    /// removed.
    pub struct LinkTextSpace {}
    id = "link-text-space",
    fixable = Fixable::Sometimes,
    changes = Changes::Words,
    aliases = &["MD039", "no-space-in-links"],
}

impl Rule for LinkTextSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for link in doc.ast.links() {
            let text = doc.slice(link.text);
            let (leading, trailing) =
                (text.len() - text.trim_start().len(), text.len() - text.trim_end().len());
            if leading == text.len() {
                if leading > 0 {
                    sink.report(link.text, "link text is empty").help("add text between the brackets");
                }
                continue;
            }
            if leading > 0 {
                let space = Span::new(link.text.start, link.text.start + leading as u32);
                report(doc, sink, space, Side::Leading, outside(doc, link, link.span().start));
            }
            if trailing > 0 {
                let space = Span::new(link.text.end - trailing as u32, link.text.end);
                report(doc, sink, space, Side::Trailing, outside(doc, link, link.span().end));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Leading,
    Trailing,
}

/// The insertion of a space outside of the link, if a word adjoins it.
fn outside(doc: &Document, link: Typed<'_, Link>, at: u32) -> Option<Edit> {
    let (head, tail) = doc.source.split_at(at as usize);
    let neighbour = if at == link.span().start { head.chars().next_back() } else { tail.chars().next() };
    neighbour
        .is_some_and(char::is_alphanumeric)
        .then(|| Edit { span: Span::empty(at), content: " ".to_owned() })
}

fn report(doc: &Document, sink: &mut Sink<'_>, space: Span, side: Side, outside: Option<Edit>) {
    let text = doc.slice(space);
    let name = if side == Side::Leading { "leading" } else { "trailing" };
    if text.contains(['\n', '\r']) {
        // After a leading line break, only the space at the start of the next line is reported.
        let shown = if side == Side::Leading { text.trim_start_matches(['\n', '\r']) } else { text };
        let span = Span::new(space.end - shown.len() as u32, space.end);
        sink.report(span, format!("{name} line break in link text"))
            .help("put the text on the same line as its brackets");
        return;
    }
    let title = if outside.is_some() { "Move the space outside the brackets" } else { "Remove the space" };
    let removal = Edit { span: space, content: String::new() };
    let edits = std::iter::once(removal).chain(outside).collect();
    sink.report(space, format!("{name} space in link text")).fix(Fix::new(title, Applicability::Safe, edits));
}
