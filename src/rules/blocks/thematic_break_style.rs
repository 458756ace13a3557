use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::NodeKind,
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Inconsistent thematic break style
    ///
    /// ## What it does
    ///
    /// Checks that all thematic breaks (horizontal rules) of a page are written the same way.
    ///
    /// ## Why is this bad?
    ///
    /// `---`, `***` and `- - -` render the same. A single style makes the source easier to read and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns.
    ///
    /// ---
    ///
    /// And turns again.
    ///
    /// ***
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns.
    ///
    /// ---
    ///
    /// And turns again.
    ///
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` rewrites the thematic break, and the rendered page stays the same. No fix is offered
    /// where the expected style would mean something else, such as `---` below a paragraph, which makes a heading.
    ///
    /// ## References
    ///
    /// - [CommonMark: Thematic breaks](https://spec.commonmark.org/0.31.2/#thematic-breaks)
    pub struct ThematicBreakStyle {
        /// The thematic break to use, such as `---`, or `consistent` to use the first one of the page.
        style: String = "consistent".to_owned(),
    }
    id = "thematic-break-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD035", "hr-style"],
}

impl Rule for ThematicBreakStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut style = Some(self.style.trim()).filter(|style| *style != "consistent");
        for thematic_break in doc.ast.of(NodeKind::ThematicBreak) {
            let text = doc.slice(thematic_break.span());
            let style = *style.get_or_insert(text);
            if text == style {
                continue;
            }
            let message = format!("thematic break is `{text}`, expected `{style}`");
            let diagnostic = sink.report(thematic_break.span(), message);
            // Directly below a paragraph, `---` would make it a heading, and `- - -` would start a list item.
            if is_thematic_break(style)
                && doc.is_clear_above(thematic_break.span())
                && !makes_front_matter(doc, style)
            {
                let title = format!("Use `{style}`");
                diagnostic.fix(Fix::replace(title, Applicability::Safe, thematic_break.span(), style));
            } else {
                diagnostic.help(format!("use `{style}`"));
            }
        }
    }
}

/// Whether rewriting breaks to this style would turn the start of the page into front matter: with `---`, everything
/// between a break in the first line and the next one.
fn makes_front_matter(doc: &Document, style: &str) -> bool {
    let starts_with_break = doc
        .ast
        .of(NodeKind::ThematicBreak)
        .next()
        .is_some_and(|first| doc.lines.line_of(first.span().start) == 0);
    style == "---" && doc.front_matter.is_none() && starts_with_break
}

/// Whether a text is a thematic break (CommonMark 0.31.2, section 4.1).
fn is_thematic_break(text: &str) -> bool {
    let markers: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect();
    markers.len() >= 3 && matches!(markers[0], '-' | '*' | '_') && markers.iter().all(|c| *c == markers[0])
}
