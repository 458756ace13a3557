use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Heading, HeadingSyntax as Syntax, Typed},
    rule::{Fixable, Rule},
    rules::consistent::Consistent,
    text::Span,
};

/// The style of a page's headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// `# text`
    Atx,
    /// `# text #`
    AtxClosed,
    /// Text underlined with `=` or `-`, for levels 1 and 2 only.
    Setext,
    /// Setext for levels 1 and 2, `### text` for the others.
    SetextWithAtx,
    /// Setext for levels 1 and 2, `### text ###` for the others.
    SetextWithAtxClosed,
}

declare_rule! {
    /// Inconsistent heading style
    ///
    /// ## What it does
    ///
    /// Checks that all headings of a page use the same style: ATX (`# text`), closed ATX (`# text #`), or setext
    /// (text underlined with `=` or `-`).
    ///
    /// ## Why is this bad?
    ///
    /// A single style makes headings easier to recognize in the source and to search for.
    ///
    /// ## Example
    ///
    /// ```md
    /// # Tides
    ///
    /// Spring tides
    /// ------------
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides
    ///
    /// ## Spring tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes that convert to `atx` and `atx_closed` are safe: `--fix` applies them, and the rendered page stays the
    /// same. Fixes that convert to `setext` are unsafe, because a text that starts like another block would become
    /// one. No fix is offered if the expected style cannot represent the heading, such as setext at level 3.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    /// - [CommonMark: Setext headings](https://spec.commonmark.org/0.31.2/#setext-headings)
    pub struct HeadingStyle {
        /// The heading style; `consistent` uses that of the first heading in the page.
        style: Consistent<Style> = Consistent::First,
    }
    id = "heading-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD003"],
}

impl Rule for HeadingStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut style = self.style;
        for heading in doc.ast.headings() {
            let expected = style.or_first(Style::of(heading.style)).at_level(heading.level);
            if heading.style == expected {
                continue;
            }
            let (actual, name) = (name(heading.style), name(expected));
            let message = format!("heading style is `{actual}`, expected `{name}`");
            let diagnostic = sink.report(heading.sign(), message);
            match fix(doc, heading, expected) {
                Some(fix) => diagnostic.fix(fix),
                None => diagnostic.help(format!("use the style `{name}`")),
            };
        }
    }
}

impl Style {
    const fn of(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Atx => Self::Atx,
            Syntax::AtxClosed => Self::AtxClosed,
            Syntax::Setext => Self::Setext,
        }
    }

    /// The syntax of a heading of the given level.
    const fn at_level(self, level: u8) -> Syntax {
        match (self, level) {
            (Self::Setext, _) | (Self::SetextWithAtx | Self::SetextWithAtxClosed, ..=2) => Syntax::Setext,
            (Self::Atx | Self::SetextWithAtx, _) => Syntax::Atx,
            (Self::AtxClosed | Self::SetextWithAtxClosed, _) => Syntax::AtxClosed,
        }
    }
}

/// The name of a syntax, as in the option.
const fn name(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Atx => "atx",
        Syntax::AtxClosed => "atx_closed",
        Syntax::Setext => "setext",
    }
}

/// Converts a heading to another syntax, if that can represent it: setext has two levels and no empty headings, and ATX
/// headings have a single line.
fn fix(doc: &Document, heading: Typed<'_, Heading>, expected: Syntax) -> Option<Fix> {
    let text = doc.slice(heading.content);
    if text.is_empty() || text.contains(['\n', '\r']) {
        return None;
    }
    let hashes = "#".repeat(usize::from(heading.level));
    let content = match expected {
        // A trailing `#` would become the closing sequence.
        Syntax::Atx if text.ends_with('#') => return None,
        Syntax::Atx => format!("{hashes} {text}"),
        Syntax::AtxClosed => format!("{hashes} {text} {hashes}"),
        Syntax::Setext => return setext(doc, heading),
    };
    Some(Fix::replace(title(expected), Applicability::Safe, heading.span(), content))
}

fn title(syntax: Syntax) -> String {
    format!("Convert to `{}`", name(syntax))
}

fn setext(doc: &Document, heading: Typed<'_, Heading>) -> Option<Fix> {
    // Inside a container, the underline would need its prefix.
    let at_line_start = doc.lines.line_start(doc.lines.line_of(heading.span().start)) == heading.span().start;
    let underline = match heading.level {
        1 => "=",
        2 => "-",
        _ => return None,
    };
    if !at_line_start {
        return None;
    }
    let line = format!(
        "{}{}",
        doc.line_break(),
        underline.repeat(doc.slice(heading.content).chars().count().max(3))
    );
    let edits = vec![
        Edit { span: Span::new(heading.span().start, heading.content.start), content: String::new() },
        Edit { span: Span::new(heading.content.end, heading.span().end), content: line },
    ];
    // Without the `#` before it, a text that starts like another block would become one.
    Some(Fix::new(title(Syntax::Setext), Applicability::Unsafe, edits))
}
