use std::collections::HashMap;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{HtmlTag, Link, LinkKind, Node, NodeKind, TagForm, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// An address without a link around it
    ///
    /// ## Why
    ///
    /// Some Markdown engines make a link of a bare address and some do not, and each has its own idea of where it ends.
    /// Angle brackets make a link of it everywhere.
    ///
    /// An address that is left of a link with a mistake in it is part of what `link-syntax` reports; with `in-slips` it
    /// is reported here too.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The tides are at https://harbour.example/tides, questions go to pilot@harbour.example.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The tides are at <https://harbour.example/tides>, questions go to the [pilot](mailto:pilot@harbour.example).
    /// ```
    pub struct BareUrl {
        /// Whether an address in a link that is written wrong is reported too, as markdownlint does.
        in_slips: bool = false,
    }
    id = "bare-url",
    fixable = Fixable::Always,
    aliases = &["MD034", "no-bare-urls"],
    markdownlint = &[("in-slips", true)],
}

impl Rule for BareUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut bare = doc.ast.links().filter(|link| link.kind == LinkKind::Bare).peekable();
        if bare.peek().is_none() {
            return;
        }
        let elements = elements(doc);
        for link in bare {
            let span = link.span();
            let in_slip = !self.in_slips && doc.link_facts().slip_behind(span).is_some();
            if in_slip || is_inside(&elements, span) || is_in_angle_brackets(doc, span) {
                continue;
            }
            sink.report(span, "address without a link around it")
                .help("put angle brackets around it, or make a text its link")
                .fix(fix(doc, link));
        }
    }
}

/// In angle brackets an address needs its scheme. What stands there is seen by readers, so without one a link with a
/// text is written, and to the safe form of the address.
fn fix(doc: &Document, link: Typed<'_, Link>) -> Fix {
    let text = doc.slice(link.span());
    // Neither angle brackets nor parentheses may have one in them (CommonMark 0.31.2, sections 6.3 and 6.5).
    let has_control = text.contains(|c: char| c.is_ascii_control());
    let at_most = |applicability| if has_control { Applicability::DisplayOnly } else { applicability };
    if link.url.starts_with("mailto:") || text.contains("://") {
        // In angle brackets an entity is one no more, nor is a backslash before a mark.
        let is_plain = !(text.contains('\\') || text.contains('&') && text.contains(';'));
        let applicability = if is_plain { Applicability::Safe } else { Applicability::Unsafe };
        let content = format!("<{text}>");
        return Fix::replace("put angle brackets around it", at_most(applicability), link.span(), content);
    }
    let content = format!("[{text}](https://{text})");
    Fix::replace("make a link of it", at_most(Applicability::Unsafe), link.span(), content)
}

/// `<www.example.org>` is no link with angle brackets, but somebody meant it to be one.
fn is_in_angle_brackets(doc: &Document, span: Span) -> bool {
    let (before, behind) = (&doc.source[..span.start as usize], &doc.source[span.end as usize..]);
    before.ends_with('<') && behind.starts_with('>')
}

/// The HTML elements within lines of text that are closed, outer ones before those in them: what lies in them is HTML's.
fn elements(doc: &Document) -> Vec<Span> {
    let mut tags = doc.html_tags().iter().peekable();
    let mut open: HashMap<(usize, &str), Vec<&HtmlTag>> = HashMap::new();
    let mut elements = Vec::new();
    for node in doc.ast.of(NodeKind::HtmlInline) {
        while tags.next_if(|tag| tag.span.start < node.span().start).is_some() {}
        let Some(tag) = tags.next_if(|tag| tag.span.start == node.span().start) else { continue };
        let place = (node.parent().map_or(0, Node::index), &*tag.name);
        match tag.form {
            TagForm::Closing => {
                let opening = open.get_mut(&place).and_then(Vec::pop);
                elements.extend(opening.map(|opening| opening.span.join(tag.span)));
            }
            TagForm::Opening | TagForm::SelfClosing => open.entry(place).or_default().push(tag),
        }
    }
    elements.sort_unstable_by_key(|element| (element.start, std::cmp::Reverse(element.end)));
    // Those that lie in others are not needed, and without them one look is enough.
    elements.dedup_by(|inner, outer| outer.contains(*inner));
    elements
}

fn is_inside(elements: &[Span], span: Span) -> bool {
    let before = elements.partition_point(|element| element.start < span.start);
    before.checked_sub(1).is_some_and(|at| elements[at].contains(span))
}
