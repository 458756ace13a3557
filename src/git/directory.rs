//! Git directories by the look of them: git itself is not asked.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// The longest file that only names a directory, in bytes.
const MAX_POINTER: u64 = 4096;

/// The git directory that a path, absolute and without links, is or is inside of: one called `.git` in any case, which
/// is the same on many systems; a bare repository; or what git keeps of a further working tree. Nothing above the
/// working tree that contains the path counts, which may be in a bare repository.
pub fn directory_around(real: &Path) -> Option<&Path> {
    for folder in real.ancestors() {
        let is_called_so = folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case(".git"));
        if is_called_so || looks_like_one(folder) {
            return Some(folder);
        }
        if folder.join(".git").symlink_metadata().is_ok() {
            return None;
        }
    }
    None
}

/// The bare repository that an absolute path is or is inside of: a folder that looks like one and is called so, such as
/// `handbook.git`. Any other folder of a site may have been made to look like one.
pub fn bare_around(path: &Path) -> Option<&Path> {
    let is_called_so = |folder: &Path| {
        let name = folder.file_name().map(std::ffi::OsStr::as_encoded_bytes);
        name.is_some_and(|name| name.len() > 4 && name.ends_with(b".git"))
    };
    path.ancestors().find(|folder| is_called_so(folder) && looks_like_one(folder))
}

/// The file with the rules that only this clone of a repository has (`gitignore(5)`), by the root of its working tree;
/// the file need not exist.
pub fn exclude_file(folder: &Path) -> Option<PathBuf> {
    let git = folder.join(".git");
    let directory = if fs::metadata(&git).ok()?.is_file() { common_directory(&git)? } else { git };
    Some(directory.join("info/exclude"))
}

/// The directory that a further working tree shares with the first one, by its `.git` file (`gitrepository-layout(5)`).
fn common_directory(git: &Path) -> Option<PathBuf> {
    let own = PathBuf::from(pointer(git)?.strip_prefix("gitdir: ")?);
    let common = pointer(&own.join("commondir"))?;
    Some(own.join(common))
}

/// The first line of a small file.
fn pointer(path: &Path) -> Option<String> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(MAX_POINTER).read_to_string(&mut text).ok()?;
    text.lines().next().map(str::to_owned)
}

/// Whether a folder holds what git looks for (`gitrepository-layout(5)`): `HEAD`, and either objects and references or
/// the way to where these are.
fn looks_like_one(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).symlink_metadata().is_ok();
    has("HEAD") && (has("commondir") || (has("objects") && has("refs")))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("copydesk-git-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be made");
        folder.canonicalize().expect("the folder is there")
    }

    fn make(folder: &Path, paths: &[&str]) {
        for path in paths {
            fs::create_dir_all(folder.join(path)).expect("the folder can be made");
        }
    }

    #[test]
    fn git_directories_are_known_by_name_and_by_look() {
        let site = folder("kinds");
        make(&site, &[".git/hooks", "bare/HEAD", "bare/objects", "bare/refs", "bare/hooks"]);
        make(&site, &["tree/HEAD", "tree/commondir", "posts/HEAD"]);
        for path in [".git", ".git/config", ".GIT/hooks/x", "bare/config", "bare/hooks/x", "tree/index"] {
            assert!(directory_around(&site.join(path)).is_some(), "{path}");
        }
        for path in ["a.md", ".github/a.md", "a.git/b.md", "posts/HEAD/a.md", ".gitignore"] {
            assert_eq!(directory_around(&site.join(path)), None, "{path}");
        }
        fs::remove_dir_all(site).expect("the folder can be removed");
    }

    #[test]
    fn a_working_tree_in_a_bare_repository_is_none() {
        let bare = folder("around");
        make(&bare, &["HEAD", "objects", "refs", "main/.git", "main/posts"]);
        assert_eq!(directory_around(&bare.join("main/posts/a.md")), None);
        assert_eq!(directory_around(&bare.join("config")), Some(&*bare));
        fs::remove_dir_all(bare).expect("the folder can be removed");
    }
}
