//! One tree for everything written as YAML, JSON or TOML: front matter, config, data files. Every node knows its bytes.

mod ambiguity;
mod convert;
mod entry_list;
mod error;
mod explain;
mod flat;
mod frame;
mod json;
mod node;
mod parse;
mod query;
mod read;
mod repairs;
mod scalar;
mod scene;
mod source;
mod stop;
mod toml;
mod walk;
mod write;
mod yaml;

pub use ambiguity::Ambiguity;
pub use convert::ReadError;
pub use entry_list::EntryList;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use node::{
    DataFormat, Entry, Mapping, Meaning, Node, Scalar, ScalarNotation, Segment, Tree, Unindented, Value,
};
pub use walk::Duplicate;
pub use write::yaml_scalar;

use crate::text::{Span, byte_order_mark};

/// How deep collections may nest, aliases followed. Deeper texts are refused: whatever walks a tree may then recurse.
pub const MAX_DEPTH: usize = 128;

/// How much memory the copies that aliases make may take in one text, in bytes. Beyond it lies only the attack
/// that names nine aliases of nine aliases.
pub const MAX_COPIED: usize = 16 << 20;

/// Reads the bytes `span` of `source`; the spans in the tree are offsets into `source`.
///
/// Never fails: what is not well formed is in [`Tree::errors`], and the tree holds what could be read before it.
/// Takes time in proportion to the text.
pub fn parse(source: &str, span: Span, format: DataFormat) -> Tree {
    match format {
        DataFormat::Yaml => yaml::parse(source, span),
        DataFormat::Json | DataFormat::Jsonc => json::parse(source, span, format),
        DataFormat::Toml => toml::parse(source, span),
    }
}

/// Reads a whole file as [`parse`] does, without the byte order mark that it may begin with.
pub fn parse_file(text: &str, format: DataFormat) -> Tree {
    parse(text, Span::from_range(byte_order_mark(text)..text.len()), format)
}
