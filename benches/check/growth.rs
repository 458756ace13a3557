//! Pages that are twice as large each time: twice as much should take twice as long.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    internals::{document::Document, lint},
    run,
};
use divan::{Bencher, counter::BytesCount};

use crate::{
    corpus::CORPUS,
    rules::{TODAY, links_in, markdown_settings},
};

/// Pages that are nothing but links, twice as large each time: the parser and the rules about links.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn many_links(bencher: Bencher, count: usize) {
    let unit = ["[a](b.md#c) ", "[d][e] ", "[f](http://ferries.example/g?utm_source=h) ", "[#i](#j)\n"];
    one_page(bencher, &(unit.concat().repeat(count / unit.len()) + "\n\n[e]: k.md\n"));
}

/// URLs of many bytes.
#[divan::bench(args = [250_000, 500_000, 1_000_000])]
fn long_addresses(bencher: Bencher, len: usize) {
    let long = "a/%20".repeat(len / 5);
    one_page(
        bencher,
        &format!("[a]({long}) [b](http://ferries.example/{long}) [c](#{long})\n\n[d]: /{long}\n"),
    );
}

/// Brackets in brackets.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn deep_brackets(bencher: Bencher, depth: usize) {
    one_page(bencher, &format!("{}a{}\n\n{}", "[".repeat(depth), "](b)".repeat(depth), "![[".repeat(depth)));
}

fn one_page(bencher: Bencher, text: &str) {
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.to_owned())
        .bench_values(|text| links_in(vec![Document::parse(&path, text, &[])]));
}

/// Items in items.
#[divan::bench(args = [375, 750, 1500])]
fn nested_lists(bencher: Bencher, depth: usize) {
    let text: String = (0..depth).map(|level| "  ".repeat(level) + "- a\n").collect();
    markdown_page(bencher, &text);
}

/// Quotes in quotes.
#[divan::bench(args = [2_500, 5_000, 10_000])]
fn nested_quotes(bencher: Bencher, depth: usize) {
    markdown_page(bencher, &(">".repeat(depth) + " a\nb\n"));
}

/// A table of so many cells.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn large_table(bencher: Bencher, cells: usize) {
    let row = |cell: &str| format!("{}|\n", format!("| {cell} ").repeat(10));
    markdown_page(bencher, &(row("a") + &row("-") + &row("b").repeat(cells / 10)));
}

/// A page without a line break.
#[divan::bench(args = [250_000, 500_000, 1_000_000])]
fn one_line(bencher: Bencher, len: usize) {
    markdown_page(bencher, &"a *b* `c` [d](e) ** f** ".repeat(len / 24));
}

/// The parser and the rules about Markdown on one page.
fn markdown_page(bencher: Bencher, text: &str) {
    let (path, settings) = (Arc::from(Path::new("page.md")), markdown_settings(None));
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.to_owned())
        .bench_values(|text| lint::check(&Document::parse(&path, text, &[]), &settings).len());
}

/// The folder of pages, so many times beside itself.
#[divan::bench(args = [1, 2, 4, 8], sample_count = 10)]
fn pages(bencher: Bencher, times: usize) {
    let folder = std::env::temp_dir().join(format!("copydesk-bench-{}-times-{times}", std::process::id()));
    for (copy, (path, text)) in (0..times).flat_map(|copy| CORPUS.pages.iter().map(move |page| (copy, page)))
    {
        let path = path.strip_prefix(&CORPUS.folder).expect("the pages lie in the folder");
        let place: PathBuf = folder.join(copy.to_string()).join(path);
        fs::create_dir_all(place.parent().expect("it lies in the folder")).expect("a folder can be made");
        fs::write(place, text).expect("the temporary folder can be written");
    }
    bencher.bench_local(|| run::check(&run::Options::on_disk(folder.clone(), TODAY)).diagnostics.len());
    let _ = fs::remove_dir_all(&folder);
}
