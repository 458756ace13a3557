use crate::{
    data::Value,
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    markdown::TextKind,
    rule::{Fixable, Rule},
    spelling::{Names, TermMatcher, Terms},
    text::Span,
};

declare_rule! {
    /// Incorrect spelling of a configured term
    ///
    /// ## What it does
    ///
    /// Reports spellings that the config lists as wrong. `terms` maps the correct spelling of a term to incorrect
    /// ones; `names` lists words that must have exactly this case. Without options, the rule reports nothing.
    ///
    /// URLs are ignored. A term or a name may have at most 256 bytes.
    ///
    /// ## Why is this bad?
    ///
    /// A name should have one spelling: it looks more professional, and a search finds it.
    ///
    /// ## Example
    ///
    /// With `terms: { Harbour Bell: [Harbor Bell, HarbourBell] }` and `names: [PostgreSQL]`:
    ///
    /// ```text
    /// The HarbourBell keeps its log in Postgresql.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// The Harbour Bell keeps its log in PostgreSQL.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe in text and front matter, unless the term is part of a path, a package name or an anchor. In
    /// code and HTML, it is unsafe.
    pub struct Term {
        /// Incorrect spellings by their correct spelling (case-sensitive), in text and in the prose of front matter.
        terms: Terms = Terms::default(),
        /// Names with their correct case.
        names: Names = Names::default(),
        /// Also check the case of `names` in code.
        #[serde(alias = "code_blocks")]
        code_blocks: bool = true,
        /// Also check the case of `names` in HTML tags and comments.
        #[serde(alias = "html_elements")]
        html_elements: bool = true,
    }
    id = "term",
    fixable = Fixable::Always,
    changes = Changes::Words,
    aliases = &["MD044", "proper-names"],
}

impl Rule for Term {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let matcher = TermMatcher::new(&self.terms, &self.names);
        if matcher.is_empty() {
            return;
        }
        let mut check = |span: Span, kind: TextKind| {
            let is_checked = match kind {
                TextKind::Code => self.code_blocks,
                TextKind::Html => self.html_elements,
                _ => true,
            };
            if is_checked {
                self.report(&matcher, doc, span, kind, sink);
            }
        };
        let root = doc.front_matter.as_ref().and_then(|front_matter| front_matter.tree.root.as_ref());
        for node in root.iter().flat_map(|root| doc.reading.keys.iter().flat_map(|key| key.find_all(root))) {
            if matches!(node.value, Value::Scalar(_)) && !node.is_alias(&doc.source) {
                check(node.span, TextKind::FrontMatter);
            }
        }
        doc.ast.for_each_text(&doc.source, check);
    }
}

impl Term {
    fn report(
        &self,
        matcher: &TermMatcher<'_>,
        doc: &Document,
        text: Span,
        kind: TextKind,
        sink: &mut Sink<'_>,
    ) {
        let written = doc.slice(text);
        for found in matcher.misspellings(written, kind) {
            let applicability = if found.is_sure { Applicability::Safe } else { Applicability::Unsafe };
            let (misspelling, right) = (&written[found.range.clone()], found.right);
            if self.names.contains(misspelling) {
                continue;
            }
            let span = Span::from_range(found.range).shift(text.start);
            sink.report(span, format!("`{misspelling}` should be written `{right}`")).fix(Fix::replace(
                format!("Replace with `{right}`"),
                applicability,
                span,
                right,
            ));
        }
    }
}
