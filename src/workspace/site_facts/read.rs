//! Reading a file of facts. It may come from anywhere, so nothing in it is believed that can be checked.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, BufRead, Read as _},
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::{
    KnownFiles, KnownPage, KnownSite, SiteFacts,
    record::{
        ConfigRecord, EndRecord, FilesRecord, Header, Kind, PROGRAM, PageRecord, RecordKey, SiteRecord,
        VERSION,
    },
};
use crate::site::PageFacts;

/// The longest line, in bytes. A page of the longest text that is checked needs less.
const MAX_LINE: u64 = 256 << 20;

/// The longest path, in bytes.
const MAX_PATH: usize = 4096;

/// Bytes of lines that are read at once, beyond which only a line that is longer by itself is.
const MAX_AHEAD: usize = 16 << 20;

/// Why a file of facts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// It cannot be read.
    #[error("cannot read: {0}")]
    Io(#[from] io::Error),
    /// A line is not a record.
    #[error("line {line}: {reason}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong, without a text of the line: that may be a secret.
        reason: String,
    },
    /// Parts of it are missing.
    #[error("{0}")]
    Incomplete(String),
}

impl FactsError {
    pub(super) fn at(line: u64) -> impl FnOnce(String) -> Self {
        move |reason| Self::Line { line, reason }
    }

    /// Facts that end before their last record.
    pub(super) fn cut_short() -> Self {
        Self::Incomplete("incomplete: the last record is missing".to_owned())
    }
}

/// What is wrong with a record after the one that ends a file.
pub(super) const AFTER_END: &str = "a record after the last one";

/// The lines of a file of facts, with their numbers.
pub(super) struct FactsLines<R> {
    input: R,
    number: u64,
}

impl<R: BufRead> FactsLines<R> {
    pub(super) const fn new(input: R) -> Self {
        Self { input, number: 0 }
    }

    /// The next line, without its line break.
    pub(super) fn next_line(&mut self) -> Result<Option<(u64, Vec<u8>)>, FactsError> {
        let mut line = Vec::new();
        self.input.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if line.len() as u64 > MAX_LINE {
            return Err(FactsError::at(self.number)(format!("longer than {} MiB", MAX_LINE >> 20)));
        }
        if line.pop_if(|last| *last == b'\n').is_none() {
            return Err(FactsError::at(self.number)("incomplete: no line break at the end".to_owned()));
        }
        Ok(Some((self.number, line)))
    }

    /// The first line, which has to be a header of this version.
    pub(super) fn header(&mut self) -> Result<Header, FactsError> {
        let fail = FactsError::at(1);
        let Some((_, line)) = self.next_line()? else { return Err(fail("no facts: empty file".to_owned())) };
        let not_facts = "not a file of facts, as `copydesk facts` writes it";
        let Ok(header) = parse::<Header>(&line) else { return Err(fail(not_facts.to_owned())) };
        if header.record != Kind::Facts {
            return Err(fail(not_facts.to_owned()));
        }
        if header.schema_version != VERSION || header.copydesk != PROGRAM {
            return Err(fail(format!(
                "facts of another version of copydesk, `{}`; this is {PROGRAM}",
                header.copydesk.chars().take(32).collect::<String>().escape_debug()
            )));
        }
        Ok(header)
    }
}

/// A value of a line.
pub(super) fn parse<T: DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| {
        let what = if error.is_data() { "not a record of this version" } else { "invalid JSON" };
        format!("{what}, at byte {}", error.column())
    })
}

/// A line after it was read as a record.
enum Parsed {
    Site(SiteRecord),
    Config(ConfigRecord<'static>),
    Files(FilesRecord),
    Page { root: PathBuf, page: Box<KnownPage> },
    End(EndRecord),
}

impl SiteFacts {
    /// Reads the facts of whole sites. Takes memory in proportion to the length of the input.
    ///
    /// # Errors
    ///
    /// When the input cannot be read, is damaged, is from another version of copydesk, or lacks some of the shards.
    pub fn read(input: impl BufRead) -> Result<Self, FactsError> {
        let mut lines = FactsLines::new(input);
        let header = lines.header()?;
        let mut facts = Self { origin: header.config, sites: BTreeMap::new() };
        let (mut is_end, mut is_whole) = (false, false);
        while !is_end {
            let (mut window, mut bytes) = (Vec::new(), 0);
            while bytes < MAX_AHEAD && !is_end {
                match lines.next_line()? {
                    Some((number, line)) => {
                        bytes += line.len();
                        window.push((number, line));
                    }
                    None => is_end = true,
                }
            }
            let read = |(number, line): (u64, Vec<u8>)| (number, record(&line));
            let parsed: Vec<(u64, Result<Parsed, String>)> = window.into_par_iter().map(read).collect();
            for (number, parsed) in parsed {
                let added = match parsed {
                    _ if is_whole => Err(AFTER_END.to_owned()),
                    Ok(Parsed::End(end)) => {
                        is_whole = true;
                        end.check(number)
                    }
                    parsed => parsed.and_then(|parsed| facts.add(parsed)),
                };
                added.map_err(FactsError::at(number))?;
            }
        }
        if is_whole { facts.finish() } else { Err(FactsError::cut_short()) }
    }

