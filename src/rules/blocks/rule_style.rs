use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::NodeKind,
    rule::{Fixable, Rule},
};

declare_rule! {
    /// A rule across the page is written in another style than the others
    ///
    /// ## Why
    ///
    /// `---`, `***` and `- - -` look the same to readers of the page. One of them is easier to search for.
    ///
    /// ## Bad
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
    /// ## Good
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
    pub struct RuleStyle {
        /// The rule as it is to be written, or `consistent` for that of the page's first one.
        style: String = "consistent".to_owned(),
    }
    id = "rule-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD035", "hr-style"],
}

impl Rule for RuleStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut style = Some(self.style.trim()).filter(|style| *style != "consistent");
        for rule in doc.ast.of(NodeKind::ThematicBreak) {
            let text = doc.slice(rule.span());
            let style = *style.get_or_insert(text);
            if text == style {
                continue;
            }
            let found = sink.report(rule.span(), format!("this rule is `{text}`, not `{style}`"));
            found.help(format!("write `{style}`"));
            // Below a text `---` makes a heading of it, and `-` begins an item.
            if is_rule(style) && doc.is_clear_above(rule.span()) && !makes_front_matter(doc, style) {
                found.fix(Fix::replace(format!("write `{style}`"), Applicability::Safe, rule.span(), style));
            }
        }
    }
}

/// Whether rules of this style are delimiters: on a page that begins with a rule, what lies between the first two
/// would be front matter.
fn makes_front_matter(doc: &Document, style: &str) -> bool {
    let begins_with_rule = doc
        .ast
        .of(NodeKind::ThematicBreak)
        .next()
        .is_some_and(|rule| doc.lines.line_of(rule.span().start) == 0);
    style == "---" && doc.front_matter.is_none() && begins_with_rule
}

/// Whether a text is a thematic break (`CommonMark` 0.31.2, section 4.1).
fn is_rule(text: &str) -> bool {
    let marks: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect();
    marks.len() >= 3 && matches!(marks[0], '-' | '*' | '_') && marks.iter().all(|mark| *mark == marks[0])
}
