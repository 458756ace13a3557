//! One tree for everything written as YAML, JSON or TOML: front matter, config, data files. Every node knows its bytes.

mod node;

pub use node::{Entry, Format, Mapping, Meaning, Node, Scalar, Segment, Style, SyntaxError, Tree, Value};
