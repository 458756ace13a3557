//! `spelling:` of a config, and the file with the project's words.

use std::path::Path;

use super::{
    Config,
    load::{Files, Source, join, mistake},
    written::WrittenSpelling,
};
use crate::{diagnostic::Diagnostic, front_matter::KeyPath, yaml::Segment};

/// The file with the project's words, unless the config names another.
pub const WORDS_FILE: &str = ".copydesk-words.txt";

/// The words of a words file: one a line, `#` begins a comment.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|word| !word.is_empty())
}

impl Config {
    /// Takes over what a config file says about spelling.
    pub(super) fn apply_spelling(&mut self, source: &Source, written: &WrittenSpelling) {
        for word in &written.words {
            self.spelling.add(word);
        }
        if let Some(path) = &written.words_file {
            let folder = source.path.parent().unwrap_or(Path::new(""));
            let place = source.value_place(&[Segment::key("spelling"), Segment::key("words-file")]);
            self.words_file = (join(folder, path), Some(place));
        }
        if let Some(sensitivity) = written.sensitivity {
            self.spelling.sensitivity = sensitivity;
        }
        if let Some(language) = &written.language {
            self.spelling.language = language.as_str().into();
        }
        let keys = written.keys.iter().flat_map(|keys| keys.as_slice()).map(|key| KeyPath::new(key));
        self.prose_keys = self.prose_keys.iter().cloned().chain(keys).collect();
    }

    /// Reads the words file. It may be missing where the config does not name it.
    pub(super) fn read_words(&mut self, files: &dyn Files, found: &mut Vec<Diagnostic>) {
        let (path, place) = &self.words_file;
        match (files.read(path), place) {
            (Ok(text), _) => words(&text).for_each(|word| self.spelling.add(word)),
            (Err(why), Some(place)) => {
                let message = format!("`{}` {why}", path.display());
                let mut diagnostic = mistake(place.clone(), message);
                diagnostic.help("`copydesk words add WORD` makes it");
                found.push(diagnostic);
            }
            (Err(_), None) => {}
        }
    }

    /// The file with the project's words, relative to the site's root.
    pub fn words_file(&self) -> &Path {
        &self.words_file.0
    }
}
