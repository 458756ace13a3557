//! A panic while a page is read is a finding in that page; the other pages are checked.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    fix::Applicability,
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

/// A site with files of these texts, on the faulty disk.
fn site<'a>(name: &str, files: &[(&str, &str)]) -> Options<'a> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let always =
        [(".git/HEAD", ""), ("copydesk.yaml", "site: { dialect: gfm }\n"), ("faulty.schema.json", "{}\n")];
    for (path, text) in always.iter().chain(files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }
    let paths = vec![folder.clone()];
    Options { paths, files: Arc::new(Faulty), ..Options::on_disk(folder, TODAY) }
}

#[test]
fn a_panic_outside_a_rule_ends_one_page() {
    let faulty = "---\n$schema: faulty.schema.json\n---\n\n[The quay](quay.md)\n";
    let other = "See the [pier](pier.md) and [the other page](faulty.md).\n";
    let options = site("panics", &[("faulty.md", faulty), ("other.md", other)]);
    assert_snapshot("tests/it/panics.snap", &render(&run::check(&options), "full"));
}

#[test]
fn a_panic_while_fixes_are_checked_leaves_the_page_and_fixes_the_others() {
    // Only with its fix the page can be read, and names the schema.
    let faulty = "---\ntitle: Tides: a table\n$schema: faulty.schema.json\n---\n\n# Tides\n";
    let other = "---\ntitle: Piers: a list\n---\n\n# Piers\n";
    let options = site("panics-fixing", &[("faulty.md", faulty), ("other.md", other)]);
    let (run, changes) = run::fix(&options, Applicability::Safe);
    let names: Vec<_> = changes.iter().map(|it| it.path.file_name().expect("it is a file")).collect();
    assert_eq!(names, ["other.md"]);
    assert_snapshot("tests/it/panics_fixing.snap", &render(&run, "full"));
}
