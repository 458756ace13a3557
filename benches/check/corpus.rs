//! The pages that are checked.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use copydesk::internals::document::Document;
use divan::counter::BytesCount;

/// The folder with the pages, and their texts.
pub struct Corpus {
    pub folder: PathBuf,
    pub pages: Vec<(Arc<Path>, String)>,
}

pub static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let folder = std::env::var_os("COPYDESK_CORPUS").map_or_else(made_up, PathBuf::from);
    let mut pages = Vec::new();
    read(&folder, &mut pages);
    assert!(!pages.is_empty(), "{} holds no pages", folder.display());
    Corpus { folder, pages }
});

/// Adds the pages of a folder, as a run finds them: not those in hidden folders.
fn read(folder: &Path, pages: &mut Vec<(Arc<Path>, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
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
        fs::write(folder.join(format!("letter-{number}.md")), page(number))
            .expect("the temporary folder can be written");
    }
    folder
}

/// A page with a bit of everything, longer for larger numbers.
fn page(number: usize) -> String {
    let day = number % 28 + 1;
    let mut page = format!(
        "---\ntitle: Letter {number}\nauthor: Mira Holt\ndate: 2024-01-{day:02}T10:00:00Z\n---\n\n\
         [home]: https://example.org/{number} \"The start\"\n\n",
    );
    for part in 0..number / 4 + 3 {
        let _ = write!(
            page,
            "## Part {part} of the *story*\n\n\
             The lighthouse keeper writes a [letter](/letters/{part}.html) with `ink {part}` and sends it\n\
             **home** by the [first boat][home]; see also https://example.org/boats?day={part}.\n\n\
             - oil for the lamp\n  - a second can\n- bread \\& salt\n\n\
             | day | boats |\n|---|--:|\n| Monday | {part} |\n| Tuesday | `two` |\n\n\
             > A quiet night, says the log,\n> and nobody came.\n\n\
             ```sh\nlamp --oil {part} --on\nlog show\n```\n\n",
        );
    }
    page
}

pub fn bytes() -> BytesCount {
    BytesCount::new(CORPUS.pages.iter().map(|(_, text)| text.len()).sum::<usize>())
}

/// The corpus, parsed.
pub static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(documents);

/// Documents by paths that begin at the folder of the corpus.
pub fn documents() -> Vec<Document> {
    let parse = |(path, text): &(Arc<Path>, String)| {
        let path = path.strip_prefix(&CORPUS.folder).expect("the pages lie in the folder");
        Document::parse(&Arc::from(path), text.as_str(), &[])
    };
    CORPUS.pages.iter().map(parse).collect()
}
