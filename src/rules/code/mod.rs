//! Rules about code blocks and code spans.

pub(super) mod code_block_style;
pub(super) mod code_block_syntax;
pub(super) mod code_span_space;
pub(super) mod curly_quotes_in_code;
pub(super) mod fence_blank_lines;
pub(super) mod fence_style;
mod fences;
pub(super) mod missing_code_language;
pub(super) mod shell_prompt;
pub(super) mod unknown_code_language;
