//! `spelling:` of a config, and the file with the project's words.

use std::{collections::HashSet, path::Path, sync::Arc};

use super::{
    Config,
    load::{ConfigSource, join, mistake, unreadable, unreadable_at},
    raw::{OneOrMany, Ordered, RawSpelling},
};
use crate::{
    data::Segment,
    diagnostic::Diagnostic,
    discover::SiteFiles,
    front_matter::KeyPath,
    spelling::{Language, too_long},
    vfs::MISSING,
};

/// The file with the project's words, unless the config names another.
pub const WORDS_FILE: &str = ".copydesk-words.txt";

/// The words of a words file: one per line, `#` begins a comment.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|word| !word.is_empty())
}

/// A words file with more words in it, and how many were not there: sorted without case, each word once. A comment
/// stays with the word below it, those before the first blank line at the top.
pub fn add_words(text: &str, new: &[String]) -> (String, usize) {
    let (mut header, mut above) = (String::new(), String::new());
    let mut entries: Vec<(String, &str, &str)> = Vec::new();
    for line in text.lines() {
        let word = words(line).next();
        match word {
            Some(word) => entries.push((std::mem::take(&mut above), word, line)),
            None if line.trim().is_empty() && entries.is_empty() => {
                header.push_str(&std::mem::take(&mut above));
                header.push('\n');
            }
            None if line.trim().is_empty() => {}
            None => above.extend([line, "\n"]),
        }
    }
    let before = entries.len();
    let mut known: HashSet<&str> = entries.iter().map(|(_, word, _)| *word).collect();
    for word in new.iter().map(|word| word.trim()) {
        if known.insert(word) {
            entries.push((String::new(), word, word));
        }
    }
    let added = entries.len() - before;
    entries.sort_by_cached_key(|(_, word, _)| (word.to_lowercase(), (*word).to_owned()));
    // Of two lines with one word, the comments of both are kept.
    let mut merged = header;
    let mut last = None;
    for (comments, word, line) in &entries {
        merged.push_str(comments);
        if last != Some(word) {
            merged.extend([line, "\n"]);
        }
        last = Some(word);
    }
    merged.push_str(&above);
    (merged, added)
}

impl Config {
    /// Takes over what a config file says about spelling.
    pub(super) fn apply_spelling(
        &mut self,
        source: &ConfigSource,
        raw: &RawSpelling,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for word in &raw.words {
            self.spelling.add(word);
        }
        if let Some(path) = &raw.words_file {
            let folder = source.path.parent().unwrap_or(Path::new(""));
            let place = source.value_place(&[Segment::key("spelling"), Segment::key("words-file")]);
            self.words_file = (join(folder, path), Some(place));
        }
        if let Some(sensitivity) = raw.sensitivity {
            self.spelling.sensitivity = sensitivity;
        }
        self.apply_terms(source, &raw.terms, diagnostics);
        let reading = Arc::make_mut(&mut self.reading);
        if let Some(language) = &raw.language {
            reading.locales.default = Some(Language::from_tag(language));
        }
        if let Some(directives) = raw.directives {
            reading.directives = directives;
        }
        let keys = raw.keys.iter().flat_map(OneOrMany::as_slice);
        reading.keys.extend(keys.map(|key| KeyPath::new(key)));
    }

    /// Takes over names in their right form: options of the rule about them, below what the file says of rules.
    fn apply_terms(
        &mut self,
        source: &ConfigSource,
        terms: &Ordered<OneOrMany>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let key = |name: &str| source.key_place(&["spelling", "terms", name].map(Segment::key));
        let long = terms.iter().find_map(|(name, forms)| {
            let texts = std::iter::once(name).chain(forms.as_slice().iter().map(String::as_str));
            Some((name, too_long(texts)?))
        });
        if let Some((name, why)) = long {
            return diagnostics.push(mistake(key(name), why));
        }
        let forms: serde_json::Map<_, _> =
            terms.iter().map(|(name, forms)| (name.to_owned(), forms.as_slice().into())).collect();
        if forms.is_empty() {
            return;
        }
        for name in forms.keys() {
            self.spelling.add(name);
        }
        let place = source.key_place(&[Segment::key("spelling"), Segment::key("terms")]);
        self.give_options("term", "terms", forms.into(), place);
    }

    /// Reads the words file. It may be missing where the config does not name it.
    pub(super) fn read_words(&mut self, files: &SiteFiles, diagnostics: &mut Vec<Diagnostic>) {
        let (path, place) = &self.words_file;
        match (files.read(path), place) {
            (Ok(text), _) => words(&text).for_each(|word| self.spelling.add(word)),
            (Err(why), Some(place)) => {
                let mut diagnostic = unreadable_at(place.clone(), path, &why);
                diagnostic.help("run `copydesk words add WORD` to create it");
                diagnostics.push(diagnostic);
            }
            (Err(why), None) if why != MISSING => diagnostics.push(unreadable(path, &why)),
            (Err(_), None) => {}
        }
    }

    /// The file with the project's words, relative to the site's root.
    pub fn words_file(&self) -> &Path {
        &self.words_file.0
    }
}

#[cfg(test)]
mod tests {
    use super::add_words;

    #[test]
    fn words_are_added_in_order_and_nothing_is_lost() {
        let add = |text: &str, new: &[&str]| {
            add_words(text, &new.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(add("", &["quay", "Berth"]), ("Berth\nquay\n".to_owned(), 2));
        assert_eq!(add("quay\n", &["quay"]), ("quay\n".to_owned(), 0));
        let text = "# Our words\n\nmole # a wall\n# of the crew\nBargee\nmole\n# end\n";
        let expected = "# Our words\n\n# of the crew\nBargee\nberth\nmole # a wall\n# end\n".to_owned();
        assert_eq!(add(text, &["berth"]), (expected, 1));
        assert_eq!(add("a\r\nb\r\n", &["c"]).0, "a\nb\nc\n");
    }
}
