//! Where a finding is shown.

use crate::data::{DataFormat, Node, ScalarNotation, Segment};
use crate::fix::{Applicability, Fix};
use crate::front_matter::rewrite::{Quotes, quoted, retext};
use crate::text::Span;

use super::describe;

/// What is checked.
pub(super) struct CheckedPage<'p> {
    pub(super) root: &'p Node,
    /// The place of what the root lacks.
    pub(super) anchor: Span,
    pub(super) format: DataFormat,
    /// What messages call the whole.
    pub(super) subject: &'p str,
}

/// A value on the page.
pub(super) struct ValuePlace<'p> {
    pub(super) path: Vec<Segment>,
    pub(super) node: &'p Node,
    /// The key of the value; an item of a list has none.
    key: Option<&'p Node>,
    page: &'p CheckedPage<'p>,
}

impl<'p> CheckedPage<'p> {
    /// The value that a JSON pointer of a validation error names.
    pub(super) fn place(&'p self, pointer: &str) -> ValuePlace<'p> {
        let path = self.root.pointer(pointer).unwrap_or_default();
        let node = self.root.at(&path).unwrap_or(self.root);
        let owned = matches!(path.last(), Some(Segment::Key(_)));
        let key = self.root.entry_at(&path).filter(|_| owned).map(|entry| &entry.key);
        ValuePlace { path, node, key, page: self }
    }
}

impl ValuePlace<'_> {
    /// Where a value that does not fit is shown: the value itself; the key of a collection or of nothing.
    pub(super) fn value(&self) -> Span {
        if !self.node.is_collection() && !self.node.span.is_empty() {
            return self.node.span;
        }
        self.owner()
    }

    /// Where something is shown that a collection lacks: its key, its first key in a list, the anchor at the root.
    pub(super) fn owner(&self) -> Span {
        match self.key {
            Some(key) => key.span,
            None if self.path.is_empty() => self.page.anchor,
            None => head(Some(self.node), self.node.span),
        }
    }

    /// Where an entry of this mapping is shown: its key.
    pub(super) fn entry(&self, key: &str) -> Span {
        self.node.entry(key).map_or_else(|| self.owner(), |entry| entry.key.span)
    }

    /// What messages call the value.
    pub(super) fn name(&self) -> String {
        describe::name(&self.path, self.page.subject)
    }

    /// What messages call the mapping that this is: the nearest key, also from within a list.
    pub(super) fn mapping_name(&self) -> String {
        describe::owner(&self.path).map_or_else(|| self.page.subject.to_owned(), describe::quoted)
    }

    /// Whether this is the whole page.
    pub(super) fn is_root(&self) -> bool {
        self.path.is_empty()
    }

    /// A list of one text, as the page's notation writes it.
    pub(super) fn in_brackets(&self, text: &str) -> String {
        match self.page.format {
            DataFormat::Yaml => format!("`[{}]`", describe::cut(text)),
            DataFormat::Json | DataFormat::Jsonc | DataFormat::Toml => {
                format!("`[\"{}\"]`", describe::cut(text))
            }
        }
    }

    /// The value, as a text in quotes.
    pub(super) fn quoted(&self) -> Option<Fix> {
        let text = self.node.text().filter(|_| self.is_one_line())?;
        let text = quoted(text, self.page.format, Quotes::Single)?;
        Some(Fix::replace("Quote the value", Applicability::Safe, self.node.span, text))
    }

    /// The value without its quotes, where without them it is not text.
    pub(super) fn unquoted(&self) -> Option<Fix> {
        let text = self.node.text().filter(|_| self.is_one_line())?;
        Some(Fix::replace("Remove the quotes", Applicability::Safe, self.node.span, text))
    }

    /// Whether the value is a scalar on one line, of which nothing says what it is but itself.
    fn is_one_line(&self) -> bool {
        let scalar = self.node.as_scalar().filter(|_| self.node.tag.is_none() && !self.node.span.is_empty());
        scalar.is_some_and(|scalar| scalar.style != ScalarNotation::Block)
    }

    /// Another text in the place of the value, in the quotes that it has.
    pub(super) fn retext(&self, text: &str) -> Option<Fix> {
        let new = retext(self.node, self.page.format, text)?;
        Some(Fix::replace(
            format!("Replace with {}", describe::quoted(text)),
            Applicability::Unsafe,
            self.node.span,
            new,
        ))
    }

    /// Another name for a key of this mapping.
    pub(super) fn rename(&self, key: &str, name: &str, trust: Applicability) -> Option<Fix> {
        let key = &self.node.entry(key)?.key;
        let new = retext(key, self.page.format, name)?;
        Some(Fix::replace(format!("Rename to {}", describe::quoted(name)), trust, key.span, new))
    }

    /// Whether this is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        matches!(self.path.last(), Some(Segment::Index(_)))
    }

    /// A text in quotes, as the page's notation writes it.
    pub(super) fn in_quotes(&self, text: &str) -> String {
        match self.page.format {
            DataFormat::Yaml => format!("`'{}'`", describe::cut(text)),
            DataFormat::Json | DataFormat::Jsonc | DataFormat::Toml => {
                format!("`\"{}\"`", describe::cut(text))
            }
        }
    }
}

/// The first key of a mapping; `span` where there is none.
pub(super) fn head(node: Option<&Node>, span: Span) -> Span {
    node.and_then(|node| node.entries().first()).map_or(span, |entry| entry.key.span)
}
