//! A config with another term in `spelling.terms`.

use crate::{
    data::{self, Entry, Format, Node, Value, yaml_scalar},
    text::Span,
};

/// Why a config file is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotAdd {
    /// It has the term.
    Present,
    /// It is not well formed, or `spelling` or `terms` is not a block of lines with a key each.
    Layout,
}

/// The YAML text of a config with a term and its incorrect spellings, before the other terms. Nothing else changes.
///
/// # Errors
///
/// If the config has the term, or has no place for a line with it.
pub fn add_term(text: &str, name: &str, incorrect: &[String]) -> Result<String, CannotAdd> {
    let parse = |text: &str| data::parse(text, Span::new(0, text.len() as u32), Format::Yaml);
    let tree = parse(text);
    if !tree.errors.is_empty() {
        return Err(CannotAdd::Layout);
    }
    let spelling = tree.root.as_ref().and_then(|root| root.entry("spelling"));
    let terms = spelling.and_then(|spelling| spelling.value.entry("terms"));
    if terms.is_some_and(|terms| terms.value.entry(name).is_some()) {
        return Err(CannotAdd::Present);
    }
    let forms: Vec<_> = incorrect.iter().map(|form| yaml_scalar(form)).collect();
    let term = format!("{}: [{}]", yaml_scalar(name), forms.join(", "));
    let added = match (spelling, terms) {
        (_, Some(terms)) => insert(text, &terms.value, &[&term])?,
        (Some(spelling), None) => insert(text, &spelling.value, &["terms:", &format!("  {term}")])?,
        (None, None) => {
            let is_open = !text.is_empty() && !text.ends_with('\n');
            format!("{text}{}spelling:\n  terms:\n    {term}\n", if is_open { "\n" } else { "" })
        }
    };
    let tree = parse(&added);
    let is_there = tree.errors.is_empty()
        && tree
            .root
            .as_ref()
            .and_then(|root| root.entry("spelling")?.value.entry("terms")?.value.entry(name))
            .is_some();
    if is_there { Ok(added) } else { Err(CannotAdd::Layout) }
}

/// The text with lines before the first entry of a block mapping, indented like it.
fn insert(text: &str, block: &Node, lines: &[&str]) -> Result<String, CannotAdd> {
    let Value::Mapping(mapping) = &block.value else { return Err(CannotAdd::Layout) };
    let first: &Entry = mapping.entries.first().ok_or(CannotAdd::Layout)?;
    let at = first.key.span.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = &text[start..at];
    if !indent.bytes().all(|byte| byte == b' ') {
        return Err(CannotAdd::Layout);
    }
    let lines: String = lines.iter().flat_map(|line| [indent, line, "\n"]).collect();
    Ok(format!("{}{lines}{}", &text[..start], &text[start..]))
}

#[cfg(test)]
mod tests {
    use super::{CannotAdd, add_term};

    fn add(text: &str) -> Result<String, CannotAdd> {
        add_term(text, "TideLedger", &["Tide Ledger".to_owned()])
    }

    #[test]
    fn a_term_is_added_where_the_terms_are() {
        let term = "TideLedger: [\"Tide Ledger\"]\n";
        assert_eq!(add(""), Ok(format!("spelling:\n  terms:\n    {term}")));
        assert_eq!(add("paths: [a]"), Ok(format!("paths: [a]\nspelling:\n  terms:\n    {term}")));
        let text = "spelling: # ours\n  words: [quay]\nrules: {}\n";
        let expected = format!("spelling: # ours\n  terms:\n    {term}  words: [quay]\nrules: {{}}\n");
        assert_eq!(add(text), Ok(expected));
        let text = "spelling:\n   terms:\n      # names\n      Quay: []\n";
        let expected = format!("spelling:\n   terms:\n      # names\n      {term}      Quay: []\n");
        assert_eq!(add(text), Ok(expected));
    }

    #[test]
    fn a_config_without_a_place_for_it_is_left_alone() {
        for text in
            ["spelling: {}\n", "spelling: { words: [a] }\n", "spelling:\n  terms: {}\n", "a: [\n", "- a\n"]
        {
            assert_eq!(add(text), Err(CannotAdd::Layout), "{text}");
        }
        assert_eq!(add("spelling:\n  terms:\n    TideLedger: []\n"), Err(CannotAdd::Present));
    }

    #[test]
    fn names_that_yaml_reads_otherwise_are_yaml_scalar() {
        let added = add_term("", "on", &["a: b".to_owned(), "\"".to_owned()]);
        assert_eq!(added.as_deref(), Ok("spelling:\n  terms:\n    \"on\": [\"a: b\", \"\\\"\"]\n"));
    }
}
