use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::delimited_title,
    rule::{Fixable, Rule},
    rules::consistent::Consistent,
    text::Span,
};

/// What encloses a link title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum TitleDelimiter {
    /// `"title"`
    Double,
    /// `'title'`
    Single,
    /// `(title)`
    Parentheses,
}

declare_rule! {
    /// Inconsistent link title style
    ///
    /// ## What it does
    ///
    /// Checks that the titles of links, images and link reference definitions in a page are enclosed in the same
    /// delimiters: `"`, `'` or parentheses.
    ///
    /// ## Why is this bad?
    ///
    /// All delimiters render the same. A single one makes the source easier to read and to search.
    ///
    /// ## Example
    ///
    /// ```md
    /// See [tides](tides.md "High and low") and [ferries](ferries.md 'All lines').
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See [tides](tides.md "High and low") and [ferries](ferries.md "All lines").
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces the delimiters, and the rendered page stays the same. Fixes from or to
    /// parentheses are unsafe, because not all generators read them. No fix is offered if the title contains the new
    /// delimiter or a backslash.
    ///
    /// ## References
    ///
    /// - [CommonMark: Link titles](https://spec.commonmark.org/0.31.2/#link-title)
    pub struct LinkTitleStyle {
        /// The delimiters; `consistent` uses those of the first title in the page.
        style: Consistent<TitleDelimiter> = Consistent::First,
    }
    id = "link-title-style",
    on = false,
    fixable = Fixable::Sometimes,
}

impl TitleDelimiter {
    const fn of(opening: char) -> Self {
        match opening {
            '\'' => Self::Single,
            '(' => Self::Parentheses,
            _ => Self::Double,
        }
    }

    const fn pair(self) -> [char; 2] {
        match self {
            Self::Double => ['"', '"'],
            Self::Single => ['\'', '\''],
            Self::Parentheses => ['(', ')'],
        }
    }
}

impl Rule for LinkTitleStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let links = doc.ast.links().chain(doc.ast.images()).filter_map(|link| link.title_span);
        let definitions = doc.ast.definitions().iter().filter_map(|definition| definition.title);
        let mut titles: Vec<Span> = links.chain(definitions).collect();
        titles.sort_unstable();
        let mut style = self.style;
        for title in titles {
            let written = delimited_title(title);
            let Some(opening) = doc.slice(written).chars().next() else { continue };
            let actual = TitleDelimiter::of(opening);
            let expected = style.or_first(actual);
            if actual != expected {
                let [open, close] = expected.pair();
                let message = format!("link title is in {}, expected {}", name(actual), name(expected));
                sink.report(written, message)
                    .fix_or_help(fix(doc, title, actual, expected), format!("use `{open}…{close}`"));
            }
        }
    }
}

const fn name(delimiter: TitleDelimiter) -> &'static str {
    match delimiter {
        TitleDelimiter::Double => "double quotes",
        TitleDelimiter::Single => "single quotes",
        TitleDelimiter::Parentheses => "parentheses",
    }
}

/// Replaces both delimiters, unless the title contains one of the new ones or an escape.
fn fix(doc: &Document, title: Span, actual: TitleDelimiter, expected: TitleDelimiter) -> Option<Fix> {
    let [open, close] = expected.pair();
    if doc.slice(title).contains([open, close, '\\']) {
        return None;
    }
    let written = delimited_title(title);
    let is_quoted = ![actual, expected].contains(&TitleDelimiter::Parentheses);
    let applicability = if is_quoted { Applicability::Safe } else { Applicability::Unsafe };
    let edits = vec![
        Edit { span: Span::new(written.start, title.start), content: open.into() },
        Edit { span: Span::new(title.end, written.end), content: close.into() },
    ];
    Some(Fix::new(format!("Use {}", name(expected)), applicability, edits))
}
