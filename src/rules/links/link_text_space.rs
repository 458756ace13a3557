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
    /// Blanks at the ends of a link's text
    ///
    /// ## Why
    ///
    /// The blank is underlined with the text, and often it is missing before or behind the link.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the [ tide table ](tides.md).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [tide table](tides.md).
    /// ```
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
            let (before, behind) = (text.len() - text.trim_start().len(), text.len() - text.trim_end().len());
            if before == text.len() {
                if before > 0 {
                    sink.report(link.text, "this link's text is blank")
                        .help("write a text between the brackets");
                }
                continue;
            }
            if before > 0 {
                let blanks = Span::new(link.text.start, link.text.start + before as u32);
                report(doc, sink, blanks, "before", outside(doc, link, link.span().start));
            }
            if behind > 0 {
                let blanks = Span::new(link.text.end - behind as u32, link.text.end);
                report(doc, sink, blanks, "behind", outside(doc, link, link.span().end));
            }
        }
    }
}

/// The blank that belongs outside the link, where a word adjoins it.
fn outside(doc: &Document, link: Typed<'_, Link>, at: u32) -> Option<Edit> {
    let (head, tail) = doc.source.split_at(at as usize);
    let neighbour = if at == link.span().start { head.chars().next_back() } else { tail.chars().next() };
    neighbour
        .is_some_and(char::is_alphanumeric)
        .then(|| Edit { span: Span::empty(at), content: " ".to_owned() })
}

fn report(doc: &Document, sink: &mut Sink<'_>, blanks: Span, side: &str, outside: Option<Edit>) {
    let text = doc.slice(blanks);
    if text.contains(['\n', '\r']) {
        // The blanks before a text that begins in the next line are in that line.
        let seen = if side == "before" { text.trim_start_matches(['\n', '\r']) } else { text };
        let place = Span::new(blanks.end - seen.len() as u32, blanks.end);
        sink.report(place, format!("line break {side} the text of this link"))
            .help("let the text begin and end within the brackets' lines");
        return;
    }
    let s = if blanks.len() == 1 { "" } else { "s" };
    let found = sink.report(blanks, format!("blank{s} {side} the text of this link"));
    let title = if outside.is_some() { "move it out of the brackets" } else { "remove it" };
    let removal = Edit { span: blanks, content: String::new() };
    let edits = std::iter::once(removal).chain(outside).collect();
    found.help(title).fix(Fix::new(title, Applicability::Safe, edits));
}
