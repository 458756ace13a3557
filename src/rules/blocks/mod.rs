//! Rules about block quotes and thematic breaks.

pub(super) mod blank_line_in_blockquote;
pub(super) mod blockquote_marker_space;
mod containers;
pub(super) mod dialect_syntax;
mod mdx_syntax;
mod python_markdown;
mod template_syntax;
pub(super) mod thematic_break_style;
pub(super) mod unknown_alert_type;
