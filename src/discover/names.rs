//! Names of files that make a folder a site.

use std::path::Path;

use crate::vfs::FileSystem;

/// Names that a config file may have, the first found winning.
pub const FILE_NAMES: [&str; 3] = ["copydesk.yaml", ".copydesk.yaml", ".config/copydesk.yaml"];

/// Where Decap and Netlify CMS keep their config, by the habits of site generators.
pub const CMS_PATHS: [&str; 8] = [
    "static/admin/config.yml",
    "public/admin/config.yml",
    "admin/config.yml",
    "src/admin/config.yml",
    "source/admin/config.yml",
    "assets/admin/config.yml",
    "site/static/admin/config.yml",
    "src/static/admin/config.yml",
];

/// Names of markdownlint's configs in a folder, the first found winning.
pub const MARKDOWNLINT_NAMES: [&str; 8] = [
    ".markdownlint.jsonc",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.yml",
    ".markdownlint.cjs",
    ".markdownlint.mjs",
    ".markdownlint.toml",
    ".markdownlintrc",
];

/// Names of markdownlint-cli2's configs in a folder, the first found winning.
pub const MARKDOWNLINT_CLI2_NAMES: [&str; 4] = [
    ".markdownlint-cli2.jsonc",
    ".markdownlint-cli2.yaml",
    ".markdownlint-cli2.cjs",
    ".markdownlint-cli2.mjs",
];

/// The name of the config of markdownlint in a folder, absolute, if it has one.
pub fn markdownlint_config(files: &dyn FileSystem, folder: &Path) -> Option<&'static str> {
    let mut names = MARKDOWNLINT_CLI2_NAMES.iter().chain(&MARKDOWNLINT_NAMES).copied();
    names.find(|name| files.is_there(&folder.join(name)))
}

/// Whether a site's root has a config by whose globs hidden files are files like others.
pub(super) fn picks_hidden_files(files: &dyn FileSystem, root: &Path) -> bool {
    MARKDOWNLINT_CLI2_NAMES.iter().any(|name| files.is_there(&root.join(name)))
}
