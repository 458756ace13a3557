//! Fixes, round by round until there are none left.

use std::{path::Path, sync::Arc};

use copydesk::{
    fix::Applicability,
    internals::{
        front_matter::FrontMatter,
        lint::{Fixed, fix_to_fixpoint},
        markdown::{Dialect, Rendering, View},
    },
};

use crate::{
    desk::{Desk, MARKDOWNLINT, PAGE, STRICT, STYLE},
    text,
};

/// Fixes come to an end, a second run finds nothing left to do, and fixes of style leave what readers see.
///
/// The length of the text decides which rules and fixes: each of them on every text would take four times as long.
pub fn run(bytes: &[u8]) {
    let source: Arc<str> = text(bytes).into();
    let (desk, min_applicability) = match source.len() % 4 {
        0 => (&*STYLE, Applicability::Safe),
        1 => (&*STRICT, Applicability::Safe),
        2 => (&*STRICT, Applicability::Unsafe),
        _ => (&*MARKDOWNLINT, Applicability::Unsafe),
    };
    let first = fixed(desk, &source, min_applicability);
    let endless = first.held.iter().find(|reason| reason.contains("undo each other"));
    assert!(endless.is_none(), "{endless:?}");
    if min_applicability == Applicability::Safe && source.len() % 4 == 0 {
        let (before, after) = (rendering(&source), rendering(&first.text));
        assert!(before.equals(&after, View::Whole), "readers see a difference: {:?}", first.text);
    }
    if first.held.is_empty() {
        let second = fixed(desk, &first.text, min_applicability);
        assert_eq!(second.text, first.text, "a second run has something left to do");
        assert!(second.fixed.is_empty());
    }
}

fn fixed(desk: &Desk, source: &Arc<str>, min_applicability: Applicability) -> Fixed {
    let path: Arc<Path> = Path::new(PAGE).into();
    let check = |text: &Arc<str>| desk.findings(text.as_bytes());
    fix_to_fixpoint((&path, Dialect::UNKNOWN), source, &check(source), min_applicability, check)
}

fn rendering(text: &str) -> Rendering {
    Rendering::of(text, FrontMatter::parse(text).1, Dialect::UNKNOWN)
}
