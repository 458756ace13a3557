//! What a check costs over the bare parser: one page, all pages in memory, a whole run from disk.
//!
//! `COPYDESK_CORPUS` names a folder of pages; without it, pages are made up. The parser's own benchmark is `markdown`.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::{Config, Layer},
    document::Document,
    front_matter::FrontMatter,
    lint,
    run::{self, ConfigChoice, Options},
    site::{Page, Site},
};
use divan::Bencher;
use jiff::civil;

fn main() {
    divan::main();
}

const TODAY: civil::Date = civil::date(2024, 6, 1);

/// The folder with the pages, and their texts.
struct Corpus {
    folder: PathBuf,
    pages: Vec<(Arc<Path>, String)>,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let folder = std::env::var_os("COPYDESK_CORPUS").map_or_else(made_up, PathBuf::from);
    let mut pages = Vec::new();
    read(&folder, &mut pages);
    assert!(!pages.is_empty(), "{} holds no pages", folder.display());
    Corpus { folder, pages }
});

fn read(folder: &Path, pages: &mut Vec<(Arc<Path>, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.extend(fs::read_to_string(&path).map(|text| (Arc::from(path), text)));
        }
    }
}

/// Writes two hundred posts to a folder of their own.
fn made_up() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("copydesk-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    for number in 0..200 {
        let day = number % 28 + 1;
        let mut page = format!(
            "---\ntitle: Letter {number}\nauthor: Mira Holt\ndate: 2024-01-{day:02}T10:00:00Z\n---\n"
        );
        for part in 0..number / 4 + 3 {
            let _ = write!(
                page,
                "\n## Part {part}\n\nThe keeper writes a *letter* with [ink](/ink/{part}) and sends it home.\n\n\
                 - oil for the lamp\n- bread and salt\n"
            );
        }
        fs::write(folder.join(format!("letter-{number}.md")), page)
            .expect("the temporary folder can be written");
    }
    folder
}

/// Front matter alone: split and read.
#[divan::bench]
fn front_matter(bencher: Bencher) {
    let corpus = &*CORPUS;
    bencher.bench(|| corpus.pages.iter().filter(|(_, text)| FrontMatter::parse(text).0.is_some()).count());
}

/// Front matter, tree and suppressions.
#[divan::bench]
fn document(bencher: Bencher) {
    let corpus = &*CORPUS;
    bencher.bench(|| {
        let documents = corpus.pages.iter().map(|(path, text)| Document::parse(path, text.as_str(), &[]));
        documents.map(|document| document.ast.node_count()).sum::<usize>()
    });
}

/// All rules of both phases, in memory and on one thread.
#[divan::bench]
fn check(bencher: Bencher) {
    let corpus = &*CORPUS;
    let config = Config::defaults(Layer::default());
    let settings = config.site_settings();
    bencher.bench(|| {
        let (mut pages, mut found) = (Vec::new(), 0);
        for (path, text) in &corpus.pages {
            let document = Document::parse(path, text.as_str(), &[]);
            found += lint::check(&document, &settings).len();
            pages.push(Page::of(document));
        }
        let site = Site::new(pages, vec![], &[], TODAY);
        found + site.pages.iter().map(|page| lint::check_page(page, &site, &settings).len()).sum::<usize>()
    });
}

/// From the folder to the findings, as the command does it.
#[divan::bench]
fn whole_run(bencher: Bencher) {
    let corpus = &*CORPUS;
    bencher.bench(|| {
        let run = run::check(&Options {
            paths: vec![corpus.folder.clone()],
            given: None,
            current: corpus.folder.clone(),
            config: ConfigChoice::Discover,
            last: Layer::default(),
            today: TODAY,
            progress: &|_| {},
        });
        run.diagnostics.len()
    });
}
