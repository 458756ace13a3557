//! `check --watch`: checks again when a file changes. It asks the file system, so it works wherever files are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{Error, Outcome, print_note};
use crate::{
    discover::{self, Project},
    paths,
    vfs::Disk,
};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(400);

/// A look takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// What is known of a file: when it was changed, and its size in bytes.
type Stamp = Option<(SystemTime, u64)>;

/// The sites that the paths belong to.
pub(super) fn sites(paths: &[PathBuf], current: &Path) -> BTreeSet<Project> {
    let folder = |path: &PathBuf| {
        let full = paths::absolute(path, current);
        if full.is_dir() { full } else { full.parent().map_or_else(|| full.clone(), Path::to_owned) }
    };
    let mut folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    if folders.is_empty() {
        folders.push(current.to_owned());
    }
    folders.iter().map(|folder| Project::of(&Disk, folder)).collect()
}

/// Runs `check` again and again; it returns the files that it read.
pub(super) fn repeat(
    sites: &BTreeSet<Project>,
    out: &mut dyn Write,
    check: impl Fn(&mut dyn Write) -> Result<Vec<PathBuf>, Error>,
) -> Result<Outcome, Error> {
    let mut inputs = Vec::new();
    loop {
        if io::stdout().is_terminal() {
            // Clears the screen (ECMA-48).
            out.write_all(b"\x1b[2J\x1b[H")?;
        }
        let mut known = stamps(sites, &inputs);
        inputs = check(out)?;
        out.flush()?;
        for input in &inputs {
            known.entry(input.clone()).or_insert_with(|| stamp(input));
        }
        print_note("waiting for changes; press Ctrl+C to stop");
        wait(sites, &inputs, &known);
    }
}

/// Waits until a file is not as it was.
fn wait(sites: &BTreeSet<Project>, inputs: &[PathBuf], known: &BTreeMap<PathBuf, Stamp>) {
    let mut pause = PAUSE;
    loop {
        thread::sleep(pause);
        let start = Instant::now();
        if stamps(sites, inputs) != *known {
            return;
        }
        pause = PAUSE.max(start.elapsed() * SHARE);
    }
}

fn stamps(sites: &BTreeSet<Project>, inputs: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
    let listed = sites.iter().flat_map(|site| {
        let listing = discover::list(&Disk, site);
        let files = listing.files.iter().chain(&listing.hidden);
        files.map(|file| site.root.join(file)).collect::<Vec<_>>()
    });
    listed.chain(inputs.iter().cloned()).map(|path| (path.clone(), stamp(&path))).collect()
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
