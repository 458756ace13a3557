//! What the tree costs over the parser it is made with.
//!
//! `COPYDESK_CORPUS` names a folder whose `*.md` files are parsed; without it, pages are made up.

use std::path::Path;
use std::sync::LazyLock;

use comrak::{Arena, Options, parse_document};
use copydesk::markdown::parse;
use copydesk::text::LineIndex;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(|| match std::env::var_os("COPYDESK_CORPUS") {
    Some(folder) => {
        let mut pages = Vec::new();
        read(folder.as_ref(), &mut pages);
        assert!(!pages.is_empty(), "COPYDESK_CORPUS holds no Markdown");
        pages
    }
    None => (0..200).map(page).collect(),
});

fn read(folder: &Path, pages: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.extend(std::fs::read_to_string(path));
        }
    }
}

/// A page with a bit of everything, longer for larger numbers.
fn page(number: usize) -> String {
    let head = format!("# Page {number}\n\n[home]: https://example.org/{number} \"The start\"\n\n");
    let parts = (0..number / 4 + 3).map(|part| {
        format!(
            "## Part {part} of the *story*\n\n\
             The lighthouse keeper writes a [letter](/letters/{part}.html) with `ink {part}` and sends it\n\
             **home** by the [first boat][home]; see also https://example.org/boats?day={part}.\n\n\
             - oil for the lamp\n  - a second can\n- bread \\& salt\n\n\
             | day | boats |\n|---|--:|\n| Monday | {part} |\n| Tuesday | `two` |\n\n\
             > A quiet night, says the log,\n> and nobody came.\n\n\
             ```sh\nlamp --oil {part} --on\nlog show\n```\n\n",
        )
    });
    parts.fold(head, |page, part| page + &part)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.leave_footnote_definitions = true;
    options
}

fn bytes() -> BytesCount {
    BytesCount::new(CORPUS.iter().map(String::len).sum::<usize>())
}

/// The parser alone.
#[divan::bench]
fn parser(bencher: Bencher) {
    let options = options();
    bencher.counter(bytes()).bench(|| {
        let nodes = CORPUS.iter().map(|page| {
            let arena = Arena::new();
            parse_document(&arena, page, &options).children().count()
        });
        nodes.sum::<usize>()
    });
}

/// The line index alone.
#[divan::bench]
fn line_index(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.iter().map(|page| LineIndex::new(page).line_count()).sum::<u32>());
}

/// Line index, parser, and the tree with all its tokens.
#[divan::bench]
fn tree(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        CORPUS.iter().map(|page| parse(page, 0, &LineIndex::new(page)).node_count()).sum::<usize>()
    });
}
