//! What an editor waits for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use copydesk::{Workspace, run::Options};
use divan::Bencher;

use crate::{corpus::CORPUS, rules::TODAY};

/// Pages of the site.
const PAGES: usize = 1_600;

/// A site of that many pages: those of the corpus, as often as it takes, each time in a folder of its own.
fn site() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("copydesk-bench-site-{}", std::process::id()));
    for (number, (path, text)) in CORPUS.pages.iter().cycle().take(PAGES).enumerate() {
        let path = path.strip_prefix(&CORPUS.folder).expect("the pages are in the folder");
        let path = folder.join(format!("part-{}", number / CORPUS.pages.len())).join(path);
        let parent = path.parent().expect("a page is in a folder");
        fs::create_dir_all(parent).expect("the temporary folder can be written");
        fs::write(&path, text).expect("the temporary folder can be written");
    }
    folder
}

/// From the change of a page to its findings, with the rest of its site known.
#[divan::bench]
fn edited_page(bencher: Bencher) {
    let folder = site();
    let mut workspace = Workspace::open(Options::on_disk(folder.clone(), TODAY));
    let pages: Vec<PathBuf> = workspace.pages().collect();
    assert_eq!(pages.len(), PAGES);
    let page = pages[PAGES / 2].clone();
    let text = workspace.text(&page).expect("the page is there");
    let texts = ["We recieve it.\n", "See [there](index.md).\n"].map(|line| format!("{text}\n{line}"));
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        workspace.set_text(&page, &texts[turn % 2]);
        found(&workspace, &page)
    });
    fs::remove_dir_all(&folder).expect("the folder is ours");
}

fn found(workspace: &Workspace<'_>, page: &Path) -> usize {
    workspace.check_page(page).map_or(0, |findings| findings.len())
}
