//! A config with another line: a term in `spelling.terms`, or a URL in `links.moved`.

use crate::{
    data::{self, DataFormat, Entry, Node, Value, yaml_scalar},
    text::Span,
};

/// Why a config file is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotAdd {
    /// It has the key.
    Present,
    /// It is not well formed, or the mappings are not blocks of lines with a key each.
    Layout,
}

/// The YAML text of a config with a term and its incorrect spellings, before the other terms. Nothing else changes.
///
/// # Errors
///
/// If the config has the term, or has no place for a line with it.
pub fn add_term(text: &str, name: &str, incorrect: &[String]) -> Result<String, CannotAdd> {
    let forms: Vec<_> = incorrect.iter().map(|form| yaml_scalar(form)).collect();
    add(text, ["spelling", "terms"], name, &format!("[{}]", forms.join(", ")))
}

/// The YAML text of a config with a moved URL, before the others. Nothing else changes.
///
/// # Errors
///
/// If the config has the URL, or has no place for a line with it.
pub fn add_move(text: &str, from: &str, to: &str) -> Result<String, CannotAdd> {
    add(text, ["links", "moved"], from, &yaml_scalar(to))
}

/// Adds a key with a value, in YAML, to a mapping in a section.
fn add(text: &str, [section, mapping]: [&str; 2], key: &str, value: &str) -> Result<String, CannotAdd> {
    let parse = |text: &str| data::parse(text, Span::new(0, text.len() as u32), DataFormat::Yaml);
    let tree = parse(text);
    if !tree.errors.is_empty() {
        return Err(CannotAdd::Layout);
    }
    let outer = tree.root.as_ref().and_then(|root| root.entry(section));
    let inner = outer.and_then(|outer| outer.value.entry(mapping));
    if inner.is_some_and(|inner| inner.value.entry(key).is_some()) {
        return Err(CannotAdd::Present);
    }
    let line = format!("{}: {value}", yaml_scalar(key));
    let added = match (outer, inner) {
        (_, Some(inner)) => insert(text, &inner.value, &[&line])?,
        (Some(outer), None) => insert(text, &outer.value, &[&format!("{mapping}:"), &format!("  {line}")])?,
        (None, None) => {
            let is_open = !text.is_empty() && !text.ends_with('\n');
            format!("{text}{}{section}:\n  {mapping}:\n    {line}\n", if is_open { "\n" } else { "" })
        }
    };
    let tree = parse(&added);
    let found =
        tree.root.as_ref().and_then(|root| root.entry(section)?.value.entry(mapping)?.value.entry(key));
    if tree.errors.is_empty() && found.is_some() { Ok(added) } else { Err(CannotAdd::Layout) }
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
    use super::{CannotAdd, add_move, add_term};

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
    fn a_moved_url_is_added_where_the_others_are() {
        let text = "links:\n  moved:\n    http://a.example/: https://a.example/\n";
        let added = add_move(text, "http://b.example/", "https://b.example/x");
        let line = "    \"http://b.example/\": \"https://b.example/x\"\n";
        assert_eq!(added, Ok(text.replace("  moved:\n", &format!("  moved:\n{line}"))));
        assert_eq!(add_move(text, "http://a.example/", "x"), Err(CannotAdd::Present));
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
