use crate::{
    data::{DataFormat, Node, ScalarNotation},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    front_matter::rewrite::{Quotes, quoted},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Value in curly quotes
    ///
    /// ## What it does
    ///
    /// Reports unquoted YAML values and keys that are completely enclosed in curly quotes.
    ///
    /// ## Why is this bad?
    ///
    /// YAML values are quoted with straight quotes. Curly quotes, as word processors insert them, are part of the
    /// value: a date or a layout in curly quotes is invalid.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Low tide
    /// layout: “post”
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: “Low tide” at the pier
    /// layout: "post"
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Replacing the quotes is unsafe: they may be part of the text.
    ///
    /// ## References
    ///
    /// - [YAML: Double-quoted style](https://yaml.org/spec/1.2.2/#731-double-quoted-style)
    pub struct CurlyQuotes {}
    id = "curly-quotes",
    fixable = Fixable::Sometimes,
}

impl Rule for CurlyQuotes {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = doc.front_matter.as_ref().filter(|it| it.tree.format == DataFormat::Yaml)
        else {
            return;
        };
        let Some(root) = &front_matter.tree.root else { return };
        let keys = root.values().flat_map(|(_, node)| node.entries()).map(|entry| &entry.key);
        let nodes = keys.chain(root.values().map(|(_, node)| node));
        for node in nodes.filter(|node| !node.is_alias(&doc.source)) {
            let Some(inner) = enclosed(node) else { continue };
            let text = quoted(inner, DataFormat::Yaml, Quotes::Double);
            let fix =
                text.map(|text| Fix::replace("Use straight quotes", Applicability::Unsafe, node.span, text));
            sink.report(node.span, "curly quotes do not quote a value")
                .note("the quotes are part of the value")
                .fix_or_help(fix, "use straight quotes");
        }
    }
}

/// The text between the curly quotes that enclose all of a plain scalar.
fn enclosed(node: &Node) -> Option<&str> {
    let scalar = node.as_scalar().filter(|scalar| scalar.style == ScalarNotation::Plain)?;
    let inner = scalar.text.strip_prefix(['“', '”', '„', '‘', '’'])?.strip_suffix(['”', '“', '’', '‘'])?;
    let is_one = !inner.contains(['“', '”', '„', '"']);
    is_one.then_some(inner)
}
