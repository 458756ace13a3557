//! Which files contain Markdown, by their names.

use std::path::Path;

/// Extensions of Markdown files in lowercase; matched ignoring case.
pub const PAGE_ENDINGS: [&str; 4] = ["md", "markdown", "mkd", "mdown"];

/// Whether a file contains MDX, by its name.
pub fn is_mdx(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("mdx"))
}
