//! URIs of files, and their paths.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use url::Url;

use crate::paths;

/// The file that a URI names, absolute and free of `.` and `..`; `None` where it is something else.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let url = Url::parse(&uri.0).ok().filter(|url| url.scheme() == "file")?;
    let path = url.to_file_path().ok()?;
    Some(paths::absolute(&path, Path::new("/")))
}

/// The URI of a file. The path must be absolute.
pub(super) fn of_path(path: &Path) -> Uri {
    Url::from_file_path(path).map_or_else(|()| Uri(String::new()), |url| Uri(url.into()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{of_path, to_path};

    #[test]
    fn paths_survive_the_way_there_and_back() {
        for path in ["/a b/ü#?.md", "/100%/x.md"] {
            assert_eq!(to_path(&of_path(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(to_path(&"untitled:Untitled-1".into()), None);
        assert_eq!(to_path(&"file://elsewhere/x.md".into()), None);
    }
}
