//! What is between the delimiters at the top of a page.

mod collection;
pub mod dates;
mod key_names;
mod misplaced;
pub mod rewrite;
pub mod schema;
mod split;
mod value_names;

pub use collection::{
    CHANGE_KEYS, Collection, Comparison, DateKey, Filter, FormSource, KeyPath, RecordSource, Reference,
    ReferenceForm, usual_date_keys,
};
pub use key_names::{names_old_paths, plain_key};
pub use misplaced::{Misplaced, Misplacement, misplaced};
pub use schema::Violation;
pub use split::{Block, Split, split};
pub use value_names::split_names;

use crate::data::{self, DataFormat, Tree, Value};
use crate::text::Span;

/// How a generator looks for front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrontMatterSearch {
    /// Whether blank lines may come before it.
    pub skips_blank_lines: bool,
    /// Whether exactly three hyphens end it, and no longer line of them.
    pub needs_exact_end: bool,
    /// Whether lines with keys and values at the start of the page are it, without delimiters.
    pub bare_lines: BareLines,
}

/// Whether lines with keys and values at the start of a page are front matter, without delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BareLines {
    /// They are text.
    #[default]
    Text,
    /// They are front matter, as YAML between delimiters is.
    OrYaml,
    /// They are front matter, and what is between delimiters is read as such lines, too.
    Only,
}

/// Where the lines of keys and values end that a page begins with: `Title: Low tide`, with what is indented below a key.
/// `body` where there are none.
pub fn end_of_bare_lines(source: &str, body: u32) -> u32 {
    let is_more = |text: &str| text.starts_with("    ");
    let is_pair = |text: &str| {
        let key = text.split_once(':').map_or("", |(key, _)| key);
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let mut end = body;
    for line in split::lines(source, body as usize) {
        let text = line.text(source);
        if !(is_pair(text) || end > body && is_more(text)) {
            break;
        }
        end = line.next as u32;
    }
    end
}

/// The front matter of one page.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FrontMatter {
    /// From the start of the opening delimiter's line to the end of the closing one's, without its line break.
    pub block: Span,
    /// The opening delimiter's line, trailing spaces included, without its line break. In JSON the `{`.
    pub opening: Span,
    /// The closing delimiter's line, likewise; `None` where the block is never closed. In JSON the `}`.
    pub closing: Option<Span>,
    /// What is between the delimiters. In JSON the object with its braces.
    pub content: Span,
    /// The content, read.
    pub tree: Tree,
}

impl FrontMatter {
    /// The opening delimiter itself, without trailing spaces.
    pub fn delimiter(&self) -> Span {
        let len = if self.tree.format == DataFormat::Json { 1 } else { 3 };
        Span::new(self.opening.start, self.opening.end.min(self.opening.start + len))
    }

    /// The front matter without some of its top-level keys.
    #[must_use]
    pub fn without_keys(&self, drops: &dyn Fn(&str) -> bool) -> Self {
        let mut rest = self.clone();
        if let Some(Value::Mapping(mapping)) = rest.tree.root.as_mut().map(|root| &mut root.value) {
            mapping.entries.retain(|entry| !entry.key.as_str().is_some_and(drops));
        }
        rest
    }

    /// Whether the block is TOML between the delimiters of YAML.
    pub fn is_misdelimited_toml(&self, source: &str) -> bool {
        self.tree.format == DataFormat::Yaml
            && split::announces(self.content.of(source), DataFormat::Toml)
            && data::parse(source, self.content, DataFormat::Toml).is_complete()
    }

    /// Splits a page and reads its front matter: that, if there is any, and the offset at which the body begins.
    pub fn parse(source: &str) -> (Option<Self>, u32) {
        let Split { front_matter, body } = split(source);
        let front_matter = front_matter.map(|Block { block, opening, closing, content, format }| Self {
            block,
            opening,
            closing,
            content,
            tree: data::parse(source, content, format),
        });
        (front_matter, body)
    }
}
