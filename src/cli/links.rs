//! `copydesk links`: the URLs that point outside the site, and what a link checker says of them.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::{Error, config_file::ConfigFile, current_folder, print_json, site_index::ReadSites};
use crate::{
    config::{self, CannotAdd},
    links::{AddressKind, LinkReport},
    paths,
    report::sanitize,
    sources::Sources,
    text::quantity,
};

/// Bytes that a report of a link checker may have.
const MAX_REPORT: u64 = 256 << 20;

/// Places of a URL that the text format lists.
const MAX_PLACES: usize = 3;

/// List the URLs that point outside the site, or add moved ones to the config
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Links {
    #[command(subcommand)]
    action: Option<Action>,
    /// List the external URLs, each once, with its places
    #[arg(long)]
    external: bool,
    /// Output format; `plain` has one URL per line, for a link checker
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
    /// Files and directories [default: current directory]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add moved URLs from a report of lychee to the config
    Learn {
        /// The report, made with `lychee --format json`
        report: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Plain,
    Json,
}

/// A place of a URL.
struct Place {
    file: String,
    line: u32,
    column: u32,
}

impl Links {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<(), Error> {
        match self.action {
            Some(Action::Learn { report }) => learn(&report, out),
            None if self.external => list(self.paths, self.format, out),
            None => Err(Error::Usage("nothing to list: use `--external`".to_owned())),
        }
    }
}

/// Reads a report of a link checker.
pub(super) fn read_report(path: &Path) -> Result<Arc<LinkReport>, Error> {
    let failed = |source| Error::Input { what: path.display().to_string(), source };
    if fs::metadata(path).map_err(failed)?.len() > MAX_REPORT {
        return Err(Error::Usage(format!("link report too large: {}", path.display())));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    let report = LinkReport::parse(&text);
    report.map(Arc::new).map_err(|why| Error::Usage(format!("{}: {why}", path.display())))
}

fn list(paths: Vec<PathBuf>, format: ListFormat, out: &mut dyn Write) -> Result<(), Error> {
    let urls = external(paths)?;
    match format {
        ListFormat::Plain => {
            for url in urls.keys() {
                writeln!(out, "{}", sanitize(url))?;
            }
        }
        ListFormat::Json => {
            let place =
                |place: &Place| json!({ "file": place.file, "line": place.line, "column": place.column });
            let all: Vec<_> = urls
                .iter()
                .map(|(url, places)| json!({ "url": url, "places": places.iter().map(place).collect::<Vec<_>>() }))
                .collect();
            print_json(&all, out)?;
        }
        ListFormat::Text => {
            for (url, places) in &urls {
                writeln!(out, "{}", sanitize(url))?;
                for Place { file, line, column } in places.iter().take(MAX_PLACES) {
                    writeln!(out, "  {}", sanitize(&format!("{file}:{line}:{column}")))?;
                }
                if places.len() > MAX_PLACES {
                    writeln!(out, "  and {}", quantity(places.len() - MAX_PLACES, "more place"))?;
                }
            }
            writeln!(out, "{}", quantity(urls.len(), "URL"))?;
        }
    }
    Ok(())
}

/// The URLs that point outside the site, with their places. Those with secrets are left out: no other program should get
/// them.
fn external(paths: Vec<PathBuf>) -> Result<BTreeMap<String, Vec<Place>>, Error> {
    let current = current_folder()?;
    let index = ReadSites::of(paths)?;
    let mut urls: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for site in &index.sites {
        let sources = Sources::new(&site.root);
        for (page, _) in site.site.pages.iter().zip(&site.asked).filter(|(_, asked)| **asked) {
            let source = sources.get(&page.path);
            let own: Vec<_> = site.site.leads(page).map(|(target, _)| target.span).collect();
            let is_external = |target: &&crate::links::UrlTarget| {
                target.address == AddressKind::Web
                    && !own.contains(&target.span)
                    && page.ignored_links.binary_search(&target.span).is_err()
                    && !source.hides(target.span)
            };
            for target in page.targets.iter().filter(is_external) {
                let at = source.lines.position(&source.text, target.span.start);
                let file = paths::relative(&current, &site.root.join(&page.path));
                let file = file.to_string_lossy().replace('\\', "/");
                let place = Place { file, line: at.line, column: at.column };
                urls.entry(target.url.to_string()).or_default().push(place);
            }
        }
    }
    Ok(urls)
}

/// Adds moves to the config.
fn learn(report: &Path, out: &mut dyn Write) -> Result<(), Error> {
    let report = read_report(report)?;
    let file = ConfigFile::open()?;
    let (mut text, mut added) = (file.text.clone(), 0);
    for (from, to) in report.moves() {
        match config::add_move(&text, from, to) {
            Ok(longer) => (text, added) = (longer, added + 1),
            Err(CannotAdd::Present) => {}
            Err(CannotAdd::Layout) => {
                return Err(file.refused("`links` and `moved` have to be blocks with one key per line"));
            }
        }
    }
    if added > 0 {
        file.write(&text)?;
    }
    Ok(writeln!(out, "added {} to {}", quantity(added, "moved URL"), file.shown())?)
}
