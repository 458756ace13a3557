use crate::{
    data::{DataFormat, Meaning, Node, ScalarNotation},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    front_matter::rewrite::{Quotes, quoted},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Value cut off by a comment
    ///
    /// ## What it does
    ///
    /// Reports unquoted YAML values that end at ` #` although the text after it seems to be part of the value: it is a
    /// number, a color, or a single word attached to the `#`.
    ///
    /// ## Why is this bad?
    ///
    /// In YAML, a `#` after a space starts a comment: the title is published without its end, and a color is empty.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Pier #4 is open
    /// color: #ff0000
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: "Pier #4 is open"
    /// color: "#ff0000"
    /// draft: true # until Monday
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Quoting the value is unsafe: the text may be meant as a comment.
    ///
    /// ## References
    ///
    /// - [YAML: Comments](https://yaml.org/spec/1.2.2/#66-comments)
    pub struct TruncatedValue {}
    id = "truncated-value",
    fixable = Fixable::Sometimes,
}

impl Rule for TruncatedValue {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = doc.front_matter.as_ref().filter(|it| it.tree.format == DataFormat::Yaml)
        else {
            return;
        };
        let tree = &front_matter.tree;
        let Some(root) = tree.root.as_ref().filter(|_| !tree.comments.is_empty()) else { return };
        let values = root.values().filter(|(_, node)| node.tag.is_none() && !node.is_alias(&doc.source));
        for (key, node) in values {
            let next = tree.comments.partition_point(|comment| comment.start < node.span.end);
            let Some(comment) = tree.comments.get(next).copied() else { continue };
            let gap = doc.slice(Span::new(node.span.end, comment.start));
            let comment_text = doc.slice(comment);
            if !gap.trim_matches([' ', '\t']).is_empty() || !is_cut(node, comment_text) {
                continue;
            }
            // A template says what belongs there: `title: Low Tide #post title`.
            if key.and_then(Node::as_str).is_some_and(|key| names_key(comment_text, key)) {
                continue;
            }
            let whole = if node.span.is_empty() { comment } else { node.span.join(comment) };
            let text = quoted(doc.slice(whole).trim_end(), DataFormat::Yaml, Quotes::Double);
            let message = if node.span.is_empty() {
                "value is parsed as a comment"
            } else {
                "value is cut off at ` #`"
            };
            sink.report(comment, message).note("parsed as a comment").fix_or_help(
                text.map(|text| Fix::replace("Quote the whole value", Applicability::Unsafe, whole, text)),
                "quote the whole value",
            );
        }
    }
}

/// Whether one of several words of a comment is a key.
fn names_key(comment: &str, key: &str) -> bool {
    let words = || comment.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
    words().filter(|word| !word.is_empty()).nth(1).is_some()
        && words().any(|word| word.eq_ignore_ascii_case(key))
}

/// Whether a comment is the rest of a value.
fn is_cut(node: &Node, comment: &str) -> bool {
    let Some(scalar) = node.as_scalar().filter(|scalar| scalar.style == ScalarNotation::Plain) else {
        return false;
    };
    let rest = comment.trim_start_matches('#').trim_end();
    let is_one_word = !rest.is_empty() && !rest.contains(char::is_whitespace);
    let is_attached = rest.starts_with(char::is_alphanumeric) && !comment.starts_with("##");
    let is_note =
        ["TODO", "FIXME", "XXX", "NOTE"].iter().any(|word| rest.to_ascii_uppercase().starts_with(word));
    let is_number = is_attached && rest.starts_with(|c: char| c.is_ascii_digit());
    if node.span.is_empty() {
        return is_attached && is_one_word && !is_note;
    }
    let is_phrase = scalar.text.contains(' ');
    match scalar.meaning {
        // `C #` ends with a `#`.
        Meaning::String => {
            is_number
                || is_phrase && (rest.is_empty() || is_attached && !is_note)
                || is_attached && is_one_word && !is_note
        }
        _ => false,
    }
}
