//! Removes what killed processes left beside files.

use std::{
    collections::HashSet,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{
    folder::Folder,
    protected::Protected,
    read::is_regular,
    strays::{PREFIX, SUFFIX},
};
use crate::git;

/// Removes what processes that no longer run left beside the inputs of a run. What cannot be removed stays, and so does
/// what is in a folder to which a link leads out of its site.
pub fn remove_strays(protected: &Protected) {
    // Many files are in one folder. Their names are compared as they are written, which costs less than as paths.
    let folders = protected.inputs.iter().filter_map(|input| input.parent());
    let folders: HashSet<&OsStr> = folders.map(Path::as_os_str).collect();
    let roots = protected.folders.iter().map(|root| (root, root.canonicalize().ok()));
    let roots: Vec<_> = roots.collect();
    let is_kept = |folder: &Path, real: &Path| {
        let mut around = roots.iter().filter(|(root, _)| folder.starts_with(root));
        around.all(|(_, root)| root.as_ref().is_some_and(|root| real.starts_with(root)))
            && git::directory_around(real).is_none()
    };
    let real = |folder: &OsStr| {
        let folder = Path::new(folder);
        folder.canonicalize().ok().filter(|real| is_kept(folder, real))
    };
    let mut folders: Vec<PathBuf> = folders.into_iter().filter_map(real).collect();
    folders.sort();
    folders.dedup();
    folders.iter().filter_map(|folder| Folder::open(folder).ok()).for_each(|folder| remove_in(&folder));
}

pub(super) fn remove_in(folder: &Folder) {
    let names = folder.files().unwrap_or_default();
    for name in names.iter().filter(|name| is_one(name)) {
        // Its writer holds the lock for as long as it lives, in other containers too.
        let file = folder.open_file(name).and_then(is_regular);
        if file.is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = folder.remove(name);
        }
    }
}

/// Whether a name is one of these: `.copydesk-PROCESS-COUNT.new`.
fn is_one(name: &OsStr) -> bool {
    let inner = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    let parts = inner.and_then(|inner| inner.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(process, count)| is_number(process) && is_number(count))
}

#[cfg(test)]
mod tests {
    use super::{super::strays::name, *};

    #[test]
    fn only_names_of_our_making_are_ours() {
        assert!(is_one(&name(7, 0)) && is_one(OsStr::new(".copydesk-123-45.new")));
        for name in [
            ".copydesk-words.txt",
            ".copydesk-1.new",
            ".copydesk-1-.new",
            ".copydesk-a-0.new",
            "copydesk-1-0.new",
        ] {
            assert!(!is_one(OsStr::new(name)), "{name}");
        }
    }
}
