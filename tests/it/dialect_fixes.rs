//! Safe fixes of pages that nest the constructs of every dialect in those of Markdown.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use copydesk::{
    diagnostic::{Diagnostic, Severity},
    fix::{Applicability, Changes},
    internals::{
        lint::fix_to_fixpoint,
        markdown::{Dialect, NodeKind},
    },
};
use proptest::{prelude::*, sample::Index};

use crate::{
    dialects::{PIECES, dialect_of, document, findings, heads, texts},
    growth::combine::{CONSTRUCTS, Construct, DIALECTS, push_numbered},
};

/// What is written next.
#[derive(Debug, Clone)]
enum Step {
    /// The beginning of a construct of the dialect, which is ended later.
    OpenOfDialect(Index),
    /// The beginning of one of Markdown.
    Open(Index),
    /// The end of the construct that was begun last.
    Close,
    /// A piece of a page.
    Piece(Index),
    /// A blank line.
    Blank,
    /// The columns of a body.
    Indent,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<Index>().prop_map(Step::OpenOfDialect),
        3 => any::<Index>().prop_map(Step::Open),
        4 => Just(Step::Close),
        4 => any::<Index>().prop_map(Step::Piece),
        2 => Just(Step::Blank),
        1 => Just(Step::Indent),
    ]
}

/// A page of a dialect.
fn page() -> impl Strategy<Value = (String, Dialect)> {
    let steps = proptest::collection::vec(step(), 1..20);
    (any::<Index>(), steps).prop_map(|(dialect, steps)| {
        let of_dialect = dialect.get(DIALECTS);
        (written(&steps, of_dialect.1), dialect_of(of_dialect))
    })
}

fn written(steps: &[Step], constructs: &[Construct]) -> String {
    let mut page = String::new();
    let mut open: Vec<&Construct> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        match step {
            Step::OpenOfDialect(index) => open.push(index.get(constructs)),
            Step::Open(index) => open.push(index.get(CONSTRUCTS)),
            Step::Close => {
                let end = open.pop().map_or("\n", |construct| construct.1);
                push_numbered(&mut page, end, number);
                continue;
            }
            Step::Piece(index) => page.push_str(PIECES[index.index(PIECES.len())]),
            Step::Blank => page.push_str("\n\n"),
            Step::Indent => page.push_str("\n    "),
        }
        if let (Step::OpenOfDialect(_) | Step::Open(_), Some(construct)) = (step, open.last()) {
            push_numbered(&mut page, construct.0, number);
        }
    }
    while let Some(construct) = open.pop() {
        push_numbered(&mut page, construct.1, 0);
    }
    page
}

/// The rules that report errors.
fn errors(findings: &[Diagnostic]) -> BTreeSet<&'static str> {
    findings.iter().filter(|it| it.severity == Severity::Error).map(|it| it.rule.id).collect()
}

/// The headings, blocks of code and tables of a page, each with how many containers it is in.
fn blocks(source: &str, dialect: Dialect) -> Vec<(NodeKind, usize)> {
    let document = document(source, dialect);
    let containers: Vec<_> = document.ast.dialect_containers().collect();
    let kinds = [NodeKind::Heading, NodeKind::CodeBlock, NodeKind::Table];
    let blocks = document.ast.nodes().filter(|node| kinds.contains(&node.kind()));
    blocks
        .map(|node| (node.kind(), containers.iter().filter(|it| it.contains(node.span())).count()))
        .collect()
}

proptest! {
    #![proptest_config(crate::common::cases(400))]

    #[test]
    fn safe_fixes_keep_islands_and_make_no_errors((source, dialect) in page()) {
        let path: Arc<Path> = Arc::from(Path::new("page.md"));
        let given: Arc<str> = source.as_str().into();
        let check = |text: &Arc<str>| findings(text, dialect, "strict");
        let before = check(&given);
        let fixed = fix_to_fixpoint((&path, dialect), &given, &before, Applicability::Safe, check);
        prop_assert_eq!(texts(&source, dialect), texts(&fixed.text, dialect), "{:?}", fixed.text);
        prop_assert_eq!(heads(&source, dialect), heads(&fixed.text, dialect), "{:?}", fixed.text);
        let before = errors(&before);
        let new: Vec<_> = errors(&check(&fixed.text)).difference(&before).copied().collect();
        prop_assert!(new.is_empty(), "{:?} in {:?}", new, fixed.text);
    }

    #[test]
    fn safe_fixes_leave_blocks_in_their_containers((source, dialect) in page()) {
        let path: Arc<Path> = Arc::from(Path::new("page.md"));
        let given: Arc<str> = source.as_str().into();
        let check = |text: &Arc<str>| {
            let found = findings(text, dialect, "strict").into_iter();
            found.filter(|it| it.rule.changes == Changes::Nothing).collect::<Vec<_>>()
        };
        let fixed = fix_to_fixpoint((&path, dialect), &given, &check(&given), Applicability::Safe, check);
        prop_assert_eq!(blocks(&source, dialect), blocks(&fixed.text, dialect), "{:?}", fixed.text);
    }
}
