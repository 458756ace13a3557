//! A panic while a page is read is a finding in that page; the other pages are checked.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    run::{self, Options},
    vfs::{Content, Disk, EntryKind, FileSystem, FolderEntry, GitFolder, InventoryItem},
};

use crate::common::{TODAY, assert_snapshot, render};

/// The disk, but for a file that cannot be read without a panic.
#[derive(Debug)]
struct Faulty;

impl FileSystem for Faulty {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        Disk.kind(path)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.real(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        assert!(!path.ends_with("faulty.schema.json"), "the disk is made of cheese");
        Disk.read(path, most)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        Disk.entries(folder)
    }

    fn is_there(&self, path: &Path) -> bool {
        Disk.is_there(path)
    }

    fn link_text(&self, path: &Path) -> Option<String> {
        Disk.link_text(path)
    }

    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>> {
        Disk.tracked(folder)
    }

    fn repository(&self, folder: &Path) -> Option<GitFolder> {
        Disk.repository(folder)
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
