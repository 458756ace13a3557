//! Reads YAML, with what our parser refuses and the parsers of most generators and CMSs take.

use super::parse::TreeBuilder;
use super::repairs::Repairs;
use super::source::SourceSlice;
use super::stop::Stop;
use super::{DataFormat, Tree};
use crate::text::Span;

/// Reads YAML. At most one error: the parser cannot go on after it.
pub(super) fn parse(source: &str, span: Span) -> Tree {
    let file = SourceSlice::new(source, span);
    let mut repairs = Repairs::default();
    // What the text is without the repairs that are no use unless the rest of it can be read.
    let mut unrepaired = None;
    let mut attempt = read(file, &mut repairs, &mut unrepaired);
    loop {
        match attempt {
            Attempt::Done(tree) => match unrepaired {
                Some(unrepaired) if !tree.is_complete() => return unrepaired,
                _ => return repairs.note(tree),
            },
            Attempt::Repaired => {
                let (text, blanks) = repairs.apply(file.text);
                attempt = read(file.with_blanks(&text, &blanks), &mut repairs, &mut unrepaired);
            }
        }
    }
}

enum Attempt {
    Done(Tree),
    /// The text has to be read again with further repairs.
    Repaired,
}

fn read(excerpt: SourceSlice<'_>, repairs: &mut Repairs, unrepaired: &mut Option<Tree>) -> Attempt {
    let mut builder = TreeBuilder::new(excerpt);
    let (is_repaired, error) = match builder.run() {
        Ok(()) => (false, None),
        Err(Stop::AdjacentColon { colon, error }) => {
            (repairs.add_colons(excerpt, builder.outermost_bracket(colon), colon), Some(error))
        }
        Err(Stop::Tab { bracket, indent, error }) => {
            (repairs.add_spaces_before_tabs(excerpt, bracket, indent), Some(error))
        }
        Err(Stop::Unindented { quote, indent, error }) => {
            let is_repaired = repairs.add_indentation(excerpt, quote, indent);
            if is_repaired && unrepaired.is_none() {
                *unrepaired = Some(tree(builder, Some(error)));
                return Attempt::Repaired;
            }
            (is_repaired, Some(error))
        }
        Err(Stop::Error(error)) => (false, Some(error)),
    };
    if is_repaired { Attempt::Repaired } else { Attempt::Done(tree(builder, error)) }
}

fn tree(mut builder: TreeBuilder<'_>, error: Option<super::SyntaxError>) -> Tree {
    let root = builder.finish();
    Tree {
        format: DataFormat::Yaml,
        root,
        comments: builder.comments,
        unindented: builder.unindented,
        errors: error.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        data::{DataFormat, Tree, parse},
        text::Span,
    };

    fn read(text: &str) -> Tree {
        parse(text, Span::from_range(0..text.len()), DataFormat::Yaml)
    }

    /// The text with all lines indented that have to be.
    fn indented(text: &str) -> String {
        let tree = read(text);
        let mut fixed = text.to_owned();
        let lines = tree.unindented.iter().flat_map(|it| it.lines.iter().map(|line| (*line, it.indent)));
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        for (line, indent) in lines.into_iter().rev() {
            fixed.replace_range(line.range(), &" ".repeat(indent));
        }
        let after = read(&fixed);
        assert!(after.is_complete() && after.unindented.is_empty(), "{fixed}: {after:?}");
        let json = |tree: &Tree| tree.root.as_ref().map(crate::data::Node::to_json);
        assert_eq!(json(&after), json(&tree), "{fixed}");
        fixed
    }

    #[test]
    fn a_quoted_value_may_go_on_unindented() {
        assert_eq!(indented("a: \"b\nc\"\nd: 1\n"), "a: \"b\n c\"\nd: 1\n");
        assert_eq!(indented("a: 'b\r\n\r\nc''\r\nd'\r\n"), "a: 'b\r\n\r\n c''\r\n d'\r\n");
        assert_eq!(indented("a:\n  b:\n  - \"c\n d\n   e\"\n"), "a:\n  b:\n  - \"c\n   d\n   e\"\n");
        assert_eq!(indented("a: [\"b\nc\", {d:[\"e\nf\"]}]\n"), "a: [\"b\n c\", {d:[\"e\n f\"]}]\n");
    }

    #[test]
    fn a_bracketed_value_may_go_on_unindented() {
        assert_eq!(indented("a: [b,\nc,\n  d\n]\ne: 1"), "a: [b,\n c,\n  d\n ]\ne: 1");
        for usual in ["a: [\n  b,\n  c\n]\n", "a: {\n  b: c,\n}\nd: e\n", "[a,\nb]\n"] {
            assert!(read(usual).unindented.is_empty(), "{usual}");
        }
    }

    #[test]
    fn tabs_may_indent_the_lines_of_a_bracketed_value() {
        let tree = read("a: [\n\tb,\n\t\t{c: d}\n\t]\ne: 1\n");
        assert!(tree.is_complete(), "{tree:?}");
        let root = tree.root.as_ref().unwrap();
        assert_eq!(root.to_json().to_string(), r#"{"a":["b",{"c":"d"}],"e":1}"#);
        for text in ["a:\n\t- b\n", "a: [b]\n\tc: d\n"] {
            assert!(!read(text).is_complete(), "{text}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_still_one() {
        for text in ["a: \"b\nc: d\n", "a: \"b\nc: \"d\"\n", "a: \"b\nc\" d\n", "a: \"b\n\nc: d \"\n"] {
            let tree = read(text);
            assert_eq!(tree.errors.len(), 1, "{text}");
            assert_eq!(tree.errors[0].message, "missing closing quote", "{text}");
            assert!(tree.unindented.is_empty(), "{text}");
        }
    }
}
