//! Writing facts: what the pages of a shard say, and what is around them.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    super::{ConfigChoice, Error, Facts, Options, Purpose, Run, Shard, Workspace, open_site::OpenSite},
    Outline,
    masked::masked_line,
    record::{
        ConfigOrigin, ConfigRecord, Counted, EndRecord, FilesRecord, Header, InventoryRecord, Kind, PROGRAM,
        PageRecord, Shards, SiteRecord, VERSION,
    },
};
use crate::{
    paths,
    secrets::Secrets,
    site::PageFacts,
    vfs::{GitFolder, InventoryItem, ItemKind},
};

/// Pages that are made into lines at once.
const WINDOW: usize = 256;

/// Writes the facts of the sites that the options name, or of a shard of their pages, one JSON object a line. The same
/// files give the same bytes. Secrets of URLs are masked.
///
/// Returns a run without findings in pages: with the errors, and with the mistakes in configs, of which nothing is
/// written then.
///
/// # Errors
///
/// When the output cannot be written.
pub fn write(options: &Options<'_>, out: &mut impl Write) -> io::Result<Run> {
    let workspace = Workspace::open_for(Purpose::Facts, options.clone(), &Facts::default());
    let mut run = workspace.without_findings();
    if run.broken_config {
        return Ok(run);
    }
    let mut sites: Vec<(String, &OpenSite)> = Vec::new();
    for site in &workspace.sites {
        let root = paths::relative(&options.current, &site.project.root);
        match slashed(&root) {
            Some(root) => sites.push((root, site)),
            None => run.errors.push(not_unicode(&root)),
        }
    }
    sites.sort_by(|a, b| a.0.cmp(&b.0));
    let config = match options.config {
        ConfigChoice::Discover => ConfigOrigin::Discovered,
        ConfigChoice::File(_) => ConfigOrigin::Given,
        ConfigChoice::Nothing => ConfigOrigin::None,
    };
    let header =
        Header { record: Kind::Facts, schema_version: VERSION, copydesk: PROGRAM.to_owned(), config };
    let out = &mut Counted { out, lines: 0 };
    write_line(&header, out)?;
    for (root, site) in &sites {
        write_line(&site_record(root, site, options), out)?;
    }
    for (root, site) in &sites {
        write_config(root, site, out)?;
    }
    for (root, site) in &sites {
        // One shard says it: with `git log`, it may take as long as all pages.
        if site.is_in_shard(Path::new("")) {
            write_line(&files_record(root, site, &workspace.options), out)?;
        }
    }
    for (root, site) in &sites {
        run.errors.append(&mut write_pages(root, site, options, out)?);
        run.files += site.pages.len();
    }
    let end = EndRecord::after(out.lines);
    write_line(&end, out)?;
    workspace.save();
    workspace.close();
    Ok(run)
}

