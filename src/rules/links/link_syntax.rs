use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Changes,
    links::MalformedLink,
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Invalid link syntax
    ///
    /// ## What it does
    ///
    /// Reports text that looks like a link but is not parsed as one: a space between `]` and `(`, a space or a line
    /// break in the destination, a missing parenthesis, a title without quotes, or a URL in brackets without a
    /// destination.
    ///
    /// Swapped brackets and parentheses are reported by `reversed-link`, placeholders such as `[post](ADD LINK)` by
    /// `link-placeholder`.
    ///
    /// ## Why is this bad?
    ///
    /// The page shows the brackets and the URL instead of a link.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [tide table] (https://harbour.example/tides).
    /// ```
    ///
    /// ```md
    /// See the [tide table](https://harbour.example/
    /// tides) and the [map](quay map.png).
    /// ```
    ///
    /// ```md
    /// See the [rules](rules.md "Rules), the [log](https://harbour.example/log and ([https://harbour.example]).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [tide table](https://harbour.example/tides), the [map](<quay map.png>), the [rules](rules.md "Rules"),
    /// the [log](https://harbour.example/log) and (<https://harbour.example>).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Joining a URL that is split between lines at a punctuation character, replacing curly quotes around a title,
    /// and wrapping a bracketed URL in angle brackets are safe. Other fixes are unsafe.
    pub struct LinkSyntax {}
    id = "link-syntax",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
}

impl Rule for LinkSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for slip in &doc.link_facts().slips {
            let Some(link) = MalformedLink::new(slip, &doc.source) else { continue };
            let diagnostic = sink.report(slip.span, format!("invalid link: {}", link.defect));
            diagnostic.help = link.help.map(str::to_owned);
            diagnostic.fixes.extend(link.fix);
        }
    }
}
