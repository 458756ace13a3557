//! Rules about headings.

mod contents;
mod contents_layout;
pub(super) mod duplicate_heading;
pub(super) mod emphasis_as_heading;
pub(super) mod emphasis_in_heading;
pub(super) mod extra_closed_heading_space;
pub(super) mod extra_heading_space;
mod hash_lines;
pub(super) mod heading_blank_lines;
pub(super) mod heading_case;
pub(super) mod heading_punctuation;
mod heading_space;
pub(super) mod heading_style;
pub(super) mod indented_heading;
pub(super) mod missing_closed_heading_space;
pub(super) mod missing_heading_space;
pub(super) mod missing_title;
pub(super) mod multiple_titles;
pub(super) mod outdated_contents;
mod outline;
mod page_top;
pub(super) mod required_headings;
pub(super) mod skipped_heading_level;