pub(super) fn write_line(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// A path with `/` between its parts; `None` where it is not Unicode.
fn slashed(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}

fn not_unicode(path: &Path) -> Error {
    let reason = "its name is not Unicode, so that facts cannot contain it".to_owned();
    Error::Unreadable { path: path.to_owned(), reason }
}

fn site_record(root: &str, site: &OpenSite, options: &Options<'_>) -> SiteRecord {
    let names: Vec<_> = site.paths.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
    let pages = xxh3_64(&names.join(&b'\n'));
    let config = site.project.config.as_deref();
    let present = options.shard.map_or(1, Shard::number);
    let count = options.shard.map_or(1, Shard::count);
    SiteRecord {
        record: Kind::Site,
        root: root.to_owned(),
        config: config.and_then(|config| slashed(&site.relative(config))),
        words: site.words,
        digest: format!("{:016x}{pages:016x}", site.digest_of_texts),
        shards: Shards { count, present: vec![present] },
    }
}

/// Writes what the config was read from.
fn write_config(root: &str, site: &OpenSite, out: &mut impl Write) -> io::Result<()> {
    let (texts, mut names) = site.config_files.answers();
    if !site.is_in_shard(Path::new("")) {
        // One shard says what is in folders: other programs may write there.
        names.clear();
    }
    let mut records: BTreeMap<String, ConfigRecord<'_>> = BTreeMap::new();
    let paths = texts.keys().chain(names.keys());
    for path in paths.filter_map(|path| slashed(&site.relative(path))) {
        records.entry(path.clone()).or_insert_with(|| ConfigRecord {
            record: Kind::Config,
            root: root.to_owned(),
            path,
            text: None,
            error: None,
            names: Cow::Borrowed(&[]),
        });
    }
    let secrets = Secrets::default();
    for (path, text) in &texts {
        let record = slashed(&site.relative(path)).and_then(|path| records.get_mut(&path));
        match (record, text) {
            (Some(record), Ok(text)) => record.text = Some(secrets.mask(text)),
            (Some(record), Err(error)) => record.error = Some(Cow::Borrowed(error)),
            (None, _) => {}
        }
    }
    for (path, names) in &names {
        if let Some(record) = slashed(&site.relative(path)).and_then(|path| records.get_mut(&path)) {
            record.names = Cow::Borrowed(names);
        }
    }
    records.values().try_for_each(|record| write_line(record, out))
}

fn files_record(root: &str, site: &OpenSite, options: &Options<'_>) -> FilesRecord {
    let listing = &site.listing;
    let texts = |paths: &mut dyn Iterator<Item = &Path>| paths.filter_map(slashed).collect();
    let found = site.around.inventory();
    let repository = options.repository(&site.project.root);
    let mut inventory = InventoryRecord { complete: found.is_complete(), ..InventoryRecord::default() };
    for InventoryItem { path, kind } in found.items() {
        match kind {
            ItemKind::File => inventory.files.push(path),
            ItemKind::Link(text) => drop(inventory.links.insert(path, text)),
            ItemKind::Repository => inventory.repositories.push(path),
        }
    }
    let secrets = Secrets::default();
    let folder = repository.as_ref().map_or_else(String::new, GitFolder::folder_in_repository);
    let remotes = repository.as_ref().map_or_else(Vec::new, GitFolder::remotes);
    FilesRecord {
        record: Kind::Files,
        root: root.to_owned(),
        listed: texts(&mut listing.files.iter().map(|path| &**path)),
        hidden: texts(&mut listing.hidden.iter().map(|path| &**path)),
        links: texts(&mut listing.links.iter().map(|path| &**path)),
        inventory,
        renames: repository.as_ref().map_or_else(Vec::new, GitFolder::renames),
        remotes: remotes.iter().map(|url| secrets.mask(url).into_owned()).collect(),
        gitignore: gitignore(site, options, &folder, &secrets),
        folder,
    }
}

/// The text of each `.gitignore` in a site and in the folders above it, up to the repository, and that of its `.gitmodules`.
fn gitignore(
    site: &OpenSite,
    options: &Options<'_>,
    folder: &str,
    secrets: &Secrets,
) -> BTreeMap<String, String> {
    const NAME: &str = ".gitignore";
    let root = &site.project.root;
    let above = root.ancestors().zip(Path::new(folder).ancestors());
    let above = above.flat_map(|(full, relative)| {
        let names =
            [NAME, ".gitmodules"].into_iter().filter(move |name| *name == NAME || relative == Path::new(""));
        names.map(move |name| (full.join(name), relative.join(name)))
    });
    let hidden = site.listing.hidden.iter().filter(|path| path.ends_with(NAME));
    let below = hidden.map(|path| (root.join(path), Path::new(folder).join(path)));
    let read = |(full, relative): (PathBuf, PathBuf)| {
        let text = options.files.shown_text(&full)?;
        Some((slashed(&relative)?, secrets.mask(&text).into_owned()))
    };
    above.chain(below).filter_map(read).collect()
}

/// Writes the pages by the bytes of their paths. Gives the errors: pages that could not be read, or not be written.
fn write_pages(
    root: &str,
    site: &OpenSite,
    options: &Options<'_>,
    out: &mut impl Write,
) -> io::Result<Vec<Error>> {
    let secrets = site.secrets();
    let (mut errors, mut pages) = (Vec::new(), Vec::new());
    for page in &site.pages {
        match slashed(&page.facts.path) {
            Some(path) => pages.push((path, page)),
            None => errors.push(not_unicode(&paths::relative(
                &options.current,
                &site.project.root.join(&page.facts.path),
            ))),
        }
    }
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    for window in pages.chunks(WINDOW) {
        let lines: Vec<serde_json::Result<String>> = window
            .par_iter()
            .map(|(path, page)| {
                let Some(outline) = &page.outline else { return Ok(String::new()) };
                let record = PageRecord {
                    record: Kind::Page,
                    root: root.to_owned(),
                    path: path.clone(),
                    hash: format!("{:032x}", outline.hash),
                    shape: outline.shape.clone(),
                    collection: page.facts.collection.as_ref().map(|it| it.index as u32),
                    added: site.added(&page.facts.path).map(|day| day.to_string()),
                    facts: &*page.facts,
                };
                line_of(&record, outline, &secrets)
            })
            .collect();
        for line in lines {
            out.write_all(line?.as_bytes())?;
        }
    }
    Ok(errors)
}

/// The line of a page, with the secrets in its facts masked.
fn line_of(
    record: &PageRecord<&PageFacts>,
    outline: &Outline,
    secrets: &Secrets,
) -> serde_json::Result<String> {
    let mut line = if outline.has_secrets() {
        masked_line(record, &outline.mask(secrets))?
    } else {
        serde_json::to_string(record)?
    };
    line.push('\n');
    Ok(line)
}
