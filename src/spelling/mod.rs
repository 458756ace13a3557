//! The words of pages, and how likely an unknown one is a slip of a known one.
//!
//! [`Words`] are read from the tree's text runs in the first phase; what the site as a whole says of a word is known
//! in the second, where the verdict falls.

mod characters;
mod html;
mod inserts;
pub mod language;
pub mod phrases;
mod prose;
mod scan;
mod words;

pub use prose::read;
pub use words::{Flags, Gap, Word, Words};
