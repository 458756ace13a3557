//! Rules about lists.

pub(super) mod bullet_indent;
pub(super) mod bullet_style;
pub(super) mod list_blank_lines;
pub(super) mod list_indent;
pub(super) mod list_marker_space;
pub(super) mod ordered_list_number;
pub(super) mod task_marker_style;
