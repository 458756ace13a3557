use crate::{declare_rule, diagnostic::Sink, document::Document, markdown::TagForm, rule::Rule, text::Span};

declare_rule! {
    /// Unclosed code span
    ///
    /// ## What it does
    ///
    /// Reports backticks that look like the start or the end of a code span and have no counterpart of the same
    /// length in the same paragraph. Quotes in the style of LaTeX, as in ``` ``tide'' ```, are accepted.
    ///
    /// ## Why is this bad?
    ///
    /// The backticks are rendered literally, and the code as ordinary text. In a paragraph with several code spans, text
    /// and code are swapped.
    ///
    /// ## Example
    ///
    /// ```md
    /// Ask with `tide --now, then wait.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Ask with `tide --now`, then wait. A literal \` is escaped.
    /// ```
    ///
    /// ## References
    ///
    /// - [CommonMark: Code spans](https://spec.commonmark.org/0.31.2/#code-spans)
    pub struct UnclosedCodeSpan {}
    id = "unclosed-code-span",
}

impl Rule for UnclosedCodeSpan {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let runs = &doc.bare_marks().backticks;
        if runs.is_empty() {
            return;
        }
        let split_cells = doc.ast.split_code(&doc.source, runs);
        for block in runs.chunk_by(|one, two| one.1 == two.1) {
            let is_split = |run: Span| {
                let next = split_cells.partition_point(|split| split.code.end <= run.start);
                split_cells.get(next).is_some_and(|split| split.code.contains(run))
            };
            let mut meant = block.iter().map(|(run, _)| *run).filter(|run| is_meant(doc, *run));
            if let Some(run) = meant.next().filter(|run| !is_split(*run)) {
                let marker = doc.slice(run);
                sink.report(run, "unclosed code span")
                    .help(format!("add the missing `` {marker} ``, or escape it with a backslash"));
            }
        }
    }
}

/// What encloses a character that a text is about.
const ENCLOSING: [[char; 2]; 4] = [['(', ')'], ['"', '"'], ['“', '”'], ['\'', '\'']];

/// Whether a run of backticks is at one side of a word, and is not an opening quote with a closing one after it.
fn is_meant(doc: &Document, run: Span) -> bool {
    let line = doc.line(doc.lines.line_of(run.start));
    let before = doc.slice(Span::new(line.start, run.start));
    let after = doc.slice(Span::new(run.end, line.end.max(run.end)));
    let opens = after.starts_with(|c: char| !c.is_whitespace()) && !before.ends_with(char::is_alphanumeric);
    let closes = before.ends_with(|c: char| !c.is_whitespace()) && !after.starts_with(char::is_alphanumeric);
    let is_quote = opens && after.split('`').next().is_some_and(|text| text.contains(['\'', '’', '´']));
    // The text is about them: use backticks (`).
    let is_named = ENCLOSING.iter().any(|[open, close]| before.ends_with(*open) && after.starts_with(*close));
    (opens || closes) && !is_quote && !is_named && !is_in_code_element(doc, run)
}

/// Whether a run of backticks is in an element that shows it as code: the tag before it opens one.
fn is_in_code_element(doc: &Document, run: Span) -> bool {
    let tags = doc.html_tags();
    let before = tags.partition_point(|tag| tag.span.start < run.start);
    before.checked_sub(1).is_some_and(|at| {
        tags[at].form == TagForm::Opening && ["code", "kbd", "samp", "tt", "pre"].contains(&&*tags[at].name)
    })
}
