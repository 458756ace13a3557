//! Rules about tables.

pub(super) mod pipe_in_code;
pub(super) mod table_blank_lines;
pub(super) mod table_column_count;
mod table_layout;
pub(super) mod table_pipe_style;
mod table_spacing;
pub(super) mod table_style;
pub(super) mod unrendered_table;

use crate::{document::Document, text::Span};

/// Whether lines of a table end with a backslash, which joins them to one row where a plugin reads tables of `MultiMarkdown`.
fn joins_rows(doc: &Document, table: Span) -> bool {
    doc.slice(table).lines().any(|line| line.trim_end().ends_with('\\'))
}
