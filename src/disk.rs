//! The files of a site on disk.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    config::{Files, MISSING},
    discover::Project,
    sources::read_text,
};

/// Writes a file so that it has either its old content or the new one, whatever happens: the new content is written
/// beside it first. A link is followed and stays one, the permissions stay.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = target.with_file_name(name);
    // Never through a link that somebody put in its place.
    let mut new = File::options().write(true).create_new(true).open(&beside)?;
    let replace = || {
        new.write_all(content)?;
        drop(new);
        if let Ok(metadata) = fs::metadata(&target) {
            fs::set_permissions(&beside, metadata.permissions())?;
        }
        fs::rename(&beside, &target)
    };
    replace().inspect_err(|_| {
        // What is left of it helps nobody, and where it cannot be removed, nothing can be done.
        let _ = fs::remove_file(&beside);
    })
}

/// The files of a site on disk: nothing outside its root is ever read, but for the config that somebody named.
pub struct Disk {
    root: PathBuf,
    config: Option<PathBuf>,
    real_root: Option<PathBuf>,
    texts: Mutex<HashMap<PathBuf, Result<Arc<str>, String>>>,
}

impl Disk {
    /// The files of a project.
    pub fn new(project: &Project) -> Self {
        Self {
            root: project.root.clone(),
            config: project.config.clone(),
            real_root: project.root.canonicalize().ok(),
            texts: Mutex::default(),
        }
    }

    /// Whether a path, links followed, leads to something in the site.
    ///
    /// # Errors
    ///
    /// When it leads to nothing.
    pub fn holds(&self, path: &Path) -> io::Result<bool> {
        Ok(self.is_inside(&path.canonicalize()?))
    }

    /// Whether a path without links lies below the root.
    fn is_inside(&self, real: &Path) -> bool {
        self.real_root.as_ref().is_some_and(|root| real.starts_with(root))
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Arc<str>, String> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let real = self.root.join(path).canonicalize().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => MISSING.to_owned(),
                _ => format!("cannot be read: {error}"),
            })?;
            if !self.is_inside(&real) && self.config.as_deref() != Some(path) {
                return Err("lies outside the site".to_owned());
            }
            read_text(&real).map(Arc::from)
        };
        texts.entry(path.to_owned()).or_insert_with(read).clone()
    }
}
