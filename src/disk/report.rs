//! Files that reports go to.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    io,
    path::{Component, Path, PathBuf},
};

use super::{place::FilePlace, protected::Protected, read::is_regular};
use crate::{git, paths};

/// How many links may lead to each other, as Linux has it.
const MAX_LINKS: usize = 40;

/// Where a report goes.
enum Target {
    /// A stream that the process has open, by its path.
    Stream(PathBuf),
    /// A file in a folder whose links are not followed, or that need not exist.
    File(FilePlace),
    /// Something else that is there, such as a pipe or a device.
    Special(PathBuf),
}

/// Makes a file empty for a report, or opens a stream such as `/dev/stdout`.
///
/// No link of a checkout is followed. Others are: who named the file knows what is there.
///
/// # Errors
///
/// When it cannot be written, its path contains a link of a checkout, it is in a git directory, or the run reads it.
pub fn open_report(path: &Path, protected: &Protected) -> io::Result<File> {
    let place = match protected.resolve(path)? {
        Target::Stream(path) | Target::Special(path) => return File::options().write(true).open(path),
        Target::File(place) => place,
    };
    let real = place.path();
    if holds(&protected.reports, path, &real) {
        return Err(io::Error::other("another report is written to this file"));
    }
    if holds(&protected.inputs, path, &real) {
        return Err(io::Error::other("file is an input of this run"));
    }
    let file = is_regular(place.open_folder()?.open_or_create(&place.name)?)?;
    file.set_len(0)?;
    Ok(file)
}

impl Protected {
    /// Follows the links on a path that are not those of a checkout.
    fn resolve(&self, path: &Path) -> io::Result<Target> {
        let roots: Vec<PathBuf> =
            self.folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        let is_guarded = |folder: &Path| {
            git::top_of(folder).is_some() || roots.iter().any(|root| folder.starts_with(root))
        };
        if is_stream(path) {
            return Ok(Target::Stream(path.to_owned()));
        }
        let mut links = 0;
        let (mut real, mut left) = parts(path);
        while let Some(part) = left.pop() {
            let next = real.join(&part);
            match fs::symlink_metadata(&next) {
                Ok(metadata) if metadata.is_symlink() => {
                    if is_guarded(&real) {
                        return Err(io::Error::other("path contains a symlink of the checkout"));
                    }
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(io::Error::other("too many levels of symlinks"));
                    }
                    let rest: PathBuf = left.iter().rev().collect();
                    let target = paths::absolute(&fs::read_link(&next)?.join(rest), &real);
                    if is_stream(&target) {
                        return Ok(Target::Stream(target));
                    }
                    (real, left) = parts(&target);
                }
                Ok(metadata) if left.is_empty() && !metadata.is_file() && !metadata.is_dir() => {
                    if is_guarded(&real) {
                        return Err(io::Error::other("not a regular file"));
                    }
                    return Ok(Target::Special(next));
                }
                Err(error) if !(left.is_empty() && error.kind() == io::ErrorKind::NotFound) => {
                    return Err(error);
                }
                Ok(_) | Err(_) => real = next,
            }
        }
        FilePlace::of_real(&real).map(Target::File)
    }
}

/// Whether a file, by the path that it was named by and the one without links, is one of these. It need not exist.
fn holds(files: &[PathBuf], named: &Path, real: &Path) -> bool {
    let is_called_so = |file: &PathBuf| file == named || file == real;
    let identity = Identity::of(real);
    files.iter().any(|file| is_called_so(file) || identity.is_some() && Identity::of(file) == identity)
}

/// The root of an absolute path, and its other parts, the last one first.
fn parts(path: &Path) -> (PathBuf, Vec<OsString>) {
    let is_root = |part: &Component<'_>| matches!(part, Component::Prefix(_) | Component::RootDir);
    let root = path.components().take_while(is_root).collect();
    let others = path.components().skip_while(is_root).map(|part| part.as_os_str().to_owned());
    let mut others: Vec<OsString> = others.collect();
    others.reverse();
    (root, others)
}

/// Whether a path, absolute and without `.` and `..`, names a stream that a process has open.
fn is_stream(path: &Path) -> bool {
    let parts: Vec<&OsStr> = path.iter().skip(1).collect();
    let parts: Vec<&str> = parts.iter().map(|part| part.to_str().unwrap_or_default()).collect();
    cfg!(unix)
        && path.has_root()
        && matches!(parts[..], ["dev", "stdout" | "stderr"] | ["dev", "fd", _] | ["proc", _, "fd", _])
}

/// What tells a file from all others, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl Identity {
    /// That of the file at a path, links followed; `None` where there is none.
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(path).ok().map(|metadata| Self((metadata.dev(), metadata.ino())))
    }

    /// That of the file at a path, links followed; `None` where there is none.
    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        fs::canonicalize(path).ok().map(Self)
    }
}
