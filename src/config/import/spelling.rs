//! Configs of typos, codespell and cspell.

use std::path::Path;

use super::Draft;
use crate::{
    config::{
        load::{ConfigSource, note, unreadable},
        word_lists::{IniSection, words_of},
    },
    data::{Entry, Node},
    diagnostic::Label,
    text::Span,
};

/// typos: <https://github.com/crate-ci/typos/blob/master/docs/reference.md>.
pub(super) fn typos(draft: &mut Draft<'_>, source: &ConfigSource, root: &Node) {
    for entry in root.entries() {
        match entry.key.text() {
            Some("default") => typos_default(draft, source, &entry.value),
            Some("files") => {
                for entry in entry.value.entries() {
                    if entry.key.text() == Some("extend-exclude") {
                        exclude(draft, &entry.value);
                    } else {
                        draft.settings.no_counterpart(source, &entry.key, "");
                    }
                }
            }
            _ => draft.settings.no_counterpart(source, &entry.key, ""),
        }
    }
}

fn typos_default(draft: &mut Draft<'_>, source: &ConfigSource, default: &Node) {
    for entry in default.entries() {
        match entry.key.text() {
            Some("extend-words" | "extend-identifiers") => {
                entry.value.entries().iter().for_each(|entry| correction(draft, source, entry));
            }
            Some("extend-ignore-re" | "extend-ignore-words-re" | "extend-ignore-identifiers-re") => {
                let why = ": use `copydesk-disable` comments for such text";
                draft.settings.no_counterpart(source, &entry.key, why);
            }
            Some("locale") => {
                let why = ": British and American spellings are both accepted";
                draft.settings.no_counterpart(source, &entry.key, why);
            }
            _ => draft.settings.no_counterpart(source, &entry.key, ""),
        }
    }
}

/// `wrong = "right"`. A word that is its own correction is accepted.
fn correction(draft: &mut Draft<'_>, source: &ConfigSource, entry: &Entry) {
    let (Some(wrong), Some(right)) = (entry.key.as_str(), entry.value.as_str()) else { return };
    if right.is_empty() {
        let message = format!("`{wrong}` has no correction: add a rule with `avoid` under `custom`");
        draft.settings.notes.push(note(Label::new(&source.path, entry.key.span), message));
    } else if wrong.eq_ignore_ascii_case(right) {
        draft.settings.words.insert(wrong.to_owned());
    } else {
        draft.settings.terms.entry(right.to_owned()).or_default().insert(wrong.to_owned());
    }
}

/// The section of codespell in a `pyproject.toml`: <https://github.com/codespell-project/codespell#usage>.
pub(super) fn codespell(draft: &mut Draft<'_>, source: &ConfigSource, section: &Node) {
    words(draft, source);
    for entry in section.entries() {
        let texts: Vec<&str> = entry.value.self_or_items().iter().filter_map(Node::as_str).collect();
        let key = entry.key.text().unwrap_or_default();
        if !codespell_setting(draft, key, &texts.join(",")) {
            draft.settings.no_counterpart(source, &entry.key, "");
        }
    }
}

/// A `.codespellrc` or `setup.cfg`.
pub(super) fn codespell_ini(draft: &mut Draft<'_>, path: &Path) {
    let section = match IniSection::read(draft.files, path, "codespell") {
        Ok(section) => section,
        Err(why) => return draft.errors.push(unreadable(path, &why)),
    };
    draft.settings.words.extend(words_of(draft.files, path).unwrap_or_default());
    for (key, span, value) in section.settings() {
        if !codespell_setting(draft, key, value) {
            let place = Label::new(&path.into(), span);
            draft.settings.notes.push(note(place, format!("`{key}` has no counterpart")));
        }
    }
}

/// Takes over a setting; false if it has no counterpart.
fn codespell_setting(draft: &mut Draft<'_>, key: &str, value: &str) -> bool {
    match &*key.replace('_', "-") {
        "skip" => {
            let globs: Vec<String> = value.split(',').flat_map(|it| draft.page_globs(it)).collect();
            draft.settings.unspelled.extend(globs);
        }
        "ignore-words" | "ignore-words-list" | "quiet-level" | "count" | "check-hidden" => {}
        _ => return false,
    }
    true
}

/// cspell: <https://cspell.org/docs/Configuration/properties>.
pub(super) fn cspell(draft: &mut Draft<'_>, source: &ConfigSource, root: &Node) {
    words(draft, source);
    for entry in root.entries() {
        match entry.key.text() {
            Some("ignorePaths") => exclude(draft, &entry.value),
            Some("flagWords") => {
                for flagged in entry.value.self_or_items() {
                    flagged_word(draft, source, flagged);
                }
            }
            // Words that are accepted, and what needs no counterpart.
            Some(
                "words"
                | "ignoreWords"
                | "userWords"
                | "dictionaryDefinitions"
                | "$schema"
                | "version"
                | "name"
                | "description"
                | "language"
                | "caseSensitive",
            ) => {}
            _ => draft.settings.no_counterpart(source, &entry.key, ""),
        }
    }
}

/// `wrong->right`, or a word that is never right.
fn flagged_word(draft: &mut Draft<'_>, source: &ConfigSource, node: &Node) {
    let Some(text) = node.as_str() else { return };
    let pair = text.split_once("->").or_else(|| text.split_once(':'));
    let right = pair.map(|(_, right)| right.split(',').next().unwrap_or_default().trim());
    match (pair, right) {
        (Some((wrong, _)), Some(right)) if !right.is_empty() => {
            draft.settings.terms.entry(right.to_owned()).or_default().insert(wrong.trim().to_owned());
        }
        _ => {
            let message = format!("`{text}` has no correction: add a rule with `avoid` under `custom`");
            draft.settings.notes.push(note(Label::new(&source.path, node.span), message));
        }
    }
}

/// The words that a config accepts.
fn words(draft: &mut Draft<'_>, source: &ConfigSource) {
    match words_of(draft.files, &source.path) {
        Ok(words) => draft.settings.words.extend(words),
        Err(why) => {
            let place = Label::new(&source.path, Span::empty(0));
            draft.errors.push(crate::config::mistake(
                place,
                format!("cannot read `{}`: {why}", source.path.display()),
            ));
        }
    }
}

/// Pages that are not spell-checked.
fn exclude(draft: &mut Draft<'_>, patterns: &Node) {
    for pattern in patterns.self_or_items().iter().filter_map(Node::as_str) {
        let globs = draft.page_globs(pattern);
        draft.settings.unspelled.extend(globs);
    }
}
