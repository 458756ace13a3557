//! Globs as markdownlint-cli2 reads them (globby and micromatch), in ours.

use globset::{GlobSet, GlobSetBuilder};

use crate::{
    config::{bad_glob, glob},
    diagnostic::{Diagnostic, Label},
};

/// Globs that pick files and those that leave some of them out again.
#[derive(Debug, Default)]
pub struct Globs {
    /// What they pick.
    pub picked: Vec<(String, Label)>,
    /// What they leave out: those with `!` or `#` before them.
    pub left_out: Vec<(String, Label)>,
}

impl Globs {
    /// Reads the globs of a list. A folder means what is in it. A glob leaves out files of those before it: one at the
    /// start of the list counts only where all do so.
    pub fn of(list: &[(String, Label)]) -> Self {
        let mut globs = Self::default();
        let is_negative = |text: &str| text.starts_with(['!', '#']);
        let start = list.iter().position(|(text, _)| !is_negative(text)).unwrap_or(0);
        for (text, place) in &list[start..] {
            if let Some(rest) = text.strip_prefix(['!', '#']) {
                globs.left_out.push((translated(rest), place.clone()));
            } else {
                globs.picked.push((translated(text.strip_prefix(':').unwrap_or(text)), place.clone()));
            }
        }
        globs
    }

    /// What the globs of a list leave out that all do so, as `ignores` does.
    pub fn ignored(list: &[(String, Label)]) -> Vec<(String, Label)> {
        // One with `!` before it picks files that no other glob need pick; it leaves nothing out.
        let globs = list.iter().filter(|(text, _)| !text.starts_with('!'));
        globs.map(|(text, place)| (translated(text), place.clone())).collect()
    }
}

/// A glob of ours that matches what one of theirs does. What can only be a folder means the pages in it.
fn translated(text: &str) -> String {
    let text = text.trim_start_matches("./");
    let bare = text.trim_end_matches('/');
    let last = bare.rsplit('/').next().unwrap_or(bare);
    let is_folder = bare.len() < text.len() || !last.contains(['.', '*', '{', '[', '?']);
    if is_folder { format!("{bare}/**") } else { bare.to_owned() }
}

/// A set of globs. Mistakes go to `found`, each at its glob.
pub fn set(list: &[(String, Label)], diagnostics: &mut Vec<Diagnostic>) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for (text, place) in list {
        match glob(text) {
            Ok(glob) => {
                builder.add(glob);
            }
            Err(error) => diagnostics.push(bad_glob(place.clone(), text, &error)),
        }
    }
    builder.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::{Globs, translated};
    use crate::{diagnostic::Label, text::Span};

    #[test]
    fn a_glob_leaves_out_what_those_before_it_pick() {
        let file = Arc::from(Path::new("a.yaml"));
        let globs = |texts: &[&str]| {
            let list: Vec<_> =
                texts.iter().map(|text| ((*text).to_owned(), Label::new(&file, Span::empty(0)))).collect();
            let globs = Globs::of(&list);
            (globs.picked.len(), globs.left_out.len())
        };
        assert_eq!(globs(&["!manual/**", "manual/tides/**"]), (1, 0));
        assert_eq!(globs(&["**/*.md", "!manual/**"]), (1, 1));
        assert_eq!(globs(&["!manual/**"]), (0, 1));
    }

    #[test]
    fn a_folder_means_what_is_in_it() {
        for (theirs, ours) in [
            ("node_modules", "node_modules/**"),
            ("**/drafts/", "**/drafts/**"),
            ("./docs", "docs/**"),
            ("docs/**", "docs/**"),
            ("*.md", "*.md"),
            ("CHANGELOG.md", "CHANGELOG.md"),
            ("**/*.{md,mdx}", "**/*.{md,mdx}"),
        ] {
            assert_eq!(translated(theirs), ours);
        }
    }
}
