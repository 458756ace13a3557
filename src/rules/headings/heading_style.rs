use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Heading, HeadingStyle as Written, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

/// The style that headings are to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// That of the page's first heading.
    Consistent,
    /// `# text`
    Atx,
    /// `# text #`
    AtxClosed,
    /// Text over a line of `=` or `-`, which has two levels only.
    Setext,
    /// Setext for the first two levels, `### text` for the others.
    SetextWithAtx,
    /// Setext for the first two levels, `### text ###` for the others.
    SetextWithAtxClosed,
}

declare_rule! {
    /// A heading is written in another style than the others
    ///
    /// ## Why
    ///
    /// There are three ways to write a heading: `# text`, `# text #` and text over a line of `=` or `-`. One of them is
    /// easier to search for than three.
    ///
    /// ## Bad
    ///
    /// ```md
    /// # Tides
    ///
    /// Spring tides
    /// ------------
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides
    ///
    /// ## Spring tides
    /// ```
    pub struct HeadingStyle {
        /// The style. `consistent` takes that of the page's first heading.
        style: Style = Style::Consistent,
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
            let expected = match (style, heading.level <= 2) {
                (Style::Consistent, _) => heading.style,
                (Style::Atx, _) | (Style::SetextWithAtx, false) => Written::Atx,
                (Style::AtxClosed, _) | (Style::SetextWithAtxClosed, false) => Written::AtxClosed,
                (Style::Setext | Style::SetextWithAtx | Style::SetextWithAtxClosed, _) => Written::Setext,
            };
            if style == Style::Consistent {
                style = fixed(expected);
            }
            if heading.style != expected {
                let message = format!("heading {}, not {}", shown(heading.style), shown(expected));
                let found = sink.report(heading.sign(), message);
                found.help(format!("write it {}", shown(expected)));
                found.fixes.extend(fix(doc, heading, expected));
            }
        }
    }
}

const fn fixed(written: Written) -> Style {
    match written {
        Written::Atx => Style::Atx,
        Written::AtxClosed => Style::AtxClosed,
        Written::Setext => Style::Setext,
    }
}

const fn shown(written: Written) -> &'static str {
    match written {
        Written::Atx => "with `#` before the text",
        Written::AtxClosed => "with `#` before and behind the text",
        Written::Setext => "with a line under the text",
    }
}

/// Writes a heading in another style, where that can hold it: setext has two levels and no empty headings, the others
/// have one line.
fn fix(doc: &Document, heading: Typed<'_, Heading>, expected: Written) -> Option<Fix> {
    let text = doc.slice(heading.content);
    if text.is_empty() || text.contains(['\n', '\r']) {
        return None;
    }
    let hashes = "#".repeat(usize::from(heading.level));
    let content = match expected {
        // A line of `#` at the end of an open heading would close it.
        Written::Atx if text.ends_with('#') => return None,
        Written::Atx => format!("{hashes} {text}"),
        Written::AtxClosed => format!("{hashes} {text} {hashes}"),
        Written::Setext => return setext(doc, heading),
    };
    Some(Fix::replace(format!("write it {}", shown(expected)), Applicability::Safe, heading.span(), content))
}

fn setext(doc: &Document, heading: Typed<'_, Heading>) -> Option<Fix> {
    // Anywhere but at the start of a line the underline would need the prefix of its container.
    let at_line_start = doc.lines.line_start(doc.lines.line_of(heading.span().start)) == heading.span().start;
    let mark = match heading.level {
        1 => "=",
        2 => "-",
        _ => return None,
    };
    if !at_line_start {
        return None;
    }
    let line =
        format!("{}{}", doc.line_break(), mark.repeat(doc.slice(heading.content).chars().count().max(3)));
    let edits = vec![
        Edit { span: Span::new(heading.span().start, heading.content.start), content: String::new() },
        Edit { span: Span::new(heading.content.end, heading.span().end), content: line },
    ];
    // A text that begins like another block would be one without the `#` before it.
    Some(Fix::new(format!("write it {}", shown(Written::Setext)), Applicability::Unsafe, edits))
}
