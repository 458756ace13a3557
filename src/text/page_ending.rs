//! Which files contain Markdown or data, by their names.

use std::path::Path;

/// Extensions of Markdown files in lowercase; matched ignoring case.
pub const PAGE_ENDINGS: [&str; 7] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn"];

/// Those of Markdown and MDX files.
pub const PAGE_ENDINGS_WITH_MDX: [&str; 8] =
    ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "mdx"];

/// Extensions of JSON, TOML and YAML files in lowercase.
pub const DATA_ENDINGS: [&str; 4] = ["json", "toml", "yaml", "yml"];

/// Endings of images, in lowercase.
pub const IMAGE_ENDINGS: [&str; 9] = ["avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// The glob of all files with one of these extensions.
pub fn glob_of_endings(endings: &[&str]) -> String {
    format!("**/*.{{{}}}", endings.join(","))
}

/// Whether a file contains MDX, by its name.
pub fn is_mdx(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("mdx"))
}
