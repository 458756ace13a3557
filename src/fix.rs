//! What could be written instead: edits that stand or fall together.

use crate::text::Span;

/// How far a fix can be trusted.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown, never applied: it holds a placeholder or asks for a decision.
    #[serde(rename = "display")]
    DisplayOnly,
    /// Probably what is meant; applied on request.
    Unsafe,
    /// The rendered page stays the same, or the new text is certainly what was meant.
    Safe,
}

/// New text for a range of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to write there.
    pub content: String,
}

/// A change to one file: the file of the diagnostic's primary label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor's menu would say it.
    pub title: String,
    /// How far it can be trusted.
    pub applicability: Applicability,
    edits: Vec<Edit>,
}

impl Fix {
    /// A fix of disjoint edits; they are sorted here and applied all or not at all.
    pub fn new(title: impl Into<String>, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        debug_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        Self { title: title.into(), applicability, edits }
    }

    /// The usual fix: one range, new text.
    pub fn replace(
        title: impl Into<String>,
        applicability: Applicability,
        span: Span,
        content: impl Into<String>,
    ) -> Self {
        Self::new(title, applicability, vec![Edit { span, content: content.into() }])
    }

    /// Gives edits another text, where `text` has one; then the fix is no more than something to look at.
    pub fn rewrite(&mut self, text: impl Fn(&Edit) -> Option<String>) {
        for edit in &mut self.edits {
            if let Some(content) = text(edit) {
                edit.content = content;
                self.applicability = Applicability::DisplayOnly;
            }
        }
    }

    /// The edits, sorted and disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}
