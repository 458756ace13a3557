//! Rules about tables.

pub(super) mod pipe_in_code;
pub(super) mod table_blank_lines;
pub(super) mod table_column_count;
mod table_layout;
pub(super) mod table_pipe_style;
mod table_spacing;
pub(super) mod table_style;
pub(super) mod unrendered_table;
