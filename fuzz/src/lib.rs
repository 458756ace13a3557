//! What holds for any input whatever: one function for each part of the program, which panics where it does not hold.
//!
//! `targets/` gives them to the fuzzer; docs/fuzzing.md says what each promises.

#![forbid(unsafe_code)]

pub mod check;
pub mod config;
pub mod dialects;
pub mod fix;
pub mod growth;
pub mod markdown;
pub mod report;
pub mod schema;
pub mod split;
pub mod suppressions;
pub mod yaml;

#[path = "../../tests/it/growth/combine.rs"]
mod combine;
mod desk;
mod formats;
#[expect(dead_code, reason = "what holds for well-placed trees only is for the tests")]
#[path = "../../tests/it/spans/invariants.rs"]
mod invariants;
mod memory;

use std::borrow::Cow;

use copydesk::{diagnostic::Diagnostic, text::Span};

/// The text in some bytes; what is no UTF-8 becomes U+FFFD.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The parts of an input that stands for several files. A byte that no UTF-8 has parts them, so that the fuzzer can
/// change, move and exchange each as a whole.
fn parts(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    bytes.split(|byte| *byte == 0xFF).map(text)
}

/// Requires that a span is a range of whole characters of a text.
#[track_caller]
fn require_span(span: Span, source: &str, what: &dyn std::fmt::Debug) {
    assert!(span.start <= span.end, "{span:?} runs backwards: {what:?}");
    assert!(source.get(span.range()).is_some(), "{span:?} is no range of {} bytes: {what:?}", source.len());
}

/// Requires what the reports rely on: places in the texts, one-line messages, fixes whose edits do not meet.
fn require_sound(found: &Diagnostic, source_of: impl Fn(&std::path::Path) -> Option<std::sync::Arc<str>>) {
    assert_ne!(found.rule.id, "internal-error", "{}", found.message);
    for label in std::iter::once(&found.primary).chain(&found.secondary) {
        match source_of(&label.path) {
            Some(source) => require_span(label.span, &source, found),
            None => assert_eq!(label.span, Span::empty(0), "a place in a file that nobody has: {found:?}"),
        }
    }
    let message = &found.message;
    assert!(!message.is_empty() && !message.ends_with('.') && !message.contains(['\n', '\r']), "{found:?}");
    for fix in &found.fixes {
        assert!(fix.edits().windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{found:?}");
        if let Some(source) = source_of(&found.primary.path) {
            fix.edits().iter().for_each(|edit| require_span(edit.span, &source, found));
        }
    }
}
