use crate::{
    data::{DataFormat, SyntaxError, SyntaxErrorKind},
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Edit, Fix},
    front_matter::{
        BareLines,
        rewrite::{Quotes, quoted},
    },
    rule::{Fixable, Rule},
    site::Site,
    text::Span,
};

declare_rule! {
    /// Invalid front matter syntax
    ///
    /// ## What it does
    ///
    /// Reports front matter that is not valid YAML, TOML or JSON, that is not a mapping, and TOML between `---` delimiters.
    ///
    /// Quoted and bracketed values in YAML whose continuation lines are not indented are reported as warnings: the
    /// specification forbids them, but many parsers accept them.
    ///
    /// ## Why is this bad?
    ///
    /// A site generator that cannot parse the front matter fails the build, or publishes the page without its title
    /// and date. The most common error is an unquoted title with a colon: YAML parses the part before the colon as a
    /// key.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights: a walk at night
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: "Harbour lights: a walk at night"
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Quoting a value that contains a colon is safe: it has no other valid interpretation. So is indenting the
    /// continuation lines of a value, which does not change it. Other errors have no fix.
    pub struct FrontMatterSyntax {}
    id = "front-matter-syntax",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for FrontMatterSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        if front_matter.closing.is_none() || doc.front_matter_search.bare_lines == BareLines::Only {
            return; // The first is reported by `missing-front-matter`, with everything that follows from it.
        }
        if front_matter.is_misdelimited_toml(&doc.source) {
            sink.report(front_matter.opening, "TOML between `---` delimiters")
                .note("parsed as YAML")
                .help("use `+++` delimiters, or write `key: value`");
            return;
        }
        // `invalid-encoding` reports NUL bytes.
        let errors = front_matter.tree.errors.iter().filter(|error| doc.slice(error.span) != "\0");
        for error in errors {
            let found = sink.report(error.span, &error.message);
            found.explain(error.help.as_deref(), &error.related);
            found.fixes.extend(quote(doc, error, front_matter.tree.format));
        }
        let root = front_matter.tree.root.as_ref().filter(|_| front_matter.tree.is_complete());
        if let Some(root) = root.filter(|root| root.as_mapping().is_none()) {
            let found = root.kind_name();
            sink.report(root.span, format!("expected keys with values, found {found}"))
                .help("write `key: value` on each line; if the lines are text, put a blank line after the first `---`");
        }
        for value in &front_matter.tree.unindented {
            let edit = |line: &Span| Edit { span: *line, content: " ".repeat(value.indent) };
            let edits = value.lines.iter().map(edit).collect();
            sink.report(value.span, "continuation lines of the value are not indented")
                .at_most(Severity::Warning)
                .note("YAML parsers disagree about whether this is valid")
                .fix(Fix::new("Indent the continuation lines", Applicability::Safe, edits));
        }
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        for data in site.checked_data() {
            for error in &data.tree.errors {
                let found = sink.report_at(Label::new(&data.path, error.span), &error.message);
                found.explain(error.help.as_deref(), &error.related);
            }
        }
    }
}

/// Quotes a value that contains a colon. It has no other valid interpretation.
fn quote(doc: &Document, error: &SyntaxError, format: DataFormat) -> Option<Fix> {
    let SyntaxErrorKind::UnquotedColon { value } = error.kind else { return None };
    let text = quoted(doc.slice(value), format, Quotes::Double)?;
    Some(Fix::replace("Quote the value", Applicability::Safe, value, text))
}
