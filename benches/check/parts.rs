//! The parts of the first phase, one after the other: read the figures as ratios to `parser`.

use std::{fs, sync::LazyLock};

use comrak::{Arena, Options, parse_document};
use copydesk::{
    internals::{
        data::{self, DataFormat},
        document::Document,
        front_matter::{self, FrontMatter},
        markdown,
    },
    text::{LineIndex, Span},
};
use divan::{Bencher, counter::BytesCount};

use crate::corpus::{CORPUS, bytes};

/// The Markdown parser alone.
#[divan::bench]
fn parser(bencher: Bencher) {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.leave_footnote_definitions = true;
    bencher.counter(bytes()).bench(|| {
        let nodes = CORPUS.pages.iter().map(|(_, text)| {
            let arena = Arena::new();
            parse_document(&arena, text, &options).children().count()
        });
        nodes.sum::<usize>()
    });
}

/// The line index alone.
#[divan::bench]
fn line_index(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.pages.iter().map(|(_, text)| LineIndex::new(text).line_count()).sum::<u32>());
}

/// Front matter alone: where it ends.
#[divan::bench]
fn split(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.pages.iter().map(|(_, text)| front_matter::split(text).body).sum::<u32>());
}

/// A YAML file of some kilobytes with the lists and mappings of a CMS config.
static YAML: LazyLock<String> = LazyLock::new(|| {
    let field = |number: usize| {
        format!("      - {{label: \"Field {number}\", name: field-{number}, widget: string}}\n")
    };
    let collection = |number: usize| {
        let fields: String = (0..8).map(field).collect();
        format!(
            "  - name: part-{number}\n    folder: src/part-{number}\n    create: true\n    fields:\n{fields}"
        )
    };
    format!("backend:\n  name: git-gateway\ncollections:\n{}", (0..16).map(collection).collect::<String>())
});

/// YAML alone, with the places of everything in it.
#[divan::bench]
fn yaml(bencher: Bencher) {
    let whole = Span::from_range(0..YAML.len());
    bencher
        .counter(BytesCount::new(YAML.len()))
        .bench(|| data::parse(&YAML, whole, DataFormat::Yaml).root.is_some());
}

/// Reading the files.
#[divan::bench]
fn read(bencher: Bencher) {
    let read = |path| fs::read(path).map_or(0, |text: Vec<u8>| text.len());
    bencher.counter(bytes()).bench(|| CORPUS.pages.iter().map(|(path, _)| read(path)).sum::<usize>());
}

/// Front matter alone: split and read.
#[divan::bench]
fn front_matter(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.pages.iter().filter(|(_, text)| FrontMatter::parse(text).0.is_some()).count());
}

/// Line index, parser, and the tree with all its tokens.
#[divan::bench]
fn tree(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let trees = CORPUS.pages.iter().map(|(_, text)| markdown::parse(text, 0, &LineIndex::new(text)));
        trees.map(|tree| tree.node_count()).sum::<usize>()
    });
}

/// Front matter, tree and suppressions.
#[divan::bench]
fn document(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let documents = CORPUS.pages.iter().map(|(path, text)| Document::parse(path, text.as_str(), &[]));
        documents.map(|document| document.ast.node_count()).sum::<usize>()
    });
}
