//! What commands read from standard input, from lists of paths and from the clock.

use std::{
    fs,
    io::{self, BufRead, Read},
    path::{Path, PathBuf},
};

use jiff::civil;

use super::Error;
use crate::{
    git,
    vfs::{Disk, EntryKind, FileSystem as _},
};

/// All of standard input.
pub(super) fn read_stdin() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let failed = |source| Error::Input { what: "standard input".into(), source };
    io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The paths in a list that ends each with `end`.
pub(super) fn read_list(list: &Path, end: u8) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Input { what: list.display().to_string(), source };
    let read = |reader: &mut dyn BufRead| -> io::Result<Vec<PathBuf>> {
        let lines = reader.split(end).collect::<io::Result<Vec<_>>>()?;
        let lines = lines.iter().map(|line| {
            let line = line.strip_suffix(b"\r").filter(|_| end == b'\n').unwrap_or(line);
            git::path_of(line)
        });
        Ok(lines.filter(|path| !path.as_os_str().is_empty()).collect())
    };
    if list == Path::new("-") {
        return read(&mut io::stdin().lock()).map_err(failed);
    }
    read(&mut io::BufReader::new(fs::File::open(list).map_err(failed)?)).map_err(failed)
}

/// What is at a path on the command line, links followed; `None` where that cannot be known.
pub(super) fn kind_at(path: &Path) -> Option<EntryKind> {
    Disk.kind(path).ok()
}

/// Paths, those in the lists that `@LIST` names among them.
pub(super) fn with_lists(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for path in named {
        match path.to_str().and_then(|text| text.strip_prefix('@')) {
            Some(list) if kind_at(path).is_none() => paths.extend(read_list(Path::new(list), b'\n')?),
            _ => paths.push(path.clone()),
        }
    }
    Ok(paths)
}

/// The day of the run, in UTC: that of `SOURCE_DATE_EPOCH` (reproducible-builds.org) if it is set, else today.
pub(super) fn today() -> civil::Date {
    let asked = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let time = asked.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    time.unwrap_or_else(jiff::Timestamp::now).to_zoned(jiff::tz::TimeZone::UTC).date()
}
