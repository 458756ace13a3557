//! Paths as text, without asking the disk.

use std::path::{Component, Path, PathBuf};

/// A path made absolute and free of `.` and `..`, without asking the disk.
pub fn absolute(path: &Path, current: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in current.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The way from one folder to another path, both absolute; empty where they are the same.
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..");
    up.map(PathBuf::from).chain([to.components().skip(shared).collect()]).collect()
}

/// Whether a path or a folder on it has a name that begins with a dot.
pub fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| match part {
        Component::Normal(name) => name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_text() {
        let clean = |path: &str| absolute(Path::new(path), Path::new("/a/b"));
        assert_eq!(clean("./c/../d.md"), Path::new("/a/b/d.md"));
        assert_eq!(clean("../../../x"), Path::new("/x"));
    }

    #[test]
    fn the_way_to_a_sibling_goes_up() {
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/c/d")), Path::new("../c/d"));
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/b")), Path::new(""));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/b")), Path::new("b"));
    }
}
