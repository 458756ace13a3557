//! The desk that every Markdown page passes before it is published.

pub mod markdown;
pub mod text;
pub mod yaml;
