//! Copies of remote schemas in the site.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{
    load::{ConfigPart, ConfigSource, join, mistake},
    raw::Ordered,
};
use crate::{data::Segment, diagnostic::Diagnostic};

/// The most folders of a URL that are looked up, the innermost first.
const MAX_FOLDERS: usize = 64;

/// Where the copies of remote schemas are, by URL.
#[derive(Debug, Clone, Default)]
pub(super) struct SchemaUrls(HashMap<String, PathBuf>);

impl SchemaUrls {
    /// What config files say; the last of equal URLs counts.
    pub(super) fn of(parts: &[ConfigPart], found: &mut Vec<Diagnostic>) -> Self {
        let mut urls = Self::default();
        for part in parts {
            if let ConfigPart::File(source, written) = part {
                urls.add(source, &written.schema_urls, found);
            }
        }
        urls
    }

    fn add(&mut self, source: &ConfigSource, written: &Ordered<String>, found: &mut Vec<Diagnostic>) {
        for (url, path) in written.iter() {
            if url.contains("://") {
                self.0.insert(url.to_owned(), join(Path::new(""), path));
            } else {
                let place = source.key_place(&[Segment::key("schema-urls"), Segment::key(url)]);
                let mut diagnostic = mistake(place, format!("invalid URL `{url}`"));
                diagnostic
                    .help("use the full URL of a schema, or one that ends with `/` for all schemas below it");
                found.push(diagnostic);
            }
        }
    }

    /// The copy of a schema, by its URL without the fragment. The longest matching URL counts.
    pub(super) fn path(&self, url: &str) -> Option<PathBuf> {
        if let Some(path) = self.0.get(url) {
            return Some(path.clone());
        }
        let mut folders = url.rmatch_indices('/').take(MAX_FOLDERS).map(|(at, _)| url.split_at(at + 1));
        folders.find_map(|(folder, rest)| Some(join(self.0.get(folder)?, rest)))
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::SchemaUrls;

    #[test]
    fn the_longest_url_counts() {
        let urls = [("https://s.example/", "all"), ("https://s.example/a/post.json", "mine/post.json")];
        let urls = SchemaUrls(urls.map(|(url, path)| (url.to_owned(), PathBuf::from(path))).into());
        assert_eq!(urls.path("https://s.example/a/tag.json").as_deref(), Some(Path::new("all/a/tag.json")));
        assert_eq!(urls.path("https://s.example/a/post.json").as_deref(), Some(Path::new("mine/post.json")));
        assert_eq!(
            urls.path("https://s.example/a/post.json5").as_deref(),
            Some(Path::new("all/a/post.json5"))
        );
        assert_eq!(urls.path("https://other.example/a.json"), None);
    }
}
