//! Which files have Markdown in them, by their names.

use std::path::Path;

/// Endings of Markdown files, in small letters; they count in any case.
pub const PAGE_ENDINGS: [&str; 4] = ["md", "markdown", "mkd", "mdown"];

/// Whether a file is one of MDX by its name: what Markdown is in that is another language.
pub fn is_mdx(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("mdx"))
}
