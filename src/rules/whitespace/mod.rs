//! Rules about whitespace and invisible characters.

pub(super) mod byte_order_mark;
pub(super) mod double_space;
pub(super) mod final_newline;
pub(super) mod hard_tab;
pub(super) mod invisible_character;
pub(super) mod line_length;
mod list_lines;
pub(super) mod mixed_line_endings;
pub(super) mod mixed_quotes;
pub(super) mod multiple_blank_lines;
pub(super) mod trailing_space;
