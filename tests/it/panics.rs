//! A panic while a page is read is a finding in that page; the other pages are checked.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    checkout::{Checkout, Content, EntryKind, OnDisk},
    discover::{FoundFiles, Listing, Project},
    run::{self, Options},
    site::urls::FileIndex,
};

use crate::common::{TODAY, assert_snapshot, render};

/// The disk, but for a file that cannot be read without a panic.
#[derive(Debug)]
struct Faulty;

impl Checkout for Faulty {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        OnDisk.kind(path)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        OnDisk.real(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        assert!(!path.ends_with("faulty.schema.json"), "the disk is made of cheese");
        OnDisk.read(path, most)
    }

    fn list(&self, project: &Project) -> Listing {
        OnDisk.list(project)
    }

    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        OnDisk.ignored(project, files)
    }

    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        OnDisk.files(root, skips)
    }

    fn around(&self, root: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        OnDisk.around(root, listed)
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        OnDisk.names(folder)
    }

    fn is_there(&self, path: &Path) -> bool {
        OnDisk.is_there(path)
    }
}

#[test]
fn a_panic_outside_a_rule_ends_one_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("panics");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    };
    write(".git/HEAD", "");
    write("copydesk.yaml", "site: { dialect: gfm }\n");
    write("faulty.schema.json", "{}\n");
    write("faulty.md", "---\n$schema: faulty.schema.json\n---\n\n[The quay](quay.md)\n");
    write("other.md", "See the [pier](pier.md) and [the other page](faulty.md).\n");
    let options = Options {
        paths: vec![folder.clone()],
        files: Arc::new(Faulty),
        ..Options::on_disk(folder.clone(), TODAY)
    };
    assert_snapshot("tests/it/panics.snap", &render(&run::check(&options), "full"));
}
