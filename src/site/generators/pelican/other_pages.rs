//! Pages of a Pelican site that are not in Markdown: of their paths only the slug is known.

use std::{collections::HashSet, sync::Arc};

use crate::site::generators::slugs;

/// The most of them that are read.
const MOST: usize = 1_000;

/// The slugs that they may have.
#[derive(Debug, Default)]
pub(super) struct OtherPages {
    slugs: HashSet<String>,
    read: usize,
    /// Whether there are some of which not even that is known.
    are_open: bool,
}

impl OtherPages {
    /// Adds a page by its file name and text.
    pub(super) fn add(&mut self, name: &str, text: impl FnOnce() -> Option<Arc<str>>) {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let text = if self.read < MOST { text().unwrap_or_default() } else { Arc::default() };
        self.read += 1;
        let title = match ending {
            "rst" => rst_title(&text),
            "html" | "htm" => between(&text, "<title>", "</title>"),
            _ => None,
        };
        // HTML without a title is a file and not a page.
        let is_html = matches!(ending, "html" | "htm");
        if is_html && title.is_none() && !text.is_empty() {
            return;
        }
        let own = between(&text, ":slug:", "\n");
        let has_other_slug = is_html && text.contains("\"slug\"");
        self.are_open |= title.is_none() || has_other_slug;
        self.slugs.extend([Some(stem), title, own].into_iter().flatten().map(slugs::pelican));
    }

    /// Whether one of them may be at a path.
    pub(super) fn may_be_at(&self, path: &str) -> bool {
        let name =
            path.trim_end_matches("index.html").trim_matches('/').rsplit('/').next().unwrap_or_default();
        self.are_open || self.slugs.contains(name.strip_suffix(".html").unwrap_or(name))
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.trim()).filter(|it| !it.is_empty())
}

/// The first line that the next one underlines.
fn rst_title(text: &str) -> Option<&str> {
    let is_rule = |line: &str| {
        let first = line.bytes().next().filter(u8::is_ascii_punctuation);
        line.len() > 2 && first.is_some_and(|first| line.bytes().all(|byte| byte == first))
    };
    let lines = text.lines().map(str::trim_end);
    let below = lines.clone().skip(1);
    let mut titles =
        lines.zip(below).filter(|(line, next)| !line.is_empty() && !is_rule(line) && is_rule(next));
    titles.next().map(|(line, _)| line.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_of_a_page_is_that_of_its_title() {
        let mut pages = OtherPages::default();
        pages.add("ebb.rst", || Some("========\nLow Ebb\n========\n\n:date: 2024-05-01\n".into()));
        pages.add("quay.html", || Some("<html><title>Old Quay</title>".into()));
        pages.add("neap.rst", || Some("Neap\n####\n\n:slug: half-moon\n".into()));
        for (path, expected) in [
            ("/low-ebb.html", true),
            ("/2024/old-quay/", true),
            ("/half-moon/index.html", true),
            ("/ebb.html", true),
            ("/tide.html", false),
        ] {
            assert_eq!(pages.may_be_at(path), expected, "{path}");
        }
        pages.add("moon.ipynb", || None);
        assert!(pages.may_be_at("/tide.html"));
    }
}
