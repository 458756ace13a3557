//! The desk that every Markdown page passes before it is published.

pub mod text;
pub mod yaml;
