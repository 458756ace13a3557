//! The desk that every Markdown page passes before it is published.

pub mod front_matter;
pub mod markdown;
pub mod text;
pub mod yaml;
