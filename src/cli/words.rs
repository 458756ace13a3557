//! `copydesk words`: lists unknown words and adds words to the project dictionary.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::{Error, config_file::ConfigFile, current_folder, print_json, site_index::ReadSites};
use crate::{
    config::{self, CannotAdd},
    discover::{Project, SiteFiles},
    disk::{self, Kept},
    paths,
    report::sanitize,
    run,
    sources::{Sources, read_text_or_empty},
    text::{Position, quantity},
    vfs::{Disk, contained},
};

/// List unknown words, or add words to the project dictionary
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct WordsArgs {
    #[command(subcommand)]
    action: Option<Action>,

    /// Files and directories [default: current directory]
    paths: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add words to the project dictionary, creating it if necessary
    Add {
        /// Words to add; a lowercase word matches case-insensitively. `-` reads them from stdin, one per line
        #[arg(required = true)]
        words: Vec<String>,
    },

    /// Add the words that configs and lists of other spell checkers accept
    Import {
        /// Configs of cspell, typos or codespell, or lists with one word per line, below the project root
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },

    /// Add a name to `spelling.terms` of the config, creating the config if necessary
    Term {
        /// The correct spelling
        name: String,
        /// Incorrect spellings to report
        incorrect: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    /// One word per line, without those that look misspelled: for `copydesk words add -`
    Plain,
    Json,
}

impl WordsArgs {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<(), Error> {
        match self.action {
            Some(Action::Add { words }) => {
                let words = with_stdin(words)?;
                if let Some(word) = words.iter().find(|word| !is_word(word)) {
                    return Err(Error::Usage(format!("invalid word `{word}`: expected letters only")));
                }
                add(&words, out)
            }
            Some(Action::Import { files }) => import(&files, out),
            Some(Action::Term { name, incorrect }) => add_term(&name, &incorrect, out),
            None => list(self.paths, self.format, out),
        }
    }
}

/// An unknown word.
#[derive(Default)]
struct Unknown {
    count: u32,
    pages: u32,
    places: Vec<(String, Position)>,
    /// What a rule would suggest instead, if one reports it.
    suggestion: Option<Box<str>>,
}

/// Places of a word that are listed.
const MAX_PLACES: usize = 3;

fn list(paths: Vec<PathBuf>, format: ListFormat, out: &mut dyn Write) -> Result<(), Error> {
    let current = current_folder()?;
    let survey = ReadSites::of(paths)?;
    let mut unknown: BTreeMap<String, Unknown> = BTreeMap::new();
    for site in &survey.sites {
        let sources = Sources::new(&site.root);
        for (page, _) in site.site.pages.iter().zip(&site.asked).filter(|(_, asked)| **asked) {
            for word in site.site.unknown_words(page) {
                if word.places.iter().any(|place| sources.get(&page.path).hides(place.span)) {
                    continue;
                }
                let entry = unknown.entry(word.text.to_string()).or_default();
                let verdicts = site.site.reported_misspellings(page);
                let suggestion =
                    || verdicts.iter().find(|it| it.word == word.text).map(|it| &it.candidate.text);
                entry.suggestion = entry.suggestion.take().or_else(|| suggestion().cloned());
                entry.count += word.count;
                entry.pages += 1;
                let free = MAX_PLACES.saturating_sub(entry.places.len());
                for place in word.places.iter().take(free) {
                    let at = sources.get(&page.path);
                    let path = paths::relative(&current, &site.root.join(&page.path));
                    let path = sanitize(&path.display().to_string());
                    entry.places.push((path, at.lines.position(&at.text, place.span.start)));
                }
            }
        }
    }
    let mut unknown: Vec<_> = unknown.into_iter().collect();
    unknown.sort_by_key(|(_, it)| (it.suggestion.is_none(), std::cmp::Reverse(it.count)));
    match format {
        ListFormat::Plain => {
            for (word, _) in unknown.iter().filter(|(_, it)| it.suggestion.is_none()) {
                writeln!(out, "{word}")?;
            }
        }
        ListFormat::Text => write_text(&unknown, out)?,
        ListFormat::Json => write_json(&unknown, out)?,
    }
    Ok(())
}

fn write_text(unknown: &[(String, Unknown)], out: &mut dyn Write) -> io::Result<()> {
    let width = unknown.iter().map(|(word, _)| word.chars().count()).max().unwrap_or_default().min(24);
    for (word, it) in unknown {
        write!(out, "{:5}  {word:width$}", it.count)?;
        if let Some((path, at)) = it.places.first() {
            write!(out, "  {path}:{}:{}", at.line, at.column)?;
        }
        match it.pages - 1 {
            0 => {}
            more => write!(out, " and {}", quantity(more, "more page"))?,
        }
        match &it.suggestion {
            Some(suggestion) => writeln!(out, "  misspelling of `{suggestion}`?")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn write_json(unknown: &[(String, Unknown)], out: &mut dyn Write) -> io::Result<()> {
    let place =
        |(path, at): &(String, Position)| json!({ "file": path, "line": at.line, "column": at.column });
    let words: Vec<_> = unknown
        .iter()
        .map(|(word, it)| {
            let places: Vec<_> = it.places.iter().map(place).collect();
            let suggestion = it.suggestion.as_deref();
            json!({
                "word": word, "count": it.count, "pages": it.pages, "suggestion": suggestion, "places": places,
            })
        })
        .collect();
    print_json(&words, out)
}

/// The words, with those of standard input in place of a `-`.
fn with_stdin(words: Vec<String>) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for word in words {
        if word == "-" {
            let mut text = String::new();
            io::stdin().lock().take(MAX_BYTES_OF_STDIN).read_to_string(&mut text)?;
            all.extend(config::words(&text).map(str::to_owned));
        } else {
            all.push(word);
        }
    }
    Ok(all)
}

/// More than any list of words has.
const MAX_BYTES_OF_STDIN: u64 = 16 << 20;

fn is_word(word: &str) -> bool {
    let is_part = |c: char| c.is_alphabetic() || " '-.&\u{2019}".contains(c);
    word.chars().any(char::is_alphabetic) && word.chars().all(is_part)
}

/// Adds the words that files of other spell checkers accept. Patterns and names with digits are not words.
fn import(files: &[PathBuf], out: &mut dyn Write) -> Result<(), Error> {
    let current = current_folder()?;
    let project = Project::of(&Disk, &current);
    let site = SiteFiles::new(Arc::new(Disk), &project);
    let mut words = Vec::new();
    for file in files {
        let path = paths::relative(&project.root, &paths::absolute(file, &current));
        let failed = |why| Error::Usage(format!("cannot read {}: {why}", file.display()));
        words.extend(config::words_of(&site, &path).map_err(failed)?);
    }
    words.retain(|word| is_word(word));
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Err(Error::Usage("no words to import".to_owned()));
    }
    add(&words, out)
}

fn add_term(name: &str, incorrect: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let file = ConfigFile::open()?;
    let (name_shown, config) = (sanitize(name), file.shown());
    match config::add_term(&file.text, name, incorrect) {
        Ok(text) => {
            file.write(&text)?;
            Ok(writeln!(out, "added `{name_shown}` to the terms in {config}")?)
        }
        Err(CannotAdd::Present) => Ok(writeln!(out, "`{name_shown}` is already a term in {config}")?),
        Err(CannotAdd::Layout) => {
            Err(file.refused("`spelling` and `terms` have to be blocks with one key per line"))
        }
    }
}

fn add(words: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let current = current_folder()?;
    let project = Project::of(&Disk, &current);
    let (config, _) = run::load_config(&project, Path::new(""));
    let path = project.root.join(config.words_file());
    let shown = paths::relative(&current, &path);
    if config.words_file().starts_with("..") {
        return Err(Error::Usage(format!("words file {} is outside the site root", shown.display())));
    }
    if !contained(&Disk, &path, &project.root) {
        return Err(Error::Usage(format!("{} is a link that leaves the site", shown.display())));
    }
    let text = read_text_or_empty(&path).map_err(Error::Usage)?;
    let (text, added) = config::add_words(&text, words);
    if added > 0 {
        disk::replace(Kept { path: &path, root: &project.root }, text.as_bytes())
            .map_err(|source| Error::File { path: shown.clone(), source })?;
    }
    let shown = shown.display().to_string();
    let shown = sanitize(&shown);
    match (added, words.len() - added) {
        (0, _) => writeln!(out, "all words are already in {shown}")?,
        (added, 0) => writeln!(out, "added {} to {shown}", quantity(added, "word"))?,
        (added, known) => {
            writeln!(out, "added {} to {shown}; {known} already there", quantity(added, "word"))?;
        }
    }
    Ok(())
}
