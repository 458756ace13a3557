//! Rules about front matter.

pub(super) mod ambiguous_scalar;
pub(super) mod category_mismatch;
pub(super) mod curly_quotes;
pub(super) mod deprecated_key;
pub(super) mod duplicate_key;
pub(super) mod duplicate_value;
pub(super) mod front_matter_syntax;
pub(super) mod front_matter_whitespace;
pub(super) mod generator_value;
pub(super) mod implausible_date;
pub(super) mod inconsistent_key;
pub(super) mod invalid_date;
pub(super) mod invalid_value;
pub(super) mod key_order;
pub(super) mod merged_list_item;
pub(super) mod misplaced_front_matter;
pub(super) mod missing_front_matter;
pub(super) mod missing_key;
mod references;
mod schema_findings;
pub(super) mod schema_gap;
pub(super) mod truncated_value;
pub(super) mod unknown_key;
pub(super) mod unknown_reference;
pub(super) mod value_length;