    fn add(&mut self, parsed: Parsed) -> Result<(), String> {
        match parsed {
            Parsed::Site(site) => self.add_site(&site),
            Parsed::Config(config) => {
                let site = self.site(&config.root)?;
                let path = answered_path(&config.path)?;
                if let Some(text) = config.text {
                    site.texts.insert(path.clone(), Ok(Arc::from(&*text)));
                } else if let Some(error) = config.error {
                    site.texts.insert(path.clone(), Err(error.into_owned()));
                }
                if !config.names.is_empty() {
                    site.names.insert(path, Arc::from(&*config.names));
                }
                Ok(())
            }
            Parsed::Files(files) => {
                let site = self.site(&files.root)?;
                if site.files.around.is_some() {
                    return Err("the files of this site are there twice".to_owned());
                }
                site.files = KnownFiles::of(files)?;
                Ok(())
            }
            Parsed::Page { root, page } => {
                let site = self.sites.get_mut(&root).ok_or_else(unknown_site)?;
                match site.pages.insert(Arc::clone(&page.facts.path), *page) {
                    None => Ok(()),
                    Some(_) => Err("this page is there twice".to_owned()),
                }
            }
            Parsed::End(_) => Ok(()),
        }
    }

    fn add_site(&mut self, site: &SiteRecord) -> Result<(), String> {
        if !site.shards.is_possible() {
            return Err("`shards` are not shards".to_owned());
        }
        let missing: Vec<String> = site.shards.missing().take(8).map(|number| number.to_string()).collect();
        if !missing.is_empty() {
            return Err(format!(
                "not the facts of a whole site: of {} shards, these are missing: {}; `copydesk facts merge` joins them",
                site.shards.count,
                missing.join(", ")
            ));
        }
        let known = KnownSite {
            config: site.config.as_deref().map(answered_path).transpose()?,
            words: site.words,
            texts: HashMap::new(),
            names: HashMap::new(),
            files: KnownFiles::default(),
            pages: BTreeMap::new(),
        };
        match self.sites.insert(root_path(&site.root)?, known) {
            None => Ok(()),
            Some(_) => Err("this site is there twice".to_owned()),
        }
    }

    fn site(&mut self, root: &str) -> Result<&mut KnownSite, String> {
        self.sites.get_mut(Path::new(root)).ok_or_else(unknown_site)
    }

    fn finish(self) -> Result<Self, FactsError> {
        let has_files = |site: &KnownSite| site.files.around.is_some();
        if self.sites.is_empty() || !self.sites.values().all(has_files) {
            return Err(FactsError::Incomplete("incomplete: the files of a site are missing".to_owned()));
        }
        Ok(self)
    }
}

fn unknown_site() -> String {
    "the site of this record is not known".to_owned()
}

fn record(line: &[u8]) -> Result<Parsed, String> {
    let key: RecordKey = parse(line)?;
    Ok(match key.kind() {
        Kind::Facts => return Err("a second header".to_owned()),
        Kind::Site => Parsed::Site(parse(line)?),
        Kind::Config => Parsed::Config(parse(line)?),
        Kind::Files => Parsed::Files(parse(line)?),
        Kind::End => Parsed::End(parse(line)?),
        Kind::Page => {
            let page: PageRecord<PageFacts> = parse(line)?;
            let hash = u128::from_str_radix(&page.hash, 16).map_err(|_| "`hash` is not a hash".to_owned())?;
            let mut facts = page.facts;
            facts.path = Arc::from(path_below(&page.path)?);
            facts.require_sound()?;
            let collection = page.collection.map(|number| number as usize);
            let added = page.added.map(|day| day.parse().map_err(|_| "`added` is not a day".to_owned()));
            let (shape, added) = (page.shape.into(), added.transpose()?);
            let page = KnownPage { hash, shape, collection, added, facts: Arc::new(facts) };
            Parsed::Page { root: root_path(key.root())?, page: Box::new(page) }
        }
    })
}

impl KnownFiles {
    fn of(record: FilesRecord) -> Result<Self, String> {
        let files = |list: &[String]| {
            let mut files: Vec<Arc<Path>> =
                list.iter().map(|path| path_below(path).map(Arc::from)).collect::<Result<_, _>>()?;
            files.sort();
            Ok::<_, String>(files)
        };
        let mut links: Vec<PathBuf> =
            record.links.iter().map(|it| path_below(it)).collect::<Result<_, _>>()?;
        links.sort();
        let inventory = &record.inventory;
        let mut all = inventory.files.iter().chain(inventory.links.keys()).chain(&inventory.repositories);
        all.try_for_each(|path| path_below(path).map(drop))?;
        Ok(Self {
            listed: files(&record.listed)?,
            hidden: files(&record.hidden)?,
            links,
            around: Some(Arc::new(record)),
        })
    }
}

/// The path of a file in a site.
fn path_below(text: &str) -> Result<PathBuf, String> {
    let path = Path::new(text);
    let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
    let is_clean = text.split('/').all(|part| !matches!(part, "" | "."));
    let is_short = text.len() <= MAX_PATH && !text.contains('\0');
    if is_below && is_clean && is_short {
        return Ok(path.to_owned());
    }
    Err("a path is empty, too long, or outside the site root".to_owned())
}

/// The folder of a site, which may be above the current one.
fn root_path(text: &str) -> Result<PathBuf, String> {
    let path = Path::new(text);
    let mut names = path.components().skip_while(|part| *part == Component::ParentDir);
    let is_clean = names.all(|part| matches!(part, Component::Normal(_)));
    let is_short = text.len() <= MAX_PATH && !text.contains('\0');
    if is_clean && is_short { Ok(path.to_owned()) } else { Err("`root` is not a folder".to_owned()) }
}

/// The path of something that a config asked for.
fn answered_path(text: &str) -> Result<PathBuf, String> {
    if text.len() <= MAX_PATH && !text.contains('\0') {
        return Ok(PathBuf::from(text));
    }
    Err("a path is too long".to_owned())
}
